"""Credit computed again at the office, and held against what a laptop packed.

Owns the comparison and its sentences. Never computes a minute itself: the rule is the laptop's own (`core.tally`), fed
from the register.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from plfacilitate.core.fold import EventFold
from plfacilitate.core.minutes import hours_text
from plfacilitate.core.tally import CreditLine, CreditSheet, credit_sheet
from plfacilitate.shelf.bundle import Bundle
from plfacilitate.store.register import AsOf, Register

_Figures = tuple[str, str, str]  # minutes, hundredths, status


@dataclass(frozen=True, slots=True)
class Compared:
    """`lines` were recomputed. `differs` and `since` as in `office.receive.Answer`."""

    lines: int = 0
    differs: tuple[str, ...] = ()
    since: tuple[str, ...] = ()


def compare(register: Register, bundle: Bundle) -> Compared:
    """Hold a bundle's tables of credit against the register's own lines; a bundle without such tables has none."""
    label = bundle.manifest.label
    if label.parcel != "hours" or not label.events:
        return Compared()
    event = label.events[0]
    then = _folds(register, event, label.as_of)
    if not then:
        return Compared()
    differs: list[str] = []
    since: list[str] = []
    lines = 0
    today = _folds(register, event, None)
    for path, one in (("credit.csv", event), ("series.csv", None)):
        theirs = _table(bundle, path)
        if theirs is None:
            continue
        sheet = _sheet(register, then, one, label.as_of, label.packed_at)
        later = _sheet(register, today, one, None, label.packed_at)
        where = "" if one else "series, "
        lines += len(sheet.lines) if one else 0
        differs += _differences(where, theirs, sheet.lines)
        since += _changes(where, sheet.lines, later.lines)
    return Compared(lines, tuple(differs), tuple(since))


def _folds(register: Register, event: str, as_of: AsOf | None) -> list[EventFold]:
    """The event's fold and those of the other events of its series; [] where the register has no schedule of it."""
    merged = register.merged(as_of)

    def fold_of(one: str) -> EventFold:
        fold = EventFold(one)
        fold.read_as_one(merged)
        fold.apply(register.entries(one, as_of))
        return fold

    first = fold_of(event)
    if first.event is None:
        return []
    others = [fold_of(one) for one in register.events_of_series(first.event.series) if one != event]
    return [first, *(fold for fold in others if fold.event is not None and fold.event.series == first.event.series)]


def _sheet(
    register: Register, folds: Sequence[EventFold], event: str | None, as_of: AsOf | None, at: datetime
) -> CreditSheet:
    persons = set[str]().union(*(fold.persons() for fold in folds))
    people = register.people(persons, as_of)
    return credit_sheet(folds, people, event=event, as_of=as_of or {}, at=at)


def _differences(where: str, theirs: Mapping[str, Mapping[str, str]], ours: Iterable[CreditLine]) -> Iterator[str]:
    """Where the office's own lines are not the laptop's, one sentence each."""
    left = dict(theirs)
    for one in ours:
        row = left.pop(one.person.id, None)
        if row is None:
            yield f"{where}{one.person.name}: the laptop has no line, the office gets {_said(_figures(one))}."
        elif (said := (row.get("minutes", ""), row.get("hundredths", ""), row.get("status", ""))) != _figures(one):
            yield f"{where}{one.person.name}: the laptop says {_said(said)}, the office gets {_said(_figures(one))}."
    for row in left.values():
        if (row.get("minutes"), row.get("status")) != ("0", "none"):  # whoever was erased since had nothing
            yield f"{where}{row.get('name')}: the laptop has a line ({row.get('minutes')} min), the office none."


def _changes(where: str, then: Iterable[CreditLine], now: Iterable[CreditLine]) -> Iterator[str]:
    before = {one.person.id: _figures(one) for one in then}
    for one in now:
        was, figures = before.get(one.person.id, ("0", "0", "none")), _figures(one)
        if was != figures:
            yield f"{where}{one.person.name}: {_said(figures)} by what came in since; it was {_said(was)}."


def _figures(one: CreditLine) -> _Figures:
    return (str(one.line.minutes), str(one.line.hundredths), one.line.status)


def _said(figures: _Figures) -> str:
    minutes, hundredths, status = figures
    return f"{minutes} min, {hours_text(int(hundredths)) if hundredths.isdecimal() else hundredths} h, {status}"


def _table(bundle: Bundle, path: str) -> dict[str, dict[str, str]] | None:
    """A table of the bundle by person; None where it has none of that name."""
    try:
        text = b"".join(bundle.chunks(path)).decode("utf-8-sig", "replace")
    except KeyError:
        return None
    return {row.get("person", ""): row for row in csv.DictReader(io.StringIO(text, newline=""))}
