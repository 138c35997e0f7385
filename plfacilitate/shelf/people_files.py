"""People as a registration export, a staff list or a clerk's own table has them.

Owns what such files call their columns and what is doubtful in a row. Never decides who is the same person
(core.roster does), and never changes a name beyond its blanks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from plfacilitate.core.names import split_name
from plfacilitate.core.people import FIELDS, certificate_key, is_email, tidied
from plfacilitate.core.refusal import Fault
from plfacilitate.core.roster import PersonRow
from plfacilitate.core.text import fold
from plfacilitate.shelf.columns import Reading, find_columns
from plfacilitate.shelf.tables import read_table, said

TITLES: Mapping[str, Sequence[str]] = {
    "last_name": ("last name", "lastname", "last", "surname", "family name", "familyname", "legal last name", "lname"),
    "first_name": (
        "first name", "firstname", "first", "given name", "givenname", "given", "forename", "legal first name", "fname",
        "preferred first name", "preferred given name",
    ),
    "email": (
        "pdenroller email", "pdenroller e mail", "pdenroller email address", "email used in pdenroller",
        "registration email", "email", "e mail", "email address", "e mail address", "emailaddress", "mail",
        "primary email", "work email", "work e mail", "work email address", "school email", "district email",
        "email 1", "personal email", "home email", "alternate email", "secondary email", "email 2",
    ),
    "school": (
        "school", "school name", "building", "building name", "school building", "school site", "school or building",
        "work location", "work site", "worksite", "site", "site name", "campus", "organization", "organisation",
        "organization name", "school organization", "institution", "company", "company name",
    ),
    "district": (
        "district", "district name", "school district", "school district name", "employing district", "district employer",
        "employer district", "employer", "employer name", "lea",
    ),
    "role": (
        "role", "position", "job title", "position title", "title", "job", "job role", "role position", "assignment",
        "title position", "position role",
    ),
    "certificate": (
        "certificate", "certificate no", "certificate number", "cert", "cert no", "cert number", "certification number",
        "wa cert", "wa cert no", "wa cert number", "wa certificate", "wa certificate no", "wa certificate number",
        "washington certificate number", "ospi certificate number", "teaching certificate number",
        "teacher certificate number", "educator certificate number", "certificate id", "license number", "license no",
    ),
    "former_name": (
        "former name", "former names", "former last name", "previous name", "previous last name", "maiden name", "maiden",
        "maiden former name", "former maiden name", "name before",
    ),
    "badge": ("badge", "badge id", "badge code", "badge no", "badge number", "badge barcode", "barcode"),
    "name": ("name", "full name", "fullname", "first and last name", "display name", "attendee", "participant",
             "registrant"),
}  # fmt: skip
"""Field → titles, folded, the strongest first; `name` is one column with a whole name."""

_ROSTER = frozenset({"sourcedid", "enableduser", "familyname"})  # columns of a roster's users, students among them
LONG_NAME = 200  # characters; longer ones are kept and noted
_NOTHING = frozenset({"n a", "na", "none", "null", "nil", "tbd", "unknown", "pending", "no", ""})
_OPTIONAL = ("email", "certificate", "former_name", "badge")
_CERTIFICATE = re.compile(r"\d{6}[A-Z]")


@dataclass(frozen=True, slots=True)
class PeopleFile:
    """What a people file says.

    With `faults` nothing of it should be taken; `doubts` are for a person to look at, `notes` say how something was
    understood. All three are by line (0 = the file) and column title.
    """

    file: str
    rows: tuple[PersonRow, ...]
    faults: tuple[Fault, ...]
    doubts: tuple[Fault, ...]
    notes: tuple[Fault, ...]


def read_people(path: Path) -> PeopleFile:
    """Read a CSV or XLSX of people. Refused: as `read_table`."""
    table = read_table(path)
    reading = _Reading(table, find_columns(table.header, TITLES))
    reading.rows()
    return PeopleFile(
        table.file, tuple(reading.taken), reading.all_faults(), tuple(reading.doubts), reading.all_notes()
    )


def _no_name(header: Sequence[str]) -> str:
    found = ", ".join(said(title, 24) for title in header[:12]) or "nothing"
    return (
        "no column holds a name: the first line must have the titles last_name and first_name (Last Name, Surname, "
        f"First, Given name …) or one column Name; it has {found}."
    )


@dataclass(slots=True)
class _Reading(Reading):
    """One pass over a people file."""

    taken: list[PersonRow] = field(default_factory=list)
    doubts: list[Fault] = field(default_factory=list)
    split: list[int] = field(default_factory=list)
    same: dict[tuple[str, ...], int] = field(default_factory=dict)
    emails: dict[str, PersonRow] = field(default_factory=dict)
    badges: dict[str, PersonRow] = field(default_factory=dict)

    def doubt(self, line: int, name: str, sentence: str) -> None:
        """What is taken, and wants a person's eye."""
        self.doubts.append(self.told(line, name, sentence))

    def rows(self) -> None:
        """Read all rows, unless no column holds a name; then say what concerns the file as a whole."""
        line = self.table.header_line
        if {fold(title).replace(" ", "") for title in self.table.header} >= _ROSTER:
            self.fault(line, "", "this is a part of a OneRoster, with students in it: name its folder or its zip.")
            return
        if not self.columns.places.keys() & {"last_name", "first_name", "name"}:
            self.fault(line, "", _no_name(self.table.header))
            return
        self.note_columns()
        for number, cells in self.table.rows:
            self._row(number, cells)
        if self.split:
            places = ", ".join(map(str, self.split[:5])) + (" …" if len(self.split) > 5 else "")
            count = len(self.split)
            self.note(line, "name", f"“First Last” was taken apart in {count} line(s) ({places}): look them over.")
        if not self.taken and not self.faults and not self.table.faults:
            self.fault(line, "", "there is nobody below the header.")

    def _row(self, line: int, cells: Sequence[str]) -> None:
        fields = tidied({name: self.columns.value(cells, name) for name in FIELDS})
        for name in _OPTIONAL:
            if name in fields and fold(fields[name]) in _NOTHING:
                del fields[name]
        self._name(line, cells, fields)
        if "last_name" not in fields:
            self.fault(line, "last_name", "the name is missing: every line needs at least a last name.")
            return
        if "email" in fields:
            fields["email"] = _address(fields["email"])
        row = PersonRow(line, fields)
        self._look(row)
        self.taken.append(row)

    def _name(self, line: int, cells: Sequence[str], fields: dict[str, str]) -> None:
        """Fill the name from a whole-name column, or from the one half that is there."""
        if "last_name" in fields:
            return
        last, first = split_name(self.columns.value(cells, "name"))
        if last:
            if first and "," not in self.columns.value(cells, "name"):
                self.split.append(line)
            fields.update(tidied({"last_name": last, "first_name": first}))
        elif "first_name" in fields:
            fields["last_name"] = fields.pop("first_name")
            self.note(line, "last_name", "only a first name stands here: it was taken as the whole name.")

    def _look(self, row: PersonRow) -> None:
        """What is odd in a row, by itself or beside an earlier one."""
        line, fields = row.line, row.fields
        first = self.same.setdefault(tuple(fields.get(name, "") for name in FIELDS), line)
        if first != line:
            keyed = is_email(fields.get("email", "")) or "certificate" in fields
            counts = "it counts once" if keyed else "without an e-mail or certificate number they count as two people"
            self.note(line, "", f"this line says the same as line {first}: {counts}.")
            return
        for name in ("last_name", "first_name", "former_name"):
            if len(fields.get(name, "")) > LONG_NAME:
                self.note(line, name, f"this name has {len(fields[name])} characters; it is kept as it is.")
        if "certificate" in fields and not _CERTIFICATE.fullmatch(certificate_key(fields["certificate"])):
            shown = said(fields["certificate"])
            self.note(line, "certificate", f"{shown} is not six digits and a letter, such as 123456A.")
        if "badge" in fields:
            self._look_at_badge(row, fields["badge"])
        if "email" in fields:
            self._look_at_email(row, fields["email"])

    def _look_at_badge(self, row: PersonRow, badge: str) -> None:
        if not (badge.isascii() and badge.isdigit()):
            sentence = f"{said(badge)} is no badge code: digits only. Format the column as text if Excel changed it."
            self.fault(row.line, "badge", sentence)
        first = self.badges.setdefault(badge, row)
        if first is not row and not _one_person(first, row):
            self.doubt(
                row.line, "badge", f"badge {said(badge)} stands in line {first.line} too: a scan could mean either."
            )

    def _look_at_email(self, row: PersonRow, email: str) -> None:
        if not is_email(email):
            self.doubt(row.line, "email", f"{said(email)} does not look like one e-mail address; it is kept as it is.")
            return
        first = self.emails.setdefault(email.casefold(), row)
        if first is row:
            return
        if not _one_person(first, row):
            names = f"{said(_name_of(row))} and {said(_name_of(first))}"
            self.doubt(row.line, "email", f"line {first.line} has this e-mail too: {names} are kept as two people.")
            return
        for name in row.fields:
            if fold(first.fields.get(name, row.fields[name])) != fold(row.fields[name]):
                sentence = f"line {first.line} is the same person and differs here: the first filled one counts."
                self.doubt(row.line, name, sentence)


def _one_person(one: PersonRow, other: PersonRow) -> bool:
    """Whether two rows have one e-mail and one name."""
    emails = (one.fields.get("email", "").casefold(), other.fields.get("email", "").casefold())
    return bool(emails[0]) and emails[0] == emails[1] and fold(_name_of(one)) == fold(_name_of(other))


def _name_of(row: PersonRow) -> str:
    return f"{row.fields['last_name']}, {row.fields.get('first_name', '')}".rstrip(", ")


def _address(text: str) -> str:
    """An e-mail without what mail programs put around it: `mailto:`, `Maria Garcia <m@example.org>`."""
    text = text.removeprefix("mailto:")
    inside = re.search(r"<([^<>]*@[^<>]*)>$", text)
    return inside[1].strip() if inside else text
