"""The phones of a played day: who they are, what they do at the door, and what the door told them.

Owns what an attendee's thumb does: page after page over HTTP, twice where it is impatient, again where no answer came.
Never looks into the ledger: it knows only what the pages say.
"""

from __future__ import annotations

import http.client
import random
import re
import time
import urllib.parse
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

from plfacilitate.core.people import person_id
from plfacilitate.rehearse.habits import Habits, at_kiosk, habits_of, say_farewell

AT_ONCE = 48  # phones in flight at one time
TRIES = 3
LETTERS = "bcdfghjklmnprstvz"
WAVES = (-20, -20, -20, -11, -4)  # minutes from the start; most come at once


@dataclass(slots=True)
class Phone:
    """One attendee: who they are, when they come and go (minutes from the start), and whether they tap twice.

    `leaves` is None for somebody who forgets. `said` is what the door acknowledged.
    """

    number: int
    last_name: str
    first_name: str
    email: str
    walk_in: bool
    comes: int
    leaves: int | None
    taps_twice: bool
    said: list[str] = field(default_factory=list)
    habits: Habits = field(default_factory=Habits)

    @property
    def person(self) -> str:
        """The id that this person has on any list, and as a walk-in."""
        return person_id({"email": self.email})


def crowd(count: int, chance: random.Random, minutes: int) -> list[Phone]:
    """The phones of a day of so many minutes: most on time, some late, walk-ins, early leavers, some that forget."""
    phones = []
    for number in range(count):
        last = "".join(chance.choice(LETTERS) + chance.choice("aeiou") for _ in range(4)).title() + f"x{number}"
        fate, forgets = chance.random(), chance.random() < 0.12
        phones.append(
            Phone(
                number=number,
                last_name=last,
                first_name=chance.choice(("Ana", "José", "Lan", "Wei", "Maria", "Pat")),
                email=f"phone{number}@example.org",
                walk_in=chance.random() < 0.08,
                comes=65 if fate < 0.1 else chance.choice(WAVES),
                leaves=minutes - 70 if fate > 0.9 else None if forgets else minutes + 5,
                taps_twice=chance.random() < 0.15,
            )
        )
    for phone in phones:
        phone.habits = habits_of(chance)
        phone.habits.kiosk = phone.habits.kiosk and not phone.walk_in
    return phones


class Wire:
    """One phone's connection to the door."""

    def __init__(self, address: str) -> None:
        """Connect when first used."""
        parts = urllib.parse.urlsplit(address)
        self._host = parts.netloc
        self._connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        self.cookie = ""  # a kiosk's; a phone's own is not needed

    def get(self, path: str) -> str:
        """A page; raises OSError when the door says no."""
        return self._ask("GET", path, None)

    def post(self, path: str, fields: Mapping[str, str]) -> str:
        """The page after a form."""
        return self._ask("POST", path, urllib.parse.urlencode(fields))

    def _ask(self, method: str, path: str, body: str | None) -> str:
        headers = {"Host": self._host, **({"Cookie": self.cookie} if self.cookie else {})}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
            page = answer.read().decode()
        except http.client.HTTPException as error:
            raise ConnectionError(f"{type(error).__name__}: {error}") from error
        if answer.status == http.client.SEE_OTHER:  # the device is a kiosk now
            self.cookie = (answer.getheader("Set-Cookie") or "").partition(";")[0]
        elif answer.status != http.client.OK:
            raise ConnectionError(f"{method} {path.split('?', maxsplit=1)[0]}: {answer.status}")
        return page

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


@contextmanager
def _wire(address: str) -> Iterator[Wire]:
    wire = Wire(address)
    try:
        yield wire
    finally:
        wire.close()


class Crowd:
    """All phones at the door: plays one moment of the day after the other and keeps what was acknowledged."""

    def __init__(self, address: str, code: Callable[[], str], pin: str, progress: Callable[[str], None]) -> None:
        """`code` gives what the QR shows now; `pin` makes a device a kiosk."""
        self._address = address
        self._code = code
        with _wire(address) as wire:
            wire.post("/kiosk", {"pin": pin, "name": "entrance"})
            self._kiosk = wire.cookie
        self._progress = progress
        self.sign_in_seconds: list[float] = []  # of every sign-in post, from sending it to its last byte
        self.busy_seconds = 0.0  # while people signed in

    def come(self, phones: Sequence[Phone]) -> None:
        """They sign in, all at once."""
        started = time.perf_counter()
        self._together(self._sign_in, phones)
        self.busy_seconds += time.perf_counter() - started

    def go(self, phones: Sequence[Phone]) -> None:
        """They sign out, all at once."""
        self._together(self._sign_out, phones)

    def _together(self, act: Callable[[Wire, Phone], None], phones: Sequence[Phone]) -> None:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(lambda phone: self._visit(act, phone), phones))

    def _visit(self, act: Callable[[Wire, Phone], None], phone: Phone) -> None:
        """From the scan to the last page; from the beginning again where something went wrong, as people do."""
        for tried in range(1, TRIES + 1):
            try:
                with _wire(self._address) as wire:
                    act(wire, phone)
            except OSError as error:
                self._progress(f"phone {phone.number} got no answer ({tried} of {TRIES}): {error}")
            else:
                return

    def _sign_in(self, wire: Wire, phone: Phone) -> None:
        signed = {"signed": f"{phone.first_name} {phone.last_name}"} if phone.habits.signs else {}
        if phone.habits.kiosk:
            self._at_kiosk(wire, phone, "in")
            return
        ticket = _ticket(wire.get(f"/{self._code()}"))
        found = wire.get("/find?" + urllib.parse.urlencode({"t": ticket, "q": phone.last_name}))
        if phone.walk_in:
            fields = {"last_name": phone.last_name, "first_name": phone.first_name, "email": phone.email}
            self._say(phone, wire, "/new", {"t": ticket, "school": "Visiting School"} | fields | signed, "sign-in")
            return
        person = _person(found)
        if person != phone.person:
            raise ConnectionError(f"the door shows another person for {phone.last_name}")
        wire.get("/me?" + urllib.parse.urlencode({"t": ticket, "p": person}))
        self._say(phone, wire, "/in", {"t": ticket, "p": person} | signed, "sign-in")

    def _at_kiosk(self, wire: Wire, phone: Phone, what: str) -> None:
        wire.cookie = self._kiosk
        signed = f"{phone.first_name} {phone.last_name}" if phone.habits.signs else ""
        at_kiosk(wire, wire.get("/kiosk"), phone.person, phone.last_name, what, signed)
        self._acknowledged(phone, f"sign-{what}")

    def _sign_out(self, wire: Wire, phone: Phone) -> None:
        if phone.habits.kiosk:
            self._at_kiosk(wire, phone, "out")
            return
        ticket = _ticket(wire.get(f"/{self._code()}"))
        wire.get("/me?" + urllib.parse.urlencode({"t": ticket, "p": phone.person}))
        page = self._say(phone, wire, "/out", {"t": ticket, "p": phone.person}, "sign-out")
        say_farewell(wire, phone.habits, phone.number, phone.person, page)

    def _say(self, phone: Phone, wire: Wire, path: str, fields: dict[str, str], what: str) -> str:
        """Post once, or twice as an impatient thumb does; what is answered is acknowledged. Gives the last page."""
        page = ""
        for _ in range(2 if phone.taps_twice else 1):
            started = time.perf_counter()
            page = wire.post(path, fields)
            if what == "sign-in":
                self.sign_in_seconds.append(time.perf_counter() - started)
            self._acknowledged(phone, what)
        return page

    def _acknowledged(self, phone: Phone, what: str) -> None:
        if what not in phone.said:
            phone.said.append(what)
        if what == "sign-in" and phone.habits.signs:
            phone.habits.done.add("signature")


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
