"""Everything that was written down while a protocol was led, to be read.

Owns the box. What a line looks like is `lists.running`'s business.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from textual.app import ComposeResult
from textual.widget import Widget

from plfacilitate.core.running.run import Run
from plfacilitate.front.desk.dialogs.base import Dialog
from plfacilitate.front.desk.lists.running import Rows, written_rows


class WrittenDown(Dialog[bool]):
    """Step by step."""

    def __init__(self, run: Run, zone: ZoneInfo) -> None:
        super().__init__(f"Written down: {len(run.captured)}", "↑ ↓ scroll · Esc back")
        self.run, self.zone = run, zone

    def body(self) -> ComposeResult:
        """The lines."""
        yield Rows(id="all-lines", empty="Nothing is written down yet: i writes a line.")

    def on_mount(self) -> None:
        """Fill it."""
        super().on_mount()
        self.rows.can_focus = True
        self.rows.fill(written_rows(self.run, 70, self.zone))

    @property
    def rows(self) -> Rows:
        """The lines."""
        return self.query_one("#all-lines", Rows)

    def first(self) -> Widget:
        """They scroll."""
        return self.rows
