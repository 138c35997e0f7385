"""Search: people and notes, as one list; what is under the cursor is read below it.

Owns the screen only: what is found comes from the reader thread.
"""

from __future__ import annotations

from typing import NamedTuple

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from plfacilitate.core.entry import utc_moment
from plfacilitate.core.text import cut, plain
from plfacilitate.front.desk import commands
from plfacilitate.front.desk.painting.pictures import SYMBOLS, Found, Match
from plfacilitate.front.desk.screens.base import DeskScreen
from plfacilitate.front.desk.threads.messages import PeopleFound, TextsFound
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.lines import Part, Parts
from plfacilitate.front.widgets.typedfield import LineField

PEOPLE_SHOWN = 8

KINDS = {
    "popup": "POP-up", "popup-opened": "POP-up", "popup-changed": "POP-up", "commitment": "promise", "captured": "line",
    "commitment-settled": "heard", "problem-filed": "filed", "problem-resource": "helps",
    "poll-opened": "poll", "poll-answer": "answer", "poll-closed": "answer",
}  # fmt: skip


class Heading(NamedTuple):
    """A line between kinds of finds."""

    text: str


class Finds(LineList[Heading | Match | Found]):
    """People, then notes."""

    HELP = "People and notes that hold all the typed words. Enter opens a person."

    def rests(self, item: Heading | Match | Found) -> bool:
        """Not on headings."""
        return not isinstance(item, Heading)

    def key_of(self, item: Heading | Match | Found) -> object:
        """A person, an entry, a heading."""
        return item.person if isinstance(item, Match) else item.entry if isinstance(item, Found) else item.text

    def draw(self, item: Heading | Match | Found, width: int) -> tuple[Parts, Parts]:
        """One line each."""
        if isinstance(item, Heading):
            return (Part(f" {item.text}", "title"),), ()
        if isinstance(item, Match):
            row = item.row
            state = row.state if row is not None else "expected"
            word = row.word if row is not None else ""
            left = (Part(f"   {SYMBOLS[state]} ", state), Part(cut(item.name, 30)), Part(f" {item.place}", "dim"))
            return left, (Part(f"  {word} ", state),)
        kind = KINDS.get(item.kind, "note")
        return (Part(f"   {kind:<7}", "dim"), Part(item.text)), (Part(f"  {item.title} ", "dim"),)


class SearchScreen(DeskScreen):
    """Find people and notes."""

    CSS_PATH = "search.tcss"
    WHERE = "search"
    ENTER = "person"
    BINDINGS = commands.bindings("search")
    AUTO_FOCUS = "#query"

    def body(self) -> ComposeResult:
        """A field, the finds, the text."""
        yield LineField(id="query", placeholder="a name, or words of a note", compact=True)
        yield Finds(id="finds", empty="Type a few letters: people by name, notes and POP-ups by their words.")
        yield Static("", id="text", markup=False)

    def on_mount(self) -> None:
        """Nothing is asked yet."""
        self._people: tuple[Match, ...] = ()
        self._texts: tuple[Found, ...] = ()
        self.query_one("#text").display = False
        super().on_mount()

    def on_screen_resume(self) -> None:
        """Type at once, and ask again: something may have been written meanwhile."""
        super().on_screen_resume()
        self.field.focus()
        self._ask()

    @property
    def field(self) -> Input:
        """Where the words are typed."""
        return self.query_one("#query", Input)

    @property
    def finds(self) -> Finds:
        """What was found."""
        return self.query_one("#finds", Finds)

    def title_parts(self, width: int) -> Parts:
        """Which screen this is."""
        return (Part("Search"),)

    def on_input_changed(self) -> None:
        """Ask as it is typed."""
        self._ask()

    def on_input_submitted(self) -> None:
        """Down to the finds."""
        self.set_focus(self.finds)

    def _ask(self) -> None:
        text = self.field.value
        if text.strip():
            self.desk.feed.find_people(text)
            self.desk.feed.find_texts(text)
        else:
            self._people, self._texts = (), ()
            self._show()

    def show_found(self, message: PeopleFound | TextsFound) -> None:
        """An answer to what is typed now."""
        if message.text != self.field.value:
            return
        if isinstance(message, PeopleFound):
            self._people = message.matches[:PEOPLE_SHOWN]
        else:
            self._texts = message.hits
        self._show()

    def _show(self) -> None:
        items: list[Heading | Match | Found] = []
        if self._people:
            items += [Heading("People"), *self._people]
        if self._texts:
            items += [Heading("Notes and POP-ups"), *self._texts]
        self.finds.empty = "Nothing is found." if self.field.value.strip() else self.finds.empty
        self.finds.fill(items)
        self.finds.refresh()
        self._show_text()

    def on_line_list_moved(self) -> None:
        """Another find: read it."""
        self._show_text()

    def _show_text(self) -> None:
        item, text = self.finds.current, self.query_one("#text", Static)
        text.display = isinstance(item, Found)
        if isinstance(item, Found):
            local = utc_moment(item.when).astimezone(self.desk.zone)
            text.border_title = Content(plain(f"{local:%d %b %Y, %H:%M}  {item.title}"))
            text.update("\n".join(plain(line) for line in item.text.split("\n")))

    async def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """Enter opens a person of the room."""
        if isinstance(message.item, Match) and self.desk.event is not None:
            await self.desk.give("views:person", message.item.person)
        elif isinstance(message.item, Match):
            self.desk.say("Open the room of an event first: a person is shown at an event.")


SCREEN = SearchScreen
