"""What an observer notes, seen at once and durable a moment later.

Owns the observation on the screen: all of it that is in the ledger, and on top what is on its way there. Never writes:
drafts go to the writer thread, which says what became of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from plfacilitate.core.entry import Draft, Entry, content_of, utc_text
from plfacilitate.core.refusal import Refused
from plfacilitate.core.visiting.fold import VisitFold
from plfacilitate.core.visiting.observation import Line, Observation
from plfacilitate.steps import observe
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.observe import Value

_LATER = 1 << 40  # a number after all that the ledger has given: what is on its way comes last


class Notebook:
    """One observation while it is written. Lives in the screens' thread."""

    def __init__(self, fold: VisitFold, observation: str, hand: Hand) -> None:
        """`fold` is nobody else's from now on, and knows the observation."""
        self.fold = fold
        self.hand = hand
        self.waiting: dict[str, Draft] = {}  # on its way to the disk, in the order of keys
        self._id = observation
        self._number = _LATER
        first = fold.observation(observation)
        assert first is not None, "whoever opens a notebook has looked whether there is one"
        self._seen = first
        self._device = fold.device_of(observation)

    @property
    def seen(self) -> Observation:
        """The observation as it stands, what is on its way included."""
        return self._seen

    @property
    def label(self) -> str:
        """Where it is: the room as the team calls it; "" = no stop was named."""
        visit = self.fold.visit
        return visit.place(self._seen.stop) if visit is not None and self._seen.stop else ""

    # -- what is noted -----------------------------------------------------------------------------------------------

    def laid_open(self) -> str:
        """Why nothing of it can be changed any more; "" = it can."""
        try:
            observe.check_may_change(self.fold, self._id)
        except Refused as no:
            return str(no)
        return ""

    def line(self, text: str, items: Collection[str], at: datetime, entry_id: str) -> Draft:
        """A line of the script, stamped `at`."""
        return self._take(observe.line(self.hand, self._seen, text, items=items, at=at, entry_id=entry_id))

    def reword(self, old: Line, text: str) -> Draft:
        """Other words for a line; the drafts of lines that are on their way may be reworded too. Refused: `laid-open`."""
        return self._take(observe.reword(self.hand, self._seen, old, text))

    def code(self, old: Line, items: Collection[str]) -> Draft:
        """What a line is coded to from now on. Refused: `laid-open`."""
        return self._take(observe.code(self.hand, self._seen, old, items))

    def note(self, part: str, value: Value, *, words: str = "", at: datetime | None = None) -> Draft:
        """An item is noted. Refused: `not-an-answer`, `laid-open`."""
        return self._take(observe.note(self.hand, self._seen, part, value, words=words, at=at))

    def end(self) -> Draft:
        """The observer is done. Refused: `ended-already`."""
        return self._take(observe.end(self.hand, self._seen))

    def _take(self, draft: Draft) -> Draft:
        observe.check_may_change(self.fold, self._id)
        self._number += 1
        self.waiting[draft.id] = draft
        self._apply([_as_entry(draft, self._device, self._number)])
        return draft

    # -- what became of it -------------------------------------------------------------------------------------------

    def kept(self, ids: Iterable[str]) -> None:
        """These are durable."""
        for one in ids:
            self.waiting.pop(one, None)

    def taken_back(self, undos: Iterable[Entry]) -> None:
        """Something does not count any more, or counts again; it is in the ledger."""
        self._apply(undos)

    def _apply(self, entries: Iterable[Entry]) -> None:
        self.fold.apply(entries)
        found = self.fold.observation(self._id)
        if found is not None:
            self._seen = found


def _as_entry(draft: Draft, device: str, number: int) -> Entry:
    """A draft as the entry that it is going to be; its number is not the ledger's."""
    at = utc_text(draft.happened_at)
    content = content_of(draft, at)
    return Entry(
        0, draft.id, device, number, at, draft.event, draft.kind, draft.person, draft.by, draft.means, at,
        draft.replaces, content,
    )  # fmt: skip
