"""Statements of hours as PDF: one person's, or many one after the other.

Owns what each value looks like in print. The look is `exports/documents/statement.typ`. Never hands a text from people
to the typesetter as anything but data.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from plfacilitate.core.designation import under_each
from plfacilitate.core.minutes import day_text, hours_text
from plfacilitate.core.roll.lines import RollLine
from plfacilitate.core.roll.tables import status_text
from plfacilitate.core.roll.totals import in_order
from plfacilitate.core.statement import Item, Statement, days_text
from plfacilitate.shelf.shipped import folder
from plfacilitate.shelf.typeset import Meanwhile, printable, typeset

TEMPLATE = "statement.typ"
NOT_DOCUMENTATION = "Not clock-hour documentation"
_LONGEST = 160  # characters of one value; more is cut, and `…` says so
_SENTENCES = 900


def statement_pdf(
    statements: Sequence[Statement],
    template: Path | None = None,
    *,
    kind: Literal["pdf", "png"] = "pdf",
    meanwhile: Meanwhile = lambda seconds: None,
) -> bytes:
    """The statements, each beginning on a page of its own; there is at least one. `png` gives the first page.

    `meanwhile` is told for how many seconds they have been set, and may raise to stop. Refused: `sheet-not-drawn`.
    """
    source = template or folder("exports") / "documents" / TEMPLATE
    first = statements[0]
    data = {
        "name": title_of(first) if len(statements) == 1 else "Statements of hours",
        "author": _said(", ".join(first.providers) or "plfacilitate"),
        "people": [printed(one) for one in statements],
    }
    return typeset(source, "statement", data, first.made_at, kind=kind, meanwhile=meanwhile)


def title_of(one: Statement) -> str:
    """`Statement of hours: Alvarez, Maria`, or a transcript's."""
    return f"{'Transcript of clock hours' if one.transcript else 'Statement of hours'}: {_said(one.person.name)}"


def printed(one: Statement) -> dict[str, Any]:
    """Everything that the template prints of one person, as texts."""
    person = one.person
    return {
        "kind": "Transcript of clock hours" if one.transcript else "Statement of hours",
        "transcript": one.transcript,
        "warning": "" if one.transcript else NOT_DOCUMENTATION,
        "why": "" if one.transcript else _why(one),
        "running": title_of(one),
        "provider": _said("; ".join(one.providers)),
        "participant": [
            [label, _said(value)]
            for label, value in (
                ("Name", person.name),
                ("Former name", person.former_name),
                ("Work location", ", ".join(filter(None, (person.school, person.district)))),
                ("E-mail", person.email),
                ("Certificate no.", person.certificate or "not known here"),
            )
            if value
        ],
        "items": [_item(item, several=len(one.providers) > 1) for item in one.earned],
        "total": hours_text(one.totals.earned),
        "sums": _sums(one),
        "others": [_other(item) for item in one.others],
        "affirmed": _affirmed(one),
        "notes": [_said(text, _SENTENCES) for text in _notes(one)],
        "foot": f"Made {_day(one.made_at, one.tz)} from the office's register",
    }


def _why(one: Statement) -> str:
    where = f" Claim your hours at {', '.join(one.platforms)}." if one.platforms else ""
    return _said(
        "A record for you and your district. For a certificate the state takes a form SPI 1125 that you have signed, a"
        f" transcript that it has approved, or the platform's own.{where}",
        _SENTENCES,
    )


def _item(item: Item, *, several: bool) -> dict[str, Any]:
    line = item.line
    return {
        "title": _said(line.title),
        "instructors": _labelled("Instructor", item.instructors),
        "in_service": _said(line.in_service),
        "days": _said(days_text(item.days)),
        "completed": line.completed,
        "provider": _said(item.provider) if several else "",
        "hours": hours_text(line.figures.hundredths),
        "approved": hours_text(item.approved),
        "designations": _designations(line),
        "why": _said(line.explained, _SENTENCES),
        "version": f"roll version {item.version}" if item.version else "",
    }


def _designations(line: RollLine) -> list[str]:
    """Each with the hours of this person under it, where only a part of the offering carries it: `Equity: 2.0 h`."""
    held = dict(under_each(line.designations, line.figures.hundredths))
    return [
        _said(
            one.name
            if one.hundredths is None
            else f"{one.name}:\N{NO-BREAK SPACE}{hours_text(held[one.name])}\N{NO-BREAK SPACE}h"
        )
        for one in line.designations
    ]


def _labelled(label: str, names: Sequence[str]) -> str:
    """`Instructors: Rafael Gallardo, Amara Nwosu`; "" = nobody is named."""
    return _said(f"{label}{'s' if len(names) > 1 else ''}: {', '.join(names)}", 300) if names else ""


def _other(item: Item) -> dict[str, Any]:
    line = item.line
    what = {"pending": "waits for a decision", "credits": "quarter credits, no clock hours", "none": "no hours"}
    return {
        "title": _said(line.title),
        "completed": line.completed,
        "status": what[status_text(line)],
        "why": _said(line.explained, _SENTENCES),
    }


def _sums(one: Statement) -> list[list[str]]:
    totals = one.totals
    listed: list[tuple[str, Iterable[tuple[object, int]]]] = [
        ("By calendar year", sorted(totals.years.items())),
        ("By school year", sorted(totals.school_years.items())),
        ("By designation", in_order(totals.designations)),
    ]
    return [
        [label, _said(" · ".join(f"{key or 'none'}: {hours_text(hundredths)}" for key, hundredths in sums), 600)]
        for label, sums in listed
        if any(key for key, _ in sums)
    ]


def _affirmed(one: Statement) -> str:
    if not one.earned:
        return ""
    approved = hours_text(sum(item.approved for item in one.earned))
    return (
        f"I, {_said(one.person.spoken)}, affirm under penalty of perjury that I earned {hours_text(one.totals.earned)} of"
        f" {approved} approved clock hours by being there, and that I do not apply for college credit for them."
    )


def _notes(one: Statement) -> list[str]:
    keep = f"Keep this record yourself: the office keeps its own for {one.keep_years} calendar years."
    return [*one.corrections, keep]


def _day(moment: datetime, tz: str) -> str:
    day = moment.astimezone(ZoneInfo(tz)).date()
    return f"{day_text(day)} {day.year}"


def _said(text: str, longest: int = _LONGEST) -> str:
    """A text from people as it is printed."""
    return printable(text, longest)
