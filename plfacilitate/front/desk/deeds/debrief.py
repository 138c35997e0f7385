"""What can be done at a debrief: lay the notes open, agree on an item, take that away; each for the writer thread.

Owns the words of the toasts. What an entry is worth is said elsewhere (`core.visiting.fold`).
"""

from __future__ import annotations

from collections.abc import Sequence

from plfacilitate.core.text import plain
from plfacilitate.front.desk.threads.hands import Deed, Done, Work

Value = str | int | tuple[str, ...] | None


def lay_open(event: str, stop: str, protocol: str, title: str, waits: Sequence[str]) -> Deed:
    """The notes of a stop are laid open although somebody is not done: a note says so."""

    def deed(work: Work) -> Done:
        from plfacilitate.steps.observe import lay_open as step

        draft = step(work.hand, work.visit(event), stop=stop, protocol=protocol, title=title, waits=waits)
        return Done("Laid open, and written down as a note", work.write([draft]), event)

    return deed


def agree(event: str, stop: str, protocol: str, item: str, title: str, value: Value, words: str, shown: str) -> Deed:
    """The observers agree on an item; `shown` is the value as people read it."""

    def deed(work: Work) -> Done:
        from plfacilitate.steps.observe import agree as step

        draft = step(work.hand, event, stop=stop, protocol=protocol, item=item, value=value, words=words)
        return Done(f"{plain(title)}: agreed{f' {plain(shown)}' if shown else ''}", work.write([draft]), event)

    return deed


def take_agreed_away(event: str, stop: str, protocol: str, item: str, title: str) -> Deed:
    """What was agreed on an item does not stand any more."""

    def deed(work: Work) -> Done:
        from plfacilitate.steps.observe import agree as step

        draft = step(work.hand, event, stop=stop, protocol=protocol, item=item, value=None)
        return Done(f"{plain(title)}: nothing agreed any more", work.write([draft]), event)

    return deed
