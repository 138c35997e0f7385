"""What every screen of the office has: the head line, the five tabs, a list, words about one line, status and keys.

Owns how the frame is worded, and the filter. Never knows what stands in the list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, cast

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Input

from plfacilitate.core.minutes import day_text
from plfacilitate.core.text import fold
from plfacilitate.front.office import commands
from plfacilitate.front.office.base import OfficeBase
from plfacilitate.front.office.threads.watcher import Watcher
from plfacilitate.front.widgets.keyline import KeyWord, key_parts, key_text
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.lines import Lines, OneLine, Part, Parts
from plfacilitate.front.widgets.typedfield import LineField
from plfacilitate.front.widgets.words import WordList, Words

TABS = {"came": "Came", "held": "Held", "laptops": "Laptops", "offerings": "Offerings", "disputes": "Disputes"}


class OfficeScreen(Screen[None]):
    """A screen with its frame. `WHERE` is its name in the table of commands, `ENTER` what Enter does on it.

    `FINDS` = what its filter looks for, in words.
    """

    WHERE: ClassVar[str] = ""
    ENTER: ClassVar[str] = ""
    FINDS: ClassVar[str] = "a part of the line"

    def __init__(self) -> None:
        super().__init__()
        self.sought = ""

    @property
    def office(self) -> OfficeBase:
        """The app."""
        return cast(OfficeBase, self.app)

    def compose(self) -> ComposeResult:
        """Head, tabs, list, words, status, keys."""
        yield Lines((self.head, "panel"), (self.tabs, "surface"), id="head")
        yield OneLine(id="titles")
        yield self.make_list()
        yield WordList(id="about")
        yield Lines((self.status, "surface"), (self.keys, "panel"), id="foot")

    @property
    def stands(self) -> bool:
        """All of it is built, and none of it is taken down: clocks and threads don't wait for that."""
        return self.is_mounted and any(child.id == "foot" for child in self.children)

    def make_list(self) -> LineList[Any]:
        """The list, its id `lines`."""
        raise NotImplementedError

    @property
    def lines(self) -> LineList[Any]:
        """The list."""
        return cast(LineList[Any], self.query_one("#lines"))

    def on_mount(self) -> None:
        """Draw what is known already, and let the arrows move in the list."""
        self.set_focus(self.lines)
        self.repaint()

    def on_screen_resume(self) -> None:
        """Come first, or back, to the newest picture."""
        self.repaint()

    def on_resize(self) -> None:
        """Words are wrapped anew."""
        self.call_after_refresh(self.repaint)

    def on_line_list_moved(self) -> None:
        """Another line is looked at."""
        self.paint_about()
        self.query_one("#foot", Lines).look_again()

    def repaint(self) -> None:
        """Show the newest picture."""
        if not self.stands:
            return
        if self.office.picture.ready:
            self.paint()
        else:
            self.lines.say(self.office.reader.away or "Reading …", "warn" if self.office.reader.away else "dim")
        self.paint_about()
        for name in ("#head", "#foot"):
            self.query_one(name, Lines).look_again()

    def tick(self) -> None:
        """A second later, on a screen that stands."""
        self.query_one("#head", Lines).look_again()

    def paint(self) -> None:
        """Fill the list."""

    def about(self, width: int) -> tuple[str, Sequence[Words]]:
        """Title and words about the line under the cursor; "" = nothing is to be said."""
        return "", ()

    def paint_about(self) -> None:
        """Words about the line under the cursor."""
        words = self.query_one("#about", WordList)
        title, found = self.about(self.size.width - 2) if self.office.picture.ready else ("", ())
        words.display = bool(title) and self.size.height >= 16
        words.entitle(title)
        words.fill(found)

    # -- filter ------------------------------------------------------------------------------------------------------

    def fits(self, *texts: str) -> bool:
        """Whether every word that is looked for begins a word of these texts, or stands in a number of them."""
        wanted = fold(self.sought).split()
        there = fold(" ".join(texts)).split() if wanted else ()
        return all(any(word.startswith(one) for word in there) for one in wanted)

    async def open_filter(self) -> None:
        """Type to see only some."""
        found = self.query("#filter")
        if not found:
            field = LineField(self.sought, id="filter", placeholder=self.FINDS, compact=True, select_on_focus=False)
            await self.mount(field, after="#lines")
        self.set_focus(self.query_one("#filter"))

    async def close_filter(self, *, keep: bool) -> None:
        """Back to the list; `keep` = it stays narrowed."""
        await self.query("#filter").remove()
        if not keep:
            self.sought = ""
        self.set_focus(self.lines)
        self.repaint()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Only what fits."""
        self.sought = event.value
        self.repaint()

    async def on_input_submitted(self) -> None:
        """Enter goes to the lines that fit."""
        await self.close_filter(keep=True)

    async def stepped_back(self) -> bool:
        """Whether there was a step back to take within the screen, and it was taken."""
        if self.query("#filter") or self.sought:
            await self.close_filter(keep=False)
            return True
        return False

    # -- the frame ---------------------------------------------------------------------------------------------------

    def head(self, width: int) -> tuple[Parts, Parts]:
        """Program, register, day and time."""
        office = self.office
        local = office.now.astimezone(office.zone)
        right = (Part(f"  {day_text(local.date())}  "), Part(f"{local.hour}:{local.minute:02} ", "strong"))
        return (Part(" plfacilitate office  ", "title"), Part(office.where, "dim")), right

    def tabs(self, width: int) -> tuple[Parts, Parts]:
        """The five, with how many lines each has; a click or the number goes there."""
        parts: list[Part] = []
        roomy = width >= 76
        for number, (name, words) in enumerate(TABS.items(), start=1):
            here = name == self.office.current_mode
            action = f"app.do('show-{name}')"
            parts += [Part(f" {number} ", "key", action), Part(words, "title" if here else "", action)]
            many = self._many(name)
            if many and (roomy or here):
                parts.append(Part(f" {many}", self._look(name), action))
            parts.append(Part(" ▏" if here else "  ", "title" if here else ""))
        return parts, ()

    def _many(self, name: str) -> str:
        picture = self.office.picture
        if not picture.ready:
            return ""
        match name:
            case "came":
                return f"{len(picture.came)}{'+' if picture.more else ''}" if picture.came else ""
            case "held":
                return str(len(picture.held) or "")
            case "laptops":
                new = sum(one.laptop.standing == "new" for one in picture.laptops)
                return f"{new} new" if new else str(len(picture.laptops) or "")
            case "offerings":
                return f"{len(picture.listed):,}" if picture.listed else ""
        many = len(self.office.disputes)
        return str(many or "")

    def _look(self, name: str) -> str:
        picture = self.office.picture
        if name == "held" or (name == "laptops" and any(one.laptop.standing == "new" for one in picture.laptops)):
            return "warn"
        return "warn" if name == "disputes" else "dim"

    def status(self, width: int) -> tuple[Parts, Parts]:
        """What goes on at the left; what waits for the register at the right."""
        office, watcher = self.office, self.office.watcher
        right: list[Part] = []
        if office.hands.waiting:
            waits = office.hands.waiting
            right.append(Part(f"  ◐ {waits} to be written ", "warn"))
        right.append(Part("  ✗ register away ", "bad") if office.reader.away else Part("  ● register ", "good"))
        if office.reader.away and office.picture.ready:
            return (Part(f" {office.reader.away} Tried again by itself.", "warn"),), right
        if office.work.words:
            return (Part(f" ◐ {office.work.words}", "title"), Part(" · S stops", "dim")), right
        if watcher is not None:
            return _watched(watcher), right
        return (Part(""),), right

    def keys(self, width: int) -> tuple[Parts, Parts]:
        """As many keys as the width takes, `? help` always; what can't be done now is dim, or left out when narrow."""
        return key_parts(self._key_words(), width, self.ENTER), ()

    def _key_words(self) -> Iterator[KeyWord]:
        for command in commands.on_foot(self.WHERE):
            if not commands.over(self.office, command):
                ready, last = commands.allowed(self.office, command), command.name == "help"
                action = f"app.do('{command.name}')"
                yield KeyWord(key_text(command.keys), command.label, action, ready=ready, last=last)


def _watched(watcher: Watcher) -> Parts:
    """What goes on at the watched place."""
    if watcher.wrong:
        return (Part(f" ⚠ {watcher.words}", "warn"),)
    if not watcher.on:
        return (Part(f" ■ {watcher.place} is not watched", "warn"), Part(" · w goes on", "dim"))
    more = watcher.words if watcher.words != "watched" else f"{watcher.taken} taken in" if watcher.taken else ""
    return (Part(f" ◉ watching {watcher.place}", "good"), Part(f" · {more}" if more else "", "dim"))
