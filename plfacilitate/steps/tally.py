"""Credit at the laptop: the ledger's folds and people handed to the one rule (`core.tally`).

Owns what is read for it. Never computes a minute.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from plfacilitate.core.fold import EventFold
from plfacilitate.core.people import Person
from plfacilitate.core.refusal import Refused
from plfacilitate.core.tally import CreditSheet, credit_sheet
from plfacilitate.steps.events import events, read_fold, read_kept
from plfacilitate.steps.merge import merged_people
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.search import catch_up, people


def as_of(ledger: Ledger) -> dict[str, int]:
    """Device → number of its newest entry here: the point of the ledger that a figure was made at."""
    return {device: number for device, (number, _) in ledger.heads().items()}


def credit(ledger: Ledger, name: str, *, at: datetime, person: str | None = None) -> CreditSheet:
    """The credit of an event (its id or the beginning) or a series (its id, plan or in-service number)."""
    known = events(ledger)
    chosen = [one for one in known if one.id == name or (len(name) >= 4 and one.id.startswith(name))]
    run = [one for one in known if name and name in (one.series, one.plan.id, one.in_service)]
    if len(chosen) == 1:
        return event_credit(ledger, chosen[0].id, at=at, person=person)
    if not run:
        raise Refused("event-unknown", event=name)
    if len({one.series for one in run}) > 1:
        numbers = ", ".join(sorted({one.in_service or one.series for one in run}))
        raise Refused("series-several", name=name, known=numbers)
    return series_credit(ledger, run[0].series, at=at, person=person)


def event_credit(
    ledger: Ledger, event: str, *, at: datetime, person: str | None = None, caught_up: bool = False
) -> CreditSheet:
    """The lines of one event; the whole series is read, because it decides whether they are earned.

    Refused: `event-unknown`, `event-cleared`.
    """
    fold = read_kept(ledger, event)
    if fold.event is None:
        raise Refused("event-unknown", event=event)
    others = [one.id for one in events(ledger) if one.series == fold.event.series and one.id != event]
    folds = [fold, *(read_fold(ledger, other) for other in others)]
    return sheet_of(ledger, folds, event=event, at=at, person=person, caught_up=caught_up)


def series_credit(
    ledger: Ledger, series: str, *, at: datetime, person: str | None = None, caught_up: bool = False
) -> CreditSheet:
    """The lines of a series, by its id. Refused: `event-cleared` where a session's hours are not here any more."""
    folds = [read_kept(ledger, one.id) for one in events(ledger) if one.series == series]
    return sheet_of(ledger, folds, event=None, at=at, person=person, caught_up=caught_up)


def sheet_of(
    ledger: Ledger,
    folds: Sequence[EventFold],
    *,
    event: str | None,
    at: datetime,
    person: str | None = None,
    caught_up: bool = False,
) -> CreditSheet:
    """The lines of folds that have been read: what a screen does that keeps its own."""
    merged = merged_people(ledger)
    for fold in folds:
        fold.read_as_one(merged)
    known = known_people(ledger, folds, caught_up=caught_up)
    return credit_sheet(folds, known, event=event, as_of=as_of(ledger), at=at, only=person)


def known_people(ledger: Ledger, folds: Sequence[EventFold], *, caught_up: bool = False) -> dict[str, Person]:
    """The people of these events as they stand. `caught_up` = the search is, and nothing may be written now."""
    if not caught_up:
        catch_up(ledger.connection)
    wanted = set[str]().union(*(fold.persons() for fold in folds)) if folds else set[str]()
    return {person.id: person for person in people(ledger.connection, wanted)}
