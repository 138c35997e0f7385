"""What the tests of the office's screen share: a register made once from two laptops' days, and somebody who sits at it."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from plfacilitate.front.office.app import OfficeApp
from plfacilitate.front.office.threads import hands, reader
from plfacilitate.store.surroundings import Surroundings
from plfacilitate.store.workspace import Workspace
from tests.laptops import TZ, Laptop
from tests.played import Chance, Clock

MARIA, DANA = "maria.alvarez@renton.example.org", "dana.brown@renton.example.org"
PATIENCE = 20.0
NAMED = {"/": "slash", "?": "question_mark", " ": "space", ".": "full_stop", "-": "minus", ":": "colon"}


@dataclass
class Office:
    """An office: its register, what lies on its disk, its clock.

    In the register: a day of laptop cedar (PS-4711), accepted and issued as version 1. Held: a day of laptop maple
    (PS-4712), which is not accepted. In `mail`: a correction of cedar's day that has not come yet.
    """

    folder: Path
    clock: Clock
    url: str

    @property
    def mail(self) -> Path:
        """The bundles that are still on their way."""
        return self.folder / "mail3"

    @property
    def around(self) -> Surroundings:
        """What a run at the office is given."""
        return Surroundings(
            workspace=Workspace(self.folder / "office"), clock=self.clock, chance=os.urandom, by="Ruth", machine="office",
            state=self.folder / "state", tz=TZ,
        )  # fmt: skip


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two laptops' days, handed in once for all tests; never changed afterwards."""
    folder = tmp_path_factory.mktemp("office") / "made"
    folder.mkdir()
    clock = Clock(datetime(2023, 12, 6, 16, 0, tzinfo=UTC))
    url = f"sqlite:///{folder / 'register.db'}"
    office = Laptop.new(folder / "office", clock, Chance(9))
    cedar = Laptop.new(folder / "cedar", clock, Chance(1))
    maple = Laptop.new(folder / "maple", clock, Chance(2))
    days = [
        (cedar, "2023-12-06", "PS-4711", f"{MARIA}, 8:20, 15:50\n{DANA}, 8:31, 15:31"),
        (maple, "2023-12-13", "PS-4712", f"{MARIA}, 8:20, 15:50"),
    ]
    events = []
    for number, (laptop, day, in_service, rows) in enumerate(days, start=1):
        clock.set(f"{day}T08:00:00-08:00")
        events.append(laptop.opened(on=day, in_service=in_service))
        laptop.attend(events[-1], rows)
        clock.set(f"{day}T16:10:00-08:00")
        laptop.finish(events[-1], folder / f"mail{number}")
        office.run("office", "receive", "--register", url, folder / f"mail{number}")
        if laptop is cedar:
            office.do("office", "laptop", "accept", "cedar", "--register", url)
            office.do("office", "roll", "--register", url, "--issue")
    cedar.do("attendance", "correct", events[0], MARIA, "--out", "12:00", "--reason", "went home ill")
    cedar.hand_in(events[0], folder / "mail3")
    return folder


@pytest.fixture
def office(made: Path, tmp_path: Path) -> Office:
    """The same office for one test alone."""
    folder = tmp_path / "made"
    shutil.copytree(made, folder)
    with closing(sqlite3.connect(folder / "register.db")) as db, db:
        db.execute("UPDATE bundle SET file = replace(file, ?, ?)", (str(made), str(folder)))
    clock = Clock(datetime(2023, 12, 14, 17, 2, tzinfo=UTC))
    return Office(folder, clock, f"sqlite:///{folder / 'register.db'}")


@dataclass
class Seat:
    """Somebody who sits at the office's screen."""

    app: OfficeApp
    pilot: Pilot[Any]

    async def type(self, *keys: str) -> None:
        """Press keys as a person does; a text of several letters that names no key is typed letter by letter."""
        for key in keys:
            named = key in ("enter", "escape", "tab", "down", "up", "home", "end", "left", "right", "pagedown", "f1")
            for one in [key] if named or "+" in key else list(key):
                await self.pilot.press(NAMED.get(one, one))

    async def until(self, what: Callable[[], object], words: str = "") -> None:
        """Wait until something is so."""
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while not what():
            if asyncio.get_running_loop().time() > deadline:
                pytest.fail(f"it did not happen: {words or what}\n{self.text()}")
            await self.pilot.pause(0.02)

    async def sees(self, *words: str) -> None:
        """Wait until the screen says all of it."""
        for one in words:
            await self.until(lambda one=one: one in self.text(), f"{one!r} on the screen")  # type: ignore[misc]  # bound at once

    async def told(self, words: str) -> None:
        """Wait until a toast says so."""
        await self.until(lambda: any(words in note.message for note in self.app._notifications), f"a toast {words!r}")

    def text(self) -> str:
        """The whole screen as text."""
        return "\n".join(strip.text for strip in self.app.screen._compositor.render_strips())


def seat_of(
    office: Office, *, url: str = "", watch: str = "", size: tuple[int, int] = (120, 40)
) -> AbstractAsyncContextManager[Seat]:
    """The screen on an office's register, once it has read it."""
    return _seat(office, url or office.url, watch, size)


@asynccontextmanager
async def _seat(office: Office, url: str, watch: str, size: tuple[int, int]) -> AsyncIterator[Seat]:
    app = OfficeApp(office.around, url, watch=watch)
    async with app.run_test(size=size, notifications=True) as pilot:
        yield Seat(app, pilot)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for the next look."""
    monkeypatch.setattr(reader, "LOOK_SECONDS", 0.05)
    monkeypatch.setattr(reader, "AGAIN_SECONDS", 0.05)
    monkeypatch.setattr(reader, "TELL_SECONDS", 0.0)
    monkeypatch.setattr(hands, "AGAIN_SECONDS", 0.05)
