"""What every dialog has: a box with a title, a line that says the keys, and Esc.

Owns how a dialog waits for keys that were typed ahead. Never writes: it gives back what was chosen or typed.
"""

from __future__ import annotations

import asyncio
from pathlib import Path, PurePath
from typing import Any, ClassVar, Generic, TypeVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget

from plfacilitate.front.widgets.lines import Flash, OneLine, Part, Parts

Answer = TypeVar("Answer")
SHEET = Path(__file__).with_name("dialogs.tcss")
PATIENCE = 0.5  # seconds that a widget gets to deal with the keys that were typed before


async def settled(widget: Widget) -> None:
    """Wait until a widget has dealt with every key that was typed before this moment."""
    done = asyncio.Event()
    widget.call_later(done.set)
    try:
        await asyncio.wait_for(done.wait(), PATIENCE)
    except TimeoutError:
        return


class Dialog(ModalScreen[Answer | None], Generic[Answer]):
    """A box over the screen. `None` as answer = stepped back."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [SHEET]

    TITLE_TEXT: ClassVar[str] = ""
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "back", priority=True)]

    def __init__(self, title: str, hint: str = "") -> None:
        super().__init__()
        self.heading = title
        self.hint = hint

    def compose(self) -> ComposeResult:
        """The box."""
        with Vertical(id="box") as box:
            box.border_title = Content(self.heading)
            yield from self.body()
            yield OneLine(id="hint")

    def body(self) -> ComposeResult:
        """What is asked."""
        yield from ()

    def on_mount(self) -> None:
        """Say the keys."""
        self.say(self.hint)

    def say(self, hint: str, look: str = "dim") -> None:
        """The line at the bottom of the box."""
        parts: Parts = (Part(f" {hint}", look),)
        self.query_one("#hint", OneLine).put(parts)

    def show_flash(self, flash: Flash | None) -> None:
        """Something that does not concern the dialog, said for a moment where the keys stand."""
        if flash is None:
            self.say(self.hint)
        else:
            self.say(f"{flash.words} ", flash.look)

    def first(self) -> Widget | None:
        """What has the focus when the dialog opens."""
        return None

    async def action_leave(self) -> None:
        """One step back, once the last key was dealt with and what was typed is kept."""
        if self.focused is not None:
            await settled(self.focused)
        self.keep()
        self.dismiss(None)

    def keep(self) -> None:
        """Remember what was typed."""


async def ask(app: App[Any], dialog: Dialog[Answer], answer: object) -> None:
    """Open a dialog, ready for the next key. `answer` is called with what came of it, unless it was left."""

    def given(value: Answer | None) -> None:
        if value is not None and callable(answer):
            answer(value)

    await app.push_screen(dialog, given)
    first = dialog.first()
    if first is not None:
        dialog.set_focus(first)
