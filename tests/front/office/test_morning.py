"""A clerk's morning with real keys: a laptop accepted, what waited comes in, a correction, a dispute, statements."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from plfacilitate.front.office.threads import watcher
from plfacilitate.store.register import Register, open_register
from tests.front.office.conftest import Office, seat_of
from tests.played import Chance


def register_of(office: Office) -> Register:
    """Its register, to look at."""
    return open_register(office.url, Chance(5), make=False)


async def test_a_clerks_morning(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the first look to the printed statements, each step by the keys that the screen names."""
    monkeypatch.chdir(office.folder)
    monkeypatch.setattr(watcher, "EVERY_SECONDS", 0.05)
    inbox = office.folder / "in"
    inbox.mkdir()
    async with seat_of(office, watch=str(inbox)) as seat:
        # a laptop that nobody knows: its key is shown, and Enter means no
        await seat.sees("◐ held", "✓ accepted", "3 Laptops 1 new", "watching")
        await seat.type("2", "a")
        await seat.sees("Have the five groups read out", "2 bundles of it held here will be taken in")
        await seat.type("enter")
        await seat.until(lambda: not seat.app.screen.is_modal)
        assert len(seat.app.picture.held) == 2
        await seat.type("a")
        await seat.sees("Have the five groups read out")
        await seat.type("y")
        await seat.told("2 bundles that waited came in")
        await seat.sees("✓ Nothing is held")

        # a correction comes while the screen is open: it shows by itself, and asks for a new version
        await seat.type("4")
        await seat.sees("PS-4711", "PS-4712", "v1")
        for path in office.mail.glob("*.zip"):
            shutil.copy(path, inbox)
        await seat.sees("⚑1 changed")
        await seat.type("down", "enter")
        await seat.sees("⚑ Alvarez, Maria", "went home ill", "Version 1 said")
        await seat.type("v")
        await seat.sees("as version 2? 1 line other than in version 1")
        await seat.type("y")
        await seat.told("Version 2 of PS-4711 is issued")
        await seat.sees("v2 of 2023-12-14")

        # somebody disputes it: held with a reason, released again, and both can be taken back
        await seat.type("h")
        await seat.sees("Reason:")
        await seat.type("enter")
        await seat.sees("Say why")
        await seat.type("paper says 14", "enter")
        await seat.sees("■ on hold")
        await seat.type("escape", "5")
        await seat.sees("paper says 14", "Ruth")
        await seat.type("u")
        await seat.told("is not on hold any more")
        with closing(register_of(office)) as register:
            assert register.holds() == []

        # statements for everybody, as files
        await seat.type("4")
        await seat.until(lambda: seat.app.series and seat.app.current_mode == "offerings")
        await seat.type("s")
        await seat.sees("Into which folder?")
        await seat.type("enter")
        await seat.told("2 statements in")
    assert len(list((office.folder / "statements" / "PS-4711").glob("*.pdf"))) == 2
    with closing(register_of(office)) as register:
        series = next(one for one in register.all_series() if register.issued(one))
        assert [one.version for one in register.issued(series)] == [1, 2]


async def test_a_hold_is_released_after_a_question(office: Office) -> None:
    """Enter means no; y releases, and u holds it again."""
    async with seat_of(office, size=(80, 24)) as seat:
        await seat.type("4")
        await seat.sees("PS-4711")
        await seat.type("h")
        await seat.sees("Reason:")
        await seat.type("asked for", "enter")
        await seat.sees("■")
        await seat.type("h")
        await seat.sees("Is that settled?", "asked for")
        await seat.type("enter", "h")
        await seat.sees("Is that settled?")
        await seat.type("y")
        await seat.told("is released")
        office.clock.forward(minutes=1)
        await seat.type("u")
        await seat.told("on hold again")
        with closing(register_of(office)) as register:
            assert [one.reason for one in register.holds()] == ["asked for"]


async def test_a_table_out_and_a_bundle_checked_again(office: Office, tmp_path: Path) -> None:
    """The lines with their reasons; a bundle that is still whole says that its figures come out the same."""
    async with seat_of(office) as seat:
        await seat.sees("PS-4711")
        await seat.type("end", "up", "enter")
        await seat.sees("✓ All 52 lines come out the same here")
        await seat.type("escape", "4")
        await seat.until(lambda: seat.app.series)
        await seat.type("x")
        await seat.sees("Into which file?")
        field = seat.app.screen.query_one("#name")
        field.value = "out.txt"  # type: ignore[attr-defined]  # a field
        await seat.type("enter")
        await seat.sees("Name a file that ends in .csv or .xlsx.")
        field.value = str(tmp_path / "out.csv")  # type: ignore[attr-defined]  # the same
        await seat.type("enter")
        await seat.told("2 lines in")
    assert "Alvarez" in (tmp_path / "out.csv").read_text("utf-8-sig")


async def test_a_retired_laptop_can_be_taken_back(office: Office) -> None:
    """R asks, y does it, u puts it back as it stood."""
    async with seat_of(office) as seat:
        await seat.type("3")
        await seat.sees("cedar")
        await seat.type("end", "r")
        await seat.sees("Take nothing new from laptop cedar")
        await seat.type("y")
        await seat.sees("■ retired")
        await seat.type("u")
        await seat.told("is accepted again")
        await seat.sees("✓ accepted")
