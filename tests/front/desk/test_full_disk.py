"""A full disk at the desk: it says what phones are told, nothing typed or saved is lost, and it goes on with space."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from plfacilitate.core.people import person_id
from tests.front.desk.conftest import seat_of
from tests.front.desk.day import Day
from tests.front.desk.test_doorkeeper import pid, with_door
from tests.front.desk.test_room import entries, row
from tests.front.door.running import ticket_of, today

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux sets such a limit from outside")


@contextmanager
def full(process: int) -> Iterator[None]:
    """No file of this process may grow any more: what a disk does when it is full."""
    import resource

    assert sys.platform == "linux"
    before = resource.prlimit(process, resource.RLIMIT_FSIZE)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.prlimit(process, resource.RLIMIT_FSIZE, before)


async def test_what_is_done_at_the_desk_is_not_saved_and_that_is_said(busy: Day) -> None:
    """A name and a note: the sentence stands there, the board is the same, the text waits, and with space both are in."""
    async with seat_of(busy) as seat:
        with full(os.getpid()):
            await seat.type("i", "yam", "enter")
            await seat.sees("Not saved: the disk")
            seat.app.clear_notifications()
            await seat.type("escape", "n", "half a thought", "enter")
            await seat.told("Not saved: the disk")
            await seat.sees("✎ 1")
            assert not row(seat, "Yamamoto").present
            assert row(seat, "Alvarez").present
        await seat.type("N")
        await seat.sees("half a thought")
        await seat.type("enter")
        await seat.told("Note kept")
        await seat.type("i", "yam", "enter")
        await seat.until(lambda: row(seat, "Yamamoto").present)
    assert entries(busy, "sign-in").count(busy.person("Yamamoto").id) == 1
    assert [one.body["text"] for one in busy.ledger.entries(kinds=("note",))] == ["half a thought"]


async def test_the_desk_says_what_phones_are_told(tmp_path: Path) -> None:
    """The door's own process can't write: phones read "Not saved", the facilitator too, until it is saved again."""
    around, event = today(tmp_path, people=[{"last_name": "Person", "email": "p@x.example"}])
    form = {"t": ticket_of(around, event), "p": person_id({"last_name": "Person", "email": "p@x.example"})}
    async with with_door(around, event) as seat:
        assert seat.app.code is not None
        door = seat.app.code.wall_here.removesuffix("/wall")
        async with httpx.AsyncClient(base_url=door, trust_env=False) as phone:
            with full(pid(around)):
                page = await phone.post("/in", data=form)
                assert page.status_code == 503
                assert "Not saved" in page.text
                await seat.told("Phones are told that they are not in. Not saved: the disk")
                await seat.sees("⚠ door: not saved")
            assert "You are in at" in (await phone.post("/in", data=form)).text
        await seat.told("What phones send is saved again.")
