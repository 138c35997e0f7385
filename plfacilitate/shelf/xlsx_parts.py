"""The parts of an Excel workbook that a plain table needs: its sheets, shared texts and number formats.

Owns how the XML is walked: piece by piece, no more of it than a table of people can need, and never through a
document type or an entity. Never reads a cell.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, NamedTuple
from xml.parsers import expat

from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import plain
from plfacilitate.shelf.csv_in import Report

Attributes = dict[str, str]

MOST_BYTES = 512 * 1024 * 1024  # of a part, unpacked: a million rows of people need less
MOST_TEXTS = 128 * 1024 * 1024  # of the shared texts, unpacked: they are held in memory
_CHUNK = 64 * 1024

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[(?!h+\]|m+\]|s+\])[^]]*\]', re.IGNORECASE)
_DATE_FORMATS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])  # built into Excel


def unreadable(path: Path, detail: str) -> Refused:
    """The answer to a file that is no table, with what to do about it."""
    return Refused("file-unreadable", file=plain(str(path)), detail=detail)


def check_size(
    path: Path,
    book: zipfile.ZipFile,
    most: int = MOST_BYTES,
    detail: str = "it unpacks to more than a table of people can be: save the sheet as CSV.",
) -> None:
    """Refuse a workbook that is small only while it is packed; zipfile never unpacks more than the directory says.

    `most` bytes of a part, unpacked; pictures and macros are never unpacked. Other packings than the two that a
    workbook may have are refused too.
    """
    for part in book.infolist():
        text = part.filename.endswith((".xml", ".rels"))
        if text and part.file_size > (min(MOST_TEXTS, most) if part.filename.endswith("sharedStrings.xml") else most):
            raise unreadable(path, detail)
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise NotImplementedError(part.compress_type)


class Reader:
    """Walks one XML part; a subclass handles the names it knows. A document type is refused as it begins."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._first
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.space = ""

    def _first(self, name: str, attributes: Attributes) -> None:
        """The root says which of its two name spaces the workbook uses."""
        self.space = name.rpartition(" ")[0] + " "
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.began()

    def _doctype(self, *_: object) -> None:
        raise expat.ExpatError("a document type")

    def began(self) -> None:
        """The root is open and `space` is known."""

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def feed(self, path: Path, file: IO[bytes]) -> Iterator[None]:
        """Read the part piece by piece, with a pause after each."""
        try:
            while chunk := file.read(_CHUNK):
                self.parser.Parse(chunk, False)
                yield
            self.parser.Parse(b"", True)
            yield
        except (expat.ExpatError, ValueError, IndexError, OverflowError) as no:
            raise unreadable(path, "it is no sound Excel workbook: open it in Excel and save it again.") from no


class _Elements(Reader):
    """Collects the attributes of the elements of some names, with the name of what they stand in."""

    def __init__(self, *names: str) -> None:
        super().__init__()
        self.names = frozenset(names)
        self.found: list[tuple[str, str, Attributes]] = []
        self.open: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        short = name.rpartition(" ")[2]
        if short in self.names:
            plain_names = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
            self.found.append((self.open[-1] if self.open else "", short, plain_names))
        self.open.append(short)

    def end(self, name: str) -> None:
        if self.open:
            self.open.pop()


def _elements(path: Path, book: zipfile.ZipFile, part: str, *names: str) -> list[tuple[str, str, Attributes]]:
    """What `_Elements` finds in a part; nothing where the part is missing."""
    if part not in book.NameToInfo:
        return []
    reader = _Elements(*names)
    with book.open(part) as file:
        for _ in reader.feed(path, file):
            pass
    return reader.found


def _related(path: Path, book: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """What a part refers to, as id → (kind, part); the part "" is the workbook file itself."""
    folder, name = posixpath.split(part)
    found = _elements(path, book, posixpath.join(folder, "_rels", f"{name}.rels"), "Relationship")
    return {
        each.get("Id", ""): (
            each.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, each.get("Target", ""))).lstrip("/"),
        )
        for _, _, each in found
    }


def _main_part(path: Path, book: zipfile.ZipFile) -> str:
    for kind, part in _related(path, book, "").values():
        if kind == "officeDocument" and part.endswith(".xml"):
            return part
    raise unreadable(path, "it is no Excel workbook: save the table as .xlsx or CSV.")


def _part_of(path: Path, book: zipfile.ZipFile, kind: str) -> str:
    """The part of a kind that the workbook refers to; "" if there is none."""
    return next((part for each, part in _related(path, book, _main_part(path, book)).values() if each == kind), "")


class SheetPart(NamedTuple):
    """A sheet: its name, the part that holds it, and whether a person sees it."""

    name: str
    part: str
    visible: bool


def sheet_parts(path: Path, book: zipfile.ZipFile) -> tuple[list[SheetPart], datetime]:
    """The sheets in their order, and the day from which dates count."""
    main = _main_part(path, book)
    found = _elements(path, book, main, "sheet", "workbookPr")
    related = _related(path, book, main)
    sheets = [
        SheetPart(each.get("name", ""), related[each["id"]][1], each.get("state", "visible") == "visible")
        for _, name, each in found
        if name == "sheet" and related.get(each.get("id", ""), ("", ""))[0] == "worksheet"
    ]
    from_1904 = any(each.get("date1904") in ("1", "true") for _, name, each in found if name == "workbookPr")
    epoch = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 (as typed: no zone)
    return [one for one in sheets if one.part in book.NameToInfo], epoch


def first_sheet(path: Path, book: zipfile.ZipFile, note: Report) -> tuple[str, datetime]:
    """The part of the first sheet that is not hidden, and the day from which its dates count."""
    parts, epoch = sheet_parts(path, book)
    sheets = [one for one in parts if one.visible]
    if not sheets:
        raise unreadable(path, "it holds no sheet: save the table as .xlsx or CSV.")
    if len(sheets) > 1:
        note(0, f"only the first sheet was read: {plain(sheets[0].name)}.")
    return sheets[0].part, epoch


def merged_cells(path: Path, book: zipfile.ZipFile, part: str) -> list[str]:
    """Where cells of a sheet are merged, as it says it: `A3:C3`."""
    return [each.get("ref", "") for _, _, each in _elements(path, book, part, "mergeCell")]


class _Texts(Reader):
    """The texts that cells share, in order; furigana (`rPh`) stand beside a text, not in it."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.parts: list[str] = []
        self.beside = False

    def start(self, name: str, attributes: Attributes) -> None:
        short = name.removeprefix(self.space)
        if short == "si":
            self.parts = []
        elif short == "rPh":
            self.beside = True
        elif short == "t" and not self.beside:
            self.parser.CharacterDataHandler = self.parts.append

    def end(self, name: str) -> None:
        short = name.removeprefix(self.space)
        self.parser.CharacterDataHandler = None
        if short == "si":
            self.texts.append(unescaped("".join(self.parts)))
        elif short == "rPh":
            self.beside = False


def unescaped(text: str) -> str:
    """`_x001B_` is how a workbook writes a character that XML can't hold."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def shared_texts(path: Path, book: zipfile.ZipFile) -> list[str]:
    """The texts that cells name by their number."""
    part = _part_of(path, book, "sharedStrings")
    if part not in book.NameToInfo:
        return []
    reader = _Texts()
    with book.open(part) as file:
        for _ in reader.feed(path, file):
            pass
    return reader.texts


def formats(path: Path, book: zipfile.ZipFile) -> list[str]:
    """For each style of cells: `date`, `zeros:N` (a number shown with N digits), or "" = a plain number."""
    found = _elements(path, book, _part_of(path, book, "styles"), "numFmt", "xf")
    codes = {each.get("numFmtId", ""): each.get("formatCode", "") for _, name, each in found if name == "numFmt"}
    ids = [each.get("numFmtId", "0") for parent, name, each in found if name == "xf" and parent == "cellXfs"]
    return [_format(number, codes.get(number, "")) for number in ids]


def _format(number: str, code: str) -> str:
    if not code:
        return "date" if number.isdigit() and int(number) in _DATE_FORMATS else ""
    if len(code) > 1 and not code.strip("0"):
        return f"zeros:{len(code)}"
    shown = _QUOTED.sub("", code).lower().replace("general", "")
    return "date" if any(letter in shown for letter in "ymdhs") else ""
