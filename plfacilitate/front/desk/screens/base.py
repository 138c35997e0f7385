"""What every screen of the desk has: the head line, the status line, the key line.

Owns how they are worded. Never knows what stands between them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, cast

from textual.app import ComposeResult
from textual.screen import Screen

from plfacilitate.core.minutes import day_text
from plfacilitate.core.plan import Event
from plfacilitate.core.text import cells, cut, plain
from plfacilitate.front.desk import commands
from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.desk.painting.pictures import Door
from plfacilitate.front.widgets.keyline import KeyWord, key_parts, key_text
from plfacilitate.front.widgets.lines import Flash, Lines, Part, Parts, Source


class DeskScreen(Screen[None]):
    """A screen with its frame. `WHERE` is its name in the table of commands, `ENTER` what Enter does on it.

    `TYPES` = words are typed on it: its key line names no letters. `FOLLOWS` = what is kept up to date for it beside
    the room, by its names in `threads.followed`.
    """

    WHERE: ClassVar[str] = ""
    ENTER: ClassVar[str] = ""
    TYPES: ClassVar[bool] = False
    FOLLOWS: ClassVar[frozenset[str]] = frozenset()

    @property
    def desk(self) -> DeskBase:
        """The app."""
        return cast(DeskBase, self.app)

    def compose(self) -> ComposeResult:
        """Head, body, status, keys."""
        yield Lines((self.head, "panel"), *((source, "surface") for source in self.under_head()), id="head")
        yield from self.body()
        yield Lines((self.status, "surface"), (self.keys, "panel"), id="foot")

    def under_head(self) -> tuple[Source, ...]:
        """Further lines at the top."""
        return ()

    def body(self) -> ComposeResult:
        """What this screen is for."""
        yield from ()

    def on_mount(self) -> None:
        """Draw what is known already."""
        self.repaint()

    def on_screen_resume(self) -> None:
        """Come first, or back, to the newest picture; what the screens below follow is kept for them."""
        self.follow()
        self.repaint()

    def follow(self) -> None:
        """Say what is to be kept up to date."""
        shown = [screen for screen in self.app.screen_stack if isinstance(screen, DeskScreen)]
        self.desk.feed.follow(frozenset().union(*(screen.follows for screen in shown)))

    @property
    def follows(self) -> frozenset[str]:
        """What is kept up to date for it now; a screen may want some of it later than it is shown."""
        return self.FOLLOWS

    def repaint(self) -> None:
        """Show the newest pictures."""
        if not self.is_mounted or not any(child.id == "foot" for child in self.children):
            return  # it is being built, or taken down
        self.paint()
        for name in ("#head", "#foot"):
            self.query_one(name, Lines).look_again()

    def paint(self) -> None:
        """Draw the body."""

    def stepped_back(self) -> bool:
        """Whether there was a step back to take within the screen, and it was taken."""
        return False

    def show_flash(self, flash: Flash | None) -> None:
        """What was scanned, for a moment in place of the newest mark."""
        self.query_one("#foot", Lines).look_again()

    # -- the frame ---------------------------------------------------------------------------------------------------

    def title_parts(self, width: int) -> Parts:
        """What stands at the top left after the program's name, in at most so many cells."""
        event = self.desk.event
        return (Part(event_title(event, width)),) if event is not None else ()

    def head(self, width: int) -> tuple[Parts, Parts]:
        """Program, title, day and time."""
        desk = self.desk
        zone = desk.event.zone if desk.event is not None else desk.zone
        local = desk.now.astimezone(zone)
        right = [Part(f"  {day_text(local.date())}  "), Part(f"{local.hour}:{local.minute:02} ", "strong")]
        if not desk.may_write:
            right.insert(0, Part("  READ ONLY ", "warn"))
        room = width - 15 - sum(cells(part.text) for part in right)
        return (Part(" plfacilitate  ", "title"), *self.title_parts(room)), right

    def status(self, width: int) -> tuple[Parts, Parts]:
        """The newest mark at the left; door, ledger and outbox at the right."""
        desk = self.desk
        if desk.why_not_write:
            return (Part(f" {desk.why_not_write}", "warn"),), ()
        if desk.flash is not None:
            words = cut(f" {desk.flash.words}", width)
            return (Part(words, desk.flash.look),), ()
        entries = desk.room.entries or (desk.day.entries if desk.day else 0)
        right = [*_scans(desk), *_door(desk.door), Part(f"  ledger {entries:,} ", "dim"), Part("✓ ", "good")]
        if drafts := len(desk.waiting_drafts):
            right.insert(0, Part(f"  ✎ {drafts}", "warn", "app.do('draft')"))
        if width >= 90:
            right.append(Part(f" outbox {desk.outbox} ", "dim"))
        strange = len(desk.strange_badges)
        words = f" {desk.room.last}" if not strange else f" ⚠ {_badges(strange)} nobody has · b finds out whose"
        return (Part(words, "warn" if strange else ""),), right

    def keys(self, width: int) -> tuple[Parts, Parts]:
        """As many keys as the width takes, `? help` always; what can't be done now is dim, or left out when narrow."""
        return key_parts(self._key_words(), width, self.ENTER), ()

    def _key_words(self) -> Iterator[KeyWord]:
        for command in commands.on_foot(self.WHERE):
            key = key_text(command.keys, typing=self.TYPES)
            if key and not commands.over(self.desk, command):
                ready, last = commands.allowed(self.desk, command), command.run == "views:help_here"
                yield KeyWord(key, command.label, f"app.do('{command.name}')", ready=ready, last=last)


def _badges(number: int) -> str:
    return "a scanned badge that" if number == 1 else f"{number} scanned badges that"


def _scans(desk: DeskBase) -> Parts:
    """What a scanned badge does, where that is not what it does most of the day."""
    if desk.event is None or desk.event.opened_at is None or desk.event.closed_at is not None:
        return ()
    if desk.scans_out:
        return (Part("  scan signs out", "warn"),)
    return (Part("  scan signs in", "warn"),) if desk.scan_out is False else ()


def _door(door: Door) -> Parts:
    """Whether phones can sign in."""
    if door.state == "off":
        return ()
    if door.state == "failed":
        return (Part("  ⚠ door stopped", "bad"),)
    if door.state == "unsaved":
        return (Part("  ⚠ door: not saved", "bad"),)
    return (Part("  ● door", "good"),) if door.state != "starting" else (Part("  ◐ door starts", "warn"),)


def event_title(event: Event, width: int = 200) -> str:
    """`Puget Sound … Institute · session 3 of 5 · Renton`; where that is too wide, the session's own title."""
    ends = []
    if len(event.plan.sessions) > 1:
        number = [session.id for session in event.plan.sessions].index(event.session_id) + 1
        ends.append(f"session {number} of {len(event.plan.sessions)}")
    if event.place:
        ends.append(event.place)
    long = " · ".join([event.plan.title, *ends])
    return long if cells(plain(long)) <= width else " · ".join([event.title, *ends])
