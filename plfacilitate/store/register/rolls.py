"""What the roll asks of a register, and what is kept of a roll that was issued.

Owns these questions, which every engine understands. Never computes credit, and keeps nobody's name: an issued version
holds figures by person id.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from plfacilitate.core.entry import Entry
from plfacilitate.core.merged import merged_records
from plfacilitate.core.roll.issued import Issued, lines_json, lines_of_json
from plfacilitate.store.register import AsOf, HandedIn
from plfacilitate.store.register.engine import NOWHERE, Engine
from plfacilitate.store.register.tables import IS_ABOUT, IS_MERGE, IS_PERSON


class RollsStored:
    """The part of a register that the roll is made from."""

    _engine: Engine

    def _read(self, as_of: AsOf | None, where: str, *values: object) -> list[Entry]:
        raise NotImplementedError

    def remember(self, handed_in: HandedIn) -> None:
        """Keep at which point an event was handed in; the same again, or one that was purged, changes nothing."""
        numbers = json.dumps(dict(handed_in.as_of), sort_keys=True)
        with self._engine.writing():
            self._engine.run(
                "INSERT INTO handed_in SELECT ?, ?, ?, ?"
                " WHERE NOT EXISTS (SELECT 1 FROM purged_event WHERE event = ?) ON CONFLICT DO NOTHING",
                handed_in.event, handed_in.bundle, handed_in.at, numbers, handed_in.event,
            )  # fmt: skip

    def handed_in(self, event: str) -> list[HandedIn]:
        """All points at which an event was handed in, the earliest first."""
        rows = self._engine.rows(
            "SELECT bundle, at, as_of FROM handed_in WHERE event = ? ORDER BY at, bundle", event
        )  # fmt: skip
        return [HandedIn(event, bundle, at, json.loads(as_of)) for bundle, at, as_of in rows]

    def about(self, event: str) -> list[Entry]:
        """What an event is, and nothing of who was there: scheduled, opened, closed."""
        return self._read(None, f"c.event = ? AND {IS_ABOUT}", event)

    def schedules(self, series: Iterable[str]) -> dict[str, list[list[Entry]]]:
        """Series → what each of its events is, and nothing of who was there; without those that are not here."""
        of_event: dict[str, list[str]] = {}
        for event, one in self._engine.rows(
            f"SELECT event, series FROM series WHERE series{self._engine.among}", self._engine.listed(series)
        ):
            of_event.setdefault(event, []).append(one)
        where = f"c.event{self._engine.among} AND {IS_ABOUT}"
        groups: dict[str, list[Entry]] = {}
        for entry in self._read(None, where, self._engine.listed(of_event)):
            groups.setdefault(str(entry.event), []).append(entry)
        found: dict[str, list[list[Entry]]] = {}
        for event, group in groups.items():
            for one in of_event[event]:
                found.setdefault(one, []).append(group)
        return found

    def of_kinds(self, event: str | None, kinds: Iterable[str]) -> list[Entry]:
        """The entries of these kinds at an event; None = those of no event."""
        where = f"c.event = ? AND c.kind{self._engine.among}"
        return self._read(None, where, event or NOWHERE, self._engine.listed(sorted(kinds)))

    def all_series(self) -> list[str]:
        """Every series of which there is an event, by id."""
        return [row[0] for row in self._engine.rows("SELECT DISTINCT series FROM series ORDER BY series")]

    def series_with(self, persons: Iterable[str]) -> list[str]:
        """The series at whose events there is an entry about any of these records; looks through all events."""
        rows = self._engine.rows(
            "SELECT DISTINCT s.series FROM series s JOIN (SELECT DISTINCT event FROM content"
            f" WHERE person{self._engine.among}) c ON c.event = s.event ORDER BY s.series",
            self._engine.listed(persons),
        )
        return [row[0] for row in rows]

    def records(self, persons: Iterable[str]) -> dict[str, list[Entry]]:
        """Every version of these people's records, and what was undone of them; without who has none."""
        groups: dict[str, list[Entry]] = {}
        where = f"{IS_PERSON} AND c.person{self._engine.among}"
        for entry in self._read(None, where, self._engine.listed(persons)):
            groups.setdefault(str(entry.person), []).append(entry)
        return groups

    def merges(self) -> list[Entry]:
        """What says that records are one person."""
        return self._read(None, IS_MERGE)

    def person_ids(self) -> list[str]:
        """Every record of a person, by id."""
        rows = self._engine.rows(
            f"SELECT DISTINCT c.person FROM content c WHERE {IS_PERSON} AND c.kind = 'person' ORDER BY c.person"
        )
        return [row[0] for row in rows if row[0]]

    def issued(self, series: str) -> list[Issued]:
        """The versions of a series' roll, the first one first."""
        rows = self._engine.rows(
            "SELECT version, at, by, as_of, lines FROM roll WHERE series = ? ORDER BY version", series
        )  # fmt: skip
        return [
            Issued(series, version, at, by, json.loads(as_of), lines_of_json(lines))
            for version, at, by, as_of, lines in rows
        ]

    def forget_gone(self) -> None:
        """Take out of issued versions whoever has no entry left at their offering; inside a transaction.

        Whatever deletes contents does this in the same transaction.
        A person's id can be made from their e-mail: what is erased must not be guessed from what was issued.
        """
        stays = merged_records(self.merges())
        for (series,) in self._engine.rows("SELECT DISTINCT series FROM roll"):
            rows = self._engine.rows(
                "SELECT DISTINCT c.person FROM series s JOIN content c ON c.event = s.event WHERE s.series = ?", series
            )
            left = {stays.get(row[0], row[0]) for row in rows}
            for one in self.issued(series):
                lines = {person: figures for person, figures in one.lines.items() if person in left}
                if len(lines) < len(one.lines):
                    self._engine.run(
                        "UPDATE roll SET lines = ? WHERE series = ? AND version = ?",
                        lines_json(lines), series, one.version,
                    )  # fmt: skip

    def issue(self, roll: Issued) -> bool:
        """Keep a version; False where that version is here already."""
        numbers = json.dumps(dict(roll.as_of), sort_keys=True)
        with self._engine.writing():
            kept = self._engine.run(
                "INSERT INTO roll VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                roll.series, roll.version, roll.at, roll.by, roll.digest, numbers, lines_json(roll.lines),
            )  # fmt: skip
        return kept == 1
