"""A list that is longer than its screen."""

from __future__ import annotations

from plfacilitate.front.desk.board import Board
from tests.front.desk.conftest import seat_of
from tests.front.desk.day import Day


async def test_the_board_follows_the_cursor_past_its_last_visible_line(busy: Day) -> None:
    """Down and down again: the line under the cursor is always one that can be seen."""
    async with seat_of(busy, size=(80, 24)) as seat:
        board = seat.app.screen.query_one(Board)
        await seat.until(lambda: len(board.items) > board.size.height)
        for _ in board.items[1:]:
            await seat.type("down")
            assert 0 <= board.at - board.scroll_offset.y < board.size.height
        assert board.at == len(board.items) - 1
        assert board.items[-1].name.split(",")[0] in seat.text()
