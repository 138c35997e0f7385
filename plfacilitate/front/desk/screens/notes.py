"""What was noted, parked and decided at an event, the newest first; what is under the cursor is read below it.

Owns which kind is listed. Never writes: n does that here as everywhere.
"""

from __future__ import annotations

from collections import Counter

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from plfacilitate.core.notes import TAGS, Note, Tag
from plfacilitate.core.text import cut, plain
from plfacilitate.front.desk import commands
from plfacilitate.front.desk.screens.base import DeskScreen
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.lines import Part, Parts

NOTHING = "Nothing was noted yet: n takes a note; Tab in it makes it one for the parking lot, or a decision."
LOOKS = {"note": ("·", "dim"), "parking": ("P", "late"), "decision": ("✓", "good")}


class NoteList(LineList[Note]):
    """The notes."""

    HELP = "What was noted, the newest first. Tab lists one kind only, f finds notes of all events by their words."

    def key_of(self, item: Note) -> object:
        """The entry."""
        return item.id

    def draw(self, item: Note, width: int) -> tuple[Parts, Parts]:
        """Time, kind, words; at the right what was on."""
        desk = self.screen.desk if isinstance(self.screen, NotesScreen) else None
        zone = desk.event.zone if desk is not None and desk.event is not None else None
        local = item.at.astimezone(zone)
        symbol, look = LOOKS[item.tag]
        kind = "" if item.tag == "note" else f"{TAGS[item.tag]}: "
        left = (Part(f" {local:%H:%M} ", "dim"), Part(f"{symbol} ", look), Part(kind, look), Part(item.text))
        room = max(0, width // 3 - 2)
        return left, (Part(f"  {cut(item.segment, room).rstrip()} ", "dim"),) if item.segment and width >= 60 else ()


class NotesScreen(DeskScreen):
    """The notes of the room's event."""

    CSS_PATH = "notes.tcss"
    WHERE = "notes"
    FOLLOWS = frozenset({"notes"})
    BINDINGS = commands.bindings("notes")
    AUTO_FOCUS = "NoteList"

    def __init__(self) -> None:
        super().__init__()
        self.only: Tag | None = None

    def body(self) -> ComposeResult:
        """The list, and one in full."""
        yield NoteList(id="noted", empty="Reading …")
        yield Static("", id="text", markup=False)

    @property
    def noted(self) -> NoteList:
        """The list."""
        return self.query_one("#noted", NoteList)

    def title_parts(self, width: int) -> Parts:
        """Which screen this is."""
        event = self.desk.event
        return (Part("Notes"), Part(f"  {cut(event.title, max(0, width - 7)).rstrip()}" if event else "", "strong"))

    def turn(self) -> None:
        """Another kind, then all again."""
        kinds: list[Tag | None] = [None, "parking", "decision", "note"]
        self.only = kinds[(kinds.index(self.only) + 1) % len(kinds)]
        self.repaint()

    def paint(self) -> None:
        """Show the newest picture."""
        notes = self.desk.notes
        if notes is None:
            return
        many = Counter(one.tag for one in notes)
        counts = " · ".join(f"{name} {many[tag]}" for tag, name in TAGS.items())
        self.noted.entitle(f"{'All' if self.only is None else TAGS[self.only].capitalize()} · {counts}")
        shown = [one for one in reversed(notes) if self.only in (None, one.tag)]
        if shown:
            self.noted.fill(shown)
        else:
            self.noted.say(NOTHING if self.only is None else f"No {TAGS[self.only]} yet: n, Tab.")
        self._show_text()

    def on_line_list_moved(self) -> None:
        """Another note: read it."""
        self._show_text()

    def _show_text(self) -> None:
        item, text = self.noted.current, self.query_one("#text", Static)
        text.display = item is not None
        if item is not None:
            text.border_title = Content(plain(f"{TAGS[item.tag].capitalize()}  {item.segment}  {item.by}"))
            text.update("\n".join(plain(line) for line in item.text.split("\n")))


SCREEN = NotesScreen
