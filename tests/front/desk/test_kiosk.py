"""The laptop as a kiosk: whoever stands there can sign in and out, and do nothing else."""

from __future__ import annotations

import pytest

from plfacilitate.front.desk import commands
from plfacilitate.front.desk.painting.pictures import Match
from plfacilitate.front.desk.screens import kiosk
from plfacilitate.front.desk.screens.kiosk import Kiosk, Names
from plfacilitate.front.desk.screens.room import RoomScreen
from tests.front.desk.conftest import Seat, seat_of
from tests.front.desk.day import Day
from tests.front.desk.test_room import row

PIN = "2468"


async def begin(seat: Seat) -> Kiosk:
    """Hand the keyboard over."""
    await seat.type("L", PIN, "enter")
    await seat.until(lambda: isinstance(seat.app.screen, Kiosk))
    await seat.sees("Type your name")
    screen = seat.app.screen
    assert isinstance(screen, Kiosk)
    return screen


def found(screen: Kiosk) -> int:
    """How many people are listed."""
    return sum(isinstance(one, Match) for one in screen.query_one(Names).items)


async def test_a_name_signs_in(busy: Day) -> None:
    """Three letters, Enter, signed: in, by kiosk, and the next one can type at once."""
    async with seat_of(busy) as seat:
        screen = await begin(seat)
        await seat.type("dia")
        await seat.sees("Diaz, Rosa  Lakeridge")
        await seat.type("enter")
        await seat.sees("To sign, type your full name.")
        await seat.type("rosa diaz", "enter")
        await seat.sees("You are in at 10:42.")
        await seat.until(lambda: row(seat, "Diaz").present)
        assert row(seat, "Diaz").means == "kiosk"
        await seat.type("y")
        await seat.until(lambda: screen.field.value == "y")
    marks = [one for one in busy.ledger.entries(event=busy.event, kinds=("sign-in",)) if one.means == "kiosk"]
    assert [one.by for one in marks] == ["kiosk"]


async def test_a_name_of_two_letters_is_found_whole(busy: Day) -> None:
    """Ng types two letters and Enter and is found; Ngata, who begins like that, is not shown."""
    busy.people([("Ng", "An", "Dimmitt"), ("Ngata", "Ruth", "Dimmitt")])
    async with seat_of(busy) as seat:
        screen = await begin(seat)
        await seat.type("ng")
        await seat.pilot.pause(0.3)
        assert not screen.query_one(Names).items
        await seat.type("enter")
        await seat.sees("Ng, An")
        assert "Ngata" not in seat.text()
        await seat.type("enter")
        await seat.sees("To sign, type your full name.")


async def test_no_list_before_three_letters_and_five_names_at_most(busy: Day) -> None:
    """Nobody reads the list of a room here, and no time of anybody's."""
    busy.people([(f"Zander{number}", "Anna", "Dimmitt") for number in range(9)])
    async with seat_of(busy) as seat:
        screen = await begin(seat)
        await seat.type("ga")
        await seat.pilot.pause(0.3)
        assert not screen.query_one(Names).items
        await seat.type("r")
        await seat.until(lambda: found(screen) == 2)
        assert "8:1" not in seat.text()
        await seat.type("escape", "zander")
        await seat.until(lambda: found(screen) == 5)


async def test_whoever_is_in_is_asked_before_they_go(busy: Day) -> None:
    """By day a second time at the kiosk is not a sign-out, unless they say so."""
    async with seat_of(busy) as seat:
        await begin(seat)
        await seat.type("alv")
        await seat.sees("Alvarez, Maria")
        await seat.type("enter")
        await seat.sees("Are you leaving now?")
        await seat.type("n")
        await seat.sees("Type your name")
        assert row(seat, "Alvarez").present
        await seat.type("alv")
        await seat.sees("Alvarez, Maria")
        await seat.type("enter", "enter")
        await seat.sees("You are out at 10:42. Thank you!")
        await seat.until(lambda: not row(seat, "Alvarez").present)


async def test_a_badge_is_enough(busy: Day) -> None:
    """In the middle of a name too; the evidence is the kiosk's."""
    busy.badge("Diaz", "301188224476")
    async with seat_of(busy) as seat:
        await begin(seat)
        await seat.type("xy")
        await seat.scan("301188224476")
        await seat.sees("You are in at 10:42.")
        await seat.until(lambda: row(seat, "Diaz").means == "kiosk")
        await seat.scan("99999")
        await seat.sees("Nobody here has this badge.")


async def test_no_key_leads_out_but_the_pin(busy: Day) -> None:
    """Every key of every command, the palette, quit and Esc: the kiosk stays, and nothing is written."""
    keys = {key for command in commands.COMMANDS for key in command.keys.split(",") if key}
    keys -= {"enter"}  # it takes what was typed: a newcomer's form of the kiosk's own
    async with seat_of(busy) as seat:
        screen = await begin(seat)
        before = busy.ledger.head_seq()
        for key in sorted(keys | {"ctrl+p", "ctrl+q", "ctrl+c", "f1", "tab", "ctrl+backslash", "escape"}):
            await seat.pilot.press(key)
            assert seat.app.screen is screen, key
        assert busy.ledger.head_seq() == before
        await seat.type("escape", "escape")
        if screen.state != "pin":
            await seat.type("escape")
        await seat.sees("PIN of this kiosk?")
        await seat.type(PIN)
        assert PIN not in seat.text()
        await seat.type("enter")
        await seat.until(lambda: isinstance(seat.app.screen, RoomScreen))


async def test_wrong_pins_slow_down(busy: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a wrong one even the right one has to wait, twice as long each time."""
    now = [1000.0]
    monkeypatch.setattr(kiosk, "monotonic", lambda: now[0])
    async with seat_of(busy) as seat:
        screen = await begin(seat)
        await seat.type("escape", "1111", "enter")
        await seat.sees("That is not the PIN: try again in 2 s")
        await seat.type(PIN, "enter")
        await seat.sees("Too many wrong PINs: wait")
        now[0] += 2.1
        await seat.type("2222", "enter")
        await seat.sees("try again in 4 s")
        now[0] += 2.1
        await seat.type(PIN, "enter")
        assert seat.app.screen is screen
        now[0] += 2.1
        await seat.type(PIN, "enter")
        await seat.until(lambda: isinstance(seat.app.screen, RoomScreen))


async def test_it_begins_anew_by_itself(busy: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    """What somebody typed and left is gone after a while."""
    monkeypatch.setattr(kiosk, "IDLE_SECONDS", 0.3)
    async with seat_of(busy) as seat:
        screen = await begin(seat)
        await seat.type("garc")
        await seat.until(lambda: screen.query_one(Names).items)
        await seat.until(lambda: not screen.field.value and not screen.query_one(Names).items)


async def test_a_pin_of_letters_is_refused(busy: Day) -> None:
    """Four digits at least, said before the keyboard is handed over."""
    async with seat_of(busy) as seat:
        await seat.type("L", "12", "enter")
        await seat.sees("The PIN is 4 to 12 digits.")


async def test_toasts_of_the_desk_are_not_shown(busy: Day) -> None:
    """They name people."""
    async with seat_of(busy) as seat:
        await begin(seat)
        seat.app.say("Brown, Dana out at 10:42")
        await seat.pilot.pause(0.2)
        assert "Brown" not in seat.text()
