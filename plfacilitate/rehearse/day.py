"""The played day, from the list of people to the office's receipt.

Owns the order of things and the door's process. Everything goes the way that it goes on a real day; only the clock and
the people are played.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from plfacilitate.core.entry import Draft, Entry
from plfacilitate.core.plan import Event
from plfacilitate.core.refusal import Refused, disk_words
from plfacilitate.core.tally import CreditSheet
from plfacilitate.machine import surroundings
from plfacilitate.office.receive import Answer
from plfacilitate.office.receive import receive as office_receive
from plfacilitate.rehearse.clock import PlayedClock
from plfacilitate.rehearse.habits import QUESTIONS
from plfacilitate.rehearse.phones import Crowd, Phone, crowd
from plfacilitate.rehearse.report import Played, Report, report_of
from plfacilitate.seal.codes import code_at, pin_of
from plfacilitate.seal.keys import load_or_make, load_or_make_secret
from plfacilitate.shelf.offices import find_office
from plfacilitate.shelf.plans import find_plan
from plfacilitate.steps.approve import approve
from plfacilitate.steps.capture import Hand, everyone_out
from plfacilitate.steps.deliver import take_receipt
from plfacilitate.steps.events import Schedule, close_event, expect, open_event, read_event, read_fold, schedule_event
from plfacilitate.steps.pack import pack
from plfacilitate.steps.sending import send
from plfacilitate.steps.tally import event_credit
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.register import open_register
from plfacilitate.store.surroundings import Surroundings

PLAN = "pscpl-cohort"  # each session earns its own hours: one day is a whole answer
PAGE = 500
Progress = Callable[[str], None]


def play(folder: Path, count: int, seed: int, *, progress: Progress) -> Report:
    """Play the day in `folder` and say what came of it."""
    started = time.perf_counter()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        clock = PlayedClock(folder / "clock")
    except OSError as no:
        raise Refused("not-written", detail=f"{folder}: {disk_words(no)}") from no
    given = surroundings(folder / "laptop", "Rehearsal")
    day = given.clock().astimezone().date()
    clock.set(datetime(day.year, day.month, day.day, 6, 0, tzinfo=UTC))
    around = replace(given, clock=clock, state=folder / "state")
    around.workspace.create()
    ledger = around.open_ledger()
    try:
        played = _Day(folder, around, clock, ledger, progress)
        event, phones = played.prepare(count, seed)
        visited = played.at_the_door(event, phones)
        sheet, answers = played.close(event)
        seconds = time.perf_counter() - started
        kept = list(ledger.entries(event=event.id))
        received = played.in_register(event)
        return report_of(Played(event, phones, visited, kept, received, sheet, answers, seconds))
    finally:
        ledger.close()


@dataclass(frozen=True, slots=True)
class _Day:
    """The day while it is played."""

    folder: Path
    around: Surroundings
    clock: PlayedClock
    ledger: Ledger
    progress: Progress

    @property
    def hand(self) -> Hand:
        """The facilitator."""
        return Hand(self.around.by, "facilitator", self.clock, self.around.chance)

    @property
    def register(self) -> str:
        """The office's register."""
        return f"sqlite:///{(self.folder / 'office-register' / 'register.db').as_posix()}"

    def prepare(self, count: int, seed: int) -> tuple[Event, list[Phone]]:
        """The list of people, the event, and the doors open."""
        workspace = self.around.workspace
        plan = replace(find_plan(PLAN, workspace.sessions, offices=workspace.exports), questions=QUESTIONS)
        office = find_office(plan.office, workspace.exports)
        when = Schedule(plan.sessions[0].id, self.clock().date(), self.around.tz, "Rehearsal", "rehearsal")
        event = read_event(self.ledger, schedule_event(self.ledger, self.hand, plan, office, when))
        phones = crowd(count, random.Random(seed), event.session.minutes)  # noqa: S311 (a played crowd, no secret)
        listed = [phone for phone in phones if not phone.walk_in]
        for start in range(0, len(listed), PAGE):
            self.ledger.append([self._record(phone) for phone in listed[start : start + PAGE]])
        expect(self.ledger, self.hand, event.id, [phone.person for phone in listed])
        return open_event(self.ledger, self.hand, event, plan, office), phones

    def _record(self, phone: Phone) -> Draft:
        fields = {
            "last_name": phone.last_name,
            "first_name": phone.first_name,
            "school": f"School {phone.number % 5 + 1}",
            "email": phone.email,
        }
        return self.hand.draft("person", person=phone.person, body={"fields": fields})

    def at_the_door(self, event: Event, phones: Sequence[Phone]) -> Crowd:
        """They come and go; the clock goes from one moment at which somebody does to the next."""
        secret = load_or_make_secret(self.around.workspace.keys, "door", self.around.chance)
        moments = sorted({phone.comes for phone in phones} | {p.leaves for p in phones if p.leaves is not None})
        self.clock.set(event.starts_at + timedelta(minutes=moments[0]))
        with self._door(event) as address:
            pin = pin_of(secret, event.id)
            visited = Crowd(address, lambda: code_at(secret, event.id, self.clock()), pin, self.progress)
            for minute in moments:
                self.clock.set(event.starts_at + timedelta(minutes=minute))
                coming = [phone for phone in phones if phone.comes == minute]
                going = [phone for phone in phones if phone.leaves == minute]
                local = self.clock().astimezone(event.zone)
                self.progress(f"{local:%H:%M}  {len(coming)} come, {len(going)} leave")
                visited.come(coming)
                visited.go(going)
        self.clock.set(event.ends_at + timedelta(minutes=20))
        return visited

    @contextmanager
    def _door(self, event: Event) -> Iterator[str]:
        """The real door in a process of its own, with the played clock; gives its address."""
        command = [sys.executable, "-m", "plfacilitate.rehearse", str(self.around.workspace.root), event.id]
        try:
            process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
        except OSError as no:
            raise Refused("door-did-not-open", detail=f"{command[0]} can't be started.") from no
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            ready = process.stdout.readline()
            if not ready:
                raise Refused("door-did-not-open", detail="It ended before it was ready.")
            yield str(json.loads(ready)["address"])
            process.stdin.write("stop\n")
            process.stdin.flush()
            process.wait(30)
        finally:
            process.kill()
            process.wait()
            process.stdin.close()
            process.stdout.close()

    def close(self, event: Event) -> tuple[CreditSheet, list[Answer]]:
        """The end of the day: those who forgot are set by hand, then close, approve, pack, send, receive, receipt."""
        ledger, hand, workspace = self.ledger, self.hand, self.around.workspace
        out = everyone_out(
            hand, read_fold(ledger, event.id), at=event.ends_at, reason="Forgot to sign out; seen until the end"
        )
        for start in range(0, len(out), PAGE):
            ledger.append(out[start : start + PAGE])
        close_event(ledger, hand, read_event(ledger, event.id))
        approve(ledger, hand, event.id)
        key = load_or_make(workspace.keys, ledger.device, self.around.chance)
        packed = pack(ledger, workspace, hand, key, event.id, progress=self.progress)
        mail = self.folder / "office"
        mail.mkdir()
        send(ledger, workspace, hand, str(mail), progress=self.progress)
        answers = office_receive(
            self.register, [mail], clock=self.clock, chance=self.around.chance, office="Rehearsal office"
        )
        for answer in answers:
            if answer.receipt is not None:
                take_receipt(ledger, workspace, hand, answer.receipt)
        return event_credit(ledger, event.id, at=packed.bundles[0].manifest.label.packed_at), answers

    def in_register(self, event: Event) -> Sequence[Entry]:
        """The event's entries as the office has them."""
        register = open_register(self.register, self.around.chance)
        try:
            return register.entries(event.id)
        finally:
            register.close()
