"""Lines that are read, not chosen from: wrapped to a width, scrolled with the arrows.

Owns how they are wrapped. Whoever uses them says what they tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import NamedTuple

from plfacilitate.core.text import plain, tidy
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.lines import Part, Parts


class Words(NamedTuple):
    """A line, and what it looks like."""

    text: str
    look: str = ""


class WordList(LineList[Words]):
    """Lines to be read: Tab comes here, the arrows scroll."""

    HELP = "What is known of the line under the cursor above. Tab comes here, the arrows scroll."

    def rests(self, item: Words) -> bool:
        """There is nothing to choose."""
        return False

    def draw(self, item: Words, width: int) -> tuple[Parts, Parts]:
        """One line."""
        return (Part(f" {item.text}", item.look),), ()


def wrapped(text: str, width: int, indent: str, look: str = "") -> Iterator[Words]:
    """A text in as many lines as the width takes; a number and its percent sign stay together."""
    glued = plain(tidy(text)).replace(" %", "\N{NO-BREAK SPACE}%")
    for line in wrap(glued, max(20, width - 2 - len(indent))):
        yield Words(f"{indent}{line}".replace("\N{NO-BREAK SPACE}", " "), look)
