"""One out of a long list, found by typing a part of it.

Owns the field and the list. Never knows what is done with the choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from plfacilitate.core.text import fold
from plfacilitate.front.widgets.dialogs.base import Dialog, settled
from plfacilitate.front.widgets.dialogs.choose import Option, Options
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.typedfield import LineField

SHOWN = 14


class Find(Dialog[str]):
    """Gives the key of the chosen option. Each typed word has to begin a word of the option."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "take", priority=True),
        Binding("up", "move(-1)", "up", priority=True),
        Binding("down", "move(1)", "down", priority=True),
    ]

    def __init__(self, title: str, options: Sequence[Option], *, hint: str = "a part of its name") -> None:
        super().__init__(title, "Type to find it · ↑ ↓ choose · Enter takes it · Esc back")
        self.options, self.placeholder = options, hint

    def body(self) -> ComposeResult:
        """A field and what fits."""
        yield LineField(id="name", placeholder=self.placeholder, compact=True, select_on_focus=False)
        yield Options(id="options", empty="Nothing of that name.")

    def on_mount(self) -> None:
        """All of them, before anything is typed."""
        super().on_mount()
        found = self.query_one("#options", Options)
        found.can_focus = False
        found.styles.height = max(3, min(SHOWN, len(self.options)))
        found.fill(self.options)

    def first(self) -> Widget:
        """Type at once."""
        return self.query_one("#name")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Only what fits."""
        words = fold(event.value).split()
        found = self.query_one("#options", Options)
        found.at = 0
        found.fill([one for one in self.options if _fits(one, words)])
        found.refresh()

    def action_move(self, step: int) -> None:
        """Another of those that fit."""
        self.query_one("#options", Options).action_move(step)

    async def action_take(self) -> None:
        """Take the marked one, once every typed letter has counted."""
        await settled(self.query_one("#name"))
        chosen = self.query_one("#options", Options).current
        if chosen is not None:
            self.dismiss(chosen.key)

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """A double click."""
        if isinstance(message.item, Option):
            self.dismiss(message.item.key)


def _fits(option: Option, words: Sequence[str]) -> bool:
    there = fold(f"{option.text} {option.note} {option.key}").split()
    return all(any(one.startswith(word) for one in there) for word in words)
