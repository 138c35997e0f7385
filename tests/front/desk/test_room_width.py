"""Who gets the width of the room: names and schools before a pane that says nothing, or that a key shows."""

from __future__ import annotations

import pytest

from plfacilitate.front.desk.painting.pictures import Code, Door
from plfacilitate.front.desk.screens.room import RoomScreen
from plfacilitate.front.desk.threads.messages import CodeShown, DoorStood
from tests.front.desk.conftest import URL, Seat, seat_of
from tests.front.desk.day import Day


def side(seat: Seat) -> bool:
    """Whether the pane of the code is there."""
    assert isinstance(seat.app.screen, RoomScreen)
    return seat.app.screen.code.display


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_pane_without_a_code_gives_its_width_to_the_board(busy: Day, size: tuple[int, int]) -> None:
    """No door: names and schools stand whole, and the way to a code is said below the board."""
    async with seat_of(busy, size=size, door=False) as seat:
        await seat.sees("Fischer, Jonas")
        await seat.sees("Campbell Hill")
        await seat.sees("No sign-in by phone. d starts it.")
        assert not side(seat)


async def test_names_stay_whole_and_the_code_stays_in_sight(busy: Day) -> None:
    """80 columns have both; in a smaller window the six letters stand below the board, and q shows the code."""
    async with seat_of(busy, size=(80, 24)) as seat:
        await seat.sees("or type 192.168.1.20:8100")
        await seat.sees("O'Leary, Siobhán")
        await seat.pilot.resize_terminal(66, 24)
        await seat.until(lambda: not side(seat))
        await seat.sees("code K7QXMB · q shows it large")
        await seat.sees("Campbell Hill")
        await seat.type("q")
        await seat.sees("Scan to sign in")
        await seat.type("escape")
        await seat.pilot.resize_terminal(120, 40)
        await seat.until(lambda: side(seat))
        await seat.sees("or type 192.168.1.20:8100")


async def test_the_code_comes_and_goes_with_the_door(busy: Day) -> None:
    """A door that opens brings the pane, one that stops takes it away."""
    async with seat_of(busy, door=False) as seat:
        await seat.sees("No sign-in by phone.")
        seat.keeper.say(DoorStood(Door("open", "", busy.event)))
        seat.keeper.say(CodeShown(Code(busy.event, URL, "192.168.1.20:8100", "K7QXMB")))
        await seat.until(lambda: side(seat))
        seat.keeper.say(CodeShown(None))
        await seat.until(lambda: not side(seat))
