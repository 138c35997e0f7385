"""One event as it stands, folded out of its entries.

Owns the picture that screens, credit and documents read: any order, any repetition of entries gives the same one, and
a new entry costs what it touches, not what was there before. Never reads a ledger by itself: entries are handed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple, cast

from plfacilitate.core.cleared import Cleared, cleared_of
from plfacilitate.core.entry import AGENDA_KINDS, Entry, Means, utc_moment
from plfacilitate.core.keeping.run import Run, run_of
from plfacilitate.core.plan import Choice, Event
from plfacilitate.core.presence import Mark, Presence, Stay, presence
from plfacilitate.core.scheduled import event_of
from plfacilitate.core.sequence import as_it_went
from plfacilitate.core.versions import Family, currents, families, voided

MARK_KINDS = frozenset({"sign-in", "sign-out"})
LIST_KINDS = frozenset({"expected", "not-expected"})
_BY_PEOPLE = frozenset({"facilitator", "paper", "system"})


@dataclass(frozen=True, slots=True)
class Request:
    """Hours that a person asks for, fewer than they could have. `hundredths` of an hour."""

    hundredths: int
    reason: str
    entry: str


@dataclass(frozen=True, slots=True)
class Flag:
    """A doubt. `accepted` is None until somebody decided."""

    entry: str
    code: str
    text: str
    person: str | None
    about: tuple[str, ...]
    accepted: bool | None


class HeadCount(NamedTuple):
    """How many heads were counted and when. `against` = the moment at which it is held against who was in the room.

    That is the moment of the count; for one that was made when the session was over, the session's last minute.
    """

    heads: int
    at: datetime
    against: datetime

    @property
    def then(self) -> str:
        """That moment in words."""
        return "then" if self.against == self.at else "at the end"


class EventFold:
    """The facts of one event. Feed it with `apply`; every reader gives frozen values."""

    def __init__(self, event_id: str) -> None:
        """An event of which nothing is known yet."""
        self.event_id = event_id
        self.seq = 0  # the newest entry that was applied
        self._seen: set[str] = set()
        self._gone: set[str] = set()  # erased
        self._marks: dict[str, dict[str, Entry]] = {}
        self._facts: dict[str, dict[str, Entry]] = {}
        self._about: dict[str, dict[str | None, list[Entry]]] = {}  # kind → person → facts, made when asked for
        self._undos: dict[str, Entry] = {}
        self._void: set[str] = set()
        self._holder: dict[str, str] = {}  # entry id → person
        self._presence: dict[str, Presence] = {}
        self._expected: frozenset[str] | None = None
        self._event: Event | None = None
        self._run: Run | None = None
        self._stays: Mapping[str, str] = {}  # record → the record that it is read as
        self._records: dict[str, tuple[str, ...]] = {}  # the record that stays → all of that person's

    def read_as_one(self, merged: Mapping[str, str]) -> set[str]:
        """Read merged records (record → the one that stays) as one person; returns whom that changes."""
        if merged == self._stays:
            return set()
        before, self._stays = self._stays, dict(merged)
        self._records = {}
        for record, stays in merged.items():
            self._records[stays] = (*self._records.get(stays, (stays,)), record)
        self._presence.clear()
        self._expected = None
        changed = {record for record in before.keys() | merged.keys() if before.get(record) != merged.get(record)}
        return changed.union(*({one[record] for one in (before, merged) if record in one} for record in changed))

    def apply(self, entries: Iterable[Entry]) -> set[str]:
        """Take entries in; returns the persons whose line may look different now."""
        touched: set[str] = set()
        undone = False
        seen, gone = self._seen, self._gone
        for entry in entries:
            if entry.seq > self.seq:  # noqa: PLR1730 (max() would be a call an entry)
                self.seq = entry.seq
            if entry.id in seen or entry.kind is None:
                continue
            seen.add(entry.id)
            if entry.kind == "erased":
                undone |= self._erase(entry, touched)
            elif entry.id in gone:
                continue
            elif entry.kind == "undo":
                self._undos[entry.id] = entry
                undone = True
            else:
                self._take(entry, touched)
        return touched | self._undone() if undone else touched

    def _take(self, entry: Entry, touched: set[str]) -> None:
        kind, person = str(entry.kind), entry.person
        if kind in MARK_KINDS and person is not None:
            marks = self._marks.get(person)
            if marks is None:
                marks = self._marks[person] = {}
            marks[entry.id] = entry
            self._presence.pop(self._stays.get(person, person), None)
        else:
            self._facts.setdefault(kind, {})[entry.id] = entry
            self._forget_picture(kind)
        if person is not None:
            self._holder[entry.id] = person
            touched.add(self._stays.get(person, person))
        elif kind in LIST_KINDS:
            touched |= self._listed(entry)

    def _forget_picture(self, kind: str) -> None:
        self._about.pop(kind, None)
        if kind in LIST_KINDS:
            self._expected = None
        elif kind.startswith("event-"):
            self._event = self._run = None
        elif kind in AGENDA_KINDS:
            self._run = None

    def _erase(self, erased: Entry, touched: set[str]) -> bool:
        """Let go of what was erased; True when an undo was among it."""
        ids = {str(one) for one in erased.body.get("ids", ())} - self._gone
        self._gone |= ids
        undone = False
        for entry_id in ids & self._seen:
            undone |= self._undos.pop(entry_id, None) is not None
            person = self._holder.pop(entry_id, None)
            if person is not None:
                self._marks.get(person, {}).pop(entry_id, None)
                person = self._stays.get(person, person)
                touched.add(person)
                self._presence.pop(person, None)
            for kind, group in self._facts.items():
                if group.pop(entry_id, None) is not None:
                    self._forget_picture(kind)
        return undone

    def _undone(self) -> set[str]:
        """The persons whom a changed set of undos concerns."""
        void = voided(self._undos.values())
        changed, self._void = void ^ self._void, void
        self._event = self._run = None
        self._expected = None
        touched = {person for entry_id in changed if (person := self.holder(entry_id)) is not None}
        for kind in LIST_KINDS:
            for entry_id in changed & self._facts.get(kind, {}).keys():
                touched |= self._listed(self._facts[kind][entry_id])
        for person in touched:
            self._presence.pop(person, None)
        return touched

    # -- people ------------------------------------------------------------------------------------------------------

    @property
    def expected(self) -> frozenset[str]:
        """The people on the list."""
        if self._expected is None:
            on_list: set[str] = set()
            for entry in as_it_went(self._standing("expected") + self._standing("not-expected")):
                listed = self._listed(entry)
                on_list = on_list | listed if entry.kind == "expected" else on_list - listed
            self._expected = frozenset(on_list)
        return self._expected

    def _listed(self, entry: Entry) -> set[str]:
        return {self._stays.get(str(one), str(one)) for one in entry.body.get("people", ())}

    def persons(self) -> set[str]:
        """Everybody who is expected or has a standing mark."""
        void = self._void
        came = {record for record, marks in self._marks.items() if marks and (not void or self._has_standing(record))}
        return set(self.expected) | ({self._stays.get(one, one) for one in came} if self._stays else came)

    def _has_standing(self, record: str) -> bool:
        return any(entry_id not in self._void for entry_id in self._marks.get(record, ()))

    def _marks_of(self, person: str) -> Mapping[str, Entry]:
        """All versions of a person's ins and outs, whichever of their records they were made on."""
        person = self._stays.get(person, person)
        if person not in self._records:
            return self._marks.get(person, _NONE)
        return {key: entry for record in self._records[person] for key, entry in self._marks.get(record, _NONE).items()}

    def presence(self, person: str) -> Presence:
        """When this person was in the room."""
        person = self._stays.get(person, person)
        found = self._presence.get(person)
        if found is None:
            marks = self.marks(person)
            arrived = len(marks) == 1 and marks[0].is_in and not marks[0].doubtful
            found = self._presence[person] = _just_in(marks[0]) if arrived else presence(marks)
        return found

    def marks(self, person: str) -> list[Mark]:
        """The standing ins and outs of a person, each with the version that counts."""
        entries = self._marks_of(person)
        if not entries:
            return []
        for entry in entries.values():
            if entry.replaces:
                break
        else:  # as nearly everybody's
            void = self._void
            return [_mark(key, entry, False, False) for key, entry in entries.items() if key not in void]
        return [
            _mark(family.root, family.current, family.current.id != family.root, family.doubtful)
            for family in families(entries.values(), self._void)
            if family.current is not None
        ]

    def versions(self, person: str) -> list[Family]:
        """All versions of a person's marks, undone ones included: what a correction starts from."""
        return families(self._marks_of(person).values(), self._void)

    def holder(self, entry_id: str) -> str | None:
        """The person that an entry of this event is about; None where it is about nobody or not here."""
        person = self._holder.get(entry_id)
        return None if person is None else self._stays.get(person, person)

    def undone(self, undo: Entry) -> Entry | None:
        """What an undo takes back, or gives back by undoing an undo; None = it is not here."""
        about, seen = str(undo.body.get("undoes")), {undo.id}
        while about in self._undos and about not in seen:
            seen.add(about)
            about = str(self._undos[about].body.get("undoes"))
        marks = self._marks.get(self._holder.get(about, ""), {})
        return next((group[about] for group in (marks, *self._facts.values()) if about in group), None)

    def stands(self, entry: Entry) -> bool:
        """Nobody took it back."""
        return entry.id not in self._void

    def walk_in(self, person: str) -> bool:
        """Came without being on the list."""
        person = self._stays.get(person, person)
        return person not in self.expected and any(map(self._has_standing, self._records.get(person, (person,))))

    def request(self, person: str) -> Request | None:
        """The hours this person asked for; None = all that they earned."""
        entry = self.latest("request", person)
        if entry is None:
            return None
        return Request(int(entry.body["hundredths"]), str(entry.body.get("reason", "")), entry.id)

    def choice(self, person: str) -> tuple[str, Choice] | None:
        """What the person chose at this event, with the moment it was said; None = not asked here."""
        entry = self.latest("choice", person)
        return (entry.happened_at, cast(Choice, entry.body["choice"])) if entry else None

    def latest(self, kind: str, person: str) -> Entry | None:
        """The newest standing entry of a kind about a person; None where there is none."""
        if kind not in self._facts:
            return None
        about = self._about.get(kind)
        if about is None:
            about = self._about[kind] = {}
            for entry in self._facts[kind].values():
                about.setdefault(entry.person, []).append(entry)
        person = self._stays.get(person, person)
        mine = [entry for record in self._records.get(person, (person,)) for entry in about.get(record, ())]
        if not mine:
            return None
        standing = as_it_went(currents(mine, self._void))
        return standing[-1] if standing else None

    def doubtful(self, person: str) -> bool:
        """Two versions of one of this person's marks wait for a decision."""
        return any(code == "doubtful" for code, _ in self.presence(person).odd)

    # -- the event ---------------------------------------------------------------------------------------------------

    @property
    def event(self) -> Event | None:
        """The event as scheduled and opened; None until its schedule is known."""
        if self._event is None:
            about = [group.values() for kind, group in self._facts.items() if kind.startswith("event-")]
            self._event = event_of([*(entry for group in about for entry in group), *self._undos.values()])
        return self._event

    @property
    def run(self) -> Run:
        """How the agenda goes; an empty one until the event's schedule is known."""
        if self._run is None:
            spans = self.event.spans if self.event is not None else ()
            self._run = run_of(spans, (entry for kind in AGENDA_KINDS for entry in self._standing(kind)))
        return self._run

    def flags(self) -> list[Flag]:
        """All doubts, the undecided first, in order of time."""
        decided = {
            str(entry.body["flag"]): bool(entry.body.get("accepted"))
            for entry in as_it_went(self._standing("flag-decided"))
        }
        flags = [
            Flag(
                entry.id,
                str(entry.body.get("code", "")),
                str(entry.body.get("text", "")),
                None if entry.person is None else self._stays.get(entry.person, entry.person),
                tuple(str(one) for one in entry.body.get("about", ())),
                decided.get(entry.id),
            )
            for entry in self._standing("flag")
        ]
        return sorted(flags, key=lambda flag: flag.accepted is not None)

    @property
    def head_count(self) -> HeadCount | None:
        """The last head count, None = nobody counted."""
        counts = as_it_went(self._standing("head-count"))
        if not counts:
            return None
        at = counts[-1].at
        over = self.event.ends_at - timedelta(minutes=1) if self.event is not None else at
        return HeadCount(int(counts[-1].body["count"]), at, min(at, over))

    def there(self, moment: datetime) -> int:
        """How many people were in the room at that moment, as far as is known."""
        return sum(1 for person in self.persons() if self.presence(person).covers(moment))

    def facts(self, *kinds: str) -> list[Entry]:
        """Standing entries of these kinds in order of time, each fact in the version that counts."""
        return sorted((entry for kind in kinds for entry in self._standing(kind)), key=lambda e: (e.happened_at, e.id))

    @property
    def cleared(self) -> Cleared | None:
        """What was taken off this laptop when the office had it; None where all that was, is here.

        Of another laptop's word nothing is believed that stands here against it.
        """
        said = self._facts.get("cleared")
        return None if said is None else cleared_of(said.values(), self._seen | self._gone)

    def count(self) -> int:
        """How many entries of this event are known."""
        return len(self._seen)

    def _standing(self, kind: str) -> list[Entry]:
        found = currents(self._facts.get(kind, {}).values(), self._void)
        return sorted(found, key=lambda entry: (entry.happened_at, entry.id))


def _just_in(mark: Mark) -> Presence:
    """What `presence` says of a single sign-in: the whole room, at the hour when frames must be short."""
    return Presence((Stay(mark, None),), (("no-sign-out", mark),))


_NOTHING: Mapping[str, Any] = {}
_NONE: dict[str, Entry] = {}


def _mark(root: str, entry: Entry, corrected: bool, doubtful: bool) -> Mark:
    # What phones and badges write has no reason and no hand in it, and thousands of them need not be parsed.
    body = entry.body if corrected or entry.means in _BY_PEOPLE else _NOTHING
    return Mark(
        entry.id, root, entry.kind == "sign-in", utc_moment(entry.happened_at), cast(Means, entry.means), entry.by,
        corrected, bool(body.get("closed_by_hand")), doubtful, str(body.get("reason", "")),
    )  # fmt: skip
