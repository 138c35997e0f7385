"""The writer thread: does what the screens ask for, one deed after another, and says what became of it.

Owns the writing connection, the list of what can be taken back, and nothing of the screen. A deed is a function that
gets the Work and gives what was Done; one transaction, so one undo.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from queue import SimpleQueue
from typing import TYPE_CHECKING, NamedTuple

from textual.message import Message

from plfacilitate.core.clearing import CLEARED_KINDS
from plfacilitate.core.entry import Draft, Entry
from plfacilitate.core.fold import EventFold
from plfacilitate.core.refusal import Refused
from plfacilitate.front.desk.painting.pictures import Scan
from plfacilitate.front.desk.threads.messages import NotWritten, Scanned, Written
from plfacilitate.steps.capture import Hand, take_back, written
from plfacilitate.steps.events import check_kept
from plfacilitate.steps.merge import merged_people
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.surroundings import Surroundings

if TYPE_CHECKING:
    from plfacilitate.core.polls.fold import PollFold
    from plfacilitate.core.popup.fold import PopupFold
    from plfacilitate.core.problems.bank import Bank
    from plfacilitate.core.running.fold import RunFold
    from plfacilitate.core.visiting.fold import VisitFold
    from plfacilitate.steps.problem_bank import ProblemReader


class Done(NamedTuple):
    """What a deed did: one sentence for the toast, and the entries that an undo would void (none = no undo).

    `scan` = it was a badge that did it. `final` = nothing that was done before can be taken back any more.
    """

    said: str
    entries: tuple[Entry, ...] = ()
    event: str = ""
    scan: Scan | None = None
    final: bool = False


class Work:
    """What a deed works with. Lives in the writer thread only."""

    def __init__(self, around: Surroundings, ledger: Ledger, hand: Hand) -> None:
        self.around = around
        self.ledger = ledger
        self.hand = hand
        self.folds: dict[str, EventFold] = {}
        self.visits: dict[str, VisitFold] = {}
        self.led: dict[str, RunFold] = {}
        self.popups: dict[str, PopupFold] = {}
        self.polls: dict[str, PollFold] = {}
        self.problems: ProblemReader | None = None

    def fold(self, event: str) -> EventFold:
        """The event as it stands this moment."""
        fold = self.folds.setdefault(event, EventFold(event))
        new = list(self.ledger.entries(since=fold.seq, event=event))
        if fold.seq and any(entry.kind == "cleared" for entry in new):
            self.folds[event] = fold = EventFold(event)  # what was cleared must not stay behind here
            new = list(self.ledger.entries(event=event))
        fold.read_as_one(merged_people(self.ledger))
        fold.apply(new)
        return fold

    def visit(self, event: str) -> VisitFold:
        """The visit as it stands this moment."""
        from plfacilitate.core.visiting.fold import VISIT_KINDS, VisitFold

        fold = self.visits.setdefault(event, VisitFold(event))
        fold.apply(self.ledger.entries(since=fold.seq, event=event, kinds=VISIT_KINDS))
        return fold

    def runs(self, event: str) -> RunFold:
        """What was led at the event, as it stands this moment."""
        from plfacilitate.core.running.fold import RUN_KINDS, RunFold

        fold = self.led.setdefault(event, RunFold(event))
        fold.apply(self.ledger.entries(since=fold.seq, event=event, kinds=RUN_KINDS))
        return fold

    def popup(self, event: str) -> PopupFold:
        """The problems of practice as they stand this moment."""
        from plfacilitate.core.popup.fold import POPUP_KINDS, PopupFold

        fold = self.popups.setdefault(event, PopupFold(event))
        fold.apply(self.ledger.entries(since=fold.seq, event=event, kinds=POPUP_KINDS))
        return fold

    def poll(self, event: str) -> PollFold:
        """The polls as they stand this moment."""
        from plfacilitate.core.polls.fold import POLL_KINDS, PollFold

        fold = self.polls.setdefault(event, PollFold(event))
        fold.apply(self.ledger.entries(since=fold.seq, event=event, kinds=POLL_KINDS))
        return fold

    def bank(self) -> Bank:
        """The problem bank as it stands this moment."""
        from plfacilitate.steps.problem_bank import ProblemReader

        self.problems = self.problems or ProblemReader()
        self.problems.refresh(self.ledger)
        return self.problems.bank(self.around.today)

    def write(self, drafts: Sequence[Draft]) -> tuple[Entry, ...]:
        """All drafts in one transaction; raises the first refusal. Refused: `event-cleared`."""
        for event in {draft.event for draft in drafts if draft.event is not None and draft.kind in CLEARED_KINDS}:
            check_kept(self.fold(event))
        return tuple(written(self.ledger.append(drafts)))


Deed = Callable[[Work], Done]


class Hands:
    """Asked from the screens' thread, works in its own."""

    def __init__(self, around: Surroundings) -> None:
        """Nothing is opened before the first deed."""
        self._around = around
        self._post: Callable[[Message], object] = lambda message: None
        self._after: Callable[[], None] = lambda: None
        self._jobs: SimpleQueue[tuple[Deed, str] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="hands", daemon=True)
        self._done: list[Done] = []
        self._taken_back: list[Done] = []

    def start(self, post: Callable[[Message], object], after: Callable[[], None]) -> None:
        """Begin to listen. `after` is called when something was written."""
        self._post, self._after = post, after
        self._thread.start()

    def do(self, deed: Deed, *, draft: str = "") -> None:
        """Do this next; answered by Written or NotWritten. `draft` names the typed text that it uses up."""
        self._jobs.put((deed, draft))

    def undo(self) -> None:
        """Take back the newest thing that was done here."""
        self._jobs.put((self._undo, ""))

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._jobs.put((self._redo, ""))

    def quietly(self, work: Callable[[], None]) -> None:
        """Run something here that is no entry and that nobody waits for."""
        self._jobs.put((lambda _: _quiet(work), ""))

    def stop(self) -> None:
        """Finish what was asked for and end."""
        self._jobs.put(None)
        if self._thread.is_alive():
            self._thread.join(timeout=15)

    # -- in the thread -----------------------------------------------------------------------------------------------

    def _run(self) -> None:
        work: Work | None = None
        while (job := self._jobs.get()) is not None:
            deed, draft = job
            try:
                work = work or self._open()
                done = deed(work)
            except Refused as refused:
                self._post(NotWritten(str(refused), draft))
                continue
            if done.entries and deed not in (self._undo, self._redo):
                self._done.append(done)
                self._taken_back.clear()
            if done.final:
                self._done.clear()
                self._taken_back.clear()
            if not done.said:
                continue
            self._post(self._told(deed, done, draft))
            self._after()
        if work is not None:
            work.ledger.close()

    def _told(self, deed: Deed, done: Done, draft: str) -> Message:
        hint = self._hint(deed, done)
        return Scanned(done.scan, hint) if done.scan is not None else Written(done.said, hint, draft, done.event)

    def _hint(self, deed: Deed, done: Done) -> str:
        """Which key goes back from here; "" = none does."""
        if deed == self._undo:
            return "U does it again"
        return "u undoes" if done.entries else ""

    def _open(self) -> Work:
        around = self._around
        around.workspace.create()
        return Work(around, around.open_ledger(), Hand(around.by, "facilitator", around.clock, around.chance))

    def _undo(self, work: Work) -> Done:
        if not self._done:
            raise Refused("nothing-to-undo")
        last = self._done.pop()
        _check(work, last)
        undone = take_back(work.ledger, work.hand, last.entries)
        self._taken_back.append(Done(last.said, tuple(undone), last.event))
        return Done(f"Taken back: {last.said}", tuple(undone), last.event)

    def _redo(self, work: Work) -> Done:
        if not self._taken_back:
            raise Refused("nothing-to-redo")
        last = self._taken_back.pop()
        _check(work, last)
        again = take_back(work.ledger, work.hand, last.entries)
        self._done.append(Done(last.said, tuple(again), last.event))
        return Done(f"Done again: {last.said}", tuple(again), last.event)


def _check(work: Work, done: Done) -> None:
    """What others were shown of a visit, or gave without a name, is not taken back. Refused: `laid-open`, `popup-given`."""
    if any(one.kind in ("popup-round", "poll-opened", "undo") for one in done.entries):
        from plfacilitate.steps.rounds import check_may_take_back as check_round

        check_round(work.ledger, done.entries)
    from plfacilitate.core.visiting.fold import OBSERVED_KINDS

    if done.event and any(one.kind in OBSERVED_KINDS or one.kind == "undo" for one in done.entries):
        from plfacilitate.steps.observe import check_may_take_back

        check_may_take_back(work.visit(done.event), done.entries)


def _quiet(work: Callable[[], None]) -> Done:
    work()
    return Done("")
