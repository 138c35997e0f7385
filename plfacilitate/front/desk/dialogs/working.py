"""A longer piece of work that goes on, and the key that stops it.

Owns the box. Never does the work: it sets the word, and whoever works looks at it.
"""

from __future__ import annotations

from threading import Event as Word

from textual.app import ComposeResult
from textual.widgets import Label

from plfacilitate.front.desk.dialogs.base import DeskDialog

LOOK_SECONDS = 0.1


class Progress(DeskDialog[bool]):
    """Shows how far it is; closes by itself."""

    def __init__(self, title: str, stop: Word) -> None:
        super().__init__(title, "Esc stops; what is in already stays")
        self.stop = stop

    def body(self) -> ComposeResult:
        """How far it is."""
        yield Label("…", id="words", markup=False)

    def on_mount(self) -> None:
        """Look again and again."""
        super().on_mount()
        self.set_interval(LOOK_SECONDS, self._look)

    def _look(self) -> None:
        words = self.desk.working
        if words:
            self.query_one("#words", Label).update(words)
        else:
            self.dismiss(True)

    async def action_leave(self) -> None:
        """Stop it."""
        self.stop.set()
        self.say("Stopping …")
