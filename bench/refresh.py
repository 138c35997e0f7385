"""A refresh of the room: what it costs in a small ledger and in one of years."""

from __future__ import annotations

import statistics
import time

from bench.figures import Figure
from bench.workspace import add_event, add_marks, add_people, hand, surroundings
from plfacilitate.core.fold import EventFold
from plfacilitate.steps import capture

SMALL, LARGE = 1_000, 300_000


def figures() -> list[Figure]:
    """One arriving entry, from `data_version` to the folded picture, at 1,000 and at 300,000 entries."""
    small, large = _microseconds(SMALL), _microseconds(LARGE)
    what = f"a refresh at {LARGE:,} entries ÷ at {SMALL:,}"
    return [Figure("desk", what, large / small, most=1.2, detail=f"{large:.0f} / {small:.0f} µs")]


def _microseconds(entries: int) -> float:
    with surroundings() as around:
        ledger = around.open_ledger()
        ids = add_people(ledger, around, min(5000, entries // 4))
        event = add_event(ledger, around, ids[:100])
        add_marks(ledger, around, event, ids[:100])
        other = add_event(ledger, around, ids[:100], session=1)
        while ledger.count() < entries:
            add_marks(ledger, around, other, ids)
        reader = around.open_ledger(readonly=True)
        fold = EventFold(event)
        fold.apply(reader.entries(event=event))
        reader.data_version()
        times = []
        for place in range(400):
            ledger.append([capture.sign_in(hand(around), event, ids[place % 100])])
            started = time.perf_counter()
            reader.data_version()
            for person in fold.apply(reader.entries(event=event, since=fold.seq)):
                fold.presence(person)
            times.append(time.perf_counter() - started)
        reader.close()
        ledger.close()
    return statistics.median(times) * 1e6
