"""Another laptop's file taken in at the desk, for the writer thread.

Owns progress and the stop. What a file brings is a step's business (`steps.intake`, `steps.arrivals`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from threading import Event as Word
from typing import TYPE_CHECKING

from plfacilitate.core.entry import Sealed
from plfacilitate.core.text import plain
from plfacilitate.front.desk.threads.hands import Deed, Done, Work

if TYPE_CHECKING:
    from plfacilitate.steps.arrivals import Arrivals

EVERY = 250  # entries between two words of progress


def receive(path: Path, progress: Callable[[str], None], stop: Word, came: Callable[[Arrivals], None]) -> Deed:
    """Take the file in, page by page; `stop` ends it behind the last page, and what is in stays in."""

    def deed(work: Work) -> Done:
        from plfacilitate.steps.arrivals import arrivals
        from plfacilitate.steps.intake import receive_file
        from plfacilitate.steps.office_keys import opened_bundle

        before = work.ledger.head_seq()

        def passing(entries: Iterable[Sealed]) -> Iterator[Sealed]:
            for number, entry in enumerate(entries):
                if stop.is_set():
                    return
                if number % EVERY == 0:
                    progress(f"taking in {plain(path.name)}: {number:,} entries")
                yield entry

        progress(f"looking at {plain(path.name)}")
        try:
            with opened_bundle(work.around, path) as inside:
                received = receive_file(work.ledger, work.hand, inside, through=passing)
            found = arrivals(work.ledger, before, received, path.name, stopped=stop.is_set())
        finally:
            progress("")
        came(found)
        return Done(f"{received.new:,} new entries from {plain(path.name)}, {received.known:,} were here already")

    return deed
