"""Typed text that was not written down yet: kept when a dialog is left, and when the desk is killed.

Owns `drafts.json` in the workspace. Never holds anything that is in the ledger already.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import has_password


class Drafts:
    """The drafts of one workspace, by key (what is being written, and for which event)."""

    def __init__(self, path: Path, later: Callable[[Callable[[], None]], object]) -> None:
        """`later` runs a function soon, off the keys' way."""
        self._path = path
        self._later = later
        self._waits = False
        self._kept: dict[str, dict[str, str]] | None = None

    def read(self, key: str) -> Mapping[str, str]:
        """What was typed and not written; empty where nothing was."""
        return self._all().get(key, {}) if key else {}

    def waiting(self, event: str) -> list[str]:
        """The drafts of an event ("" = of none), and those that belong to no event."""
        return [key for key in self._all() if (key.split(":")[1:] or [event])[0] == event]

    def keep(self, key: str, values: Mapping[str, str]) -> None:
        """Remember what is typed now. A form without any text is no draft, and a password in an address is none either."""
        if not key or dict(self.read(key)) == dict(values):
            return
        if any(value.strip() for value in values.values()) and not any(map(has_password, values.values())):
            self._all()[key] = dict(values)
        else:
            self._all().pop(key, None)
        self._soon()

    def reword(self, change: Callable[[str], str]) -> None:
        """Put other words into everything that waits."""
        after = {key: {name: change(text) for name, text in values.items()} for key, values in self._all().items()}
        if after != self._all():
            self._kept = after
            self._soon()

    def forget(self, key: str) -> None:
        """It is in the ledger now."""
        if key and self._all().pop(key, None) is not None:
            self._soon()

    def _soon(self) -> None:
        if not self._waits:
            self._waits = True
            self._later(self.save)

    def _all(self) -> dict[str, dict[str, str]]:
        if self._kept is None:
            self._kept = _read(self._path)
        return self._kept

    def save(self) -> None:
        """Put what is kept on the disk."""
        from plfacilitate.shelf.write import write_bytes

        if not self._waits:
            return
        self._waits = False
        try:
            write_bytes(self._path, json.dumps(self._all(), ensure_ascii=False).encode(), private=True)
        except (Refused, OSError):
            return  # a disk that takes no draft takes no note either, and that one says so


def _read(path: Path) -> dict[str, dict[str, str]]:
    try:
        value = json.loads(path.read_text("utf-8"))
        return {str(key): {str(k): str(v) for k, v in kept.items()} for key, kept in value.items()}
    except (OSError, ValueError, AttributeError):
        return {}
