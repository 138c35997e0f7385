"""`python -m bench [ROOM …]`: measure, print the table, say what does not hold."""

from __future__ import annotations

import signal
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from bench.figures import Figure, measured, show

ROOMS = (
    "search",
    "credit",
    "agreement",
    "pack",
    "tables",
    "receive",
    "refresh",
    "qr",
    "desk",
    "observe",
    "door",
    "hall",
    "ideas",
    "visit_report",
    "insights",
    "cohort",
    "agenda",
    "roll",
    "reconcile",
)


def main(rooms: list[str]) -> int:
    """Measure the rooms named, all of them unless any is; 1 when a figure is over its limit."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what was started is ended on the way out
    figures: list[Figure] = []
    for room in rooms or ROOMS:
        print(f"measuring {room} …", file=sys.stderr)
        started = time.perf_counter()
        # In a process of its own: what one room leaves behind must not be measured in the next.
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
            figures += alone.submit(measured, room).result()
        print(f"  {time.perf_counter() - started:.0f} s", file=sys.stderr)
    show(figures)
    return 0 if all(one.holds for one in figures) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
