"""The agenda's clock: that it does not drift, played and real, and that it costs no key its frame."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from bench.desk import Keys, desk_command, shown, terminal_of
from bench.figures import Figure, percentile
from bench.workspace import add_event, add_people, hand, surroundings
from plfacilitate.core.keeping.run import Piece, Run
from plfacilitate.core.keeping.standing import standing
from plfacilitate.core.timing import countdown, seconds
from plfacilitate.steps import keeping
from plfacilitate.steps.events import read_event, read_fold
from plfacilitate.store import search
from plfacilitate.store.surroundings import Surroundings

if TYPE_CHECKING:
    from bench.terminal import Terminal

HOUR = timedelta(hours=1)
LOOKS = timedelta(seconds=0.997)  # how often a busy desk looks, not in step with anything
SHOWN = 30  # seconds of the countdown that are watched on a real screen
EDGE = 5  # of these at its beginning and at its end
PEOPLE, ROUNDS, KEYS = 400, 5, 60

PLAYED = "the countdown over a played hour: what it lost or won"
REAL = f"the countdown in a terminal over {SHOWN} s: what it lost or won"
LAG = "how late a second is shown, at most"
KEY = "key to frame while the agenda runs: p95 ÷ without"


def figures() -> list[Figure]:
    """A played hour, half a minute of a real one, and keys in turn on two desks."""
    played = Figure("agenda", PLAYED, _played(), unit="ms", most=100)
    if sys.platform == "win32":
        why = "needs a pseudo-terminal of POSIX"
        return [played, *(Figure("agenda", what, None, detail=why) for what in (REAL, LAG, KEY))]
    return [played, *_real(), _keys()]


def _played() -> float:
    """How far what is shown has moved against the clock between the first and the last minutes of an hour."""
    with surroundings() as around:
        ledger = around.open_ledger()
        event = read_event(ledger, add_event(ledger, around, (), day=around.today))
        ledger.close()
    began = event.starts_at
    run = Run(event.spans, (75,) * len(event.spans), (Piece(0, began, None, False, ""),))
    errors, moment = [], began + timedelta(seconds=1)
    while moment < began + HOUR:
        now = standing(run, moment)
        errors.append(seconds(now.left) - (75 * 60 - (moment - began).total_seconds()))
        moment += LOOKS
    many = len(errors) // 6
    return abs(statistics.fmean(errors[-many:]) - statistics.fmean(errors[:many])) * 1000


def _begun(around: Surroundings) -> tuple[str, list[str]]:
    """An event of today with people whose agenda was begun a moment ago; gives it and their names as shown."""
    ledger = around.open_ledger()
    ids = add_people(ledger, around, PEOPLE)
    event = add_event(ledger, around, ids, day=around.today)
    ledger.append_one(keeping.start(hand(around), event, read_fold(ledger, event).run, 0))
    names = [shown(one) for one in search.people(ledger.connection, ids)]
    ledger.close()
    return event, names


def _real() -> list[Figure]:
    """A desk in a terminal: when each second came, beside when it was due."""
    with surroundings() as around:
        event, _ = _begun(around)
        ledger = around.open_ledger(readonly=True)
        run = read_fold(ledger, event).run
        ledger.close()
        with terminal_of(desk_command(around, event), around) as terminal:
            terminal.until("In the room", " left")
            terminal.rest(2)
            lags = _lags(terminal, run, around)
    drift = (statistics.median(lags[-EDGE:]) - statistics.median(lags[:EDGE])) * 1000
    return [
        Figure("agenda", REAL, abs(drift), unit="ms", most=100, detail=f"{drift:+.1f} ms"),
        Figure("agenda", LAG, percentile(lags, 95) * 1000, unit="ms", most=250, detail="p95"),
    ]


def _lags(terminal: Terminal, run: Run, around: Surroundings) -> list[float]:
    """How many seconds after it was due each second of the countdown came."""
    now = standing(run, around.clock())
    value, lags = seconds(now.left) - 1, []
    for _ in range(SHOWN):
        terminal.begin()
        terminal.until(f"{countdown(value)} left")
        left = standing(run, around.clock()).left.total_seconds()
        lags.append(value - left)
        value -= 1
    return lags


def _keys() -> Figure:
    """Two desks in turn: one whose agenda runs and shows each second, one where nobody has begun it."""
    with surroundings() as one, surroundings() as other:
        running, names = _begun(one)
        ledger = other.open_ledger()
        ids = add_people(ledger, other, PEOPLE)
        idle = add_event(ledger, other, ids, day=other.today + timedelta(days=1))
        ledger.close()
        with (
            terminal_of(desk_command(one, running), one) as ours,
            terminal_of(desk_command(other, idle), other) as theirs,
        ):
            for terminal in (ours, theirs):
                terminal.until(names[20])
                terminal.rest(2)
            pairs = list(_rounds(Keys(ours, names), Keys(theirs, names)))
    mine, bare = ([percentile(times, 95) for times in kind] for kind in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in zip(mine, bare, strict=True))
    detail = f"{statistics.median(mine) * 1000:.1f} / {statistics.median(bare) * 1000:.1f} ms"
    return Figure("agenda", KEY, ratio, most=1.3, detail=detail)


def _rounds(ours: Keys, theirs: Keys) -> Sequence[tuple[list[float], list[float]]]:
    found = [(ours.press(KEYS), theirs.press(KEYS)) for _ in range(ROUNDS + 1)]
    return found[1:]  # the first warms up
