"""How a report of a visit writes its figures: rooms, shares, rates, levels.

Owns the rounding and the plurals. Never counts anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil, floor


def count(number: int, one: str, many: str = "") -> str:
    """`1 room`, `3 rooms`."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def percent(part: float, whole: float) -> str:
    """A share in whole percent, halves to even; what is there but under half a percent is `under 1 %`. `whole` is not 0."""
    share = round(100 * part / whole)
    return "under 1 %" if part and not share else f"{share} %"


def rate(times: int, seconds: int) -> str:
    """How often in ten minutes, one decimal."""
    tenths = (2 * times * 6000 + seconds) // (2 * seconds)
    return f"{tenths // 10}.{tenths % 10}"


def minutes(seconds: int) -> str:
    """A length in whole minutes, halves up; under half a minute in seconds."""
    return count(seconds, "second") if 0 < seconds < 30 else count((seconds + 30) // 60, "minute")


def number(value: float) -> str:
    """A number without a needless decimal: `6`, `6.5`."""
    return f"{value:.1f}".removesuffix(".0")


def people(value: float, whole: int = 0) -> str:
    """A number of people, who come in whole ones: `15`, or of what lies between two `15 to 16`.

    `whole` 1 = the nearest whole number, halves up: for a mean.
    """
    if whole:
        return f"{floor(value + 0.5):,}"
    low, high = floor(value), ceil(value)
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def median(values: Iterable[float]) -> float:
    """The middle of some numbers, or halfway between the two middle ones. There is at least one."""
    ordered = sorted(values)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def middle(values: Iterable[int]) -> str:
    """The median of levels: a level, or the two that it lies between. There is at least one value."""
    ordered = sorted(values)
    low, high = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
    return f"{low}" if low == high else f"between {low} and {high}"


def listed(parts: Sequence[str], word: str = "and") -> str:
    """`a, b and c`."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {word} {parts[-1]}" if parts else ""


def all_of(rooms: int) -> str:
    """`both rooms`, `all 3 rooms`, `the one room`."""
    return {1: "the one room", 2: "both rooms"}.get(rooms, f"all {rooms} rooms")
