"""A series: the events of an offering, which of them hold which session, and where a person stands in it.

Owns the choice among several events of one session (a make-up: the better one counts, never both) and the standing.
Never adds up minutes (`core.sums`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from plfacilitate.core.agenda import Outcome, Rule, SessionFacts, creditable_minutes, planned_off, rule_of
from plfacilitate.core.line import Standing
from plfacilitate.core.office import Office
from plfacilitate.core.plan import Plan
from plfacilitate.core.reasons import Reason


@dataclass(frozen=True, slots=True)
class SeriesFacts:
    """A run of an offering: its events in order of time, and which of them hold which session.

    `by_session[n]` lists the places in `events` of the plan's session n (from 0); more than one = make-ups, none =
    not scheduled yet. `planned[n]` are its minutes (agenda, counted) by the plan. `concurrent` = two of the agendas
    overlap. `labels[i]` names the session of event i ("" where there is only one). `uncounted` is what the rule takes off everybody who is at the first event of each session.
    """

    rule: Rule
    events: tuple[SessionFacts, ...]
    labels: tuple[str, ...]
    by_session: tuple[tuple[int, ...], ...]
    planned: tuple[tuple[int, int], ...]
    concurrent: bool
    first: tuple[int | None, ...]
    uncounted: tuple[Reason, ...]


def series_facts(office: Office, plan: Plan, events: Iterable[SessionFacts]) -> SeriesFacts:
    """The facts of a series. `office` and `plan` rule the whole; each event brings its own agenda.

    An event of a session that the plan does not have is passed over.
    """
    ids = [session.id for session in plan.sessions]
    ordered = tuple(
        sorted((facts for facts in events if facts.session_id in ids), key=lambda facts: (facts.begin, facts.event))
    )
    by_session = tuple(
        tuple(place for place, facts in enumerate(ordered) if facts.session_id == session.id)
        for session in plan.sessions
    )
    ends = [max((facts.end for facts in ordered[:i]), default=0) for i in range(len(ordered))]
    series = SeriesFacts(
        rule=rule_of(office, plan),
        events=ordered,
        labels=tuple(label(ids.index(facts.session_id), len(ids)) for facts in ordered),
        by_session=by_session,
        planned=tuple((session.minutes, creditable_minutes(office, session)) for session in plan.sessions),
        concurrent=any(facts.begin < end for facts, end in zip(ordered, ends, strict=True)),
        first=tuple(places[0] if places else None for places in by_session),
        uncounted=(),
    )
    return replace(series, uncounted=uncounted(series, series.first))


def label(number: int, sessions: int) -> str:
    """How a reason names session `number` (from 0) of so many: `session 2`; "" where there is no other."""
    return f"session {number + 1}" if sessions > 1 else ""


def uncounted(series: SeriesFacts, chosen: Sequence[int | None]) -> tuple[Reason, ...]:
    """What the rule takes off everybody, over all sessions, one reason a kind."""
    rule = series.rule
    groups: dict[str, list[Reason]] = {}
    for number, place in enumerate(chosen):
        planned = rule.plan.sessions[number]
        for reason in planned_off(rule.office, planned) if place is None else series.events[place].uncounted:
            groups.setdefault(reason.code, []).append(reason)
    return tuple(
        Reason(code, sum(reason.minutes for reason in group), _in_sessions(group, len(chosen)), group[0].short)
        for code, group in groups.items()
    )


def _in_sessions(group: Sequence[Reason], sessions: int) -> str:
    name = group[0].short
    return (group[0].text or name) if sessions == 1 else f"{name} in {len(group)} of {sessions} sessions"


def better(outcomes: Sequence[Outcome], places: tuple[int, ...]) -> int | None:
    """The event that counts for a session: attended, then more minutes, then one that the person was at, then the first.

    None = not scheduled.
    """
    if len(places) < 2:
        return places[0] if places else None
    return max(
        places,
        key=lambda place: (outcomes[place].attended, outcomes[place].minutes, _was_at(outcomes[place]), -place),
    )


def _was_at(found: Outcome) -> bool:
    """Whether there is more to say of an event than that nobody saw this person there."""
    return not any(reason.code in ("not-there", "to-come") for reason in found.reasons)


def standing_of(series: SeriesFacts, outcomes: Sequence[Outcome], chosen: Sequence[int | None]) -> Standing:
    """Where the person stands. A session with an open question is neither attended nor missed."""
    attended = 0
    missed = []
    make_ups = []
    for number, place in enumerate(chosen):
        if place is None:
            continue
        if outcomes[place].attended:
            attended += 1
            continue
        places = series.by_session[number]
        later = [series.events[other].day for other in places if outcomes[other].to_come]
        if any(outcomes[other].waits for other in places) or len(later) == len(places):
            continue
        if later:
            make_ups.append((number + 1, min(later)))
        else:
            missed.append(number + 1)
    rule = series.rule
    return Standing(rule.sessions, attended, rule.all_sessions, tuple(missed), tuple(make_ups))
