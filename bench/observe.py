"""Observing in a terminal: how soon a stamped line and a typed letter are on the screen, beside a bare Textual Input."""

from __future__ import annotations

import random
import statistics
import sys
from datetime import timedelta
from itertools import count

from bench.desk import desk_command, terminal_of
from bench.figures import Figure, percentile
from bench.peers import BARE_INPUT
from bench.terminal import Terminal
from bench.workspace import add_event, add_people, surroundings
from plfacilitate.shelf.protocols import find_protocol
from plfacilitate.steps import observe
from plfacilitate.steps.capture import Hand
from plfacilitate.store.surroundings import Surroundings

LINES = 3000
ROUNDS = 5
KEYS = 60
PROTOCOL = "questions-and-talk"

STAMPED = f"key to stamped line, {LINES:,} lines there: p95 ÷ a bare Input's echo"
TYPED = f"key to letter in the field, {LINES:,} lines there: p95 ÷ a bare Input's echo"
LAST = "the last line before"


def figures() -> list[Figure]:
    """In turn: Enter to line, letter to field, letter to a field in an app that has nothing else."""
    if sys.platform == "win32":
        why = "needs a pseudo-terminal of POSIX"
        return [Figure("observe", what, None, most=1.5, detail=why) for what in (STAMPED, TYPED)]
    with surroundings() as around:
        event = _lesson(around)
        with (
            terminal_of(desk_command(around, event), around) as ours,
            terminal_of([sys.executable, "-m", "bench.peers", "input"], None) as theirs,
        ):
            ours.until("In the room")
            ours.rest(1)
            ours.press(b"J")
            ours.until("Ada Bell")
            ours.press(b"\r")
            ours.until(LAST)
            theirs.until(BARE_INPUT)
            for terminal in (ours, theirs):
                terminal.rest(1)
            return _rounds(Fingers(ours), Fingers(theirs))


def _rounds(ours: Fingers, theirs: Fingers) -> list[Figure]:
    found = []
    for number in range(ROUNDS + 1):
        stamped, typed, bare = ours.stamp(), ours.letters(), theirs.letters()
        if number:  # the first warms up
            found.append(tuple(percentile(times, 95) for times in (stamped, typed, bare)))
    return [
        _figure(what, [(round_[place], round_[2]) for round_ in found]) for place, what in enumerate((STAMPED, TYPED))
    ]


def _figure(what: str, pairs: list[tuple[float, float]]) -> Figure:
    mine, bare = (statistics.median(times) * 1000 for times in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    return Figure("observe", what, ratio, most=1.5, detail=f"{mine:.1f} / {bare:.1f} ms")


class Fingers:
    """Somebody who types into a field."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self._number = count(1)
        self._chance = random.Random(3)

    def stamp(self) -> list[float]:
        """Seconds from each Enter to the frame in which its line stands in the script."""
        return [self._timed(b"\r", self._typed()) for _ in range(KEYS)]

    def letters(self) -> list[float]:
        """Seconds from each letter to the frame in which the field shows it."""
        times, text = [], ""
        for _ in range(KEYS):
            if len(text) == 40:
                self._empty(text)
                text = ""
            letter = self._chance.choice("bcdfghjklmnpqrstvwxz")
            text += letter
            times.append(self._timed(letter.encode(), text))
        self._empty(text)
        return times

    def _typed(self) -> str:
        """A line that no other looks like stands in the field."""
        text = f"line {next(self._number):05} is told"
        for letter in text:
            self.terminal.press(letter.encode())
            self.terminal.rest(0.002)
        self.terminal.rest(0.05)
        return text

    def _empty(self, text: str) -> None:
        self.terminal.press(b"\x7f" * len(text))
        self.terminal.rest(0.3)

    def _timed(self, key: bytes, sees: str) -> float:
        self.terminal.press(key)
        took = self.terminal.until(sees)
        self.terminal.rest(self._chance.uniform(0.02, 0.05))  # not in step with any clock of the screen's
        return took


def _lesson(around: Surroundings) -> str:
    """An event of today with an observation that has so many lines; gives the event."""
    ledger = around.open_ledger()
    event = add_event(ledger, around, add_people(ledger, around, 30), day=around.today)
    hand = Hand(around.by, "facilitator", around.clock, around.chance)
    protocol = find_protocol(PROTOCOL, around.workspace.protocols)
    began = around.clock() - timedelta(hours=1)
    started = ledger.append_one(observe.begin(hand, event, protocol, observer="Ada Bell", at=began))
    seen = observe.read_visit(ledger, event).observation(started.id)
    assert seen is not None, "it began a moment ago"
    texts = [f"S{number % 24}: number {number} of the things that are said in an hour" for number in range(LINES - 1)]
    texts.append(LAST)
    ledger.append(
        [observe.line(hand, seen, text, at=began + timedelta(seconds=number)) for number, text in enumerate(texts)]
    )
    ledger.close()
    return event
