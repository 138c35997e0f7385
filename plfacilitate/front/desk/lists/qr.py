"""The code of the door as a picture in the terminal.

Owns how modules become half blocks: both colours are always set and light modules are light, because a code that leans
on the terminal's own ground can't be read. Never knows what the code says.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from plfacilitate.front.widgets.lines import Painted, Part, Parts
from plfacilitate.shelf.qr import QUIET, Modules, modules

QUIET_LEAST = 2  # what scanners still read where the room is small


class Fit(NamedTuple):
    """How a code is laid into a space: `scale` half lines a module, `quiet` modules around it. None fits = no picture."""

    scale: int
    quiet: int

    def size(self, count: int) -> tuple[int, int]:
        """Cells wide and lines high."""
        side = (count + 2 * self.quiet) * self.scale
        return side, -(-side // 2)


def fit(count: int, width: int, height: int) -> Fit | None:
    """The largest way to lay a code of `count` modules a side into so many cells and lines."""
    for scale in range(max(1, height * 2 // count), 0, -1):
        for quiet in (QUIET, QUIET_LEAST):
            wide, high = Fit(scale, quiet).size(count)
            if wide <= width and high <= height:
                return Fit(scale, quiet)
    return None


@lru_cache(maxsize=4)
def picture(code: Modules, how: Fit) -> tuple[tuple[tuple[str, bool, bool], ...], ...]:
    """Lines of (text, upper half dark, lower half dark), equal neighbours joined."""
    side = len(code) + 2 * how.quiet
    blank = (False,) * side
    edge = (False,) * how.quiet
    rows = [blank] * how.quiet + [edge + row + edge for row in code] + [blank] * how.quiet
    half = [at for at in range(side) for _ in range(how.scale)]
    half += half[-1:] if len(half) % 2 else []  # the last row is quiet zone: one half line more of it does no harm
    pairs = list(zip(half[::2], half[1::2], strict=True))
    joined = {pair: _joined(rows[pair[0]], rows[pair[1]], how.scale) for pair in dict.fromkeys(pairs)}
    return tuple(joined[pair] for pair in pairs)


def _joined(upper: tuple[bool, ...], lower: tuple[bool, ...], scale: int) -> tuple[tuple[str, bool, bool], ...]:
    found = groupby(zip(upper, lower, strict=True))
    return tuple((("▀" if a != b else " ") * (scale * len(list(run))), a, b) for (a, b), run in found)


class QrView(Painted):
    """Shows the code in the middle of its space, and lines below it; says so where the space is too small."""

    HELP = "Phones scan this to sign in. It changes every half minute; q fills the screen with it."

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's word)
        super().__init__(id=id)
        self.words = ""
        self.below: tuple[Parts, ...] = ()
        self._text = ""

    def show(self, text: str, words: str = "", below: tuple[Parts, ...] = ()) -> None:
        """Show the code of `text`; without one, the words say why there is none."""
        if (text, words, below) != (self._text, self.words, self.below):
            self._text, self.words, self.below = text, words, below
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Textual asks for a line."""
        width, whole = self.size.width, self.size.height
        code = modules(self._text) if self._text else ()
        height = whole - len(self.below)
        how = fit(len(code), width, height) if code else None
        if how is None and code:  # the code is worth more than what stands below it
            height = whole
            how = fit(len(code), width, height)
        if y >= height:
            return self.strip(self.below[y - height], (), width)
        if how is None:
            return self._say(y, width, height, "The window is too small for the code." if code else self.words)
        wide, high = how.size(len(code))
        top, left = (height - high) // 2, (width - wide) // 2
        if not top <= y < top + high:
            return Strip.blank(width, self.ground())
        segments = [Segment(text, _style(upper, lower)) for text, upper, lower in picture(code, how)[y - top]]
        return Strip([Segment(" " * left, self.ground()), *segments]).adjust_cell_length(width, self.ground())

    def _say(self, y: int, width: int, height: int, words: str) -> Strip:
        lines = _wrapped(words, max(1, width - 2))
        at = y - (height - len(lines)) // 2
        text = lines[at].center(width) if 0 <= at < len(lines) else ""
        return self.strip((Part(text),), (), width)


def _wrapped(words: str, width: int) -> list[str]:
    from textwrap import wrap

    return [line for part in words.split("\n") for line in (wrap(part, width) or [""])]


@lru_cache(maxsize=4)
def _style(upper: bool, lower: bool) -> Style:
    """Black and white are what a camera wants, in every theme."""
    return Style(color="#000000" if upper else "#ffffff", bgcolor="#000000" if lower else "#ffffff")
