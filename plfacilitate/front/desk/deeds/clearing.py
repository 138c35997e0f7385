"""Hours cleared from this laptop, for the writer thread.

Owns the words of the toast. What goes is a step's business (`steps.clear`).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from plfacilitate.core.report.words import count
from plfacilitate.front.desk.threads.hands import Deed, Done, Work

if TYPE_CHECKING:
    from plfacilitate.steps.clear import Chosen


def clear(chosen: Chosen, going: Collection[str]) -> Deed:
    """The hours of these events go; there is no undo."""

    def deed(work: Work) -> Done:
        from plfacilitate.steps.clear import clear as clear_now

        done = clear_now(work.ledger, work.around.workspace, work.hand, chosen, only=going)
        people = f" and {count(done.people, 'person', 'people')}" if done.people else ""
        copies = f", {count(len(done.copies), 'copy', 'copies')} deleted" if done.copies else ""
        words = (
            f"{count(done.entries, 'entry', 'entries')} of {count(len(done.events), 'event')}{people} cleared{copies}."
        )
        return Done(words, (), "", final=True)

    return deed
