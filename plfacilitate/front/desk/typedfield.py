"""A field in which row after row is typed, also faster than the screen follows.

Owns that Enter has its turn among the keys, and which keys lead to another row. Never knows what the text means.
"""

from __future__ import annotations

from textual import events
from textual.binding import Binding
from textual.message import Message
from textual.widgets import Input

ROW_KEYS = tuple(
    Binding(key, f"move({step})", show=False, priority=True)
    for key, step in (("up", -1), ("down", 1), ("pageup", -10), ("pagedown", 10))
)
"""What leads from row to row on every screen with such a field: it has an `action_move`."""


class TypedField(Input):
    """Where one row's text is typed; what is typed ahead begins the next row's."""

    class Typed(Message):
        """Enter: what stood in the field, which is empty again before the next key."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    brought = ""

    def bring(self, text: str) -> None:
        """Put a text of the row into the field, to be gone on with."""
        self.value = self.brought = text
        self.cursor_position = len(text)

    @property
    def ahead(self) -> str:
        """What was typed for the next row before the screen got there; what was brought is not."""
        return "" if self.value == self.brought else self.value

    def on_key(self, event: events.Key) -> None:
        """Textual would deal with Enter after keys that were pressed later."""
        if event.key == "enter":
            event.stop()
            text, self.value, self.brought = self.value, "", ""
            self.post_message(self.Typed(text))
