"""The laptop itself as a kiosk: people sign themselves in and out by name or badge, and nothing else can be done.

Owns what a stranger at the keyboard sees: one question at a time, no list before three letters, nobody's times. Who is
on no list writes themself down; who has still to sign types their name. A PIN leads back to the desk.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from time import monotonic
from typing import Literal, NamedTuple, cast

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input, Static

from plfacilitate.core.text import MOST_LETTERS, cut, fold, plain, tidy
from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.desk.deeds import kiosk as deeds
from plfacilitate.front.desk.painting.pictures import Match, Scan
from plfacilitate.front.desk.screens.base import event_title
from plfacilitate.front.desk.threads.messages import PeopleFound, TextsFound
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.lines import Flash, OneLine, Part, Parts
from plfacilitate.steps.signatures import HERE, HOURS, SHEET

LETTERS, SHOWN = 3, 5
DONE_SECONDS, IDLE_SECONDS = 5.0, 30.0
PATIENCE_SECONDS = 2.0  # after the first wrong PIN; doubled by every further one
LONGEST_SECONDS = 120.0

START = "Type your name, or hold your badge under the scanner"
NOBODY = "Nobody of that name is on the list"
ALIKE = "Is one of these you? Then choose your name, so that all your hours stay together"
SIGN = "To sign, type your full name. Once for the whole offering."
State = Literal["start", "signing", "leaving", "done", "pin"]


def _letters(text: str) -> int:
    return len(fold(text).replace(" ", ""))


class NotListed(NamedTuple):
    """The line for who is not among those that were found."""

    words: str


class Names(LineList[Match | NotListed]):
    """At most five people, by name and school, and the line for who is none of them."""

    def key_of(self, item: Match | NotListed) -> object:
        """A person."""
        return item.person if isinstance(item, Match) else "?"

    def draw(self, item: Match | NotListed, width: int) -> tuple[Parts, Parts]:
        """No times, no state: whoever stands here may be anybody."""
        if isinstance(item, NotListed):
            return (Part("  + "), Part(item.words, "strong")), ()
        place = f"  {item.place}" if item.place else ""
        note = f"  {item.note}" if item.note else ""
        return (Part(f"  {item.name}", "strong"), Part(f"{place}{note}", "dim")), ()


class Kiosk(Screen[None]):
    """One person after the other."""

    CSS_PATH = "kiosk.tcss"
    AUTO_FOCUS = "#name-typed"
    LOCKED = True  # the desk lets no key through that is not for typing

    def __init__(self, pin: str) -> None:
        super().__init__()
        self.pin = pin
        self.state: State = "start"
        self.match: Match | None = None
        self._new: Mapping[str, str] = {}  # what a newcomer typed, while they are asked whether they are on the list
        self._answered = ""
        self._enter_waits = False  # Enter came before the names
        self._wrong = 0
        self._not_before = 0.0
        self._back: Timer | None = None

    @property
    def desk(self) -> DeskBase:
        """The app."""
        return cast(DeskBase, self.app)

    @property
    def field(self) -> Input:
        """Where the name, or the PIN, is typed."""
        return self.query_one("#name-typed", Input)

    @property
    def names(self) -> Names:
        """Who was found."""
        return self.query_one("#names", Names)

    def compose(self) -> ComposeResult:
        """Title, question, field, names, keys."""
        yield OneLine(id="top")
        with Vertical(id="card"):
            yield Static(START, id="ask", markup=False)
            yield Input(id="name-typed", compact=True, select_on_focus=False)
            yield Names(id="names")
        yield OneLine(id="keys")

    def on_mount(self) -> None:
        """Begin."""
        self.names.can_focus = False
        self._begin()
        self.repaint()

    def repaint(self) -> None:
        """The title and the clock; the desk asks for it each second."""
        event = self.desk.event
        if event is not None:
            local = self.desk.now.astimezone(event.zone)
            title = event_title(event, self.size.width - 12)
            self.query_one("#top", OneLine).put((Part(f" {title}", "strong"),), (Part(f"{local:%H:%M} ", "strong"),))

    # -- states ------------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        self.state, self.match, self._new = "start", None, {}
        self._ask(START, "", "↑ ↓ choose · Enter takes it · Esc clears")

    def _ask(
        self, words: str, look: str, keys: str, *, typing: bool = True, seconds: float = 0, hint: str = ""
    ) -> None:
        """Show a question or an answer; after `seconds` it begins anew, 0 = never. `hint` stands in the empty field."""
        self._answered, self._enter_waits = "", False
        ask = self.query_one("#ask", Static)
        ask.update(words)
        ask.set_classes(look)
        self.names.fill(())
        self.names.refresh()
        self.field.password = self.state == "pin"
        self.field.value = ""
        self.field.placeholder = hint
        self.field.display = typing
        self.names.display = self.state != "signing"
        self.set_focus(self.field if typing else None)
        self.query_one("#keys", OneLine).put((Part(f" {keys}", "dim"),))
        self._later(seconds)

    def _later(self, seconds: float) -> None:
        if self._back is not None:
            self._back.stop()
        self._back = self.set_timer(seconds, self._begin) if seconds else None

    # -- keys --------------------------------------------------------------------------------------------------------

    async def on_key(self, event: events.Key) -> None:
        """Keys that are no letters."""
        if event.key in ("up", "down") and self.state == "start":
            self.names.action_move(-1 if event.key == "up" else 1)
        elif event.key == "escape":
            self._step_back()
        elif self.state == "leaving" and event.key in ("enter", "y", "n"):
            self._leave() if event.key != "n" else self._begin()
        elif self.state == "done":
            self._begin()
            self.field.value = event.character or "" if event.is_printable else ""
            self.field.cursor_position = len(self.field.value)
        else:
            return
        event.stop()

    def _step_back(self) -> None:
        if self.state == "start" and not self.field.value:
            self.state = "pin"
            self._ask("PIN of this kiosk?", "", "Enter leaves the kiosk · Esc back", seconds=IDLE_SECONDS)
        else:
            self._begin()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Three letters find names."""
        if self.state == "signing":
            self._later(IDLE_SECONDS)
        if self.state != "start":
            return
        self._later(IDLE_SECONDS if event.value else 0)
        self._enter_waits = False
        if self._new and self.field.value != spoken(self._new):
            self._new = {}
        if self._new or _letters(event.value) >= LETTERS:
            self.desk.feed.find_people(event.value)
        else:
            self._show(())

    def show_found(self, message: PeopleFound | TextsFound) -> None:
        """An answer to what is typed now."""
        if self.state == "start" and isinstance(message, PeopleFound) and message.text == self.field.value:
            self._answered = message.text
            found = message.matches
            if _letters(message.text) < LETTERS:
                # Enter after two letters: a whole name may be as short as that, the beginning of one may not.
                found = tuple(one for one in found if fold(message.text) in fold(one.name).split())
                self._enter_waits = False
            last = NotListed("No, I am new: sign me in" if self._new else "I am not on the list")
            self._show((*found[:SHOWN], last) if found or _letters(message.text) >= LETTERS else ())
            words = ALIKE if self._new else START if found else NOBODY
            self.query_one("#ask", Static).update(words)
            if self._enter_waits:
                self._take()

    def _show(self, found: Sequence[Match | NotListed]) -> None:
        self.names.at = 0
        self.names.fill(found)
        self.names.refresh()

    def on_input_submitted(self) -> None:
        """A name was chosen or signed with, or the PIN typed."""
        if self.state == "pin":
            self._try_pin(self.field.value.strip())
        elif self.state == "signing":
            self._sign(tidy(self.field.value))
        elif self.state == "start" and self._answered == self.field.value:
            self._take()
        elif self.state == "start":
            self._enter_waits = True
            if 0 < _letters(self.field.value) < LETTERS:
                self.desk.feed.find_people(self.field.value)

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """A double click, or a finger on the screen."""
        if self.state == "start":
            self._take()

    def _take(self) -> None:
        """Whoever is under the cursor."""
        chosen = self.names.current
        if isinstance(chosen, Match):
            self._chosen(chosen)
        elif chosen is not None and self._new:
            self._add(self._new, sure=True)
        elif chosen is not None:
            self._later(0)
            self.desk.call_later(self.desk.give, "kiosk:newcomer", self.field.value, self.add)

    # -- what is done ------------------------------------------------------------------------------------------------

    def _chosen(self, match: Match) -> None:
        if match.row is not None and match.row.present and not self.desk.scans_out:
            self.state, self.match = "leaving", match
            words = f"{plain(match.name)}: you are in. Are you leaving now?"
            self._ask(words, "warn", "Enter: I am leaving · n or Esc: no", typing=False, seconds=IDLE_SECONDS)
        else:
            self._write(match, out=None, signed=self._new.get("signed", ""))

    def _leave(self) -> None:
        if self.match is not None:
            self._write(self.match, out=True)

    def _sign(self, typed: str) -> None:
        if typed and self.match is not None:
            self._write(self.match, out=None, signed=typed[:MOST_LETTERS])

    def _write(self, match: Match, *, out: bool | None, signed: str = "") -> None:
        self.match = match
        if self.desk.event is not None:
            out = self.desk.scan_out if out is None else out
            deed = deeds.by_name(self.desk.event.id, match.person, out=out, signed=signed)
            self.desk.do_deed(deed, draft="scan")

    def add(self, typed: Mapping[str, str] | None) -> None:
        """Somebody who is not on the list has written themself down; None = they stepped back."""
        if typed is None:
            self._begin()
        else:
            self._add(typed, sure=False)

    def _add(self, typed: Mapping[str, str], *, sure: bool) -> None:
        self._new = typed
        if self.desk.event is not None:
            self.desk.do_deed(deeds.add(self.desk.event.id, typed, sure=sure), draft="scan")

    def show_scan(self, scan: Scan) -> None:
        """What came of a name or a badge, and the next one."""
        if scan.did == "signs":
            self._ask_to_sign()
        elif scan.did == "alike":
            self._ask_who()
        else:
            self._show_done(scan)

    def _ask_to_sign(self) -> None:
        """The name stays before their eyes: they sign for nobody else."""
        if self.match is None:
            return
        self.state = "signing"
        who = " · ".join(filter(None, (self.match.name, self.match.place, self.match.note)))
        words = f"{cut(who, 60).rstrip()}\n\n{HERE}\n{HOURS}\n{SHEET}\n\n{SIGN}"
        keys = "Enter signs you in · Esc: this is not me"
        self._ask(words, "long", keys, seconds=IDLE_SECONDS, hint="your full name")

    def _ask_who(self) -> None:
        """People of exactly their name, by the search that everybody uses here."""
        new = self._new
        self._begin()
        self._new = new
        self.field.value = spoken(new)
        self.field.cursor_position = len(self.field.value)

    def _show_done(self, scan: Scan) -> None:
        name = plain(scan.name)
        words, look = {
            "in": (f"● {name}\n\nYou are in at {scan.time}.", "good"),
            "out": (f"✓ {name}\n\nYou are out at {scan.time}. Thank you!", "good"),
            "in-already": (f"◐ {name}\n\nYou are in already, since {scan.time}.", "warn"),
            "out-already": (f"◐ {name}\n\nYou are out already, since {scan.time}.", "warn"),
            "unknown": ("⚠ Nobody here has this badge.\n\nType your name, or ask the facilitator.", "bad"),
        }[scan.did]
        if self.state == "signing" and scan.number:  # somebody else's badge, while this one signs
            self.query_one("#keys", OneLine).put((Part(f" {' '.join(words.split())}", look),))
        else:
            self._answer(words, look)

    def show_flash(self, flash: Flash | None) -> None:
        """Something was refused: not more than that it was."""
        if flash is not None:
            self._answer(flash.plain, "bad")

    def _answer(self, words: str, look: str) -> None:
        self.state = "done"
        self._ask(words, look, "Any key: the next one, please", typing=False, seconds=DONE_SECONDS)

    def _try_pin(self, typed: str) -> None:
        wait = self._not_before - monotonic()
        self.field.value = ""
        if wait > 0:
            self.query_one("#ask", Static).update(f"Too many wrong PINs: wait {int(wait) + 1} s, then type it again")
        elif hmac.compare_digest(typed.encode(), self.pin.encode()):
            self.dismiss()
        else:
            seconds = min(LONGEST_SECONDS, PATIENCE_SECONDS * 2**self._wrong)
            self._wrong += 1
            self._not_before = monotonic() + seconds
            self.query_one("#ask", Static).update(f"That is not the PIN: try again in {int(seconds)} s")


def spoken(typed: Mapping[str, str]) -> str:
    """`First Last` of what was typed."""
    return tidy(f"{typed.get('first_name', '')} {typed.get('last_name', '')}")


SCREEN = Kiosk
