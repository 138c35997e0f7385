"""A scanner played as bursts of keys into a real terminal: no digit of a badge is ever a command or a letter."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from plfacilitate.core.entry import Entry
from plfacilitate.store import search
from plfacilitate.store.surroundings import Surroundings
from tests.front.desk.test_doorkeeper import until
from tests.front.desk.test_terminal import Window, window
from tests.front.door.day import PEOPLE
from tests.front.door.running import today

pytest.importorskip("termios", reason="Windows has no such terminal to play")
KEY_SECONDS = 0.002
NUMBERS = [f"30118822447{number}" for number in range(len(PEOPLE))]


def burst(one: Window, number: str) -> None:
    """What a scanner sends: key by key, two thousandths of a second apart."""
    for key in f"{number}\r":
        os.write(one.master, key.encode())
        time.sleep(KEY_SECONDS)


def marks(around: Surroundings, event: str) -> list[Entry]:
    """All sign-ins."""
    with closing(around.open_ledger(readonly=True)) as ledger:
        return list(ledger.entries(event=event, kinds=("sign-in", "sign-out")))


def notes(around: Surroundings) -> list[str]:
    """What was written down as a note."""
    with closing(around.open_ledger(readonly=True)) as ledger:
        return [str(entry.body["text"]) for entry in ledger.entries(kinds=("note",))]


def test_a_burst_of_keys_is_a_scan_wherever_the_desk_is(tmp_path: Path) -> None:
    """In the room, in a half-typed note, in the full-screen code: each badge signs its holder in, and the note is whole."""
    people = [{**fields, "badge": number} for fields, number in zip(PEOPLE, NUMBERS, strict=True)]
    around, event = today(tmp_path, people=people)
    with window(around, event) as one:
        one.type("q", "in the room")
        burst(one, NUMBERS[0])
        until(lambda: len(marks(around, event)) == 1, "the first is in")
        one.type(" ", "In the room")
        one.type("n", "What do you want")
        one.type("half", "half")
        burst(one, NUMBERS[1])
        until(lambda: len(marks(around, event)) == 2, "the second is in")
        one.type(" a thought", "thought")
        os.write(one.master, b"\r")
        until(lambda: notes(around) == ["half a thought"], "the note is kept without a digit")
        burst(one, "999999999999")
        until(lambda: b"nobody" in one.shown, "an unknown badge is said to be nobody's")
    found = marks(around, event)
    assert {entry.means for entry in found} == {"badge"}
    with closing(around.open_ledger(readonly=True)) as ledger:
        assert {one.person for one in found} == {
            person.id for number in NUMBERS[:2] if (person := search.by_badge(ledger.connection, number))
        }


def test_digits_that_a_person_types_do_nothing(tmp_path: Path) -> None:
    """A finger's pauses: no scan, no command; the next key works."""
    around, event = today(tmp_path, people=[{**PEOPLE[0], "badge": "4711"}])
    with window(around, event) as one:
        for key in "4711\r":
            os.write(one.master, key.encode())
            time.sleep(0.15)
        one.type("n", "What do you want")
    assert marks(around, event) == []


@pytest.mark.parametrize("piped", ["stdin", "stdout", "stderr"])
def test_a_desk_without_a_terminal_says_so_and_ends(tmp_path: Path, piped: str) -> None:
    """Behind a pipe nobody could see or type: one sentence, an exit code, and no waiting."""
    master, slave = os.openpty()
    stdin, stdout, stderr = (subprocess.PIPE if piped == name else slave for name in ("stdin", "stdout", "stderr"))
    command = [sys.executable, "-m", "plfacilitate", "--workspace", str(tmp_path / "workspace")]
    try:
        done = subprocess.Popen(command, stdin=stdin, stdout=stdout, stderr=stderr)
        _, said = done.communicate(timeout=30)
        words = (said if piped == "stderr" else os.read(master, 10_000)).decode().strip()
    finally:
        os.close(slave)
        os.close(master)
    assert done.returncode != 0
    assert words.startswith("plfacilitate: The desk needs a terminal")
    assert len(words.splitlines()) == 1
