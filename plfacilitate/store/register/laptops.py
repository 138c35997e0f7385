"""The laptops that hand in at an office, as its register keeps them.

Owns what is stored of a laptop and of what was decided about it. Never judges a bundle (`office.laptops`).
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import Literal

from plfacilitate.store.register.engine import Engine

Standing = Literal["new", "accepted", "retired"]


@dataclass(frozen=True, slots=True)
class Laptop:
    """A device and the key that it signs with: another key of the same device is another line.

    Times are UTC texts; `decided_at` and `decided_by` are "" while it is new. `line` = the newest number of its own that
    the register knew when it was retired, 0 = it is not. `name` is what it calls itself, "" = it was not told.
    """

    device: str
    public_key: str
    name: str
    standing: Standing
    seen_at: str
    decided_at: str = ""
    decided_by: str = ""
    line: int = 0


class LaptopsStored:
    """The part of a register that knows laptops."""

    _engine: Engine

    def laptops(self) -> list[Laptop]:
        """Every laptop that ever handed in, the earliest first."""
        rows = self._engine.rows(
            "SELECT device, public_key, name, standing, seen_at, decided_at, decided_by, line FROM laptop"
            " ORDER BY seen_at, device, public_key"
        )
        return [Laptop(*row) for row in rows]

    def see_laptop(self, laptop: Laptop) -> None:
        """Keep one that was never seen; of two receivers that see it at once the first one is right."""
        with self._engine.writing():
            self._engine.run(
                "INSERT INTO laptop VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                *astuple(laptop),
            )

    def keep_laptop(self, laptop: Laptop) -> None:
        """Keep what was decided about it; when it was first seen stays as it was."""
        with self._engine.writing():
            self._engine.run(
                "INSERT INTO laptop VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (device, public_key) DO UPDATE SET"
                " name = excluded.name, standing = excluded.standing, decided_at = excluded.decided_at,"
                " decided_by = excluded.decided_by, line = excluded.line",
                *astuple(laptop),
            )
