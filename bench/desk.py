"""The desk in a terminal: how soon it is there, and how soon a key shows, beside a bare Textual app and a DataTable."""

from __future__ import annotations

import json
import os
import random
import statistics
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from bench.arrivals import Arrivals, arrivals
from bench.figures import ROOT, Figure, percentile
from bench.peers import BARE
from bench.workspace import add_event, add_people, surroundings
from plfacilitate.core.people import Person
from plfacilitate.steps.events import read_event
from plfacilitate.store import search
from plfacilitate.store.surroundings import Surroundings

if TYPE_CHECKING:
    from bench.terminal import Terminal

PEOPLE = 5000
STARTS = 7
ROUNDS = 6
KEYS = 120
SEEN = 24  # rows that a board of 40 lines shows at least

FIRST_FRAME = "first useful frame ÷ a bare Textual app's"
BOARD = f"the board of {PEOPLE:,} people is there ÷ a bare app's start"
KEY_LOAD = f"key to frame, {PEOPLE:,} people, 200 sign-ins a second: p95 ÷ at rest"
KEY_TABLE = "key to frame with those sign-ins: p95 ÷ a DataTable of that size at rest"


def figures() -> list[Figure]:
    """Starts in turn, then keys in turn: at rest, with sign-ins arriving, in a DataTable."""
    if sys.platform == "win32":
        why = "needs a pseudo-terminal of POSIX"
        return [
            Figure("desk", what, None, most=most, detail=why)
            for what, most in ((FIRST_FRAME, 1.8), (BOARD, 2), (KEY_LOAD, 1.3), (KEY_TABLE, 0.6))
        ]
    return [_first_frame(), *_crowd()]


# -- starting ----------------------------------------------------------------------------------------------------------


def _first_frame() -> Figure:
    """Today, with the day's session on it."""
    with surroundings() as around:
        ledger = around.open_ledger()
        ids = add_people(ledger, around, 100)
        event = add_event(ledger, around, ids, day=around.today)
        title = read_event(ledger, event).title
        ledger.close()
        return _starts(FIRST_FRAME, 1.8, lambda: _started(desk_command(around), around, title))


def _board(around: Surroundings, event: str, people: Sequence[Person]) -> Figure:
    """The room of a crowd: its visible lines and how many are expected."""
    texts = [shown(person) for person in people[:SEEN]]
    return _starts(
        BOARD, 2, lambda: _started(desk_command(around, event), around, f"of {len(people)} expected", *texts)
    )  # fmt: skip


def _starts(what: str, most: float, ours: Callable[[], float]) -> Figure:
    def theirs() -> float:
        return _started([sys.executable, "-m", "bench.peers", "bare"], None, BARE)

    ours(), theirs()
    pairs = [(ours(), theirs()) for _ in range(STARTS)]
    mine, bare = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    return Figure("desk", what, ratio, most=most, detail=f"{mine * 1000:.0f} / {bare * 1000:.0f} ms")


def _started(command: list[str], around: Surroundings | None, *texts: str) -> float:
    with terminal_of(command, around) as terminal:
        return terminal.until(*texts)


def terminal_of(command: list[str], around: Surroundings | None) -> Terminal:
    """A terminal that the command runs in, in the surroundings of a played laptop where one is given."""
    from bench.terminal import Terminal

    env = dict(os.environ)
    if around is not None:
        env |= {"XDG_STATE_HOME": str(around.state), "HOME": str(around.state), "TZ": around.tz}
    return Terminal(command, env=env, cwd=ROOT)


def desk_command(around: Surroundings, *room: str) -> list[str]:
    """How the desk is started, in the room of an event where one is named."""
    workspace = ["--workspace", str(around.workspace.root)]
    return [sys.executable, "-m", "plfacilitate", *workspace, *(["desk", *room] if room else [])]


# -- keys --------------------------------------------------------------------------------------------------------------


def _crowd() -> list[Figure]:
    with surroundings() as around:
        ledger = around.open_ledger()
        ids = add_people(ledger, around, PEOPLE)
        event = add_event(ledger, around, ids, day=around.today)
        people = search.people(ledger.connection, ids)
        ledger.close()
        board = _board(around, event, people)
        return [board, *_keys(around, event, people)]


def _keys(around: Surroundings, event: str, people: Sequence[Person]) -> list[Figure]:
    place = around.workspace.root.parent
    rows, waiting = place / "rows.json", place / "people.json"
    rows.write_text(json.dumps([["○", one.name, one.school, "—", "", "", "expected"] for one in people]))
    ids = [one.id for one in people]
    random.Random(5).shuffle(ids)
    waiting.write_text(json.dumps(ids))
    table = [sys.executable, "-m", "bench.peers", "table", str(rows)]
    names = [shown(one) for one in people]
    with (
        terminal_of(desk_command(around, event), around) as ours,
        terminal_of(table, None) as theirs,
        arrivals(place, event, waiting) as others,
    ):
        for terminal in (ours, theirs):
            terminal.until(names[SEEN])
            terminal.rest(2)
        found = _rounds(Keys(ours, names), Keys(theirs, names), others)
    rest, busy, plain = ([percentile(times, 95) for times in kind] for kind in zip(*found, strict=True))
    return [
        _key_figure(KEY_LOAD, 1.3, busy, rest),
        _key_figure(KEY_TABLE, 0.6, busy, plain),
    ]  # fmt: skip


def _rounds(ours: Keys, theirs: Keys, others: Arrivals) -> list[tuple[list[float], list[float], list[float]]]:
    found = []
    for number in range(ROUNDS + 1):
        rest = ours.press()
        with others.coming():
            busy = ours.press()
        ours.terminal.rest(0.5)
        plain = theirs.press()
        if number:  # the first warms up
            found.append((rest, busy, plain))
    return found


def _key_figure(what: str, most: float, mine: Sequence[float], theirs: Sequence[float]) -> Figure:
    ratio = statistics.median(a / b for a, b in zip(mine, theirs, strict=True))
    detail = f"{statistics.median(mine) * 1000:.1f} / {statistics.median(theirs) * 1000:.1f} ms"
    return Figure("desk", what, ratio, most=most, detail=detail)


class Keys:
    """A finger on the down key, line after line."""

    def __init__(self, terminal: Terminal, names: Sequence[str]) -> None:
        self.terminal = terminal
        self._names = names
        self._at = 0
        self._chance = random.Random(2)

    def press(self, count: int = KEYS) -> list[float]:
        """Seconds from each of so many keys to the frame in which the next line is drawn."""
        times = []
        for _ in range(count):
            self._at += 1
            self.terminal.press(b"\x1b[B")
            times.append(self.terminal.until(self._names[self._at]))
            self.terminal.rest(self._chance.uniform(0.02, 0.05))  # not in step with whatever arrives
        return times


def shown(person: Person) -> str:
    """As much of a name as any column shows."""
    return person.name[:14]
