"""What works beside the screen: it can be stopped, what goes wrong is said, and nothing ends in silence."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

import pytest
from textual.message import Message

from plfacilitate.core.refusal import Refused
from plfacilitate.front.office.commands import MODES
from plfacilitate.front.office.threads import reader, watcher
from plfacilitate.front.office.threads.messages import NotDone, Progressed, Worked
from plfacilitate.front.office.threads.work import Tell, Work
from plfacilitate.office import overview
from tests.front.office.conftest import Office, seat_of


def worked(*pieces: tuple[str, Callable[[Tell], Callable[[], None]]], stop_at: str = "") -> list[Message]:
    """What a Work posts about these pieces; stopped when its words are `stop_at`."""
    said: list[Message] = []
    ended = threading.Event()
    work = Work()

    def post(message: Message) -> None:
        said.append(message)
        if stop_at and work.words == stop_at:
            work.stop_piece()

    work.start(post)
    for words, piece in pieces:
        work.do(words, piece)

    def last(tell: Tell) -> Callable[[], None]:
        return ended.set

    work.do("last", last)
    for _ in range(500):
        for one in said:
            if isinstance(one, Worked):
                one.take()
        if ended.wait(0.01):
            break
    work.stop()
    assert ended.is_set()
    return said


def test_a_longer_work_is_stopped_and_the_next_is_done() -> None:
    """At its next word; what was done before stays."""
    done: list[int] = []

    def counting(tell: Tell) -> Callable[[], None]:
        for number in range(100):
            tell(f"{number} of 100")
            done.append(number)
        return lambda: None

    said = worked(("counting", counting), stop_at="3 of 100")
    assert done == [0, 1, 2, 3]
    assert ["Stopped: counting" in one.sentence for one in said if isinstance(one, NotDone)] == [True]
    assert any(isinstance(one, Progressed) for one in said)


@pytest.mark.parametrize(
    "error, words",
    [
        (Refused("nothing-to-do", what="there are no hours"), "there are no hours"),
        (KeyError("x\x1b[1m"), "KeyError: 'x"),
    ],
)
def test_work_that_fails_says_so(error: Exception, words: str) -> None:
    """A refusal by its sentence; what nobody foresaw by its name, without an escape; the next piece is done."""

    def fails(tell: Tell) -> Callable[[], None]:
        raise error

    (told,) = [one.sentence for one in worked(("failing", fails)) if isinstance(one, NotDone)]
    assert words in told
    assert "\x1b" not in told


POOL = """
import multiprocessing, sys, threading
from concurrent.futures import ProcessPoolExecutor
from textual.app import App
from plfacilitate.front.office.threads.work import may_start_processes
class Screen(App):
    def on_mount(self):
        threading.Thread(target=self.work).start()
    def work(self):
        try:
            may_start_processes()
            with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
                self.call_from_thread(self.exit, pool.submit(abs, -3).result())
        except Exception as error:
            self.call_from_thread(self.exit, repr(error))
print(Screen().run(headless=True))
"""


def test_processes_can_be_started_while_the_screen_has_the_terminal() -> None:
    """A whole roll is reckoned on all cores, by processes that are started below the screen."""
    done = subprocess.run([sys.executable, "-c", POOL], capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.strip().endswith("3"), done.stdout + done.stderr


async def test_what_nobody_foresaw_while_reading_is_said_and_read_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader that died would look like a register where nothing comes."""
    real, wrong = overview.standings, [True]

    def standings(*arguments: Any) -> Any:
        if wrong:
            message = "never seen"
            raise LookupError(message)
        return real(*arguments)

    monkeypatch.setattr(reader, "standings", standings)
    async with seat_of(office) as seat:
        await seat.sees("LookupError: never seen")
        wrong.clear()
        await seat.sees("✓ accepted", "● register")


async def test_a_watch_stops_goes_on_and_waits_for_its_place(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is not there is waited for; w stops, and nothing is taken then; w goes on."""
    monkeypatch.setattr(watcher, "EVERY_SECONDS", 0.05)
    monkeypatch.setattr("plfacilitate.courier.patience.pause_after", lambda tried, chance: 0.05)
    inbox = office.folder / "in"
    async with seat_of(office, watch=str(inbox)) as seat:
        await seat.sees("can't be looked at")
        inbox.mkdir()
        await seat.sees("◉ watching")
        await seat.type("w")
        await seat.sees("is not watched")
        for path in office.mail.glob("*.zip"):
            shutil.copy(path, inbox)
        await seat.pilot.pause(0.3)
        assert len(seat.app.picture.came) == 4
        await seat.type("w")
        await seat.until(lambda: len(seat.app.picture.came) == 6, "two more bundles")
        await seat.sees("2 taken in")


async def test_the_mouse_goes_where_the_keys_go(office: Office) -> None:
    """A click on a list's name shows it, one on a key of the lowest line does what the key does."""
    async with seat_of(office, size=(80, 24)) as seat:
        await seat.sees("✓ accepted")
        at = seat.text().splitlines()[1].index("Laptops")
        await seat.pilot.click("#head", offset=(at, 1))
        await seat.sees("153Y-VD36")
        at = seat.text().splitlines()[-1].index("accept")
        await seat.pilot.click("#foot", offset=(at, 1))
        await seat.sees("Are they the same?")
        await seat.type("escape")
        await seat.type("right", "left", "left", "4")
        await seat.sees("PS-4711")
        await seat.type("?")
        await seat.sees("Help", "Every offering")


async def test_the_clock_does_not_wait_for_a_screen_that_is_being_built(office: Office) -> None:
    """A second strikes, and something came, between a key and the list that it shows: the list comes all the same."""
    async with seat_of(office) as seat:
        await seat.sees("✓ accepted")
        for mode in MODES:
            shown = seat.app.switch_mode(mode)
            seat.app.a_second_later()
            seat.app.repaint()
            assert seat.app.series == ""
            await shown
        await seat.type("4")
        await seat.sees("PS-4711")
