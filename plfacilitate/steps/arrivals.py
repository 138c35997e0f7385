"""What another laptop's file brought: counted by kind and by person, and what somebody has to decide now.

Owns the account of one merge. Never decides anything, and never takes a file in (`steps.intake`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from plfacilitate.core.entry import Entry
from plfacilitate.core.fold import MARK_KINDS, EventFold
from plfacilitate.core.minutes import clock, minute_of
from plfacilitate.core.people import Person
from plfacilitate.core.plan import Event
from plfacilitate.steps.events import read_fold
from plfacilitate.steps.review import Pair, review
from plfacilitate.store.ledger import Ledger, Received
from plfacilitate.store.search import catch_up, people

Why = Literal["two-versions", "both", "fields"]


@dataclass(frozen=True, slots=True)
class Brought:
    """A person of whom something came: at which event (None = of none), who, and what in words."""

    event: str | None
    person: Person
    words: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something about a person that two laptops say differently, or both say: somebody looks at it."""

    why: Why
    event: str | None
    person: Person
    words: str


@dataclass(frozen=True, slots=True)
class Arrivals:
    """The account of one file. `laptops` are the names of those who wrote what came; `kinds` count the new entries.

    `pairs` are (event, pair) of records that may be one person. `stopped` = the file was not taken in to its end.
    """

    file: str
    received: Received
    laptops: tuple[str, ...] = ()
    kinds: tuple[tuple[str, int], ...] = ()
    people: tuple[Brought, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    pairs: tuple[tuple[str, Pair], ...] = ()
    stopped: bool = False


def arrivals(ledger: Ledger, since: int, received: Received, file: str, *, stopped: bool = False) -> Arrivals:
    """What came after `since` (a seq) from other laptops."""
    catch_up(ledger.connection)
    new = [entry for entry in ledger.entries(since=since) if entry.device != ledger.device]
    folds = {event: read_fold(ledger, event) for event in dict.fromkeys(one.event for one in new if one.event)}
    known = {one.id: one for one in people(ledger.connection, _persons(new, folds))}
    fresh = {one.person for one in new if one.person}
    return Arrivals(
        file=file,
        received=received,
        laptops=_laptops(ledger, new),
        kinds=tuple(Counter(str(one.kind) for one in new).most_common()),
        people=tuple(sorted(_brought(new, folds, known), key=lambda one: one.person.order)),
        doubts=tuple(_doubts(ledger, new, folds, known)),
        pairs=tuple(
            (event, pair)
            for event, fold in folds.items()
            for pair in review(fold, {one: known[one] for one in fold.persons() if one in known}).pairs
            if fresh & {pair.stays.id, pair.other.id}
        ),
        stopped=stopped,
    )


def _persons(new: Sequence[Entry], folds: dict[str, EventFold]) -> set[str]:
    """Everybody of whom something came, as they are read, and everybody at those events."""
    found = set[str]().union(*(fold.persons() for fold in folds.values()))
    return found | {one.person for one in new if one.person}


def _laptops(ledger: Ledger, new: Sequence[Entry]) -> tuple[str, ...]:
    names = {one.device: str(one.body.get("name", "")) for one in ledger.entries(kinds=("device-started",))}
    return tuple(dict.fromkeys(names.get(one.device) or one.device[:8] for one in new))


def _brought(new: Sequence[Entry], folds: dict[str, EventFold], known: dict[str, Person]) -> Iterator[Brought]:
    """One line a person and event: the times that came, else what else."""
    groups: dict[tuple[str | None, str], list[Entry]] = {}
    for entry in new:
        fold = folds.get(entry.event or "")
        person = fold.holder(entry.id) if fold is not None else entry.person
        if person in known:
            groups.setdefault((entry.event, str(person)), []).append(entry)
    for (at, person), entries in groups.items():
        times = [_told(folds[at], one) for one in entries if at is not None and one.kind in MARK_KINDS]
        other = Counter(str(one.kind).replace("-", " ") for one in entries if one.kind not in MARK_KINDS)
        words = [*times, *(kind if count == 1 else f"{count} × {kind}" for kind, count in other.items())]
        if times or other.keys() - {"person"}:  # a list that both laptops have is no news
            yield Brought(at, known[person], ", ".join(words))


def _told(fold: EventFold, entry: Entry) -> str:
    kind = "in" if entry.kind == "sign-in" else "out"
    return f"{kind} {_at(fold.event, entry.at)}" if fold.event is not None else kind


def _doubts(
    ledger: Ledger, new: Sequence[Entry], folds: dict[str, EventFold], known: dict[str, Person]
) -> Iterator[Doubt]:
    for event, fold in folds.items():
        mine = {str(one.person) for one in new if one.event == event and one.kind in MARK_KINDS}
        devices: dict[str, set[str]] = {}
        for one in ledger.entries(event=event, kinds=MARK_KINDS):
            devices.setdefault(fold.holder(one.id) or str(one.person), set()).add(one.device)
        for person in sorted({fold.holder(one.id) or "" for one in new if str(one.person) in mine} & known.keys()):
            if fold.doubtful(person):
                yield Doubt("two-versions", event, known[person], "two versions of a time: v on the right one keeps it")
            elif len(devices.get(person, ())) > 1:
                yield Doubt("both", event, known[person], f"signed in at both laptops: {_stays(fold, person)}")
    recorded = {one.person for one in new if one.kind == "person"}
    for who in known.values():
        if who.doubtful and who.id in recorded:
            fields = ", ".join(name.replace("_", " ") for name in who.doubtful)
            yield Doubt("fields", None, who, f"two versions of {fields}: e says which is right")


def _stays(fold: EventFold, person: str) -> str:
    event = fold.event
    if event is None:
        return ""
    stays = fold.presence(person).stays
    return ", ".join(f"{_at(event, s.came.at)}–{_at(event, s.left.at) if s.left else ''}" for s in stays)


def _at(event: Event, moment: datetime) -> str:
    return clock(minute_of(moment), event.zone)
