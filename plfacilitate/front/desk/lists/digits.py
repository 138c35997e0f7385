"""Figures that can be read from the back of a room: the digits of a clock made of blocks.

Owns their shapes and sizes. Never knows what they count.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

_SHAPES = {
    "0": ("███", "█ █", "█ █", "█ █", "███"),
    "1": (" █ ", "██ ", " █ ", " █ ", "███"),
    "2": ("███", "  █", "███", "█  ", "███"),
    "3": ("███", "  █", "███", "  █", "███"),
    "4": ("█ █", "█ █", "███", "  █", "  █"),
    "5": ("███", "█  ", "███", "  █", "███"),
    "6": ("███", "█  ", "███", "█ █", "███"),
    "7": ("███", "  █", "  █", "  █", "  █"),
    "8": ("███", "█ █", "███", "█ █", "███"),
    "9": ("███", "█ █", "███", "  █", "███"),
    ":": (" ", "█", " ", "█", " "),
    "+": ("   ", " █ ", "███", " █ ", "   "),
}
_HALVES = {("█", "█"): "█", ("█", " "): "▀", (" ", "█"): "▄", (" ", " "): " "}


class Size(NamedTuple):
    """How large a block of a figure is, in cells; `high` 0 = half a line."""

    wide: int
    high: int


SIZES = (Size(4, 2), Size(2, 1), Size(1, 0))
"""From the largest to the smallest; each looks about as wide as it should."""


def big(text: str, size: Size) -> list[str]:
    """The figures as lines of blocks; what is no figure of a clock is left out."""
    shapes = [_SHAPES[letter] for letter in text if letter in _SHAPES]
    rows = [" ".join(shape[y] for shape in shapes) for y in range(5)]
    if not size.high:
        blank = " " * len(rows[0])
        return [_halved(rows[y], rows[y + 1] if y < 4 else blank) for y in range(0, 5, 2)]
    return [_wider(row, size.wide) for row in rows for _ in range(size.high)]


def _halved(upper: str, lower: str) -> str:
    return "".join(_HALVES[pair] for pair in zip(upper, lower, strict=True))


def _wider(row: str, wide: int) -> str:
    return "".join(letter * wide for letter in row)


def fitting(texts: Sequence[str], width: int, height: int) -> Size | None:
    """The largest size at which each of these fits; None = not even the smallest does."""
    for size in SIZES:
        lines = [big(text, size) for text in texts]
        if all(len(one) <= height and max(map(len, one), default=0) <= width for one in lines):
            return size
    return None
