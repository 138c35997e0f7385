"""Where a school of a cohort stands: its team, what it came to, what is next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfacilitate.core.cohort.around import Happening
from plfacilitate.core.cohort.values import Cohort, Fixed
from plfacilitate.core.entry import Entry
from plfacilitate.core.people import Person
from plfacilitate.core.problems.values import FollowUp
from tests.core.cohorts import (
    PEOPLE,
    TEAM,
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
    school,
    seen,
    team,
    words,
)
from tests.core.entries import undo

START: list[Entry] = [planned(), joined(), *team()]
SESSION_1 = happening("s1", date(2023, 12, 6), *TEAM)
LINK_1 = linked("e1", "s1")


def warned(*entries: Entry) -> list[str]:
    """What is odd about the first team."""
    return [one.words for one in school(seen([planned(), joined(), *entries])).warnings]


# -- the team ----------------------------------------------------------------------------------------------------------


def test_a_team_of_five_with_both_roles_is_right() -> None:
    """So is one of six."""
    assert warned(*team()) == []
    assert warned(*team(), mate("fay", "other")) == []


@pytest.mark.parametrize(
    "entries, expected",
    [
        ([], ["no team yet, 5 to 6 people wanted"]),
        (team()[:4], ["4 in the team, 5 to 6 wanted"]),
        ([*team(), mate("fay"), mate("gus")], ["7 in the team, 5 to 6 wanted"]),
        (team()[:2], ["2 in the team, 5 to 6 wanted", "no teacher leader in the team"]),
        ([mate(one, "other") for one in TEAM], ["no administrator in the team", "no teacher leader in the team"]),
    ],
    ids=["none", "four", "seven", "administrators only", "others only"],
)
def test_a_team_that_is_not_whole_is_warned_of(entries: list[Entry], expected: list[str]) -> None:
    """Never forbidden: it may be all that a school has."""
    assert warned(*entries) == expected


def test_a_person_twice_in_a_team_is_one_person_and_said() -> None:
    """As two laptops wrote them down in two roles."""
    found = school(seen([*START, mate("cyd", "administrator", device="e")]))
    assert len(found.team) == 5
    assert [one.words for one in found.warnings] == [
        "Cyd Zed is in the team twice, as administrator and as teacher leader"
    ]


def test_two_records_of_one_name_are_said_and_one_once_they_are_merged() -> None:
    """Who is meant is for people to decide."""
    people = PEOPLE | {"ada2": Person("ada2", last_name="Zed", first_name="Ada")}
    entries = [*START, mate("ada2", "administrator")]
    (warning,) = school(seen(entries, people=people)).warnings
    assert warning.words == "Ada Zed is in the team 2 times: if that is one person, merge the records"
    assert school(seen(entries, people=people, merged={"ada2": "ada"})).warnings == ()


def test_a_person_in_two_teams_is_said_at_both_schools() -> None:
    """Until one of the two has left the cohort."""
    entries = [*START, joined("Dimmitt"), mate("ada", "administrator", "Dimmitt")]
    found = seen(entries)
    assert "Ada Zed is in the team of Dimmitt too" in [one.words for one in school(found).warnings]
    assert "Ada Zed is in the team of Lakeridge too" in [one.words for one in school(found, "dimmitt").warnings]
    later = seen([*entries, left("Dimmitt", "2023-11-01", at="18:00")])
    assert school(later).warnings == ()


def test_a_team_of_a_year_that_is_over_is_no_second_team() -> None:
    """People move on to other schools."""
    old = Cohort("c0", "Before", date(2022, 10, 3), 12)
    before = [
        said(f"old-{kind}", kind, cohort="c0", school="Dimmitt", date="2022-10-03", **more)
        for kind, more in (("school-joined", {}), ("team-joined", {"person": "ada", "part": "administrator"}))
    ]
    told = [*START, planned("old", old), *before]
    assert school(seen(told, date(2023, 9, 20), cohort="c1")).warnings != ()
    assert school(seen(told, date(2023, 10, 20), cohort="c1")).warnings == ()


# -- who came ----------------------------------------------------------------------------------------------------------


def test_a_session_counts_who_signed_in_of_the_team_as_it_was_that_day() -> None:
    """Who came to the team later was not missing, and who left it since was there."""
    entries = [
        *START, LINK_1, mate("fay", day="2024-01-10", at="18:00"),
        said("gone", "team-left", person="eve", school="Lakeridge", date="2024-01-10", at="18:05"),
    ]  # fmt: skip
    (held,) = school(seen(entries, date(2024, 1, 20), happening("s1", date(2023, 12, 6), "ada", "eve", "fay"))).sessions
    assert (held.words, held.came) == ("2 of 5", ("ada", "eve"))


def test_a_team_that_was_typed_after_the_session_was_one_before() -> None:
    """Nobody types on the first day."""
    entries = [planned(), joined(), LINK_1, *(mate(one, day="2023-12-20") for one in TEAM)]
    (held,) = school(seen(entries, date(2024, 1, 20), SESSION_1)).sessions
    assert held.words == "5 of 5"


def test_academy_days_count_administrators_only() -> None:
    """A teacher leader who came too changes nothing."""
    day = happening("a1", date(2024, 1, 17), "ada", "cyd")
    (held,) = school(seen([*START, linked("e2", "a1", "academy")], date(2024, 1, 20), day)).academy
    assert held.words == "1 of 2"


def test_others_of_the_school_are_counted_beside_its_team() -> None:
    """By the school of their record: who came may not have been written into the team yet."""
    session = happening("s1", date(2023, 12, 6), "zoe", "yan")
    by_school = {"s1": {"lakeridge": frozenset({"zoe", "ada"}), "dimmitt": frozenset({"yan"})}}
    found = seen([*START, LINK_1], date(2024, 1, 15), session, by_school=by_school)
    (held,) = school(found).sessions
    assert (held.words, held.beside) == ("0 of 5", ", 1 more of the school")
    assert words(found)[0] == "catch up on session 1: nobody of the team was there, but 1 of the school"


def test_fellows_are_the_teacher_leaders_of_schools_that_are_in() -> None:
    """Each once, also in two teams."""
    told = [*START, joined("Dimmitt"), mate("cyd", school="Dimmitt"), mate("fay", school="Dimmitt")]
    assert seen(told).fellows == 4
    assert seen([*told, left("Dimmitt", "2023-11-01", at="19:00")]).fellows == 3


def test_a_merged_record_came_as_the_one_that_stays() -> None:
    """An old badge, a new record."""
    day = happening("s1", date(2023, 12, 6), "ada")
    entries = [planned(), joined(), LINK_1, mate("old", "administrator")]
    (held,) = school(seen(entries, date(2024, 1, 1), day, merged={"old": "ada"})).sessions
    assert held.words == "1 of 1"


@pytest.mark.parametrize(
    "since, until, theirs",
    [
        ("2023-12-06", "", True), ("2023-12-07", "", False), ("2023-10-02", "2023-12-07", True),
        ("2023-10-02", "2023-12-06", False),
    ],
)  # fmt: skip
def test_sessions_are_a_schools_from_the_day_it_joined_until_it_left(since: str, until: str, theirs: bool) -> None:
    """The day on which it left is none of its own any more."""
    entries = [planned(), joined(day=since), *team(), LINK_1, *([left(day=until, at="19:00")] if until else [])]
    assert bool(school(seen(entries, date(2024, 1, 20), SESSION_1)).sessions) is theirs


def test_who_left_the_team_on_the_day_is_not_missed() -> None:
    """From that day on they are in it no more."""
    gone = said("gone", "team-left", person="eve", school="Lakeridge", date="2023-12-06", at="19:00")
    (held,) = school(seen([*START, LINK_1, gone], date(2024, 1, 20), SESSION_1)).sessions
    assert held.words == "4 of 4"


# -- visits, planning, contacts ------------------------------------------------------------------------------------------


def test_a_visit_at_a_school_of_the_cohort_is_its_visit_unasked() -> None:
    """By the folded name; planned, held and promised are told apart."""
    visits = [
        happening("v1", date(2023, 11, 8), school="LAKERIDGE"), happening("v2", date(2024, 3, 6), school="lakeridge", opened=False),
        happening("v0", date(2023, 9, 1), school="Lakeridge"),
    ]  # fmt: skip
    found = school(seen(START, date(2024, 2, 1), *visits))
    assert [(one.event, one.state) for one in found.visits] == [("v1", "held"), ("", "passed"), ("v2", "planned")]
    assert (found.visits_held, found.visits_planned) == (1, 2)
    assert "v0" not in [one.event for one in seen(START, date(2024, 2, 1), *visits).meetings]
    assert school(seen([planned(cohort=replace(YEAR, days=(), visits=3)), joined()])).visits_planned == 3


def test_what_somebody_said_of_a_visit_counts_before_what_is_found() -> None:
    """A visit that was planning time is no site visit; one that is said to be one keeps its school."""
    visit = happening("v", date(2023, 11, 8), school="Lakeridge")
    found = school(seen([*START, linked("e1", "v", "planning", "Lakeridge")], date(2023, 12, 1), visit))
    assert (found.visits_held, found.planning_minutes) == (0, 360)
    assert school(seen([*START, linked("e1", "v", "site-visit")], date(2023, 12, 1), visit)).visits_held == 1


def test_a_visit_put_on_another_day_stands_for_its_planned_day() -> None:
    """A few days off it is the same one, some weeks off it is one more."""
    near, far = (happening(f"v{day}", day, school="Lakeridge") for day in (date(2024, 1, 30), date(2023, 12, 1)))
    assert [one.event for one in school(seen(START, date(2024, 1, 15), near)).visits] == ["v2024-01-30"]
    assert [one.event for one in school(seen(START, date(2024, 1, 15), far)).visits] == ["v2023-12-01", ""]


def test_a_visit_at_a_school_of_no_cohort_is_said() -> None:
    """With its day, in the year of the cohort only."""
    strange = happening("v1", date(2024, 1, 10), school="Lincoln High")
    long_ago = happening("v2", date(2022, 1, 10), school="Lincoln High")
    (remark,) = [one for one in seen(START, date(2024, 1, 20), strange, long_ago).remarks if "Lincoln" in one]
    assert remark == "site visit of Wed 10 Jan: Lincoln High is in no cohort"


def test_planning_is_contacts_and_events_together() -> None:
    """A planning event of the school, a common one where its team was, and none of other schools."""
    entries = [
        *START, linked("e1", "own", "planning", "Lakeridge"), linked("e2", "common", "planning"), linked("e3", "empty", "planning"),
        said("k1", "contact", school="Lakeridge", contact="planning", date="2024-01-10", minutes=30),
        said("k2", "contact", school="Lakeridge", contact="coaching", date="2024-01-11", minutes=45),
        said("k3", "contact", school="Dimmitt", contact="coaching", date="2024-01-11", minutes=45),
    ]  # fmt: skip
    events = [
        happening("own", date(2024, 1, 9)), happening("common", date(2024, 1, 9), "ada"), happening("empty", date(2024, 1, 9), "zoe"),
    ]  # fmt: skip
    found = school(seen(entries, date(2024, 1, 20), *events))
    assert (found.planning_minutes, found.coaching_minutes, found.support_minutes) == (30 + 360 + 360, 45, 0)


# -- the stage -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "today, expected",
    [
        (date(2023, 9, 1), "before the year"), (date(2023, 10, 2), "before session 1 of 4"),
        (date(2023, 12, 6), "session 1 of 4"), (date(2024, 10, 1), "session 1 of 4"),
        (date(2024, 10, 2), "year over: network"),
    ],
)  # fmt: skip
def test_the_stage_follows_days_and_sessions_that_were_held(today: date, expected: str) -> None:
    """Twelve months from the first day; a session counts once it was opened."""
    session = SESSION_1._replace(opened=today >= SESSION_1.day, came=frozenset())
    assert seen([*START, LINK_1], today, session).stage.words == expected


def test_a_first_session_before_the_first_day_begins_the_year() -> None:
    """What was held was held."""
    early = happening("s1", date(2023, 9, 27), *TEAM)
    assert seen([*START, LINK_1], date(2023, 9, 28), early).stage.words == "session 1 of 4"


def test_months_of_a_cohort_end_the_day_before() -> None:
    """Also where that month is shorter."""
    assert YEAR.ends == date(2024, 10, 1)
    assert replace(YEAR, starts=date(2023, 8, 31), months=6).ends == date(2024, 2, 28)


def test_a_session_put_on_another_day_is_still_that_session() -> None:
    """However far: four are four."""
    moved = happening("s1", date(2024, 1, 31), *TEAM)
    found = seen([*START, LINK_1], date(2024, 2, 1), moved)
    assert [(one.number, one.day, one.state) for one in found.meetings if one.part == "session"] == [
        (1, date(2024, 1, 31), "held"), (2, date(2024, 2, 7), "planned"), (3, date(2024, 4, 3), "planned"),
        (4, date(2024, 5, 29), "planned"),
    ]  # fmt: skip


# -- what is next --------------------------------------------------------------------------------------------------------


def test_before_the_year_it_is_the_team_then_the_first_session() -> None:
    """What everybody waits for."""
    assert words(seen([planned(), joined(), *team()[:2]], date(2023, 9, 1))) == [
        "complete the team: 2 in the team, 5 to 6 wanted, no teacher leader", "session 1 on Wed 6 Dec",
    ]  # fmt: skip


def test_an_overdue_promise_comes_before_a_date() -> None:
    """Once its day has passed, and not once somebody said what became of it."""
    late, open_ = promise("q1", "10 Jan"), promise("q2", "in spring", what="Ask the library")
    told = [*START, LINK_1]
    found = seen(told, date(2024, 1, 15), SESSION_1, promises=[late, open_])
    assert words(found)[0] == "overdue since Wed 10 Jan: “Lend two carts” (Ada Zed)"
    assert (school(found).waiting, school(found).overdue) == (2, 1)
    late = late._replace(followed=(FollowUp("k", date(2024, 1, 14), "no", "Sold.", "drop"),))
    found = seen(told, date(2024, 1, 15), SESSION_1, promises=[late, open_])
    assert words(found)[0] == "Academy day 1 on Wed 17 Jan"
    assert [(one.state, one.note) for one in school(found).commitments] == [("promised", ""), ("not-kept", "Sold.")]


def test_a_promise_is_not_late_on_its_day() -> None:
    """Nor does one that points at a goal which stands ask for anything."""
    told = [*START, goal(), pointed("x", "commitment", "q1")]
    found = seen(told, date(2024, 1, 10), promises=[promise("q1", "10 Jan")])
    assert (school(found).waiting, school(found).overdue) == (1, 0)
    assert not [one for one in words(found) if "dropped" in one]


def test_a_session_that_the_whole_team_missed_is_caught_up_on() -> None:
    """Before the next one."""
    found = seen([*START, LINK_1], date(2024, 1, 15), happening("s1", date(2023, 12, 6), "zoe"))
    assert words(found)[0] == "catch up on session 1: nobody of the team was there"


def test_from_the_second_session_on_there_is_an_action_plan() -> None:
    """And a goal that nothing seen points at is looked for."""
    sessions = [SESSION_1, happening("s2", date(2024, 2, 7), *TEAM)]
    told = [*START, LINK_1, linked("e2", "s2")]
    today = date(2024, 2, 10)
    assert words(seen(told, today, *sessions))[0] == "write the action plan: no goal is set"
    found = words(seen([*told, goal(due="2024-02-01")], today, *sessions))
    assert "look for evidence of “Students propose questions”: was due Thu 1 Feb and nothing seen points at it" in found
    visit = happening("v", date(2024, 2, 8), school="Lakeridge")
    seen_now = seen([*told, goal(), pointed("x", "visit", "v")], today, *sessions, visit)
    assert not [one for one in words(seen_now) if "evidence" in one]
    assert school(seen_now).with_evidence == 1


def test_a_visit_day_that_nobody_opened_is_asked_about() -> None:
    """And a visit that was promised without a day gets one."""
    found = words(seen([*START, LINK_1], date(2024, 1, 30), SESSION_1))
    assert "site visit of Wed 24 Jan was never opened: was it held?" in found
    assert "give site visit 1 of 2 a day" in found


def test_after_the_year_it_is_the_network() -> None:
    """A meeting with a day, else one that wants a day; and a school that nobody worked with is called."""
    over = date(2024, 11, 10)
    told = [planned(), joined(), *team()[:3], LINK_1, goal(), pointed("x", "visit", "v")]
    visit = happening("v", date(2024, 3, 6), school="Lakeridge")
    assert words(seen(told, over, SESSION_1, visit)) == [
        "give the next network meeting a day", "call the school: last worked with on Wed 6 Mar",
    ]  # fmt: skip
    meeting = happening("n", date(2024, 11, 20), opened=False)
    called = said("k", "contact", school="Lakeridge", contact="support", date="2024-11-01", minutes=20)
    found = seen([*told, linked("e9", "n", "network-meeting"), called], over, SESSION_1, visit, meeting)
    assert words(found) == ["network meeting on Wed 20 Nov"]


def test_where_nothing_waits_that_is_said() -> None:
    """Never an empty line."""
    bare = Cohort("c1", "C", date(2023, 10, 2), 12, days=(Fixed("session", date(2023, 12, 6)),))
    held = [planned(cohort=bare), joined(), *team(), LINK_1, goal(), pointed("x", "visit", "v")]
    visit = happening("v", date(2024, 1, 6), school="Lakeridge")
    assert words(seen(held, date(2024, 1, 10), SESSION_1, visit)) == ["nothing waits"]


# -- goals and promises --------------------------------------------------------------------------------------------------


def test_a_dropped_goal_stays_with_all_that_points_at_it() -> None:
    """And the promise that points at it wants another goal."""
    told = [
        *START, goal(), pointed("x", "commitment", "q1"), pointed("y", "visit", "v"),
        goal("g2", replaces=["g"], dropped="No time.", at="19:00"),
    ]  # fmt: skip
    visit = happening("v", date(2023, 11, 8), school="Lakeridge")
    found = seen(told, date(2023, 12, 1), visit, promises=[promise("q1")])
    (aim,) = school(found).goals
    assert (aim.goal.dropped, aim.pointed_at, school(found).standing_goals) == ("No time.", 2, ())
    assert words(found)[0] == ("point a promise elsewhere: “Students propose questions” was dropped")


def test_an_observation_points_with_its_day_and_title_and_no_name() -> None:
    """Of one that is not known here, only that it points."""
    told = [*START, goal(), pointed("x", "observation", "o1"), pointed("y", "observation", "o2")]
    visit = happening("v", date(2023, 11, 8), school="Lakeridge")
    (aim,) = school(seen(told, date(2023, 12, 1), visit, observed={"o1": ("v", "The lens")})).goals
    assert [(one.words, one.day) for one in aim.evidence] == [("The lens", date(2023, 11, 8)), ("", None)]


def test_a_goal_that_was_taken_back_elsewhere_stays_while_something_points_at_it() -> None:
    """As a dropped one: two laptops did not know of each other."""
    told = [*START, goal(), undo("u", "g", event=None)]
    assert school(seen(told)).goals == ()
    (aim,) = school(seen([*told, pointed("x", "visit", "v")])).goals
    assert (aim.goal.dropped, aim.pointed_at, aim.doubtful) == ("taken back", 1, False)


def test_what_points_at_a_goal_that_is_not_here_is_said() -> None:
    """It was erased, or has not arrived."""
    assert (
        "1 of what points at goals points at one that is not here" in seen([*START, pointed("x", "visit", "v")]).remarks
    )


@pytest.mark.parametrize(
    "told, theirs",
    [
        ({"owner": "LAKERIDGE", "who": ""}, True), ({"owner": "", "who": "zed, ada"}, True), ({"owner": "Ada Zed"}, True),
        ({"owner": "Dimmitt", "who": "Gus Zed"}, False), ({"owner": "", "who": ""}, False),
        ({"owner": "", "who": "", "event": "v"}, True), ({"owner": "", "who": "", "event": "s1"}, False),
    ],
)  # fmt: skip
def test_whose_a_promise_is(told: dict[str, str], theirs: bool) -> None:
    """The school's that made it or owns the problem, or at whose own event it was made."""
    visit = happening("v", date(2023, 11, 8), school="Lakeridge")
    one = promise("q1")._replace(**told)  # type: ignore[arg-type]  # each case has texts for fields of text
    found = seen([*START, LINK_1], date(2023, 12, 10), visit, SESSION_1, promises=[one])
    assert bool(school(found).commitments) is theirs


def test_a_promise_that_points_at_another_schools_goal_is_that_schools() -> None:
    """Whoever made it."""
    told = [*START, joined("Dimmitt"), goal("h", school="Dimmitt"), pointed("x", "commitment", "q1", "h")]
    found = seen(told, promises=[promise("q1")])
    assert (school(found).commitments, len(school(found, "dimmitt").commitments)) == ((), 1)


# -- who left ------------------------------------------------------------------------------------------------------------


def test_a_school_that_left_stands_apart_with_its_day() -> None:
    """Nothing is next for it, nobody warns of its team, and all that was recorded stays."""
    told = [*START, LINK_1, goal(), left(day="2024-01-10", at="19:00")]
    before = seen(told, date(2024, 1, 9), SESSION_1)
    assert [one.name for one in before.schools] == ["Lakeridge"]
    after = seen(told, date(2024, 1, 10), SESSION_1)
    assert (after.schools, [one.name for one in after.left]) == ((), ["Lakeridge"])
    gone = school(after)
    assert gone.visits == ()
    assert (gone.left, gone.reason, gone.next, gone.warnings) == (date(2024, 1, 10), "A new principal.", (), ())
    assert (len(gone.team), len(gone.goals), gone.sessions[0].words) == (5, 1, "5 of 5")


def test_a_school_that_came_back_keeps_what_it_came_to_before() -> None:
    """Its session and its visit of before; nothing of the time in which it was away."""
    visits = [happening(f"v{day.month}", day, school="Lakeridge") for day in (date(2023, 11, 8), date(2024, 2, 14))]
    told = [*START, LINK_1, left(day="2024-01-10", at="19:00"), linked("e2", "s2", at="19:05"),
            joined(day="2024-03-01", entry_id="again", at="20:00")]  # fmt: skip
    away = happening("s2", date(2024, 2, 7), *TEAM)
    back = school(seen(told, date(2024, 3, 4), SESSION_1, away, *visits))
    assert [(one.gathering.event, one.words) for one in back.sessions] == [("s1", "5 of 5")]
    assert ([one.event for one in back.visits if one.event], back.visits_held) == (["v11"], 1)
    assert (back.joined, back.left) == (date(2024, 3, 1), None)


# -- any order -----------------------------------------------------------------------------------------------------------

YEAR_SAID: list[Entry] = [
    planned(), joined(), joined("Dimmitt"), *team(), *team("Dimmitt"), LINK_1, linked("e2", "s2", at="18:00"),
    linked("e3", "s2", "academy", at="18:05", device="e"), goal(), goal("g2", replaces=["g"], dropped="No.", at="19:00"),
    pointed("x", "commitment", "q1"), pointed("y", "visit", "v"), left("Dimmitt", "2024-01-10", at="19:00"),
    said("k", "commitment-settled", popup="q1", kept=True, note="", at="19:05", device="e"), undo("u", "g2", event=None),
]  # fmt: skip
EVENTS = (SESSION_1, happening("s2", date(2024, 2, 7), "ada"), happening("v", date(2024, 1, 25), school="Lakeridge"))


@given(st.permutations(YEAR_SAID), st.lists(st.sampled_from(YEAR_SAID)), st.permutations(EVENTS))
def test_any_order_and_repetition_gives_the_same_picture(
    order: list[Entry], again: list[Entry], events: list[Happening]
) -> None:
    """Of what was said, and of the events that it is seen among."""
    promises = [promise("q1", "10 Jan"), promise("q2")]
    whole = seen(YEAR_SAID, date(2024, 2, 10), *EVENTS, promises=promises)
    assert seen([*order, *again], date(2024, 2, 10), *events, promises=promises[::-1]) == whole
