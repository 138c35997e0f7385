"""The problem bank as Today and its own screen follow it: what is promised shows at once, a crowd of phones can wait.

Owns when it is read again. Runs in the reader's thread and never writes.
"""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic

from plfacilitate.core.entry import EVENT_KINDS, Entry
from plfacilitate.core.problems.bank import Bank
from plfacilitate.core.problems.fold import PROBLEM_KINDS
from plfacilitate.steps.problem_bank import ProblemReader
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.surroundings import Surroundings

OPEN_CALL_SECONDS = 5.0
"""So often at most while problems are brought by phone."""
_CALL = frozenset({"popup-opened", "popup-changed", "captured", "run-begun"})
_KINDS = PROBLEM_KINDS | EVENT_KINDS


class BankFollowed:
    """Every problem of practice of the workspace, as it stands today."""

    def __init__(self, ledger: Ledger, around: Surroundings, event: str) -> None:
        """Read them."""
        self._ledger, self._around = ledger, around
        self._reader = ProblemReader()
        self._reader.refresh(ledger)
        self._today = around.today
        self._waits, self._due = False, 0.0

    def take(self, new: Sequence[Entry]) -> bool:
        """What concerns problems, and nothing else, is read."""
        kinds = {str(entry.kind) for entry in new} & _KINDS
        if kinds <= _CALL:
            self._waits |= bool(kinds)
            return False
        return self._read()

    def look(self) -> bool:
        """Whether it is time to look at what phones brought, or another day has begun."""
        before, self._today = self._today, self._around.today
        return (self._waits and monotonic() >= self._due and self._read()) or before != self._today

    def _read(self) -> bool:
        self._waits, self._due = False, monotonic() + OPEN_CALL_SECONDS
        return self._reader.refresh(self._ledger)

    def picture(self) -> Bank:
        """The bank of today."""
        return self._reader.bank(self._today)
