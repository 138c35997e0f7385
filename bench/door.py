"""The door under load: sign-in posts against the same page without its append, an empty handler, and a slow disk."""

from __future__ import annotations

import contextlib
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Literal

from bench import slow_disk
from bench.door_server import HERE, surroundings_at
from bench.figures import ROOT, Figure, high_water
from bench.load import Load, burst, load
from bench.prepared import SIGNED_IN, Day, prepared
from plfacilitate.front.desk.threads.door_process import door_command

Mode = Literal["door", "page", "empty"]

FORMS = 48_000  # more than a run can use up
BURST = 20_000
RUNS = 5
WARM_SECONDS, SECONDS = 1, 2
CONNECTIONS = (50, 300)
MODES: tuple[Mode, ...] = ("empty", "page", "door")


def figures() -> list[Figure]:
    """On this disk as it is, then with every fsync made 5 ms slower."""
    with prepared(FORMS) as day:
        return [*_as_it_is(day), *slow_disk.figures(day, run_door)]


# -- one run -----------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def _running(command: list[str], env: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """A server in a process of its own; its port and process id."""
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=env
    ) as server:
        assert server.stdout is not None
        try:
            yield int(json.loads(server.stdout.readline())["port"]), server.pid
        finally:
            server.terminate()
            server.wait(30)


def served(mode: Mode, place: Path, event: str, more: Mapping[str, str]) -> AbstractContextManager[tuple[int, int]]:
    """The server of that mode. `more` goes into its environment."""
    command = [sys.executable, "-m", "bench.door_server", mode, str(place), event]
    return _running(command, os.environ | more)


def run(day: Day, mode: Mode, connections: int) -> Load:
    """A fresh server on a fresh copy of the day, a moment of warming up, then the load that counts."""
    with day.copied() as place, served(mode, place, day.event, {}) as (port, _):
        wanted = "" if mode == "empty" else SIGNED_IN
        warm = load(port, connections, WARM_SECONDS, day.form(0, wanted))
        # What was on its way when the warming up ended is in as well.
        used = warm.count + 2 * connections if wanted else 0
        return load(port, connections, SECONDS, day.form(used, wanted))


def run_door(day: Day, place: Path, connections: int, seconds: float, more: Mapping[str, str]) -> Load:
    """The real door alone, on a copy of the day that others write to as well."""
    with served("door", place, day.event, more) as (port, _):
        warm = load(port, connections, WARM_SECONDS, day.form(0))
        return load(port, connections, seconds, day.form(warm.count + 2 * connections))


# -- the disk as it is -------------------------------------------------------------------------------------------------


def _as_it_is(day: Day) -> list[Figure]:
    found: dict[tuple[Mode, int], list[Load]] = {(mode, many): [] for mode in MODES for many in CONNECTIONS}
    for _ in range(RUNS):
        for many in CONNECTIONS:
            for mode in MODES:
                found[mode, many].append(run(day, mode, many))
    rows = [row for many in CONNECTIONS for row in _rates(found, many)]
    mine, page = found["door", 300], found["page", 300]
    p99 = Figure(
        "door", "p99 of sign-in posts at 300 connections ÷ the same page's", _ratio(mine, page, "p99"), most=2.5,
        detail=f"{_median(mine, 'p99') * 1000:.0f} / {_median(page, 'p99') * 1000:.0f} ms",
    )  # fmt: skip
    return [*rows, p99, _memory(day)]


def _rates(found: Mapping[tuple[Mode, int], list[Load]], many: int) -> list[Figure]:
    mine, page, empty = (found[mode, many] for mode in ("door", "page", "empty"))
    what = f"durable sign-ins, {many} connections"
    return [
        Figure(
            "door", f"{what} ÷ the same page without its append", _ratio(mine, page, "rate"), least=0.6,
            detail=f"{_median(mine, 'rate'):,.0f} / {_median(page, 'rate'):,.0f} a second",
        ),
        Figure(
            "door", f"{what} ÷ an empty handler", _ratio(mine, empty, "rate"), least=0.15,
            detail=f"{_median(mine, 'rate'):,.0f} / {_median(empty, 'rate'):,.0f} a second",
        ),
    ]  # fmt: skip


def _memory(day: Day) -> Figure:
    """The door as the desk starts it, after a burst of a size that no room has."""
    what = f"the door's peak memory after {BURST:,} sign-ins over 300 connections"
    with day.copied() as place:
        around = surroundings_at(place)
        # The program's own state folder goes into the copy: it must not learn of ledgers that are gone tomorrow.
        env = os.environ | {"HOME": str(place), "XDG_STATE_HOME": str(place / "state"), "XDG_DATA_HOME": str(place)}
        *program, door = door_command(around.workspace.root)
        # On a day in life the desk was there first: a copy is noticed then, and gets a name and a key of its own.
        subprocess.run([*program, "event", "list"], check=True, stdout=subprocess.DEVNULL, cwd=ROOT, env=env)
        command = [*program, door, day.event, "--host", HERE, "--port", "0"]
        with _running(command, env) as (port, process):
            came = burst(port, 300, day.form(FORMS - BURST)).count
            most = high_water(process)
    if most is None:
        return Figure("door", what, None, "MB", most=90, detail="only Linux says what another process had at most")
    return Figure("door", what, most, "MB", most=90, detail=f"{came:,} counted")


def _ratio(ours: list[Load], theirs: list[Load], name: str) -> float:
    """Median of the ratios of the runs that were made in turn."""
    ratios = [float(getattr(a, name) / getattr(b, name)) for a, b in zip(ours, theirs, strict=True)]
    return statistics.median(ratios)


def _median(ran: list[Load], name: str) -> float:
    return statistics.median(float(getattr(one, name)) for one in ran)
