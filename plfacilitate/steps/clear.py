"""Hours that the office has, cleared from this laptop: which, why the others stay, and the doing of it.

Owns what is read for the rule (`core.clearing`), and which copies beside the ledger go too. Never clears anything that is
of the programme, and says nothing to the office: its register keeps what it has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from plfacilitate.core.clearing import CLEARED_KINDS, Held, Verdict, verdicts
from plfacilitate.core.cohort.gatherings import gatherings
from plfacilitate.core.entry import Draft, Entry, utc_text
from plfacilitate.core.fold import EventFold
from plfacilitate.core.people import Person
from plfacilitate.core.plan import Event
from plfacilitate.core.refusal import Refused
from plfacilitate.core.sequence import as_it_went
from plfacilitate.steps.approve import approval
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.cohort_reading import CohortReader
from plfacilitate.steps.copies import drop_copies
from plfacilitate.steps.deliver import waiting
from plfacilitate.steps.events import events, read_fold
from plfacilitate.steps.merge import merged_people
from plfacilitate.steps.reached import Bundle, Reach, waiting_with
from plfacilitate.store.ballots import box_of, lying
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.search import people as known
from plfacilitate.store.workspace import Workspace

PROGRAMME: Mapping[str, str] = {
    "note": "note", "popup": "problem of practice", "popup-opened": "problem of practice", "commitment": "promise",
    "observation-started": "observation", "poll-opened": "poll", "groups-drawn": "drawing of groups",
    "run-begun": "protocol that was led", "evaluation-summary": "evaluation",
}  # fmt: skip
"""What stays of an event that is cleared, and what a person calls it."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """How clearing was asked for: `days` after the hand-over; of all events ("") or one; `people` who are left over too."""

    days: int
    without_receipt: bool = False
    event: str = ""
    people: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """What would go and what stays. `stays` = event → what of the programme stays of it, by its words.

    `left` = people of whom nothing is left then and who are expected nowhere, in last-name order; they go only where
    that was asked for. `done` = events that were cleared before.
    """

    verdicts: tuple[Verdict, ...]
    stays: Mapping[str, Mapping[str, int]]
    left: tuple[Person, ...]
    done: tuple[Event, ...]

    @property
    def going(self) -> list[Held]:
        """The events whose hours go."""
        return [one.held for one in self.verdicts if one.goes]

    @property
    def entries(self) -> int:
        """How many contents of events go."""
        return sum(one.entries for one in self.going)


@dataclass(frozen=True, slots=True)
class Done:
    """What was done: contents cleared of these events, people who went, files that held a copy and were deleted."""

    events: tuple[str, ...]
    entries: int
    people: int
    copies: tuple[str, ...]


class _Read:
    """A ledger as clearing looks at it, read once."""

    def __init__(self, ledger: Ledger, workspace: Workspace) -> None:
        self.folds = {event.id: read_fold(ledger, event.id) for event in events(ledger)}
        self.events: dict[str, Event] = {one: fold.event for one, fold in self.folds.items() if fold.event is not None}
        self.reaches = {
            office: Reach(
                ledger, office, [self.folds[one.id] for one in self.events.values() if one.plan.office == office]
            )
            for office in {one.plan.office for one in self.events.values()}
        }
        self.going = {event: _going(ledger, event) for event in self.events}
        self._waiting = frozenset(one.file for one in waiting(ledger, workspace))
        self._ballots = lying(box_of(ledger.path), list(self.events))
        self._cohorts = _of_cohorts(ledger)

    @property
    def bundles(self) -> list[Bundle]:
        """All bundles of hours, whichever office they are for."""
        return [bundle for reach in self.reaches.values() for bundle in reach.bundles]

    def held(self, event: Event) -> Held:
        """One event as the rule wants it."""
        entries, fold = self.going[event.id], self.folds[event.id]
        ways = [self.reaches[event.plan.office].of(entry) for entry in entries]
        own = self._own_sheet(event, fold)
        by = [own, *(one.by for one in ways if one.by is not None)] if own is not None else []
        last = max(by, key=lambda one: str(one.handed_at), default=None)
        approved = approval(fold)
        late = [one for one in entries if approved is None or one.number > approved.as_of.get(one.device, 0)]
        return Held(
            event=event,
            entries=len(entries),
            people=sum(1 for person in fold.persons() if fold.presence(person).stays),
            unsent=sum(one.by is None and not one.elsewhere for one in ways),
            elsewhere=sum(one.elsewhere for one in ways),
            unanswered=sum(not one.answered for one in ways),
            late=len(late),
            handed_at=last.handed_at if last is not None else None,
            receipt=next((one.receipt for one in reversed(by) if one.receipt), ""),
            where=last.where if last is not None else "",
            waiting=waiting_with(self.bundles, self._waiting, entries),
            ballots=self._ballots.get(event.id, 0),
            cohort=self._cohorts.get(event.id, ""),
            cleared=fold.cleared is not None,
        )

    def _own_sheet(self, event: Event, fold: EventFold) -> Bundle | None:
        """The first bundle of this very event that handed its newest approval over; None where none did.

        A bundle holds what was written of all events: that alone is no sheet.
        """
        approved = as_it_went(fold.facts("approved"))
        own = [
            one
            for one in self.reaches[event.plan.office].bundles
            if one.event == event.id and one.handed_at is not None
        ]
        mine = [one for one in own if approved and one.names(approved[-1])]
        return min(mine, key=lambda one: str(one.handed_at), default=None)


def _going(ledger: Ledger, event: str) -> list[Entry]:
    """The entries of an event whose contents clearing takes: of these kinds, and the undos of them."""
    entries = list(ledger.entries(event=event))
    gone = {str(one) for said in entries if said.kind == "cleared" for one in said.body["ids"]}
    ids = gone | {entry.id for entry in entries if entry.kind in CLEARED_KINDS}
    undos = [entry for entry in entries if entry.kind == "undo"]
    while more := {one.id for one in undos if str(one.body["undoes"]) in ids} - ids:
        ids |= more  # an undo of an undo
    return [entry for entry in entries if entry.id in ids]


def _of_cohorts(ledger: Ledger) -> dict[str, str]:
    """Event → the title of the cohort that it belongs to, by its links or as a visit at one of its schools."""
    reader = CohortReader()
    reader.refresh(ledger)
    found: dict[str, str] = {}
    for facts in reader.cohorts:
        for one in gatherings(facts, reader.around(facts.cohort.ends)):
            if one.event:
                found.setdefault(one.event, facts.cohort.title)
    return found


# -- looking ---------------------------------------------------------------------------------------------------------


def preview(ledger: Ledger, workspace: Workspace, now: datetime, chosen: Chosen) -> Preview:
    """What clearing would do at a moment; writes nothing. Refused: `event-unknown`."""
    return _preview(ledger, _Read(ledger, workspace), now, chosen)


def _preview(ledger: Ledger, read: _Read, now: datetime, chosen: Chosen) -> Preview:
    if chosen.event and chosen.event not in read.events:
        raise Refused("event-unknown", event=chosen.event)
    found = verdicts(
        map(read.held, read.events.values()),
        now=now,
        days=chosen.days,
        without_receipt=chosen.without_receipt,
    )
    found = [one for one in found if chosen.event in ("", one.held.event.id)]
    going = [one.held.event.id for one in found if one.goes]
    stays = {event: Counter(_programme(ledger, event)) for event in going}
    left = _left_over(ledger, read, going, now, chosen)
    done = [event for one, event in read.events.items() if read.folds[one].cleared is not None and not read.going[one]]
    return Preview(tuple(found), stays, tuple(left), tuple(done))


def _programme(ledger: Ledger, event: str) -> Iterable[str]:
    return (PROGRAMME[str(entry.kind)] for entry in ledger.entries(event=event, kinds=PROGRAMME.keys()))


def _left_over(ledger: Ledger, read: _Read, going: Collection[str], now: datetime, chosen: Chosen) -> list[Person]:
    """Who is known here for nothing any more, for longer than these days; whoever was merged stays."""
    merged = merged_people(ledger)
    needed = {*merged, *merged.values()}
    gone = {entry.id for event in going for entry in read.going[event]}
    since = utc_text(now - timedelta(days=chosen.days))
    for entry in ledger.entries():
        if entry.id in gone:
            continue
        needed |= set(map(str, entry.body.get("people", ()))) if entry.kind in ("expected", "not-expected") else set()
        about_them = entry.kind == "person" or (entry.kind == "undo" and entry.event is None)
        if entry.person is not None and (not about_them or entry.recorded_at > since):
            needed.add(entry.person)
    return [
        one
        for one in known(ledger.connection)
        if one.id not in needed and all(_known_there(read, entry, chosen) for entry in ledger.entries(person=one.id))
    ]


def _known_there(read: _Read, entry: Entry, chosen: Chosen) -> bool:
    """Whether every office that this laptop hands in to has what is known of a person."""
    ways = [reach.of(entry) for reach in read.reaches.values()]
    return bool(ways) and all(one.answered or (chosen.without_receipt and one.by is not None) for one in ways)


# -- doing -----------------------------------------------------------------------------------------------------------


def clear(ledger: Ledger, workspace: Workspace, hand: Hand, chosen: Chosen, *, only: Collection[str]) -> Done:
    """Clear the hours of these events, series by series, and the copies beside the ledger. It can't be taken back.

    What is here is looked at again: of the events of a preview (`only`), those go that the rule still lets go. Whatever
    was broken off in the middle is brought to its end.
    """
    read = _Read(ledger, workspace)
    found = _preview(ledger, read, hand.clock(), chosen)
    series: dict[str, list[Held]] = {}
    for one in found.going:
        if one.event.id in only:
            series.setdefault(one.event.series, []).append(one)
    for group in series.values():
        ledger.clear([_draft(hand, one, read.going[one.event.id]) for one in group])
    going = [one for group in series.values() for one in group]
    gone = len(found.left) if chosen.people else 0
    if gone:
        _clear_people(ledger, hand, found.left, read.reaches.values())
    cleared = {event for event, fold in read.folds.items() if fold.cleared is not None} | {
        one.event.id for one in going
    }
    copies = drop_copies(ledger, workspace, read.bundles, read.events.values(), cleared)
    return Done(tuple(one.event.id for one in going), sum(one.entries for one in going), gone, tuple(copies))


def _draft(hand: Hand, one: Held, entries: Sequence[Entry]) -> Draft:
    assert one.handed_at is not None, "the rule lets nothing go that was not handed over"
    body = {
        "ids": [entry.id for entry in entries],
        "people": one.people,
        "handed_at": utc_text(one.handed_at),
        "receipt": one.receipt,
        "where": one.where,
    }
    return hand.draft("cleared", event=one.event.id, body=body)


def _clear_people(ledger: Ledger, hand: Hand, people: Sequence[Person], reaches: Iterable[Reach]) -> None:
    entries = [entry for one in people for entry in ledger.entries(person=one.id)]
    last = max(
        (way.by for reach in reaches for way in map(reach.of, entries) if way.by is not None),
        key=lambda one: str(one.handed_at),
    )
    assert last.handed_at is not None, "only what was handed over counts as being there"
    body = {
        "ids": [entry.id for entry in entries], "people": len(people), "handed_at": utc_text(last.handed_at),
        "receipt": last.receipt, "where": last.where,
    }  # fmt: skip
    ledger.clear([hand.draft("cleared", body=body)])
