"""Records that may be one person, decided at the desk: one function each for the writer thread.

Owns the words of the toasts. What a merge writes is a step's business (`steps.merge`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import plain
from plfacilitate.front.desk.threads.hands import Deed, Done, Work

if TYPE_CHECKING:
    from plfacilitate.core.entry import Entry
    from plfacilitate.steps.review import Pair


def merge(event: str, pairs: Sequence[Pair]) -> Deed:
    """Each of these pairs is one person from now on; all of it is one undo."""

    def deed(work: Work) -> Done:
        from plfacilitate.steps.merge import merge_people

        entries: list[Entry] = []
        for pair in pairs:
            try:
                entries += merge_people(work.ledger, work.hand, pair.stays, pair.other, reason=_reason(pair))
            except Refused as refused:
                if refused.refusal.code != "merged-already" or len(pairs) == 1:
                    raise
        said = _said(pairs[0]) if len(pairs) == 1 else f"{len(pairs)} pairs are one person each"
        return Done(said, tuple(entries), event)

    return deed


def _reason(pair: Pair) -> str:
    return f"{'walked in and is on the list' if pair.walk_in else 'listed twice'}: {pair.why}"


def _said(pair: Pair) -> str:
    one, other = plain(pair.stays.name), plain(pair.other.name)
    return f"One person now: {one}" if one == other else f"One person now: {one} and {other}"


def keep_apart(event: str, pair: Pair) -> Deed:
    """They are two people, and nobody is asked again."""

    def deed(work: Work) -> Done:
        from plfacilitate.steps.review import keep_apart as step

        entries = work.write(step(work.hand, event, pair))
        return Done(f"Two people: {plain(pair.stays.name)} and {plain(pair.other.name)}", entries, event)

    return deed
