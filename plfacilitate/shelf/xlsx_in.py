"""A sheet of an Excel workbook, row by row, as the text that a person sees in it: the first one, or those of a name.

Owns what a cell says. It streams, at a quarter of the time that a full reader of workbooks takes for 100,000 rows.
Never runs a formula: it reads the value that was saved with it.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from plfacilitate.shelf.csv_in import Report
from plfacilitate.shelf.xlsx_parts import (
    Attributes,
    Reader,
    check_size,
    first_sheet,
    formats,
    merged_cells,
    shared_texts,
    sheet_parts,
    unescaped,
    unreadable,
)

MOST_ROWS = 1_048_576  # what Excel itself has
MOST_COLUMNS = 256  # cells further right are not read
_LETTERS = re.compile(r"[A-Z]+")


def records(path: Path, note: Report) -> Iterator[tuple[int, list[str]]]:
    """Each row of the first visible sheet with its number from 1; `note` hears which sheet it was, when several.

    Dates come as `YYYY-MM-DD HH:MM[:SS]`, numbers as they would be typed. Refused: `file-unreadable`.
    """
    with _sound(path), zipfile.ZipFile(path) as book:
        check_size(path, book)
        part, epoch = first_sheet(path, book, note)
        sheet = _Sheet(shared_texts(path, book), formats(path, book), epoch)
        yield from sheet.rows(path, book, part)


class Grid(NamedTuple):
    """A sheet that was read whole: its rows that hold something, by number from 1, and its merged cells (`A3:C3`)."""

    rows: list[tuple[int, list[str]]]
    merged: list[str]


def grids(path: Path, names: Collection[str], *, most_rows: int, most_bytes: int) -> dict[str, Grid]:
    """The sheets of these names, hidden ones too, by the name as it stands in `names`; one that is missing is left out.

    Blanks around a sheet's name and its case don't count. Refused: `file-unreadable`, also where a sheet holds more
    than `most_rows` rows or a part unpacks to more than `most_bytes`.
    """
    wanted = {name.casefold(): name for name in names}
    found: dict[str, Grid] = {}
    with _sound(path), zipfile.ZipFile(path) as book:
        check_size(path, book, most_bytes, "it unpacks to far more than its sheets can be: ask whoever sent it.")
        parts, epoch = sheet_parts(path, book)
        texts, styles = shared_texts(path, book), formats(path, book)
        for one in parts:
            name = wanted.get(one.name.strip().casefold())
            if name is None or name in found:
                continue
            rows = []
            for row in _Sheet(texts, styles, epoch).rows(path, book, one.part):
                rows.append(row)
                if len(rows) > most_rows:
                    raise unreadable(path, f"its sheet {name} has more than {most_rows} rows.")
            found[name] = Grid(rows, merged_cells(path, book, one.part))
    return found


@contextmanager
def _sound(path: Path) -> Iterator[None]:
    """What a damaged or locked workbook answers, as one sentence."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, KeyError, ValueError) as no:
        raise unreadable(path, "it is damaged or was cut short: ask for it again, or save it again.") from no
    except (NotImplementedError, RuntimeError) as no:  # zipfile's words for other packings and for passwords
        raise unreadable(path, "it has a password or an unknown packing: save it again as .xlsx.") from no


class _Sheet(Reader):
    """Rows of cells as text."""

    def __init__(self, texts: list[str], formats: list[str], epoch: datetime) -> None:
        super().__init__()
        self.texts, self.formats, self.epoch = texts, formats, epoch
        self.done: list[tuple[int, list[str]]] = []
        self.columns: dict[str, int] = {}
        self.number = 0
        self.cells: list[str] = []
        self.column = 0
        self.kind = ""
        self.style = ""
        self.value: list[str] = []
        self.beside = False

    def rows(self, path: Path, book: zipfile.ZipFile, part: str) -> Iterator[tuple[int, list[str]]]:
        """The rows that hold something, in the order of the sheet."""
        with book.open(part) as file:
            for _ in self.feed(path, file):
                yield from self.done
                self.done.clear()

    def began(self) -> None:
        self.row_name, self.cell_name = self.space + "row", self.space + "c"
        self.value_names = (self.space + "v", self.space + "t")
        self.beside_name = self.space + "rPh"

    def start(self, name: str, attributes: Attributes) -> None:
        if name == self.cell_name:
            self.column = self._column(attributes.get("r", ""))
            self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "")
            self.value = []
        elif name in self.value_names:
            if not self.beside:
                self.parser.CharacterDataHandler = self.value.append
        elif name == self.row_name:
            self.number = int(attributes.get("r") or self.number + 1)
            self.cells, self.column = [], -1
        elif name == self.beside_name:
            self.beside = True

    def end(self, name: str) -> None:
        if name in self.value_names:
            self.parser.CharacterDataHandler = None
        elif name == self.cell_name:
            if self.value and self.column < MOST_COLUMNS:
                self.cells.extend([""] * (self.column + 1 - len(self.cells)))
                self.cells[self.column] = self._shown("".join(self.value))
        elif name == self.row_name:
            if self.cells and 0 < self.number <= MOST_ROWS:
                self.done.append((self.number, self.cells))
        elif name == self.beside_name:
            self.beside = False

    def _column(self, place: str) -> int:
        """The column of a place such as `AB12`, from 0; the next one where a cell doesn't say."""
        letters = _LETTERS.match(place)
        if not letters:
            return self.column + 1
        column = self.columns.get(letters[0])
        if column is None:
            column = 0
            for letter in letters[0][:4]:
                column = column * 26 + ord(letter) - 64
            column = self.columns[letters[0]] = column - 1
        return column

    def _shown(self, value: str) -> str:
        if self.kind == "s":
            return self.texts[int(value)]
        if self.kind in ("inlineStr", "str"):
            return unescaped(value)
        if self.kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        if self.kind == "d":
            return value.replace("T", " ")
        if self.kind == "e":  # #N/A and its like: a formula that found nothing
            return ""
        return self._number(value)

    def _number(self, value: str) -> str:
        form = self.formats[int(self.style)] if self.style else ""
        if form == "date":
            return _moment(float(value), self.epoch)
        shown = value if value.isdigit() else _typed(float(value))
        return shown.zfill(int(form[6:])) if form else shown


def _typed(number: float) -> str:
    """A number as a person would type it: no exponent for whole ones, no digits beyond what Excel keeps."""
    return str(int(number)) if number.is_integer() and abs(number) < 1e18 else format(number, ".15g")


def _moment(number: float, epoch: datetime) -> str:
    """A date, a time or both, rounded to the second; a date without a time says no time."""
    if not 0 <= number < 2_958_466:  # beyond the year 9999
        return _typed(number)
    if epoch.year == 1899 and 1 <= number < 60:
        number += 1  # Excel counts a 29 February 1900 that never was
    seconds = round(number * 86_400)
    moment = epoch + timedelta(seconds=seconds)
    clock = moment.strftime("%H:%M:%S" if seconds % 60 else "%H:%M")
    if seconds < 86_400:
        return clock
    return f"{moment:%Y-%m-%d}" if seconds % 86_400 == 0 else f"{moment:%Y-%m-%d} {clock}"
