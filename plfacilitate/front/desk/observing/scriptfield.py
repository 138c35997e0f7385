"""Where an observer types: always the keyboard's, whatever a key means at the moment.

Owns that keys are dealt with in the order in which they were pressed: what a key means is asked in the field's own
queue, so that a letter typed ahead never overtakes the Tab before it.
"""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

Takes = Callable[[str, str], bool]
"""Key and letter ("" = none) → whether it was dealt with; else it is typed."""


class ScriptField(Input):
    """The script line."""

    HELP = (
        "Typing writes; Enter stamps the line with the moment of its first letter. Tab: the next key is a mark, Tab Tab "
        "stays with the marks. Shift+Tab: the next letter is the item that a line is coded to. @ is a new student, # the "
        "last one again, and @@ or ## the sign itself. Nothing is lost by Esc."
    )

    # How wide the text is changes nothing around the field: without this, each letter lays out the whole screen anew.
    virtual_size = Reactive(Size(0, 0), layout=False)

    def __init__(self, takes: Takes, *, id: str | None = None) -> None:  # noqa: A002 (Textual's word)
        super().__init__(id=id, compact=True, select_on_focus=False)
        self._takes = takes

    def digits_are_typed(self, number: str) -> bool:
        """No badge is scanned while somebody observes: digits are the lesson's."""
        return True

    async def _on_key(self, event: events.Key) -> None:
        letter = event.character if event.is_printable and event.character else ""
        if self._takes(event.key, letter):
            event.stop()
            event.prevent_default()
