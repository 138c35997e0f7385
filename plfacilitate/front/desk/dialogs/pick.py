"""Somebody by name: type the beginning, Enter takes the first.

Owns the order of the answers: whoever it makes sense for comes first. Never signs anybody in.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from plfacilitate.core.text import cells, cut, plain
from plfacilitate.front.desk.dialogs.base import DeskDialog
from plfacilitate.front.desk.painting.pictures import SYMBOLS, Match
from plfacilitate.front.desk.threads.messages import PeopleFound
from plfacilitate.front.widgets.dialogs.base import settled
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.lines import Part, Parts
from plfacilitate.front.widgets.typedfield import LineField

SHOWN = 12


class Stranger(NamedTuple):
    """Nobody was found; the typed name comes as a walk-in."""

    text: str


class MatchList(LineList[Match | Stranger]):
    """The people that were found."""

    HELP = "The people whose names begin with what was typed. Enter takes the first, the arrows choose another."

    def __init__(self, verb: str, *, id: str | None = None) -> None:  # noqa: A002 (Textual's word)
        super().__init__(id=id, empty="Type the beginning of a name.")
        self.verb = verb
        self.can_focus = False

    def key_of(self, item: Match | Stranger) -> object:
        """A person."""
        return item.person if isinstance(item, Match) else "?"

    def draw(self, item: Match | Stranger, width: int) -> tuple[Parts, Parts]:
        """Symbol, name, school, and how they stand."""
        if isinstance(item, Stranger):
            return (
                Part(" + "),
                Part(item.text, "strong"),
                Part("  nobody of this name: Enter takes a walk-in", "dim"),
            ), ()
        row = item.row
        state = row.state if row is not None else "expected"
        word = row.word if row is not None else "not on the list"
        sense = makes_sense(item, self.verb)
        when = f" since {row.came}" if row is not None and row.present else ""
        right = f"  {word}{when} "
        name, place = self._widths(width - 3 - cells(plain(right)), item.note)
        left = [Part(f" {SYMBOLS[state]} ", state), Part(cut(item.name, name), "strong" if sense else "dim")]
        left.append(Part(f" {cut(item.place, place)}", "dim"))
        if item.note:
            left.append(Part(f" {item.note}", "strong" if sense else "dim"))
        return left, (Part(right, state),)

    def _widths(self, room: int, note: str) -> tuple[int, int]:
        """Cells of the name and of the place: what tells people of one name apart is never cut before them."""
        found = [one for one in self.items if isinstance(one, Match)]
        name = min(28, max(cells(plain(one.name)) for one in found))
        place = min(24, max(cells(plain(one.place)) for one in found))
        room -= cells(plain(note)) + 3
        name = min(name, max(14, room - min(place, 10)))
        return name, max(4, min(place, room - name))


def makes_sense(match: Match, verb: str) -> bool:
    """Whether the verb fits: only who is out can come in, only who is in can go out."""
    present = match.row is not None and match.row.present
    return present is (verb == "out")


class Picker(DeskDialog[Match | Stranger]):
    """One person, by name or badge."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "take", priority=True),
        Binding("up", "move(-1)", "up", priority=True),
        Binding("down", "move(1)", "down", priority=True),
    ]

    def __init__(self, title: str, verb: str, *, strangers: bool = False) -> None:
        """`verb` is `in` or `out`; `strangers` = a name that nobody has may be taken as a walk-in."""
        super().__init__(title, "Enter takes the marked one · ↑ ↓ choose · Esc back")
        self.verb = verb
        self.strangers = strangers
        self._answered = ""
        self._waiting = False

    def body(self) -> ComposeResult:
        """A field and what was found."""
        yield LineField(id="name", placeholder="three letters of the name", compact=True, select_on_focus=False)
        yield MatchList(self.verb, id="matches")

    @property
    def name_field(self) -> Input:
        """Where the name is typed."""
        return self.query_one("#name", Input)

    @property
    def matches(self) -> MatchList:
        """What was found."""
        return self.query_one("#matches", MatchList)

    def first(self) -> Widget:
        """Type at once."""
        return self.name_field

    def on_input_changed(self, event: Input.Changed) -> None:
        """Ask as it is typed."""
        self.look_up(event.value)

    def look_up(self, text: str) -> None:
        """Ask who is meant; nobody is by nothing."""
        if text.strip():
            self.desk.feed.find_people(text)
        else:
            self.matches.fill(())

    def show_found(self, message: PeopleFound) -> None:
        """The answer to what is typed now; one for an older text is passed over."""
        if message.text != self.name_field.value:
            return
        items: list[Match | Stranger] = [*self.ordered(message.matches)[:SHOWN]]
        if not items and self.strangers:
            items = [Stranger(message.text.strip())]
        self.matches.empty = "Nobody of that name."
        self.matches.at = 0
        self.matches.fill(items)
        self.matches.refresh()
        self._answered = message.text
        if self._waiting:
            self._take()

    def ordered(self, found: Sequence[Match]) -> list[Match]:
        """Whoever the verb fits first."""
        return sorted(found, key=lambda match: not makes_sense(match, self.verb))

    def action_move(self, step: int) -> None:
        """Another of those found."""
        self.matches.action_move(step)

    async def action_take(self) -> None:
        """Take the marked one, once the answer to the typed letters is there."""
        await settled(self.name_field)
        if not self.name_field.value.strip():
            return
        if self._answered == self.name_field.value:
            self._take()
        else:
            self._waiting = True

    def _take(self) -> None:
        self._waiting = False
        if self.matches.current is not None:
            self.dismiss(self.matches.current)

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """A double click."""
        self._take()
