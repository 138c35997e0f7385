"""The door's keeper, with real doors: started, watched, begun again, adopted, stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import httpx
import pytest
from textual.message import Message

from plfacilitate.front.desk.app import desk
from plfacilitate.front.desk.painting.pictures import Door
from plfacilitate.front.desk.threads.door_process import alive
from plfacilitate.front.desk.threads.doorkeeper import Doorkeeper
from plfacilitate.front.desk.threads.messages import CodeShown, DoorStood
from plfacilitate.seal.codes import code_check
from plfacilitate.seal.keys import load_or_make_secret
from plfacilitate.shelf import door_file
from plfacilitate.steps import events
from plfacilitate.steps.capture import Hand
from plfacilitate.store.surroundings import Surroundings
from tests.front.desk.conftest import Seat
from tests.front.door.running import today

WAIT_SECONDS = 40.0

# A desk without a screen, as a process of its own: it opens the door and goes on until it is killed.
DESK = """
import sys, threading, time
from pathlib import Path
from plfacilitate.front.desk.app import desk
from plfacilitate.machine import surroundings
app = desk(surroundings(Path(sys.argv[1])), event=sys.argv[2])
def open_the_door():
    while app.keeper is None:
        time.sleep(0.02)
    app.keeper.want(sys.argv[2])
threading.Thread(target=open_the_door, daemon=True).start()
app.run(headless=True)
"""


class Ear:
    """Hears what a keeper says."""

    def __init__(self) -> None:
        self.doors: list[Door] = []
        self.codes: list[CodeShown] = []

    def __call__(self, message: Message) -> None:
        """Remember it."""
        if isinstance(message, DoorStood):
            self.doors.append(message.door)
        elif isinstance(message, CodeShown):
            self.codes.append(message)

    @property
    def states(self) -> list[str]:
        """The states that were told, in order."""
        return [door.state for door in self.doors]


def until(what: Callable[[], object], words: str) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + WAIT_SECONDS
    while not what():
        if time.monotonic() > deadline:
            pytest.fail(f"it did not happen: {words}")
        time.sleep(0.02)


@contextmanager
def keeping(around: Surroundings) -> Iterator[tuple[Doorkeeper, Ear]]:
    """A keeper at work; whatever door it leaves behind is ended."""
    ear, keeper = Ear(), Doorkeeper(around)
    keeper.start(ear)
    try:
        yield keeper, ear
    finally:
        keeper.stop_door()
        keeper.leave()


def pid(around: Surroundings) -> int:
    """The process of the door that runs now."""
    found = door_file.read(around.workspace.door)
    assert found is not None
    return found.pid


def test_a_door_is_started_and_its_code_is_good(tmp_path: Path) -> None:
    """`want` starts the process; the code that the desk shows is one that the door takes."""
    around, event = today(tmp_path)
    with keeping(around) as (keeper, ear):
        keeper.want(event)
        until(lambda: "open" in ear.states, "the door stands")
        until(lambda: ear.codes and ear.codes[-1].code, "a code is shown")
        shown = ear.codes[-1].code
        assert shown is not None
        assert not shown.proven, "no other machine came yet"
        secret = load_or_make_secret(around.workspace.keys, "door", around.chance)
        assert code_check(secret, event, shown.url.rpartition("/")[2], around.clock()) is not None
        assert shown.url.startswith(f"HTTP://{shown.address}/")
        assert shown.proof.startswith("○ Not proven")
        with httpx.Client(trust_env=False) as device:
            assert device.get(shown.wall_here).status_code == 200
            kiosk = shown.wall_here.replace("/wall", "/kiosk")
            enrolled = device.post(kiosk, data={"pin": shown.pin, "name": "left door"}, follow_redirects=True)
            assert "left door" in enrolled.text
        keeper.stop_door()
        until(lambda: ear.states[-1] == "off", "the door is stopped")
    assert door_file.read(around.workspace.door) is None


def test_a_door_that_dies_is_started_again_and_that_is_said(tmp_path: Path) -> None:
    """A kill -9: another process lets phones in, and the sentence says that it had stopped."""
    around, event = today(tmp_path)
    with keeping(around) as (keeper, ear):
        keeper.want(event)
        until(lambda: "open" in ear.states, "the door stands")
        first = pid(around)
        os.kill(first, signal.SIGKILL)
        until(lambda: "restarted" in ear.states, "it is started again")
        assert pid(around) != first
        assert ear.doors[-1].sentence == "The sign-in for phones had stopped and was started again."


def test_a_door_that_can_not_open_says_why_and_is_not_tried_for_ever(tmp_path: Path) -> None:
    """A closed event: the door's own sentence, and the way on."""
    around, event = today(tmp_path)
    ledger = around.open_ledger()
    hand = Hand("tester", "facilitator", around.clock, around.chance)
    events.close_event(ledger, hand, events.read_event(ledger, event))
    ledger.close()
    with keeping(around) as (keeper, ear):
        keeper.want(event)
        until(lambda: "failed" in ear.states, "it gives up")
        assert "was closed at" in ear.doors[-1].sentence
        assert "d tries again" in ear.doors[-1].sentence


def test_a_killed_desk_leaves_the_door_running_and_the_next_one_adopts_it(tmp_path: Path) -> None:
    """A kill -9 on the desk: phones go on, and a new desk takes the same process over."""
    around, event = today(tmp_path)
    first = subprocess.Popen([sys.executable, "-c", DESK, str(around.workspace.root), event], stdout=subprocess.DEVNULL)
    try:
        until(lambda: door_file.read(around.workspace.door), "the desk has started a door")
        door = door_file.read(around.workspace.door)
        assert door is not None
        until(lambda: alive(door.port) == door.nonce, "the door answers")
    finally:
        first.kill()
        first.wait(WAIT_SECONDS)
    assert alive(door.port) == door.nonce
    with keeping(around) as (_, ear):
        until(lambda: "adopted" in ear.states, "it is adopted")
        assert pid(around) == door.pid
        assert ear.doors[-1].event == event
        os.kill(door.pid, signal.SIGKILL)
        until(lambda: "restarted" in ear.states, "an adopted door that dies is started again too")
        assert pid(around) != door.pid


def test_a_foreign_program_on_the_port_is_no_door(tmp_path: Path) -> None:
    """A door.json whose nonce nobody answers is not believed."""
    around, event = today(tmp_path)
    around.workspace.door.mkdir(parents=True, exist_ok=True)
    door_file.write(around.workspace.door, door_file.DoorFile(1, 9, event, "nonce", "http://127.0.0.1:9", "then"))
    with keeping(around) as (_, ear):
        time.sleep(0.6)  # two turns of the keeper: long enough for a wrong adoption
        assert ear.states == []


@asynccontextmanager
async def with_door(around: Surroundings, event: str) -> AsyncIterator[Seat]:
    """A desk with a door of its own, open for phones; it is stopped at the end."""
    app = desk(around, event=event)
    async with app.run_test(size=(120, 40)) as pilot:
        seat = Seat(app, pilot, None)  # type: ignore[arg-type] # a real keeper, not a played one
        await seat.until(app.feed.ready.is_set)
        await seat.type("d")
        await seat.told("Phones can sign in now.")
        await seat.until(lambda: app.code is not None)
        yield seat
        await seat.sees("● door")
        assert app.keeper is not None
        app.keeper.stop_door()
        await seat.told("The sign-in for phones is stopped.")


async def test_the_desk_says_that_the_door_died_and_goes_on(tmp_path: Path) -> None:
    """On the screen: the toast, the status, and the code again."""
    around, event = today(tmp_path)
    async with with_door(around, event) as seat:
        os.kill(pid(around), signal.SIGKILL)
        await seat.told("The sign-in for phones had stopped and was started again.")


def test_a_laptop_that_slept_has_the_same_door(tmp_path: Path) -> None:
    """The process stands still for some seconds and goes on: nobody starts another one, and it answers as before."""
    around, event = today(tmp_path)
    with keeping(around) as (keeper, ear):
        keeper.want(event)
        until(lambda: "open" in ear.states, "the door stands")
        door = door_file.read(around.workspace.door)
        assert door is not None
        os.kill(door.pid, signal.SIGSTOP)
        assert alive(door.port, seconds=2.5) == "", "it sleeps"
        os.kill(door.pid, signal.SIGCONT)
        until(lambda: alive(door.port) == door.nonce, "it goes on")
        assert pid(around) == door.pid
        assert ear.states[-1] == "open"
