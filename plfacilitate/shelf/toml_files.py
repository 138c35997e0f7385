"""TOML files that people write: read, checked against a shape, with faults by file, line and key.

Owns how such a file is opened and what is said when it can't be read. Never knows what a plan or an office is.
"""

from __future__ import annotations

import codecs
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from plfacilitate.core.refusal import Fault, Refused, refuse_faults
from plfacilitate.core.text import plain
from plfacilitate.shelf.opened import opened
from plfacilitate.shelf.toml_lines import KeyPath, key_lines

LARGEST = 2_000_000  # bytes; a plan has some thousand, so more is another kind of file

Made = TypeVar("Made")
Checked = tuple[Made | None, list[Fault], list[Fault]]
"""What a file says, its faults (None and some, or it and none) and notes, by line."""

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WHERE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass
class TomlFile:
    """A file as it was read, and what was found in it. `name` is its path as people see it.

    `faults` keep it from being used; `notes` don't.
    """

    name: str
    data: Mapping[str, Any]
    lines: Mapping[KeyPath, int]
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)

    def fault(self, path: Sequence[str | int], sentence: str) -> None:
        """Something that must be put right, at a key that stands there or should."""
        self.faults.append(self._at(tuple(path), sentence))

    def note(self, path: Sequence[str | int], sentence: str) -> None:
        """Something that is worth a look and changes nothing."""
        self.notes.append(self._at(tuple(path), sentence))

    def _at(self, path: KeyPath, sentence: str) -> Fault:
        return Fault(self.name, self.line(path), plain(key_text(path)), sentence)

    def line(self, path: KeyPath) -> int:
        """The line of a key, or of the nearest thing around it; 0 = the file as a whole."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 0)

    def twice(self, ids: Iterable[tuple[KeyPath, str]]) -> Iterator[tuple[KeyPath, str, int]]:
        """Those of these ids that stood before: where, which, and the line of the first one."""
        seen: dict[str, KeyPath] = {}
        for path, one in ids:
            first = seen.setdefault(one, path)
            if first != path:
                yield path, one, self.line(first)

    def hundredths(self, path: Sequence[str | int], value: Decimal) -> int:
        """A number as whole hundredths; a fault where it has more than two decimals."""
        if abs(value) > 1_000_000:
            self.fault(path, f"{value} is too much.")
            return 0
        if value != value.quantize(Decimal("0.01")):
            self.fault(path, f"{value} has more than two decimals.")
        return int(value * 100)

    def in_order(self) -> tuple[list[Fault], list[Fault]]:
        """Faults and notes, each from the top of the file to its end."""
        return sorted(self.faults, key=lambda fault: fault.line), sorted(self.notes, key=lambda note: note.line)


def key_text(path: Sequence[str | int]) -> str:
    """A key path as people write it: `session[2].agenda[0].minutes`, places counted from 0."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def read_toml(path: Path) -> TomlFile:
    """The file, parsed; with one fault and no data where it is not TOML. Decimals are `Decimal`.

    Refused: `file-missing`, `file-is-folder`, `file-unreadable`.
    """
    with opened(path) as file:
        try:
            raw = file.read(LARGEST + 1)
        except OSError as error:
            raise _unreadable(path, error) from error
    return parsed(raw, plain(str(path)))


def parsed(raw: bytes, name: str) -> TomlFile:
    """The bytes of a file of that name, as `read_toml` answers."""
    text = _text(raw)
    if isinstance(text, str):
        try:
            data = tomllib.loads(text, parse_float=Decimal)
        except (ValueError, ArithmeticError, RecursionError) as error:  # too long a number is none of TOML's errors
            text = _broken(text, error)
        else:
            return TomlFile(name, data, key_lines(text))
    line, sentence = text
    return TomlFile(name, {}, {}, [Fault(name, line, "", sentence)])


def checked(path: Path, make: Callable[[TomlFile], Made | None]) -> Checked[Made]:
    """A file and what `make` finds in it. Refused: as `read_toml`."""
    return made_of(read_toml(path), make)


def made_of(file: TomlFile, make: Callable[[TomlFile], Made | None]) -> Checked[Made]:
    """What `make` finds in a file that was read."""
    made = None if file.faults else make(file)
    faults, notes = file.in_order()
    return None if faults else made, faults, notes


def taken(path: Path, found: Checked[Made]) -> Made:
    """What was found in a file, if it can be used. Refused: `faults`."""
    made, faults, _ = found
    if made is None:
        raise refuse_faults(plain(str(path)), faults)
    return made


def _unreadable(path: Path, error: OSError) -> Refused:
    if path.is_dir():
        return Refused("file-is-folder", file=plain(str(path)))
    return Refused("file-unreadable", file=plain(str(path)), detail=f"{error.strerror or type(error).__name__}.")


def _text(raw: bytes) -> str | tuple[int, str]:
    """The text of the bytes, or the line and the sentence that say why there is none."""
    if len(raw) > LARGEST:
        return 0, "this is far too large for a file of settings: name another one."
    if raw.startswith(_UTF_16) or b"\0" in raw[:200]:
        return 1, "this is not UTF-8 but looks like UTF-16: save it again with the encoding UTF-8."
    raw = raw.removeprefix(codecs.BOM_UTF8)
    if not raw.strip():
        return 0, "this file is empty."
    try:
        return raw.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return line, "there is a character here that is not UTF-8: save the file again with the encoding UTF-8."


def _broken(text: str, error: Exception) -> tuple[int, str]:
    if isinstance(error, RecursionError):
        return 0, "brackets are nested far too deeply here."
    message = str(error)
    match = _WHERE.search(message)
    line = int(match[1]) if match and match[1] else text.count("\n", 0, len(text.rstrip())) + 1
    said = plain(_WHERE.sub("", message)).rstrip(".")
    if "key part" in message and re.search(r"\{[^}]*,\s*$", text.split("\n")[line - 1]):
        said = "a table in { } must stand on one line"
    return line, f"this is not TOML: {said[:1].lower()}{said[1:]}."
