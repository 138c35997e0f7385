"""A figure of the bench: what was measured, beside what, and how that compares with the limit."""

from __future__ import annotations

import gc
import importlib
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the table. `value` is a ratio or an amount in `unit`; `most` / `least` is the limit, None = no such.

    `detail` holds the plain numbers that a ratio was made of. `value` None = not measured here, and `detail` says why.
    """

    room: str
    what: str
    value: float | None
    unit: str = "×"
    most: float | None = None
    least: float | None = None
    detail: str = ""

    @property
    def holds(self) -> bool:
        """Within its limit, or not measured here."""
        if self.value is None:
            return True
        return (self.most is None or self.value <= self.most) and (self.least is None or self.value >= self.least)

    @property
    def limit(self) -> str:
        """The limit as the table shows it."""
        if self.most is not None:
            return f"≤ {self.most:g}"
        return f"≥ {self.least:g}" if self.least is not None else ""


def measured(room: str) -> list[Figure]:
    """Measure one room."""
    found: list[Figure] = importlib.import_module(f"bench.{room}").figures()
    return found


def seconds(work: Callable[[], object]) -> float:
    """How long it takes once, the garbage of others not counted."""
    gc.collect()
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def paired(ours: Callable[[], object], theirs: Callable[[], object], runs: int = 5) -> tuple[float, float, float]:
    """Median of the ratios ours / theirs, run in turn after one warm-up, and both medians in seconds."""
    ours(), theirs()
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(runs)]
    ratio = statistics.median(a / b for a, b in pairs)
    return ratio, statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def percentile(values: Iterable[float], percent: int) -> float:
    """A percentile of measured values."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def peak_memory(code: str, *arguments: str) -> float:
    """MB that a fresh process needs at most to run this code (its resident high-water mark)."""
    tail = "\nfrom bench.figures import own_high_water\nprint(own_high_water())"
    run = subprocess.run(
        [sys.executable, "-c", code + tail, *arguments], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return float(run.stdout.split()[-1])


def high_water(process: int | str = "self") -> float | None:
    """MB of memory that a process has had at most; None where the system does not say it of others."""
    status = Path(f"/proc/{process}/status")
    return int(status.read_text().partition("VmHWM:")[2].split()[0]) * 1024 / 1e6 if status.exists() else None


def own_high_water() -> float:
    """MB of memory that this process has had at most."""
    found = high_water()  # first: what getrusage says of a child on Linux begins with the memory of who started it
    if found is not None:
        return found
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6


def ms(*values: float) -> str:
    """Seconds as milliseconds, for a detail."""
    return " / ".join(f"{value * 1000:.3g}" for value in values) + " ms"


def show(figures: Sequence[Figure]) -> None:
    """The table."""
    print(f"{'':2}{'room':<10}{'figure':<72}{'value':>9}    {'limit':<9}{'measured'}")
    for one in figures:
        mark = "–" if one.value is None else "✓" if one.holds else "✗"
        value = "" if one.value is None else f"{one.value:.3g}"
        print(f"{mark:2}{one.room:<10}{one.what:<72}{value:>9} {one.unit:<3}{one.limit:<9}{one.detail}")
