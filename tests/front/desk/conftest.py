"""What the desk's tests share: a busy day, and the desk on it with a door that is only played."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from textual.message import Message
from textual.pilot import Pilot

from plfacilitate.front.desk.app import Desk, desk
from plfacilitate.front.desk.desklock import DeskLock
from plfacilitate.front.desk.painting.pictures import Code, Door
from plfacilitate.front.desk.threads.doorkeeper import Post
from plfacilitate.front.desk.threads.messages import CodeShown, DoorStood
from tests.front.desk.day import Day, busy_day

URL = "HTTP://192.168.1.20:8100/K7QX2MBAW5TRDN3HGJ4C"
PATIENCE = 20.0
NEVER = -1.0  # no two keys are so near each other


@dataclass
class PlayedKeeper:
    """A door that stands at once and remembers what was asked of it."""

    event: str = ""
    asked: list[str] = field(default_factory=list)
    post: Post = field(default=lambda message: None)

    def start(self, post: Post) -> None:
        """Say that the door stands, where an event was named."""
        self.post = post
        if self.event:
            self.post(DoorStood(Door("open", "", self.event)))
            base = "http://192.168.1.20:8100"
            further = ("123456", f"{base}/kiosk", f"{base}/wall?key=K7QX", "http://127.0.0.1:8100/wall")
            self.post(CodeShown(Code(self.event, URL, "192.168.1.20:8100", "K7QXMB", *further)))

    def say(self, message: Message) -> None:
        """Let the desk hear something of the door."""
        self.post(message)

    def want(self, event: str) -> None:
        """Open for an event."""
        self.asked.append(f"want {event}")

    def stop_door(self) -> None:
        """Stop."""
        self.asked.append("stop")

    def leave(self) -> None:
        """The desk ends."""
        self.asked.append("leave")


@dataclass
class Seat:
    """Somebody who sits at the desk."""

    app: Desk
    pilot: Pilot[Any]
    keeper: PlayedKeeper

    async def type(self, *keys: str) -> None:
        """Press keys as a person does; a key of several letters that names no key is typed letter by letter."""
        self.app.ear.scanner.gap = NEVER
        for key in keys:
            for one in [key] if key in NAMED or len(key) == 1 or "+" in key else list(key):
                await self.pilot.press(NAMES.get(one, one))

    async def scan(self, number: str) -> None:
        """Hold a badge under the scanner: digits and Enter, quicker than any finger."""
        self.app.ear.scanner.gap = 5.0  # a busy machine that runs tests is no scanner
        await self.pilot.press(*number, "enter")
        self.app.ear.scanner.gap = NEVER

    async def until(self, what: Callable[[], object], words: str = "") -> None:
        """Wait until something is so."""
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while not what():
            if asyncio.get_running_loop().time() > deadline:
                pytest.fail(f"it did not happen: {words or what}\n{self.text()}")
            await self.pilot.pause(0.02)

    async def told(self, words: str) -> None:
        """Wait until a toast says so."""
        await self.until(lambda: any(words in toast for toast in self.toasts()), f"a toast with {words!r}")

    async def sees(self, words: str) -> None:
        """Wait until the screen says so."""
        await self.until(lambda: words in self.text(), f"{words!r} on the screen")

    def toasts(self) -> list[str]:
        """What the toasts say."""
        return [note.message for note in self.app._notifications]

    def text(self) -> str:
        """The whole screen as text."""
        compositor = self.app.screen._compositor
        return "\n".join(strip.text for strip in compositor.render_strips())


NAMED = frozenset(
    {
        "enter",
        "escape",
        "tab",
        "space",
        "down",
        "up",
        "home",
        "end",
        "pagedown",
        "pageup",
        "backspace",
        "delete",
        "slash",
    }
    | {"question_mark", "left", "right"}
    | {f"f{number}" for number in range(1, 13)}
)
NAMES = {
    " ": "space",
    "/": "slash",
    "?": "question_mark",
    "@": "at",
    "#": "number_sign",
    ".": "full_stop",
    ":": "colon",
    "-": "minus",
    "'": "apostrophe",
}


def seat_of(
    day: Day, *, event: bool = True, size: tuple[int, int] = (120, 40), lock: DeskLock | None = None, door: bool = True
) -> AbstractAsyncContextManager[Seat]:
    """The desk on a day, once it has read everything."""
    return _seat(day, event, size, lock, door)


@asynccontextmanager
async def _seat(day: Day, event: bool, size: tuple[int, int], lock: DeskLock | None, door: bool) -> AsyncIterator[Seat]:
    keeper = PlayedKeeper(day.event if door else "")
    app = desk(day.around, event=day.event if event else None, lock=lock, keeper=keeper)
    async with app.run_test(size=size) as pilot:
        seat = Seat(app, pilot, keeper)
        await seat.until(app.feed.ready.is_set, "the ledger is read")
        await pilot.pause()
        yield seat


@pytest.fixture
def busy(tmp_path: Path) -> Day:
    """A room in the middle of the morning."""
    return busy_day(tmp_path)


@pytest.fixture
def empty(tmp_path: Path) -> Day:
    """A workspace in which nothing has happened yet."""
    return Day.begin(tmp_path)
