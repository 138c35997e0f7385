"""Everything that was written down while a protocol was led: to be read, and to choose a line that is put right.

Owns the box, and which key means what of a line. What a line looks like is `lists.running`'s business.
"""

from __future__ import annotations

from typing import ClassVar, Literal, NamedTuple
from zoneinfo import ZoneInfo

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widget import Widget

from plfacilitate.core.running.run import Captured, Run
from plfacilitate.front.desk.dialogs.base import DeskDialog
from plfacilitate.front.desk.lists.running import WrittenLine, WrittenList, written_lines
from plfacilitate.front.widgets.linelist import LineList

What = Literal["reword", "promise", "away"]
KEYS = "Enter other words · m who and by when · x takes away · Esc back"
READ = "↑ ↓ · Esc back"


class Wanted(NamedTuple):
    """What is to be done with a line."""

    what: What
    line: Captured


class WrittenDown(DeskDialog[Wanted]):
    """Step by step."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "want('reword')", show=False),
        Binding("m", "want('promise')", show=False),
        Binding("x", "want('away')", show=False),
    ]

    def __init__(self, run: Run, zone: ZoneInfo, *, may_write: bool) -> None:
        """`may_write` False = it is only read."""
        super().__init__(f"Written down: {len(run.captured)}", KEYS if may_write and run.captured else READ)
        self.run, self.zone, self.may_write = run, zone, may_write

    def body(self) -> ComposeResult:
        """The lines."""
        yield WrittenList(id="all-lines", empty="Nothing is written down yet: i writes a line.")

    def on_mount(self) -> None:
        """Fill it; the newest of the last step is likeliest to be put right."""
        super().on_mount()
        self.lines.fill(written_lines(self.run, 70, self.zone))
        self.lines.move_to(next((at for at, one in enumerate(self.lines.items) if one.line is not None), 0))

    @property
    def lines(self) -> WrittenList:
        """The lines."""
        return self.query_one("#all-lines", WrittenList)

    def first(self) -> Widget:
        """They scroll."""
        return self.lines

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """Enter, or a second click."""
        self.action_want("reword")

    def action_want(self, what: What) -> None:
        """This is to be done with the line under the cursor."""
        row = self.lines.current
        if self.may_write and isinstance(row, WrittenLine) and row.line is not None:
            self.dismiss(Wanted(what, row.line))
