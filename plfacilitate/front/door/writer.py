"""The door's writer: many phones, one transaction.

Owns the thread that appends and how drafts are gathered into batches. Never answers before the batch is durable, and
never holds the ledger while it waits.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from plfacilitate.core.entry import Draft, Entry
from plfacilitate.core.refusal import Refused
from plfacilitate.store.ledger import Ledger, Outcome
from plfacilitate.store.search import catch_up

MOST_DRAFTS = 256  # of one batch: beyond that a commit takes longer without carrying more
GATHER_SECONDS = 0.008  # in an endless stream a batch is handed over after this
SLOW_SECONDS = 0.0015  # a batch that waited longer waited for the disk …
LOOK_BACK = 6  # … or for the interpreter, in a busy door: the disk is slow when none of the last few was quick
MOMENT_SECONDS = 0.2  # so long the room waits to be told what is being written, then it looks for itself
REST_SECONDS = 0.002  # after a slow commit: the desk gets the lock, and all phones that wait get into the next batch

log = logging.getLogger(__name__)


class Writer(Protocol):
    """What the door needs to save something."""

    @property
    def trouble(self) -> str:
        """Why phones were told last that they are not in; "" = what came last was saved."""

    @property
    def telling(self) -> bool:
        """Whether the room will be told of something new in a moment."""

    async def append(self, drafts: Sequence[Draft]) -> list[Outcome]:
        """Append and return when it is durable. Raises Refused when it could not be saved."""

    async def tidy(self) -> None:
        """Bring the search up to date."""


@dataclass(slots=True)
class _Wish:
    """Drafts of one request and who waits for them; no drafts = tidy up."""

    drafts: Sequence[Draft]
    answer: asyncio.Future[list[Outcome]]


class GroupWriter:
    """A thread with its own connection. `tell` hears of new entries, on the loop, before anybody is answered.

    Wishes are gathered on the loop and handed over when a turn of the loop brought no further one, or when there are
    enough: while the loop is busy with the next phone the thread would get the interpreter a few times a batch only.
    """

    def __init__(self, open_ledger: Callable[[], Ledger], tell: Callable[[Sequence[Entry]], None]) -> None:
        """`open_ledger` is called in the writer's thread."""
        self._open = open_ledger
        self._tell = tell
        self._batches: queue.SimpleQueue[list[_Wish] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="door-writer", daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._gathered: list[_Wish] = []
        self._waiting: deque[_Wish] = deque()  # the thread's own: handed over, not in a batch yet
        self._ended = False
        self._looked_at = 0  # how many were gathered when the loop last looked
        self._gathering_until = 0.0
        self._untold = 0  # wishes that were handed over and not answered yet …
        self._told_at = 0.0  # … since then
        self._waited: deque[float] = deque(maxlen=LOOK_BACK)
        self.trouble = ""  # set and asked on the loop

    def start(self) -> None:
        """Start the thread; call it on the loop that will wait for the answers."""
        self._loop = asyncio.get_running_loop()
        self._thread.start()

    def close(self) -> None:
        """Save what is waiting, then stop."""
        self._hand_over()
        self._batches.put(None)
        self._thread.join()

    @property
    def telling(self) -> bool:
        """Whether `tell` hears of a batch in a moment; False too where that moment lasts. Asked on the loop."""
        return self._untold > 0 and self._loop is not None and self._loop.time() - self._told_at < MOMENT_SECONDS

    async def append(self, drafts: Sequence[Draft]) -> list[Outcome]:
        """Append and return when it is durable. Raises Refused when it could not be saved."""
        loop = self._loop
        assert loop is not None, "start it first"
        answer: asyncio.Future[list[Outcome]] = loop.create_future()
        if not self._gathered:
            self._looked_at = 0
            self._gathering_until = loop.time() + GATHER_SECONDS
            loop.call_soon(self._look)
        self._gathered.append(_Wish(drafts, answer))
        return await answer

    async def tidy(self) -> None:
        """Bring the search up to date; a search that can't be written stays as it was."""
        await self.append(())

    def _look(self) -> None:
        """Hand over when nobody else came since the last look."""
        assert self._loop is not None, "start it first"
        count = len(self._gathered)
        if not count:
            return
        quiet = count == self._looked_at
        if quiet or count >= MOST_DRAFTS or self._loop.time() > self._gathering_until:
            self._hand_over()
        else:
            self._looked_at = count
            self._loop.call_soon(self._look)

    def _hand_over(self) -> None:
        if self._gathered and self._loop is not None:
            self._told_at = self._told_at if self._untold else self._loop.time()
            self._untold += len(self._gathered)
            self._batches.put(self._gathered)
            self._gathered = []

    # -- in the thread ---------------------------------------------------------------------------------------------------

    def _run(self) -> None:
        ledger: Ledger | None = None
        while wishes := self._next_batch():
            try:
                ledger = ledger or self._open()
                slow = self._work(ledger, wishes)
            except Exception as error:
                log.exception("a batch could not be saved")
                self._answer(wishes, _as_refused(error))
                slow = True
            if slow:
                time.sleep(REST_SECONDS)
        if ledger is not None:
            ledger.close()

    def _next_batch(self) -> list[_Wish]:
        """Wait for wishes, then as many of those that are there as one batch takes; none = it was the last time."""
        while not (self._ended and not self._waiting):
            try:
                handed = self._batches.get(block=not self._waiting)
            except queue.Empty:
                break
            if handed is None:
                self._ended = True
                break
            self._waiting.extend(handed)
        batch: list[_Wish] = []
        count = 0
        while self._waiting and count + len(self._waiting[0].drafts) <= max(MOST_DRAFTS, len(self._waiting[0].drafts)):
            wish = self._waiting.popleft()
            count += len(wish.drafts)
            batch.append(wish)
        return batch

    def _work(self, ledger: Ledger, wishes: Sequence[_Wish]) -> bool:
        """Save one batch and answer; True when the disk was slow."""
        drafts = [draft for wish in wishes for draft in wish.drafts]
        started = time.monotonic() - time.thread_time()  # what is left afterwards was waiting, not work
        try:
            outcomes = ledger.append(drafts)
        except Refused as no:  # a full disk, a lock held too long: none of them is in
            log.warning("%s", no)
            self._answer(wishes, no)
            return True
        except Exception:
            if len(wishes) == 1:
                raise
            for wish in wishes:  # one of them breaks the batch: it must fail alone
                self._alone(ledger, wish)
            return True
        self._waited.append(time.monotonic() - time.thread_time() - started)
        tidy = any(not wish.drafts for wish in wishes)
        if tidy:
            self._search(ledger)
        self._answer(wishes, outcomes)
        if not tidy and any(draft.kind == "person" for draft in drafts):  # nobody waits for this
            self._search(ledger)
        return min(self._waited) > SLOW_SECONDS

    def _alone(self, ledger: Ledger, wish: _Wish) -> None:
        try:
            self._answer([wish], ledger.append(wish.drafts))
        except Exception as error:
            log.exception("a draft could not be saved")
            self._answer([wish], _as_refused(error))

    def _search(self, ledger: Ledger) -> None:
        try:
            catch_up(ledger.connection)
        except Exception:
            log.exception("the search could not be brought up to date")

    def _answer(self, wishes: Sequence[_Wish], result: list[Outcome] | Refused) -> None:
        """One call into the loop for the whole batch."""
        assert self._loop is not None, "start it first"
        try:
            self._loop.call_soon_threadsafe(self._deliver, wishes, result)
        except RuntimeError:  # the loop has ended: nobody waits any more, and what is saved is saved
            return

    # -- on the loop -----------------------------------------------------------------------------------------------------

    def _deliver(self, wishes: Sequence[_Wish], result: list[Outcome] | Refused) -> None:
        assert self._loop is not None, "start it first"
        self._told_at = self._loop.time()
        self._untold -= len(wishes)
        if isinstance(result, Refused):
            self.trouble = str(result)
        else:
            if any(one.status == "new" for one in result):
                self.trouble = ""
            self._tell([one.entry for one in result if one.status == "new" and one.entry is not None])
        at = 0
        for wish in wishes:
            if wish.answer.done():
                pass
            elif isinstance(result, Refused):
                wish.answer.set_exception(Refused(result.refusal.code, **result.refusal.details))
            else:
                wish.answer.set_result(result[at : at + len(wish.drafts)])
            at += len(wish.drafts)


def _as_refused(error: Exception) -> Refused:
    return error if isinstance(error, Refused) else Refused("not-written", detail="the ledger gave no answer.")
