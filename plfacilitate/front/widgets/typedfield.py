"""Fields in which somebody types, also faster than the screen follows.

Owns that Enter, Backspace and the arrows have their turn among the letters, and which keys lead to another row. Never
knows what the text means.
"""

from __future__ import annotations

from textual import events
from textual.binding import Binding
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

ROW_KEYS = tuple(
    Binding(key, f"move({step})", show=False, priority=True)
    for key, step in (("up", -1), ("down", 1), ("pageup", -10), ("pagedown", 10))
)
"""What leads from row to row on every screen with such a field: it has an `action_move`."""


async def in_turn(field: Widget, event: events.Key) -> None:
    """Do what a key does in a field at its turn in the field's own queue, where letters wait too.

    Textual lets such a key pass through the screen first, and letters that were pressed after it overtake it. Enter is
    the screen's: it waits for what was pressed before it by itself.
    """
    own = field._bindings.key_to_bindings  # noqa: SLF001 (Textual has no public word for a widget's own keys)
    binding = next((one for one in own.get(event.key, ()) if not one.priority), None)
    if binding is not None and event.key != "enter":
        event.stop()
        event.prevent_default()
        await field.run_action(binding.action)


SIGNS = {"plus": "+", "minus": "-", "slash": "/", "at": "@", "backslash": "\\", "underscore": "_"}
"""Keys whose names Textual gives them and does not know again: without their sign they would be commands of the screen."""


class LineField(Input):
    """One line that is typed into."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Every sign is typed here, also one that means something to the screen."""
        return super().check_consume_key(key, character or SIGNS.get(key))

    async def _on_key(self, event: events.Key) -> None:
        await in_turn(self, event)


class TypedField(LineField):
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
