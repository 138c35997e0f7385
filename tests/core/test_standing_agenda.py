"""Where an agenda stands: what is left, how late the day is, what is expected, what can't be kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from plfacilitate.core.keeping.run import Run
from plfacilitate.core.keeping.standing import MINUTE, Standing, standing
from tests.core.agendas import PARTS, Told, at, run, spans


def now(told: Told, clock: str) -> Standing:
    """How it stands."""
    return standing(run(told), at(clock))


def left(of: Standing) -> float:
    """Minutes left, negative = over."""
    return of.left / MINUTE


def test_until_it_is_begun_the_agenda_goes_as_planned() -> None:
    """Before, in the middle, at the last minute, after."""
    assert (now(Told(), "8:00").running, left(now(Told(), "8:00"))) == (None, 30)
    lunch = now(Told(), "11:45")
    assert lunch.running is not None
    assert (lunch.running.place, left(lunch), lunch.kept, lunch.drift) == (3, 45, False, timedelta())
    assert left(now(Told(), "15:44")) == 1
    over = now(Told(), "15:45")
    assert (over.ended, over.running, over.ends) == (True, None, at("15:45"))


def test_as_planned_but_with_other_minutes_lunch_still_waits_for_its_time() -> None:
    """Ten minutes fewer in the morning are a wait before lunch."""
    wait = now(Told().retime("8:00", s0=80), "11:40")
    assert (wait.running, left(wait), wait.ended) == (None, 5, False)
    assert now(Told().retime("8:00", s0=80), "11:50").running is not None


def test_begun_on_time_the_day_is_on_time() -> None:
    """Left counts down, nothing is missed, the end is the plan's."""
    kept = now(Told().start(0, "8:30"), "9:10")
    assert (left(kept), kept.drift, kept.missed, kept.ends, kept.done) == (50, timedelta(), (), at("15:45"), 44)
    assert [line.state for line in kept.lines] == ["running"] + ["coming"] * 6


def test_begun_late_the_day_is_late_by_so_much() -> None:
    """Eleven minutes, at lunch and at the end."""
    kept = now(Told().start(0, "8:41"), "9:00")
    assert kept.drift == 11 * MINUTE
    assert [(one.line.place if one.line else None, one.by / MINUTE) for one in kept.missed] == [(3, 11), (None, 11)]


def test_a_segment_that_takes_too_long_is_over_and_the_day_gets_later() -> None:
    """Until somebody begins the next one."""
    told = Told().start(0, "8:30")
    assert (left(now(told, "10:05")), now(told, "10:05").urgency, now(told, "10:05").drift) == (-5, "over", 5 * MINUTE)
    assert now(told, "12:00").drift == 120 * MINUTE
    moved = now(told.start(1, "10:05"), "10:06")
    assert (moved.drift, moved.lines[0].state) == (5 * MINUTE, "done")


@pytest.mark.parametrize("clock, said", [("9:40", "calm"), ("9:42", "soon"), ("9:55:30", "close"), ("10:00", "over")])
def test_it_presses_at_a_fifth_and_at_a_twentieth(clock: str, said: str) -> None:
    """Of 90 minutes: 18 and four and a half."""
    assert now(Told().start(0, "8:30"), clock).urgency == said


def test_being_early_is_said_until_the_next_fixed_time_waits_for_it() -> None:
    """Ten minutes ahead in the morning; after lunch the day is on time again."""
    told = Told().start(0, "8:30").start(1, "9:50")
    ahead = now(told, "9:51")
    assert (ahead.drift, ahead.missed, ahead.lines[3].begins) == (-10 * MINUTE, (), at("11:45"))
    assert now(told.start(2, "10:05").start(3, "11:35").start(4, "12:30"), "12:40").drift == timedelta()


def test_the_day_is_as_late_as_its_worst_fixed_time() -> None:
    """Lunch is on time, and the afternoon was made twenty minutes longer."""
    kept = now(Told().start(0, "8:30").retime("9:00", s4=110), "9:00")
    assert (kept.drift, [one.line for one in kept.missed]) == (20 * MINUTE, [None])


def test_skipped_segments_are_not_waited_for() -> None:
    """From the first to the protocol: the break was skipped, what it would have taken is won."""
    kept = now(Told().start(0, "8:30").start(2, "10:00"), "10:01")
    assert [line.state for line in kept.lines[:4]] == ["done", "skipped", "running", "coming"]
    assert kept.drift == -15 * MINUTE


def test_paused_the_day_gets_later_and_what_is_left_stays() -> None:
    """A fire alarm of ten minutes."""
    told = Told().start(0, "8:30").pause("9:00")
    kept = now(told, "9:10")
    assert (left(kept), kept.drift, kept.paused) == (60, 10 * MINUTE, True)
    assert kept.running is not None
    assert kept.running.state == "paused"
    assert now(told.resume("9:10"), "9:20").drift == 10 * MINUTE


def test_asleep_and_awake_again_it_shows_what_it_would_have_shown() -> None:
    """Nothing is counted, everything is worked out: an hour unseen makes no difference."""
    kept = run(Told().start(0, "8:30").start(1, "10:00"))
    assert [standing(kept, at(clock)).left / MINUTE for clock in ("10:01", "11:01")] == [14, -46]


def test_after_its_end_an_agenda_has_no_time_left() -> None:
    """It ended ten minutes late, and that stays said."""
    kept = now(Told().start(6, "14:15").end("15:55"), "17:00")
    assert (kept.ended, kept.running, kept.ends, kept.drift) == (True, None, at("15:55"), 10 * MINUTE)


def test_an_agenda_that_goes_past_midnight_counts_on() -> None:
    """It began at 22:00 and has four hours."""
    night = spans((120, "instruction", "Ownership"), (120, "work-time", "Break"), starts="22:00")
    kept = standing(run(Told().start(0, "22:00").start(1, "24:05"), of=night), at("25:00"))
    assert (kept.left / MINUTE, kept.drift / MINUTE, kept.ends) == (65, 5, at("26:05"))


def test_a_switch_of_the_clocks_changes_no_length() -> None:
    """2:30 that is there twice, or never, is of no matter to minutes that pass."""
    from datetime import date

    for day in (date(2018, 3, 11), date(2018, 11, 4)):
        of = spans(
            (180, "instruction", "Ownership"),
            (60, "work-time", "Break"),
            starts="00:30",
            zone="America/Los_Angeles",
            day=day,
        )
        found = standing(Run(of, (180, 60)), of[0].starts_at + 170 * MINUTE)
        assert (found.left, found.ends - of[0].starts_at) == (10 * MINUTE, 240 * MINUTE)


def test_whoever_goes_back_has_the_rest_of_that_segment_only() -> None:
    """And what ran after it needs no more than its own rest."""
    kept = now(Told().start(0, "8:30").start(1, "9:30").start(2, "9:45").start(0, "10:00"), "10:00")
    assert left(kept) == 30
    assert [line.rest / MINUTE for line in kept.lines[:3]] == [30, 0, 75]
    assert len(kept.lines) == len(PARTS)
