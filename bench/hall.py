"""A full hall: a thousand phones, three hundred of them at a time, each from the code to "you are in"."""

from __future__ import annotations

import contextlib
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from bench import slow_disk
from bench.desk import Keys, desk_command, shown, terminal_of
from bench.door import Mode, served
from bench.door_server import surroundings_at
from bench.figures import ROOT, Figure, high_water, percentile
from bench.prepared import Day, prepared
from plfacilitate.core.people import Person
from plfacilitate.store import search

if TYPE_CHECKING:
    from bench.terminal import Terminal

PHONES = 1000
RUNS = 3
DESKS = 7
KEYS = 60


@dataclass(frozen=True, slots=True)
class Hall:
    """One run. `p50`, `p99` = seconds of a whole flow; `memory` = MB of the door at most, None = not told here."""

    count: int
    p50: float
    p99: float
    seconds: float
    memory: float | None


def figures() -> list[Figure]:
    """On this disk as it is, then with every fsync made 5 ms slower."""
    with prepared(PHONES) as day:
        found = _of(day, "", {})
        if slow_disk.why_not():
            return found
        with slow_disk.shim() as more:
            return [*found, *_of(day, ", fsync 5 ms slower", more)]


def _of(day: Day, where: str, more: Mapping[str, str]) -> list[Figure]:
    ran = [(_run(day, "door", more), _run(day, "page", more)) for _ in range(RUNS)]
    mine, page = ([pair[side] for pair in ran] for side in (0, 1))
    p99 = statistics.median(one.p99 / other.p99 for one, other in ran)
    memory = max((one.memory for one in mine if one.memory is not None), default=None)
    counted = min(one.count for one in mine)
    return [
        Figure("hall", f"{PHONES:,} phones, 300 at a time: acknowledged{where}", counted, "", least=PHONES,
               detail=f"in {statistics.median(one.seconds for one in mine):.1f} s"),
        Figure("hall", f"p99 of code → name → in ÷ the same pages without the append{where}", p99, most=4,
               detail=f"{_ms(mine)} / {_ms(page)} ms"),
        Figure("hall", f"the door's peak memory{where}", memory, "MB", most=120),
        _keys(day, where, more),
    ]  # fmt: skip


def _ms(ran: Sequence[Hall]) -> str:
    return f"{statistics.median(one.p99 for one in ran) * 1000:.0f}"


def _run(day: Day, mode: Mode, more: Mapping[str, str]) -> Hall:
    with day.copied() as place, served(mode, place, day.event, more) as (port, process):
        told = json.loads(_phones(place, port, day.event).communicate(timeout=300)[0])
        return Hall(**told, memory=high_water(process))


def _phones(place: Path, port: int, event: str) -> subprocess.Popen[str]:
    people = place / "hall.json"
    people.write_text(json.dumps([(one.id, one.spoken) for one in _people(place)]))
    command = [sys.executable, "-m", "bench.hall_phones", str(place), str(port), event, str(people)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=os.environ)


def _people(place: Path) -> list[Person]:
    ledger = surroundings_at(place).open_ledger(readonly=True)
    found = search.people(ledger.connection)
    ledger.close()
    return found[:PHONES]


# -- the desk meanwhile ------------------------------------------------------------------------------------------------


def _keys(day: Day, where: str, more: Mapping[str, str]) -> Figure:
    """Keys at the desk at rest, then while the hall comes in."""
    what = f"key to frame at the desk meanwhile: p95 ÷ at rest{where}"
    if sys.platform == "win32":
        return Figure("hall", what, None, most=1.3, detail="needs a pseudo-terminal of POSIX")
    found = [_one_desk(day, more) for _ in range(DESKS)]
    # Taken together: while one hall comes in there is time for some forty keys, and a twentieth of those is two.
    rest, busy = (percentile(chain.from_iterable(kind), 95) for kind in zip(*found, strict=True))
    return Figure("hall", what, busy / rest, most=1.3, detail=f"{busy * 1000:.1f} / {rest * 1000:.1f} ms")


def _one_desk(day: Day, more: Mapping[str, str]) -> tuple[list[float], list[float]]:
    with day.copied() as place, contextlib.ExitStack() as stack:
        with core_of_the_door():
            port, _ = stack.enter_context(served("door", place, day.event, more))
        around = surroundings_at(place)
        terminal = stack.enter_context(terminal_of(desk_command(around, day.event), around))
        keys = _ready(terminal, [shown(one) for one in _everybody(place)])
        rest = keys.press(KEYS)
        with core_of_the_door():
            phones = _phones(place, port, day.event)
        busy = []
        while phones.poll() is None:
            busy += keys.press(1)
        assert phones.returncode == 0, "the phones failed"
        return rest, busy


@contextlib.contextmanager
def core_of_the_door() -> Iterator[None]:
    """What is started meanwhile stays on one core: in life the phones take nothing of the laptop, here they take the door's."""
    if sys.platform != "linux":
        yield
        return
    mine = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(mine)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, mine)


def _ready(terminal: Terminal, names: Sequence[str]) -> Keys:
    terminal.until(names[24])
    terminal.rest(2)
    keys = Keys(terminal, names)
    keys.press(20)  # warms up
    return keys


def _everybody(place: Path) -> list[Person]:
    ledger = surroundings_at(place).open_ledger(readonly=True)
    found = search.people(ledger.connection)
    ledger.close()
    return found
