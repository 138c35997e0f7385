"""What the threads tell the screen, in the past tense. Each is posted from a thread and dealt with by the app."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from textual.message import Message

from plfacilitate.core.text import plain
from plfacilitate.store.register import Register


class Looked(Message):
    """The reader has something newer, or the register is away, or is back."""


class Told(NamedTuple):
    """What a deed came to, in a sentence; `undo` takes it back, None = it can't be. `bring_in` = look at what is held."""

    said: str
    undo: Callable[[Register], Told] | None = None
    bring_in: bool = False


class Done(Message):
    """A deed is in the register."""

    def __init__(self, told: Told) -> None:
        super().__init__()
        self.told = told


class NotDone(Message):
    """It was refused; the sentence says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.sentence = sentence


class Progressed(Message):
    """A longer piece of work goes on, or has ended (then there are no words)."""


class Worked(Message):
    """A longer piece of work is over. `take` gets what came of it, in the screen's own thread."""

    def __init__(self, take: Callable[[], None]) -> None:
        super().__init__()
        self.take = take


class WatchedPlace(Message):
    """A place was looked at, or could not be."""


def unforeseen(error: Exception) -> str:
    """A sentence for what nobody foresaw: a thread that ended in silence would look like a register where nothing comes."""
    return f"That did not work, and nobody foresaw it ({type(error).__name__}: {plain(str(error))[:200]})."
