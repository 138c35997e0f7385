"""The pages as bytes: templates filled with values that are ready to be shown.

Owns the templates, the style and what may be seen of a person. Every text from people goes through `plain` here and is
escaped by the templates. Never decides which page is the right one.
"""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from plfacilitate.core.people import Person
from plfacilitate.core.plan import Event
from plfacilitate.core.text import fold, plain
from plfacilitate.front.door.words import ENGLISH

TEMPLATES = Path(__file__).resolve().parent / "templates"
_GAPS = ("\ue000", "\ue001")  # of the private use area: `plain` lets none through


@dataclass(frozen=True, slots=True)
class Shown:
    """A person as a page shows them. `mask` tells two of one name in one school apart; "" where nothing has to be said."""

    id: str
    name: str
    school: str = ""
    mask: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands at the top of every page: the session, the plan it belongs to, and where and when it is."""

    title: str
    plan: str
    place: str


class Prepared:
    """A page that was rendered with marks in the places of its values."""

    def __init__(self, page: bytes, marks: Sequence[str]) -> None:
        """`marks` are characters that stand nowhere else."""
        self._pieces: list[bytes | int] = []
        while page:
            places = [(at, n) for n, mark in enumerate(marks) if (at := page.find(mark.encode())) >= 0]
            at, n = min(places, default=(len(page), -1))
            self._pieces.append(page[:at])
            page = page[at:]
            if n >= 0:
                self._pieces.append(n)
                page = page[len(marks[n].encode()) :]

    def fill(self, *values: str) -> bytes:
        """The page with the values, escaped, in their places."""
        escaped = [html.escape(value).encode("utf-8", "replace") for value in values]
        return b"".join([escaped[piece] if isinstance(piece, int) else piece for piece in self._pieces])


class Pages:
    """All pages of one event. Build one when the event changes."""

    def __init__(self, event: Event, words: Mapping[str, str] = ENGLISH) -> None:
        """Read and compile the templates."""
        css = (TEMPLATES / "style.css").read_text("utf-8").strip()
        environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.words = words
        self.zone: ZoneInfo = event.zone
        environment.globals |= {"w": words, "event": heading(event), "css": Markup(css), "most": MOST_LETTERS}  # noqa: S704 (our own file)
        self._templates = {
            name: environment.get_template(f"{name}.html")
            for name in ("search", "person", "in", "out", "new", "notice")
        }
        self._signed_in = {
            (before, walk_in): self._prepare_in(before=before, walk_in=walk_in)
            for before in (False, True)
            for walk_in in (False, True)
        }
        digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
        self.policy = (
            f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; form-action 'self'; base-uri 'none'; "
            "frame-ancestors 'none'"
        )

    def time(self, moment: datetime) -> str:
        """A moment as the clock on the wall shows it, `8:07`."""
        local = moment.astimezone(self.zone)
        return f"{local.hour}:{local.minute:02}"

    def search(self, ticket: str, *, typed: str = "", found: Sequence[Shown] = (), hint: str = "") -> bytes:
        """The search form, with at most five people under what was typed."""
        return self._page("search", ticket=ticket, typed=plain(typed), found=found, hint=hint)

    def person(
        self, ticket: str, who: Shown, *, first: str = "", since: str = "", left: str = "", typed: str = ""
    ) -> bytes:
        """One person before they sign in or, with `since`, before they leave. `first` = the phone has been here."""
        return self._page("person", ticket=ticket, who=who, first=first, since=since, left=left, typed=plain(typed))

    def signed_in(self, name: str, at: datetime, *, before: bool = False, walk_in: bool = False) -> bytes:
        """`You are in at 8:07`; `before` = they were in already."""
        return self._signed_in[before, walk_in].fill(self.time(at), name)

    def _prepare_in(self, *, before: bool, walk_in: bool) -> Prepared:
        """The page that fifty phones want at once, with two gaps: rendered now, only filled then."""
        rest = self.words["walk_in_rest" if walk_in else "in_rest"]
        return Prepared(self._page("in", name=_GAPS[1], time=_GAPS[0], before=before, rest=rest), _GAPS)

    def signed_out(self, name: str, at: datetime, stays: Sequence[tuple[datetime, datetime]]) -> bytes:
        """`You are out at 15:31`, with the times of today."""
        times = [(self.time(came), self.time(left)) for came, left in stays]
        return self._page("out", name=name, time=self.time(at), stays=times)

    def new(
        self,
        ticket: str,
        values: Mapping[str, str],
        *,
        faults: Mapping[str, str] | None = None,
        alike: Sequence[Shown] = (),
    ) -> bytes:
        """The form for who is not on the list; `alike` = people whom they may be."""
        shown = {name: plain(value) for name, value in values.items()}
        return self._page("new", ticket=ticket, values=shown, faults=faults or {}, alike=alike)

    def notice(self, what: str, *, greeting: str = "", spoken: bool = False, **details: str) -> bytes:
        """A page that says one thing: the words `what` and `what_title`."""
        text = self.words[what].format(**details)
        title = self.words[_TITLES.get(what, f"{what}_title")]
        return self._page("notice", title=title, text=text, greeting=greeting, spoken=spoken)

    def _page(self, template: str, /, **values: Any) -> bytes:
        return self._templates[template].render(values).encode("utf-8", "replace")


MOST_LETTERS = 120
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_TITLES = {"scan_form": "scan_title", "scan_used": "scan_title"}


def heading(event: Event) -> Heading:
    """The heading of an event's pages; the day in English, as all the words are."""
    plan = event.plan.title if event.plan.title != event.title else ""
    day = f"{_DAYS[event.day.weekday()]}, {event.day.day} {_MONTHS[event.day.month - 1]}"
    return Heading(plain(event.title), plain(plan), plain(" · ".join(part for part in (event.place, day) if part)))


def shown(people: Sequence[Person]) -> list[Shown]:
    """People as a page shows them: name and school, and a masked e-mail where those are the same."""
    alike: dict[tuple[str, str], list[Person]] = {}
    for person in people:
        alike.setdefault(_looks(person), []).append(person)
    return [
        Shown(person.id, plain(person.spoken), plain(person.school), _mask(person, alike[_looks(person)]))
        for person in people
    ]


def _looks(person: Person) -> tuple[str, str]:
    return (fold(person.spoken), fold(person.school))


def _mask(person: Person, alike: Sequence[Person]) -> str:
    if len(alike) < 2:
        return ""
    others = [other.email for other in alike if other is not person]
    return plain(masked(person.email, others) if person.email else person.role)


def masked(email: str, others: Sequence[str] = ()) -> str:
    """`m•••a@school.org`; of look-alikes so many letters more that they differ, but never all of them."""
    name, at, domain = email.partition("@")
    for letters in range(1, max(2, len(name) - 1)):
        mask = f"{name[:letters]}•••{name[-1:]}{at}{domain}"
        if all(mask != masked_as(other, letters) for other in others):
            return mask
    return f"{name[:1]}•••{name[-1:]}{at}{domain}"


def masked_as(email: str, letters: int) -> str:
    """The same mask over another address."""
    name, at, domain = email.partition("@")
    return f"{name[:letters]}•••{name[-1:]}{at}{domain}"
