"""The board of a cohort: where each school stands, what is next; what was done is written down from it."""

from __future__ import annotations

from pathlib import Path

from tests.front.desk.cohorts import FILE, cohort_on
from tests.front.desk.conftest import Seat, seat_of
from tests.front.desk.day import Day
from tests.front.desk.test_pictures import Compare, looks, no_blinking, sizes

__all__ = ["no_blinking"]


def line(seat: Seat, school: str) -> str:
    """The line of a school as it stands on the screen."""
    return next(row for row in seat.text().splitlines() if school in row)


async def opened(seat: Seat) -> None:
    """From the room to Today, and to the cohorts."""
    await seat.type("escape")
    await seat.type("o")
    await seat.sees("schools")


async def test_each_school_has_a_line_that_says_what_is_next(busy: Day, tmp_path: Path) -> None:
    """Team with a warning, visits promised, the next thing to do; the one under the cursor in full."""
    cohort_on(busy, tmp_path)
    async with seat_of(busy) as seat:
        await opened(seat)
        assert "●" in line(seat, "Lakeridge  ")
        assert "0/2" in line(seat, "Lakeridge  ")
        assert "⚠" in line(seat, "Dimmitt  ")
        assert "2!" in line(seat, "Dimmitt  ")
        assert "complete the team" in line(seat, "Dimmitt  ")
        await seat.sees("Gil Poe, teacher leader")  # schools stand by name: Dimmitt is the first
        await seat.type("down")
        await seat.sees("Ada Okoro, administrator")


async def test_names_from_a_file_are_no_markup(busy: Day, tmp_path: Path) -> None:
    """A school called like a tag is shown as it is written."""
    cohort_on(busy, tmp_path)
    async with seat_of(busy) as seat:
        await opened(seat)
        assert "Sierra [b]" in seat.text()


async def test_without_a_cohort_the_screen_says_how_one_begins(busy: Day) -> None:
    """Empty is not the same as reading."""
    async with seat_of(busy) as seat:
        await seat.type("escape", "o")
        await seat.sees("No cohort yet")


async def test_another_cohort_is_one_key_away(busy: Day, tmp_path: Path) -> None:
    """Two cohorts: `o` goes from one to the other and back."""
    cohort_on(busy, tmp_path)
    cohort_on(
        busy,
        tmp_path,
        FILE.replace("pscpl-1", "pscpl-2").replace("Cohort I", "Cohort II").replace("2023-10", "2023-11"),
    )
    async with seat_of(busy) as seat:
        await opened(seat)
        await seat.sees("PSCPL Cohort I ·")
        await seat.type("o")
        await seat.sees("PSCPL Cohort II ·")
        await seat.type("o")
        await seat.sees("PSCPL Cohort I ·")


@sizes
def test_the_board_of_a_cohort(snap_compare: Compare, busy: Day, tmp_path: Path, size: tuple[int, int]) -> None:
    """Three schools, one of them complete."""
    cohort_on(busy, tmp_path)
    assert looks(snap_compare, busy, size, "escape", "o", sees="Gil Poe")
