"""Names out of a visit's notes: looked for and taken out, one function each for the writer thread.

Owns the words of the toasts. What is a name and what is erased is a step's business (`steps.unname`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from plfacilitate.core.noting.unnamed import Unnamed
from plfacilitate.front.desk.threads.hands import Deed, Done, Work


def look(event: str, answer: Callable[[Sequence[Unnamed]], object]) -> Deed:
    """Give the names that were found to `answer`, in the writer's thread; nothing is written."""

    def deed(work: Work) -> Done:
        from plfacilitate.steps.unname import names_noted

        answer(names_noted(work.ledger, work.visit(event), by=work.around.by))
        return Done("")

    return deed


def take_out(event: str, changes: Mapping[str, str]) -> Deed:
    """Other words stand in place of the names, and what stood there is gone; there is no undo."""

    def deed(work: Work) -> Done:
        from plfacilitate.steps.unname import take_names_out

        taken = take_names_out(work.ledger, work.around.workspace, work.hand, event, changes)
        names = "1 name" if len(changes) == 1 else f"{len(changes)} names"
        again = " Pack and write the report again: what lay there is deleted." if taken.copies else ""
        again += " Who answered is kept: a name stands still there." if "observation-started" in taken.left else ""
        return Done(f"{names} taken out of {taken.anew} texts for good.{again}", (), event, final=True)

    return deed
