"""What made a line of the roll another one: figures before and after, and the entries in between.

Owns the sentences. Never compares two programs: both figures come from the same rule, at two points of the ledgers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from plfacilitate.core.entry import AGENDA_KINDS, Entry
from plfacilitate.core.fold import MARK_KINDS
from plfacilitate.core.minutes import clock, hours_text, minute_of
from plfacilitate.core.roll.lines import Figures
from plfacilitate.core.sequence import as_it_went

AsOf = Mapping[str, int]
MOST = 6  # sentences that a line gives as its reason; more are counted
_NOTHING = Figures(0, 0, "none", 0)
_OF_ALL = {
    "event-scheduled": "the schedule was changed",
    "event-opened": "the plan or the rule of the opening came in",
    "event-closed": "the event was closed",
    "event-reopened": "the event was opened again",
    "erased": "entries were erased",
    **dict.fromkeys(AGENDA_KINDS, "the agenda's minutes were changed"),
}
_OF_ONE: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "request": lambda body: f"asked for {hours_text(int(body.get('hundredths', 0)))} h",
    "choice": lambda body: f"chose {str(body.get('choice', '')).replace('-', ' ')}",
    "person": lambda body: "the person's record was changed",
    "people-merged": lambda body: "two records are read as one person",
}
NOTHING_NEW = "nothing new was written: a session ended since, or what was written reached the office later"


@dataclass(frozen=True, slots=True)
class Change:
    """One person's line before and after (None = there was none), and why, one sentence each."""

    person: str
    was: Figures | None
    now: Figures | None
    why: tuple[str, ...]


def later(entries: Iterable[Entry], as_of: AsOf) -> list[Entry]:
    """The entries that had not been written, or not been looked at, at a point of the ledgers."""
    return [entry for entry in entries if entry.number > as_of.get(entry.device, 0)]


def until(entries: Iterable[Entry], as_of: AsOf) -> list[Entry]:
    """The entries up to a point of the ledgers."""
    return [entry for entry in entries if entry.number <= as_of.get(entry.device, 0)]


def changed(
    before: Mapping[str, Figures], after: Mapping[str, Figures], because: Mapping[str, Sequence[str]]
) -> list[Change]:
    """The people whose figures are other ones, by id; a line of nothing is as good as none."""
    found = []
    for person in sorted(before.keys() | after.keys()):
        was, now = before.get(person), after.get(person)
        if (was or _NOTHING) != (now or _NOTHING):
            why = tuple(because.get(person, ())) or tuple(because.get("", ())) or (NOTHING_NEW,)
            found.append(Change(person, was, now, why))
    return found


def said(figures: Figures | None) -> str:
    """Figures in words: `339 min, 5.5 h, earned`."""
    if figures is None:
        return "nothing"
    return f"{figures.minutes} min, {hours_text(figures.hundredths)} h, {figures.status}"


def because(
    new: Sequence[Entry], known: Iterable[Entry], merged: Mapping[str, str], zone: ZoneInfo
) -> dict[str, tuple[str, ...]]:
    """Person → what `new` entries say of them; "" → what concerns everybody. `known` = all entries, to look up undone ones.

    Written from the entries, so that what is erased there is gone here.
    """
    by_id = {entry.id: entry for entry in known}
    found: dict[str, list[str]] = {}
    for entry in as_it_went(new):
        about, sentence = _sentence(entry, by_id, zone)
        if sentence:
            found.setdefault("" if about is None else merged.get(about, about), []).append(sentence)
    return {person: _short(list(dict.fromkeys(sentences))) for person, sentences in found.items()}


def _short(sentences: Sequence[str]) -> tuple[str, ...]:
    if len(sentences) <= MOST:
        return tuple(sentences)
    return (*sentences[:MOST], f"and {len(sentences) - MOST} more entries")


def _sentence(entry: Entry, by_id: Mapping[str, Entry], zone: ZoneInfo) -> tuple[str | None, str]:
    """Whom an entry is about (None = everybody), and what it did; "" = nothing that credit looks at."""
    kind, body = str(entry.kind), entry.body
    if kind in _OF_ALL:
        return None, _by(entry, _OF_ALL[kind])
    if kind in MARK_KINDS:
        what = f"{kind} set to {_at(entry, zone)}" if entry.replaces else f"{kind} {_at(entry, zone)} came in"
        return entry.person, _by(entry, what)
    if kind == "undo":
        undone = by_id.get(str(body.get("undoes")))
        what = "an entry" if undone is None else str(undone.kind)
        when = f" {_at(undone, zone)}" if undone is not None and undone.kind in MARK_KINDS else ""
        about = undone.person if undone is not None and undone.person else entry.person
        return about, _by(entry, f"{what}{when} taken back")
    if kind == "person" and not entry.replaces:
        return None, ""  # a list that was taken in once more
    return entry.person, _by(entry, _OF_ONE[kind](body)) if kind in _OF_ONE else ""


def _by(entry: Entry, what: str) -> str:
    reason = str(entry.body.get("reason") or "").strip()
    by = f" by {entry.by}" if entry.by else ""
    return f"{what}{by}: {reason}" if reason else f"{what}{by}"


def _at(entry: Entry, zone: ZoneInfo) -> str:
    return clock(minute_of(entry.at), zone)
