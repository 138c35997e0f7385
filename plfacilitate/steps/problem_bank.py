"""The problem bank read out of the ledger: every problem of practice of all events, and what became of it.

Owns which entries that takes, and that a second look costs only what is new. Never writes (`steps.problems`).

For screens: `read_bank(ledger, today)` once, or a `ProblemReader` that is kept and refreshed; `find_problem` by a few
letters of an id; `read_story(ledger, bank, row)` for one problem with its ideas, dots and history.
"""

from __future__ import annotations

from datetime import date

from plfacilitate.core.cohort.fold import CohortFold
from plfacilitate.core.cohort.goals import pointed_at
from plfacilitate.core.entry import EVENT_KINDS, Entry
from plfacilitate.core.popup.fold import POPUP_KINDS, PopupFold
from plfacilitate.core.problems.bank import Bank, Row, bank
from plfacilitate.core.problems.fold import PROBLEM_KINDS, Occasion, ProblemFold
from plfacilitate.core.problems.story import Story, story
from plfacilitate.core.problems.values import BankProblem, Promise
from plfacilitate.core.refusal import Refused
from plfacilitate.core.scheduled import event_of
from plfacilitate.core.text import plain
from plfacilitate.store.ledger import Ledger

LEAST_OF_ID = 4
"""Letters of an id from which on its beginning is enough."""
_KINDS = PROBLEM_KINDS | set(EVENT_KINDS)
_GOAL_KINDS = frozenset({"cohort-planned", "school-joined", "goal", "pointed", "undo", "erased"})


class ProblemReader:
    """All problems of one ledger. Call `refresh`, then ask for the bank of a day."""

    def __init__(self) -> None:
        """Nothing was read yet."""
        self.seq = 0  # the newest entry that was looked at
        self._fold = ProblemFold()
        self._occasions: dict[str, Occasion] = {}
        self._problems: tuple[BankProblem, ...] | None = None

    def refresh(self, ledger: Ledger) -> bool:
        """Read what is new; True when the bank may look different now."""
        head = ledger.head_seq()
        if head == self.seq:
            return False
        new = list(ledger.entries(since=self.seq, kinds=_KINDS))
        return self.take(ledger, new, head)

    def take(self, ledger: Ledger, new: list[Entry], head: int) -> bool:
        """The same with entries that somebody else has read; `head` = up to where."""
        before = self._fold.events
        changed = self._fold.apply(new)
        moved = {str(one.event) for one in new if one.event and one.kind in EVENT_KINDS} & self._fold.events
        for event in (self._fold.events - before) | moved:
            found = event_of(ledger.entries(event=event, kinds=EVENT_KINDS))
            if found is not None:
                self._occasions[event] = Occasion(found.title, found.day)
        self.seq = max([head, *(entry.seq for entry in new[-1:])])
        if changed or moved:
            self._problems = None
        return changed or bool(moved)

    @property
    def problems(self) -> tuple[BankProblem, ...]:
        """All problems, the oldest first; the same object as long as nothing changed."""
        if self._problems is None:
            self._problems = self._fold.problems(self._occasions)
        return self._problems

    def newest(self, row: Row) -> list[Entry]:
        """What was written in the bank of a problem and stands, the newest first."""
        return self._fold.newest({row.problem.id, *(one.id for one in row.problem.promises)})

    def bank(self, today: date) -> Bank:
        """The bank on a day."""
        return bank(self.problems, today)

    @property
    def promises(self) -> tuple[Promise, ...]:
        """All promises, with what was heard of them since."""
        return tuple(each for one in self.problems for each in one.promises)


def read_bank(ledger: Ledger, today: date) -> Bank:
    """The bank as the ledger has it now, on a day."""
    reader = ProblemReader()
    reader.refresh(ledger)
    return reader.bank(today)


def find_problem(found: Bank, name: str) -> Row:
    """A problem by its id, or the beginning of it or of one of its promises'. Refused: `problem-unknown`."""
    rows = [row for row in found.rows if len(name) >= LEAST_OF_ID and any(one.startswith(name) for one in _ids(row))]
    exact = [row for row in rows if name in _ids(row)]
    if len(exact or rows) != 1:
        raise Refused("problem-unknown", problem=plain(name), count=len(found.rows))
    return (exact or rows)[0]


def _ids(row: Row) -> set[str]:
    return {row.problem.id, *(one.id for one in row.problem.promises), *(one.entry for one in row.problem.promises)}


def read_story(ledger: Ledger, found: Bank, row: Row) -> Story:
    """A problem with its ideas, its dots and all that came before and after."""
    event, at_work = row.problem.event, None
    if row.problem.source != "led":
        fold = PopupFold(event)
        fold.apply(ledger.entries(event=event, outside=event is None, kinds=POPUP_KINDS))
        at_work = next((one for one in fold.picture().problems if one.root == row.problem.id), None)
    return story(found, row, at_work, _goals(ledger, _ids(row)))


def _goals(ledger: Ledger, ids: set[str]) -> tuple[str, ...]:
    fold = CohortFold()
    fold.apply(ledger.entries(outside=True, kinds=_GOAL_KINDS))  # not every undo of every event: asked at each line
    return pointed_at(fold.cohorts.values(), ids)
