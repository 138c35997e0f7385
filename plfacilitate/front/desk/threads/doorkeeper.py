"""The door's keeper: starts the sign-in process, adopts one that runs already, starts it again when it dies.

Owns when a door runs and what the code on the wall says. It lives in a session of its own, so that it goes on when the
desk is killed; it ends by the word `stop` only. Never serves a page and never reads the ledger.
"""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from queue import Empty, SimpleQueue
from time import monotonic

from textual.message import Message

from plfacilitate.front.desk.painting.pictures import Code, Door, DoorState
from plfacilitate.front.desk.threads import door_process as process
from plfacilitate.front.desk.threads.messages import CodeShown, DoorStood
from plfacilitate.shelf.qr import modules
from plfacilitate.store.surroundings import Surroundings

TURN_SECONDS = 0.25
WATCH_SECONDS = 0.5  # the code on the wall follows the laptop into another network as soon
START_SECONDS = 20.0  # a laptop that is busy with updates takes its time
GIVE_UP = 3  # deaths within CALM_SECONDS: something is wrong that a restart does not mend
CALM_SECONDS = 60.0

Post = Callable[[Message], object]


class Doorkeeper:
    """Works in a thread of its own."""

    def __init__(
        self, around: Surroundings, *, command: Sequence[str] = (), env: Mapping[str, str] | None = None
    ) -> None:
        """`command` starts the door of the event that is put behind it; the program itself unless given."""
        self._around = around
        self._folder = around.workspace.door
        self._command = command or process.door_command(around.workspace.root)
        self._env = env
        self._post: Post = lambda message: None
        self._words: SimpleQueue[tuple[str, str]] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="doorkeeper", daemon=True)
        self._wanted = ""
        self._door: process.Running | None = None
        self._child: subprocess.Popen[bytes] | None = None
        self._deadline = 0.0
        self._deaths: list[float] = []
        self._secret: bytes | None = None
        self._shown: Code | None = None

    def start(self, post: Post) -> None:
        """Begin to look for a running door."""
        self._post = post
        self._thread.start()

    def want(self, event: str) -> None:
        """Phones shall be able to sign in to this event."""
        self._words.put(("want", event))

    def stop_door(self) -> None:
        """Phones shall not sign in any more."""
        self._words.put(("stop", ""))

    def leave(self) -> None:
        """The desk ends; the door goes on."""
        self._words.put(("leave", ""))
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    # -- in the thread -----------------------------------------------------------------------------------------------

    def _run(self) -> None:
        self._adopt_any()
        looked = monotonic()
        while True:
            try:
                word, event = self._words.get(timeout=TURN_SECONDS)
            except Empty:
                word, event = "", ""
            if word == "leave":
                process.let_go(self._child)
                return
            if word == "want":
                self._deaths.clear()
                self._wanted = event
                self._begin(event)
            elif word == "stop":
                self._stop()
            if self._door is None and self._child is not None:
                self._look_whether_it_stands()
            elif self._door is not None and monotonic() - looked >= WATCH_SECONDS:
                looked = monotonic()
                self._watch()
            self._show_code()

    def _adopt_any(self) -> None:
        """A door that goes on from before is taken over."""
        found = process.standing(self._folder, self._child)
        if found is not None:
            self._door, self._wanted = found, found.event
            self._say("adopted", "The sign-in for phones was running already and goes on.")
            self._compare("", found.trouble)
            self._show_code()

    def _begin(self, event: str) -> None:
        found = process.standing(self._folder, self._child)
        if found is not None and found.event == event:
            self._door = found
            self._say("adopted", "The sign-in for phones is running already.")
            return
        if found is not None:
            self._door = found
            self._stop()
            self._wanted = event
        self._spawn(event)
        self._say("starting", "The sign-in for phones is starting …")

    def _spawn(self, event: str) -> None:
        self._child = process.spawn([*self._command, event], self._folder, self._env)
        self._door = None
        self._deadline = monotonic() + START_SECONDS

    def _look_whether_it_stands(self) -> None:
        """After a start: wait until it answers, or say why it does not."""
        child = self._child
        assert child is not None
        if child.poll() is not None:
            self._died()
            return
        found = process.standing(self._folder, self._child)
        if found is not None and found.event == self._wanted:
            self._door = found
            again = bool(self._deaths)
            words = "The sign-in for phones had stopped and was started again." if again else "Phones can sign in now."
            self._say("restarted" if again else "open", words)
        elif monotonic() > self._deadline:
            self._child = None
            child.kill()
            self._say("failed", "The sign-in for phones does not answer: d tries again; names can be signed in with i.")

    def _watch(self) -> None:
        """While it runs: notice its end, and another address."""
        door = self._door
        assert door is not None
        if door.process is None or door.process.poll() is None:
            found = process.standing(self._folder, self._child)
            if found is not None and found.nonce == door.nonce:
                self._door = found
                self._compare(door.trouble, found.trouble)
                return
            if door.process is not None:
                return  # it lives and is only too busy to answer
        if process.ended_well(self._folder, door):
            self._forget()
            self._say("off", "The sign-in for phones has ended.")
        else:
            self._died()

    def _compare(self, before: str, now: str) -> None:
        """Say at the desk what phones are told: that the ledger takes nothing, and that it does again."""
        if now and not before:
            self._say("unsaved", f"Phones are told that they are not in. {now}")
        elif before and not now:
            self._say("open", "What phones send is saved again.")

    def _died(self) -> None:
        """Start it again and say so; after some deaths in a row only say so."""
        code = self._child.poll() if self._child is not None else None
        why = process.last_words(self._folder) if code is not None else ""
        self._forget()
        now = monotonic()
        self._deaths = [*(at for at in self._deaths if now - at < CALM_SECONDS), now]
        if not self._wanted or len(self._deaths) >= GIVE_UP:
            sentence = why or "The sign-in for phones stops again and again."
            self._say("failed", f"{sentence} d tries again; names can be signed in with i.")
            return
        self._say("starting", "The sign-in for phones had stopped: it is being started again …")
        self._spawn(self._wanted)

    def _stop(self) -> None:
        self._wanted = ""
        door = self._door
        child = self._child or (door.process if door is not None else None)
        if child is not None and child.stdin is not None:
            process.stop(child)
        elif door is not None:
            process.end(door.pid)
        self._forget()
        self._say("off", "The sign-in for phones is stopped.")

    def _forget(self) -> None:
        process.let_go(self._child)
        self._door = self._child = None

    # -- what is said ------------------------------------------------------------------------------------------------

    def _say(self, state: DoorState, sentence: str) -> None:
        self._post(DoorStood(Door(state, sentence, self._door.event if self._door is not None else self._wanted)))

    def _show_code(self) -> None:
        """Tell the code of this moment where it is another than before."""
        shown = self._code_of(self._door) if self._door is not None else None
        if shown != self._shown:
            self._shown = shown
            if shown is not None:
                modules(shown.url)  # made here, off the screen's way
            self._post(CodeShown(shown))

    def _code_of(self, door: process.Running) -> Code:
        from plfacilitate.seal.codes import code_at, pin_of, spoken_at, wall_key

        now, secret, event = self._around.clock(), self._read_secret(), door.event
        proof = "✓ A phone has come by" if door.proven else "○ Not proven: no phone has come yet by"
        return Code(
            event=event,
            url=f"{door.address}/{code_at(secret, event, now)}".upper(),  # capitals make a smaller picture
            address=door.address.partition("//")[2],
            spoken=spoken_at(secret, event, now),
            pin=pin_of(secret, event),
            kiosk=f"{door.address}/kiosk",
            wall=f"{door.address}/wall?key={wall_key(secret, event)}",
            wall_here=f"http://127.0.0.1:{door.port}/wall",  # the laptop's own way is http, whatever phones speak
            proof=f"{proof} {door.address}\n  {door.why}",
            proven=door.proven,
            reachable=door.reachable,
        )

    def _read_secret(self) -> bytes:
        if self._secret is None:
            from plfacilitate.seal.keys import load_or_make_secret

            self._secret = load_or_make_secret(self._around.workspace.keys, "door", self._around.chance)
        return self._secret
