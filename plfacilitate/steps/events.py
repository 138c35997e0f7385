"""From a plan to an event: schedule, expect, open, close; and which events there are.

Owns the ids of events and the snapshots that an opening writes. Never looks into a plan file: it is handed in, read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from plfacilitate.core.entry import EVENT_KINDS, Draft, Entry, stable_id
from plfacilitate.core.fold import EventFold
from plfacilitate.core.office import Office
from plfacilitate.core.plan import Event, Plan
from plfacilitate.core.refusal import Refused
from plfacilitate.core.scheduled import event_of
from plfacilitate.core.text import fold as folded
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.evaluation import count_ballots
from plfacilitate.steps.merge import merged_people
from plfacilitate.steps.polls import close_polls
from plfacilitate.steps.popup import count_rounds
from plfacilitate.store.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Schedule:
    """When, where and under which approval a session takes place."""

    session: str
    day: date
    tz: str
    place: str = ""
    in_service: str = ""
    claim_code: str = ""


def series_id(plan: Plan, in_service: str) -> str:
    """The run of an offering: a plan under one in-service number. A repeat is a new offering with a new number."""
    return stable_id("series", plan.id, in_service)


def event_id(plan: Plan, schedule: Schedule) -> str:
    """The same for the same plan, session, date and place, on every laptop."""
    return stable_id("event", plan.id, schedule.session, schedule.day.isoformat(), folded(schedule.place))


def schedule_draft(hand: Hand, plan: Plan, office: Office, schedule: Schedule) -> Draft:
    """The entry that puts a session on a day."""
    session = plan.session(schedule.session)
    if session is None:
        known = ", ".join(one.id for one in plan.sessions)
        raise Refused("session-unknown", plan=plan.id, session=schedule.session, known=known)
    return hand.draft(
        "event-scheduled",
        event=event_id(plan, schedule),
        body={
            "plan": plan.to_json(),
            "office": office.to_json(),
            "session": session.id,
            "series": series_id(plan, schedule.in_service),
            "title": session.title,
            "date": schedule.day.isoformat(),
            "tz": schedule.tz,
            "place": schedule.place,
            "in_service": schedule.in_service,
            "claim_code": schedule.claim_code,
        },
    )


def schedule_event(ledger: Ledger, hand: Hand, plan: Plan, office: Office, schedule: Schedule) -> str:
    """Schedule once: the same call again changes nothing, another approval number corrects the schedule."""
    draft = schedule_draft(hand, plan, office, schedule)
    event = str(draft.event)
    before = list(ledger.entries(event=event, kinds=EVENT_KINDS))
    standing = EventFold(event)
    standing.apply(before)
    current = list(standing.facts("event-scheduled"))
    if current and _same(current[-1], draft):
        return event
    ledger.append_one(hand.draft("event-scheduled", event=event, body=draft.body, replaces=[one.id for one in current]))
    return event


def _same(entry: Entry, draft: Draft) -> bool:
    keys = ("session", "series", "date", "tz", "place", "in_service", "claim_code")
    return all(entry.body.get(key) == draft.body.get(key) for key in keys)


def expect(ledger: Ledger, hand: Hand, event: str, people: Iterable[str], *, page: int = 1000) -> int:
    """Put people on the list of an event; returns how many were not on it."""
    fold = read_kept(ledger, event)
    new = sorted(set(people) - fold.expected)
    pages = [new[start : start + page] for start in range(0, len(new), page)]
    for ids in pages:  # one at a time: a long list must not keep the door waiting
        ledger.append_one(hand.draft("expected", event=event, body={"people": ids}))
    return len(new)


def open_event(ledger: Ledger, hand: Hand, event: Event, plan: Plan, office: Office) -> Event:
    """Open the doors; the plan and the rule as they are now are written down and count from here on."""
    if event.closed_at is not None:
        raise Refused("event-closed", title=event.title, time=local_time(event, event.closed_at))
    if event.opened_at is not None:
        raise Refused("event-open-already", title=event.title)
    body = {"plan": plan.to_json(), "office": office.to_json()}
    ledger.append_one(hand.draft("event-opened", event=event.id, body=body))
    return read_event(ledger, event.id)


def close_event(ledger: Ledger, hand: Hand, event: Event) -> Event:
    """Nobody signs in any more, and the ballots are counted. Closing twice is refused in one sentence."""
    if event.closed_at is not None:
        raise Refused("event-closed", title=event.title, time=local_time(event, event.closed_at))
    ledger.append_one(hand.draft("event-closed", event=event.id))
    with suppress(Refused):  # a box that can't be read now is counted when the door ends
        empty_box(ledger, hand, event)
    return read_event(ledger, event.id)


def empty_box(ledger: Ledger, hand: Hand, event: Event) -> None:
    """Everything that lies in the ballot box for an event is counted, and what is still asked is closed."""
    count_ballots(ledger, hand, event)
    count_rounds(ledger, hand, event.id)
    close_polls(ledger, hand, event.id)


def reopen_event(ledger: Ledger, hand: Hand, event: Event, reason: str) -> Event:
    """Closed by mistake; says why. Refused: `reason-missing`, `nothing-to-reopen`, `event-cleared`."""
    if not reason.strip():
        raise Refused("reason-missing")
    if event.closed_at is None:
        raise Refused("nothing-to-reopen", title=event.title)
    read_kept(ledger, event.id)
    ledger.append_one(hand.draft("event-reopened", event=event.id, body={"reason": reason.strip()}))
    return read_event(ledger, event.id)


def local_time(event: Event, moment: datetime) -> str:
    """A moment as the clock on the wall of the event shows it, `15:45`."""
    return moment.astimezone(event.zone).strftime("%H:%M")


# -- reading ---------------------------------------------------------------------------------------------------------


def read_fold(ledger: Ledger, event: str) -> EventFold:
    """The whole event as it stands."""
    fold = EventFold(event)
    fold.read_as_one(merged_people(ledger))
    fold.apply(ledger.entries(event=event))
    return fold


def read_kept(ledger: Ledger, event: str) -> EventFold:
    """The whole event, to reckon or change it. Refused: `event-cleared` where its hours are not here any more."""
    fold = read_fold(ledger, event)
    check_kept(fold)
    return fold


def check_kept(fold: EventFold) -> None:
    """Refused: `event-cleared` where hours of this event were cleared: it looks empty, and was not."""
    if fold.cleared is not None and fold.event is not None:
        raise fold.cleared.refused(fold.event.title, fold.event.zone)


def read_event(ledger: Ledger, event: str) -> Event:
    """The event of that id; Refused("event-unknown") where there is none."""
    found = event_of(list(ledger.entries(event=event, kinds=EVENT_KINDS)))
    if found is None:
        raise Refused("event-unknown", event=event)
    return found


def events(ledger: Ledger) -> list[Event]:
    """All events, the earliest first."""
    groups: dict[str, list[Entry]] = {}
    for entry in ledger.entries(kinds=EVENT_KINDS):
        if entry.event is not None:
            groups.setdefault(entry.event, []).append(entry)
    found = [event for group in groups.values() if (event := event_of(group)) is not None]
    return sorted(found, key=lambda event: (event.day, event.session.starts, event.title, event.id))


def series(ledger: Ledger, name: str) -> list[Event]:
    """The events of a series, named by its id, its plan's id or its in-service number; [] where there is none."""
    return [event for event in events(ledger) if name and name in (event.series, event.plan.id, event.in_service)]


def find_event(ledger: Ledger, name: str) -> Event:
    """An event by its id or the beginning of it (at least 4 letters, only one fits)."""
    found = [event for event in events(ledger) if event.id == name or (len(name) >= 4 and event.id.startswith(name))]
    if len(found) != 1:
        raise Refused("event-unknown", event=name)
    return found[0]


def still_in(fold: EventFold) -> Sequence[str]:
    """The people who are in the room now."""
    return sorted(person for person in fold.persons() if fold.presence(person).is_in)
