"""Tables for people's spreadsheets: CSV and XLSX, the same bytes for the same rows, whenever they are written.

Owns the guard against text that a spreadsheet would run as a formula. Never keeps the rows: they stream through.
"""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import IO, Any, NamedTuple

from plfacilitate.core.refusal import Refused
from plfacilitate.shelf.write import writing

Cell = str | int | float | None
"""Text, a number, or None = an empty cell."""

# What spreadsheets take for the start of a formula; the wide forms are read as the plain ones in East Asian settings.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001 (the wide forms are meant)
_FIRST = frozenset(_DANGEROUS)
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?", re.ASCII)
_UNWRITABLE = re.compile(r"[\ud800-\udfff]")  # half a character: no encoding takes it
_CREATED = datetime(1980, 1, 1)  # noqa: DTZ001 (XLSX keeps a bare date, and a fixed one keeps the bytes the same)
_LONGEST = 32_767  # characters that a spreadsheet keeps in one cell
_MOST_ROWS = 1_048_576  # that a sheet has
_WIDEST = 40  # characters a column is made wide for


def guarded(text: str) -> str:
    """The text with an apostrophe in front where a spreadsheet would run it; plain numbers stay as they are."""
    if text.startswith(_DANGEROUS) and not text.isspace() and not _NUMBER.fullmatch(text):
        return "'" + text
    return text


def unguarded(text: str) -> str:
    """The text as it was before `guarded`."""
    return text[1:] if text[:1] == "'" and text[1:].startswith(_DANGEROUS) else text


def csv_into(file: IO[bytes], header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a CSV that Excel opens rightly: UTF-8 with a byte order mark, commas, CRLF, formulas guarded."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace", newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([guarded(title) for title in header])
    writer.writerows(  # most cells are known to be harmless by their first letter, which is quicker than a call
        [guarded(cell) if isinstance(cell, str) and cell[:1] in _FIRST else cell for cell in row] for row in rows
    )
    text.detach()  # flushes, and leaves the file open to its owner


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The bytes that `csv_into` writes."""
    file = io.BytesIO()
    csv_into(file, header, rows)
    return file.getvalue()


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Put a CSV table under `path` in one step. Refused: `not-written`."""
    with writing(path) as file:
        csv_into(file, header, rows)


class Page(NamedTuple):
    """One sheet of a workbook: its name, its header, and its rows, which stream."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def xlsx_into(file: IO[bytes], header: Sequence[str], rows: Iterable[Sequence[Cell]], *, sheet: str = "Sheet1") -> None:
    """Write a workbook of one sheet: text always as text, numbers as numbers, the header bold and held in place."""
    book_into(file, [Page(sheet, header, rows)])


def book_into(file: IO[bytes], pages: Iterable[Page]) -> None:
    """Write a workbook, sheet after sheet. Refused: `table-too-long` for more rows than a sheet can hold."""
    import xlsxwriter

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        # No rows are held in memory; fixed dates inside and in the zip make the same rows the same bytes.
        book = xlsxwriter.Workbook(file, {"constant_memory": True, "tmpdir": folder})
        try:
            book.set_properties({"created": _CREATED, "author": "", "company": ""})
            for page in pages:
                _fill(book, page)
        except BaseException:
            book.filename = str(Path(folder) / "broken-off.xlsx")  # closed, so that no handle stays open
            book.close()
            raise
        book.close()


def _fill(book: Any, table: Page) -> None:
    page = book.add_worksheet(table.name)
    page.freeze_panes(1, 0)
    for column, title in enumerate(table.header):
        page.set_column(column, column, min(_WIDEST, max(len(title) + 2, 12)))
    _write_row(page, 0, table.header, book.add_format({"bold": True}))
    for number, row in enumerate(table.rows, start=1):
        if number >= _MOST_ROWS:
            raise Refused("table-too-long", rows=_MOST_ROWS - 1)
        _write_row(page, number, row, None)


def xlsx_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]], *, sheet: str = "Sheet1") -> bytes:
    """The bytes that `xlsx_into` writes."""
    file = io.BytesIO()
    xlsx_into(file, header, rows, sheet=sheet)
    return file.getvalue()


def write_book(path: Path, pages: Iterable[Page]) -> None:
    """Put a workbook of several sheets under `path` in one step. Refused: `not-written`, `table-too-long`."""
    with writing(path) as file:
        book_into(file, pages)


def write_xlsx(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]], *, sheet: str = "Sheet1") -> None:
    """Put a workbook under `path` in one step. Refused: `not-written`."""
    with writing(path) as file:
        xlsx_into(file, header, rows, sheet=sheet)


def _write_row(page: Any, number: int, row: Sequence[Cell], form: Any) -> None:
    for column, cell in _filled(row):
        if isinstance(cell, str):
            page.write_string(number, column, _kept(cell), form)
        else:
            page.write_number(number, column, cell, form)


def _filled(row: Sequence[Cell]) -> Iterator[tuple[int, str | int | float]]:
    return ((column, cell) for column, cell in enumerate(row) if cell is not None and cell != "")


def _kept(text: str) -> str:
    """What a sheet can hold: whole characters, and no more of them than a cell takes (`…` marks a cut)."""
    if _UNWRITABLE.search(text):
        text = _UNWRITABLE.sub("�", text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
