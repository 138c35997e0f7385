"""The script: lines with their times, the newest at the bottom, wrapped and drawn only where they are seen.

Owns how a line becomes rows. Adding one costs one; only what changes among the lines, or their width, costs all of them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from textwrap import wrap
from typing import NamedTuple
from zoneinfo import ZoneInfo

from textual import events
from textual.geometry import Size

from plfacilitate.core.text import cells, cut, plain
from plfacilitate.core.visiting.observation import Line
from plfacilitate.front.desk.observing.rows import wall
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.lines import Part, Parts

WIDE = 60  # cells from which on seconds are shown


class ScriptRow(NamedTuple):
    """A row of a line. `entry` the line's; `first` = with the time; `coded` the letters of its items, on its last row."""

    entry: str
    at: datetime
    text: str
    first: bool
    coded: str = ""
    state: str = ""
    """"" = durable, `…` = on its way, `⚠` = the disk said no."""


class ScriptList(LineList[ScriptRow]):
    """The lines. The cursor is only seen while somebody selects."""

    HELP = "The script, the newest line at the bottom. ↑ ↓ select a line, Shift+Tab codes it, F2 gives it other words."

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's word)
        super().__init__(id=id, empty="Type what is said and done. Enter stamps the line.")
        self.can_focus = False
        self.letters: Mapping[str, str] = {}
        self.zone = ZoneInfo("UTC")
        self.selecting = False
        self._lines: Sequence[Line] = ()
        self._wrapped: dict[Line, list[ScriptRow]] = {}
        self._room = -1
        self._waiting: frozenset[str] = frozenset()
        self._top = 0
        self._page = Size(0, 0)

    @property
    def selected(self) -> str:
        """The entry of the selected line; "" = none is."""
        row = self.current
        return row.entry if row is not None and self.selecting else ""

    def key_of(self, item: ScriptRow) -> object:
        """A row is known by its line, and whether it is the line's first."""
        return item.entry, item.first

    def rests(self, item: ScriptRow) -> bool:
        """The cursor stands on a line's first row."""
        return item.first

    def _base(self, item: ScriptRow, at: int) -> str:
        chosen = self.selecting and self.at < len(self.items) and item.entry == self.items[self.at].entry
        return "cursor" if chosen else ""

    # Where the list stands is a number of its own: a new line, which moves all others, is drawn without laying out the
    # screen anew.
    @property
    def top(self) -> int:
        """The first row that is seen."""
        return self._top

    def go_to(self, top: int) -> None:
        """Let this row be the first that is seen."""
        top = max(0, min(top, len(self.items) - self.size.height // 3))
        if top != self._top:
            self._top = top
            self.refresh()

    def stretch(self) -> None:
        """Nothing outside depends on how many rows there are."""

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel."""
        event.stop()
        self.go_to(self._top + 3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel."""
        event.stop()
        self.go_to(self._top - 3)

    # -- lines become rows -------------------------------------------------------------------------------------------

    def show(self, lines: Sequence[Line], waiting: Collection[str], *, failed: bool) -> None:
        """These lines; those that wait for the disk have a sign."""
        room = max(10, self.size.width - self._gutter - 1)
        signs = dict.fromkeys(waiting, "⚠" if failed else "…")
        same = self._is_more(lines) and room == self._room
        known = len(self._lines) if same else 0
        if room != self._room:
            self._wrapped.clear()
            self._room = room
        rows = list(self.items) if same else []
        for line in lines[known:]:
            rows += self._rows(line)
        self._lines = lines
        at_end = not self.selecting
        self._put(self._signed(rows, signs))
        if at_end:
            self.to_end()

    def _is_more(self, lines: Sequence[Line]) -> bool:
        """Whether there are only more of them: the first and the last of those before stand where they stood."""
        known = len(self._lines)
        return bool(known) and len(lines) >= known and all(lines[at] is self._lines[at] for at in (0, known - 1))

    def _signed(self, rows: list[ScriptRow], signs: Mapping[str, str]) -> list[ScriptRow]:
        """Signs come and go near the end: whatever is on its way was written last."""
        changed = self._waiting.symmetric_difference(signs) | set(signs)
        left = len(changed)
        self._waiting = frozenset(signs)
        for at in range(len(rows) - 1, -1, -1):
            if not left:
                break
            row = rows[at]
            if row.first and row.entry in changed:
                left -= 1
                if row.state != signs.get(row.entry, ""):
                    rows[at] = row._replace(state=signs.get(row.entry, ""))
        return rows

    def _put(self, rows: list[ScriptRow]) -> None:
        """Only what is new is drawn, unless the bar at the edge moves."""
        height = self.size.height
        before = self.thumb(self._top, height)
        self.fill(rows)
        if self.thumb(self._top, height) != before:
            self.refresh()

    def _rows(self, line: Line) -> list[ScriptRow]:
        found = self._wrapped.get(line)
        if found is None:
            coded = " ".join(self.letters.get(item, "·") for item in line.items)
            words = wrap(plain(line.text), self._room, break_on_hyphens=False) or [""]
            if coded and cells(words[-1]) + cells(coded) + 2 > self._room:
                words.append("")
            last = len(words) - 1
            found = self._wrapped[line] = [
                ScriptRow(line.entry, line.at, text, at == 0, coded if at == last else "")
                for at, text in enumerate(words)
            ]
        return found

    @property
    def _seconds(self) -> bool:
        return self.size.width >= WIDE

    @property
    def _gutter(self) -> int:
        return 12 if self._seconds else 9

    def draw(self, item: ScriptRow, width: int) -> tuple[Parts, Parts]:
        """Sign, time, words; the letters of what it is coded to."""
        right = (Part(f" {item.coded} ", "marked"),) if item.coded else ()
        if not item.first:
            return (Part(" " * self._gutter), Part(item.text)), right
        sign = Part(item.state or " ", "bad" if item.state == "⚠" else "dim")
        time = cut(wall(item.at, self.zone, seconds=self._seconds).rjust(self._gutter - 3), self._gutter - 3)
        return (sign, Part(time, "dim"), Part("  "), Part(item.text)), right

    # -- selecting ---------------------------------------------------------------------------------------------------

    def select(self, step: int) -> None:
        """The next line up or down; below the newest one nothing is selected."""
        if not self.items:
            return
        if not self.selecting:
            if step > 0:
                return
            self.selecting = True
            self.move_to(len(self.items) - 1, -1)
            self.refresh()
            return
        before = self.at
        self.move_to(self.at + step, 1 if step > 0 else -1)
        if step > 0 and self.at <= before:
            self.select_none()
        else:
            self.refresh()

    def select_none(self) -> None:
        """No line is selected, the newest is seen."""
        self.selecting = False
        self.to_end()
        self.refresh()

    def to_end(self) -> None:
        """Show the newest line. What stands there stays where it is; a full page is turned, and its last third kept."""
        self.at = max(0, len(self.items) - 1)
        if not self._top <= self.at < self._top + self.size.height or self._page != self.size:
            turned = self._page == self.size and len(self.items) > self._top
            self._page = self.size
            self.go_to(len(self.items) - (self.size.height // 3 if turned else self.size.height))
