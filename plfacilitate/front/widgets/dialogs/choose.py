"""One out of a short list, such as a plan or a session.

Owns the list. Never knows what is done with the choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual.app import ComposeResult
from textual.widget import Widget

from plfacilitate.core.text import cut
from plfacilitate.front.widgets.dialogs.base import Dialog
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.lines import Part, Parts


class Option(NamedTuple):
    """Something to choose: what it is known by, its name, and a word beside it."""

    key: str
    text: str
    note: str = ""


class Options(LineList[Option]):
    """The list."""

    def draw(self, item: Option, width: int) -> tuple[Parts, Parts]:
        """Name, then note."""
        return (Part(f" {cut(item.text, max(10, width - len(item.note) - 4)).rstrip()}"),), (
            Part(f"  {item.note} ", "dim"),
        )


class Choose(Dialog[str]):
    """Gives the key of the chosen option."""

    def __init__(self, title: str, options: Sequence[Option], empty: str = "") -> None:
        super().__init__(title, "Enter chooses · Esc back")
        self.options = options
        self.empty = empty

    def body(self) -> ComposeResult:
        """The list."""
        yield Options(id="options", empty=self.empty)

    def on_mount(self) -> None:
        """Fill it, as high as it has to be."""
        super().on_mount()
        found = self.query_one("#options", Options)
        found.styles.height = max(3, min(14, len(self.options)))
        found.fill(self.options)

    def first(self) -> Widget:
        """The list."""
        return self.query_one("#options")

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """Give it back."""
        if isinstance(message.item, Option):
            self.dismiss(message.item.key)
