"""Help: what has the focus, and every key that works here.

Owns the wording around the table of commands. Nothing in it is written twice: labels and tips come from the table.
"""

from __future__ import annotations

from typing import NamedTuple

from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Label

from plfacilitate.front.desk import commands
from plfacilitate.front.desk.dialogs.base import Dialog
from plfacilitate.front.desk.lists.linelist import LineList
from plfacilitate.front.desk.lists.lines import Part, Parts

LISTS = (
    ("↑ ↓ j k", "move in a list"),
    ("PgUp PgDn", "a page up or down"),
    ("Home End", "the first, the last"),
    ("Enter", "open or do what is under the cursor"),
    ("Tab", "to the next part of the screen"),
    ("ctrl+p", "the palette: everything that can be done, by name"),
)


class Key(NamedTuple):
    """A key and what it does; `ready` False = not now."""

    key: str
    text: str
    ready: bool = True


class Keys(LineList[Key]):
    """All keys."""

    def draw(self, item: Key, width: int) -> tuple[Parts, Parts]:
        """Key, then words."""
        return (
            Part(f" {item.key:<10} ", "key" if item.ready else "off"),
            Part(item.text, "" if item.ready else "off"),
        ), ()


class Help(Dialog[bool]):
    """The help of a screen."""

    def __init__(self, where: str, focused: Widget | None, *, typing: bool = False) -> None:
        """`typing` = letters are typed there, and are no keys."""
        super().__init__("Help", "Esc back · dim = not now")
        self.where = where
        self.typing = typing
        self.about = _help_of(focused)

    def body(self) -> ComposeResult:
        """Words about the focus, then the keys."""
        if self.about:
            yield Label(self.about, id="words", markup=False)
        yield Keys(id="help-keys")

    def on_mount(self) -> None:
        """Fill the list."""
        super().on_mount()
        here = [one for one in commands.COMMANDS if self.where in one.on and one.keys]
        named = [(commands.key_text(one, typing=self.typing), one) for one in here]
        keys = [Key(key, one.tip, commands.allowed(self.desk, one)) for key, one in named if key]
        lists = LISTS if self.where != "observe" else LISTS[-1:]  # there every key is a letter, or has another meaning
        self.query_one("#help-keys", Keys).fill([*keys, *(Key(key, text) for key, text in lists)])

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
