"""The four files of a roster that are opened, out of a folder or a zip; all others stay shut.

Owns what makes a folder, a file or a zip a roster, and which zip is turned away before it is unpacked. Never writes a
file, and never unpacks one to the disk.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import cut, plain
from plfacilitate.shelf.csv_in import LineTooLong, Opens
from plfacilitate.shelf.tables import Table, csv_table

MANIFEST, ORGS, USERS, ROLES = "manifest.csv", "orgs.csv", "users.csv", "roles.csv"
OPENED = (MANIFEST, ORGS, USERS, ROLES)
"""Files of a roster that are opened, if they are there; no other ever is."""

MOST_BYTES = 512 * 1024 * 1024  # of one file, unpacked: two million users need less
MOST_RATIO = 200  # unpacked to packed: rosters shrink to a tenth, a bomb to a thousandth
MOST_MEMBERS = 10_000
LONGEST = 100_000  # letters of a line
_SMALL = 1024 * 1024  # bytes below which the ratio says nothing


@dataclass(frozen=True, slots=True)
class Roster:
    """A roster that lies open: its name as people see it, and how each of its files that is there is opened."""

    path: Path
    name: str
    files: Mapping[str, Opens]

    def table(self, file: str) -> Table | None:
        """One of the files as a table; None = it is not there, or empty. Refused: `file-unreadable`."""
        opens = self.files.get(file)
        return csv_table(self.path, f"{self.name}/{file}", opens, longest=LONGEST) if opens else None


def is_roster(path: Path) -> bool:
    """Whether a path is a roster: a folder or a zip with users.csv or manifest.csv in it, or one of its four files."""
    try:
        if path.is_dir():
            return bool(_in_folder(path).keys() & {USERS, MANIFEST})
        if path.name.casefold() in OPENED:
            return _begins_as_roster(path)
        if not zipfile.is_zipfile(path):
            return False
        with zipfile.ZipFile(path) as book:
            names = {_base(name) for name in book.namelist()[:MOST_MEMBERS]}
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError):
        return False  # whoever reads it as a table says what is wrong
    return bool(names & {USERS, MANIFEST}) and "[content_types].xml" not in names


@contextmanager
def open_roster(path: Path) -> Iterator[Roster]:
    """The roster at a path, open while the block lasts. Refused: `file-unreadable`."""
    name = plain(path.name or str(path))
    try:
        if path.is_dir() or path.name.casefold() in OPENED:
            folder = path if path.is_dir() else path.parent
            yield Roster(path, plain(folder.resolve().name), _folder_files(folder))
        else:
            with zipfile.ZipFile(path) as book:
                yield Roster(path, name, _zip_files(path, book))
    except LineTooLong as no:
        raise _unreadable(
            path, f"line {no.line} of a file in it has more than {LONGEST} letters: that is no roster."
        ) from no
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError) as no:
        raise _unreadable(path, "it is damaged or was cut short: ask for it again.") from no
    except (NotImplementedError, RuntimeError) as no:  # zipfile's words for other packings and for passwords
        raise _unreadable(path, "it has a password or an unknown packing: unpack it first and name the folder.") from no
    except OSError as no:
        raise _unreadable(path, f"{no.strerror or type(no).__name__}.") from no


def _unreadable(path: Path, detail: str) -> Refused:
    return Refused("file-unreadable", file=plain(str(path)), detail=detail)


def _base(name: str) -> str:
    return name.replace("\\", "/").rpartition("/")[2].casefold()


def _begins_as_roster(path: Path) -> bool:
    with path.open("rb") as file:
        start = file.read(4096)
    return b"sourcedid" in start.lower() or b"propertyname" in start.lower()


def _in_folder(folder: Path) -> dict[str, Path]:
    """The four files of a folder, whatever the case of their names."""
    found: dict[str, Path] = {}
    for path in sorted(folder.iterdir()):
        if path.name.casefold() in OPENED and path.is_file():
            found.setdefault(path.name.casefold(), path)
    return found


def _folder_files(folder: Path) -> dict[str, Opens]:
    found = _in_folder(folder)
    for path in found.values():
        if path.stat().st_size > MOST_BYTES:
            raise _unreadable(path, "it is far larger than a roster: is it the right one?")
    return {name: _opens_file(path) for name, path in found.items()}


def _opens_file(path: Path) -> Opens:
    return lambda: path.open("rb")


def _zip_files(path: Path, book: zipfile.ZipFile) -> dict[str, Opens]:
    """The four files of a zip, at its top or all in one folder; what could be a trick is refused before it is unpacked."""
    found: dict[str, zipfile.ZipInfo] = {}
    members = book.infolist()
    if len(members) > MOST_MEMBERS:
        raise _unreadable(path, f"it holds {len(members)} files: that is no roster.")
    for one in members:
        parts = [part for part in one.filename.replace("\\", "/").split("/") if part != "."]
        if ".." in parts or not parts[0] or parts[0].endswith(":"):
            shown = cut(one.filename, 40).strip()
            raise _unreadable(path, f"it holds {shown}, a path that leads out of it: ask whoever sent it for another.")
        base = parts[-1].casefold()
        if base not in OPENED or len(parts) > 2 or parts[0] == "__MACOSX":
            continue
        if base in found:
            raise _unreadable(path, f"it holds two files called {base}: ask which of them counts.")
        _check(path, one)
        found[base] = one
    return {name: _opens_member(book, one) for name, one in found.items()}


def _check(path: Path, one: zipfile.ZipInfo) -> None:
    if one.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise NotImplementedError(one.compress_type)
    swells = one.file_size > _SMALL and one.file_size > MOST_RATIO * max(one.compress_size, 1)
    if one.file_size > MOST_BYTES or swells:
        raise _unreadable(path, f"its {_base(one.filename)} unpacks to more than a roster can be: is it the right one?")


def _opens_member(book: zipfile.ZipFile, one: zipfile.ZipInfo) -> Opens:
    def opens() -> IO[bytes]:
        return book.open(one)

    return opens
