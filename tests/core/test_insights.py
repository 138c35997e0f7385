"""Many visits together: every figure worked out by hand, instruments apart, and nothing that points at one teacher."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfacilitate.core.insights.lines import NO_CHANGE, ONE_VISIT, Line
from plfacilitate.core.insights.visited import Visited, visited
from plfacilitate.core.insights.whole import Insights, School, insights
from plfacilitate.core.protocol import Group, Item, Protocol, Result, Section
from plfacilitate.core.visiting.fold import Agreed, VisitPicture
from plfacilitate.core.visiting.observation import Observation
from plfacilitate.core.visiting.plan import Stop, Visit
from tests.visits import MADE_AT, SYSTEM, observation

LEVELS = ("Told.", "From a list.", "Own question.")
CHOICE = Protocol(
    "choice", "Who chooses", "observation", "To see who chooses.", "Ours.", 20,
    sections=(Section("s", "S", items=(
        Item("says", "look-for", "Says what is next", attribute="learner-profiles", facet="who-chooses"),
        Item("knows", "look-for", "Knows why", attribute="learner-profiles"),
        Item("what", "rating", "What", levels=LEVELS, attribute="personal-learning-paths", facet="who-chooses"),
    )),),
)  # fmt: skip
OTHER = replace(
    CHOICE, id="other", title="The other one", sections=(replace(CHOICE.sections[0], items=(
        Item("says", "look-for", "Says what is next", attribute="learner-profiles"),)),),
)  # fmt: skip
FIRST = date(2026, 9, 7)


def sheet(room: int, observer: str = "Ada", protocol: Protocol = CHOICE, **answers: Any) -> Observation:
    """One observer in one room; None = not answered."""
    given = {item: value for item, value in answers.items() if value is not None}
    return observation(f"{protocol.id}-{room}-{observer}", f"s{room}", observer, protocol=protocol, **given)


def walk(*sheets: Observation, number: int = 0, school: str = "Lakeridge", named: bool = False, **more: Any) -> Visited:
    """A visit so many weeks after the first."""
    visit = Visit(school, "To see", rooms="named" if named else "anonymous",
                  stops=tuple(Stop(f"s{n}", f"Room {n}") for n in range(9)))  # fmt: skip
    picture = VisitPicture(f"{school}-{number}", visit, sheets, more.pop("agreed", {}), {})
    return visited(picture, day=FIRST + timedelta(weeks=number), place="Renton", **more)


def rooms(marks: Sequence[str], item: str = "says", protocol: Protocol = CHOICE) -> list[Observation]:
    """A sheet a room with one look-for each."""
    return [sheet(room, protocol=protocol, **{item: mark}) for room, mark in enumerate(marks)]


def only(found: Insights) -> School:
    """The one school."""
    (school,) = found.schools
    return school


def line(found: Insights | School, tag: str, instrument: str = "choice", scale: str = "look-for") -> Line:
    """The line of an attribute or facet with an instrument."""
    school = only(found) if isinstance(found, Insights) else found
    pattern = next(one for one in school.patterns if one.tag == tag)
    (one,) = [each for each in pattern.lines if (each.by.instrument, each.by.scale) == (instrument, scale)]
    return one


# -- figures -----------------------------------------------------------------------------------------------------------


def test_a_share_is_seen_of_those_that_could_be() -> None:
    """Five rooms: 3 of 4 seen on the first item, 1 of 2 on the second; not applicable is left out and counted."""
    says = ("seen", "seen", "seen", "not seen", "not applicable")
    knows = ("seen", "not seen")
    sheets = [sheet(n, says=mark, knows=knows[n] if n < 2 else None) for n, mark in enumerate(says)]
    told = line(insights([walk(*sheets)]), "learner-profiles").whole
    assert (told.state, told.value, told.said) == ("told", 67, "67 %")
    assert (told.n, told.rooms, told.visits, told.elsewhere) == (6, 4, 1, 1)


def test_a_median_is_a_level_or_between_two() -> None:
    """Levels 1, 1, 2, 3 and 3, then one more 3."""
    five = [sheet(n, what=level) for n, level in enumerate((1, 1, 2, 3, 3))]
    told = line(insights([walk(*five)]), "who-chooses", scale="rating").whole
    assert (told.said, told.value, told.low, told.high, told.n) == ("median 2", 200, 1, 3, 5)
    told = line(insights([walk(*five, sheet(5, what=3))]), "who-chooses", scale="rating").whole
    assert (told.said, told.value) == ("median between 2 and 3", 250)


def test_two_instruments_are_never_one_number() -> None:
    """The same words in two instruments stand side by side, each with its own n."""
    found = insights([walk(*rooms(["seen"] * 5), *rooms(["not seen"] * 6, protocol=OTHER))])
    assert [line(found, "learner-profiles", name).whole.value for name in ("choice", "other")] == [100, 0]
    assert [line(found, "learner-profiles", name).whole.n for name in ("choice", "other")] == [5, 6]


def test_a_room_counts_once_however_many_watched_it() -> None:
    """What was agreed counts, else what all noted alike; where they differ it is counted as that and in no share."""
    sheets = [
        *rooms(["seen"] * 6),
        sheet(0, "Ben", says="seen"),
        sheet(1, "Ben", says="not seen"),
        sheet(2, "Ben", says="not seen"),
    ]
    agreed = {("s1", "choice", "says"): Agreed("not seen", "", "g")}
    told = line(insights([walk(*sheets, agreed=agreed)]), "learner-profiles").whole
    assert (told.value, told.n, told.differ, told.rooms) == (80, 5, 1, 6)


def test_what_each_item_speaks_to_is_where_it_is_counted() -> None:
    """An item with attribute and facet is in both; nothing speaks to being heard, and that is said as nobody."""
    found = insights([walk(*rooms(["seen"] * 5))])
    assert line(found, "who-chooses").whole.value == 100
    assert [one.lines for one in only(found).patterns if one.tag == "who-is-heard"] == [()]


def test_nobody_noted_it_is_empty_and_not_nought() -> None:
    """The instrument was used and asks; nobody answered, or it could be nowhere."""
    found = insights([walk(*[sheet(n, what=1) for n in range(5)])])
    told = line(found, "learner-profiles").whole
    assert (told.state, told.said, told.value) == ("empty", "nobody noted it", None)
    told = line(insights([walk(*rooms(["not applicable"] * 5))]), "learner-profiles").whole
    assert (told.state, told.said, told.elsewhere) == ("empty", "not applicable anywhere", 5)


def test_levels_of_an_interview_are_of_people_asked() -> None:
    """Five who were asked, each one mark; fewer than two are nobody's business."""
    asked = [
        observation(f"t{n}", protocol=SYSTEM, respondent="teacher", plan=level)
        for n, level in enumerate((1, 2, 2, 4, 4))
    ]
    found = insights([walk(*asked)])
    told = line(found, "flexible-learning-environments", "system", "rating")
    assert (told.whole.said, told.whole.rooms, told.by.asked) == ("median 2", 5, True)
    told = line(insights([walk(asked[0])]), "flexible-learning-environments", "system", "rating")
    assert told.whole.state == "withheld"


def test_two_who_were_asked_in_one_room_are_two_people() -> None:
    """Three people in two rooms: three are said; what all of one room say stays untold as that of one room."""
    asked = [
        observation(f"t{n}", stop, protocol=SYSTEM, respondent="teacher", plan=2)
        for n, stop in enumerate(("s0", "s0", "s1"))
    ]
    told = line(insights([walk(*asked)]), "flexible-learning-environments", "system", "rating")
    assert (told.whole.said, told.rests) == ("level 2", "n 3 · 3 people · 1 visit")
    alone = line(insights([walk(*asked[:2])]), "flexible-learning-environments", "system", "rating")
    assert alone.whole.said == "people of one room only: not told"
    assert line(insights([walk(asked[0])]), "flexible-learning-environments", "system", "rating").whole.said == (
        "one person only: not told"
    )


# -- too few -----------------------------------------------------------------------------------------------------------


def test_of_one_room_alone_nothing_is_told() -> None:
    """Nor where another room could have it but the observers differ there: that is undecided."""
    told = line(insights([walk(sheet(0, says="seen", knows="seen"))]), "learner-profiles").whole
    assert (told.state, told.value, told.n, told.rooms) == ("withheld", None, 0, 0)
    two = [sheet(0, says="seen"), sheet(1, says="seen"), sheet(1, "Ben", says="not seen")]
    told = line(insights([walk(*two)]), "learner-profiles").whole
    assert (told.state, told.value, told.n) == ("undecided", None, 0)
    assert line(insights([walk(*two)]), "learner-profiles").rests == "2 rooms · 1 visit · 1 differ"


def test_where_rooms_are_named_one_room_is_told() -> None:
    """As in the report of the visit."""
    told = line(insights([walk(sheet(0, says="seen", what=3), named=True)]), "who-chooses", scale="rating").whole
    assert (told.said, told.n) == ("median 3", 1)


@pytest.mark.parametrize(
    "marks, said, value",
    [
        (["seen", "seen"], "in both rooms", 100), (["seen", "not seen"], "in one of 2 rooms", None),
        (["not seen", "not seen"], "in neither room", 0), (["seen", "not seen", "seen"], "in some of 3 rooms", None),
        (["seen"] * 4, "in all 4 rooms", 100), (["not seen"] * 3, "in none of 3 rooms", 0),
        (["seen", "seen", "not seen", "seen", "seen"], "80 %", 80),
    ],
)  # fmt: skip
def test_of_a_few_rooms_one_look_for_is_told_of_all_together(marks: list[str], said: str, value: int | None) -> None:
    """The rule of a visit's report; from five rooms on it is a share."""
    told = line(insights([walk(*rooms(marks))]), "who-chooses").whole
    assert (told.state, told.said, told.value) == ("told", said, value)


def test_a_few_rooms_have_no_median() -> None:
    """From which level to which; the one level that all have is told."""
    told = line(insights([walk(sheet(0, what=1), sheet(1, what=3))]), "who-chooses", scale="rating").whole
    assert (told.said, told.value, told.low, told.high) == ("levels 1 to 3", None, 1, 3)
    told = line(insights([walk(sheet(0, what=2), sheet(1, what=2))]), "who-chooses", scale="rating").whole
    assert (told.said, told.value) == ("level 2", 200)


def test_one_room_of_a_visit_is_in_no_sum() -> None:
    """Else the sum of all less the other visits would tell it."""
    found = line(insights([walk(*rooms(["seen"] * 5)), walk(sheet(0, says="not seen"), number=1)]), "who-chooses")
    assert [(one.figure.state, one.counted) for one in found.points] == [("told", True), ("withheld", False)]
    assert (found.whole.value, found.whole.n, found.whole.visits) == (100, 5, 1)


def test_a_few_rooms_are_in_the_sum_where_they_can_not_be_worked_out() -> None:
    """Three rooms beside five would be what is left of the sum; three and two are five together."""
    five, three, two = (
        walk(*rooms(["seen"] * 5)),
        walk(*rooms(["seen", "not seen", "seen"]), number=1),
        walk(*rooms(["seen", "not seen"]), number=2),
    )
    assert line(insights([five, three]), "who-chooses").whole.n == 5
    assert line(insights([five, three, two]), "who-chooses").whole.n == 10
    assert line(insights([three]), "who-chooses").whole.said == "in some of 3 rooms"


def test_what_is_known_to_the_room_hides_nothing_in_a_sum() -> None:
    """Seen in all of four rooms is a number: beside it three rooms of another visit could be worked out."""
    four, three = walk(*rooms(["seen"] * 4)), walk(*rooms(["seen", "not seen", "seen"]), number=1)
    found = line(insights([four, three]), "who-chooses")
    assert [one.counted for one in found.points] == [True, False]
    assert (found.whole.said, found.whole.n) == ("in all 4 rooms", 4)


# -- change ------------------------------------------------------------------------------------------------------------


def test_change_is_told_from_the_first_visit_to_the_last() -> None:
    """In order of their days; n of both is said."""
    visits = [
        walk(*rooms(marks), number=n)
        for n, marks in enumerate((["not seen"] * 5, ["seen"] * 5, ["seen"] * 3 + ["not seen"] * 3))
    ]
    found = line(insights(reversed(visits)), "who-chooses")
    assert [one.figure.value for one in found.points] == [0, 100, 50]
    assert found.change == "0 % → 50 % (n 5 → 6, 3 visits)"


def test_one_visit_has_no_change() -> None:
    """It says so; and where only one of two has a figure, too."""
    one = walk(*rooms(["seen"] * 5))
    assert line(insights([one]), "who-chooses").change == ONE_VISIT
    assert line(insights([one, walk(sheet(0, says="seen"), number=1)]), "who-chooses").change == NO_CHANGE


# -- adoption and adherence --------------------------------------------------------------------------------------------


def test_adoption_and_adherence_stand_side_by_side() -> None:
    """In how many rooms any look-for was seen, and the level where it is rated: never one number."""
    sheets = [
        sheet(n, says="seen" if n < 2 else "not seen", knows="seen" if n == 2 else "not seen", what=1 + n % 3)
        for n in range(5)
    ]
    (apart,) = only(insights([walk(*sheets)])).apart
    assert apart.adoption is not None
    assert (apart.adoption.whole.value, apart.adoption.whole.n) == (60, 5)
    assert [(one.whole.said, one.whole.n) for one in apart.adherence] == [("median 2", 5)]


def test_an_instrument_without_look_for_or_ladder_says_so() -> None:
    """None, and not a share of nothing."""
    (apart,) = only(insights([walk(*rooms(["seen"] * 5, protocol=OTHER))])).apart
    assert apart.adoption is not None
    assert apart.adherence == ()


def test_an_instrument_may_say_itself_what_adoption_and_adherence_are() -> None:
    """Only the items that its result counts are taken; what is read from records stays empty, with its words."""
    groups = (
        Group("adoption", "adoption", ("says",)), Group("adherence", "adherence", ("what",), counts_from=2),
        Group("achievement", "achievement", elsewhere="from records"),
    )  # fmt: skip
    counting = replace(CHOICE, results=(Result("d", "Dimensions", "counts", groups),))
    sheets = [sheet(n, protocol=counting, says="not seen", knows="seen", what=2) for n in range(5)]
    (apart,) = only(insights([walk(*sheets)])).apart
    assert apart.adoption is not None
    assert (apart.adoption.whole.value, apart.empty) == (0, ("achievement: from records",))


# -- versions ----------------------------------------------------------------------------------------------------------


def changed(**parts: Any) -> Protocol:
    """The instrument with its first item changed."""
    items = CHOICE.sections[0].items
    return replace(CHOICE, sections=(replace(CHOICE.sections[0], items=(replace(items[0], **parts), *items[1:])),))


def test_versions_are_counted_together_only_where_items_and_levels_are_the_same() -> None:
    """Another help is the same item; another wording is not, and only what it stands in is apart."""
    old = walk(*rooms(["seen"] * 5))
    same = walk(*rooms(["not seen"] * 5, protocol=changed(help="Ask one.")), number=1)
    found = insights([old, same])
    assert (line(found, "who-chooses").whole.n, len(line(found, "who-chooses").versions)) == (10, 2)
    (said,) = only(found).versions
    assert said == (
        "Who chooses was used in 2 versions. Counted together where items and levels are the same: learner profiles, "
        "personal learning paths and who chooses."
    )
    other = changed(text="Says what follows")
    sheets = [sheet(n, protocol=other, says="not seen", what=2) for n in range(5)]
    found = insights([old, walk(*sheets, number=1)])
    lines = next(one for one in only(found).patterns if one.tag == "learner-profiles").lines
    assert sorted(one.whole.value or 0 for one in lines) == [0, 100]
    (said,) = only(found).versions
    assert said.endswith(
        "the same: personal learning paths and who chooses. Apart, version by version: learner profiles and who chooses."
    )


def test_a_room_watched_with_two_versions_counts_once() -> None:
    """Two laptops, one of them with the older file: five rooms are five marks, and a room in which they differ is none."""
    newer = changed(help="Ask one.")
    alike = [*rooms(["seen"] * 5), *(sheet(n, "Ben", newer, says="seen") for n in range(5))]
    told = line(insights([walk(*alike)]), "who-chooses").whole
    assert (told.said, told.n, told.rooms, told.differ) == ("100 %", 5, 5, 0)
    apart = [*rooms(["seen"] * 6), sheet(0, "Ben", newer, says="not seen")]
    told = line(insights([walk(*apart)]), "who-chooses").whole
    assert (told.said, told.n, told.rooms, told.differ) == ("100 %", 5, 6, 1)


def test_ladders_of_two_lengths_have_no_common_median() -> None:
    """Level 2 of 3 is not level 2 of 4."""
    more = Item("how", "rating", "How", levels=(*LEVELS, "More."), facet="who-chooses")
    both = replace(CHOICE, sections=(replace(CHOICE.sections[0], items=(*CHOICE.sections[0].items, more)),))
    found = only(insights([walk(*[sheet(n, protocol=both, what=1, how=4) for n in range(5)])]))
    ladders = [
        one for one in next(p for p in found.patterns if p.tag == "who-chooses").lines if one.by.scale == "rating"
    ]
    assert [(one.by.steps, one.whole.said) for one in ladders] == [(3, "median 1"), (4, "median 4")]


# -- schools -----------------------------------------------------------------------------------------------------------


def test_a_school_is_one_however_it_is_written() -> None:
    """And is called as most wrote it."""
    names = ("Lakeridge Elementary", "lakeridge elementary", "Lakeridge Elementary", "Olympic")
    found = insights([walk(*rooms(["seen"] * 5), school=name, number=n) for n, name in enumerate(names)])
    assert [(one.name, len(one.visits)) for one in found.schools] == [("Lakeridge Elementary", 3), ("Olympic", 1)]


def test_notes_that_are_blind_are_in_no_figure() -> None:
    """They are counted as left out."""
    one = walk(*rooms(["seen"] * 5), sheet(5, says="not seen"), held={("s5", "choice")})
    found = insights([one])
    assert (only(found).held, line(found, "who-chooses").whole.value) == (1, 100)


def test_how_far_observers_agree_is_added_up_pair_by_pair() -> None:
    """Two visits with one scale: 3 of 4 pairs alike; too few to say more."""
    sheets = [*rooms(["seen", "seen"]), sheet(0, "Ben", says="seen"), sheet(1, "Ben", says="not seen")]
    more = [sheet(0, says="seen", knows="seen"), sheet(0, "Ben", says="seen", knows="seen")]
    found = only(insights([walk(*sheets, now=MADE_AT), walk(*more, number=1, now=MADE_AT)])).agreement
    (one,) = found
    assert (one.scale, one.same, one.n, len(one.points)) == ("look-fors", 3, 4, 2)
    assert one.said == "3 of 4 the same: too few to say"


def test_pairs_with_two_versions_are_all_counted() -> None:
    """One pair with the newer file, one with the older, both alike: two of two, though they look the same."""
    newer = changed(help="Ask one.")
    sheets = [sheet(0, says="seen"), sheet(0, "Ben", says="seen")]
    sheets += [sheet(1, "Ada", newer, says="seen"), sheet(1, "Ben", newer, says="seen")]
    (one,) = only(insights([walk(*sheets, now=MADE_AT)])).agreement
    assert (one.same, one.n) == (2, 2)


# -- whatever was noted ------------------------------------------------------------------------------------------------

MARKS = st.sampled_from(["seen", "not seen", "not applicable"])
SHEETS = st.lists(
    st.tuples(st.integers(0, 6), st.sampled_from(["Ada", "Ben"]), st.sampled_from([CHOICE, OTHER, changed(text="New")]),
              st.none() | MARKS, st.none() | MARKS, st.none() | st.integers(1, 3)),
    max_size=12, unique_by=lambda one: (one[0], one[1], one[2].id),
)  # fmt: skip


@st.composite
def walks(draw: st.DrawFn) -> list[Visited]:
    """Some visits of two schools."""
    found = []
    for number in range(draw(st.integers(1, 4))):
        sheets = [
            sheet(room, who, protocol, **{key: value for key, value in (("says", says), ("knows", knows), ("what", what)) if value})
            for room, who, protocol, says, knows, what in draw(SHEETS)
        ]  # fmt: skip
        found.append(walk(*sheets, number=number, school=draw(st.sampled_from(["A", "B"])), named=draw(st.booleans())))
    return found


@given(walks(), st.randoms(use_true_random=False))
def test_the_order_of_visits_is_nothing(visits: list[Visited], dice: Any) -> None:
    """Two laptops that merged have the same insights, whichever came first."""
    mixed = list(visits)
    dice.shuffle(mixed)
    assert insights(mixed) == insights(visits)


@given(walks())
def test_shares_are_bounded_and_n_adds_up(visits: list[Visited]) -> None:
    """Of every line: the sum's n is that of the visits that are in it, and what is not told has no number."""
    for school in insights(visits).schools:
        for pattern in school.patterns:
            for one in pattern.lines:
                told = [point.figure for point in one.points if point.counted]
                whole = one.whole
                assert whole.n == sum(each.n for each in told) or whole.state != "told"
                assert whole.value is None or 0 <= whole.value <= (100 * one.by.steps or 100)
                for each in (whole, *told):
                    assert each.state == "told" or (each.value is None and each.n == 0)
                    assert each.n == 0 or each.rooms > 0


@given(walks())
def test_what_is_withheld_can_not_be_worked_out(visits: list[Visited]) -> None:
    """No sum is the told visits and exactly one anonymous visit of which nothing, or no number, is told."""
    for school in insights(visits).schools:
        for pattern in school.patterns:
            for one in pattern.lines:
                hidden = [
                    point
                    for point in one.points
                    if point.counted and point.figure.state == "told" and point.figure.value is None
                ]
                plain = [point for point in one.points if point.counted and point.figure.value is not None]
                assert not (plain and len(hidden) == 1)
