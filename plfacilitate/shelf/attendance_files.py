"""Attendance that was taken elsewhere: a paper sheet keyed in later, another system's scans.

Owns what such files call their columns and how they write times and means. Never looks anybody up: a row says an
e-mail or a name, and core.directory finds the person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from plfacilitate.core.entry import Means
from plfacilitate.core.localtime import UnreadableTime, parse_day, parse_moment
from plfacilitate.core.refusal import Fault
from plfacilitate.core.text import fold, tidy
from plfacilitate.shelf.columns import Reading, find_columns
from plfacilitate.shelf.people_files import TITLES as PEOPLE_TITLES
from plfacilitate.shelf.tables import read_table, said

TITLES: Mapping[str, Sequence[str]] = {
    **{name: PEOPLE_TITLES[name] for name in ("email", "name", "last_name", "first_name")},
    "in": (
        "in", "time in", "in time", "sign in", "sign in time", "signed in", "signed in at", "check in", "check in time",
        "checkin", "checked in", "checked in at", "clock in", "arrival", "arrival time", "arrived", "join time", "start",
        "start time",
    ),
    "out": (
        "out", "time out", "out time", "sign out", "sign out time", "signed out", "signed out at", "check out",
        "check out time", "checkout", "checked out", "checked out at", "clock out", "departure", "departure time", "left",
        "leave time", "end", "end time",
    ),
    "day": ("date", "day", "session date", "event date"),
    "means": ("means", "method", "how", "source", "signed in by", "check in method"),
}  # fmt: skip

MEANS: Mapping[str, Means] = {
    **dict.fromkeys(("own phone", "phone", "mobile", "smartphone", "cell", "cell phone", "qr", "qr code"), "own-phone"),
    **dict.fromkeys(("badge", "card", "scan", "scanner", "barcode", "id card"), "badge"),
    **dict.fromkeys(("kiosk", "tablet", "ipad"), "kiosk"),
    **dict.fromkeys(("facilitator", "staff", "by hand", "hand", "manual", "host", "presenter"), "facilitator"),
    **dict.fromkeys(("paper", "sheet", "sign in sheet", "paper sheet", "ink", "signature", ""), "paper"),
    **dict.fromkeys(("system", "zoom", "teams", "webinar", "import", "software", "online", "other"), "system"),
}
"""What people write → the evidence it is. An empty cell is paper."""


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """One stay of one person: who (`email`, `name` or both), in and out as UTC; `out_at` None = no sign-out."""

    line: int
    email: str
    name: str
    in_at: datetime
    out_at: datetime | None
    means: Means


@dataclass(frozen=True, slots=True)
class AttendanceFile:
    """What an attendance file says, in its order. With `faults` nothing of it should be taken."""

    file: str
    rows: tuple[AttendanceRow, ...]
    faults: tuple[Fault, ...]
    notes: tuple[Fault, ...]


def read_attendance(path: Path, zone: ZoneInfo) -> AttendanceFile:
    """Read a CSV or XLSX of stays whose times are local to `zone`. Refused: as `read_table`."""
    table = read_table(path)
    reading = _Reading(table, find_columns(table.header, TITLES), zone=zone)
    reading.rows()
    return AttendanceFile(table.file, tuple(reading.taken), reading.all_faults(), reading.all_notes())


@dataclass(slots=True, kw_only=True)
class _Reading(Reading):
    """One pass over an attendance file."""

    zone: ZoneInfo
    taken: list[AttendanceRow] = field(default_factory=list)
    seen: dict[tuple[str, str, datetime, datetime | None], int] = field(default_factory=dict)

    def rows(self) -> None:
        """Read all rows, unless the header says that they can't be understood."""
        line, has = self.table.header_line, self.columns.places.keys()
        if not has & {"email", "name", "last_name"}:
            self.fault(line, "", "no column says who: the first line must have the title email or name.")
        if "in" not in has:
            self.fault(line, "", "no column says when: the first line must have the titles in and out.")
        if self.faults:
            return
        self.note_columns()
        for number, cells in self.table.rows:
            self._row(number, cells)
        if not self.taken and not self.faults and not self.table.faults:
            self.fault(line, "", "nobody below the header was there.")

    def _row(self, line: int, cells: Sequence[str]) -> None:
        email, name = tidy(self.columns.value(cells, "email")), self._name(cells)
        came, left = self.columns.value(cells, "in"), self.columns.value(cells, "out")
        before = len(self.faults)
        if not email and not name:
            self.fault(line, "", "this line says neither an e-mail nor a name.")
        if not came and not left:
            self.note(line, "in", "neither in nor out: taken as not there.")
            return
        if not came:
            self.fault(line, "in", "the time in is missing: a time out alone gives no stay.")
        in_at = self._moment(line, "in", cells) if came else None
        out_at = self._moment(line, "out", cells) if left else None
        means = self._means(line, cells)
        if in_at and out_at and out_at < in_at:
            self.fault(line, "out", f"{said(left)} is before the time in, {said(came)}.")
        if len(self.faults) > before or in_at is None or means is None:
            return
        first = self.seen.setdefault((email.casefold(), fold(name), in_at, out_at), line)
        if first != line:
            self.note(line, "", f"this line says the same as line {first}: it counts once.")
            return
        self.taken.append(AttendanceRow(line, email, name, in_at, out_at, means))

    def _name(self, cells: Sequence[str]) -> str:
        last, first = tidy(self.columns.value(cells, "last_name")), tidy(self.columns.value(cells, "first_name"))
        if last:
            return f"{last}, {first}" if first else last
        return tidy(self.columns.value(cells, "name")) or first

    def _moment(self, line: int, name: str, cells: Sequence[str]) -> datetime | None:
        text = self.columns.value(cells, name)
        day_text = self.columns.value(cells, "day")
        try:
            moment = parse_moment(text, self.zone, parse_day(tidy(day_text).partition(" ")[0]))
        except UnreadableTime as no:
            self.fault(line, name, f"{said(text)}: {no}")
            return None
        if moment.twice:
            self.note(line, name, f"{said(text)} came twice that day, as the clocks were put back: the first counts.")
        return moment.at

    def _means(self, line: int, cells: Sequence[str]) -> Means | None:
        text = self.columns.value(cells, "means")
        means = MEANS.get(fold(text))
        if means is None:
            known = ", ".join(dict.fromkeys(MEANS.values()))
            self.fault(line, "means", f"{said(text)} is none of {known}.")
        return means
