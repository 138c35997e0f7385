"""What is held for a dispute: it stays, however old it is.

Owns the table of holds. Who released one, and when, stays beside it for as long as the offering does.
"""

from __future__ import annotations

from dataclasses import dataclass

from plfacilitate.store.register.engine import Engine


@dataclass(frozen=True, slots=True)
class Hold:
    """An offering that nothing is taken away from while somebody disputes it. `at` is a UTC text."""

    series: str
    reason: str
    at: str
    by: str


class HoldsStored:
    """The part of a register that knows what is held for a dispute."""

    _engine: Engine

    def holds(self) -> list[Hold]:
        """What is held now, the longest first; an offering may be held for several reasons."""
        rows = self._engine.rows("SELECT series, reason, at, by FROM hold WHERE released_at = '' ORDER BY at, series")
        return [Hold(*row) for row in rows]

    def hold(self, hold: Hold) -> None:
        """Hold an offering; whoever is in the middle of a purge is waited for."""
        with self._engine.writing():
            self._engine.lock((), alone=False)
            self._engine.run(
                "INSERT INTO hold VALUES (?, ?, ?, ?, '', '') ON CONFLICT DO NOTHING",
                hold.series, hold.at, hold.by, hold.reason,
            )  # fmt: skip

    def release(self, series: str, at: str, by: str) -> int:
        """Hold it no longer, whatever the reasons were; how many these were, 0 = it was not held."""
        with self._engine.writing():
            return self._engine.run(
                "UPDATE hold SET released_at = ?, released_by = ? WHERE series = ? AND released_at = ''", at, by, series
            )
