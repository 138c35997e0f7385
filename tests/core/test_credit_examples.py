"""The figures that the sources and the design give, by name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plfacilitate.core.credit import Line, explain, explain_series, series_facts, series_line, session_line
from plfacilitate.core.office import Office, Round
from plfacilitate.core.plan import Plan, SegmentKind
from tests.core.credit_kit import PSESD, STATE, facts, here, institute, minutes_present, plan, session, throughout

ONE_DAY: tuple[tuple[int, SegmentKind], ...] = (
    (90, "instruction"), (15, "break"), (105, "instruction"), (45, "meal"),
    (75, "work-time"), (15, "break"), (75, "instruction"),
)  # fmt: skip


def whole(of: Plan, office: Office = PSESD) -> Line:
    """The line of somebody who was there throughout the first session."""
    one = facts(of, office=office)
    return session_line(one, throughout(one), person="p")


def net(minutes: int, office: Office = PSESD) -> Line:
    """The line for an offering of so many minutes of instruction, all of them attended."""
    return whole(plan(session(1, (minutes, "instruction")), hours=8), office)


def test_a_day_with_lunch_and_two_breaks_is_five_and_a_half_hours() -> None:
    """8:30-15:30 with 45 minutes of lunch and two breaks of 15: 345 minutes, 5.75, down to 5.5."""
    line = whole(plan(session(1, *ONE_DAY), hours=6))
    assert (line.agenda_minutes, line.minutes, line.hundredths, line.status) == (420, 345, 550, "earned")


def test_under_the_states_reading_the_same_day_is_six_hours() -> None:
    """Where reasonable breaks count: 375 minutes, 6.25, down to 6.0."""
    line = whole(plan(session(1, *ONE_DAY), hours=8), STATE)
    assert (line.minutes, line.hundredths) == (375, 600)


def test_three_hours_and_three_quarters_are_three_and_a_half() -> None:
    """PSESD's own example."""
    assert net(225).hundredths == 350


def test_four_hours_and_three_quarters_are_four_and_a_half() -> None:
    """ESD 113's own example."""
    assert net(285, replace(PSESD, id="esd113")).hundredths == 450


def test_an_offering_of_59_minutes_gives_nobody_anything() -> None:
    """Below the hour that an offering must have, the line says so and nothing is earned."""
    line = net(59)
    assert (line.minutes, line.hundredths, line.status) == (59, 0, "none")
    assert "offering-minimum" in [reason.code for reason in line.reasons]


def test_forty_minutes_of_a_three_hour_event_are_half_an_hour() -> None:
    """Nobody states a least for a person, so PSESD's file has none."""
    one = facts(plan(session(1, (180, "instruction")), hours=3))
    line = session_line(one, minutes_present(one, 0, 40), person="p")
    assert (line.minutes, line.hundredths, line.status) == (40, 50, "earned")


def test_eight_half_hours_are_four() -> None:
    """PSESD's "four clock hours in 8 one-half sessions"."""
    of = plan(*(session(number, (30, "instruction")) for number in range(1, 9)), hours=4)
    events = [facts(of, number) for number in range(1, 9)]
    line = series_line(series_facts(PSESD, of, events), {one.event: throughout(one) for one in events}, person="p")
    assert (line.minutes, line.hundredths, line.status) == (240, 400, "earned")


@pytest.mark.parametrize("how, hundredths", [("total", 2900), ("session", 2750), ("day", 2750)])
def test_seven_minutes_late_five_times(how: Round, hundredths: int) -> None:
    """29.0 hours where the total is rounded, 27.5 where each session is."""
    office = replace(PSESD, round=how)
    of = institute()
    events = [facts(of, number, office=office) for number in range(1, 6)]
    late = {one.event: minutes_present(one, 7, one.agenda_minutes) for one in events}
    line = series_line(series_facts(office, of, events), late, person="p")
    assert (line.minutes, line.hundredths, line.status) == (1765, hundredths, "earned")


def test_the_line_of_the_design_reads_as_it_stands_there() -> None:
    """In at 8:37, out at 15:31, two of the five sessions before: the one-line explanation, word for word."""
    of = institute()
    events = [facts(of, number, held=number <= 3) for number in range(1, 6)]
    third = events[2]
    came = {one.event: throughout(one) for one in events[:2]}
    came[third.event] = here("8:37", "15:31", day=third.day)
    total = series_line(series_facts(PSESD, of, events), came, person="p")
    line = session_line(third, came[third.event], person="p", standing=total.standing)
    assert explain(third, line) == (
        "agenda 8:30–15:45 = 435 min; lunch −45, breaks −30 → 360; in 8:37 −7, out 15:31 −14 → 339 min = 5 h 39 "
        "→ 5.5 h under psesd 2026-1; 3 of 5 sessions, on course."
    )
    assert (line.hundredths, line.status) == (550, "pending")


def test_a_series_is_explained_in_one_line_too() -> None:
    """All agendas, what is off for all, what this person missed, the hours."""
    of = institute()
    events = [facts(of, number) for number in range(1, 6)]
    series = series_facts(PSESD, of, events)
    came = {one.event: throughout(one) for one in events} | {"event-2": minutes_present(events[1], 7, 435)}
    assert explain_series(series, series_line(series, came, person="p")) == (
        "5 sessions = 2175 min; lunch −225, breaks −150 → 1800; session 2 in 8:37 −7 → 1793 min = 29 h 53 "
        "→ 29.5 h under psesd 2026-1; all 5 sessions."
    )
