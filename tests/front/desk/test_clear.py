"""Hours cleared from the laptop, at the desk: looked at, asked for in another way, done after a question."""

from __future__ import annotations

from pathlib import Path

import pytest

from plfacilitate.front.desk.screens.clear import ClearScreen
from plfacilitate.steps.events import read_fold
from tests.front.desk.clearing import months_later
from tests.front.desk.conftest import Seat, seat_of
from tests.front.desk.day import Day
from tests.front.desk.test_pictures import Compare, looks, no_blinking, sizes
from tests.steps.test_unname import on_disk

__all__ = ["no_blinking"]  # a fixture


@pytest.fixture
def later(tmp_path: Path) -> Day:
    """Months after three days."""
    return months_later(tmp_path)


async def look(seat: Seat) -> ClearScreen:
    """The screen with what would go."""
    await seat.app.give("clearing:look")
    await seat.until(lambda: isinstance(seat.app.screen, ClearScreen))
    await seat.sees("These stay")
    screen = seat.app.screen
    assert isinstance(screen, ClearScreen)
    return screen


async def test_what_goes_goes_after_a_question_and_the_day_says_so_everywhere(later: Day) -> None:
    """No leaves everything; y clears one day, and room, close and person say when and after what."""
    async with seat_of(later, door=False) as seat:
        screen = await look(seat)
        assert [one.event.id for one in screen.found.going] == [later.event]
        await seat.type("c")
        await seat.sees("Of the programme stays: 1 note.")
        await seat.type("enter")
        await seat.until(lambda: seat.app.screen is screen)
        assert read_fold(later.ledger, later.event).persons()
        await seat.type("c", "y")
        await seat.told("of 1 event cleared")
        await seat.sees("In the room: cleared")
        await seat.sees("24 people had been there")
        assert "0 of" not in seat.text()
        await seat.type("c")
        await seat.sees("Cleared from here")
        assert "nobody counted" not in seat.text()
        await seat.type("enter")
        await seat.told("24 people had been there")
        await seat.app.give("views:person", later.person("Chen").id)
        await seat.sees("Who was there was cleared on")
        assert "Not seen yet" not in seat.text()
    later.ledger.close()
    assert "same phone as Brown" not in on_disk(later.around.workspace.root)


async def test_days_receipt_and_people_are_asked_for_by_a_key(later: Day) -> None:
    """Nothing goes after 500 days; without a receipt one more goes; people are listed by name before they go."""
    async with seat_of(later, event=False) as seat:
        screen = await look(seat)
        await seat.type("d", "backspace", "backspace", "500", "enter")
        await seat.sees("nothing goes")
        await seat.type("c")
        await seat.told("Nothing goes")
        await seat.type("d", "backspace", "backspace", "backspace", "x", "enter")
        await seat.sees("A number of days")
        await seat.type("backspace", "90", "enter")
        await seat.until(lambda: len(screen.found.going) == 1)
        await seat.type("w")
        await seat.until(lambda: len(screen.found.going) == 2)
        await seat.type("p")
        await seat.sees("Zieliński, Tomasz")
        await seat.type("escape")
        await seat.until(lambda: not isinstance(seat.app.screen, ClearScreen))
    assert len(read_fold(later.ledger, later.event).persons()) > 20


@sizes
def test_what_would_go(snap_compare: Compare, later: Day, size: tuple[int, int]) -> None:
    """What goes, what stays; the words of the line under the cursor."""
    assert looks(snap_compare, later, size, *("ctrl+p", "clear hours", "enter"), event=False, sees="These stay")
