"""Packing: time against a plain dump of the same rows, memory at two sizes.

`PLFACILITATE_BENCH_PACKED=1000000 python -m bench pack` packs a million entries: about five minutes and 4 GB of disk.
"""

from __future__ import annotations

import csv
import os
import sys
from pathlib import Path

from bench.figures import Figure, paired, peak_memory
from bench.workspace import add_event, add_marks, add_people, hand, now, surroundings
from plfacilitate.seal.keys import load_or_make
from plfacilitate.steps.approve import approve
from plfacilitate.steps.events import close_event, read_event
from plfacilitate.steps.pack import pack
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.surroundings import Surroundings
from plfacilitate.store.workspace import Workspace

SMALL, LARGE = 10_000, int(os.environ.get("PLFACILITATE_BENCH_PACKED", "100000"))
TOGETHER = 200  # people at the event that is packed

_CODE = """
import sys
from bench.pack import pack_again
pack_again(sys.argv[1], sys.argv[2])
"""
_CODE_OF_TYPESETTER = (
    _CODE
    + """
import resource
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6)
sys.exit()
"""
)


def figures() -> list[Figure]:
    """So many entries: packed, and written plainly with sqlite3 and csv; peak memory, and that of 10,000."""
    with surroundings() as around:
        event = _filled(around, LARGE)
        ledger = around.open_ledger()
        target = around.workspace.root / "plain"
        target.mkdir()
        ratio, mine, plain = paired(
            lambda: _pack(around, ledger, event), lambda: _dump(ledger, target), runs=3 if LARGE <= 100_000 else 1
        )
        ledger.close()
        large = peak_memory(_CODE, str(around.workspace.root.parent), event)
    with surroundings() as around:
        event = _filled(around, SMALL)
        small = peak_memory(_CODE, str(around.workspace.root.parent), event)
        typesetter = _of_typesetter(str(around.workspace.root.parent), event)
    return [
        Figure(
            "pack", f"pack of {LARGE:,} entries ÷ sqlite3 + csv writing the same rows", ratio, most=4,
            detail=f"{mine:.2f} / {plain:.2f} s",
        ),
        Figure("pack", f"peak memory of {LARGE:,} entries", large, unit="MB", most=80),
        Figure(
            "pack", f"peak memory of the typesetter, a process of its own: a sheet of {TOGETHER} people", typesetter,
            unit="MB", detail="" if typesetter is not None else "not told here",
        ),
        Figure(
            "pack", f"peak memory, {LARGE:,} entries ÷ {SMALL:,}", large / small, most=1.2,
            detail=f"{large:.0f} / {small:.0f} MB",
        ),
    ]  # fmt: skip


def _of_typesetter(place: str, event: str) -> float | None:
    """MB that the one process which a pack starts needs at most; None where the system does not say it."""
    return None if sys.platform == "win32" else peak_memory(_CODE_OF_TYPESETTER, place, event)


def _filled(around: Surroundings, entries: int) -> str:
    """A ledger of that many entries: one closed and approved event of 200 people, the rest of other days."""
    ledger = around.open_ledger()
    ids = add_people(ledger, around, TOGETHER)
    event = add_event(ledger, around, ids)
    add_marks(ledger, around, event, ids)
    other = add_event(ledger, around, ids, plan="pspl-institute")
    while ledger.count() < entries - 600:
        add_marks(ledger, around, other, ids * 3)
    close_event(ledger, hand(around), read_event(ledger, event))
    approve(ledger, hand(around), event)
    ledger.close()
    return event


def _pack(around: Surroundings, ledger: Ledger, event: str) -> None:
    key = load_or_make(around.workspace.keys, ledger.device, around.chance)
    for path in pack(ledger, around.workspace, hand(around), key, event, everything=True).files:
        path.unlink()


def _dump(ledger: Ledger, target: Path) -> None:
    """The same rows twice, as the two parcels hold them, plainly."""
    for name in ("hours.csv", "programme.csv"):
        with (target / name).open("w", encoding="utf-8", newline="") as file:
            rows = ledger.connection.execute(
                "SELECT e.envelope, c.salt, c.content FROM entry e LEFT JOIN content c ON c.entry = e.seq ORDER BY e.seq"
            )
            csv.writer(file).writerows(rows)
            file.flush()
            os.fsync(file.fileno())


def pack_again(folder: str, event: str) -> None:
    """One pack in a fresh process, for its memory."""
    place = Path(folder)
    around = Surroundings(
        Workspace(place / "workspace"), now, os.urandom, "bench", "bench", place / "state", "America/Los_Angeles"
    )
    ledger = around.open_ledger()
    _pack(around, ledger, event)
    ledger.close()
    sys.stdout.flush()
