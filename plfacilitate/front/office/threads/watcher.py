"""The watcher: a place where bundles arrive is looked at again and again, and what comes is taken in.

Owns the pauses, when it stops, and what it last said. A place or a register that is away is waited for. What is a bundle
there and what becomes of it is `office.watching`'s and `office.receive`'s business.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message

from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import plain
from plfacilitate.front.office.threads.hands import PASSING
from plfacilitate.front.office.threads.messages import WatchedPlace, unforeseen
from plfacilitate.front.office.threads.work import Stopped
from plfacilitate.store.register.engine import Raced
from plfacilitate.store.surroundings import Surroundings

if TYPE_CHECKING:
    from plfacilitate.office.receive import Answer

EVERY_SECONDS = 5.0
_GONE = frozenset({"not-sent", "place-not-seen"}) | PASSING


class Watcher:
    """One place. `words` = what goes on there, `wrong` = it can't be looked at now; `on` False = it was stopped.

    `answers` = what became of what came while this screen was open, by bundle.
    """

    def __init__(self, around: Surroundings, url: str, place: str, every: float = EVERY_SECONDS) -> None:
        """Nothing is looked at before `start`."""
        self._around, self._url, self.place, self._every = around, url, plain(place), every
        self._address = place
        self._off, self._woken, self._ended = threading.Event(), threading.Event(), threading.Event()
        self._post: Callable[[Message], object] = lambda message: None
        self._thread = threading.Thread(target=self._run, name="watcher", daemon=True)
        self.words = ""
        self.wrong = False
        self.taken = 0
        self.answers: dict[str, Answer] = {}

    @property
    def on(self) -> bool:
        """Whether the place is watched."""
        return not self._off.is_set()

    def start(self, post: Callable[[Message], object]) -> None:
        """Begin."""
        self._post = post
        self._thread.start()

    def turn(self) -> None:
        """Stop after the bundle that is being taken in, or go on."""
        if self._off.is_set():
            self._off.clear()
        else:
            self._off.set()
        self._woken.set()

    def stop(self) -> None:
        """End."""
        self._ended.set()
        self._off.set()
        self._woken.set()

    def _run(self) -> None:
        from plfacilitate.courier.patience import pause_after
        from plfacilitate.office.own_key import key_folder
        from plfacilitate.office.receive import answering
        from plfacilitate.office.watching import Watch
        from plfacilitate.steps.sending import access_of

        around, keys = self._around, self._around.workspace.keys
        here = Watch(
            self._address,
            self._take,
            lambda: answering(self._url, keys, around.chance),
            key_folder(self._url, keys).with_name("inbox"),
            access_of(around),
        )
        tried = 0
        while not self._ended.is_set():
            self._woken.clear()
            if self._off.is_set():
                self._say("stopped")
                self._woken.wait()
                continue
            seconds = self._every
            try:
                self._count(here.look())
                tried = 0
            except Stopped:
                continue
            except (Refused, Raced) as no:
                if isinstance(no, Refused) and no.refusal.code not in _GONE:
                    self._off.set()
                tried += 1
                seconds = min(pause_after(tried, self._around.chance), 60.0)
                self._say(str(no), wrong=True)
                if self._off.is_set():
                    self._woken.wait()
                    continue
            except Exception as error:  # noqa: BLE001 (said, and watching stops until somebody goes on)
                self._off.set()
                self._say(unforeseen(error), wrong=True)
                self._woken.wait()
                continue
            self._woken.wait(seconds)

    def _count(self, answers: Sequence[Answer]) -> None:
        self.taken += sum(one.verdict == "accepted" for one in answers)
        self.answers |= {one.bundle: one for one in answers if one.bundle}
        self._say("watched", again=bool(answers))

    def _take(self, files: Sequence[Path]) -> list[Answer]:
        from plfacilitate.office.receive import receive

        return receive(
            self._url,
            files,
            clock=self._around.clock,
            chance=self._around.chance,
            office=self._around.by,
            keys=self._around.workspace.keys,
            progress=self._progress,
        )

    def _progress(self, words: str) -> None:
        if self._off.is_set():
            raise Stopped
        self._say(plain(words))

    def _say(self, words: str, *, wrong: bool = False, again: bool = False) -> None:
        if again or (words, wrong) != (self.words, self.wrong):
            self.words, self.wrong = words, wrong
            self._post(WatchedPlace())
