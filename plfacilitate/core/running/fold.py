"""The protocols that were led at one event, folded out of its entries.

Owns which entries make a run and in which order they count: any order, any repetition of entries gives the same
picture. Never reads a ledger by itself: entries are handed in.

A move names the place that a group goes to, not "the next one", so two laptops that say it at once say one thing. A
group that comes back to a place goes on with the clock that it left there.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, cast

from plfacilitate.core.entry import Entry
from plfacilitate.core.kept import Fold
from plfacilitate.core.protocol import CAPTURE_KINDS, Protocol
from plfacilitate.core.running.places import Place, Size, index_of, places
from plfacilitate.core.running.run import Captured, Group, Run, Stint
from plfacilitate.core.sequence import as_it_went
from plfacilitate.core.timing import Move, Watch
from plfacilitate.core.versions import families

LINE_KINDS = frozenset({"captured", "commitment"})
"""A line that was written down; a commitment of a POP-up names no run, and is passed over."""
RUN_KINDS = LINE_KINDS | {
    "run-begun", "run-sized", "step-begun", "run-paused", "run-resumed", "step-minutes", "run-ended", "undo", "erased",
}  # fmt: skip
_MOVES: dict[str, Move] = {"run-paused": "pause", "run-resumed": "resume"}

Key = tuple[str, int]


class Led(NamedTuple):
    """All that was led at one event, in the order of its beginnings."""

    event: str
    runs: tuple[Run, ...]


class RunFold(Fold):
    """The runs of one event. Feed it with `apply`."""

    def __init__(self, event_id: str) -> None:
        """An event at which nothing was led yet, as far as is known."""
        super().__init__(lambda entry: entry.event == event_id and entry.kind in RUN_KINDS and not _elsewhere(entry))
        self.event_id = event_id
        self._entries: dict[str, dict[str, Entry]] = {}  # run → its entries
        self._pictures: dict[str, Run | None] = {}

    def apply(self, entries: Iterable[Entry]) -> set[str]:
        """Take entries in; returns the runs that may look different now."""
        news = self._kept.take(entries)
        for entry in news.came:
            self._entries.setdefault(_run_of(entry), {})[entry.id] = entry
        for entry in news.went:
            self._entries[_run_of(entry)].pop(entry.id)
        turned = [self._kept.entries[one] for one in news.turned if one in self._kept.entries]
        touched = {_run_of(entry) for entry in (*news.came, *news.went, *turned)}
        for run in touched:
            self._pictures.pop(run, None)
        return touched

    def picture(self) -> Led:
        """All runs as they stand now."""
        return Led(self.event_id, self.runs)

    @property
    def runs(self) -> tuple[Run, ...]:
        """All runs that stand, in the order of their beginnings; those that nothing happened to are the same objects."""
        found = [one for run in self._entries if (one := self.run(run)) is not None]
        return tuple(sorted(found, key=lambda one: (one.began_at, one.id)))

    @property
    def going(self) -> Run | None:
        """The run that goes on; of several the one that began last; None = none does."""
        return next((one for one in reversed(self.runs) if one.ended_at is None), None)

    def run(self, run: str) -> Run | None:
        """The run of that id; None = there is none, or it was taken back."""
        if run not in self._pictures:
            self._pictures[run] = self._picture(run)
        return self._pictures[run]

    def _picture(self, run: str) -> Run | None:
        standing = [entry for key, entry in self._entries.get(run, {}).items() if key not in self._kept.void]
        begun = next((entry for entry in standing if entry.kind == "run-begun"), None)
        if begun is None:
            return None
        protocol = Protocol.from_json(begun.body["protocol"])
        if not protocol.steps:
            return None
        led = [entry for entry in standing if entry.kind != "run-begun" and entry.kind not in LINE_KINDS]
        walk = _Walk(protocol, _size(begun), begun.at)
        for entry in as_it_went(led):
            walk.take(entry)
        return Run(
            id=run,
            event=self.event_id,
            protocol=protocol,
            segment=str(begun.body.get("segment", "")),
            size=walk.size,
            began_at=begun.at,
            ended_at=walk.ended_at,
            groups=walk.groups(),
            captured=self._captured(run),
        )

    def _captured(self, run: str) -> tuple[Captured, ...]:
        lines = {key: entry for key, entry in self._entries[run].items() if entry.kind in LINE_KINDS}
        found = {
            family.current: _line(family.current, [one.id for one in family.heads], lines, self._kept.void)
            for family in families(lines.values(), self._kept.void)
            if family.current is not None
        }
        return tuple(found[one] for one in sorted(found, key=lambda one: (one.happened_at, *_origin(one, lines))))


class _At(NamedTuple):
    """Where a group is in the walk: its place, and the clocks of all the places that it was at."""

    key: Key
    watches: dict[Key, Watch]


class _Walk:
    """A run, gone through entry by entry."""

    def __init__(self, protocol: Protocol, size: Size, began_at: datetime) -> None:
        self.protocol, self.size, self.ended_at = protocol, size, cast("datetime | None", None)
        self.at: dict[int, _At] = {}
        self._extra: dict[tuple[int, Key], int] = {}
        self._reached = began_at  # a clock that was put back goes on at what it had reached
        self._seat(began_at)

    def take(self, entry: Entry) -> None:
        """One more entry, in the order in which they were done."""
        moment = self._reached = max(self._reached, entry.at)
        if self.ended_at is not None:
            return
        body = entry.body
        if entry.kind == "run-ended":
            self.ended_at = moment
            for group, at in self.at.items():
                self._turn(group, at.key, moment, "stop")
        elif entry.kind == "run-sized":
            self.size = _size(entry)
            self._seat(moment)
        else:
            numbers = [one for one in map(int, body.get("groups", ())) if one in self.at] or list(self.at)
            for group in numbers:
                self._group(entry, group, moment)

    def _group(self, entry: Entry, group: int, moment: datetime) -> None:
        here = self.at[group].key
        if entry.kind in _MOVES:
            self._turn(group, here, moment, _MOVES[entry.kind])
            return
        key = (str(entry.body["step"]), int(entry.body.get("turn", 1)))
        if entry.kind == "step-minutes":
            self._extra[group, key] = self._extra.get((group, key), 0) + int(entry.body["minutes"])
        elif key != here:
            self._turn(group, here, moment, "pause")
            self._go(group, key, moment)

    def _turn(self, group: int, key: Key, moment: datetime, move: Move) -> None:
        watches = self.at[group].watches
        watches[key] = watches[key].moved(moment, move)

    def _go(self, group: int, key: Key, moment: datetime) -> None:
        watches = self.at[group].watches if group in self.at else {}
        before = watches.get(key)
        watches[key] = before.moved(moment, "resume") if before is not None else Watch().moved(moment, "start")
        self.at[group] = _At(key, watches)

    def _seat(self, moment: datetime) -> None:
        """As many groups as there should be; one that is new begins where the last of the others is."""
        order = places(self.protocol, self.size)
        first = min((index_of(order, one.key) for one in self.at.values()), default=0)
        for group in range(1, self.size.clocks + 1):
            if group not in self.at:
                self._go(group, order[first].key, moment)

    def groups(self) -> tuple[Group, ...]:
        """All groups that there should be, as they stand."""
        order = places(self.protocol, self.size)
        return tuple(self._one(group, order) for group in range(1, self.size.clocks + 1))

    def _one(self, group: int, order: Sequence[Place]) -> Group:
        at = self.at[group]
        stints = tuple(
            Stint(_place(order, key), self._minutes(group, key, order), watch, key == at.key)
            for key, watch in at.watches.items()
        )
        return Group(group, stints, index_of(order, at.key))

    def _minutes(self, group: int, key: Key, order: Sequence[Place]) -> int:
        """Minutes that are meant for a place; changed ones never below one."""
        planned, extra = _place(order, key).step.minutes, self._extra.get((group, key), 0)
        return max(1, planned + extra) if extra else planned


def _place(order: Sequence[Place], key: Key) -> Place:
    found = order[index_of(order, key)]
    return found if found.key == key else Place(found.step, key[1], found.turns) if found.step.id == key[0] else found


def _size(entry: Entry) -> Size:
    """The size that an entry names; without a number it is the protocol's own."""
    people, groups = (entry.body.get(name) for name in ("people", "groups"))
    return Size(max(1, int(entry.body.get("clocks", 1))), _count(people), _count(groups))


def _count(value: object) -> int | None:
    return max(1, value) if isinstance(value, int) else None


def _run_of(entry: Entry) -> str:
    """The run that an entry belongs to."""
    return entry.id if entry.kind == "run-begun" else str(entry.body.get("run", ""))


def _elsewhere(entry: Entry) -> bool:
    """A commitment that was not made while a protocol was led."""
    return entry.kind == "commitment" and not entry.body.get("run")


def _origin(entry: Entry, lines: Mapping[str, Entry]) -> tuple[str, int, str]:
    """Where a line stands among those of one moment: where its first version stood, whoever reworded it since."""
    first = min((lines[one] for one in _behind([entry.id], lines)), key=lambda one: (one.device, one.number, one.id))
    return first.device, first.number, first.id


def _behind(heads: Iterable[str], lines: Mapping[str, Entry]) -> set[str]:
    """These versions and all that they replace, as far as they are here."""
    found: set[str] = set()
    waiting = list(heads)
    while waiting:
        one = waiting.pop()
        if one in lines and one not in found:
            found.add(one)
            waiting += lines[one].replaces
    return found


def _line(entry: Entry, heads: Sequence[str], lines: Mapping[str, Entry], void: Container[str]) -> Captured:
    body = entry.body
    who, first_step, due = (str(body.get(name) or "") for name in ("who", "first_step", "due"))
    kind = "commitment" if entry.kind == "commitment" else str(body.get("as", "note"))
    group = body.get("group", 0)
    return Captured(
        entry.id, group if isinstance(group, int) else 0, str(body.get("step", "")), int(body.get("turn", 1)),
        kind if kind in CAPTURE_KINDS else "note", str(body.get("text") or body.get("what") or ""), entry.at, entry.by,
        who, first_step, due, tuple(heads), tuple(sorted(one for one in _behind(heads, lines) if one not in void)),
    )  # fmt: skip
