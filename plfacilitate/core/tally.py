"""Everybody's credit for an event or a series, from the folded picture.

Owns the way from folds and people to lines; the laptop and the office both call it, so that they agree to the minute.
Never reads a ledger or a clock: the moment is handed in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from plfacilitate.core.credit import (
    Line,
    Reason,
    SeriesFacts,
    SessionFacts,
    event_facts,
    presenters_alone,
    series_facts,
    series_line,
    session_line,
)
from plfacilitate.core.fold import EventFold
from plfacilitate.core.office import Office
from plfacilitate.core.people import Person
from plfacilitate.core.plan import Choice, Event
from plfacilitate.core.presence import Presence
from plfacilitate.core.sequence import as_it_went

UNIT = "clock-hour"


@dataclass(frozen=True, slots=True)
class CreditLine:
    """A person and what they get, with the presence that it comes from (event lines; None on a series line)."""

    person: Person
    line: Line
    presence: Presence | None


@dataclass(frozen=True, slots=True)
class CreditSheet:
    """All lines of an event (`event` set) or of a series, in last-name order.

    `as_of` = device → number of the newest entry that was looked at; `at` the moment that decided what is over.
    """

    series: str
    event: Event | None
    events: tuple[Event, ...]
    office: Office
    as_of: Mapping[str, int]
    at: datetime
    lines: tuple[CreditLine, ...]
    facts: SessionFacts | SeriesFacts


@dataclass(frozen=True, slots=True)
class _Run:
    """A series with everything that its lines need, worked out once."""

    folds: Sequence[EventFold]
    events: Sequence[Event]
    facts: Sequence[SessionFacts]
    series: SeriesFacts
    people: Mapping[str, Person]
    alone: Mapping[str, frozenset[str]]
    office: Office


def credit_sheet(
    folds: Sequence[EventFold],
    people: Mapping[str, Person],
    *,
    event: str | None,
    as_of: Mapping[str, int],
    at: datetime,
    only: str | None = None,
) -> CreditSheet:
    """The lines of one event of the series, or of the whole series where `event` is None.

    `folds` are all events of the series, which know of merged records (`read_as_one`). `only` = one person.
    """
    run = _run(folds, people, at)
    chosen = next((number for number, one in enumerate(run.events) if one.id == event), None)
    persons = _persons(run, None if chosen is None else run.folds[chosen], only)
    lines = [_series(run, one) if chosen is None else _event(run, chosen, one) for one in persons]
    return CreditSheet(
        series=run.events[0].series,
        event=None if chosen is None else run.events[chosen],
        events=tuple(run.events),
        office=run.office,
        as_of=dict(sorted(as_of.items())),
        at=at,
        lines=tuple(lines),
        facts=run.series if chosen is None else run.facts[chosen],
    )


def _run(folds: Sequence[EventFold], people: Mapping[str, Person], at: datetime) -> _Run:
    pairs = [(fold, fold.event) for fold in folds if fold.event is not None]
    pairs.sort(key=lambda pair: (pair[1].starts_at, pair[1].id))
    events = [event for _, event in pairs]
    facts = [
        event_facts(event, held=event.closed_at is not None or event.ends_at <= at, run=fold.run)
        for fold, event in pairs
    ]
    # The latest opened event speaks for the whole: its snapshot is the newest approval that people signed under.
    latest = max(events, key=lambda event: (event.opened_at is not None, event.starts_at, event.id))
    office = Office.from_json(latest.office)
    return _Run(
        folds=[fold for fold, _ in pairs],
        events=events,
        facts=facts,
        series=series_facts(office, latest.plan, facts),
        people=people,
        alone={event.id: _alone(fold, event, people) for fold, event in pairs},
        office=office,
    )


def _alone(fold: EventFold, event: Event, people: Mapping[str, Person]) -> frozenset[str]:
    if not event.plan.presenters:
        return frozenset()
    came = [person for person in fold.persons() if fold.presence(person).stays]
    if len(came) > len(event.plan.presenters):
        return frozenset()
    return presenters_alone(event.plan, {one: people[one].spoken if one in people else "" for one in came})


def _persons(run: _Run, fold: EventFold | None, only: str | None) -> list[Person]:
    """Everybody on the lists or with a mark; a record that was erased, or never came, has no line without a mark."""
    ids = set[str]()
    for one in run.folds if fold is None else [fold]:
        ids |= {person for person in one.persons() if person in run.people or one.marks(person)}
    if only is not None:
        ids &= {only}
    return sorted((run.people.get(one) or Person(one, last_name="?") for one in ids), key=lambda one: one.order)


def _series(run: _Run, person: Person) -> CreditLine:
    return CreditLine(person, _series_line(run, person), None)


def _series_line(run: _Run, person: Person) -> Line:
    here = {event.id: fold.presence(person.id) for fold, event in zip(run.folds, run.events, strict=True)}
    return series_line(
        run.series,
        here,
        person=person.id,
        requested=_requested(run, person.id),
        choice=_choice(run, person.id),
        held_reasons=_held(person),
        alone=frozenset(event for event, alone in run.alone.items() if person.id in alone),
    )


def _event(run: _Run, number: int, person: Person) -> CreditLine:
    fold, event = run.folds[number], run.events[number]
    here = fold.presence(person.id)
    request = fold.request(person.id)
    standing = _series_line(run, person).standing if len(event.plan.sessions) > 1 else None
    line = session_line(
        run.facts[number],
        here,
        person=person.id,
        requested=request.hundredths if request else None,
        choice=_choice(run, person.id),
        held_reasons=_held(person),
        presenter_alone=person.id in run.alone[event.id],
        standing=standing,
    )
    return CreditLine(person, line, here)


def _requested(run: _Run, person: str) -> dict[str, int]:
    """What was asked for, event by event."""
    return {
        event.id: asked.hundredths
        for fold, event in zip(run.folds, run.events, strict=True)
        if (asked := fold.request(person)) is not None
    }


def _choice(run: _Run, person: str) -> Choice | None:
    """The newest word on hours or credits, wherever in the series it was said."""
    said = [entry for fold in run.folds if (entry := fold.latest("choice", person)) is not None]
    return cast(Choice, as_it_went(said)[-1].body["choice"]) if said else None


def _held(person: Person) -> tuple[Reason, ...]:
    """Why a line waits although the times are clear: two versions of the person's own record."""
    if not person.doubtful:
        return ()
    fields = ", ".join(field.replace("_", " ") for field in person.doubtful)
    return (Reason("doubtful-person", 0, f"two versions of this person's {fields} wait for a decision"),)
