"""What is agreed on an item, and every figure of agreement.

Owns the two boxes. Never decides what a value means, and works no figure out.
"""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Input

from plfacilitate.core.debrief.meetings import Debrief
from plfacilitate.front.desk.dialogs.base import DeskDialog
from plfacilitate.front.desk.dialogs.form import Form
from plfacilitate.front.desk.lists.talks import all_figures
from plfacilitate.front.widgets.words import WordList


class Agreeing(Form):
    """A value and why, at the foot of the screen, so that what was noted stays in sight."""

    def on_mount(self) -> None:
        """What stands in a field is gone on with: the first letter does not take its place."""
        super().on_mount()
        for field in self.query(Input):
            field.select_on_focus = False
            field.cursor_position = len(field.value)


class Figures(DeskDialog[bool]):
    """How far they agree, section by section."""

    def __init__(self, found: Debrief) -> None:
        super().__init__("How far they agree", "↑ ↓ scroll · Esc back")
        self.found = found

    def body(self) -> ComposeResult:
        """The figures."""
        yield WordList(id="all-figures")

    def on_resize(self) -> None:
        """Words are wrapped to the box."""
        self.first().fill(all_figures(self.found, self.first().size.width))

    def first(self) -> WordList:
        """The list scrolls."""
        return self.query_one("#all-figures", WordList)
