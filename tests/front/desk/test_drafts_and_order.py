"""Text that waits is seen and opened by one key; the board shows whom one looks for on top."""

from __future__ import annotations

from plfacilitate.front.desk.lists.board import Board
from tests.front.desk.conftest import Seat, seat_of
from tests.front.desk.day import Day


def names(seat: Seat) -> list[str]:
    """The board from its top."""
    return [one.name for one in seat.app.screen.query_one(Board).items]


async def test_a_draft_that_waits_is_seen_and_opened_by_one_key(busy: Day) -> None:
    """Esc leaves ✎ 1 in the status line; N opens the note again, and kept text waits no more."""
    async with seat_of(busy, size=(80, 24)) as seat:
        await seat.type("n", "half a thou", "escape")
        await seat.sees("✎ 1")
        await seat.type("N")
        await seat.sees("half a thou")
        await seat.type("ght", "enter")
        await seat.told("Note kept")
        await seat.until(lambda: "✎" not in seat.text())


async def test_several_drafts_are_chosen_from(busy: Day) -> None:
    """A note and a walk-in wait: N names both, Enter opens the chosen one."""
    async with seat_of(busy) as seat:
        await seat.type("n", "parking", "escape", "w", "Petrov", "escape")
        await seat.sees("✎ 2")
        await seat.type("N")
        await seat.sees("Note: parking")
        await seat.sees("Walk-in: Petrov")
        await seat.type("down", "enter")
        await seat.sees("Certificate")
        await seat.sees("Petrov")


async def test_the_board_shows_who_is_missing_or_newest_first(busy: Day) -> None:
    """O goes round: still missing on top, then whoever came or left last, then by name again."""
    async with seat_of(busy) as seat:
        by_name = names(seat)
        await seat.type("O")
        await seat.sees("still missing first")
        assert names(seat)[:4] == ["Diaz, Rosa", "Quispe, Inés", "Yamamoto, Yuki", "Alvarez, Maria"]
        await seat.type("O")
        await seat.sees("newest first")
        assert names(seat)[:2] == ["Ito, Kenji", "Chen, Wei"]
        await seat.type("i", "yam", "enter", "escape")
        await seat.until(lambda: names(seat)[0] == "Yamamoto, Yuki")
        await seat.type("O")
        await seat.until(lambda: names(seat) == by_name)
