"""Help: what has the focus, and every key that works here.

Owns the wording around the keys that a screen names. Nothing in it is written twice: labels and tips come from the
screen's own table.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Label

from plfacilitate.front.widgets.dialogs.base import Dialog
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.lines import Part, Parts


class Key(NamedTuple):
    """A key and what it does; `ready` False = not now."""

    key: str
    text: str
    ready: bool = True


LISTS = (
    Key("↑ ↓ j k", "move in a list"),
    Key("PgUp PgDn", "a page up or down"),
    Key("Home End", "the first, the last"),
    Key("Enter", "open or do what is under the cursor"),
    Key("Tab", "to the next part of the screen"),
    Key("ctrl+p", "the palette: everything that can be done, by name"),
)


class Keys(LineList[Key]):
    """All keys."""

    def draw(self, item: Key, width: int) -> tuple[Parts, Parts]:
        """Key, then words."""
        return (
            Part(f" {item.key:<10} ", "key" if item.ready else "off"),
            Part(item.text, "" if item.ready else "off"),
        ), ()


class Help(Dialog[bool]):
    """The help of a screen: its keys, below what the focused widget says of itself."""

    def __init__(self, keys: Sequence[Key], focused: Widget | None) -> None:
        super().__init__("Help", "Esc back · dim = not now")
        self.keys = keys
        self.about = _help_of(focused)

    def body(self) -> ComposeResult:
        """Words about the focus, then the keys."""
        if self.about:
            yield Label(self.about, id="words", markup=False)
        yield Keys(id="help-keys")

    def on_mount(self) -> None:
        """Fill the list."""
        super().on_mount()
        self.query_one("#help-keys", Keys).fill(self.keys)

    def first(self) -> Widget:
        """The list scrolls."""
        return self.query_one("#help-keys")


def _help_of(focused: Widget | None) -> str:
    """What the focused widget says of itself, or the nearest one around it."""
    for node in focused.ancestors_with_self if focused is not None else ():
        words = getattr(node, "HELP", None)
        if isinstance(words, str) and words:
            return words.replace("`", "")
    return ""
