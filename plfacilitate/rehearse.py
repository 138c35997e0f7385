"""`plfacilitate rehearse`: a whole day played through the real door, ledger, pack, send and office.

Owns the played phones and what must come out of their day. Uses a temporary workspace and a played clock; never touches
the user's own ledger.
"""

from __future__ import annotations

import http.client
import json
import mmap
import os
import random
import re
import struct
import subprocess
import sys
import tempfile
import time
import urllib.parse
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from plfacilitate.core.entry import Draft
from plfacilitate.core.people import person_id
from plfacilitate.core.plan import Event
from plfacilitate.core.refusal import Refused
from plfacilitate.core.tally import CreditSheet
from plfacilitate.front.commands import say
from plfacilitate.machine import surroundings
from plfacilitate.office.receive import Answer
from plfacilitate.office.receive import receive as office_receive
from plfacilitate.seal.codes import code_at
from plfacilitate.seal.keys import load_or_make, load_or_make_secret
from plfacilitate.shelf.offices import find_office
from plfacilitate.shelf.plans import find_plan
from plfacilitate.steps.approve import approve
from plfacilitate.steps.capture import Hand, everyone_out
from plfacilitate.steps.deliver import send, take_receipt
from plfacilitate.steps.events import (
    Schedule,
    close_event,
    expect,
    open_event,
    read_event,
    read_fold,
    schedule_event,
)
from plfacilitate.steps.pack import pack
from plfacilitate.steps.tally import event_credit
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.register import open_register
from plfacilitate.store.surroundings import Surroundings

PLAN = "pscpl-cohort"  # each session earns its own hours: one day is a whole answer
AT_ONCE = 48  # phones in flight at one time
LETTERS = "bcdfghjklmnprstvz"


@dataclass(frozen=True, slots=True)
class Report:
    """What the day came to. Times in milliseconds are of one sign-in post, from sending it to its last byte."""

    phones: int
    acknowledged: int
    in_ledger: int
    in_register: int
    lost: int
    doubled: int
    p50_ms: float
    p99_ms: float
    sign_ins_per_s: float
    credit_lines: int
    credit_agrees: bool
    seconds: float

    @property
    def well(self) -> bool:
        """Nothing lost, nothing doubled, and the hours are the ones that the script of the day asks for."""
        return self.lost == 0 and self.doubled == 0 and self.credit_agrees


def rehearse(
    phones: Annotated[int, typer.Option(min=1, max=5000, help="How many phones come.")] = 60,
    seed: Annotated[int, typer.Option(help="Another seed is another day.")] = 1,
    keep: Annotated[Path | None, typer.Option(metavar="DIR", help="Keep the played workspace here.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer with one JSON document.")] = False,
) -> None:
    """Play a whole day the evening before: phones in bursts, late, early, resent, forgotten; then pack and receive."""
    if keep is not None and keep.exists() and any(keep.iterdir()):
        raise Refused("folder-not-empty", folder=keep)
    with tempfile.TemporaryDirectory(prefix="plf-rehearsal-", ignore_cleanup_errors=True) as folder:
        report = play(keep or Path(folder), phones, seed, progress=say.aside)
    if as_json:
        say.document(asdict(report))
    else:
        for name, value in asdict(report).items():
            say.line(f"{name.replace('_', ' '):<16} {value}")
        say.line("A day like this works on this laptop." if report.well else "Something is wrong: see above.")
    raise typer.Exit(0 if report.well else 1)


# -- the played clock ------------------------------------------------------------------------------------------------


class PlayedClock:
    """A clock that stands where it was set, for this process and for the door's: eight bytes in a shared file."""

    def __init__(self, path: Path) -> None:
        """Use or make the file at `path`."""
        if not path.exists():
            path.write_bytes(struct.pack("<q", 0))
        with path.open("r+b") as file:
            self._shared = mmap.mmap(file.fileno(), 8)

    def __call__(self) -> datetime:
        """Where the clock stands."""
        return datetime.fromtimestamp(struct.unpack("<q", self._shared[:])[0], UTC)

    def set(self, moment: datetime) -> None:
        """Put it to a moment; seconds count, smaller parts don't."""
        self._shared[:] = struct.pack("<q", int(moment.timestamp()))


# -- the phones ------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Phone:
    """One attendee: who they are, when they come and go (minutes from the start), and whether they tap twice.

    `leaves` is None for somebody who forgets. `person` is known once the door has shown it.
    """

    number: int
    last_name: str
    first_name: str
    walk_in: bool
    comes: int
    leaves: int | None
    taps_twice: bool
    person: str
    said: list[str] = field(default_factory=list)  # what the door acknowledged


def crowd(count: int, chance: random.Random, minutes: int) -> list[Phone]:
    """The phones of a day: most on time, some late, some walk-ins, some leave early, some forget to sign out."""
    phones = []
    for number in range(count):
        last = "".join(chance.choice(LETTERS) + chance.choice("aeiou") for _ in range(4)).title() + f"x{number}"
        fate = chance.random()
        walk_in = chance.random() < 0.08
        phones.append(
            Phone(
                number=number,
                last_name=last,
                first_name=chance.choice(("Ana", "José", "Lan", "Wei", "Maria", "Pat")),
                walk_in=walk_in,
                comes=65 if fate < 0.1 else -20,
                leaves=minutes - 70 if fate > 0.9 else None if chance.random() < 0.12 else minutes + 5,
                taps_twice=chance.random() < 0.15,
                person=person_id({"email": f"phone{number}@example.org"}),
            )
        )
    return phones


class Wire:
    """One phone's connection to the door."""

    def __init__(self, address: str) -> None:
        """Connect when first used."""
        parts = urllib.parse.urlsplit(address)
        self._host = parts.netloc
        self._connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)

    def get(self, path: str) -> str:
        """A page; raises when the door says no."""
        return self._ask("GET", path, None)

    def post(self, path: str, fields: dict[str, str]) -> str:
        """The page after a form."""
        return self._ask("POST", path, urllib.parse.urlencode(fields))

    def _ask(self, method: str, path: str, body: str | None) -> str:
        headers = {"Host": self._host}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        page = answer.read().decode()
        if answer.status != http.client.OK:
            raise ConnectionError(f"{method} {path.split('?', maxsplit=1)[0]}: {answer.status}")
        return page

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


class Crowd:
    """All phones at the door: plays one moment of the day after the other and keeps what was acknowledged."""

    def __init__(self, address: str, code: Callable[[], str]) -> None:
        """`code` gives what the QR shows now."""
        self._address = address
        self._code = code
        self.post_seconds: list[float] = []
        self.busy_seconds = 0.0

    def come(self, phones: Sequence[Phone]) -> None:
        """They sign in, all at once."""
        self._together(self._sign_in, phones)

    def go(self, phones: Sequence[Phone]) -> None:
        """They sign out, all at once."""
        self._together(self._sign_out, phones)

    def _together(self, act: Callable[[Phone], None], phones: Sequence[Phone]) -> None:
        started = time.perf_counter()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for done in [pool.submit(act, phone) for phone in phones]:
                done.result()
        self.busy_seconds += time.perf_counter() - started

    def _sign_in(self, phone: Phone) -> None:
        with _closing(Wire(self._address)) as wire:
            ticket = _ticket(wire.get(f"/{self._code()}"))
            query = urllib.parse.urlencode({"t": ticket, "q": phone.last_name})
            found = wire.get(f"/find?{query}")
            if phone.walk_in:
                fields = {
                    "t": ticket,
                    "last_name": phone.last_name,
                    "first_name": phone.first_name,
                    "school": "Visiting School",
                    "email": f"phone{phone.number}@example.org",
                }
                self._say(phone, wire, "/new", fields, "sign-in")
                return
            person = _person(found)
            if person != phone.person:
                raise ConnectionError(f"the door shows another person for {phone.last_name}")
            wire.get("/me?" + urllib.parse.urlencode({"t": ticket, "p": person}))
            self._say(phone, wire, "/in", {"t": ticket, "p": person}, "sign-in")

    def _sign_out(self, phone: Phone) -> None:
        with _closing(Wire(self._address)) as wire:
            ticket = _ticket(wire.get(f"/{self._code()}"))
            wire.get("/me?" + urllib.parse.urlencode({"t": ticket, "p": phone.person}))
            self._say(phone, wire, "/out", {"t": ticket, "p": phone.person}, "sign-out")

    def _say(self, phone: Phone, wire: Wire, path: str, fields: dict[str, str], what: str) -> None:
        """Post once, or twice as an impatient thumb does; what is answered is acknowledged."""
        for again in (False, True):
            started = time.perf_counter()
            wire.post(path, fields)
            self.post_seconds.append(time.perf_counter() - started)
            if not again:
                phone.said.append(what)
            if not phone.taps_twice:
                return


@contextmanager
def _closing(wire: Wire) -> Iterator[Wire]:
    try:
        yield wire
    finally:
        wire.close()


def _ticket(page: str) -> str:
    found = re.search(r'name="t" value="([^"]+)"', page)
    if found is None:
        raise ConnectionError("the door's page has no ticket")
    return found[1]


def _person(page: str) -> str:
    found = re.search(r'href="/me\?t=[^"]*p=([^"&]+)"', page)
    if found is None:
        raise ConnectionError("the door did not find a person who is on the list")
    return urllib.parse.unquote(found[1])


# -- the day ---------------------------------------------------------------------------------------------------------


def play(folder: Path, count: int, seed: int, *, progress: Callable[[str], None]) -> Report:
    """Play the day in `folder` and say what came of it."""
    started = time.perf_counter()
    folder.mkdir(parents=True, exist_ok=True)
    clock = PlayedClock(folder / "clock")
    given = surroundings(folder / "laptop", "Rehearsal")
    around = replace(given, clock=clock, state=folder / "state")
    around.workspace.create()
    day = given.clock().astimezone().date()
    clock.set(datetime(day.year, day.month, day.day, 6, 0, tzinfo=UTC))
    ledger = around.open_ledger()
    try:
        event, phones = _prepare(ledger, around, count, seed)
        crowd_at_door = _at_the_door(around, clock, event, phones, progress)
        sheet, answers = _close(ledger, around, clock, event, folder, progress)
        seconds = time.perf_counter() - started
        received = _in_register(folder, event)
        return _report(ledger, event, phones, crowd_at_door, sheet, answers, received, seconds)
    finally:
        ledger.close()


def _prepare(ledger: Ledger, around: Surroundings, count: int, seed: int) -> tuple[Event, list[Phone]]:
    workspace = around.workspace
    plan = find_plan(PLAN, workspace.sessions, offices=workspace.exports)
    office = find_office(plan.office, workspace.exports)
    hand = Hand(around.by, "facilitator", around.clock, around.chance)
    when = Schedule(plan.sessions[0].id, around.clock().date(), around.tz, "Rehearsal", "rehearsal")
    event = read_event(ledger, schedule_event(ledger, hand, plan, office, when))
    phones = crowd(count, random.Random(seed), event.session.minutes)  # noqa: S311 (a played crowd, no secret)
    listed = [phone for phone in phones if not phone.walk_in]
    for start in range(0, len(listed), 500):
        ledger.append([_record(hand, phone) for phone in listed[start : start + 500]])
    expect(ledger, hand, event.id, [phone.person for phone in listed])
    return open_event(ledger, hand, event, plan, office), phones


def _record(hand: Hand, phone: Phone) -> Draft:
    fields = {
        "last_name": phone.last_name,
        "first_name": phone.first_name,
        "school": f"School {phone.number % 5 + 1}",
        "email": f"phone{phone.number}@example.org",
    }
    return hand.draft("person", person=phone.person, body={"fields": fields})


def _at_the_door(
    around: Surroundings,
    clock: PlayedClock,
    event: Event,
    phones: Sequence[Phone],
    progress: Callable[[str], None],
) -> Crowd:
    secret = load_or_make_secret(around.workspace.keys, "door", around.chance)
    clock.set(event.starts_at - timedelta(minutes=20))
    with _door(around, event) as address:
        crowd_at_door = Crowd(address, lambda: code_at(secret, event.id, clock()))
        moments = sorted({phone.comes for phone in phones} | {p.leaves for p in phones if p.leaves is not None})
        for minute in moments:
            clock.set(event.starts_at + timedelta(minutes=minute))
            coming = [phone for phone in phones if phone.comes == minute]
            going = [phone for phone in phones if phone.leaves == minute]
            progress(f"{clock().astimezone(event.zone):%H:%M}  {len(coming)} come, {len(going)} leave")
            crowd_at_door.come(coming)
            crowd_at_door.go(going)
    clock.set(event.ends_at + timedelta(minutes=20))
    return crowd_at_door


@contextmanager
def _door(around: Surroundings, event: Event) -> Iterator[str]:
    """The real door in a process of its own, with the played clock; gives its address."""
    command = [sys.executable, "-m", "plfacilitate.rehearse", str(around.workspace.root), event.id]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
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


def _close(
    ledger: Ledger,
    around: Surroundings,
    clock: PlayedClock,
    event: Event,
    folder: Path,
    progress: Callable[[str], None],
) -> tuple[CreditSheet, list[Answer]]:
    """The end of the day: those who forgot are set by hand, then close, approve, pack, send, receive, receipt."""
    hand = Hand(around.by, "facilitator", clock, around.chance)
    fold = read_fold(ledger, event.id)
    out = everyone_out(hand, fold, at=event.ends_at, reason="Forgot to sign out; seen in the room until the end")
    for start in range(0, len(out), 500):
        ledger.append(out[start : start + 500])
    close_event(ledger, hand, read_event(ledger, event.id))
    approve(ledger, hand, event.id)
    key = load_or_make(around.workspace.keys, ledger.device, around.chance)
    packed = pack(ledger, around.workspace, hand, key, event.id, progress=progress)
    office = folder / "office"
    office.mkdir()
    send(ledger, around.workspace, hand, str(office), progress=progress)
    answers = office_receive(_register(folder), [office], clock=clock, chance=around.chance, office="Rehearsal office")
    for answer in answers:
        if answer.receipt is not None:
            take_receipt(ledger, hand, answer.receipt)
    return event_credit(ledger, event.id, at=packed.bundles[0].manifest.label.packed_at), answers


def _in_register(folder: Path, event: Event) -> set[tuple[str, str]]:
    """The phones' marks as the office's register has them."""
    register = open_register(_register(folder), os.urandom)
    try:
        return {
            (str(entry.person), str(entry.kind))
            for entry in register.entries(event.id)
            if entry.kind in ("sign-in", "sign-out") and entry.means == "own-phone"
        }
    finally:
        register.close()


def _register(folder: Path) -> str:
    return f"sqlite:///{(folder / 'office-register' / 'register.db').as_posix()}"


def _report(
    ledger: Ledger,
    event: Event,
    phones: Sequence[Phone],
    door: Crowd,
    sheet: CreditSheet,
    answers: Sequence[Answer],
    received: set[tuple[str, str]],
    seconds: float,
) -> Report:
    said = {(phone.person, what) for phone in phones for what in phone.said}
    kept = [
        (str(entry.person), str(entry.kind))
        for entry in ledger.entries(event=event.id, kinds=("sign-in", "sign-out"))
        if entry.means == "own-phone"
    ]
    due = {phone.person: _minutes(event, phone) for phone in phones}
    earned = {line.person.id: line.line.minutes for line in sheet.lines}
    times = sorted(door.post_seconds)
    return Report(
        phones=len(phones),
        acknowledged=len(said),
        in_ledger=len(set(kept)),
        in_register=len(said & received),
        lost=len(said - set(kept)) + len(said - received),
        doubled=len(kept) - len(set(kept)),
        p50_ms=_percentile(times, 50),
        p99_ms=_percentile(times, 99),
        sign_ins_per_s=round(len(times) / door.busy_seconds, 1) if door.busy_seconds else 0.0,
        credit_lines=len(sheet.lines),
        credit_agrees=due == earned and not any(answer.differs for answer in answers) and _whole(answers, len(phones)),
        seconds=round(seconds, 2),
    )


def _whole(answers: Sequence[Answer], phones: int) -> bool:
    """The office recomputed a line for everybody."""
    return sum(answer.credit_lines for answer in answers) == phones


def _minutes(event: Event, phone: Phone) -> int:
    """The minutes that the script of the day owes this phone, counted one by one: a second way to the same figure."""
    counts = set(event.office["counts"])
    leaves = event.session.minutes if phone.leaves is None else phone.leaves
    minute = earned = 0
    for segment in event.session.agenda:
        for at in range(minute, minute + segment.minutes):
            earned += segment.kind in counts and phone.comes <= at < leaves
        minute += segment.minutes
    return earned


def _percentile(times: Sequence[float], percent: int) -> float:
    return round(times[min(len(times) - 1, len(times) * percent // 100)] * 1000, 2) if times else 0.0


def main() -> int:
    """The rehearsal's door process: the real door on the played clock."""
    from plfacilitate.front.door.process import serve

    workspace, event = Path(sys.argv[1]), sys.argv[2]
    given = surroundings(workspace, "Rehearsal")
    played = replace(given, clock=PlayedClock(workspace.parent / "clock"), state=workspace.parent / "state")
    return serve(played, event, host="127.0.0.1", port=0)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUTF8", "1")
    sys.exit(main())
