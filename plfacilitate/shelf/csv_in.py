"""A CSV file as programs and people really save it, record by record, each with the line it begins on.

Owns the guess of encoding and separator, and finding back into step after a quotation mark that is never closed.
Never decides what a column means.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO

Opens = Callable[[], IO[bytes]]
"""Opens a file anew, to read its bytes from the first."""
Report = Callable[[int, str], None]
"""Takes a line (0 = the file) and one sentence."""

_SEPARATORS = ",;\t"
_MOST_LINES = 100  # of one record: a quotation mark that is open for longer was never meant to be closed
_LOOK = 64 * 1024
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark begins the same
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)
_TOLD = re.compile(r"sep=(.)\s*", re.IGNORECASE)  # Excel's own way to say which separator a file uses


def records(path: Path, fault: Report, note: Report) -> Iterator[tuple[int, list[str]]]:
    """Each record of a file, as `records_of` has them."""
    return records_of(lambda: path.open("rb"), fault, note)


def records_of(
    opens: Opens, fault: Report, note: Report, *, longest: int | None = None
) -> Iterator[tuple[int, list[str]]]:
    """Each record with its line from 1; `fault` hears of lines that can't be read, which are left out.

    OSError comes through, and `LineTooLong` for a line of more than `longest` letters, before more of it is read; None
    = a line may be as long as it likes.
    """
    encoding = _encoding(opens, note)
    with opens() as raw, io.TextIOWrapper(raw, encoding, errors="replace", newline="") as file:
        lines = _Lines(file if longest is None else _short(file, longest))
        yield from _records(lines, _separator(lines), fault)


class LineTooLong(Exception):
    """A line is longer than anything that a table holds; `line` counts from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def _short(file: IO[str], longest: int) -> Iterator[str]:
    number = 0
    while line := file.readline(longest):
        number += 1
        if len(line) == longest:
            raise LineTooLong(number)
        yield line


def _encoding(opens: Opens, note: Report) -> str:
    with opens() as file:
        start = file.read(_LOOK)
        if found := _marked(start):
            return found
        if _is_utf8(start, file):
            return "utf-8"
    note(0, "it is not in UTF-8 and was read as Windows-1252: look whether accents came out right.")
    return "cp1252"


def _marked(start: bytes) -> str:
    """The encoding that the first bytes tell; "" = they tell none."""
    for mark, encoding in _BOMS:
        if start.startswith(mark):
            return encoding
    if start.count(b"\0") * 4 > len(start):  # letters of the West in UTF-16: every second byte is zero
        return "utf-16-be" if start[:1] == b"\0" else "utf-16-le"
    return ""


def as_utf8(data: bytes) -> bytes:
    """A text whose first bytes tell another encoding, in UTF-8; any other text, and what is none, as it is."""
    if data.startswith((b"PK\x03\x04", codecs.BOM_UTF8)) or not (found := _marked(data[:_LOOK])):
        return data
    return data.decode(found, "replace").encode()


def _is_utf8(start: bytes, file: IO[bytes]) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while start:
            decoder.decode(start)
            start = file.read(_LOOK)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


class _Lines:
    """The lines of a file, counted; some can be given back."""

    def __init__(self, file: Iterator[str]) -> None:
        self._file = file
        self._back: deque[str] = deque()
        self.number = 0  # of the line handed out last

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else next(self._file)
        self.number += 1
        return line

    def give_back(self, lines: list[str]) -> None:
        """Lines that will come again, in their order."""
        self._back.extendleft(reversed(lines))
        self.number -= len(lines)


def _separator(lines: _Lines) -> str:
    """The separator of the header: the one that stands in it most often outside quotation marks."""
    seen: list[str] = []
    for line in islice(lines, _MOST_LINES):
        seen.append(line)
        told = _TOLD.fullmatch(line)
        if told and len(seen) == 1:
            return told[1]  # that line is used up, and no record
        text = "".join(seen)
        if text.strip(' \t\r\n,;"') and text.count('"') % 2 == 0:
            break
    lines.give_back(seen)
    unquoted = "".join("".join(seen).split('"')[::2])
    return max(_SEPARATORS, key=unquoted.count)


def _records(lines: _Lines, separator: str, fault: Report) -> Iterator[tuple[int, list[str]]]:
    for line in lines:
        number = lines.number
        if "\0" in line:
            fault(number, "this line holds a zero byte, so something damaged it: type it anew.")
        elif '"' not in line:
            yield number, line.rstrip("\r\n").split(separator)
        elif (cells := _quoted(line, lines, separator)) is not None:
            yield number, cells
        else:
            fault(number, 'a quotation mark (") is opened or closed in the wrong place: remove it or write it twice.')


def _quoted(first: str, lines: _Lines, separator: str) -> list[str] | None:
    """The record that begins with a line; None, and only this line used up, when its marks make no sense."""
    used: list[str] = []

    def these() -> Iterator[str]:
        yield first
        for line in islice(lines, _MOST_LINES):
            used.append(line)
            yield line

    try:
        cells = next(csv.reader(these(), delimiter=separator, strict=True, skipinitialspace=True))
    except csv.Error:
        lines.give_back(used)
        return None
    return cells
