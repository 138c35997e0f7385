"""A list that is longer than its screen."""

from __future__ import annotations

from plfacilitate.front.desk.lists.board import Board
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


async def test_the_mouse_does_what_keys_do(busy: Day) -> None:
    """A click on a line puts the cursor there, a second one opens it, a click on a key gives its command."""
    async with seat_of(busy, size=(80, 24)) as seat:
        board = seat.app.screen.query_one(Board)
        await seat.pilot.click(Board, offset=(5, 4))
        assert board.at == 4
        await seat.pilot.click(Board, offset=(5, 2), times=2)
        await seat.sees("minutes of agenda")
        await seat.type("escape")
        keys = seat.text().splitlines()[23]
        await seat.pilot.click(offset=(keys.index("QR"), 23))
        await seat.sees("Scan to sign in")
        await seat.pilot.click(offset=(3, 3))
        await seat.sees("Alvarez, Maria")


async def test_a_click_on_the_scroll_bar_goes_to_that_part(busy: Day) -> None:
    """The bar at the end of the lines stands for the whole list."""
    async with seat_of(busy, size=(80, 24)) as seat:
        board = seat.app.screen.query_one(Board)
        await seat.pilot.click(Board, offset=(board.size.width - 1, board.size.height - 1))
        assert board.at == len(board.items) - 1


async def test_a_list_that_grows_and_shrinks_keeps_its_cursor_in_it(busy: Day) -> None:
    """Filter, page keys, first and last: the cursor never leaves the list."""
    async with seat_of(busy, size=(80, 24)) as seat:
        board = seat.app.screen.query_one(Board)
        await seat.type("end")
        assert board.at == 26
        await seat.type("slash", "gar")
        await seat.until(lambda: len(board.items) == 2)
        assert board.at in (0, 1)
        await seat.type("escape", "home", "pagedown", "pageup", "k", "j")
        assert board.at == 1
        board.fill(())
        assert board.current is None
        await seat.type("enter", "down")
