"""The hours that an approval speaks for: everybody with times, minutes, hours and why, what is unusual first.

Owns the order and the words; how a line is drawn is `concerned`'s. Never computes a minute: the one rule did (`core.tally`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from plfacilitate.core.minutes import hours_text
from plfacilitate.front.desk.painting.pictures import RoomPicture, Row

if TYPE_CHECKING:
    from plfacilitate.core.line import Line
    from plfacilitate.core.tally import CreditSheet


class Hours(NamedTuple):
    """One person's line of the sheet. `why` names what is not the same for everybody."""

    row: Row
    minutes: int
    hundredths: int
    status: str
    why: str

    @property
    def person(self) -> str:
        """Whose it is."""
        return self.row.person


def hours_of(sheet: CreditSheet, rows: Sequence[Row]) -> tuple[Hours, ...]:
    """Everybody who came: doubts first, then those who get least, then by name."""
    lines = {one.person.id: one.line for one in sheet.lines}
    here = [(row, lines[row.person]) for row in rows if row.person in lines and (row.came or row.doubtful)]
    shared = set.intersection(*({reason.text for reason in line.reasons} for _, line in here)) if here else set()
    found = [Hours(row, line.minutes, line.hundredths, line.status, _why(row, line, shared)) for row, line in here]
    return tuple(sorted(found, key=lambda one: (not one.row.doubtful, one.hundredths, one.minutes, not one.why)))


def _why(row: Row, line: Line, shared: set[str]) -> str:
    said = [f"⚑ {row.word}"] if row.doubtful else []
    said += [
        f"{reason.text} −{reason.minutes}" if reason.minutes else reason.text
        for reason in line.reasons
        if reason.text not in shared
    ]
    return "; ".join([*said, *(["out set by hand"] if row.by_hand else [])])


def totals(found: Sequence[Hours]) -> str:
    """`24 people · 6480 min · 108.0 h`."""
    return (
        f"{len(found)} people · {sum(one.minutes for one in found)} min · "
        f"{hours_text(sum(one.hundredths for one in found))} h"
    )


def still_open(room: RoomPicture) -> str:
    """What nobody settled yet, in words; "" = nothing."""
    doubts = len(room.doubts)
    said = [f"⚑ {doubts} to be decided"] if doubts else []
    if room.head_count is None:
        said.append("nobody counted heads")
    elif room.head_count.gap:
        heads = room.head_count
        said.append(f"{heads.counted} heads counted at {heads.at}, {heads.there} signed in {heads.then}")
    return " · ".join(said)
