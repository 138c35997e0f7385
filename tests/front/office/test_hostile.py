"""Names that mean harm are shown as the text that they are, and everything still works."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from plfacilitate.store.register import Arrival, Taken, open_register
from plfacilitate.store.register.laptops import Laptop
from plfacilitate.store.register.retention import Hold
from tests.front.office.conftest import Office, seat_of
from tests.played import Chance

EVIL = "[red]x[/]\x1b[31m\u202egnp.\n[@click=app.exit]'\";--"
DEVICE = "eeeeeeee-0000-4000-8000-000000000000"


@pytest.fixture
def hostile(office: Office) -> Office:
    """A laptop, a reason, a file, a hold and a moment that mean harm."""
    with closing(open_register(office.url, Chance(8))) as register:
        register.see_laptop(Laptop(DEVICE, "ed25519:" + "A" * 43, EVIL, "new", "not a time"))
        arrival = Arrival("bundle", "sha", Path(EVIL), DEVICE, EVIL, "not a time", "9999", {})
        register.turn_away(arrival, Taken("held", EVIL))
        series = next(iter(register.all_series()))
        register.hold(Hold(series, EVIL, "2023-12-14T16:30:00.000000Z", EVIL))
    return office


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
async def test_names_that_mean_harm_are_only_text(hostile: Office, size: tuple[int, int]) -> None:
    """No escape, no turned letters, no markup and no link reaches the terminal from a laptop, a reason or a hold."""
    async with seat_of(hostile, size=size) as seat:
        await seat.sees("[red]x[/]")
        for keys in (["2"], ["2", "a"], ["escape", "3"], ["home", "a"], ["escape", "r"], ["escape", "4"], ["h"],
                     ["escape", "5"], ["end"], ["enter"], ["escape", "1"], ["c"], ["escape"], ["?"], ["escape"]):  # fmt: skip
            await seat.type(*keys)
            await seat.pilot.pause(0.05)
            text = seat.text()
            assert "\x1b" not in text
            assert "\u202e" not in text
        await seat.type("2")
        await seat.type("end", "a")
        await seat.sees("Are they the same?", "[red]x[/]")
        await seat.type("y")
        await seat.until(
            lambda: DEVICE in [one.laptop.device for one in seat.app.picture.laptops if one.laptop.decided_by]
        )
        assert all("\x1b" not in note.message for note in seat.app._notifications)


@pytest.mark.parametrize("typed", ["[", "%", "'", "\\", "zzz", "4711", "  "])
async def test_whatever_is_looked_for_is_only_text(office: Office, typed: str) -> None:
    """The filter takes every sign, and Esc shows everything again."""
    async with seat_of(office, size=(80, 24)) as seat:
        await seat.type("4")
        await seat.sees("PS-4711")
        await seat.type("/")
        seat.app.screen.query_one("#filter").value = typed  # type: ignore[attr-defined]  # a field
        await seat.pilot.pause(0.05)
        assert ("PS-4711" in seat.text()) == (typed in ("4711", "  ", "[", "%", "'", "\\"))
        await seat.type("escape")
        await seat.sees("PS-4711")
