"""Bundles taken into a register: against a COPY or an executemany of the same rows, and how the cost grows.

What is timed is what `office receive` does with a bundle until it is on the disk: every byte compared with what was signed,
envelopes, contents and chains proved, laid down, committed. The other side lays the finished rows of `entry` and `content`
into tables with the same primary key and proves nothing.
"""

from __future__ import annotations

import hashlib
import math
import os
import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

import psycopg

from bench.bundles import made
from bench.figures import Figure, peak_memory, seconds
from plfacilitate.seal.keys import verify
from plfacilitate.shelf.bundle import read_bundle
from plfacilitate.store.register import Arrival, Register, Taken, open_register
from tests.postgres import binaries, durable

ENTRIES = 100_000
# One bundle after the other into one register. The whole of it: PLFACILITATE_BENCH_ENTRIES=3000000, some twenty minutes
# and 20 GB of disk.
GROWN = int(os.environ.get("PLFACILITATE_BENCH_ENTRIES", "400000"))
STEP = 50_000
RUNS = 3
_TABLES = ("entry", "content")
_CODE = """
import sys
from bench.receive import receive_again
receive_again(sys.argv[1], sys.argv[2])
"""


def figures() -> list[Figure]:
    """Both engines, unless there is no PostgreSQL here."""
    with tempfile.TemporaryDirectory(prefix="plf-bench-", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        bundle = made(place, "laptop", ENTRIES)
        anew = made(place, "laptop", ENTRIES, name="packed-anew")
        return [*_of_sqlite(place, bundle, anew), *_of_postgres(bundle, anew), *_growth(place)]


# -- one bundle ------------------------------------------------------------------------------------------------------


def _of_sqlite(place: Path, bundle: Path, anew: Path) -> list[Figure]:
    taken, plain, again, other = list[float](), list[float](), list[float](), list[float]()
    for run in range(RUNS):
        file = place / f"register-{run}.db"
        with _opened(f"sqlite:///{file}") as register:
            taken.append(seconds(partial(_receive, register, bundle)))
            plain.append(_executemany(file, place / f"plain-{run}.db"))
            again.append(seconds(partial(_receive, register, bundle)))
            other.append(seconds(partial(_receive, register, anew)))
    detail = f"{_rows(taken)} / {_rows(plain)} entries/s"
    return [
        Figure(
            "receive",
            "SQLite: a bundle ÷ bare executemany of its rows",
            _speed(plain, taken),
            least=0.25,
            detail=detail,
        ),
        *_replayed("SQLite", plain, again, other, least=0.5),
        _memory(place),
    ]


def _of_postgres(bundle: Path, anew: Path) -> list[Figure]:
    if binaries() is None:
        return [Figure("receive", "PostgreSQL", None, detail="no PostgreSQL here")]
    taken, plain, again, other = list[float](), list[float](), list[float](), list[float]()
    with durable() as server:
        for _ in range(RUNS):
            url = server.database()
            with _opened(url) as register:
                taken.append(seconds(partial(_receive, register, bundle)))
                plain.append(_copy(url))
                again.append(seconds(partial(_receive, register, bundle)))
                other.append(seconds(partial(_receive, register, anew)))
    detail = f"{_rows(taken)} / {_rows(plain)} entries/s"
    return [
        Figure("receive", "PostgreSQL: a bundle ÷ COPY of its rows", _speed(plain, taken), least=0.25, detail=detail),
        *_replayed("PostgreSQL", plain, again, other, least=0.5),
    ]


def _replayed(engine: str, plain: list[float], again: list[float], other: list[float], least: float) -> list[Figure]:
    return [
        Figure(
            "receive",
            f"{engine}: the same bundle again",
            _speed(plain, again),
            least=least,
            detail=f"{_rows(again)} entries/s",
        ),
        Figure(
            "receive",
            f"{engine}: its entries in another bundle",
            _speed(plain, other),
            detail=f"{_rows(other)} entries/s",
        ),
    ]


def _memory(place: Path) -> Figure:
    small, large = (made(place, f"laptop-{size}", size) for size in (ENTRIES // 2, ENTRIES * 2))
    of = [peak_memory(_CODE, f"sqlite:///{place / one.stem}.db", str(one)) for one in (small, large)]
    return Figure(
        "receive", f"peak memory, {ENTRIES * 2:,} entries ÷ {ENTRIES // 2:,}", of[1] / of[0], most=1.2,
        detail=f"{of[1]:.0f} / {of[0]:.0f} MB",
    )  # fmt: skip


def receive_again(url: str, bundle: str) -> None:
    """One bundle in a fresh process, for its memory."""
    with _opened(url) as register:
        _receive(register, Path(bundle))
    sys.stdout.flush()


def _receive(register: Register, path: Path) -> Taken:
    bundle = read_bundle(path, verify=verify)
    label = bundle.manifest.label
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    covers = {device: (one.first, one.last, one.digest) for device, one in label.covers.items()}
    arrival = Arrival(label.bundle, sha256, path, label.device, label.parcel, "2026", "2026", covers)
    taken = register.take(arrival, bundle.entries)
    assert taken.verdict in ("accepted", "already-here"), taken.reason
    return taken


def _executemany(register: Path, target: Path) -> float:
    """Lay the rows of a register into another file, in one transaction."""
    source, plain = sqlite3.connect(register), sqlite3.connect(target, isolation_level=None)
    plain.execute("PRAGMA journal_mode = WAL")
    plain.execute("PRAGMA synchronous = FULL")
    rows = {}
    for table in _TABLES:
        rows[table] = source.execute(f"SELECT * FROM {table}").fetchall()
        (shape,) = source.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
        plain.execute(shape)

    def work() -> None:
        plain.execute("BEGIN IMMEDIATE")
        for table, all_of_it in rows.items():
            plain.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(all_of_it[0]))})", all_of_it)
        plain.execute("COMMIT")

    took = seconds(work)
    plain.close()
    source.close()
    return took


def _copy(url: str) -> float:
    """COPY the rows of a register, as the bytes that the server itself writes, into empty tables of the same key."""
    with psycopg.connect(url, autocommit=True) as db:
        db.execute("CREATE SCHEMA plain")
        data = {}
        for table in _TABLES:
            db.execute(f"CREATE TABLE plain.{table} (LIKE plfacilitate.{table}, PRIMARY KEY (event, id))".encode())
            with db.cursor().copy(f"COPY plfacilitate.{table} TO STDOUT (FORMAT binary)".encode()) as copy:
                data[table] = b"".join(map(bytes, copy))

        def work() -> None:
            with db.transaction():
                for table in _TABLES:
                    with db.cursor().copy(f"COPY plain.{table} FROM STDIN (FORMAT binary)".encode()) as copy:
                        copy.write(data[table])

        took = seconds(work)
        db.execute("DROP SCHEMA plain CASCADE")
    return took


# -- many bundles ------------------------------------------------------------------------------------------------------


def _growth(place: Path) -> list[Figure]:
    found = [_grown(place, "SQLite", f"sqlite:///{place / 'grown.db'}", partial(_empty, place))]
    if binaries() is not None:
        with durable() as server:
            found.append(_grown(place, "PostgreSQL", server.database(), server.lent))
    return found


def _grown(place: Path, engine: str, url: str, empty: Callable[[], AbstractContextManager[str]]) -> Figure:
    """Take bundle after bundle and fit cost = entries ^ exponent to the sums from 100,000 on.

    Each bundle goes into an empty register too, right before or after, and costs as many times what it costs there: what
    else a machine does in these minutes grows or shrinks, and is none of the register's cost.
    """
    spent, cost, sums = 0.0, 0.0, list[tuple[int, float]]()
    with _opened(url) as register:
        for number in range(GROWN // STEP):
            path = place / f"grown-{number}.zip"
            if not path.exists():
                made(place, path.stem, STEP)
            with empty() as other, _opened(other) as small:
                turns = (register, small) if number % 2 else (small, register)
                took = {one: seconds(partial(_receive, one, path)) for one in turns}
            spent += took[register]
            cost += took[register] / took[small]
            sums.append(((number + 1) * STEP, cost))
    points = [(math.log(entries), math.log(total)) for entries, total in sums if entries >= 100_000]
    exponent = statistics.linear_regression([x for x, _ in points], [y for _, y in points]).slope
    return Figure(
        "receive", f"{engine}: exponent of the cost, 100,000 to {GROWN:,} entries", exponent, unit="",
        most=1.1, detail=f"{GROWN / spent:,.0f} entries/s",
    )  # fmt: skip


@contextmanager
def _empty(place: Path) -> Iterator[str]:
    """The address of a register that goes away again."""
    yield f"sqlite:///{place / 'empty.db'}"
    for file in place.glob("empty.db*"):
        file.unlink()


@contextmanager
def _opened(url: str) -> Iterator[Register]:
    register = open_register(url, os.urandom)
    yield register
    register.close()


def _speed(plain: list[float], ours: list[float]) -> float:
    """Median of how fast ours is beside the plain way, run by run."""
    return statistics.median(theirs / mine for theirs, mine in zip(plain, ours, strict=True))


def _rows(times: list[float]) -> str:
    return f"{ENTRIES / statistics.median(times):,.0f}"
