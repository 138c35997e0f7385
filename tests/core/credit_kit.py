"""Plans, offices and presences for the tests of credit, written the way people say them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from plfacilitate.core.credit import SessionFacts, session_facts
from plfacilitate.core.office import Office
from plfacilitate.core.plan import Plan, Segment, SegmentKind, Session
from plfacilitate.core.presence import Mark, Presence, presence

SEATTLE = ZoneInfo("America/Los_Angeles")
DAY = date(2017, 12, 6)

PSESD = Office(
    id="psesd",
    version="2026-1",
    title="Puget Sound Educational Service District",
    counts=("instruction", "work-time", "protocol"),
    minutes_per_hour=60,
    round_step_minutes=30,
    round="total",
    offering_minimum_minutes=60,
    person_minimum=None,
    day_cap=None,
    evaluation="provider",
    sheet_due_days=10,
    transcript_approved=False,
    columns=(),
)
STATE = replace(PSESD, id="wa-state", counts=("instruction", "work-time", "protocol", "break"))

# 8:30–15:45 with lunch and two breaks: 360 counted minutes of 435.
INSTITUTE_DAY: tuple[tuple[int, SegmentKind], ...] = (
    (90, "instruction"),
    (15, "break"),
    (90, "protocol"),
    (45, "meal"),
    (90, "work-time"),
    (15, "break"),
    (90, "instruction"),
)


def session(number: int = 1, *parts: tuple[int, SegmentKind], starts: str = "08:30") -> Session:
    """A session `s1`, `s2`, … of these segments; the Institute's day where none are given."""
    agenda = tuple(
        Segment(minutes, kind, "Lunch" if kind == "meal" else kind.title()) for minutes, kind in parts or INSTITUTE_DAY
    )
    return Session(f"s{number}", f"Session {number}", starts, agenda)


def plan(*sessions: Session, hours: float = 30, **changes: Any) -> Plan:
    """A plan that grants each session by itself; five of the Institute's days where none are given."""
    made = Plan(
        id="institute",
        title="Institute",
        kind="institute",
        office="psesd",
        approved_hundredths=round(hours * 100),
        credit="each-session",
        sessions=sessions or tuple(session(number) for number in range(1, 6)),
    )
    return replace(made, **changes)


def institute(**changes: Any) -> Plan:
    """The Institute: credit only for all five, a session from three quarters of it."""
    return plan(**{
        "credit": "all-sessions", "attended_at_least": 75, "choice": ("clock-hours", "quarter-credits"), **changes,
    })  # fmt: skip


def facts(
    of: Plan,
    number: int = 1,
    *,
    office: Office = PSESD,
    day: date | None = None,
    held: bool = True,
    event: str = "",
    zone: ZoneInfo = SEATTLE,
) -> SessionFacts:
    """The facts of session `number`, a week after the one before it."""
    on = day or DAY + timedelta(weeks=number - 1)
    of_session = of.sessions[number - 1]
    return session_facts(
        office,
        of,
        of_session.spans(on, zone),
        event=event or f"event-{number}",
        session_id=of_session.id,
        day=on,
        zone=zone,
        held=held,
    )


def at(clock: str, day: date = DAY, zone: ZoneInfo = SEATTLE) -> datetime:
    """`8:37` or `8:37:40` of a local day as an aware UTC moment."""
    hour, minute, second = [*map(int, clock.split(":")), 0][:3]
    return datetime.combine(day, time(hour, minute, second), zone).astimezone(UTC)


def mark(clock: str, *, is_in: bool, day: date = DAY, entry: str = "", **more: Any) -> Mark:
    """An in or out at a local time."""
    entry = entry or f"{day}-{clock}-{'in' if is_in else 'out'}"
    return Mark(entry, entry, is_in, at(clock, day), "own-phone", "door", **more)


def here(*times: str, day: date = DAY) -> Presence:
    """A presence from times that are in, out, in, out …; an odd one at the end never signed out."""
    return presence(mark(clock, is_in=place % 2 == 0, day=day) for place, clock in enumerate(times))


def throughout(of: SessionFacts) -> Presence:
    """There from the first minute to the last."""
    return minutes_present(of, 0, of.agenda_minutes)


def minutes_present(of: SessionFacts, *offsets: int) -> Presence:
    """In, out, in, out … at so many minutes after the start of the agenda."""
    start = datetime.fromtimestamp(of.begin * 60, UTC)
    return presence(
        Mark(f"{of.event}-{place}", f"{of.event}-{place}", place % 2 == 0, start + timedelta(minutes=offset),
             "own-phone", "door")
        for place, offset in enumerate(offsets)
    )  # fmt: skip
