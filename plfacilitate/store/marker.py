"""The marker outside the workspace: the last number and digest that this laptop wrote for a device.

Owns a tiny file in the platform's state folder. With it a copied or restored ledger is noticed, and a new device
begun, before it writes a second entry with an old number. Never holds anything that people captured.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

_LENGTH = 1024  # one write of a fixed length: no rename, and never a shorter file after a longer one


@dataclass(frozen=True, slots=True)
class Mark:
    """What was last written: by which machine, into which ledger, up to which number."""

    machine: str
    ledger: str
    number: int
    digest: str


@dataclass(frozen=True, slots=True)
class Marker:
    """The folder of markers of one machine."""

    folder: Path
    machine: str

    def read(self, device: str) -> Mark | None:
        """The mark of a device; None where there is none or it can't be read (then a new device is the honest start)."""
        try:
            value = json.loads(self._path(device).read_text("utf-8"))
            return Mark(value["machine"], value["ledger"], int(value["number"]), value["digest"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, device: str, ledger: Path, number: int, digest: str) -> None:
        """Remember the head. A folder that can't be written costs a new device at the next start, never an entry."""
        text = json.dumps({"machine": self.machine, "ledger": str(ledger), "number": number, "digest": digest})
        data = text.encode().ljust(_LENGTH)
        try:
            handle = self._open(device)
            try:
                os.write(handle, data)
            finally:
                os.close(handle)
        except OSError:
            return

    def _open(self, device: str) -> int:
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
        try:
            return os.open(self._path(device), flags, 0o600)
        except FileNotFoundError:
            self.folder.mkdir(parents=True, exist_ok=True)
            return os.open(self._path(device), flags, 0o600)

    def _path(self, device: str) -> Path:
        return self.folder / f"{device}.json"
