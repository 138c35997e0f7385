"""Pictures of the problem bank: what is due on Today, the bank with a whole story, and one that came back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.front.desk.banking import bank_day, heard, later
from tests.front.desk.day import Day
from tests.front.desk.test_pictures import Compare, looks, no_blinking, sizes

__all__ = ["no_blinking"]  # a fixture


@pytest.fixture
def banked(tmp_path: Path) -> Day:
    """Twenty problems, one of them followed up and brought back today."""
    day = bank_day(tmp_path, many=20)
    heard(day, "Bo Lind", "partly", "change", "Two families wrote back; the evening is theirs, not ours.")
    later(day, "Bo Lind")
    return day


@sizes
def test_what_is_due_on_today(snap_compare: Compare, banked: Day, size: tuple[int, int]) -> None:
    """Beside what runs and what has to be done."""
    assert looks(snap_compare, banked, size, event=False, sees="Promised at POP-ups")


@sizes
def test_the_bank(snap_compare: Compare, banked: Day, size: tuple[int, int]) -> None:
    """The list by state, and the story of the first."""
    assert looks(snap_compare, banked, size, "escape", "B", sees="●●● 3")


@sizes
def test_a_problem_that_came_back(snap_compare: Compare, banked: Day, size: tuple[int, int]) -> None:
    """What was heard, and its later round."""
    keys = ("escape", "B", "o", "o", "o", "o", "o")
    assert looks(snap_compare, banked, size, *keys, sees="Later round")
