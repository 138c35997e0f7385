"""Hours that may be cleared from this laptop: what goes, what stays, and why.

Owns the list and the words below it. Never clears: an order asks first, a deed does it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import NamedTuple

from textual.app import ComposeResult

from plfacilitate.core.clearing import Verdict
from plfacilitate.core.clearing_words import FOR_GOOD, OLD_COPY, handed, much, programme, which, why
from plfacilitate.core.directory import described
from plfacilitate.core.people import Person
from plfacilitate.core.report.words import count
from plfacilitate.core.text import cells, cut
from plfacilitate.front.desk import commands
from plfacilitate.front.desk.screens.base import DeskScreen
from plfacilitate.front.desk.threads.messages import Written
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.lines import Part, Parts
from plfacilitate.steps.clear import Chosen, Preview

NOTHING = "Nothing here was handed over so long ago that it could go, and nothing else holds hours."


class ClearLine(NamedTuple):
    """A heading, an event that goes or stays, or a person who goes."""

    text: str = ""
    verdict: Verdict | None = None
    person: Person | None = None


class ClearList(LineList[ClearLine]):
    """What goes first, then what stays."""

    HELP = (
        "Hours that the office has and this laptop needs no more. ✓ goes, ○ stays; below stands why, and what of the "
        "programme stays. The office's register loses nothing, and neither do other laptops."
    )

    def key_of(self, item: ClearLine) -> Hashable:
        """An event or a person."""
        held = item.verdict.held.event.id if item.verdict is not None else ""
        return (item.text, held, item.person.id if item.person is not None else "")

    def shape(self, item: ClearLine) -> Hashable:
        """Of an event what is drawn of it."""
        if item.verdict is None:
            return item
        return which(item.verdict.held), much(item.verdict.held), item.verdict.stays

    def rests(self, item: ClearLine) -> bool:
        """Not on headings."""
        return not item.text

    def draw(self, item: ClearLine, width: int) -> tuple[Parts, Parts]:
        """Whether it goes, the day and title, how much."""
        if item.person is not None:
            return (Part("   ✓ ", "good"), Part(cut(described(item.person), max(8, width - 6)))), ()
        if item.verdict is None:
            return (Part(f" {item.text}", "title"),), ()
        held, goes = item.verdict.held, item.verdict.goes
        beside = f" {much(held)} " if goes else f" {item.verdict.stays[0][0].replace('-', ' ')} "
        mark = Part("   ✓ ", "good") if goes else Part("   ○ ", "dim")
        name = cut(which(held), max(8, width - 6 - cells(beside)))
        return (mark, Part(name.rstrip(), "strong" if goes else "")), (Part(beside, "" if goes else "warn"),)


class Why(LineList[ClearLine]):
    """The words of what the cursor stands on: a sentence, no list."""


class ClearScreen(DeskScreen):
    """What clearing would do."""

    CSS_PATH = "clear.tcss"
    WHERE = "clear"
    HELP = ClearList.HELP
    BINDINGS = commands.bindings("clear")
    AUTO_FOCUS = "ClearList"

    def __init__(self, found: Preview, chosen: Chosen) -> None:
        super().__init__()
        self.found = found
        self.chosen = chosen

    def body(self) -> ComposeResult:
        """The list, and the words below it."""
        yield ClearList(id="clearing", empty=NOTHING)
        yield Why(id="why")

    @property
    def list(self) -> ClearList:
        """The list."""
        return self.query_one("#clearing", ClearList)

    def on_mount(self) -> None:
        """The words below have no cursor."""
        self.query_one("#why", Why).can_focus = False
        super().on_mount()

    def title_parts(self, width: int) -> Parts:
        """Which screen this is."""
        return (Part("Clear from this laptop"),)

    def show(self, found: Preview, chosen: Chosen) -> None:
        """Another preview, asked for in another way."""
        self.found, self.chosen = found, chosen
        self.paint()
        self.list.move_to(0, 1)
        self.list.go_to(0)
        self._say_why()

    def paint(self) -> None:
        """What goes, what stays."""
        self.list.fill([*_lines(self.found, self.chosen)])
        going, chosen = self.found.going, self.chosen
        much_ = count(self.found.entries, "entry", "entries")
        goes = f"{count(len(going), 'event')}, {much_} go" if going else "nothing goes"
        asked = f"handed over at least {chosen.days} days ago" + (", receipt or not" if chosen.without_receipt else "")
        self.list.entitle(f"Clear · {asked}", goes)
        self._say_why()

    def on_line_list_moved(self) -> None:
        """The words are of the line under the cursor."""
        self._say_why()

    def _say_why(self) -> None:
        line = self.list.current
        verdict = line.verdict if line is not None else None
        self.query_one("#why", Why).say(_words(verdict, self.found) if verdict is not None else FOR_GOOD)

    def show_written(self, message: Written) -> None:
        """It is done: back, and say so."""
        self.dismiss()
        self.desk.call_later(self.desk.say, message.said)


def _lines(found: Preview, chosen: Chosen) -> Iterator[ClearLine]:
    going = [one for one in found.verdicts if one.goes]
    staying = [one for one in found.verdicts if not one.goes]
    if going:
        yield ClearLine("These hours go")
        yield from (ClearLine(verdict=one) for one in going)
    if chosen.people and found.left:
        yield ClearLine(f"{count(len(found.left), 'person', 'people')} of whom nothing else is here go")
        yield from (ClearLine(person=one) for one in found.left)
    if staying:
        yield ClearLine("These stay")
        yield from (ClearLine(verdict=one) for one in staying)


def _words(verdict: Verdict, found: Preview) -> str:
    held = verdict.held
    if not verdict.goes:
        return f"Stays: {why(verdict)}."
    programme_words = programme(found.stays.get(held.event.id, {}))
    stays = f" Of the programme stays: {programme_words}." if programme_words else ""
    return f"{handed(held)[0].upper()}{handed(held)[1:]}.{stays} {OLD_COPY}"


def stays_words(found: Preview) -> str:
    """What of the programme stays of all that goes; "" = nothing does."""
    every: dict[str, int] = {}
    for stays in found.stays.values():
        for what, number in stays.items():
            every[what] = every.get(what, 0) + number
    return programme(every)


SCREEN = ClearScreen
