"""A question before something that can't be taken back: y or n, and n unless somebody says y.

Owns that Enter means no. Never does what it asks about.
"""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Label

from plfacilitate.front.widgets.dialogs.base import Dialog


class Confirm(Dialog[bool]):
    """Yes or no."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "yes", priority=True),
        Binding("n,enter", "answer(False)", "no", priority=True),
    ]

    def __init__(self, title: str, words: str) -> None:
        super().__init__(title, "y yes · n no (Enter and Esc mean no)")
        self.words = words

    def body(self) -> ComposeResult:
        """The question."""
        yield Label(self.words, id="words", markup=False)

    def action_answer(self, yes: bool) -> None:
        """Give the answer back."""
        self.dismiss(yes)
