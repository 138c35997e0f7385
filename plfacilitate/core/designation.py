"""Hour designations of an approval: STEM, Equity, Leadership and so on, for the whole of an offering or for a part.

Owns how they are said and how many of somebody's hours stand under each. Never adds hours up over offerings
(`core.roll.totals`), and never judges what they are good for.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from plfacilitate.core.minutes import hours_text


class Designation(NamedTuple):
    """One of them; `hundredths` of an hour are all that carry it, None = the whole offering does."""

    name: str
    hundredths: int | None = None

    @property
    def text(self) -> str:
        """`STEM`, or `Equity (2.0 h)` where only a part carries it."""
        return self.name if self.hundredths is None else f"{self.name} ({hours_text(self.hundredths)} h)"


def listed(designations: Iterable[Designation]) -> str:
    """As the approval says them: `STEM, Equity (2.0 h)`; "" = none."""
    return ", ".join(one.text for one in designations)


def under_each(designations: Iterable[Designation], hundredths: int) -> list[tuple[str, int]]:
    """How much of what somebody has stands under each, in hundredths of an hour: never more than the part that carries it."""
    return [
        (one.name, hundredths if one.hundredths is None else min(one.hundredths, hundredths)) for one in designations
    ]


def explained(designations: Iterable[Designation], hundredths: int, approved: int) -> str:
    """What of the hours stands under a designation of a part, as a sentence; "" = every designation is of the whole.

    Who has fewer than the approved hours may have missed just that part: agendas do not say which it is.
    """
    parts = [(one, min(one.hundredths, hundredths)) for one in designations if one.hundredths is not None]
    if not parts or not hundredths:
        return ""
    said = ", ".join(f"{hours_text(held)} h {one.name}" for one, held in parts)
    if hundredths >= approved:
        return f"Of these {said}: only a part carries it."
    return f"Of these at most {said}: only a part carries it, and they were not there for all of it."
