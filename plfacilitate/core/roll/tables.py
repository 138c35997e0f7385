"""The roll as tables: a row a line, a row a person, and the list for the university.

Owns the columns. Never computes: a figure is the line's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from plfacilitate.core.designation import listed
from plfacilitate.core.minutes import hours_text
from plfacilitate.core.roll.changes import said
from plfacilitate.core.roll.lines import RollLine
from plfacilitate.core.roll.totals import Totals, in_order, totals_of

Cell = str | int | float | None
Row = tuple[Cell, ...]

_COLUMNS: Mapping[str, Callable[[RollLine, str], Cell]] = {
    "last_name": lambda line, look: line.last_name,
    "first_name": lambda line, look: line.first_name,
    "former_name": lambda line, look: line.former_name,
    "email": lambda line, look: line.email,
    "certificate": lambda line, look: line.certificate,
    "school": lambda line, look: line.school,
    "district": lambda line, look: line.district,
    "in_service": lambda line, look: line.in_service,
    "title": lambda line, look: line.title,
    "completed": lambda line, look: line.completed,
    "year": lambda line, look: line.year,
    "school_year": lambda line, look: line.school_year,
    "designations": lambda line, look: listed(line.designations),
    "minutes": lambda line, look: line.figures.minutes,
    "hours": lambda line, look: line.figures.hundredths / 100,
    "status": lambda line, look: status_text(line),
    "how_counted": lambda line, look: line.explained,
    "standing": lambda line, look: line.standing,
    "as_handed_in": lambda line, look: said(line.was) if line.was else "",
    "changed_because": lambda line, look: "; ".join(line.since),
    "look_at": lambda line, look: look,
    "rule": lambda line, look: line.rule,
    "person": lambda line, look: line.person,
    "series": lambda line, look: line.series,
}
HEADER = tuple(_COLUMNS)

UNIVERSITY = (
    "last_name", "first_name", "email", "school", "district", "title", "in_service", "completed", "sessions", "minutes",
    "hours", "short_minutes", "look_at",
)  # fmt: skip
PEOPLE = (
    "last_name", "first_name", "email", "certificate", "offerings", "hours", "waiting_hours", "by_year", "by_school_year",
    "by_designation", "look_at", "person",
)  # fmt: skip


def row(line: RollLine, look: str = "") -> Row:
    """One line under `HEADER`; `look` = what somebody should look at first."""
    return tuple(fill(line, look) for fill in _COLUMNS.values())


def university_row(line: RollLine, look: str = "") -> Row:
    """Somebody who takes credits, under `UNIVERSITY`; `hours` are those that clock hours would be."""
    return (
        line.last_name, line.first_name, line.email, line.school, line.district, line.title, line.in_service,
        line.completed, line.standing, line.figures.minutes, line.earned_by_rule / 100, line.figures.short, look,
    )  # fmt: skip


def person_row(lines: tuple[RollLine, ...], look: str = "") -> Row:
    """All of one person, under `PEOPLE`."""
    one, sums = lines[-1], totals_of(lines)
    return (
        one.last_name, one.first_name, one.email, one.certificate, len(lines), sums.earned / 100, sums.pending / 100,
        _listed(sorted(sums.years.items())), _listed(sorted(sums.school_years.items())),
        _listed(in_order(sums.designations)), look, one.person,
    )  # fmt: skip


def _listed(sums: Iterable[tuple[object, int]]) -> str:
    return "; ".join(f"{key or 'none'}: {hours_text(hundredths)}" for key, hundredths in sums)


def status_text(line: RollLine) -> str:
    """`earned`, `pending`, `none`, or `credits` for who takes these instead."""
    return "credits" if line.takes_credits else line.figures.status


def totals_document(totals: Totals) -> dict[str, object]:
    """Sums for JSON, in hours."""
    return {
        "lines": totals.lines,
        "hours": totals.earned / 100,
        "waiting_hours": totals.pending / 100,
        "credits": totals.credits,
        "by_year": {str(year): hundredths / 100 for year, hundredths in sorted(totals.years.items())},
        "by_school_year": {year: hundredths / 100 for year, hundredths in sorted(totals.school_years.items())},
        "by_designation": {name: hundredths / 100 for name, hundredths in in_order(totals.designations)},
    }
