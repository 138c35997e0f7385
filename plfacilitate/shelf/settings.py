"""What a desk remembers of its user from one day to the next, for one workspace: `settings.json`.

Owns the file. It holds how the desk behaves and nothing that was captured: that is the ledger's. A file that can't be
read is as good as none.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple


class Settings(NamedTuple):
    """`sound` = the running segment is heard when it turns orange, red and is over."""

    sound: bool = False


def read_settings(path: Path) -> Settings:
    """What is remembered; the defaults where nothing is, or something that is no answer."""
    found = _read(path)
    return Settings(sound=found.get("sound") is True)


def write_settings(path: Path, settings: Settings) -> None:
    """Remember this; what a newer version keeps there stays. Refused: `not-written`."""
    from plfacilitate.shelf.write import write_bytes

    write_bytes(path, json.dumps(_read(path) | settings._asdict(), indent=1).encode())


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
