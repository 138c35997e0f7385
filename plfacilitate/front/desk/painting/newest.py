"""The newest thing that somebody did in the room, as one line of the status.

Owns which entry that is and how it is told. Never reads a ledger.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from plfacilitate.core.entry import Entry, utc_moment
from plfacilitate.core.fold import MARK_KINDS, EventFold
from plfacilitate.core.minutes import clock, minute_of
from plfacilitate.core.text import plain
from plfacilitate.front.desk.painting.pictures import MEANS, SYMBOLS, Row

TOLD_KINDS = MARK_KINDS | {"undo"}
LOOKED_AT = 500  # the last so many entries of a long day hold the newest thing


class Newest(NamedTuple):
    """A mark, or what takes one back; `many` people are concerned by the same action."""

    entry: Entry
    many: int = 1


def newest(entries: Sequence[Entry], fold: EventFold, rows: Mapping[str, Row]) -> Newest | None:
    """The newest of these entries that is told, None = there is none."""
    for at in range(len(entries) - 1, -1, -1):
        entry = entries[at]
        if entry.kind in TOLD_KINDS and not entry.replaces and entry.person in rows:
            mark = _mark(entry, fold)
            if mark is not None:
                group = mark.body.get("group")
                return Newest(entry, _alike(entries[: at + 1], entry.kind, group, fold) if group else 1)
    return None


def _mark(entry: Entry, fold: EventFold) -> Entry | None:
    found = entry if entry.kind != "undo" else fold.undone(entry)
    return found if found is not None and found.kind in MARK_KINDS else None


def _alike(entries: Sequence[Entry], kind: str, group: str, fold: EventFold) -> int:
    """How many of the last entries belong to one action."""
    many = 0
    for entry in reversed(entries):
        mark = _mark(entry, fold) if entry.kind == kind else None
        if mark is None or mark.body.get("group") != group:
            break
        many += 1
    return many


def told(last: Newest, fold: EventFold, rows: Mapping[str, Row]) -> str:
    """`8:13 ● Adams, Terrence signed in (desk)`; a time that was set by hand is told beside the one it was done at."""
    row, event, mark = rows.get(last.entry.person or ""), fold.event, _mark(last.entry, fold)
    if row is None or event is None or mark is None:
        return ""
    done = clock(minute_of(utc_moment(last.entry.recorded_at)), event.zone)
    who = plain(row.name) if last.many < 2 else f"{last.many} people"
    verb = "signed in" if mark.kind == "sign-in" else "signed out"
    at = clock(minute_of(mark.at), event.zone)
    if not fold.stands(mark):
        return f"{done} ↶ {who} {verb} at {at}: taken back"
    symbol = SYMBOLS["in" if last.many > 1 else row.state] if mark.kind == "sign-in" else SYMBOLS["out"]
    means = MEANS.get(mark.means, mark.means)
    if last.entry is not mark or mark.body.get("reason") or mark.body.get("group"):
        return f"{done} {symbol} {who} {verb} at {at} ({means})"
    return f"{at} {symbol} {who} {verb} ({means})"
