"""A clock worked out of moments: paused, gone on with, asleep, merged; and when it turns orange and red."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfacilitate.core.timing import SIGNS, Move, Watch, countdown, seconds, share, urgency, watch

NOON = datetime(2026, 12, 9, 12, 0, tzinfo=UTC)


def at(minutes: float) -> datetime:
    """So many minutes after noon."""
    return NOON + timedelta(minutes=minutes)


def test_a_clock_that_was_never_paused_shows_what_the_wall_shows() -> None:
    """Asleep or awake in between: only the moments count."""
    assert watch([(NOON, "start")]).spent_at(at(61.5)) == timedelta(minutes=61, seconds=30)


def test_a_pause_takes_its_time_out() -> None:
    """Ten minutes, five of pause, two more."""
    ran = watch([(NOON, "start"), (at(10), "pause"), (at(15), "resume")])
    assert (ran.spent_at(at(17)), ran.runs, ran.paused) == (timedelta(minutes=12), True, False)


def test_while_it_is_paused_nothing_passes() -> None:
    """However late one looks."""
    ran = watch([(NOON, "start"), (at(10), "pause")])
    assert (ran.spent_at(at(600)), ran.paused) == (timedelta(minutes=10), True)


def test_two_laptops_that_pause_the_same_clock_pause_it_once() -> None:
    """The second pause and the second resume change nothing."""
    moves: list[tuple[datetime, Move]] = [
        (NOON, "start"), (at(10), "pause"), (at(11), "pause"), (at(15), "resume"), (at(16), "resume"),
    ]  # fmt: skip
    for order in permutations(moves):
        assert watch([*order, *order]).spent_at(at(20)) == timedelta(minutes=15)


def test_a_stopped_clock_is_not_resumed() -> None:
    """What has ended only starts anew."""
    ended = watch([(NOON, "start"), (at(3), "stop"), (at(5), "resume")])
    assert (ended.spent_at(at(9)), ended.ended, ended.paused) == (timedelta(minutes=3), True, False)
    assert watch([(NOON, "start"), (at(3), "stop"), (at(5), "start")]).spent_at(at(9)) == timedelta(minutes=4)


def test_a_clock_that_was_put_back_takes_nothing_away() -> None:
    """A moment before the last move shows what had run by then."""
    assert watch([(at(10), "start")]).spent_at(NOON) == timedelta()


def test_what_never_began_stands_still() -> None:
    """A pause or a resume of nothing is nothing."""
    for moves in ((), ((NOON, "pause"),), ((NOON, "resume"),)):
        found = watch(moves)
        assert (found.runs, found.paused, found.spent_at(at(5))) == (False, False, timedelta())
    assert not Watch().runs


@given(st.lists(st.tuples(st.integers(0, 5000), st.sampled_from(["start", "pause", "resume", "stop"])), max_size=12))
def test_time_never_runs_backwards(moves: list[tuple[int, Move]]) -> None:
    """Whatever was pressed: never negative, never more than the wall's time, never less a second later."""
    ran = watch((NOON + timedelta(seconds=second), move) for second, move in moves)
    before, after = ran.spent_at(NOON + timedelta(seconds=5000)), ran.spent_at(NOON + timedelta(seconds=5001))
    assert timedelta() <= before <= timedelta(seconds=5000)
    assert after - before == (timedelta(seconds=1) if ran.runs else timedelta())


@pytest.mark.parametrize(
    "left, said",
    [(1201, "calm"), (1200, "soon"), (301, "soon"), (300, "close"), (1, "close"), (0, "over"), (-5, "over")],
)
def test_orange_at_a_fifth_red_at_a_twentieth_then_over(left: int, said: str) -> None:
    """Of 100 minutes."""
    assert urgency(timedelta(seconds=left), timedelta(minutes=100)) == said
    assert said in SIGNS


def test_where_no_time_was_meant_nothing_presses() -> None:
    """A step of 0 minutes has no end that could be missed."""
    assert urgency(timedelta(minutes=-5), timedelta()) == "calm"
    assert share(timedelta(minutes=5), timedelta()) == 0


def test_a_timer_shows_nought_exactly_at_the_end() -> None:
    """What is left is rounded up, what is over rounded down."""
    shown = [seconds(timedelta(milliseconds=left)) for left in (1900, 1000, 100, 0, -100, -999, -1000, -1900)]
    assert shown == [2, 1, 1, 0, 0, 0, -1, -1]


def test_seconds_are_written_as_a_timer_writes_them() -> None:
    """With hours only where there are some; the sign is a word's business."""
    assert [countdown(of) for of in (0, 59, 1100, 3725, -125)] == ["0:00", "0:59", "18:20", "1:02:05", "2:05"]
