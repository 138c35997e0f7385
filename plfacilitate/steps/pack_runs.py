"""What led protocols add to the programme parcel: their tables, as far as there is anything in them.

Owns which tables there are. Never packs by itself (`steps.pack`), and never adds an empty table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from plfacilitate.core.plan import Event
from plfacilitate.core.running import tables
from plfacilitate.core.running.run import Run
from plfacilitate.shelf.datapackage import Part, described_part


def run_parts(runs: Sequence[Run], event: Event, now: datetime) -> Iterator[Part]:
    """The tables of the protocols that were led; none where none was."""
    zone = event.zone
    for name, title, columns, rows in (
        ("runs", "Protocols that were led", tables.RUNS, tables.run_rows(runs, zone)),
        ("steps", "How long each group was at each step", tables.STEPS, tables.step_rows(runs, zone, now)),
        ("captures", "Lines written down at the steps", tables.CAPTURES, tables.capture_rows(runs, zone)),
    ):
        known = list(rows)
        if known:
            yield described_part(f"{name}.csv", title, columns, known)
