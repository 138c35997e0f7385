"""What an agenda is worth under an office's rule, worked out once an event and used for everybody.

Owns the numbers that credit starts from: which minutes count, how many, and what is taken off everybody alike. Never
looks at a person.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from plfacilitate.core.keeping.run import Run
from plfacilitate.core.keeping.went import PAUSED, Part, planned, went
from plfacilitate.core.minutes import clock, in_minutes, minute_of, moment_of
from plfacilitate.core.office import Office
from plfacilitate.core.plan import Event, Plan, Session, Span
from plfacilitate.core.reasons import Reason

_ORDER = ("meal", "break", "business", "instruction", "work-time", "protocol", PAUSED)
_MANY = {"meal": "meals", "break": "breaks", PAUSED: "pauses"}
_ANY_DAY, _ANY_ZONE = date(2000, 1, 1), ZoneInfo("UTC")  # for a session that has no day yet


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
    `uncounted` is what the rule takes off everybody, with what is to be said to everybody; `full` is the outcome of
    whoever was there throughout. `as_it_went` = the minutes are those of the day, not the approved ones.
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
    as_it_went: bool = False

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
    run: Run | None = None,
) -> SessionFacts:
    """The facts of one event. `spans` is its agenda on its day; it must not be empty. `run` is how it went."""
    rule = rule_of(office, plan)
    parts, remarks = _agenda(office, run or Run(tuple(spans)), zone)
    edges = tuple(minute_of(part.starts_at) for part in parts)
    counts = tuple(part.kind in office.counts for part in parts)
    base, creditable = [], 0
    for part, counted in zip(parts, counts, strict=True):
        base.append(creditable)
        creditable += _minutes(part) if counted else 0
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
        end=minute_of(parts[-1].ends_at),
        late_from=moment_of(edges[0] + 1),
        ends_at=moment_of(minute_of(parts[-1].ends_at)),
        edges=edges,
        base=tuple(base),
        counts=counts,
        creditable=creditable,
        uncounted=(*_off(office, [(part, _times(part, zone)) for part in parts]), *remarks),
        full=Outcome(creditable, (), attended=True),
        as_it_went=any(reason.code == "as-it-went" for reason in remarks),
    )


def _agenda(office: Office, run: Run, zone: ZoneInfo) -> tuple[tuple[Part, ...], tuple[Reason, ...]]:
    """The agenda that counts under the office's rule, and what is to be said of it."""
    approved = planned(run)
    if office.agenda == "approved":
        return approved, ()
    parts = went(run)
    if not parts or minute_of(parts[-1].ends_at) <= minute_of(parts[0].starts_at):
        text = "nobody kept the agenda at the desk: the approved minutes count"
        return approved, (Reason("not-kept", 0, text, "agenda not kept"),)
    text = f"minutes as the agenda went; approved were {_times_of(approved, zone)}"
    said = [Reason("as-it-went", 0, text, "agenda as it went")]
    if run.ended_at is None and run.current is not None:
        since = clock(minute_of(run.current.began), zone)
        said.append(Reason("end-not-said", 0, f"after {since} nobody said how it went on: as it was meant then", since))
    return parts, tuple(said)


def _minutes(part: Part) -> int:
    return minute_of(part.ends_at) - minute_of(part.starts_at)


def event_facts(event: Event, *, held: bool, run: Run | None = None) -> SessionFacts:
    """The facts of an event of the ledger, by the snapshots that count for it; `run` is how its agenda went."""
    return session_facts(
        Office.from_json(event.office),
        event.plan,
        event.spans,
        event=event.id,
        session_id=event.session_id,
        day=event.day,
        zone=event.zone,
        held=held,
        run=run,
    )


def planned_off(office: Office, session: Session) -> tuple[Reason, ...]:
    """What the rule will take off everybody at a session that has no day yet."""
    parts = planned(Run(session.spans(_ANY_DAY, _ANY_ZONE)))
    return _off(office, [(part, "") for part in parts])


def _times(part: Part, zone: ZoneInfo) -> str:
    return _times_of((part,), zone)


def _times_of(parts: Sequence[Part], zone: ZoneInfo) -> str:
    return f"{clock(minute_of(parts[0].starts_at), zone)}–{clock(minute_of(parts[-1].ends_at), zone)}"


def _off(office: Office, parts: Sequence[tuple[Part, str]]) -> tuple[Reason, ...]:
    reasons = []
    for kind in _ORDER:
        group = [(part, times) for part, times in parts if part.kind == kind and _minutes(part)]
        if not group or kind in office.counts:
            continue
        name = _name(kind, [part.title for part, _ in group])
        times = " and ".join(times for _, times in group if times)
        text = f"{name} {times} {'does' if len(group) == 1 else 'do'} not count" if times else name
        reasons.append(Reason(kind, sum(_minutes(part) for part, _ in group), text, name))
    return tuple(reasons)


def _name(kind: str, titles: Sequence[str]) -> str:
    if kind == "meal" and all("lunch" in title.casefold() for title in titles):
        return "lunch"
    return kind if len(titles) == 1 else _MANY.get(kind, kind)
