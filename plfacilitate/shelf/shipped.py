"""Where the shipped data folders lie: sessions/, protocols/, exports/ and demo/.

Owns the difference between a checkout (they stand at its top) and an installed wheel (inside the package, as `data/`).
Never reads what is in them, and never looks at a workspace, whose own folders come first.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

Folder = Literal["sessions", "protocols", "exports", "demo"]
FOLDERS: tuple[Folder, ...] = ("sessions", "protocols", "exports", "demo")

_PACKAGE = Path(__file__).resolve().parent.parent


def folder(name: Folder) -> Path:
    """The shipped folder of that name, in a checkout as in an installed wheel."""
    beside = _PACKAGE.parent / name
    if (_PACKAGE.parent / "pyproject.toml").is_file() and beside.is_dir():
        return beside
    return _PACKAGE / "data" / name
