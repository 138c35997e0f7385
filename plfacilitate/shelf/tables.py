"""Tables that people hand in, as CSV or XLSX: a header and rows, each row with its line.

Owns what makes a file a table, and one sentence for each file that is none. Never knows what a column means; the
writers of tables stand in `tables_out` and can be had from here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from plfacilitate.core.refusal import Fault, Refused
from plfacilitate.core.text import cut, plain
from plfacilitate.shelf import csv_in, xlsx_in
from plfacilitate.shelf.csv_in import Report
from plfacilitate.shelf.tables_out import (
    Cell,
    csv_bytes,
    csv_into,
    guarded,
    unguarded,
    write_csv,
    write_xlsx,
    xlsx_bytes,
    xlsx_into,
)

__all__ = [
    "Cell", "Table", "csv_bytes", "csv_into", "guarded", "read_table", "said", "unguarded", "write_csv", "write_xlsx",
    "xlsx_bytes", "xlsx_into",
]  # fmt: skip

Titles = Callable[[Sequence[str]], bool]
"""Whether a row is the one with the titles."""
Record = tuple[int, list[str]]

MOST_BYTES = 256 * 1024 * 1024
_ABOVE = 40  # rows that may stand above a table's titles
_FOREIGN = {
    b"%PDF": "it is a PDF: export the table as CSV or XLSX.",
    b"\xd0\xcf\x11\xe0": "it is an old Excel file (.xls) or has a password: save it as .xlsx or CSV without one.",
    b"{\\rt": "it is a text document: save the table as CSV or XLSX.",
    b"<htm": "it is a web page: export the table as CSV or XLSX.",
    b"<!DO": "it is a web page: export the table as CSV or XLSX.",
    b"\x1f\x8b": "it is packed: unpack it first.",
    b"SQLi": "it is a database, not a table: export the table as CSV or XLSX.",
}


@dataclass(frozen=True, slots=True)
class Table:
    """A table being read. `rows` can be walked once, and `faults` and `notes` grow while they are.

    Every row is as long as the header; blank rows are left out. `file` is the name to show.
    """

    file: str
    header: tuple[str, ...]
    header_line: int
    rows: Iterator[tuple[int, list[str]]]
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)


def said(text: str, width: int = 40) -> str:
    """A text out of a file, fit to stand in a sentence: visible, on one line, in quotation marks, cut if long."""
    return f"“{cut(text, width).rstrip()}”"


def read_table(path: Path, titles: Titles | None = None) -> Table:
    """Open a table; its rows stream. `titles` knows them where something may stand above; None = the first filled row.

    Refused: `file-missing`, `file-is-folder`, `file-empty`, `file-unreadable`.
    """
    start = _start(path)
    file = plain(path.name)
    faults: list[Fault] = []
    notes: list[Fault] = []

    def fault(line: int, sentence: str) -> None:
        faults.append(Fault(file, line, "", sentence))

    def note(line: int, sentence: str) -> None:
        notes.append(Fault(file, line, "", sentence))

    workbook = start.startswith(b"PK")
    records = _filled(path, xlsx_in.records(path, note) if workbook else csv_in.records(path, fault, note))
    table = _table(file, from_titles(records, titles), faults, notes, even=not workbook)
    if table is None:
        raise Refused("file-empty", file=plain(str(path)))
    return table


def csv_table(path: Path, file: str, opens: csv_in.Opens, *, longest: int) -> Table | None:
    """A CSV that lies anywhere, in a packed file too; None = it is empty. `file` is the name to show.

    Its rows stream. `csv_in.LineTooLong` comes through where a line has more than `longest` letters. Refused:
    `file-unreadable`, of `path`.
    """
    faults: list[Fault] = []
    notes: list[Fault] = []
    records = csv_in.records_of(
        opens,
        lambda line, sentence: faults.append(Fault(file, line, "", sentence)),
        lambda line, sentence: notes.append(Fault(file, line, "", sentence)),
        longest=longest,
    )
    return _table(file, _filled(path, records), faults, notes, even=True)


def from_titles(records: Iterator[Record], titles: Titles | None) -> Iterator[Record]:
    """The records from the first of the first forty that `titles` knows; all, where it knows none."""
    if titles is None:
        return records
    above = list(islice(records, _ABOVE))
    begin = next((number for number, (_, cells) in enumerate(above) if titles(cells)), 0)
    return chain(above[begin:], records)


def _table(
    file: str, records: Iterator[tuple[int, list[str]]], faults: list[Fault], notes: list[Fault], *, even: bool
) -> Table | None:
    """The table of these records, the first of which is its header; None = there is none. `even` = as a CSV must be."""
    first = next(records, None)
    if first is None and not faults:
        return None
    line, cells = first or (0, [])
    header = tuple(" ".join(cell.split()) for cell in cells)
    width = max((number for number, title in enumerate(header, start=1) if title), default=0)

    def fault(line: int, sentence: str) -> None:
        faults.append(Fault(file, line, "", sentence))

    def note(line: int, sentence: str) -> None:
        notes.append(Fault(file, line, "", sentence))

    rows = _even(records, width, fault if even else None, len(cells), note)
    return Table(file, header[:width], line, rows, faults, notes)


def _start(path: Path) -> bytes:
    """The first bytes of a file that could be a table."""
    shown = plain(str(path))
    if path.is_dir():
        raise Refused("file-is-folder", file=shown)
    try:
        with path.open("rb") as file:
            start = file.read(4096)
        size = path.stat().st_size
    except (FileNotFoundError, NotADirectoryError) as no:
        raise Refused("file-missing", file=shown) from no
    except (OSError, ValueError) as no:
        raise _unreadable(path, no) from no
    if not start:
        raise Refused("file-empty", file=shown)
    for mark, detail in _FOREIGN.items():
        if start[: len(mark)].lower() == mark.lower():
            raise Refused("file-unreadable", file=shown, detail=detail)
    if size > MOST_BYTES:
        raise Refused(
            "file-unreadable", file=shown, detail="it is far larger than a list of people: is it the right one?"
        )
    return start


def _unreadable(path: Path, no: Exception) -> Refused:
    if isinstance(no, PermissionError):
        detail = "there is no right to read it, or another program holds it: close it there, or copy it."
    else:
        detail = f"{getattr(no, 'strerror', None) or no}."
    return Refused("file-unreadable", file=plain(str(path)), detail=detail)


def _filled(path: Path, records: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """The records that hold more than blanks."""
    try:
        for line, cells in records:
            if any(cells) and not all(map(str.isspace, filter(None, cells))):
                yield line, cells
    except OSError as no:
        raise _unreadable(path, no) from no


def _even(
    records: Iterator[tuple[int, list[str]]], width: int, fault: Report | None, full: int, note: Report
) -> Iterator[tuple[int, list[str]]]:
    """Rows as long as the header up to its last title.

    In a CSV a row of another length is a fault, since its cells may stand in wrong columns; a workbook has no `fault`.
    """
    untitled = 0
    for line, cells in records:
        if len(cells) < width:
            if fault:
                fault(line, f"{len(cells)} cells where the header has {full}: a separator is missing.")
                continue
            cells.extend([""] * (width - len(cells)))
        elif len(cells) > width:
            if fault and any(cells[full:]):
                fault(line, f"{len(cells)} cells where the header has {full}: put text with a separator in quotes.")
                continue
            untitled = untitled or (line if any(cells[width:]) else 0)
            del cells[width:]
        yield line, [unguarded(cell) if cell[:1] == "'" else cell for cell in cells]
    if untitled:
        note(untitled, "cells to the right of the last title were left aside, here and maybe below.")
