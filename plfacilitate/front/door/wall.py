"""The page for the projector: the code as large as the height lets it, how many are in, what runs and how long.

Owns that page and who may see it: this laptop, and whoever holds the long key. Never shows a person, and needs no
script: it asks for itself anew, so the code on it is the one that counts.
"""

from __future__ import annotations

import hmac
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from typing import Any, Protocol

from markupsafe import Markup

from plfacilitate.core.keeping.standing import MINUTE, Standing, standing
from plfacilitate.core.plan import Event
from plfacilitate.core.text import plain
from plfacilitate.core.timing import PAUSED, SIGNS, Urgency
from plfacilitate.front.door.languages import mark
from plfacilitate.front.door.pages import Again, Pages, own_file, policy_of
from plfacilitate.front.door.reception import Reception
from plfacilitate.front.door.visits import Answer, Visit
from plfacilitate.front.door.where import Whereabouts
from plfacilitate.seal.codes import code_at, seconds_left, spoken_at, wall_key

TURN_SECONDS = 5  # how old the figures may be; the page comes anew at once when the code changes

_OPENS = mark("Sign-in has not begun.")
_CLOSED = mark("Sign-in is closed")
_NO_NETWORK = mark("This laptop is in no network: no phone reaches it yet.")
WORDS: Mapping[Urgency, str] = {"soon": mark("soon over"), "close": mark("nearly over")}


class _Source(Protocol):
    @property
    def languages(self) -> Collection[str]:
        """The codes of the languages that there are."""

    def of(self, language: str) -> Pages:
        """The pages in that language."""


@dataclass(frozen=True, slots=True)
class _Face:
    """One of the projector's pages in one language."""

    pages: Pages
    template: str
    css: str
    policy: str

    def show(self, values: Mapping[str, Any]) -> bytes:
        return self.pages.other(self.template, {"wall_css": Markup(self.css), **values})  # noqa: S704 (our own file)

    def notice(self, what: str, again: Again) -> bytes:
        """A page that says one thing, as phones see it."""
        return self.pages.notice(what, again)


class WallLibrary:
    """One of the projector's pages in every language."""

    def __init__(self, source: _Source, template: str = "wall") -> None:
        """Read the style, which is called as the template is."""
        self._source, self._template = source, template
        self._css = own_file(f"{template}.css")
        self._policy = policy_of([own_file("style.css"), self._css], [own_file("door.js")])

    @property
    def languages(self) -> Collection[str]:
        """The codes of the languages that there are."""
        return self._source.languages

    def of(self, language: str) -> _Face:
        """The page in that language."""
        return _Face(self._source.of(language), self._template, self._css, self._policy)


@dataclass(slots=True)
class Wall:
    """One a door."""

    desk: Reception
    where: Whereabouts
    library: WallLibrary = field(init=False)

    def __post_init__(self) -> None:
        """The page is made of the phones' environment."""
        self.library = WallLibrary(self.desk)

    async def page(self, visit: Visit) -> Answer:
        """The page, to who may see it; to others there is none."""
        if not self.opens(visit):
            return await self.desk.nothing(visit)
        self.desk.refresh()
        now, event, pages = self.desk.hand.clock(), self.desk.room.event, self.desk.pages(visit)
        words = self._shut(pages, event)
        secret = self.desk.gate.secret
        values = {
            "refresh": min(TURN_SECONDS, seconds_left(now)),
            "time": pages.time(now),
            "qr": None if words else qr_svg(f"{self.where.address}/{code_at(secret, event.id, now)}".upper()),
            "words": words,
            "address": self.where.address.partition("//")[2],
            "spoken": spoken_at(secret, event.id, now),
            "ending": self.desk.room.ending(now),
            "count": sum(self.desk.room.presence(one).is_in for one in self.desk.room.fold.persons()),
            **agenda(pages, standing(self.desk.room.fold.run, now)),
        }
        return Answer(self.library.of(visit.language).show(values))

    def opens(self, visit: Visit) -> bool:
        """Whether this visitor may see the projector's pages."""
        key = wall_key(self.desk.gate.secret, self.desk.gate.event)
        given = visit.fields.get("key", "").encode("utf-8", "replace")
        return self.where.is_own(visit.address, "") or hmac.compare_digest(given, key.encode())

    def _shut(self, pages: Pages, event: Event) -> str:
        """Why there is no code to show; "" where there is."""
        if event.closed_at is not None:
            return pages.say(_CLOSED)
        if event.opened_at is None:
            return pages.say(_OPENS)
        return "" if self.where.reachable else pages.say(_NO_NETWORK)


def agenda(pages: Pages, now: Standing) -> dict[str, Any]:
    """What runs, how many minutes are left of it (negative = over), how late the day is, what comes next.

    "" and 0 where nothing does; `drift` is minutes behind, negative = ahead, None = nobody keeps the agenda.
    """
    running, coming = now.running, next(iter(now.coming), None)
    return {
        "running": plain(running.span.segment.title) if running else "",
        "left": _minutes(now.left) if running else 0,
        "urgency": now.urgency,
        "symbol": PAUSED.symbol if now.paused else "" if now.urgency == "calm" else SIGNS[now.urgency].symbol,
        "word": pages.say(WORDS[now.urgency]) if now.urgency in WORDS else "",
        "paused": now.paused,
        "until": pages.time(now.moment + now.left) if running else "",
        "share": now.done,
        "drift": int(now.drift / MINUTE) if now.kept and not now.ended else None,
        "next": plain(coming.span.segment.title) if coming else "",
        "next_at": pages.time(coming.begins) if coming and coming.begins else "",
        "over": now.ended,
        "ends": pages.time(now.ends),
    }


def _minutes(left: timedelta) -> int:
    """Begun minutes of what is left, full ones of what is over (negative)."""
    return -(-left // MINUTE)


@lru_cache(maxsize=4)
def qr_svg(text: str) -> Markup:
    """The code of a text; dark on light in every theme, since that is what a camera wants."""
    from plfacilitate.shelf.qr import modules, svg

    return Markup(svg(modules(text), ' class="qr" role="img" aria-hidden="true"'))  # noqa: S704 (figures of our own)
