"""Pictures of a led protocol and of groups: several clocks, one clock, the wall, and who works with whom."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from plfacilitate.steps import run as steps
from tests.front.desk.day import Day
from tests.front.desk.leading import begun, found, led_day
from tests.front.desk.test_pictures import Compare, looks, no_blinking, sizes

__all__ = ["no_blinking"]  # a fixture


def five_groups(folder: Path) -> Day:
    """Five groups: one ends soon, one is further, one is paused, two are over; two lines were written down."""
    day = led_day(folder)
    begun(day, clocks=5)
    run, hand, now = found(day), day.hand(), day.moment("8:34")
    drafts = [steps.move(hand, run, [1], run.places[1], at=now), steps.move(hand, run, [2], run.places[3], at=now)]
    drafts.append(steps.pause(hand, run, [3], at=now))
    for text, kind, group in (("What would have to be true?", "question", 1), ("Begin with one class.", "idea", 0)):
        drafts += steps.capture(hand, run, text, kind=kind, group=group, place=run.places[1], at=day.moment("8:35"))  # type: ignore[arg-type]  # the two are kinds
    day.ledger.append(drafts)
    day.clock.set(day.moment("8:35") + timedelta(seconds=40))
    return day


@sizes
def test_five_groups(snap_compare: Compare, tmp_path: Path, size: tuple[int, int]) -> None:
    """Every clock at a glance, the first group's step beside them."""
    assert looks(snap_compare, five_groups(tmp_path), size, "p", "1", sees="The client tells")


@sizes
def test_one_clock(snap_compare: Compare, tmp_path: Path, size: tuple[int, int]) -> None:
    """One clock for the room, and a line being typed."""
    day = led_day(tmp_path)
    begun(day)
    assert looks(snap_compare, day.at("8:34"), size, "p", "i", "half a line", sees="half a line")


@sizes
def test_on_the_wall(snap_compare: Compare, tmp_path: Path, size: tuple[int, int]) -> None:
    """Each group's clock as large as it goes."""
    assert looks(snap_compare, five_groups(tmp_path), size, "p", "w", sees="Backs turned")


@sizes
def test_one_step_on_the_wall(snap_compare: Compare, tmp_path: Path, size: tuple[int, int]) -> None:
    """Its title, its prompt, and one clock."""
    day = led_day(tmp_path)
    begun(day)
    assert looks(snap_compare, day.at("8:34"), size, "p", "w", sees="silent: everybody")


@sizes
def test_who_works_with_whom(snap_compare: Compare, busy: Day, size: tuple[int, int]) -> None:
    """Six even groups, and why."""
    assert looks(snap_compare, busy, size, "G", "d", "enter", "enter", sees="Group 1")
