"""The door as a process: its lock and file, its socket, how long it lives and how it is told to stop.

Owns everything between the operating system and the app. Never stops because its desk died: an end of file on stdin
means nothing, the word `stop` does.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from plfacilitate.core.entry import utc_text
from plfacilitate.core.refusal import Refused
from plfacilitate.front.door.app import door_app
from plfacilitate.front.door.footing import collect_rarely, give_way, log_to_file, loop_factory, settle
from plfacilitate.front.door.limits import Limits
from plfacilitate.front.door.listening import EVERYWHERE, PORT, Listening
from plfacilitate.front.door.network import LOOPBACK, Address, Hosts, addresses, best_of
from plfacilitate.front.door.pages import Library
from plfacilitate.front.door.passes import Passes
from plfacilitate.front.door.reception import Reception
from plfacilitate.front.door.room import Room
from plfacilitate.front.door.server import DoorServer, server_of
from plfacilitate.front.door.tickets import Gate
from plfacilitate.front.door.tls import Tls
from plfacilitate.front.door.tls import load as load_tls
from plfacilitate.front.door.told import told_to_stop
from plfacilitate.front.door.where import Whereabouts
from plfacilitate.front.door.writer import GroupWriter
from plfacilitate.seal.codes import pin_of, wall_key
from plfacilitate.seal.keys import load_or_make_secret
from plfacilitate.shelf import door_file
from plfacilitate.shelf.door_file import DoorFile
from plfacilitate.shelf.passes import PassFile
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.events import empty_box, local_time
from plfacilitate.store.ballots import box_of, cast_ballot, cast_ballots, peek
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.search import catch_up
from plfacilitate.store.surroundings import Surroundings

AFTER_END = timedelta(hours=2)
WATCH_SECONDS = 0.5
CLOSED_SECONDS = 20.0  # after the close phones still get a page that says so

_NAMED = "it was named with --host"
_NOT_YET = "the network is coming up: only this laptop reaches the door"

log = logging.getLogger("plfacilitate.front.door")


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a door is run. `names` are further Host names that it answers to; `closed_seconds` as CLOSED_SECONDS.

    `tls` None = http.
    """

    host: str | None = None
    port: int = PORT
    names: Sequence[str] = ()
    closed_seconds: float = CLOSED_SECONDS
    tls: Tls | None = None


def serve(
    surroundings: Surroundings,
    event_id: str,
    *,
    host: str | None = None,
    port: int = PORT,
    names: Sequence[str] = (),
    closed_seconds: float = CLOSED_SECONDS,
    certificate: Path | None = None,
    key: Path | None = None,
) -> int:
    """Open the door until the event closes, it is told to stop, or 2 h after the event's end; gives the exit code.

    `host` None = the address that phones most likely reach, and this laptop itself. `certificate` and `key` (PEM) make
    phones speak https; this laptop's own programs go on by http. Prints one line of JSON when it is ready. Refused:
    `door-taken`, `event-unknown`, `event-closed`, `port-unusable`, `not-written`, `certificate-unusable`.
    """
    workspace = surroundings.workspace.create()
    tls = load_tls(certificate, key, surroundings.clock())
    with door_file.lock(workspace.door), log_to_file(surroundings):
        door = _Door(surroundings, event_id, Wishes(host, port, names, closed_seconds, tls))
        settle()
        give_way()
        with asyncio.Runner(loop_factory=loop_factory()) as runner:
            return runner.run(door.run())


class _Door:
    """One run."""

    def __init__(self, surroundings: Surroundings, event_id: str, wishes: Wishes) -> None:
        self.surroundings = surroundings
        self.wishes = wishes
        self.folder = surroundings.workspace.door
        self.nonce = surroundings.chance(16).hex()
        self.secret = load_or_make_secret(surroundings.workspace.keys, "door", surroundings.chance)
        self._search_ready()
        self.room = Room(self._opened(readonly=True), event_id)
        event = self.room.event
        if event.closed_at is not None:
            raise Refused("event-closed", title=event.title, time=local_time(event, event.closed_at))
        self.writer = GroupWriter(self._opened, self.room.written)
        self.reception = self._reception()
        self.where = Whereabouts()
        self.sockets = Listening(wishes.host)
        self.server: DoorServer | None = None

    def _opened(self, *, readonly: bool = False) -> Ledger:
        ledger = self.surroundings.open_ledger(readonly=readonly)
        ledger.keep_small()
        return ledger

    def _search_ready(self) -> None:
        """Settle the ledger's device and the search before the first phone waits for it."""
        ledger = self.surroundings.open_ledger()
        with contextlib.suppress(Refused):
            catch_up(ledger.connection)
        ledger.close()

    def _reception(self) -> Reception:
        event = self.room.event
        file = PassFile(self.folder / f"passes-{event.series}.txt")
        return Reception(
            room=self.room,
            writer=self.writer,
            passes=Passes(self.secret, event.series, file, lambda one: self.room.person(one) is not None),
            gate=Gate(self.secret, event.id),
            hand=Hand("door", "own-phone", self.surroundings.clock, self.surroundings.chance),
            library=Library(event, popup=self.room.popup),
            limits=Limits(),
            changes=self.room.changes,
        )

    async def run(self) -> int:
        """Serve until it is over."""
        best, own = look()
        tls = self.wishes.tls
        self.sockets.open(best.ip, self.wishes.port)
        self._note(best, own)
        about = self._about()
        app = door_app(
            self.reception,
            nonce=self.nonce,
            hosts=Hosts((*self.wishes.names, *_own_names(self.surroundings), *(tls.names if tls else ()))),
            cast=partial(cast_ballot, box_of(self.surroundings.workspace.ledger), self.room.event_id),
            drop=partial(cast_ballots, box_of(self.surroundings.workspace.ledger)),
            peek=partial(peek, box_of(self.surroundings.workspace.ledger)),
            where=self.where,
        )
        self.server = server_of(app, ready=lambda: self._say(about))
        if tls is not None and self.sockets.outer is not None:
            self.server.secure[self.sockets.outer] = tls.context
        self.writer.start()
        collect_rarely()
        with told_to_stop(self.stop):
            try:
                door_file.write(self.folder, about)
                watch = asyncio.create_task(self._watch(about))
                opened = [one for one in (self.sockets.inner, self.sockets.outer) if one is not None]
                await self.server.serve(sockets=opened)
                watch.cancel()
            finally:
                self.sockets.close()
                await asyncio.to_thread(self.writer.close)
                self._count_ballots()
                self.reception.passes.close()
                self.room.close()
                door_file.remove(self.folder, self.nonce)
        return 0

    def _count_ballots(self) -> None:
        """What was answered while the event was being closed; a box that can't be read now waits for the next close."""
        if self.room.event.closed_at is None:
            return
        ledger = None
        try:
            ledger = self._opened()
            hand = replace(self.reception.hand, means="system")
            empty_box(ledger, hand, self.room.event)
        except Refused as no:
            log.warning("the ballots could not be counted: %s", no)
        finally:
            if ledger is not None:
                ledger.close()

    def stop(self) -> None:
        """Take no more phones, finish those that are here."""
        if self.server is not None:
            self.server.should_exit = True

    def _about(self) -> DoorFile:
        return DoorFile(
            os.getpid(), self.sockets.port, self.room.event_id, self.nonce, self.where.address,
            utc_text(self.surroundings.clock()),
        )  # fmt: skip

    def _note(self, best: Address, own: Sequence[str]) -> bool:
        """Keep where phones find the door now; True where that is another address than before."""
        host, at = self.sockets.host, self.sockets.ip
        if host is not None and host not in EVERYWHERE:
            named = Address(f"[{host}]" if ":" in host else host, _NAMED, reachable=True)
        elif host is not None or at == best.ip or not (at or best.reachable):
            named = best
        elif at:  # the new address can't be listened on yet
            return False
        else:
            named = Address(LOOPBACK, _NOT_YET, reachable=False)
        address = f"http://{named.ip}:{self.sockets.outer_port}"
        if self.wishes.tls is not None and self.sockets.outer is not None:
            address = f"https://{self.wishes.tls.host(named.ip, self.wishes.names)}:{self.sockets.outer_port}"
        return self.where.moved(address, named.why, reachable=named.reachable, own=own)

    def _say(self, about: DoorFile) -> None:
        """One line of JSON for whoever started this; nobody may be listening."""
        facts = self.where.facts()
        said = {"address": about.address, "port": about.port, "event": about.event, "why": facts["why"],
                "reachable": facts["reachable"], "pin": pin_of(self.secret, about.event),
                "wall": f"{about.address}/wall?key={wall_key(self.secret, about.event)}"}  # fmt: skip
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.write(json.dumps(said) + "\n")
            sys.stdout.flush()

    async def _watch(self, about: DoorFile) -> None:
        """Follow the laptop into another network, and end when the event does."""
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            self.reception.library.make()
            self.reception.passes.save()
            about = await self._follow(about)
            if self._over():
                # Phones that are on their way still get a page that says so; and it may be opened again.
                await asyncio.sleep(self.wishes.closed_seconds)
                if self._over():
                    break
        self.stop()

    def _over(self) -> bool:
        try:
            self.reception.refresh()
        except Exception:  # a disk that is away for a moment is no reason to end
            log.exception("the event could not be read")
            return False
        return self.room.event.closed_at is not None or self.surroundings.clock() > self.room.ends_at + AFTER_END

    async def _follow(self, about: DoorFile) -> DoorFile:
        """Listen where the laptop is now, and say so: what the desk reads is what the QR shows."""
        assert self.server is not None, "it serves"
        best, own = await asyncio.to_thread(look)
        before = self.sockets.outer
        if self.sockets.follow(best.ip):
            if self.sockets.outer is not None:
                await self.server.take_in(self.sockets.outer, self.wishes.tls.context if self.wishes.tls else None)
            if before is not None:
                self.server.turn_away(before)
        if not self._note(best, own):
            return about
        log.warning("phones find the door at %s now: %s", self.where.address, self.where.why)
        moved = replace(about, address=self.where.address)
        with contextlib.suppress(Refused):
            door_file.write(self.folder, moved)
        return moved


def look() -> tuple[Address, tuple[str, ...]]:
    """The best address of this laptop as it stands now, and all of them."""
    found = addresses()
    return best_of(found), tuple(one.ip for one in found)


def _own_names(surroundings: Surroundings) -> tuple[str, ...]:
    name = surroundings.machine.partition(".")[0]
    return (surroundings.machine, name, f"{name}.local")
