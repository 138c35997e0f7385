"""A desk whose terminal has gone, in a real terminal of the system's: it ends by itself, and nothing is lost."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from plfacilitate.front.desk.threads.door_process import alive
from plfacilitate.shelf import door_file
from plfacilitate.store.surroundings import Surroundings
from tests.front.desk.test_doorkeeper import until
from tests.front.door.running import today

termios = pytest.importorskip("termios", reason="Windows ends the desk together with its window")
WAIT_SECONDS = 10.0


@dataclass
class Window:
    """A terminal with a desk in it: what was drawn on it so far, and its end to type on."""

    master: int
    desk: subprocess.Popen[bytes]
    shown: bytearray = field(default_factory=bytearray)
    open: bool = True

    def __post_init__(self) -> None:
        """Look at it."""
        self._eyes = threading.Thread(target=self._look, daemon=True)
        self._eyes.start()

    def _look(self) -> None:
        """Take what the desk draws. A window that is read at this moment would not be closed."""
        with suppress(OSError):
            while self.open:
                if select.select([self.master], [], [], 0.02)[0]:
                    self.shown += os.read(self.master, 65536)

    def tear_away(self) -> None:
        """No terminal any more."""
        if self.open:
            self.open = False
            self._eyes.join()
            os.close(self.master)

    def type(self, keys: str, sees: str) -> None:
        """Press keys, and wait until they can be seen."""
        begin = len(self.shown)
        os.write(self.master, keys.encode())
        until(lambda: sees.encode() in self.shown[begin:], f"{sees} on the screen")


@contextmanager
def window(around: Surroundings, event: str) -> Iterator[Window]:
    """A desk that is told nothing when its terminal goes: it is no process of that terminal's session."""
    master, slave = os.openpty()
    termios.tcsetwinsize(slave, (24, 80))
    command = [sys.executable, "-m", "plfacilitate", "--workspace", str(around.workspace.root), "desk", event]
    env = {**os.environ, "TERM": "xterm-256color"}
    desk = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, start_new_session=True, env=env)
    os.close(slave)
    one = Window(master, desk)
    try:
        until(lambda: b"In the room" in one.shown, "the room is drawn")
        yield one
    finally:
        desk.kill()
        desk.wait(WAIT_SECONDS)
        one.tear_away()


def drafts(around: Surroundings) -> list[dict[str, str]]:
    """What was typed and not written down."""
    return list(json.loads((around.workspace.root / "drafts.json").read_text("utf-8")).values())


def test_a_desk_whose_terminal_has_gone_ends_and_keeps_what_was_typed(tmp_path: Path) -> None:
    """The window is torn away in the middle of a word: the desk ends in seconds, the text is there, the door goes on."""
    around, event = today(tmp_path)
    with window(around, event) as one:
        one.type("d", "Phones can sign in now.")
        door = door_file.read(around.workspace.door)
        assert door is not None
        try:
            one.type("n", "What do you want")
            one.type("pacing", "pacing")
            one.tear_away()
            one.desk.wait(WAIT_SECONDS)
            assert [draft["text"] for draft in drafts(around)] == ["pacing"]
            assert alive(door.port) == door.nonce
        finally:
            os.kill(door.pid, signal.SIGTERM)


def test_a_desk_that_is_hung_up_keeps_what_was_typed_a_moment_ago(tmp_path: Path) -> None:
    """The system's own word that the terminal goes, just after a key: the key is not lost."""
    around, event = today(tmp_path)
    with window(around, event) as one:
        one.type("n", "What do you want")
        one.type("x", "x")
        one.desk.send_signal(signal.SIGHUP)
        one.desk.wait(WAIT_SECONDS)
    assert [draft["text"] for draft in drafts(around)] == ["x"]
