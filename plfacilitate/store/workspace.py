"""The workspace: one folder that holds everything of one user.

Owns where things lie in it. Never reads or writes what lies there.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from plfacilitate.core.refusal import Refused, disk_words


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with the ledger, the outbox, keys, and the user's own plans, protocols and offices."""

    root: Path

    @property
    def ledger(self) -> Path:
        """The ledger's file."""
        return self.root / "ledger.db"

    @property
    def outbox(self) -> Path:
        """Where bundles, sheets and tables wait until they are handed over."""
        return self.root / "outbox"

    @property
    def keys(self) -> Path:
        """Private keys and the door's secret: never in the ledger, which travels."""
        return self.root / "keys"

    @property
    def door(self) -> Path:
        """What a running door says of itself (pid, port, event, nonce), and its lock."""
        return self.root / "door"

    @property
    def settings(self) -> Path:
        """How the user wants the desk, remembered from day to day."""
        return self.root / "settings.json"

    @property
    def sessions(self) -> Path:
        """The user's own plans; they override the shipped ones."""
        return self.root / "sessions"

    @property
    def protocols(self) -> Path:
        """The user's own protocols."""
        return self.root / "protocols"

    @property
    def exports(self) -> Path:
        """The user's own office files."""
        return self.root / "exports"

    def document(self, name: str) -> Path | None:
        """The user's own look of a printed document; None = the shipped one."""
        path = self.exports / "documents" / name
        return path if path.is_file() else None

    def create(self) -> Workspace:
        """Make the folders that are missing. Refuses in one sentence where the disk says no."""
        try:
            for folder in (self.root, self.outbox, self.keys, self.door, self.sessions, self.protocols, self.exports):
                folder.mkdir(parents=True, exist_ok=True)
            self.keys.chmod(0o700)
        except OSError as error:
            raise Refused("not-written", detail=f"{error.filename or self.root}: {disk_words(error)}") from error
        return self
