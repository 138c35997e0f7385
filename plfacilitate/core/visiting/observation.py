"""What one observer noted in one room, folded out of its entries.

Owns the picture of an observation: script lines, answers, taps, stopwatches, glances. Any order and any repetition of
entries gives the same one. Never compares two observers (`core.debrief.meetings`) and never says what a note is worth.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple, cast

from plfacilitate.core.entry import Entry, Means
from plfacilitate.core.lineage import components
from plfacilitate.core.protocol import Item, Prompt, Protocol
from plfacilitate.core.sequence import as_it_went
from plfacilitate.core.versions import families
from plfacilitate.core.visiting.snapshots import Begun, Snapshots

_ASKED = frozenset({"look-for", "rating", "choice", "count"})


class Line(NamedTuple):
    """One line of the script. `entry` is the version that counts, `items` what it was coded to."""

    entry: str
    at: datetime
    text: str
    items: tuple[str, ...]
    means: str
    doubtful: bool


class Answer(NamedTuple):
    """What was answered to an item or a prompt, and what was written beside it.

    `value` by the item's kind: look-for one of `LOOK_FOR`; rating and a prompt's level from 1; count a number of
    students; choice a tuple of option ids; text a string. None = nothing yet, or taken away again.
    """

    value: str | int | tuple[str, ...] | None
    note: str
    entry: str
    at: datetime


class Bout(NamedTuple):
    """A state from its beginning to its end; `ended` None = still going on. `by_rule` = nobody ended it: the end did."""

    began: datetime
    ended: datetime | None
    by_rule: bool = False


class Glance(NamedTuple):
    """What was seen at one moment: option → how many students, or 1 where only that it occurs is noted."""

    slot: int
    at: datetime
    codes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Notes:
    """All that was noted on one item, each part empty where its kind has none of it.

    `total` is what was keyed in from paper in place of taps (times) or of a stopwatch (whole minutes); taps that came
    after it are added.
    """

    answer: Answer | None = None
    taps: tuple[datetime, ...] = ()
    total: int | None = None
    bouts: tuple[Bout, ...] = ()
    glances: tuple[Glance, ...] = ()

    @property
    def times(self) -> int:
        """How many times a tally was tapped, a total from paper included."""
        return (self.total or 0) + len(self.taps)

    def seconds(self, now: datetime) -> int:
        """How long a state went on, whole seconds; one that goes on still, until `now`."""
        lasted = sum(((bout.ended or now) - bout.began).total_seconds() for bout in self.bouts)
        return round(lasted) + (self.total or 0) * 60


NOTHING = Notes()


@dataclass(frozen=True)
class Observation:
    """One protocol, one room, one observer. `stop` "" = no stop of the way; `respondent` "" = not an interview.

    `recorded_at` and `closed_at` are when its beginning and its end were written (UTC text, "" = it has no end).
    `late` = how many entries don't count because they were written after the debrief had begun (`core.visiting.fold`).
    """

    id: str
    event: str
    stop: str
    observer: str
    respondent: str
    protocol: Protocol
    means: Means
    started_at: datetime
    ended_at: datetime | None
    lines: tuple[Line, ...] = field(repr=False)
    notes: Mapping[str, Notes] = field(repr=False)
    recorded_at: str = ""
    closed_at: str = ""
    late: int = 0

    def of(self, item_id: str) -> Notes:
        """What was noted on an item."""
        return self.notes.get(item_id, NOTHING)

    def lines_of(self, item_id: str) -> tuple[Line, ...]:
        """The lines that were coded to an item."""
        return tuple(line for line in self.lines if item_id in line.items)

    @property
    def open_states(self) -> tuple[Item, ...]:
        """The states that go on."""
        return tuple(item for item in self.protocol.items if any(b.ended is None for b in self.of(item.id).bouts))

    @cached_property
    def left_out(self) -> tuple[Item | Prompt, ...]:
        """Look-fors, ratings, choices, counts and prompts that have no answer.

        A tally of none, a state that never was and an empty text say something: they are left out of this. So is a
        question that is for others than whoever answered here.
        """
        asked = [part for part in self.protocol.parts if isinstance(part, Prompt) or part.kind in _ASKED]
        return tuple(part for part in asked if not self.answered(part) and self.protocol.asks(part, self.respondent))

    def answered(self, one: Item | Prompt) -> bool:
        """Whether there is an answer to an item or a prompt; a prompt's words are one, too."""
        answer = self.of(one.id).answer
        if answer is None:
            return False
        return answer.value not in (None, ()) or (isinstance(one, Prompt) and bool(answer.note))


class Gathered:
    """The entries of one observation as they come in. `picture` costs what has changed since the last one."""

    def __init__(self, snapshots: Snapshots) -> None:
        """Nothing is known yet."""
        self.started: Entry | None = None
        self._snapshots = snapshots
        self._begun: Begun
        self._lines: dict[str, Entry] = {}
        self._coded: dict[str, Entry] = {}
        self._spoken_of: set[str] = set()  # lines that another entry replaces or codes
        self._noted: dict[str, dict[str, Entry]] = {}
        self._ends: dict[str, Entry] = {}
        self._made: dict[str, Line] | None = None  # entry → line, in order; None = to be made anew
        self._notes: dict[str, Notes] = {}

    def take(self, entry: Entry, void: set[str]) -> None:
        """One entry of this observation more; `void` = what was taken back so far."""
        match entry.kind:
            case "observation-started":
                self.started = entry
                self._begun = self._snapshots.begun(entry)
            case "line":
                self._lines[entry.id] = entry
                self._spoken_of.update(entry.replaces)
                self._append(entry, void)
            case "coded":
                self._coded[entry.id] = entry
                self._spoken_of.add(str(entry.body["line"]))
                self._made = None
            case "observed":
                item = str(entry.body["item"])
                self._noted.setdefault(item, {})[entry.id] = entry
                if entry.body.get("value") in ("on", "off"):
                    self._notes.clear()  # a state may end others
                self._notes.pop(item, None)
            case "observation-ended":
                self._ends[entry.id] = entry
                self._notes.clear()

    def entries(self) -> Iterator[Entry]:
        """All that was written after the beginning, in no order."""
        for group in (self._lines, self._coded, self._ends, *self._noted.values()):
            yield from group.values()

    @property
    def place(self) -> tuple[str, str]:
        """Stop and protocol; two empty texts as long as the beginning is not known."""
        return (self._begun.stop, self._begun.protocol.id) if self.started is not None else ("", "")

    @property
    def ends(self) -> Iterable[Entry]:
        """Every word that the observer is done, taken back or not."""
        return self._ends.values()

    def drop(self, entry_id: str) -> None:
        """An entry was erased."""
        for group in (self._lines, self._coded, self._ends, *self._noted.values()):
            group.pop(entry_id, None)
        self.again()

    def again(self) -> None:
        """Something was taken back, or given back: what was made before does not count."""
        self._made = None
        self._notes.clear()

    def _append(self, entry: Entry, void: set[str]) -> None:
        """The usual case, one line more at the end, costs one line."""
        if self._made is None or entry.replaces or entry.id in void or entry.id in self._spoken_of:
            self._made = None
            return
        newest = self._lines[next(reversed(self._made))] if self._made else None
        if newest is None or _place(newest) < _place(entry):
            self._made[entry.id] = _line(entry, None, doubtful=False)
        else:
            self._made = None

    # -- the picture -------------------------------------------------------------------------------------------------

    def picture(self, void: set[str], late: int = 0) -> Observation | None:
        """The observation as it stands; None = its beginning is not known, or was taken back.

        `void` = what does not count; `late` = how much of it came after the debrief.
        """
        started = self.started
        if started is None or started.id in void:
            return None
        ends = as_it_went(entry for entry in self._ends.values() if entry.id not in void)
        ended_at = ends[-1].at if ends else None
        if self._made is None:
            self._made = self._all_lines(void)
        protocol = self._begun.protocol
        for item in protocol.parts:
            if item.id not in self._notes:
                self._notes[item.id] = self._noted_on(item, protocol, void, ended_at)
        return Observation(
            id=started.id,
            event=str(started.event),
            stop=self._begun.stop,
            observer=self._begun.observer,
            respondent=self._begun.respondent,
            protocol=protocol,
            means=cast(Means, started.means),
            started_at=started.at,
            ended_at=ended_at,
            lines=tuple(self._made.values()),
            notes=dict(self._notes),
            recorded_at=started.recorded_at,
            closed_at=ends[-1].recorded_at if ends else "",
            late=late,
        )

    def _all_lines(self, void: set[str]) -> dict[str, Line]:
        tied = {parent for entry in self._lines.values() for parent in entry.replaces}
        standing: list[tuple[Entry, bool]] = []
        versions = []
        for entry in self._lines.values():
            if entry.replaces or entry.id in tied:
                versions.append(entry)
            elif entry.id not in void:
                standing.append((entry, False))
        standing += [(one.current, one.doubtful) for one in families(versions, void) if one.current is not None]
        first = _kin(versions)  # any version → the family that it belongs to
        codes = self._codes(void, first)
        standing.sort(key=lambda pair: _place(pair[0]))
        return {
            entry.id: _line(entry, codes.get(first.get(entry.id, entry.id)), doubtful=doubtful)
            for entry, doubtful in standing
        }

    def _codes(self, void: set[str], first: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
        """What lines were coded to after they were written; the last word counts."""
        codes = {}
        for entry in as_it_went(entry for entry in self._coded.values() if entry.id not in void):
            line = str(entry.body["line"])
            codes[first.get(line, line)] = tuple(map(str, entry.body["items"]))
        return codes

    def _noted_on(self, item: Item | Prompt, protocol: Protocol, void: set[str], ended_at: datetime | None) -> Notes:
        noted = self._noted.get(item.id)
        if isinstance(item, Item) and item.kind == "state":
            return self._bouts(item, protocol, void, ended_at)
        if not noted:
            return NOTHING
        standing = [entry for entry in noted.values() if entry.id not in void]
        if not standing:
            return NOTHING
        entries = as_it_went(standing) if len(standing) > 1 else standing
        if isinstance(item, Item) and item.kind == "tally":
            return _tally(entries)
        if isinstance(item, Item) and item.kind == "snapshot":
            return Notes(glances=_glances(entries))
        last = entries[-1]
        return Notes(answer=Answer(value_of(last), str(last.body.get("note", "")), last.id, last.at))

    def _bouts(self, item: Item, protocol: Protocol, void: set[str], ended_at: datetime | None) -> Notes:
        """A state's bouts; where it belongs to a group, the beginning of another one of the group ends it."""
        group = {one.id for one in protocol.items if item.group and one.group == item.group} | {item.id}
        entries = [
            entry for one in group for entry in self._noted.get(one, {}).values()
            if entry.id not in void and (one == item.id or entry.body.get("value") == "on")
        ]  # fmt: skip
        bouts: list[Bout] = []
        began: datetime | None = None
        total = None
        for entry in as_it_went(entries):
            if entry.body.get("total"):
                if entry.body["item"] == item.id:  # minutes in place of what the stopwatch said so far
                    total, bouts = int(entry.body["value"]), []
                    began = max(began, entry.at) if began is not None else None
                continue
            on = entry.body["item"] == item.id and entry.body.get("value") == "on"
            if on and began is None:
                began = entry.at
            elif not on and began is not None:
                bouts.append(Bout(began, max(began, entry.at)))
                began = None
        if began is not None:
            bouts.append(Bout(began, ended_at and max(began, ended_at), by_rule=ended_at is not None))
        return Notes(bouts=tuple(bouts), total=total)


def value_of(entry: Entry) -> str | int | tuple[str, ...] | None:
    """What an entry says of an item, as an `Answer` holds it."""
    value = entry.body.get("value")
    return tuple(map(str, value)) if isinstance(value, list) else value


def _place(entry: Entry) -> tuple[str, str, int, str]:
    """Lines stand in the order of their times, whenever they were keyed in."""
    return entry.happened_at, entry.device, entry.number, entry.id


def _line(entry: Entry, items: Sequence[str] | None, *, doubtful: bool) -> Line:
    """`items` None = nobody coded it after it was written."""
    coded = items if items is not None else entry.body.get("items", ())
    return Line(entry.id, entry.at, str(entry.body["text"]), tuple(map(str, coded)), entry.means, doubtful)


def _kin(versions: Iterable[Entry]) -> dict[str, str]:
    """Any version of a line → one id that all its versions share."""
    links: dict[str, tuple[str, ...]] = {parent: () for entry in versions for parent in entry.replaces}
    links |= {entry.id: entry.replaces for entry in versions}
    return {one: min(group) for group in components(links, links) for one in group}


def _tally(entries: Iterable[Entry]) -> Notes:
    taps: list[datetime] = []
    total = None
    for entry in entries:
        if entry.body.get("total"):
            total, taps = int(entry.body["value"]), []
        elif entry.body["value"] is not None:
            taps.append(entry.at)
    return Notes(taps=tuple(taps), total=total)


def _glances(entries: Iterable[Entry]) -> tuple[Glance, ...]:
    slots: dict[int, Glance] = {}
    for entry in entries:
        value: Mapping[str, Any] | None = entry.body["value"]
        if not isinstance(value, Mapping):
            continue
        slot = int(value["slot"])
        codes = {str(code): int(number) for code, number in value["codes"].items()}
        slots.pop(slot, None)
        if not value.get("gone"):
            slots[slot] = Glance(slot, entry.at, codes)
    return tuple(slots[slot] for slot in sorted(slots))
