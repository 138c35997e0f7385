"""Pictures of the agenda, small and large, by a played clock: a changed picture is looked at before it is taken."""

from __future__ import annotations

from tests.front.desk.day import Day
from tests.front.desk.test_agenda import begun, held, kept
from tests.front.desk.test_pictures import Compare, looks, no_blinking, sizes

__all__ = ["no_blinking"]  # a fixture


@sizes
def test_agenda_as_planned(snap_compare: Compare, busy: Day, size: tuple[int, int]) -> None:
    """Nobody has begun it here."""
    assert looks(snap_compare, busy, size, "a", sees="shown as planned")


@sizes
def test_agenda_late(snap_compare: Compare, busy: Day, size: tuple[int, int]) -> None:
    """Twelve minutes late before the protocol: lunch and the end are missed, and what can be done."""
    begun(busy, 1, "8:45")
    begun(busy, 2, "10:12")
    busy.at("10:25")
    assert looks(snap_compare, busy, size, "a", sees="late")


@sizes
def test_agenda_spread(snap_compare: Compare, busy: Day, size: tuple[int, int]) -> None:
    """Brought back: what is shorter now is told beside what was planned."""
    begun(busy, 1, "8:45")
    begun(busy, 2, "10:12")
    busy.at("10:12")
    assert looks(snap_compare, busy, size, "a", "r", sees="It fits")


@sizes
def test_agenda_over(snap_compare: Compare, busy: Day, size: tuple[int, int]) -> None:
    """Counting up, with one that was skipped."""
    begun(busy, 0, "8:30")
    begun(busy, 3, "8:45")
    busy.at("10:04")
    assert looks(snap_compare, busy, size, "a", sees="over")
    assert kept(busy).running == 3


@sizes
def test_room_late(snap_compare: Compare, busy: Day, size: tuple[int, int]) -> None:
    """What runs, what is left, how late, what comes: above the board."""
    begun(busy, 1, "8:45")
    begun(busy, 3, "10:20")
    busy.at("11:25")
    assert looks(snap_compare, busy, size, sees="behind")


@sizes
def test_wall_late(snap_compare: Compare, busy: Day, size: tuple[int, int]) -> None:
    """For the projector."""
    begun(busy, 1, "8:45")
    busy.at("10:04")
    assert looks(snap_compare, busy, size, "q", sees="over")


@sizes
def test_agenda_with_a_past(snap_compare: Compare, busy: Day, size: tuple[int, int]) -> None:
    """What each segment took before, beside what is planned and meant."""
    held(busy, 80, 90, 85)
    begun(busy, 0, "8:30")
    busy.at("8:40")
    assert looks(snap_compare, busy, size, "a", "M", sees="(n 3)")


@sizes
def test_minutes_of_a_segment(snap_compare: Compare, busy: Day, size: tuple[int, int]) -> None:
    """What it took before is offered."""
    held(busy, 80, 90, 85)
    begun(busy, 0, "8:30")
    busy.at("8:40")
    assert looks(snap_compare, busy, size, "a", "m", sees="median of 3")
