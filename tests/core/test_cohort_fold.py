"""What was said of a cohort, folded: any order, any repetition, two laptops."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfacilitate.core.cohort.around import Around
from plfacilitate.core.cohort.fold import CohortFold
from plfacilitate.core.cohort.picture import picture
from plfacilitate.core.cohort.values import CohortFacts
from plfacilitate.core.entry import Entry
from plfacilitate.core.shapes import misshapen
from tests.core.cohorts import (
    YEAR,
    goal,
    happening,
    joined,
    left,
    linked,
    mate,
    planned,
    pointed,
    promise,
    said,
    team,
)
from tests.core.entries import entry, undo


def facts(*entries: Entry) -> CohortFacts:
    """What these come to."""
    fold = CohortFold()
    fold.apply(entries)
    (found,) = fold.cohorts.values()
    return found


def test_a_plan_comes_back_as_it_was() -> None:
    """Its days, schools and promised visits."""
    assert facts(planned()).cohort == YEAR


def test_a_cohort_without_a_plan_is_none() -> None:
    """What was said of it waits until the plan arrives from the other laptop."""
    fold = CohortFold()
    fold.apply([joined(), *team()])
    assert fold.cohorts == {}
    fold.apply([planned()])
    assert set(fold.cohorts["c1"].spells) == {"lakeridge"}


def test_a_school_that_left_and_came_back_has_two_spells() -> None:
    """Each with its days; what one laptop says twice is one thing."""
    found = facts(
        planned(), joined(at="09:00"), joined(entry_id="again", at="09:05"), left(at="10:00"), left(entry_id="l2", at="10:05"),
        joined(entry_id="back", day="2024-04-01", at="11:00"),
    ).spells["lakeridge"]  # fmt: skip
    assert [(spell.joined, spell.left) for spell in found] == [
        (date(2023, 10, 2), date(2024, 3, 1)), (date(2024, 4, 1), None),
    ]  # fmt: skip


def test_a_name_in_other_letters_is_the_same_school() -> None:
    """As people type it."""
    assert set(facts(planned(), joined("Lakeridge Élementary"), left("LAKERIDGE elementary", at="18:00")).spells) == {
        "lakeridge elementary"
    }


def test_who_left_a_team_stays_in_its_history() -> None:
    """With the day; and a role that was changed is one fact."""
    found = facts(
        planned(), joined(), mate("ada", entry_id="m1", at="09:00"),
        mate("ada", "administrator", entry_id="m2", replaces=["m1"], at="09:10"),
        said("gone", "team-left", person="ada", school="Lakeridge", date="2024-01-10", at="10:00"),
    ).members["lakeridge"]  # fmt: skip
    assert [(one.person, one.role, one.until) for one in found] == [("ada", "administrator", date(2024, 1, 10))]


def test_the_last_word_on_an_event_counts() -> None:
    """One event, one part."""
    found = facts(planned(), linked("e1", "v", at="09:00"), linked("e2", "v", "academy", at="09:05")).links
    assert [(link.event, link.part) for link in found] == [("v", "academy")]


def test_a_goal_is_known_by_its_first_version() -> None:
    """Changed, dropped, and the dropping taken back: the id stays, and so does what points at it."""
    changed = goal("g2", "Students propose and plan", replaces=["g"], at="18:00")
    dropped = goal("g3", "Students propose and plan", replaces=["g2"], at="19:00", dropped="No time.")
    rests = [planned(), goal(), changed, pointed("x", "visit", "v"), pointed("y", "visit", "v")]
    (one,) = facts(*rests).goals
    assert (one.id, one.text, one.dropped) == ("g", "Students propose and plan", "")
    (one,) = facts(*rests, dropped).goals
    assert (one.id, one.dropped) == ("g", "No time.")
    (one,) = facts(*rests, dropped, undo("u", "g3", event=None)).goals
    assert (one.id, one.dropped) == ("g", "")
    assert [pointer.entries for pointer in facts(*rests).pointers] == [("x", "y")]


def test_a_goal_that_two_laptops_changed_at_once_has_two_heads() -> None:
    """Somebody decides; until then one of them is shown, the same one everywhere."""
    one, other = (goal(f"g{n}", f"Version {n}", replaces=["g"]) for n in (2, 3))
    (found,) = facts(planned(), goal(), one, other).goals
    assert found.heads == ("g2", "g3")
    assert found == facts(planned(), other, one, goal()).goals[0]


ALL: Sequence[Entry] = [
    planned(), planned("p2", YEAR, replaces=["p"], at="17:30"), joined(), joined("Dimmitt"), left("Dimmitt", at="20:00"),
    *team(), mate("ada", "teacher-leader", at="17:10", device="e", number=4),
    said("gone", "team-left", person="cyd", school="Lakeridge", date="2024-01-10", at="19:00"),
    linked("e1", "v"), linked("e2", "v", "academy", at="18:00", device="e"), goal(),
    goal("g2", "Other words", replaces=["g"], at="17:20"), goal("g3", "Again others", replaces=["g"], at="17:20", device="e"),
    pointed("x", "visit", "v"), pointed("y", "visit", "v"),
    said("k", "contact", school="Lakeridge", contact="coaching", date="2024-01-10", minutes=45),
    said("s", "commitment-settled", popup="q", kept=True, note=""), undo("u1", "e2", event=None), undo("u2", "gone", event=None),
    undo("u3", "u2", event=None), entry("z", "erased", event=None, ids=["m-eve-teacher-leader-Lakeridge"]),
]  # fmt: skip
WHOLE = facts(*ALL)


@given(st.permutations(ALL), st.lists(st.sampled_from(ALL)), st.integers(0, len(ALL)))
def test_order_repetition_and_merging_change_nothing(order: list[Entry], again: list[Entry], cut: int) -> None:
    """All at once, one by one, part by part from two laptops: the same facts."""
    assert facts(*order, *again) == WHOLE
    fold = CohortFold()
    for part in (order[:cut], again, order[cut:]):
        fold.apply(part)
        assert fold.cohorts is fold.cohorts
    assert list(fold.cohorts.values()) == [WHOLE]


def test_the_whole_holds_what_it_should() -> None:
    """So that the property above is about something."""
    team_now = [one.person for one in WHOLE.members["lakeridge"] if one.until is None]
    assert sorted(team_now) == ["ada", "ada", "ben", "dot"]
    assert WHOLE.spells["dimmitt"][0].left == date(2024, 3, 1)
    assert [link.part for link in WHOLE.links] == ["session"]
    assert len(WHOLE.goals[0].heads) == 2


def test_a_file_brings_nobody_back_who_left() -> None:
    """Taken in on another laptop, which had not heard of it; somebody's hand does."""
    told = [planned(), joined(at="08:00"), mate("ada", at="09:00"), left(at="10:00"),
            said("gone", "team-left", person="ada", school="Lakeridge", date="2024-01-10", at="10:00")]  # fmt: skip
    late = {"at": "11:00", "device": "e"}
    filed = [joined(entry_id="j2", file=True, **late), mate("ada", entry_id="m2", file=True, **late)]
    by_hand = [joined(entry_id="j3", **late), mate("ada", entry_id="m3", **late)]
    assert (facts(*told, *filed).spells, facts(*told, *filed).members) == (
        {key: (spells[0],) for key, spells in facts(*told).spells.items()}, facts(*told).members,
    )  # fmt: skip
    again = facts(*told, *by_hand)
    assert (len(again.spells["lakeridge"]), again.members["lakeridge"][-1].until) == (2, None)


ONE_OF_EACH = [
    joined("Dimmitt"), mate("fay"), linked("e1", "v"), goal(), said("k", "contact", school="Lakeridge", contact="coaching",
    date="2024-01-10", minutes=45), left(at="19:00"),
    said("gone", "team-left", person="ada", school="Lakeridge", date="2024-01-10", at="19:00"), pointed("x", "visit", "v"),
    planned("p2", replace(YEAR, title="Other"), replaces=["p"]),
]  # fmt: skip


@pytest.mark.parametrize("said_last", ONE_OF_EACH, ids=lambda one: str(one.kind))
def test_an_undo_of_anything_leaves_what_was_before(said_last: Entry) -> None:
    """And an undo of the undo brings it back."""
    before = [planned(), joined(), *team()]
    back = undo("u", said_last.id, event=None)
    assert facts(*before, said_last) != facts(*before)
    assert facts(*before, said_last, back) == facts(*before)
    assert facts(*before, said_last, back, undo("u2", "u", event=None)) == facts(*before, said_last)


KINDS: Mapping[str, Callable[..., Entry]] = {
    "school-joined": lambda key, w: joined(w["school"], file=w["yes"], entry_id=key, **w["place"]),
    "school-left": lambda key, w: left(w["school"], entry_id=key, **w["place"]),
    "team-joined": lambda key, w: mate(
        w["person"], w["role"], w["school"], replaces=w["older"], file=w["yes"], entry_id=key, **w["place"]
    ),
    "team-left": lambda key, w: said(
        key, "team-left", person=w["person"], school=w["school"], date="2024-01-10", **w["place"]
    ),
    "goal": lambda key, w: goal(key, school=w["school"], dropped="No." * w["yes"], replaces=w["older"], **w["place"]),
    "pointed": lambda key, w: pointed(key, "visit" if w["yes"] else "commitment", "v", w["some"]),
    "cohort-event": lambda key, w: linked(key, "v", "session" if w["yes"] else "site-visit", w["school"], **w["place"]),
    "commitment-settled": lambda key, w: said(
        key, "commitment-settled", popup="v", kept=w["yes"], note="", **w["place"]
    ),
    "undo": lambda key, w: undo(key, w["some"], event=None, **w["place"]),
    "erased": lambda key, w: entry(key, "erased", event=None, ids=[w["some"]]),
}


@st.composite
def years(draw: st.DrawFn) -> list[Entry]:
    """Whatever two laptops may write of a cohort, with corrections of corrections and undos of anything."""
    made: list[Entry] = [planned()]
    for n in range(draw(st.integers(0, 14))):
        kind = draw(st.sampled_from(sorted(KINDS)))
        older = [one.id for one in made if one.kind == kind]
        words = {
            "place": {"at": f"{draw(st.integers(8, 20)):02}:00", "device": draw(st.sampled_from("de"))},
            "school": draw(st.sampled_from(("Lakeridge", "Dimmitt"))),
            "person": draw(st.sampled_from(("ada", "ben"))),
            "role": draw(st.sampled_from(("administrator", "other"))),
            "yes": draw(st.booleans()),
            "older": draw(st.lists(st.sampled_from(older), max_size=2, unique=True)) if older else [],
            "some": draw(st.sampled_from([one.id for one in made])),
        }
        made.append(KINDS[kind](f"x{n}", words))
    return made


@given(years(), st.data())
def test_two_laptops_come_to_one_picture_whatever_they_wrote(year: list[Entry], data: st.DataObject) -> None:
    """Each in its own order, then merged, with what both had already: the facts agree and the board can be drawn."""
    mine = data.draw(st.lists(st.sampled_from(year)))
    order = data.draw(st.permutations(year))
    one, two = CohortFold(), CohortFold()
    one.apply([*mine, *order])
    for part in (order[::-1], mine, year):
        two.apply(part)
    assert one.cohorts == two.cohorts
    around = Around(
        date(2024, 2, 10), {"v": happening("v", date(2024, 1, 10), "ada", school="Lakeridge")}, (promise("v"),)
    )
    for facts_now in one.cohorts.values():
        board = picture(facts_now, [facts_now], around)
        assert all(school.next for school in board.schools)
        assert {one.key for one in (*board.schools, *board.left)} == set(facts_now.spells)


SCHOOL = {"cohort": "c1", "school": "Lakeridge"}


@pytest.mark.parametrize(
    "kind, body, wrong",
    [
        ("cohort-planned", {"cohort": "c1", "plan": {**YEAR.to_json(), "starts": "soon"}}, "plan"),
        ("cohort-planned", {"cohort": "c1", "plan": {**YEAR.to_json(), "months": 99_999_999}}, "plan"),
        ("cohort-planned", {"cohort": "c1", "plan": {**YEAR.to_json(), "days": [{"part": "session"}]}}, "plan"),
        ("cohort-planned", {"cohort": "c1", "plan": {**YEAR.to_json(), "title": 7}}, "plan"),
        ("cohort-planned", {"cohort": "c1", "plan": []}, "plan"),
        ("school-joined", SCHOOL, "date"), ("school-joined", {**SCHOOL, "date": "2024-02-30"}, "date"),
        ("school-left", {**SCHOOL, "date": "2024-02-29"}, "reason"),
        ("team-joined", {**SCHOOL, "date": "2024-02-29", "part": "boss"}, "part"),
        ("cohort-event", {**SCHOOL, "event": "v", "part": ["session"]}, "part"),
        ("contact", {**SCHOOL, "contact": "coaching", "date": "2024-02-29", "minutes": 0}, "minutes"),
        ("contact", {**SCHOOL, "contact": "coaching", "date": "2024-02-29", "minutes": 1.5}, "minutes"),
        ("goal", {**SCHOOL, "text": "T", "due": "soon", "dropped": ""}, "due"), ("goal", {**SCHOOL, "text": "T", "due": ""}, "dropped"),
        ("pointed", {"cohort": "c1", "goal": "g", "from": "rumour", "id": "v"}, "from"),
        ("commitment-settled", {"cohort": "c1", "popup": "q", "kept": "yes"}, "kept"),
    ],
)  # fmt: skip
def test_a_body_that_nobody_could_read_is_not_taken(kind: str, body: dict[str, object], wrong: str) -> None:
    """From whichever laptop it comes: the fold need not look twice."""
    assert misshapen(kind, "ada", None, body) == wrong


def test_what_a_person_is_in_names_them() -> None:
    """A team without anybody is none."""
    body = {**SCHOOL, "date": "2024-02-29", "part": "other"}
    assert misshapen("team-joined", None, None, body) == "person"
    assert misshapen("team-joined", "ada", None, body) is None


def test_a_plan_that_calls_itself_otherwise_is_the_cohort_that_it_was_said_of() -> None:
    """Two cohorts never become one by a name inside a plan."""
    other = planned("p9", replace(YEAR, id="c1"))
    fold = CohortFold()
    fold.apply([planned(), said("p8", "cohort-planned", cohort="c2", plan=YEAR.to_json()), other])
    assert list(fold.cohorts) == ["c1", "c2"]
