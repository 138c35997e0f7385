"""Which file is meant by an id: one of the workspace, else the shipped one.

Owns the order in which folders are looked through. Never reads a file.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from plfacilitate.shelf.shipped import Folder, folder


def candidates(own: Path, name: Folder, *, deep: bool = False) -> Iterator[Path]:
    """All TOML files of the workspace's folder, then the shipped ones, each in order of their names.

    A shipped file is passed over where the workspace has one of that name: yours takes its place. `deep` = those in
    the folders inside too.
    """
    mine = _files(own, deep=deep)
    taken = {path.name.casefold() for path in mine}
    yield from mine
    yield from (path for path in _files(folder(name), deep=deep) if path.name.casefold() not in taken)


def _files(place: Path, *, deep: bool) -> list[Path]:
    if not place.is_dir():
        return []
    found = [*place.glob("*.toml"), *(place.glob("*/*.toml") if deep else ())]
    return sorted((path for path in found if not path.name.startswith(".")), key=lambda path: (path.name, path))
