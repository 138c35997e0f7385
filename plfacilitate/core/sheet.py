"""The sign-in sheet: what a clerk needs of one day or one series, in one frozen value.

Owns which facts stand on a sheet, the order of its rows, and the fields that an office's table may ask for. Never
computes credit, and never draws: `shelf.sheet` prints it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from plfacilitate.core.designation import Designation, listed, under_each
from plfacilitate.core.entry import Means
from plfacilitate.core.line import Line
from plfacilitate.core.minutes import hours_text, minute_of
from plfacilitate.core.office import Column
from plfacilitate.core.people import Person
from plfacilitate.core.plan import Presenter
from plfacilitate.core.reasons import THERE

Cell = str | int | float | None

EVIDENCE: Mapping[Means, str] = {
    "own-phone": "own phone",
    "badge": "badge",
    "kiosk": "kiosk",
    "facilitator": "facilitator",
    "paper": "paper",
    "system": "by rule",
}


@dataclass(frozen=True, slots=True)
class SheetDay:
    """One session on the sheet: its title, and when its agenda begins and ends (aware moments)."""

    title: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One person on the sheet.

    `stays` are aware moments of in and out, None = no sign-out. `line` is None on a sheet that is printed to be signed
    by hand. `requested` is hundredths of an hour, None = all that was earned. `means` are those of the marks, the
    weakest first. `signature` is what was typed, `strokes` what was drawn (points in 600 × 240); neither leaves a line for
    ink. `note` is one line for the clerk.
    """

    person: Person
    stays: tuple[tuple[datetime, datetime | None], ...] = ()
    line: Line | None = None
    requested: int | None = None
    means: tuple[Means, ...] = ()
    signature: str = ""
    signed_at: datetime | None = None
    note: str = ""
    strokes: str = ""

    def minutes_present(self, days: Sequence[SheetDay]) -> int:
        """Whole minutes between the ins and outs while an agenda ran, breaks included; an open stay counts nothing."""
        return sum(
            max(0, min(minute_of(left), minute_of(day.ends_at)) - max(minute_of(came), minute_of(day.starts_at)))
            for came, left in self.stays
            if left is not None
            for day in days
        )

    def minutes_deducted(self, days: Sequence[SheetDay]) -> int:
        """Minutes of those present that the office counts for nobody: meals, breaks, business.

        What is left of the minutes present counts, but for what the line's reasons say was too little or too much.
        """
        if self.line is None:
            return 0
        there = self.line.minutes + sum(one.minutes for one in self.line.reasons if one.code in THERE)
        return self.minutes_present(days) - there

    @property
    def evidence(self) -> str:
        """How strong the marks are, in words."""
        return ", ".join(EVIDENCE[means] for means in self.means)

    @property
    def hundredths(self) -> int | None:
        """Hundredths of an hour to be credited; None while that is not settled."""
        return self.line.hundredths if self.line and self.line.status != "pending" else None

    @property
    def eligible(self) -> int | None:
        """Hundredths of an hour that the minutes give by the rule, whatever was asked for; None as in `hundredths`."""
        return self.line.eligible if self.line and self.line.status != "pending" else None


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that a clerk should look at first: who, and one sentence. `person` = whose row it is about, "" = none."""

    name: str
    sentence: str
    person: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sign-in sheet. Empty texts are not printed; moments are aware.

    `statement` is what everybody signs, `correction` how to have a mistake corrected. `hours_note` says
    why this sheet has no hours (they are counted over a whole series), "" = it has. `counting` says what of the agenda
    counts and how it is rounded, so that every figure can be worked out from the ins and outs. `approved_at` None = not
    approved yet, `made_at` = the moment that the sheet shows.
    """

    title: str
    session_title: str
    days: tuple[SheetDay, ...]
    tz: str
    made_at: datetime
    rows: tuple[SheetRow, ...]
    exceptions: tuple[Notice, ...] = ()
    event: str = ""
    in_service: str = ""
    claim_code: str = ""
    place: str = ""
    sponsor: str = ""
    presenters: tuple[Presenter, ...] = ()
    designations: tuple[Designation, ...] = ()
    approved_hundredths: int = 0
    office_title: str = ""
    rule: str = ""
    approved_by: str = ""
    approved_at: datetime | None = None
    version: int = 1
    correction: str = ""
    statement: str = ""
    hours_note: str = ""
    counting: str = ""

    @property
    def zone(self) -> ZoneInfo:
        """The place's time zone."""
        return ZoneInfo(self.tz)

    @property
    def ordered(self) -> tuple[SheetRow, ...]:
        """The rows in last-name order; rows without a name, for whoever comes along, at the end."""
        return tuple(sorted(self.rows, key=lambda row: (not row.person.name, row.person.order)))

    @property
    def earned_hundredths(self) -> int:
        """The hours of everybody whose hours are settled."""
        return sum(row.hundredths or 0 for row in self.rows)

    @property
    def pending(self) -> int:
        """How many people wait for a decision."""
        return sum(1 for row in self.rows if row.line is not None and row.line.status == "pending")

    @property
    def signed_in(self) -> int:
        """How many people were there."""
        return sum(1 for row in self.rows if row.stays)


def local_day(moment: datetime, zone: ZoneInfo) -> str:
    """The day of a moment at the place, as tables write it: `2023-12-06`."""
    return moment.astimezone(zone).date().isoformat()


def local_time(moment: datetime, zone: ZoneInfo) -> str:
    """The time of a moment at the place, as tables write it: `08:07`."""
    return f"{moment.astimezone(zone):%H:%M}"


def _local(moment: datetime | None, zone: ZoneInfo) -> str:
    return f"{local_day(moment, zone)} {local_time(moment, zone)}" if moment else ""


def _first_in(sheet: Sheet, row: SheetRow) -> str:
    return _joined(sheet, [came for came, _ in row.stays[:1]])


def _last_out(sheet: Sheet, row: SheetRow) -> str:
    return _joined(sheet, [left for _, left in row.stays[-1:] if left])


def _joined(sheet: Sheet, moments: Sequence[datetime]) -> str:
    return "".join(local_time(moment, sheet.zone) for moment in moments)


def _hours(hundredths: int | None) -> float | None:
    return None if hundredths is None else hundredths / 100


def _designation_hours(sheet: Sheet, row: SheetRow) -> str:
    if sheet.hours_note or not row.hundredths:
        return ""
    return "; ".join(f"{name}: {hours_text(held)}" for name, held in under_each(sheet.designations, row.hundredths))


Fill = Callable[[Sheet, SheetRow], Cell]
"""What a field of the table holds for one row. Hours and minutes are numbers, None is an empty cell."""

FIELDS: Mapping[str, Fill] = {
    # the offering and the day
    "in_service": lambda sheet, row: sheet.in_service,
    "claim_code": lambda sheet, row: sheet.claim_code,
    "event": lambda sheet, row: sheet.event,
    "title": lambda sheet, row: sheet.title,
    "session_title": lambda sheet, row: sheet.session_title,
    "date": lambda sheet, row: ", ".join(local_day(day.starts_at, sheet.zone) for day in sheet.days),
    "starts": lambda sheet, row: local_time(sheet.days[0].starts_at, sheet.zone),
    "ends": lambda sheet, row: local_time(sheet.days[-1].ends_at, sheet.zone),
    "place": lambda sheet, row: sheet.place,
    "sponsor": lambda sheet, row: sheet.sponsor,
    "presenters": lambda sheet, row: ", ".join(presenter.name for presenter in sheet.presenters),
    "designations": lambda sheet, row: listed(sheet.designations),
    "approved_hours": lambda sheet, row: _hours(sheet.approved_hundredths),
    "office": lambda sheet, row: sheet.office_title,
    "rule": lambda sheet, row: sheet.rule,
    "sheet_version": lambda sheet, row: sheet.version,
    "verified_by": lambda sheet, row: sheet.approved_by,
    "verified_at": lambda sheet, row: _local(sheet.approved_at, sheet.zone),
    # the person
    "person": lambda sheet, row: row.person.id,
    "name": lambda sheet, row: row.person.name,
    "last_name": lambda sheet, row: row.person.last_name,
    "first_name": lambda sheet, row: row.person.first_name,
    "former_name": lambda sheet, row: row.person.former_name,
    "email": lambda sheet, row: row.person.email,
    "district": lambda sheet, row: row.person.district,
    "school": lambda sheet, row: row.person.school,
    "role": lambda sheet, row: row.person.role,
    "certificate": lambda sheet, row: row.person.certificate,
    # the attendance
    "time_in": _first_in,
    "time_out": _last_out,
    "minutes_present": lambda sheet, row: row.minutes_present(sheet.days),
    "minutes_deducted": lambda sheet, row: row.minutes_deducted(sheet.days),
    "minutes": lambda sheet, row: row.line.minutes if row.line else None,
    "hours_eligible": lambda sheet, row: None if sheet.hours_note else _hours(row.eligible),
    "hours": lambda sheet, row: None if sheet.hours_note else _hours(row.hundredths),
    "designation_hours": _designation_hours,
    "hours_requested": lambda sheet, row: _hours(row.requested),
    "status": lambda sheet, row: row.line.status if row.line else "",
    "evidence": lambda sheet, row: row.evidence,
    "signature": lambda sheet, row: row.signature,
    "signed_at": lambda sheet, row: _local(row.signed_at, sheet.zone),
    "note": lambda sheet, row: row.note,
}


def table(sheet: Sheet, columns: Sequence[Column]) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
    """The office's table: its titles, and one row a person in last-name order.

    A column whose field nobody knows stays empty: a later office file must not keep a day from being closed.
    """
    fills = [FIELDS.get(column.field) for column in columns]
    header = tuple(column.title for column in columns)
    return header, [tuple(fill(sheet, row) if fill else None for fill in fills) for row in sheet.ordered]
