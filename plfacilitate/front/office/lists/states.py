"""What a state looks like: a symbol, a word and a colour, never a colour alone; and how days and times are written.

Owns that one table for all lists of the office.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from plfacilitate.core.entry import utc_moment
from plfacilitate.front.widgets.lines import Part


class State(NamedTuple):
    """A symbol, a word, a look."""

    symbol: str
    word: str
    look: str

    def part(self, width: int = 0) -> Part:
        """It as a piece of a line, filled up to so many cells."""
        return Part(f"{self.symbol} {self.word}".ljust(width), self.look)


VERDICTS: Mapping[str, State] = {
    "accepted": State("✓", "accepted", "good"),
    "already-here": State("=", "already here", "dim"),
    "held": State("◐", "held", "warn"),
    "conflict": State("⚑", "conflict", "bad"),
    "refused": State("✗", "refused", "bad"),
}
STANDINGS: Mapping[str, State] = {
    "new": State("○", "new", "warn"),
    "accepted": State("✓", "accepted", "good"),
    "retired": State("■", "retired", "dim"),
}
CREDIT: Mapping[str, State] = {
    "earned": State("✓", "earned", "good"),
    "pending": State("◐", "waits", "warn"),
    "credits": State("◆", "credits", "title"),
    "none": State("–", "none", "dim"),
}
DISPUTES: Mapping[str, State] = {
    "pending": State("◐", "waits", "warn"),
    "twice": State("⚑", "doubt", "bad"),
    "aside": State("✗", "set aside", "bad"),
    "fork": State("⚑", "fork", "bad"),
    "changed": State("≠", "changed", "warn"),
    "alone": State("⚑", "no hours", "warn"),
    "claim": State("?", "claim", "warn"),
    "held": State("■", "on hold", "title"),
}
UNDER_WAY = State("…", "under way", "dim")
UNKNOWN = State("?", "unknown", "warn")


def moment_text(text: str, zone: ZoneInfo) -> str:
    """A UTC text as a day and a time of the office, `2023-12-06 16:10`; "" and what is no time stay as they are."""
    try:
        local = utc_moment(text).astimezone(zone)
    except ValueError:
        return text
    return f"{local.date().isoformat()} {local.hour:2}:{local.minute:02}"


def days_text(first: str, last: str) -> str:
    """Two days as short as they can be read: `2023-12-06`, `2023-12-06…20`, `2023-12-06…01-10`."""
    if first == last:
        return first
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    if (begin.year, begin.month) == (end.year, end.month):
        return f"{first}…{last[8:]}"
    return f"{first}…{last[5:]}" if begin.year == end.year else f"{first}…{last}"
