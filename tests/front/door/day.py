"""A day at the door for tests: an event with people on its list, the app in this process, and phones that come to it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import httpx

from plfacilitate.core.entry import Entry
from plfacilitate.core.fold import EventFold
from plfacilitate.core.office import Office
from plfacilitate.core.people import Person, person_id
from plfacilitate.core.plan import Plan, Segment, Session
from plfacilitate.front.door.app import door_app
from plfacilitate.front.door.limits import Limits
from plfacilitate.front.door.network import Hosts
from plfacilitate.front.door.pages import Library
from plfacilitate.front.door.passes import Passes
from plfacilitate.front.door.reception import Reception
from plfacilitate.front.door.room import Room
from plfacilitate.front.door.tickets import Gate
from plfacilitate.front.door.writer import GroupWriter
from plfacilitate.seal import codes
from plfacilitate.shelf.passes import PassFile
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.events import Schedule, expect, open_event, read_event, read_fold, schedule_event
from plfacilitate.store.ballots import box_of, cast_ballot, cast_ballots
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.search import catch_up
from plfacilitate.store.surroundings import Surroundings
from plfacilitate.store.workspace import Workspace
from tests.played import Chance, Clock

SECRET = bytes(range(32))
PEOPLE = (
    {"last_name": "Garcia", "first_name": "Maria", "school": "Campbell Hill", "email": "maria.garcia@renton.example"},
    {"last_name": "Garcia", "first_name": "Maria", "school": "Campbell Hill", "email": "mgarcia2@renton.example"},
    {"last_name": "Garcia", "first_name": "Maria", "school": "Dimmitt", "email": "m.garcia@dimmitt.example"},
    {"last_name": "O'Leary", "first_name": "Sean", "school": "Lakeridge", "email": "sean@lakeridge.example"},
    {"last_name": "Nguyễn", "first_name": "Lan", "school": "Dimmitt", "email": "lan@dimmitt.example"},
    {"last_name": "Li", "first_name": "", "school": "Lakeridge", "email": "li@lakeridge.example"},
    {"last_name": "<b>[red]", "first_name": "=1+1\u202e\x1b[31m", "school": "\u202eevil", "email": "x@y.example"},
    *({"last_name": f"Brown{n}", "first_name": "Dana", "email": f"b{n}@renton.example"} for n in range(8)),
)
MARIA, MARIA_TOO, MARIA_DIMMITT, SEAN, LAN, LI, ODD = (person_id(fields) for fields in PEOPLE[:7])
OFFICE = Office(
    "psesd", "2026-1", "PSESD", ("instruction",), 60, 30, "total", 60, None, None, "provider", 10, False, ()
)  # fmt: skip


def plan(minutes: int = 465, starts: str = "08:30") -> Plan:
    """One session of one segment."""
    agenda = (Segment(minutes, "instruction", "All of it"),)
    session = Session("s1", "Student ownership in practice", starts, agenda)
    return Plan("pspl", "PSPL Institute", "institute", "psesd", 600, "each-session", (session,))


def surroundings(root: Path, clock: Any, chance: Any) -> Surroundings:
    """A workspace below `root`."""
    place = Workspace(root / "workspace").create()
    return Surroundings(place, clock, chance, "facilitator", "laptop", root / "state", "America/Los_Angeles")


def prepare(
    around: Surroundings, *, day: date = date(2023, 12, 6), tz: str = "America/Los_Angeles", of: Plan | None = None,
    people: Sequence[dict[str, str]] = PEOPLE, office: Office = OFFICE,
) -> str:  # fmt: skip
    """Schedule and open an event with `people` on its list; gives its id."""
    ledger = around.open_ledger()
    hand = Hand(around.by, "facilitator", around.clock, around.chance)
    of = of or plan()
    event = schedule_event(ledger, hand, of, office, Schedule("s1", day, tz, "Renton"))
    ids = [person_id(fields) for fields in people]
    ledger.append([hand.draft("person", person=one, body={"fields": f}) for one, f in zip(ids, people, strict=True)])
    expect(ledger, hand, event, ids)
    open_event(ledger, hand, read_event(ledger, event), of, office)
    catch_up(ledger.connection)
    ledger.close()
    return event


@dataclass
class Phone:
    """A browser without JavaScript: it keeps cookies, reads forms and follows nothing by itself."""

    http: httpx.AsyncClient
    page: httpx.Response | None = None

    async def get(self, path: str, **query: str) -> httpx.Response:
        """Open an address of the door."""
        self.page = await self.http.get(path, params=query)
        return self.page

    async def post(self, path: str, **fields: str) -> httpx.Response:
        """Send a form."""
        self.page = await self.http.post(path, data=fields)
        return self.page

    @property
    def ticket(self) -> str:
        """The ticket in the form of the page that is open."""
        assert self.page is not None
        found = re.search(r'name="t" value="([^"]+)"', self.page.text)
        assert found is not None, text_of(self.page)
        return found[1]

    @property
    def text(self) -> str:
        """What a person reads on the page that is open."""
        assert self.page is not None
        return text_of(self.page)


def text_of(page: httpx.Response) -> str:
    """A page without its markup and heading."""
    main = page.text.partition("<main")[2].partition(">")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


@dataclass
class Day:
    """One event, its door and everything one wants to look at."""

    around: Surroundings
    clock: Clock
    event: str
    desk: Ledger
    reception: Reception
    app: Any
    phones: list[httpx.AsyncClient] = field(default_factory=list)

    @property
    def code(self) -> str:
        """The code on the screen now."""
        return codes.code_at(SECRET, self.event, self.clock())

    @property
    def hand(self) -> Hand:
        """The facilitator's."""
        return Hand("facilitator", "facilitator", self.clock, self.around.chance)

    def phone(self, *, address: str = "192.168.1.50", host: str = "door.test") -> Phone:
        """Another phone."""
        transport = httpx.ASGITransport(app=self.app, client=(address, 50000))
        client = httpx.AsyncClient(transport=transport, base_url=f"http://{host}", timeout=30)
        self.phones.append(client)
        return Phone(client)

    async def scanned(self, phone: Phone | None = None) -> Phone:
        """A phone that has just scanned the code."""
        phone = phone or self.phone()
        page = await phone.get(f"/{self.code}")
        assert page.status_code == 200, page.text
        return phone

    async def signed_in(self, person: str, phone: Phone | None = None) -> Phone:
        """A phone whose owner has scanned and signed in."""
        phone = await self.scanned(phone)
        page = await phone.post("/in", t=phone.ticket, p=person)
        assert page.status_code == 200, page.text
        return phone

    def entries(self, *kinds: str) -> list[Entry]:
        """What stands in the ledger of this event."""
        return list(self.desk.entries(event=self.event, kinds=kinds or None))

    def fold(self) -> EventFold:
        """The event as the desk would read it."""
        return read_fold(self.desk, self.event)

    def by_hand(self, kind: str, **fields: Any) -> Entry:
        """Something that the desk writes."""
        return self.desk.append_one(self.hand.draft(kind, event=self.event, **fields))


def reception_of(around: Surroundings, event: str, opened: Callable[[], Ledger] | None = None) -> Reception:
    """The door's insides; the writer is not started. `opened` opens the writer's ledger."""
    room = Room(around.open_ledger(readonly=True), event)
    file = PassFile(around.workspace.door / f"passes-{room.event.series}.txt")
    return Reception(
        room=room,
        writer=GroupWriter(opened or around.open_ledger, room.written),
        passes=Passes(SECRET, room.event.series, file, lambda one: room.person(one) is not None),
        gate=Gate(SECRET, event),
        hand=Hand("door", "own-phone", around.clock, around.chance),
        library=Library(room.event, popup=room.popup),
        limits=Limits(),
        changes=room.changes,
    )


@asynccontextmanager
async def open_day(
    root: Path, clock: Clock, *, people: Sequence[dict[str, str]] = PEOPLE, of: Plan | None = None, office: Office = OFFICE
) -> AsyncIterator[Day]:  # fmt: skip
    """The door, open; closed again at the end."""
    around = surroundings(root, clock, Chance())
    event = prepare(around, people=people, of=of, office=office)
    async with open_door(around, clock, event) as day:
        yield day


@asynccontextmanager
async def open_door(
    around: Surroundings, clock: Clock, event: str, opened: Callable[[], Ledger] | None = None
) -> AsyncIterator[Day]:  # fmt: skip
    """The same for an event that is there."""
    reception = reception_of(around, event, opened)
    hosts = Hosts(("door.test",))
    day = Day(
        around,
        clock,
        event,
        around.open_ledger(),
        reception,
        door_app(
            reception,
            nonce="n0",
            hosts=hosts,
            cast=partial(cast_ballot, box_of(around.workspace.ledger), event),
            drop=partial(cast_ballots, box_of(around.workspace.ledger)),
        ),
    )
    if isinstance(reception.writer, GroupWriter):
        reception.writer.start()
    try:
        yield day
    finally:
        for phone in day.phones:
            await phone.aclose()
        if isinstance(reception.writer, GroupWriter):
            await asyncio.to_thread(reception.writer.close)
        reception.room.close()
        reception.passes.close()
        day.desk.close()


def fields_of(person: Person) -> dict[str, str]:
    """A person as a walk-in form would send them."""
    return {name: value for name, value in person.fields().items() if name not in ("district", "role", "badge")}
