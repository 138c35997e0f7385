"""Everything about one person at one event, with their credit in words.

Owns how marks and credit become a PersonPicture. Never computes a minute: the one rule does (`core.tally`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from plfacilitate.core.fold import EventFold
from plfacilitate.core.minutes import clock, hours_text, minute_of
from plfacilitate.core.people import Person
from plfacilitate.core.plan import Event
from plfacilitate.core.presence import Mark
from plfacilitate.front.desk.painting.painter import Painter, cleared_words
from plfacilitate.front.desk.painting.pictures import CreditText, MarkLine, PersonPicture
from plfacilitate.store import search
from plfacilitate.store.ledger import Ledger

LONGEST = 20  # corrections of one mark that are worth showing

if TYPE_CHECKING:
    from plfacilitate.core.tally import CreditSheet


class Gallery:
    """Folds of the other events of a series, read when a person is first looked at."""

    def __init__(self, ledger: Ledger) -> None:
        """Reads nothing before it is asked."""
        self._ledger = ledger
        self._folds: dict[str, EventFold] = {}

    def portrait(self, room: Painter, person: str, now: datetime) -> PersonPicture | None:
        """The person as they stand; None where nobody has that id or the event is not known."""
        event = room.fold.event
        known = search.person(self._ledger.connection, person)
        if known is None or event is None:
            return None
        folds = [room.fold, *self._others(event)]
        return PersonPicture(
            person=known,
            event=event,
            row=room.row(person),
            presence=room.fold.presence(person),
            marks=mark_lines(self._ledger, room.fold, event, person),
            flags=tuple(flag for flag in room.fold.flags() if flag.person == person),
            credit=self._credit(folds, event, known, now),
            request=room.fold.request(person),
            cleared=cleared_words(room.fold),
            choice=max((said for fold in folds if (said := fold.choice(person))), default=("", "clock-hours"))[1],
        )

    def sheet(self, room: Painter, people: Mapping[str, Person], now: datetime) -> CreditSheet | None:
        """The credit of everybody at the event; None where nobody has any yet."""
        from plfacilitate.core.tally import credit_sheet

        event = room.fold.event
        if event is None or event.opened_at is None:
            return None
        return credit_sheet([room.fold, *self._others(event)], people, event=event.id, as_of={}, at=now)

    def _credit(self, folds: Sequence[EventFold], event: Event, person: Person, now: datetime) -> CreditText | None:
        from plfacilitate.core.credit import SessionFacts, explain
        from plfacilitate.core.tally import credit_sheet

        sheet = credit_sheet(folds, {person.id: person}, event=event.id, as_of={}, at=now, only=person.id)
        if not sheet.lines or not isinstance(sheet.facts, SessionFacts):
            return None
        line = sheet.lines[0].line
        return CreditText(
            hours=hours_text(line.hundredths),
            status=line.status,
            rule=sheet.office.rule,
            sentence=explain(sheet.facts, line),
            agenda_minutes=line.agenda_minutes,
            minutes=line.minutes,
            reasons=tuple((reason.minutes, reason.text) for reason in line.reasons),
        )

    def _others(self, event: Event) -> Sequence[EventFold]:
        from plfacilitate.steps.events import series
        from plfacilitate.steps.merge import merged_people

        merged = merged_people(self._ledger)
        others = [one.id for one in series(self._ledger, event.series) if one.id != event.id]
        for other in others:
            fold = self._folds.setdefault(other, EventFold(other))
            fold.read_as_one(merged)
            fold.apply(self._ledger.entries(event=other, since=fold.seq))
        return [self._folds[other] for other in others]


def mark_lines(ledger: Ledger, fold: EventFold, event: Event, person: str) -> tuple[MarkLine, ...]:
    """The standing marks in order of time, each with the times it had before."""
    marks = sorted(fold.marks(person), key=lambda mark: (mark.at, mark.entry))
    return tuple(MarkLine(mark, _before(ledger, mark, event)) for mark in marks)


def _before(ledger: Ledger, mark: Mark, event: Event) -> tuple[str, ...]:
    """The times of the versions that this one replaced, the oldest first."""
    times: list[str] = []
    entry = ledger.entry(mark.entry) if mark.corrected else None
    while entry is not None and entry.replaces and len(times) < LONGEST:
        entry = ledger.entry(entry.replaces[0])
        if entry is not None:
            times.append(clock(minute_of(entry.at), event.zone))
    return tuple(reversed(times))
