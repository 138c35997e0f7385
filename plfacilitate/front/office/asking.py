"""One line of text that is asked for: a reason, a place for a file.

Owns the box. Whoever asked says what is wrong with a text.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Label

from plfacilitate.core.text import tidy
from plfacilitate.front.widgets.dialogs.base import Dialog, settled
from plfacilitate.front.widgets.typedfield import LineField


class Line(Dialog[str]):
    """Gives what was typed, without outer blanks. `wrong` = one sentence where a text won't do, "" where it does."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "take", "take", priority=True)]

    def __init__(
        self, title: str, words: str, value: str = "", *, wrong: Callable[[str], str] = lambda text: ""
    ) -> None:
        super().__init__(title, "Enter takes it · Esc back")
        self.words, self.value, self.wrong = words, value, wrong

    def body(self) -> ComposeResult:
        """What is asked, and the field."""
        yield Label(self.words, id="words", markup=False)
        yield LineField(self.value, id="name", compact=True, select_on_focus=False)

    def first(self) -> Widget:
        """Type at once."""
        return self.query_one("#name")

    async def action_take(self) -> None:
        """Give it back, or say what is wrong with it."""
        field = self.query_one("#name", LineField)
        await settled(field)
        text = tidy(field.value)
        wrong = self.wrong(text)
        if wrong:
            self.say(wrong, "bad")
        else:
            self.dismiss(text)
