"""What an agenda is worth under an office's rule, worked out once an event and used for everybody.

Owns the numbers that credit starts from: which minutes count, how many, and what is taken off everybody alike. Never
looks at a person.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from plfacilitate.core.minutes import clock, in_minutes, minute_of
from plfacilitate.core.office import Office
from plfacilitate.core.plan import Event, Plan, Segment, SegmentKind, Session, Span
from plfacilitate.core.reasons import Reason

_ORDER: tuple[SegmentKind, ...] = ("meal", "break", "business", "instruction", "work-time", "protocol")
_MANY = {"meal": "meals", "break": "breaks"}


@dataclass(frozen=True, slots=True)
class Rule:
    """An office's rule together with a plan's, in whole minutes. None = no such limit.

    `share` is the percentage of a session's counted minutes from which it is attended; `void` says why nobody gets
    anything at all, None = they may.
    """

    office: Office
    plan: Plan
    per_hour: int
    step: int
    approved: int
    day_cap: int | None
    share: int | None
    all_sessions: bool
    sessions: int
    void: Reason | None

    @property
    def name(self) -> str:
        """As people cite it: `psesd 2026-1`."""
        return self.office.rule


def rule_of(office: Office, plan: Plan) -> Rule:
    """The rule for an offering."""
    approved = in_minutes(plan.approved_hundredths, office.minutes_per_hour)
    return Rule(
        office=office,
        plan=plan,
        per_hour=office.minutes_per_hour,
        step=max(1, office.round_step_minutes),
        approved=approved,
        day_cap=None if office.day_cap is None else in_minutes(office.day_cap, office.minutes_per_hour),
        share=plan.attended_at_least,
        all_sessions=plan.credit == "all-sessions",
        sessions=len(plan.sessions),
        void=_void(office, plan, approved),
    )


def _void(office: Office, plan: Plan, approved: int) -> Reason | None:
    if approved <= 0:
        return Reason("not-approved", 0, "no clock hours were approved for this")
    offered = min(approved, sum(creditable_minutes(office, session) for session in plan.sessions))
    least = office.offering_minimum_minutes
    if offered < least:
        text = f"{offered} min in all: {office.id} approves nothing under {least} min"
        return Reason("offering-minimum", 0, text)
    return None


def creditable_minutes(office: Office, session: Session) -> int:
    """How many minutes of a session's agenda the office counts."""
    return sum(segment.minutes for segment in session.agenda if segment.kind in office.counts)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one person's presence at one event comes to.

    `minutes` count, none of a session that was not attended; `reasons` explain every other counted minute and hold
    the remarks. `attended` = enough of the session. `waits` = somebody must decide first; `to_come` = not attended so
    far, and the session is not over.
    """

    minutes: int
    reasons: tuple[Reason, ...]
    attended: bool
    waits: bool = False
    to_come: bool = False


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """One event's agenda under a rule. `begin`, `end` and `edges` are minutes from 1970 (UTC).

    Whoever came before `late_from` (aware) was there when counted time began, and whoever left at `ends_at` or later
    stayed to its end.

    Counted minutes grow from `base[i]` at `edges[i]` by one a minute where `counts[i]`, else they stand still.
    `number` is the session's place in the plan, from 1. `held` = it took place: closed, or its end is past.
    `uncounted` is what the rule takes off everybody; `full` is the outcome of whoever was there throughout.
    """

    rule: Rule
    event: str
    session_id: str
    number: int
    title: str
    day: date
    zone: ZoneInfo
    held: bool
    begin: int
    end: int
    late_from: datetime
    ends_at: datetime
    edges: tuple[int, ...]
    base: tuple[int, ...]
    counts: tuple[bool, ...]
    creditable: int
    uncounted: tuple[Reason, ...]
    full: Outcome

    @property
    def agenda_minutes(self) -> int:
        """From the first segment to the last, everything included."""
        return self.end - self.begin

    def before(self, minute: int) -> int:
        """How many counted minutes lie before this one."""
        if minute <= self.begin:
            return 0
        if minute >= self.end:
            return self.creditable
        i = bisect_right(self.edges, minute) - 1
        return self.base[i] + (minute - self.edges[i] if self.counts[i] else 0)


def session_facts(
    office: Office,
    plan: Plan,
    spans: Sequence[Span],
    *,
    event: str,
    session_id: str,
    day: date,
    zone: ZoneInfo,
    held: bool,
) -> SessionFacts:
    """The facts of one event. `spans` is its agenda on its day; it must not be empty."""
    rule = rule_of(office, plan)
    edges = tuple(minute_of(span.starts_at) for span in spans)
    counts = tuple(span.segment.kind in office.counts for span in spans)
    base, creditable = [], 0
    for span, counted in zip(spans, counts, strict=True):
        base.append(creditable)
        creditable += span.segment.minutes if counted else 0
    ids = [session.id for session in plan.sessions]
    return SessionFacts(
        rule=rule,
        event=event,
        session_id=session_id,
        number=ids.index(session_id) + 1,
        title=plan.sessions[ids.index(session_id)].title,
        day=day,
        zone=zone,
        held=held,
        begin=edges[0],
        end=minute_of(spans[-1].ends_at),
        late_from=spans[0].starts_at + timedelta(minutes=1),
        ends_at=spans[-1].ends_at,
        edges=edges,
        base=tuple(base),
        counts=counts,
        creditable=creditable,
        uncounted=_uncounted(office, spans, zone),
        full=Outcome(creditable, (), attended=True),
    )


def event_facts(event: Event, *, held: bool) -> SessionFacts:
    """The facts of an event of the ledger, by the snapshots that count for it."""
    return session_facts(
        Office.from_json(event.office),
        event.plan,
        event.spans,
        event=event.id,
        session_id=event.session_id,
        day=event.day,
        zone=event.zone,
        held=held,
    )


def planned_off(office: Office, session: Session) -> tuple[Reason, ...]:
    """What the rule will take off everybody at a session that has no day yet."""
    return _off(office, [(segment, "") for segment in session.agenda])


def _uncounted(office: Office, spans: Iterable[Span], zone: ZoneInfo) -> tuple[Reason, ...]:
    return _off(office, [(span.segment, _times(span, zone)) for span in spans])


def _times(span: Span, zone: ZoneInfo) -> str:
    return f"{clock(minute_of(span.starts_at), zone)}–{clock(minute_of(span.ends_at), zone)}"


def _off(office: Office, parts: Sequence[tuple[Segment, str]]) -> tuple[Reason, ...]:
    reasons = []
    for kind in _ORDER:
        group = [(segment, times) for segment, times in parts if segment.kind == kind]
        if not group or kind in office.counts:
            continue
        name = _name(kind, [segment for segment, _ in group])
        times = " and ".join(times for _, times in group if times)
        text = f"{name} {times} {'does' if len(group) == 1 else 'do'} not count" if times else name
        reasons.append(Reason(kind, sum(segment.minutes for segment, _ in group), text, name))
    return tuple(reasons)


def _name(kind: str, segments: Sequence[Segment]) -> str:
    if kind == "meal" and all("lunch" in segment.title.casefold() for segment in segments):
        return "lunch"
    return kind if len(segments) == 1 else _MANY.get(kind, kind)
