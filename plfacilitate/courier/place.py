"""What every road ends at: a place that takes files, gives them back, and knows which it has.

Owns the few things that a place can do. Never says what "delivered" means (`send`).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

Told = Callable[[int], None]
"""Told how many bytes are there by now; may raise to stop."""


def quietly(done: int) -> None:
    """Nobody wants to know."""


class Place(Protocol):
    """Where files can be brought. Names are single names, never paths; every method may raise OSError."""

    @property
    def shown(self) -> str:
        """The place as people know it, and as it can be found again; never with a password."""

    def digest(self, name: str) -> str | None:
        """The SHA-256 of what lies there under a name, read from the place itself; None = nothing does."""

    def put(self, name: str, source: Path, told: Told = quietly) -> None:
        """Bring a whole file there under a name that is ours; return when the place says that it is safe."""

    def rename(self, old: str, new: str) -> None:
        """Give a file its name. Raises FileExistsError where another one has it."""

    def remove(self, name: str) -> None:
        """Take a temporary file of ours away; nothing there is fine."""

    def names(self) -> list[str]:
        """The names of what lies there."""

    def get(self, name: str, target: Path) -> None:
        """Bring a file from there. Raises FileNotFoundError where there is none."""

    def close(self) -> None:
        """Let go of it."""
