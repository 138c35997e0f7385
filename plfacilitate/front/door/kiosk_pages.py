"""The kiosk's pages: large, one decision each, and back to the start by themselves.

Owns after how long a page goes back and the sentences that only a kiosk says. Never shows a name that nobody typed or
scanned.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from markupsafe import Markup

from plfacilitate.front.door.languages import mark
from plfacilitate.front.door.pages import Again, Pages, own_file, policy_of
from plfacilitate.front.door.words import NOTICES, Notice

HOME = "/kiosk"
# template → seconds without a touch until it goes back, with JavaScript and without (which can't see that somebody types).
BACK: Mapping[str, tuple[int, int]] = {
    "kiosk_start": (0, 0),
    "kiosk_hint": (30, 60),
    "kiosk_done": (6, 6),
    "kiosk_say": (10, 10),
    "kiosk_found": (30, 60),
    "kiosk_person": (45, 120),
    "kiosk_new": (90, 300),
    "kiosk_hours": (45, 120),
    "kiosk_questions": (90, 300),
    "kiosk_pin": (0, 0),
    "kiosk_leave": (20, 40),
}

_NEXT = mark("Please tell the facilitator.")
SAID: Mapping[str, Notice] = {
    "closed": Notice(
        mark("Sign-in is closed"), mark("This session was closed at %(time)s. Please tell the facilitator.")
    ),
    "not_open": Notice(mark("Not open yet"), mark("Sign-in has not begun.")),
    "unknown": Notice(mark("Who was that?"), _NEXT),
    "nothing": Notice(mark("Nothing here"), mark("This page does not exist.")),
    "again": Notice(mark("Once more, please"), mark("That took too long. Nothing was saved: begin once more.")),
    "before": Notice(mark("Sign in first"), mark("You have not signed in yet, so you can't sign out.")),
    "form": Notice(mark("That did not work"), mark("The page did not arrive whole. Begin once more.")),
    "failed": Notice(
        mark("That did not work"),
        mark("Something went wrong on the laptop. Begin once more: it says whether you are in."),
    ),
}


class Source(Protocol):
    """Who has the phones' pages: the kiosk's are made of them."""

    @property
    def languages(self) -> Collection[str]:
        """The codes of the languages that there are."""

    def of(self, language: str) -> Pages:
        """The pages in that language."""


@dataclass(frozen=True, slots=True)
class KioskFace:
    """The kiosk's pages in one language. `home` is where they go back to."""

    pages: Pages
    css: str
    script: str
    policy: str
    home: str = HOME

    def show(self, template: str, *, again: Again | None = None, **values: Any) -> bytes:
        """One of the kiosk's pages. `again` = what the switch of the language asks for."""
        back, back_blind = BACK["kiosk_hint" if values.get("hint") else template]
        given = {
            "kiosk_css": Markup(self.css),  # noqa: S704 (our own file)
            "kiosk_script": Markup(self.script),  # noqa: S704 (our own file)
            "home": self.home,
            "back": back,
            "back_blind": back_blind,
            "again": again,
        }
        return self.pages.other(template, given | values)

    def notice(self, what: str, again: Again, **details: object) -> bytes:
        """A page that says one thing and goes back."""
        said = SAID.get(what) or NOTICES[what]
        return self.show("kiosk_say", title=self.pages.say(said.title), text=self.pages.say(said.text, **details))


class KioskLibrary:
    """The kiosk's pages in every language, as the event stands now."""

    def __init__(self, source: Source) -> None:
        """Read the style and the script."""
        self._source = source
        self._css, self._script = own_file("kiosk.css"), own_file("kiosk.js")
        self._policy = policy_of([own_file("style.css"), self._css], [own_file("door.js"), self._script])

    @property
    def languages(self) -> Collection[str]:
        """The codes of the languages that there are."""
        return self._source.languages

    def of(self, language: str) -> KioskFace:
        """The pages in that language."""
        return self.face(language, HOME)

    def face(self, language: str, home: str) -> KioskFace:
        """The same with another way back."""
        return KioskFace(self._source.of(language), self._css, self._script, self._policy, home)
