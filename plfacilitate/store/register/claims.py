"""What a register remembers of claims: how columns are called, and what was decided about claimants.

Owns these two tables. Keeps no claim and nobody's name: a claimant stands here as a digest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from plfacilitate.core.claims.values import Decision
from plfacilitate.store.register.engine import Engine
from plfacilitate.store.register.tables import IS_PERSON


class ClaimsStored:
    """The part of a register that claims are held against."""

    _engine: Engine

    def claim_titles(self) -> dict[str, str]:
        """Title of a column, folded → what it holds."""
        return dict(self._engine.rows("SELECT title, field FROM claim_title ORDER BY title"))

    def keep_claim_titles(self, titles: Mapping[str, str]) -> None:
        """Remember what these columns hold; "" forgets one."""
        with self._engine.writing():
            for title, field in titles.items():
                self._engine.run("DELETE FROM claim_title WHERE title = ?", title)
                if field:
                    self._engine.run("INSERT INTO claim_title VALUES (?, ?) ON CONFLICT DO NOTHING", title, field)

    def claim_decisions(self) -> list[Decision]:
        """All that was decided, with what is open again."""
        rows = self._engine.rows("SELECT claim, person, says, at, by FROM claim_decision ORDER BY claim, person")
        return [Decision(*row) for row in rows]

    def open_claims(self, limit: int) -> list[Decision]:
        """What was decided and is open again, the latest first."""
        rows = self._engine.rows(
            "SELECT claim, person, says, at, by FROM claim_decision WHERE says = 'open' ORDER BY at DESC, claim, person"
            " LIMIT ?",
            limit,
        )
        return [Decision(*row) for row in rows]

    def decide_claims(self, decisions: Iterable[Decision]) -> None:
        """Keep what was decided; the latest word about a claimant and a person stands."""
        with self._engine.writing():
            for one in decisions:
                self._engine.run(
                    "INSERT INTO claim_decision VALUES (?, ?, ?, ?, ?) ON CONFLICT (claim, person) DO UPDATE SET"
                    " says = excluded.says, at = excluded.at, by = excluded.by",
                    *one,
                )

    def forget_claims_of_gone(self) -> None:
        """Drop what was decided about people whose records are gone; inside a transaction."""
        self._engine.run(
            f"DELETE FROM claim_decision WHERE person NOT IN (SELECT c.person FROM content c WHERE {IS_PERSON}"
            " AND c.person IS NOT NULL)"
        )
