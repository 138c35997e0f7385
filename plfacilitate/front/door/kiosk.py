"""The kiosk: a tablet at the entrance where one person after the other signs in or out.

Owns how a device becomes a kiosk (the PIN that the desk shows) and stops being one, and the search on it. What it
writes is `kiosk_signing`'s. Never takes a form from a device without its pass.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from ipaddress import ip_address
from typing import Any

from plfacilitate.core.badges import is_badge
from plfacilitate.core.people import Person
from plfacilitate.core.text import plain, tidy
from plfacilitate.front.door.kiosk_pages import HOME, KioskFace, KioskLibrary
from plfacilitate.front.door.kiosk_pass import MOST_NAME, Device, KioskPasses
from plfacilitate.front.door.languages import mark
from plfacilitate.front.door.pages import Again, shown
from plfacilitate.front.door.reception import Reception
from plfacilitate.front.door.room import LETTERS
from plfacilitate.front.door.tickets import Admission
from plfacilitate.front.door.visits import Answer, Handler, Visit
from plfacilitate.steps.capture import Hand

WRONG_PIN = mark("This is not the PIN. The facilitator's screen shows it.")
WAIT_PIN = mark("Too many wrong PINs. Wait %(seconds)s seconds, then try again.")
NO_BADGE = mark("Nobody here has this badge. Type your name.")
TOO_SHORT = mark("Please type at least three letters of your name.")
NONE_FOUND = mark("Nobody of that name is on the list.")


@dataclass(frozen=True, slots=True)
class Form:
    """A form that came from a kiosk: the device, its ticket, and the pages that answer it."""

    device: Device
    admission: Admission
    face: KioskFace
    visit: Visit


@dataclass(slots=True)
class Kiosk:
    """What every kiosk of this door shares. `enrolled` counts them, for a name where none is given.

    `leaving_now` is who has just signed out at a kiosk (by its mark) and still stands there: until the next one comes.
    """

    desk: Reception
    passes: KioskPasses
    library: KioskLibrary = field(init=False)
    enrolled: int = 0
    leaving_now: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """The kiosk's pages are made of the phones'."""
        self.library = KioskLibrary(self.desk)

    # -- the device ------------------------------------------------------------------------------------------------------

    async def start(self, visit: Visit) -> Answer:
        """The kiosk waits for the next person; any other device is asked for the PIN."""
        device = self.device(visit)
        if device is None:
            return self._pin_page(visit, "kiosk_pin")
        self.leaving_now.pop(device.mark, None)
        return self.shut(visit, device) or Answer(self.start_page(visit, device))

    async def home(self, visit: Visit) -> Answer:
        """An address that only a form leads to was opened by hand."""
        return Answer(b"", 303, location=HOME)

    async def enrol(self, visit: Visit) -> Answer:
        """The PIN makes this device a kiosk."""
        no = self._wrong_pin(visit, "kiosk_pin", "here" if _on_this_machine(visit) else "network")
        if no is not None:
            return no
        self.enrolled += 1
        name = tidy(visit.fields.get("name", ""))[:MOST_NAME] or str(self.enrolled)
        hand = self.desk.hand
        return Answer(b"", 303, self.passes.give(name, visit.language, hand.clock(), hand.chance), location=HOME)

    async def leaving(self, visit: Visit) -> Answer:
        """Asks for the PIN before this device is a kiosk no longer."""
        return self._pin_page(visit, "kiosk_leave") if self.device(visit) else await self.home(visit)

    async def leave(self, visit: Visit) -> Answer:
        """The PIN lets this device go; without it the kiosk stays one."""
        device = self.device(visit)
        if device is None:
            return await self.home(visit)
        no = self._wrong_pin(visit, "kiosk_leave", device.mark)
        return no or Answer(b"", 303, self.passes.take(), location=HOME)

    def kept(self, handler: Handler) -> Handler:
        """The same page for phones; a kiosk that wanders off is led back."""

        async def page(visit: Visit) -> Answer:
            return await (self.home(visit) if visit.cookies and self.device(visit) else handler(visit))

        return page

    def device(self, visit: Visit) -> Device | None:
        """The kiosk that this is; None for every other device."""
        cookie = visit.cookie(self.passes.cookie)
        return self.passes.device(cookie, self.desk.hand.clock()) if cookie else None

    def _wrong_pin(self, visit: Visit, template: str, key: str) -> Answer | None:
        now, pins = self.desk.hand.clock(), self.desk.limits.wrong_pins
        if visit.switched:
            return self._pin_page(visit, template)
        seconds = pins.waits(key, now)
        if seconds:
            return self._pin_page(visit, template, self._say(visit, WAIT_PIN, seconds=seconds), 429)
        if not self.passes.is_pin(visit.fields.get("pin", "")):
            pins.wrong(key, now)
            return self._pin_page(visit, template, self._say(visit, WRONG_PIN), 403)
        pins.right(key)
        return None

    def _pin_page(self, visit: Visit, template: str, fault: str = "", status: int = 200) -> Answer:
        name = plain(visit.fields.get("name", "")[:MOST_NAME])
        again = Again("get", HOME if template == "kiosk_pin" else f"{HOME}/leave", {})
        device = self.device(visit)
        return Answer(self.face(visit, device).show(template, fault=fault, name=name, again=again), status)

    # -- one person after the other --------------------------------------------------------------------------------------

    def form(self, visit: Visit) -> Form | Answer:
        """A form of a kiosk, or the page that says why it is none."""
        device = self.device(visit)
        if device is None:
            return self._pin_page(visit, "kiosk_pin", status=403)
        no = self.shut(visit, device)
        if no is not None:
            return no
        admission = self.passes.check(visit.fields.get("t", ""), self.desk.hand.clock())
        if admission is None:
            return self.notice(visit, device, "again", 410)
        return Form(device, admission, self.face(visit, device), visit)

    def listed(self, form: Form, typed: str) -> Answer:
        """People of that name, to choose from."""
        found = self.desk.room.find(typed)
        if not found:
            hint = TOO_SHORT if len(typed) < LETTERS else NONE_FOUND
            return Answer(self.start_page(form.visit, form.device, hint=hint, typed=typed, new=len(typed) >= LETTERS))
        again = Again("post", f"{HOME}/find", {"t": form.admission.text, "q": typed})
        values: dict[str, Any] = {
            "found": shown(found),
            "typed": plain(typed),
            "ticket": form.admission.text,
            "again": again,
        }
        return Answer(form.face.show("kiosk_found", **values))

    async def named(self, form: Form) -> Person | Answer:
        """The person that the form chose."""
        person = await self.desk.chosen(form.visit)
        return person or self.notice(form.visit, form.device, "unknown", 404)

    def badge(self, typed: str) -> str:
        """The digits of a badge, where that is what came; "" where it is a name."""
        number = "".join(typed.split())
        return number if is_badge(number) else ""

    # -- pages -----------------------------------------------------------------------------------------------------------

    def start_page(self, visit: Visit, device: Device, *, hint: str = "", typed: str = "", new: bool = False) -> bytes:
        """The field for a name or a badge; `new` = offers to write down who is not on the list."""
        values: dict[str, Any] = {
            "ticket": self.ticket(),
            "hint": self._say(visit, hint) if hint else "",
            "typed": plain(typed),
            "new": new,
            "name": plain(device.name),
            "ending": self.desk.room.ending(self.desk.hand.clock()),
            "again": Again("get", HOME, {}),
        }
        return self.face(visit, device).show("kiosk_start", **values)

    def done(
        self,
        face: KioskFace,
        person: Person,
        at: datetime,
        *,
        out: bool = False,
        before: bool = False,
        new_here: bool = False,
    ) -> Answer:
        """What has happened, and the field for the next person."""
        values: dict[str, Any] = {
            "who": plain(person.spoken),
            "time": face.pages.time(at),
            "out": out,
            "before": before,
            "new_here": new_here,
            "ticket": self.ticket(),
        }
        return Answer(face.show("kiosk_done", **values))

    def ticket(self) -> str:
        """A ticket for the next form."""
        return self.passes.ticket(self.desk.hand.clock(), self.desk.hand.chance)

    def shut(self, visit: Visit, device: Device) -> Answer | None:
        """The page for an event that nobody can sign in to now; None while it is open."""
        self.desk.refresh()
        event = self.desk.room.event
        if event.closed_at is not None:
            time = self.desk.pages(visit).time(event.closed_at)
            return self.notice(visit, device, "closed", 403, time=time)
        return self.notice(visit, device, "not_open", 403) if event.opened_at is None else None

    def notice(self, visit: Visit, device: Device, what: str, status: int = 200, **details: str) -> Answer:
        """A page that says one thing and goes back."""
        return Answer(self.face(visit, device).notice(what, visit.again, **details), status)

    def hand(self, device: Device) -> Hand:
        """Who writes what happens at a kiosk."""
        return replace(self.desk.hand, by=device.by, means="kiosk")

    def face(self, visit: Visit, device: Device | None) -> KioskFace:
        """The pages in the language of who stands there; the next one finds the kiosk's own again."""
        home = f"{HOME}?to={device.language}" if device and device.language != visit.language else HOME
        return self.library.face(visit.language, home)

    def _say(self, visit: Visit, sentence: str, **details: object) -> str:
        return self.desk.pages(visit).say(sentence, **details)


def _on_this_machine(visit: Visit) -> bool:
    """Whether the laptop's own browser asks: a stranger's wrong PINs must not make the facilitator wait."""
    try:
        return ip_address(visit.address).is_loopback
    except ValueError:
        return False
