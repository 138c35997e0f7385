"""Some sentences to be read, and Esc.

Owns the box only.
"""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Label

from plfacilitate.front.widgets.dialogs.base import Dialog


class Words(Dialog[bool]):
    """Read it, go on."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "leave", "back", priority=True)]

    def __init__(self, title: str, words: str) -> None:
        super().__init__(title, "Enter or Esc back")
        self.words = words

    def body(self) -> ComposeResult:
        """The sentences."""
        yield Label(self.words, id="words", markup=False)
