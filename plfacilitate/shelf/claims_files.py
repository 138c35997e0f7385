"""What people claim, as a platform's export or a table pasted from its page has it.

Owns what such tables call their columns, and what keeps a row from being read. Never decides whose claim it is.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from plfacilitate.core.claims.hours import read_hours
from plfacilitate.core.claims.values import Claim
from plfacilitate.core.names import split_name
from plfacilitate.core.refusal import Fault, Refused
from plfacilitate.core.text import fold, tidy
from plfacilitate.shelf.claims_html import MARKS, html_rows
from plfacilitate.shelf.columns import Columns, Reading, find_columns
from plfacilitate.shelf.csv_in import as_utf8
from plfacilitate.shelf.people_files import TITLES as PEOPLE_TITLES
from plfacilitate.shelf.tables import Table, csv_table, read_table, said

TITLES: Mapping[str, Sequence[str]] = {
    **{
        name: PEOPLE_TITLES[name]
        for name in ("last_name", "first_name", "name", "email", "former_name", "certificate", "school", "district")
    },
    "hours": (
        "hours claimed", "claimed hours", "clock hours claimed", "claimed clock hours", "hours requested",
        "requested hours", "clock hours requested", "hours earned", "clock hours", "clock hrs", "hours", "hrs",
        "no of hours", "number of hours", "of hours",
    ),
    "in_service": (
        "in service number", "in service no", "in service", "inservice number", "inservice no", "inservice",
        "in service id", "offering number", "event number", "event id", "course number",
    ),
}  # fmt: skip
"""Field → titles, folded, the strongest first."""
FIELDS = tuple(TITLES)

_LONGEST = 100_000  # bytes of one line
_PASTED = 16 * 1024 * 1024  # bytes: more was not pasted
_ABOVE = 40  # lines of a page that may stand above its table
_SUMS = frozenset({"total", "totals", "total hours", "total clock hours", "grand total", "subtotal", "sum"})
_NOTHING = frozenset({"n a", "na", "none", "null", "unknown", ""})


@dataclass(slots=True)
class ClaimsFile:
    """Claims being read: `claims` can be walked once, and `told` has all faults and notes when that is done."""

    file: str
    claims: Iterator[Claim]
    told: Reading

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Lines that could not be read as rows."""
        return self.told.all_faults()

    @property
    def notes(self) -> tuple[Fault, ...]:
        """How something was understood."""
        return self.told.all_notes()


def read_claims(path: Path, mapped: Mapping[str, str], pasted: bytes | None = None) -> ClaimsFile:
    """Open claims: a CSV, a workbook, a saved page, or text with tabs; `pasted` = it came without a file.

    `mapped` = title, folded → field, as somebody said by hand: this goes before what titles are known by. Refused: as
    `read_table`, `claims-columns` where a column for the hours or for the people is missing.
    """
    table = _table(path, pasted, mapped)
    columns = _columns(table.header, mapped)
    missing = [
        what
        for what, fields in (("the hours", ("hours",)), ("the people", ("last_name", "name", "email", "certificate")))
        if not columns.places.keys() & set(fields)
    ]
    if missing:
        raise Refused("claims-columns", file=table.file, what=" and ".join(missing), proposal=_proposal(columns))
    reading = Reading(table, columns)
    reading.note_columns()
    return ClaimsFile(table.file, _claims(reading), reading)


def _columns(header: Sequence[str], mapped: Mapping[str, str]) -> Columns:
    by_hand: dict[str, list[int]] = {}
    for place, title in enumerate(header):
        if fold(title) in mapped:
            by_hand.setdefault(mapped[fold(title)], []).append(place)
    rest = ["" if fold(title) in mapped else title for title in header]
    known = find_columns(rest, TITLES)
    places = {**known.places, **{name: tuple(found) for name, found in by_hand.items()}}
    return Columns(places, header, known.unknown)


def _proposal(columns: Columns) -> str:
    """What to say by hand, from the words of the titles that were not understood."""
    hints = {"hours": ("hour", "hrs", "credit"), "last_name": ("name", "teacher", "participant")}
    found = [
        f'--map "{title}={name}"'
        for name, words in hints.items()
        if name not in columns.places
        for title in columns.unknown
        if any(word in fold(title) for word in words)
    ]
    if found:
        return f"maybe {' '.join(found[:2])}"
    shown = ", ".join(said(title, 24) for title in columns.unknown[:8]) or "none"
    return f'say which with --map "TITLE=hours" (titles not understood: {shown})'


def _claims(reading: Reading) -> Iterator[Claim]:
    for line, cells in reading.table.rows:
        if (what := _no_claim(reading, cells)) is None:
            yield _claim(reading, line, cells)
        else:
            reading.note(line, "", f"{what}, passed over.")


def _no_claim(reading: Reading, cells: Sequence[str]) -> str | None:
    """What a row is that nobody claims anything with: titles of a further page, a sum; None = it is a claim."""
    titles = [fold(title) for title in reading.table.header]
    if [fold(cell) for cell in cells] == titles:
        return "the titles once more"
    filled = [place for place, cell in enumerate(cells) if tidy(cell)]
    hours = reading.columns.places.get("hours", ())
    if filled and fold(cells[filled[0]]) in _SUMS and all(place in hours for place in filled[1:]):
        return "a sum"
    return None


def _claim(reading: Reading, line: int, cells: Sequence[str]) -> Claim:
    columns = reading.columns
    fields = {name: tidy(columns.value(cells, name)) for name in FIELDS}
    for name in ("email", "certificate", "former_name"):
        if fold(fields[name]) in _NOTHING:
            fields[name] = ""
    last, first = fields["last_name"], fields["first_name"]
    if not last and fields["name"]:
        last, first = split_name(fields["name"])
    hundredths = read_hours(fields["hours"])
    unread = ""
    if not (last or first or fields["email"] or fields["certificate"]):
        unread = str(reading.told(line, "", "nobody is named: a name, e-mail or certificate number is missing."))
    elif hundredths is None:
        shown = said(fields["hours"]) if fields["hours"] else "nothing"
        unread = str(reading.told(line, "hours", f"{shown} is no number of hours: write it as 5.5 or 5:30."))
    return Claim(
        line, last, first, fields["email"].removeprefix("mailto:"), fields["former_name"], fields["certificate"],
        fields["school"], fields["district"], fields["in_service"], None if unread else hundredths, unread,
    )  # fmt: skip


# -- what kind of file it is --------------------------------------------------------------------------------------------


def _table(path: Path, pasted: bytes | None, mapped: Mapping[str, str]) -> Table:
    data = pasted if pasted is not None else _small(path)
    if data is not None and not data.strip():
        raise Refused("file-empty", file=str(path))
    if data is not None:
        data = as_utf8(data)
    if pasted is None and (data is None or data.startswith(b"PK") or b"\0" in data[:4096]):
        return read_table(path, lambda titles: _are_titles(titles, mapped))
    assert data is not None, "only a file is read by its name"
    if data.startswith(b"PK"):
        raise Refused("file-unreadable", file=str(path), detail="a workbook can't be pasted: give its file's name.")
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:40].lower().startswith(tuple(mark.encode() for mark in MARKS)):
        data = _rows_as_csv(html_rows(data.decode("utf-8", "replace")))
        if not data.strip():
            raise Refused("file-unreadable", file=str(path), detail="it is a web page without a table.")
    if len(max(data.split(b"\n"), key=len)) >= _LONGEST:
        raise Refused("file-unreadable", file=str(path), detail="a line of it is longer than any row of a table.")
    text = _without_what_stands_above(data, mapped)
    table = csv_table(path, path.name, lambda: io.BytesIO(text), longest=_LONGEST)
    if table is None:
        raise Refused("file-empty", file=str(path))
    return table


def _small(path: Path) -> bytes | None:
    """A file that may be a pasted table, whole; None where it is something else, which `read_table` judges."""
    try:
        with path.open("rb") as file:
            data = file.read(_PASTED + 1)
    except OSError:
        return None
    return data if len(data) <= _PASTED and not data.startswith((b"%PDF", b"\xd0\xcf\x11\xe0", b"{\\rt")) else None


def _rows_as_csv(rows: Sequence[tuple[int, list[str]]]) -> bytes:
    """Rows of a page as a table whose lines are those of the page, as far as each has a line of its own."""
    width = max((len(cells) for _, cells in rows), default=0)
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    written = 0
    for line, cells in rows:
        blank = max(0, line - 1 - written)
        out.write("\n" * blank)
        writer.writerow([*cells, *[""] * (width - len(cells))])
        written += blank + 1
    return out.getvalue().encode()


def _without_what_stands_above(data: bytes, mapped: Mapping[str, str]) -> bytes:
    """A page's text with blank lines where its heading stood, so that the table's titles come first."""
    lines = data.split(b"\n", _ABOVE)
    above = [line.decode("utf-8", "replace") for line in lines[:_ABOVE]]
    begin = next((number for number, line in enumerate(above) if _is_header(line, mapped)), None)
    if begin is None:
        tabs = [line.count("\t") for line in above]
        begin = tabs.index(max(tabs))
    return b"\n" * begin + b"\n".join(lines[begin:])


def _is_header(line: str, mapped: Mapping[str, str]) -> bool:
    """Whether a line has two titles that are known."""
    return _are_titles(re.split("[\t;,]", line.replace('"', "")), mapped)


def _are_titles(cells: Sequence[str], mapped: Mapping[str, str]) -> bool:
    return len(_columns([" ".join(cell.split()) for cell in cells], mapped).places) > 1
