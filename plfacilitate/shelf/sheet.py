"""The printed sign-in sheet: a PDF that a clerk can read, file and upload as it is.

Owns what each value looks like in print. Its look is `exports/documents/sign-in-sheet.typ`. Never computes, and never
hands a text from people to the typesetter as anything but data.
"""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

from plfacilitate.core.designation import listed
from plfacilitate.core.minutes import clock, day_text, hours_text, minute_of
from plfacilitate.core.sheet import Sheet, SheetDay, SheetRow
from plfacilitate.shelf.shipped import folder
from plfacilitate.shelf.typeset import printable, typeset
from plfacilitate.shelf.write import write_bytes

TEMPLATE = "sign-in-sheet.typ"
_STROKES = re.compile(r"\d{1,3}\.\d{1,3}(?:[-_]\d{1,3}\.\d{1,3})*", re.ASCII)  # x.y-x.y_x.y-x.y, as the door takes them
_LONGEST = 160  # characters of one value; more is cut, and `…` says so


def write_sheet(path: Path, sheet: Sheet, template: Path | None = None) -> None:
    """Put the sheet as a PDF under `path` in one step. Refused: `not-written`, `sheet-not-drawn`."""
    write_bytes(path, sheet_pdf(sheet, template))


def sheet_pdf(sheet: Sheet, template: Path | None = None) -> bytes:
    """The sheet as a PDF: the same bytes for the same sheet. `template` None = the shipped look.

    Raises Refused("sheet-not-drawn") for a template that can't be used.
    """
    source = template or folder("exports") / "documents" / TEMPLATE
    return typeset(source, "sheet", printed(sheet), sheet.made_at)


def printed(sheet: Sheet) -> dict[str, Any]:
    """Everything that the template prints, as texts."""
    heading = " · ".join(part for part in (sheet.title, sheet.session_title) if part)
    looked_at = {notice.person for notice in sheet.exceptions if notice.person}
    people = [_row(sheet, row, look=row.person.id in looked_at) for row in sheet.ordered]
    return {
        "name": f"Sign-in sheet: {_said(heading)}",
        "author": _said(sheet.office_title or sheet.sponsor or "plfacilitate"),
        "heading": _said(heading),
        "kind": _kind(sheet),
        "title": _said(sheet.title),
        "session": _said(sheet.session_title),
        "running": f"{_said(heading, longest=100)} · {_span(sheet)}",
        "dated": len(sheet.days) > 1,
        "in_service": f"In-service no. {_said(sheet.in_service, longest=30)}" if sheet.in_service else "",
        "facts": [[label, _said(value)] for label, value in _facts(sheet) if value],
        "presenters": [
            {"name": _said(someone.name), "rest": _said("".join(f", {part}" for part in _parts(someone)))}
            for someone in sheet.presenters
        ],
        "counting": _said(sheet.counting, longest=600),
        "exceptions_title": f"Please look at these first ({len(sheet.exceptions)})",
        "exceptions": [[_said(notice.name), _said(notice.sentence, longest=600)] for notice in sheet.exceptions],
        "summary": _summary(sheet),
        "statement": _said(sheet.statement, longest=600),
        "hours_note": _said(sheet.hours_note),
        "rows": people,
        "total": _total(sheet),
        "approved": _approved(sheet),
        "correction": _said(sheet.correction, longest=600),
        "foot": " · ".join(
            part
            for part in (f"Sheet version {sheet.version}", _said(sheet.rule), f"as of {_moment(sheet, sheet.made_at)}")
            if part
        ),
    }


def _kind(sheet: Sheet) -> str:
    if not any(row.line for row in sheet.rows):
        return "Sign-in sheet, to be signed by hand"
    return f"Sign-in sheet, version {sheet.version}: replaces earlier ones" if sheet.version > 1 else "Sign-in sheet"


def _facts(sheet: Sheet) -> list[tuple[str, str]]:
    return [
        ("When", _days(sheet)),
        ("In-service no.", sheet.in_service),
        ("Approved", f"{hours_text(sheet.approved_hundredths)} clock hours" if sheet.approved_hundredths else ""),
        ("Where", sheet.place),
        ("Claim code", sheet.claim_code),
        ("Designations", listed(sheet.designations)),
        ("Sponsor", sheet.sponsor),
        ("Office", sheet.office_title),
        ("Rule", sheet.rule),
    ]


def _parts(presenter: Any) -> list[str]:
    return [part for part in (presenter.position, presenter.qualification) if part]


def _days(sheet: Sheet) -> str:
    """Every day with its agenda: `Wed 6 Dec 2023, 8:30–15:45`; times that all days share are said once."""
    days = [(_day(sheet, day.starts_at), _hours(sheet, day)) for day in sheet.days]
    if len({hours for _, hours in days}) == 1:
        return f"{', '.join(day for day, _ in days)}, {days[0][1]}"
    return "; ".join(f"{day}, {hours}" for day, hours in days)


def _span(sheet: Sheet) -> str:
    """The day, or the first and the last one."""
    if len(sheet.days) == 1:
        return _days(sheet)
    return f"{_day(sheet, sheet.days[0].starts_at)} to {_day(sheet, sheet.days[-1].ends_at)}"


def _hours(sheet: Sheet, day: SheetDay) -> str:
    return f"{_clock(sheet, day.starts_at)}–{_clock(sheet, day.ends_at)}"


def _day(sheet: Sheet, moment: datetime) -> str:
    day = moment.astimezone(sheet.zone).date()
    return f"{day_text(day)} {day.year}"


def _clock(sheet: Sheet, moment: datetime) -> str:
    return clock(minute_of(moment), sheet.zone)


def _moment(sheet: Sheet, moment: datetime) -> str:
    return f"{_day(sheet, moment)}, {_clock(sheet, moment)}"


def _summary(sheet: Sheet) -> str:
    if not any(row.line for row in sheet.rows):
        return ""
    parts = [f"{_people(sheet.signed_in)} signed in"]
    if not sheet.hours_note:
        parts.append(f"{hours_text(sheet.earned_hundredths)} clock hours in all")
    if sheet.pending and not sheet.hours_note:
        parts.append(f"{sheet.pending} waiting for a decision")
    return f"{', '.join(parts)}. {_said(sheet.hours_note)}".strip()


def _total(sheet: Sheet) -> str:
    if sheet.hours_note or not any(row.line for row in sheet.rows):
        return ""
    return f"{_people(len(sheet.rows))}, {hours_text(sheet.earned_hundredths)} clock hours"


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"


def _approved(sheet: Sheet) -> str:
    if not sheet.approved_by or sheet.approved_at is None:
        return ""
    return f"Approved by {_said(sheet.approved_by)}, {_moment(sheet, sheet.approved_at)}."


def _row(sheet: Sheet, row: SheetRow, *, look: bool) -> dict[str, Any]:
    """`look` = somebody should look at it first: it is marked as the box of the exceptions is."""
    person, line = row.person, row.line
    several = len(sheet.days) > 1
    settled = line is not None and line.status != "pending"
    return {
        "name": _said(person.name),
        "former_name": _said(f"formerly {person.former_name}" if person.former_name else ""),
        "school": _said(person.school or person.district),
        "email": _said(person.email),
        "certificate": _said(person.certificate),
        "came": [_mark(sheet, came, dated=several) for came, _ in row.stays] or [""],
        "left": [_mark(sheet, left, dated=False) if left else "none" for _, left in row.stays] or [""],
        "minutes": str(line.minutes) if line else "",
        "hours": "" if line is None else hours_text(line.hundredths) if settled else "waits",
        "settled": settled,
        "requested": "" if row.requested is None else hours_text(row.requested),
        "evidence": row.evidence,
        "signature": _said(row.signature),
        "drawn": drawn_svg(row.strokes),
        "signed_at": f"signed {_mark(sheet, row.signed_at, dated=several)}" if row.signed_at else "",
        "note": _said(row.note, longest=600),
        "by_hand": line is None,
        "look": look,
    }


def drawn_svg(strokes: str) -> str:
    """A signature that was drawn with a finger, as SVG; "" where nothing was, or what is there is no drawing."""
    if not _STROKES.fullmatch(strokes):
        return ""
    path = "".join(f"M{stroke.replace('.', ' ').replace('-', 'L')}" for stroke in strokes.split("_"))
    line = 'fill="none" stroke="#000" stroke-width="6" stroke-linecap="round" stroke-linejoin="round"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-6 -6 612 252"><path d="{path}" {line}/></svg>'


def _mark(sheet: Sheet, moment: datetime, *, dated: bool) -> str:
    day = moment.astimezone(sheet.zone)
    return f"{day.month}/{day.day} {_clock(sheet, moment)}" if dated else _clock(sheet, moment)


def _said(text: str, longest: int = _LONGEST) -> str:
    """A text from people as it is printed."""
    return printable(text, longest)
