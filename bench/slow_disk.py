"""The door on a disk whose every fsync takes 5 ms longer: a fast disk would let naive code pass unnoticed.

Owns the shim that makes it slow (Linux only) and what stands beside the door: one commit a row, one fsync, and a desk
that signs people in meanwhile.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.figures import ROOT, Figure, percentile
from bench.load import Load
from bench.prepared import Day

MICROSECONDS = 5000
SECONDS = 5.0
RUNS = 3
DESK_EVERY = 0.1
SOURCE = Path(__file__).with_name("slowsync.c")

RunDoor = Callable[[Day, Path, int, float, Mapping[str, str]], Load]


@dataclass(frozen=True, slots=True)
class Slow:
    """One run. `rows` = one commit a row, a second; `fsync` and the desk's waits in seconds."""

    rows: float
    fsync: float
    load: Load
    desk: list[float]


def figures(day: Day, run_door: RunDoor) -> list[Figure]:
    """Rate against one commit a row, p99 and a desk's sign-in against one fsync.

    With 50 phones a batch can't be larger than 50, so the limit of the rate is for 300.
    """
    missing = why_not()
    if missing:
        return [
            Figure("door", "fsync 5 ms slower: sign-ins ÷ one commit a row", None, least=20, detail=missing),
            Figure("door", "fsync 5 ms slower: p99 ÷ one fsync", None, most=25, detail=missing),
            Figure(
                "door", "fsync 5 ms slower: a sign-in at the desk meanwhile, p95 ÷ fsync", None, most=8, detail=missing
            ),
        ]
    with shim() as more:
        found = {many: [_run(day, run_door, many, more) for _ in range(RUNS)] for many in (50, 300)}
    return [row for many in found for row in _rows(many, found[many])]


def _rows(many: int, ran: list[Slow]) -> list[Figure]:
    desk = percentile([wait for one in ran for wait in one.desk], 95)
    fsync = statistics.median(one.fsync for one in ran)
    rate, p99 = (statistics.median(getattr(one.load, name) for one in ran) for name in ("rate", "p99"))
    where = f"fsync 5 ms slower, {many} connections"
    return [
        Figure(
            "door", f"{where}: sign-ins ÷ one commit a row", statistics.median(one.load.rate / one.rows for one in ran),
            least=20 if many == 300 else None, detail=f"{rate:,.0f} / {statistics.median(one.rows for one in ran):,.0f} a second",
        ),
        Figure(
            "door", f"{where}: p99 ÷ one fsync", statistics.median(one.load.p99 / one.fsync for one in ran), most=25,
            detail=f"{p99 * 1000:.0f} / {fsync * 1000:.1f} ms",
        ),
        Figure(
            "door", f"{where}: a desk's sign-in meanwhile, p95 ÷ fsync", desk / fsync, most=8,
            detail=f"{desk * 1000:.0f} / {fsync * 1000:.1f} ms, {sum(len(one.desk) for one in ran)} of them",
        ),
    ]  # fmt: skip


def _run(day: Day, run_door: RunDoor, many: int, more: Mapping[str, str]) -> Slow:
    with day.copied() as place:
        alone = json.loads(_python(more, "alone", str(place)).communicate(timeout=60)[0])
        people = place / "aside.json"
        people.write_text(json.dumps(day.aside))
        desk = _python(more, "desk", str(place), day.event, str(people))
        try:
            found = run_door(day, place, many, SECONDS, more)
        finally:
            told = desk.communicate("stop\n", timeout=60)[0]
    return Slow(alone["rows"], alone["fsync"], found, json.loads(told))


def _python(more: Mapping[str, str], *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "bench.slow_disk", *arguments],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ, **more},
    )  # fmt: skip


# -- the shim ----------------------------------------------------------------------------------------------------------


def why_not() -> str:
    """Why there is no slow disk here; "" = there is."""
    if sys.platform != "linux":
        return "the shim is for Linux"
    return "" if shutil.which("cc") else "no C compiler (cc) to build the shim with"


@contextlib.contextmanager
def shim() -> Iterator[dict[str, str]]:
    """The environment in which a process finds the disk slow."""
    with tempfile.TemporaryDirectory(prefix="plf-bench-") as folder:
        library = Path(folder) / "slowsync.so"
        subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", str(library), str(SOURCE), "-ldl"], check=True)
        yield {"LD_PRELOAD": str(library), "SLOW_MICROSECONDS": str(MICROSECONDS)}


# -- in processes of their own, with the shim --------------------------------------------------------------------------


def alone(place: Path) -> dict[str, float]:
    """One fsync, and plain sqlite3 with one commit a row, with nobody else about."""
    times = []
    with (place / "fsync").open("wb", buffering=0) as file:
        for _ in range(60):
            file.write(bytes(4096))
            started = time.perf_counter()
            os.fsync(file.fileno())
            times.append(time.perf_counter() - started)
    db = sqlite3.connect(place / "rows.db", isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("CREATE TABLE plain (id INTEGER PRIMARY KEY, text TEXT)")
    started = time.perf_counter()
    for _ in range(200):
        db.execute("INSERT INTO plain (text) VALUES (?)", ("x" * 400,))
    rows = 200 / (time.perf_counter() - started)
    db.close()
    return {"fsync": statistics.median(times), "rows": rows}


def desk(place: Path, event: str, people: list[str]) -> list[float]:
    """Sign somebody in ten times a second until a word comes on stdin; how long each took."""
    from threading import Event, Thread

    from bench.door_server import surroundings_at
    from plfacilitate.steps import capture
    from plfacilitate.steps.capture import Hand

    around = surroundings_at(place)
    stop, times = Event(), list[float]()

    def listen() -> None:
        sys.stdin.readline()
        stop.set()

    Thread(target=listen, daemon=True).start()
    ledger = around.open_ledger()
    hand = Hand("bench", "facilitator", around.clock, around.chance)
    for person in people:
        if stop.wait(DESK_EVERY):
            break
        started = time.perf_counter()
        ledger.append([capture.sign_in(hand, event, person)])
        times.append(time.perf_counter() - started)
    ledger.close()
    return times


if __name__ == "__main__":
    what, folder, *rest = sys.argv[1:]
    answer = (
        alone(Path(folder)) if what == "alone" else desk(Path(folder), rest[0], json.loads(Path(rest[1]).read_text()))
    )
    print(json.dumps(answer))
