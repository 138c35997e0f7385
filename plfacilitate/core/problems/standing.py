"""What a promise has come to on a day: the one notion of it, for the bank, the cohort's board and Today.

Owns the rule. Never reads a clock: the day is given.

The last follow-up counts. One that names a day to ask again keeps the promise waiting until then; one that decides
(keep, change, drop) settles it; one that only says *tried* or *partly* leaves it at `tried`; *no* alone leaves it waiting.
A promise that was dropped and never tried is `not-kept`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from plfacilitate.core.problems.due import due_day
from plfacilitate.core.problems.values import SETTLED, WAITING, FollowUp, Promise, State

SOON = timedelta(days=7)
"""So long before its day a promise is due."""
STATE_WORDS: Mapping[State, str] = {
    "open": "open", "promised": "promised", "due": "due", "overdue": "overdue", "tried": "tried", "kept": "kept",
    "changed": "changed", "dropped": "dropped", "not-kept": "not kept",
}  # fmt: skip
_URGENT: tuple[State, ...] = (
    "overdue", "due", "promised", "tried", "changed", "kept", "dropped", "not-kept", "open",
)  # fmt: skip


class Standing(NamedTuple):
    """How a promise stands. `due` None = no day is written anywhere; `due_text` as it was typed last."""

    state: State
    due: date | None
    due_text: str
    last: FollowUp | None

    @property
    def waits(self) -> bool:
        """Nobody has said what became of it."""
        return self.state in WAITING

    @property
    def settled(self) -> bool:
        """It was decided."""
        return self.state in SETTLED


def standing(promise: Promise, today: date) -> Standing:
    """How a promise stands on a day."""
    due, text = due_day(promise.due, promise.day), promise.due
    for one in promise.followed:
        if one.due:
            due, text = due_day(one.due, one.day), one.due
    last = promise.followed[-1] if promise.followed else None
    return Standing(_state(last, due, today), due, text, last)


def _state(last: FollowUp | None, due: date | None, today: date) -> State:
    if last is None or (last.due and last.then != "drop"):
        return _waits(due, today)
    if last.then == "drop":
        return "not-kept" if last.tried == "no" else "dropped"
    if last.then:
        return "kept" if last.then == "keep" else "changed"
    return _waits(due, today) if last.tried == "no" else "tried"


def _waits(due: date | None, today: date) -> State:
    if due is None or due > today + SOON:
        return "promised"
    return "overdue" if due < today else "due"


def most_urgent(states: Iterable[State]) -> State:
    """Of several promises the one that somebody has to look at first; `open` where there is none."""
    return min(states, key=_URGENT.index, default="open")
