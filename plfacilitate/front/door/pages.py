"""The pages as bytes: templates filled with values that are ready to be shown.

Owns the templates, the style and what may be seen of a person. Every text from people goes through `plain` here and is
escaped by the templates. Never decides which page is the right one.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from plfacilitate.core.people import Person
from plfacilitate.core.plan import Event
from plfacilitate.core.polls.asking import MOST_SAID
from plfacilitate.core.text import MOST_LETTERS, fold, plain
from plfacilitate.front.door.languages import SOURCE, Speech, load, mark, names
from plfacilitate.front.door.words import DAYS, MONTHS, NOTICES

TEMPLATES = Path(__file__).resolve().parent / "templates"
_NONE = "'none'"
_GAPS = ("\ue000", "\ue001", "\ue002", "\ue003", "\ue004")  # of the private use area: `plain` lets none through


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
        escaped = [escape(value).encode("utf-8", "replace") for value in values]
        return b"".join([escaped[piece] if isinstance(piece, int) else piece for piece in self._pieces])


@dataclass(frozen=True, slots=True)
class Again:
    """What asks for the same page once more: how, where, and with which fields."""

    method: str
    action: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language that the switch offers: its code and its own name."""

    code: str
    name: str


class Library:
    """The pages of one event in every language; each is made when somebody first wants it."""

    def __init__(self, event: Event, *, popup: bool = False) -> None:
        """English is ready at once. `popup` = problems of practice are brought here, and pages lead to them."""
        self.event = event
        self.popup = popup
        self.languages = names()
        self._made = {SOURCE: Pages(event, load(SOURCE), self.languages, popup=popup)}

    def of(self, language: str) -> Pages:
        """The pages in that language; in English where there is no such."""
        if language not in self.languages:
            language = SOURCE
        if language not in self._made:
            self._made[language] = Pages(self.event, load(language), self.languages, popup=self.popup)
        return self._made[language]

    def make(self) -> None:
        """All of them now, so that nobody waits for the first page of a language."""
        for language in self.languages:
            self.of(language)


class Pages:
    """All pages of one event in one language. Build them when the event changes."""

    def __init__(self, event: Event, speech: Speech, languages: Mapping[str, str], *, popup: bool = False) -> None:
        """Read and compile the templates."""
        self.speech = speech
        self.zone: ZoneInfo = event.zone
        self._environment = environment(speech)
        css, script = own_file("style.css"), own_file("door.js")
        self._environment.globals |= {
            "lang": speech.code,
            "tongues": [Tongue(code, name) for code, name in languages.items() if code != speech.code],
            "event": heading(event, speech),
            "theirs": in_language(event.plan.language, speech),  # goes with what the plan's file says
            "ours": in_language(SOURCE, speech),  # and with our sentences that nobody has translated
            "css": Markup(css),  # noqa: S704 (our own file)
            "script": Markup(script),  # noqa: S704 (our own file)
            "popup": popup,
            "most": MOST_LETTERS,
            "most_text": MOST_SAID,
        }
        self._templates = {name: self._environment.get_template(f"{name}.html") for name in TEMPLATE_NAMES}
        self._signed_in = {
            (before, walk_in, ""): self._prepare_in(before=before, walk_in=walk_in)
            for before in (False, True)
            for walk_in in (False, True)
        }
        self.policy = policy_of([css], [script])

    def say(self, sentence: str, **details: object) -> str:
        """A marked sentence in this language, with its details filled in."""
        said = self.speech(sentence)
        return said % details if details else said

    def time(self, moment: datetime) -> str:
        """A moment as the clock on the wall shows it, `8:07`."""
        local = moment.astimezone(self.zone)
        return f"{local.hour}:{local.minute:02}"

    def search(
        self, ticket: str, *, typed: str = "", found: Sequence[Shown] = (), hint: str = "", ending: bool = False
    ) -> bytes:
        """The search form, with at most five people under what was typed. `ending` = most people come to leave now."""
        return self._page("search", ticket=ticket, typed=plain(typed), found=found, hint=hint, ending=ending)

    def person(self, card: Card) -> bytes:
        """One person before they sign in or leave."""
        return self._page("person", card=card, ticket=card.ticket)

    def signed_in(
        self, name: str, at: datetime, *, ticket: str, person: str, before: bool = False, walk_in: bool = False,
        asks: str = "", guest: str = "",
    ) -> bytes:  # fmt: skip
        """`You are in at 8:07`; `before` = they were in already. `asks` (of the room) = it leads to polls, with that ticket."""
        page = self._signed_in.get((before, walk_in, asks))
        if page is None:
            page = self._prepare_in(before=before, walk_in=walk_in, asks=asks)
            self._signed_in[before, walk_in, asks] = page
        if asks:
            return page.fill(self.time(at), name, ticket, person, guest)
        return page.fill(self.time(at), name, ticket, person)

    def _prepare_in(self, *, before: bool, walk_in: bool, asks: str = "") -> Prepared:
        """The page that fifty phones want at once, with gaps: rendered now, only filled then."""
        time, name, ticket, person, guest = _GAPS
        again = Again("post", "/in", {"t": ticket, "p": person})
        page = self._page(
            "in", name=name, time=time, before=before, walk_in=walk_in, again=again, asks=asks, guest=guest
        )  # fmt: skip
        return Prepared(page, _GAPS)

    def out(self, name: str, at: datetime, stays: Sequence[tuple[str, str]], again: Again) -> bytes:
        """`You are out at 15:31`, to a phone that has no right to more."""
        return self._page("out", name=name, time=self.time(at), stays=stays, again=again)

    def after(self, what: str, sheet: Mapping[str, Any]) -> bytes:
        """A page of who is out: `hours` to attest, `questions` at the end, the `record` to take home; or of who takes part."""
        return self._page(what, **sheet)

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

    def notice(self, what: str, again: Again, *, greeting: str = "", spoken: bool = False, **details: str) -> bytes:
        """A page that says one thing."""
        one = NOTICES[what]
        text = self.say(one.text, **details)
        return self._page("notice", title=self.say(one.title), text=text, greeting=greeting, spoken=spoken, again=again)

    def other(self, template: str, values: Mapping[str, Any]) -> bytes:
        """A page that is not for phones, from a template of the folder."""
        return self._environment.get_template(f"{template}.html").render(values).encode("utf-8", "replace")

    def _page(self, template: str, /, **values: Any) -> bytes:
        values.setdefault("again", None)
        if template not in self._templates:  # one that few events need
            self._templates[template] = self._environment.get_template(f"{template}.html")
        return self._templates[template].render(values).encode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Card:
    """What the page of one person shows. Empty texts and False = not there.

    `first` = the phone has been here and is greeted; `since` = they are in, `left` = when they went; `ending` = the
    session is about to end; `signs` = a signature is wanted; `mail` = the masked e-mail; `record` = may see their record.
    `asks` = it leads to polls (of the room), by the ticket `guest`.
    """

    ticket: str
    who: Shown
    first: str = ""
    since: str = ""
    left: str = ""
    ending: bool = False
    signs: bool = False
    mail: str = ""
    record: str = ""
    asks: str = ""
    guest: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)


TEMPLATE_NAMES = (
    "search",
    "person",
    "in",
    "out",
    "hours",
    "questions",
    "record",
    "new",
    "notice",
    "popup",
    "popup_new",
    "popup_group",
)


def environment(speech: Speech) -> Environment:
    """Our templates, which escape everything and speak that language."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_callables(speech, speech.several, newstyle=True)  # type: ignore[attr-defined]  # of the extension
    return made


def own_file(file: str) -> str:
    """A style or script of ours, as it stands in a page."""
    return (TEMPLATES / file).read_text("utf-8").strip()


def policy_of(styles: Sequence[str], scripts: Sequence[str]) -> str:
    """The Content-Security-Policy of pages that hold exactly these styles and scripts, and nothing from elsewhere."""
    named = {"style-src": styles, "script-src": scripts}
    parts = [f"{name} {' '.join(map(_digest, texts)) or _NONE}" for name, texts in named.items()]
    return "; ".join(
        [
            "default-src 'none'",
            *parts,
            "img-src data:",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ]
    )


def _digest(text: str) -> str:
    """How a policy names a style or script that stands in the page."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def in_language(code: str, speech: Speech) -> Markup:
    """The attribute of a text in that language; nothing where the page is in it."""
    return Markup() if code == speech.code else Markup(' lang="{}"').format(code)


def heading(event: Event, speech: Speech) -> Heading:
    """The heading of an event's pages."""
    plan = event.plan.title if event.plan.title != event.title else ""
    day = long_day(event.day, speech)
    return Heading(plain(event.title), plain(plan), plain(" · ".join(part for part in (event.place, day) if part)))


def long_day(day: date, speech: Speech) -> str:
    """`Wednesday, 6 December`, as the language writes it."""
    parts = {"weekday": speech(DAYS[day.weekday()]), "day": day.day, "month": speech(MONTHS[day.month - 1])}
    return speech(mark("%(weekday)s, %(day)s %(month)s")) % parts


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
