"""Times as somebody types them off a sheet of paper: `830 1545`.

Owns the forms that are understood and what they mean beside an agenda. Never knows a day or a zone: minutes of a day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from plfacilitate.core.names import split_name

_TIME = re.compile(r"(?P<hour>\d{1,2})(?:[:.]?(?P<minute>\d{2}))?(?P<half>[ap]m?)?", re.ASCII | re.IGNORECASE)
NEAR = 180  # minutes before and after an agenda that a time can mean without more words
NOON = 720


class Unreadable(Exception):
    """What was typed is no time; `str()` says so in a few words."""


@dataclass(frozen=True, slots=True)
class Times:
    """In and out as minutes of a day; None = nothing is said about it."""

    came: int | None = None
    left: int | None = None

    def __str__(self) -> str:
        return f"{clock_text(self.came)}–{clock_text(self.left)}"


def clock_text(minute: int | None) -> str:
    """`8:05`; a dash for None."""
    return "—" if minute is None else f"{minute // 60}:{minute % 60:02}"


def read_times(text: str, *, above: Times, begins: int, ends: int) -> Times:
    """`830 1545`, `8:30`, `- 1545` (only an out), `=` (as above), `= 15` (in as above). Raises Unreadable.

    `begins` and `ends` are the agenda's minutes of the day: `345` after a day that ends at 15:45 is a quarter to four.
    """
    words = text.replace("–", " ").replace("=", " = ").split()
    if words == ["="]:
        if above == Times():
            raise Unreadable("nothing stands above")
        return above
    if not 1 <= len(words) <= 2:
        raise Unreadable("in and out, such as 830 1545")
    came = _minute(words[0], above.came, begins, ends)
    left = _minute(words[1], above.left, begins, ends) if len(words) == 2 else None
    if came is not None and left is not None and left < came:
        later = left + NOON
        left = later if left < NOON and came <= later <= ends + NEAR else left
        if left < came:
            raise Unreadable(f"out {clock_text(left)} before in {clock_text(came)}")
    if came is None and left is None:
        raise Unreadable("in and out, such as 830 1545")
    return Times(came, left)


def _minute(word: str, above: int | None, begins: int, ends: int) -> int | None:
    if word in ("-", "—"):
        return None
    if word == "=":
        return above
    match = _TIME.fullmatch(word)
    if match is None:
        raise Unreadable(f"{word} is no time")
    hour, minute, half = int(match["hour"]), int(match["minute"] or 0), (match["half"] or "").lower()[:1]
    if hour > 23 or minute > 59 or (half and not 1 <= hour <= 12):
        raise Unreadable(f"{word} is no time")
    if half:
        return (hour % 12) * 60 + minute + (NOON if half == "p" else 0)
    return _meant(hour * 60 + minute, word.startswith("0"), begins, ends)


def _meant(minute: int, exact: bool, begins: int, ends: int) -> int:
    """The half of the day that the agenda is near; `exact` = written with a zero in front, on 24 hours."""
    inside = [one for one in (minute, minute + NOON) if begins - NEAR <= one <= ends + NEAR and one < 2 * NOON]
    if exact or minute >= NOON + 60 or not inside or minute in inside:
        return minute
    return inside[0]


def read_walk_in(text: str) -> tuple[dict[str, str], str]:
    """`Okoro, Ada ada@example.org 830 1545` → the fields of a person, and the times behind them."""
    words = text.split()
    at = len(words)
    while at > 0 and (words[at - 1] in ("=", "-", "—") or _TIME.fullmatch(words[at - 1])):
        at -= 1
    email = next((word for word in words[:at] if "@" in word), "")
    last, first = split_name(" ".join(word for word in words[:at] if "@" not in word))
    fields = {"last_name": last, "first_name": first, "email": email.strip("<>,;")}
    return {name: value for name, value in fields.items() if value}, " ".join(words[at:])
