"""The road to a folder: on this disk, on a stick, on a share, or one that another program keeps in step with a cloud.

Owns durable writing and honest reading back there. Never makes the folder: a stick that is not plugged in would become
a folder of that name on the disk.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from plfacilitate.courier.place import Told, quietly

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")  # two letters at least: one is a drive


def has_scheme(address: str) -> bool:
    """Whether an address begins as `sftp:` does, and is no path."""
    return _SCHEME.match(address.strip()) is not None


def folder_of(address: str) -> Path | None:
    """The folder that an address names; None for an address of another kind."""
    if not _SCHEME.match(address):
        return Path(address) if address.strip() else None
    parts = urlsplit(address)
    if parts.scheme.lower() != "file" or parts.netloc not in ("", "localhost"):
        return None
    path = url2pathname(parts.path) if os.name == "nt" else unquote(parts.path)
    return Path(path) if path else None


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that is there."""

    path: Path

    @property
    def shown(self) -> str:
        """Its path."""
        return str(self.path)

    def digest(self, name: str) -> str | None:
        """The SHA-256 of a file in it, None = no such file."""
        try:
            with (self.path / name).open("rb") as file:
                _from_the_disk(file.fileno())
                return hashlib.file_digest(file, "sha256").hexdigest()
        except FileNotFoundError:
            if not self.path.is_dir():
                raise
            return None

    def put(self, name: str, source: Path, told: Told = quietly) -> None:
        """Copy a file in, over a leftover of our own, and wait until the disk has it."""
        with source.open("rb") as given, (self.path / name).open("wb") as file:
            while block := given.read(1 << 20):
                file.write(block)
                told(file.tell())
            file.flush()
            os.fsync(file.fileno())

    def rename(self, old: str, new: str) -> None:
        """Give it its name, unless a file has that."""
        if (self.path / new).exists():
            raise FileExistsError(new)
        (self.path / old).rename(self.path / new)
        if os.name != "nt":  # Windows can't open a folder
            with contextlib.suppress(OSError):  # nor can some shares
                handle = os.open(self.path, os.O_RDONLY)
                try:
                    os.fsync(handle)
                finally:
                    os.close(handle)

    def remove(self, name: str) -> None:
        """Take a temporary file away."""
        (self.path / name).unlink(missing_ok=True)

    def names(self) -> list[str]:
        """What lies in it."""
        return sorted(path.name for path in self.path.iterdir() if path.is_file())

    def get(self, name: str, target: Path) -> None:
        """Copy a file out."""
        shutil.copyfile(self.path / name, target)

    def close(self) -> None:
        """Nothing is held open."""


def _from_the_disk(handle: int) -> None:
    """Ask for what the disk holds rather than for what memory still remembers of it, where that can be asked."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
