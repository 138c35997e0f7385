"""What a run of the program is given: its workspace, clock, chance, who uses it, which machine.

Owns how a ledger is opened with all of that. Never finds any of it out by itself: the command line does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from plfacilitate.core.entry import Chance, Clock
from plfacilitate.store.ledger import Identity, Ledger
from plfacilitate.store.marker import Marker
from plfacilitate.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Everything that differs from run to run. `state` is the platform's state folder; `tz` the laptop's time zone.

    `secret` gives the password of a place (`sftp://user@host`) or of a register's server (`postgresql://user@host`) from
    the system's keyring or the environment, None = none;
    `keep_secret` puts it into the keyring (None takes it out), False = there is no keyring.
    """

    workspace: Workspace
    clock: Clock
    chance: Chance
    by: str
    machine: str
    state: Path
    tz: str
    public_key: Callable[[str], str] = lambda device: ""
    secret: Callable[[str], str | None] = lambda place: None
    keep_secret: Callable[[str, str | None], bool] = lambda place, secret: False

    @property
    def today(self) -> date:
        """The day on this laptop's wall."""
        return self.clock().astimezone(ZoneInfo(self.tz)).date()

    def open_ledger(self, *, readonly: bool = False, check_same_thread: bool = True) -> Ledger:
        """A connection of its own; open one a thread."""
        return Ledger.open(
            self.workspace.ledger,
            clock=self.clock,
            chance=self.chance,
            marker=Marker(self.state / "markers", self.machine),
            identity=Identity(self.machine, self.public_key),
            readonly=readonly,
            check_same_thread=check_same_thread,
        )
