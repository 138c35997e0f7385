"""A register that is away, locked or not there: one sentence, tried again, and no key that was pressed is lost."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest

from plfacilitate.core.refusal import Refused
from plfacilitate.front.office.app import run
from plfacilitate.store.register import open_register
from plfacilitate.store.register.laptops import Laptop
from tests.front.office.conftest import Office, seat_of
from tests.played import Chance
from tests.postgres import durable


def test_without_a_terminal_it_says_what_it_is(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind a pipe there is one sentence, and it speaks of the office's screen."""
    monkeypatch.setattr(sys, "__stdin__", StringIO())
    with pytest.raises(Refused, match="The office's screen needs a terminal"):
        run(office.around, office.url)


async def test_no_register_is_said_and_waited_for(office: Office) -> None:
    """A slip in the address is no empty register; what comes to lie there is shown without a key."""
    register = office.folder / "register.db"
    away = register.rename(office.folder / "elsewhere.db")
    async with seat_of(office) as seat:
        await seat.sees("There is no register", "✗ register away")
        assert not register.exists()
        away.rename(register)
        await seat.sees("● register", "✓ accepted")


async def test_what_is_decided_while_it_is_locked_is_written_afterwards(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else writes for a long time: the screen stands, the deed waits and says so, and then it is done."""
    from plfacilitate.store.register import sqlite as engine

    monkeypatch.setattr(engine, "PATIENCE", 0.1)
    async with seat_of(office) as seat:
        await seat.type("3")
        await seat.sees("maple")
        with closing(sqlite3.connect(office.folder / "register.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await seat.type("home", "a")
            await seat.sees("Are they the same?")
            await seat.type("y")
            await seat.sees("1 to be written")
            await seat.told("It waits here")
            await seat.type("1", "3")  # the keys go on
            await seat.sees("○ new")
            other.execute("COMMIT")
        await seat.sees("3 Laptops 2")
        with closing(open_register(office.url, Chance(4))) as register:
            assert {one.name: one.standing for one in register.laptops()} == {"cedar": "accepted", "maple": "accepted"}


async def test_postgresql_restarted_in_the_middle(office: Office, tmp_path: Path) -> None:
    """What was read stays on the screen; a key that is pressed meanwhile is done once the server is back."""
    with durable() as server:
        url = server.database()
        with closing(open_register(url, Chance(3))) as register:
            register.see_laptop(Laptop("d" * 36, "ed25519:" + "A" * 43, "birch", "new", "2023-12-06T16:00:00Z"))
        async with seat_of(office, url=url) as seat:
            await seat.type("3")
            await seat.sees("birch", "○ new")
            server.stop()
            await seat.sees("✗ register away", "birch")
            await seat.type("a")
            await seat.sees("Are they the same?")
            await seat.type("y")
            await seat.sees("1 to be written")
            server.start()
            await seat.sees("● register", "✓ accepted")
        with closing(open_register(url, Chance(3))) as register:
            assert [(one.name, one.standing) for one in register.laptops()] == [("birch", "accepted")]


async def test_leaving_while_something_waits_is_asked_about(office: Office) -> None:
    """Q with a decision that is not written yet: Enter stays."""
    async with seat_of(office) as seat:
        await seat.sees("✓ accepted")
        seat.app.hands.waiting = 1
        await seat.type("Q")
        await seat.sees("are not in the register yet")
        await seat.type("enter")
        await seat.until(lambda: not seat.app.screen.is_modal)
        assert seat.app.is_running
        seat.app.hands.waiting = 0
