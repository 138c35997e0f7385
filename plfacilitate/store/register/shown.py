"""What an office's screen asks: the bundles that came, how far each laptop is, what is in doubt.

Owns these questions, which every engine understands. None of them reads an entry's content, so none tells what was
written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from plfacilitate.store.register.engine import NOWHERE, Engine

_BUNDLE = "SELECT bundle, device, parcel, verdict, reason, packed_at, received_at, file FROM bundle"


class Came(NamedTuple):
    """A bundle that came. Times are UTC texts.

    `events` are those whose hours it holds, () for any other parcel or one that was not taken. `file` is where it lay.
    """

    bundle: str
    device: str
    parcel: str
    verdict: str
    reason: str
    packed_at: str
    received_at: str
    file: str
    events: tuple[str, ...] = ()


class Listed(NamedTuple):
    """An offering as a list needs it first. `handed_in_at` = when a laptop last packed hours of it, a UTC text, "" = never."""

    series: str
    events: int
    handed_in_at: str


class Aside(NamedTuple):
    """An entry that is kept aside, because its id was here with other bytes. `event` None = it belongs to none."""

    id: str
    device: str
    number: int
    bundle: str
    reason: str
    event: str | None


class Fork(NamedTuple):
    """A number that two copies of a laptop's ledger gave out, and the events of the entries that have it."""

    device: str
    number: int
    events: tuple[str, ...]


class ShownStored:
    """The part of a register that a screen is filled from."""

    _engine: Engine

    def bundles(self, limit: int, before: Came | None = None) -> list[Came]:
        """The bundles that came, the newest first; `before` = only those that came before this one."""
        where, values = "", list[object]()
        if before is not None:
            where = " WHERE received_at <= ? AND (received_at < ? OR bundle < ?)"
            values = [before.received_at, before.received_at, before.bundle]
        rows = self._engine.rows(f"{_BUNDLE}{where} ORDER BY received_at DESC, bundle DESC LIMIT ?", *values, limit)
        return self._with_events([Came(*row) for row in rows])

    def held_bundles(self) -> list[Came]:
        """Those that wait for an earlier one, or for their laptop to be accepted; the one that was packed first leads."""
        return [Came(*row) for row in self._engine.rows(f"{_BUNDLE} WHERE verdict = 'held' ORDER BY packed_at, bundle")]

    def _with_events(self, found: list[Came]) -> list[Came]:
        events: dict[str, list[str]] = {}
        of_hours = [one.bundle for one in found if one.parcel == "hours"]
        for bundle, event in self._engine.rows(
            f"SELECT bundle, event FROM handed_in WHERE bundle{self._engine.among} ORDER BY bundle, event",
            self._engine.listed(of_hours),
        ):
            events.setdefault(bundle, []).append(event)
        return [one._replace(events=tuple(events.get(one.bundle, ()))) for one in found]

    def last_seen(self, devices: Iterable[str]) -> Mapping[str, str]:
        """Device → when a bundle of it came last, a UTC text."""
        return dict(
            self._engine.rows(
                f"SELECT device, max(received_at) FROM bundle WHERE device{self._engine.among} GROUP BY device",
                self._engine.listed(devices),
            )
        )

    def listed(self) -> list[Listed]:
        """Every offering, the one that was handed in last first."""
        rows = self._engine.rows(
            "SELECT s.series, count(DISTINCT s.event), coalesce(max(h.at), '') FROM series s"
            " LEFT JOIN handed_in h ON h.event = s.event GROUP BY s.series ORDER BY 3 DESC, 1"
        )
        return [Listed(*row) for row in rows]

    def asides(self, limit: int) -> list[Aside]:
        """Entries that are kept aside, laptop by laptop."""
        rows = self._engine.rows(
            f"SELECT a.id, a.device, a.number, a.bundle, a.reason, nullif(i.event, '{NOWHERE}') FROM aside a"
            " LEFT JOIN id_seen i ON i.id = a.id ORDER BY a.device, a.number, a.digest LIMIT ?",
            limit,
        )
        return [Aside(*row) for row in rows]

    def forks(self, limit: int) -> list[Fork]:
        """Numbers that were given out twice, laptop by laptop."""
        found: dict[tuple[str, int], list[str]] = {}
        for device, number, event in self._engine.rows(
            "SELECT f.device, f.number, e.event FROM (SELECT device, number FROM fork ORDER BY device, number LIMIT ?) f"
            " JOIN entry e ON e.device = f.device AND e.number = f.number ORDER BY f.device, f.number, e.event",
            limit,
        ):
            events = found.setdefault((device, number), [])
            if event != NOWHERE and event not in events:
                events.append(event)
        return [Fork(device, number, tuple(events)) for (device, number), events in found.items()]
