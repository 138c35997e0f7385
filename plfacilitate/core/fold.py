"""One event as it stands, folded out of its entries.

Owns the picture that screens, credit and documents read: any order, any repetition of entries gives the same one, and
a new entry costs what it touches, not what was there before. Never reads a ledger by itself: entries are handed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from plfacilitate.core.entry import Entry, Means
from plfacilitate.core.plan import Choice, Event, Plan
from plfacilitate.core.presence import Mark, Presence, presence
from plfacilitate.core.versions import Family, families, voided

MARK_KINDS = frozenset({"sign-in", "sign-out"})
_PERSONAL = frozenset({"request", "choice"})


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


class EventFold:
    """The facts of one event. Feed it with `apply`; every reader gives frozen values."""

    def __init__(self, event_id: str) -> None:
        """An event of which nothing is known yet."""
        self.event_id = event_id
        self.seq = 0  # the newest entry that was applied
        self._seen: set[str] = set()
        self._marks: dict[str, dict[str, Entry]] = {}
        self._facts: dict[str, dict[str, Entry]] = {}
        self._undos: dict[str, Entry] = {}
        self._void: set[str] = set()
        self._holder: dict[str, str] = {}  # entry id → person
        self._presence: dict[str, Presence] = {}
        self._walk_ins: set[str] = set()
        self._expected: frozenset[str] | None = None
        self._event: Event | None = None

    def apply(self, entries: Iterable[Entry]) -> set[str]:
        """Take entries in; returns the persons whose line may look different now."""
        touched: set[str] = set()
        undone = False
        for entry in entries:
            self.seq = max(self.seq, entry.seq)
            if entry.id in self._seen or entry.kind is None:
                continue
            self._seen.add(entry.id)
            if entry.kind == "undo":
                self._undos[entry.id] = entry
                undone = True
            elif entry.kind == "erased":
                continue
            else:
                touched |= self._take(entry)
        return touched | self._undone() if undone else touched

    def _take(self, entry: Entry) -> set[str]:
        person = entry.person
        if entry.kind in MARK_KINDS and person is not None:
            self._marks.setdefault(person, {})[entry.id] = entry
            self._holder[entry.id] = person
            self._presence.pop(person, None)
            return {person}
        self._facts.setdefault(str(entry.kind), {})[entry.id] = entry
        if entry.kind in ("expected", "not-expected"):
            self._expected = None
            return {str(one) for one in entry.body.get("people", ())}
        self._event = None if str(entry.kind).startswith("event-") else self._event
        if person is not None:
            self._holder[entry.id] = person
            return {person}
        return set()

    def _undone(self) -> set[str]:
        """The persons whom a changed set of undos concerns."""
        void = voided(self._undos.values())
        changed, self._void = void ^ self._void, void
        self._event = None
        self._expected = None
        touched = {self._holder[entry_id] for entry_id in changed if entry_id in self._holder}
        for kind in ("expected", "not-expected"):
            for entry_id in changed & self._facts.get(kind, {}).keys():
                touched |= {str(one) for one in self._facts[kind][entry_id].body.get("people", ())}
        for person in touched:
            self._presence.pop(person, None)
        return touched

    # -- people ------------------------------------------------------------------------------------------------------

    @property
    def expected(self) -> frozenset[str]:
        """The people on the list."""
        if self._expected is None:
            on_list: set[str] = set()
            lists = self._standing("expected") + self._standing("not-expected")
            for entry in sorted(lists, key=lambda one: (one.happened_at, one.id)):
                ids = {str(one) for one in entry.body.get("people", ())}
                on_list = on_list | ids if entry.kind == "expected" else on_list - ids
            self._expected = frozenset(on_list)
        return self._expected

    def persons(self) -> set[str]:
        """Everybody who is expected or has a standing mark."""
        return set(self.expected) | {person for person in self._marks if self._has_standing(person)}

    def _has_standing(self, person: str) -> bool:
        return any(entry_id not in self._void for entry_id in self._marks[person])

    def presence(self, person: str) -> Presence:
        """When this person was in the room."""
        found = self._presence.get(person)
        if found is None:
            found = self._presence[person] = presence(self.marks(person))
        return found

    def marks(self, person: str) -> list[Mark]:
        """The standing ins and outs of a person, each with the version that counts."""
        entries = self._marks.get(person)
        if not entries:
            return []
        if len(entries) <= 2 and not self._void and not any(entry.replaces for entry in entries.values()):
            return [_mark(entry.id, entry, corrected=False, doubtful=False) for entry in entries.values()]
        marks = []
        for family in families([*entries.values(), *self._undos.values()]):
            if family.current is not None:
                corrected = family.current.id != family.root
                marks.append(_mark(family.root, family.current, corrected, doubtful=len(family.heads) > 1))
        return marks

    def versions(self, person: str) -> list[Family]:
        """All versions of a person's marks, undone ones included: what a correction starts from."""
        return families([*self._marks.get(person, {}).values(), *self._undos.values()])

    def walk_in(self, person: str) -> bool:
        """Came without being on the list."""
        return person not in self.expected and person in self._marks

    def request(self, person: str) -> Request | None:
        """The hours this person asked for; None = all that they earned."""
        entry = self._latest("request", person)
        if entry is None:
            return None
        return Request(int(entry.body["hundredths"]), str(entry.body.get("reason", "")), entry.id)

    def choice(self, person: str) -> tuple[str, Choice] | None:
        """What the person chose at this event, with the moment it was said; None = not asked here."""
        entry = self._latest("choice", person)
        return (entry.happened_at, cast(Choice, entry.body["choice"])) if entry else None

    def doubtful(self, person: str) -> bool:
        """Two versions of one of this person's marks wait for a decision."""
        return any(code == "doubtful" for code, _ in self.presence(person).odd)

    # -- the event ---------------------------------------------------------------------------------------------------

    @property
    def event(self) -> Event | None:
        """The event as scheduled and opened; None until its schedule is known."""
        if self._event is None:
            self._event = event_of(
                [entry for kind, group in self._facts.items() if kind.startswith("event-") for entry in group.values()]
                + list(self._undos.values())
            )
        return self._event

    def flags(self) -> list[Flag]:
        """All doubts, the undecided first, in order of time."""
        decided = {
            str(entry.body["flag"]): bool(entry.body.get("accepted")) for entry in self._standing("flag-decided")
        }
        flags = [
            Flag(
                entry.id,
                str(entry.body.get("code", "")),
                str(entry.body.get("text", "")),
                entry.person,
                tuple(str(one) for one in entry.body.get("about", ())),
                decided.get(entry.id),
            )
            for entry in self._standing("flag")
        ]
        return sorted(flags, key=lambda flag: flag.accepted is not None)

    @property
    def head_count(self) -> int | None:
        """The last head count, None = nobody counted."""
        counts = self._standing("head-count")
        return int(counts[-1].body["count"]) if counts else None

    def facts(self, *kinds: str) -> list[Entry]:
        """Standing entries of these kinds in order of time, each fact in the version that counts."""
        return sorted((entry for kind in kinds for entry in self._standing(kind)), key=lambda e: (e.happened_at, e.id))

    def count(self) -> int:
        """How many entries of this event are known."""
        return len(self._seen)

    def _standing(self, kind: str) -> list[Entry]:
        group = self._facts.get(kind)
        if not group:
            return []
        found = families([*group.values(), *self._undos.values()])
        standing = [family.current for family in found if family.current is not None]
        return sorted(standing, key=lambda entry: (entry.happened_at, entry.id))

    def _latest(self, kind: str, person: str) -> Entry | None:
        group = self._facts.get(kind)
        if not group:
            return None
        mine = [entry for entry in group.values() if entry.person == person]
        if not mine:
            return None
        found = families([*mine, *self._undos.values()])
        standing = [family.current for family in found if family.current is not None]
        return max(standing, key=lambda entry: (entry.happened_at, entry.id), default=None)


def _mark(root: str, entry: Entry, corrected: bool, doubtful: bool) -> Mark:
    body = entry.body if corrected or entry.means in ("facilitator", "paper", "system") else {}
    return Mark(
        entry=entry.id,
        root=root,
        is_in=entry.kind == "sign-in",
        at=entry.at,
        means=cast(Means, entry.means),
        by=entry.by,
        corrected=corrected,
        by_hand=bool(body.get("closed_by_hand")),
        doubtful=doubtful,
        reason=str(body.get("reason", "")),
    )


def event_of(entries: Iterable[Entry]) -> Event | None:
    """An event out of its own entries (scheduled, opened, closed, reopened, undo); None without a schedule."""
    standing = [family.current for family in families(list(entries)) if family.current is not None]
    standing.sort(key=lambda entry: (entry.happened_at, entry.id))
    scheduled = next((entry for entry in standing if entry.kind == "event-scheduled"), None)
    if scheduled is None:
        return None
    opened_at = closed_at = None
    snapshot: Mapping[str, Any] = scheduled.body
    for entry in standing:
        if entry.kind == "event-opened":
            # The first opening decides: what counts is what stood when people began to sign in.
            snapshot = entry.body if opened_at is None else snapshot
            opened_at = opened_at or entry.at
        elif entry.kind == "event-closed":
            closed_at = entry.at
        elif entry.kind == "event-reopened":
            closed_at = None
    body = scheduled.body
    return Event(
        id=str(scheduled.event),
        series=str(body["series"]),
        session_id=str(body["session"]),
        title=str(body["title"]),
        day=date.fromisoformat(body["date"]),
        tz=str(body["tz"]),
        place=str(body.get("place", "")),
        in_service=str(body.get("in_service", "")),
        claim_code=str(body.get("claim_code", "")),
        plan=Plan.from_json(snapshot["plan"]),
        office=snapshot["office"],
        opened_at=opened_at,
        closed_at=closed_at,
    )
