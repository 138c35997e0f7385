"""Credit: presence and agenda under an office's rule, with a reason for every minute that did not count.

Owns the public functions of credit, for one session here and for a series in `core.series`; the laptop and the office
both call them. Whole minutes and hundredths of an hour only. Never guesses a time, never rounds up, and never knows
what day it is.
"""

from __future__ import annotations

from collections.abc import Mapping

from plfacilitate.core.agenda import (
    Outcome,
    Rule,
    SessionFacts,
    creditable_minutes,
    event_facts,
    rule_of,
    session_facts,
)
from plfacilitate.core.attended import ABSENT, outcome, without_participants
from plfacilitate.core.explain import explain, explained
from plfacilitate.core.line import (
    Line,
    Standing,
    Status,
    fewer,
    incomplete,
    over_approved,
    over_day,
    rounding,
    status_of,
    stepped,
    too_little,
    voids,
)
from plfacilitate.core.minutes import in_hundredths
from plfacilitate.core.overlap import overlap
from plfacilitate.core.plan import Choice, Plan
from plfacilitate.core.presence import Presence
from plfacilitate.core.reasons import CODES, Reason
from plfacilitate.core.series import SeriesFacts, better, series_facts, standing_of
from plfacilitate.core.sums import add_up, asked
from plfacilitate.core.text import fold

__all__ = [
    "ABSENT",
    "CODES",
    "Line",
    "Reason",
    "Rule",
    "SeriesFacts",
    "SessionFacts",
    "Standing",
    "Status",
    "creditable_minutes",
    "event_facts",
    "explain",
    "explain_series",
    "overlap",
    "presenters_alone",
    "rule_of",
    "series_facts",
    "series_line",
    "session_facts",
    "session_line",
]


def session_line(
    facts: SessionFacts,
    presence: Presence,
    *,
    person: str,
    requested: int | None = None,
    choice: Choice | None = None,
    held_reasons: tuple[Reason, ...] = (),
    remarks: tuple[Reason, ...] = (),
    presenter_alone: bool = False,
    standing: Standing | None = None,
) -> Line:
    """One person's line for one event.

    `requested` = hundredths asked for, None = all that was earned. `held_reasons` are doubts known elsewhere that make
    the line wait, `remarks` such that don't; both take no minutes. `standing` comes from the person's series line; with
    `all-sessions` the line waits until it says that all sessions were attended.
    """
    rule = facts.rule
    found = outcome(facts, presence)
    reasons = [*facts.uncounted, *found.reasons]
    minutes = found.minutes
    for over in (over_day, over_approved):
        if reason := over(rule, minutes):
            reasons.append(reason)
            minutes -= reason.minutes
    eligible, remark = _rounded(rule, minutes)
    if remark:
        reasons.append(remark)
    hundredths = eligible
    if requested is not None and stepped(rule, requested) < eligible:
        hundredths = stepped(rule, requested)
        reasons.append(fewer(requested, eligible, hundredths))
    void = voids(rule, choice, presenter_alone=presenter_alone)
    waiting = list(held_reasons)
    if rule.all_sessions and rule.sessions > 1 and minutes and not (standing and standing.complete):
        waiting.append(incomplete(rule, standing))
    status = status_of(hundredths, void=void, waits=found.waits or found.to_come or bool(waiting))
    return Line(
        person=person,
        minutes=minutes,
        hundredths=0 if status == "none" else hundredths,
        status=status,
        reasons=(*reasons, *void, *waiting, *remarks),
        agenda_minutes=facts.agenda_minutes,
        eligible=eligible,
        standing=standing,
    )


def _rounded(rule: Rule, minutes: int) -> tuple[int, Reason | None]:
    """A session's hundredths, and what there is to say about them."""
    hundredths = in_hundredths(minutes, rule.per_hour, rule.step)
    if rule.sessions == 1:
        least = too_little(rule, minutes)
        return (0, least) if least else (hundredths, rounding(rule, minutes, hundredths))
    whole = rule.office.round == "total"
    how = " here; the series is rounded as a whole" if whole else ""
    return hundredths, rounding(rule, minutes, hundredths, how)


def series_line(
    series: SeriesFacts,
    presences: Mapping[str, Presence],
    *,
    person: str,
    requested: Mapping[str, int] | None = None,
    choice: Choice | None = None,
    held_reasons: tuple[Reason, ...] = (),
    remarks: tuple[Reason, ...] = (),
    alone: frozenset[str] = frozenset(),
) -> Line:
    """One person's line for a whole series, with the standing that their session lines want.

    `presences` and `requested` (hundredths asked for) go by event id: an event that is not in them was not attended,
    and nothing less was asked for. `alone` are the events that this person presented without any participant: these count
    nothing for them, and where there was no other, the line is none. Everything else as in `session_line`.
    """
    rule = series.rule
    always_alone = bool(alone) and all(one in alone for one, presence in presences.items() if presence.stays)
    outcomes = _outcomes(series, presences, frozenset() if always_alone else alone)
    chosen = [better(outcomes, places) for places in series.by_session]
    standing = standing_of(series, outcomes, chosen)
    sums = add_up(series, outcomes, chosen, presences)
    hundredths = sums.hundredths(sums.present)
    least = too_little(rule, sums.total)
    eligible = 0 if least else hundredths
    remark = least or rounding(rule, sums.total, eligible, _HOW[rule.office.round])
    reasons = [*sums.reasons, remark] if remark else sums.reasons
    wishes: list[Reason] = []
    if requested:
        present, wishes = asked(sums, outcomes, requested)
        hundredths = sums.hundredths(present)
    void = voids(rule, choice, presenter_alone=always_alone)
    if sums.short and any(reason.code == "takes-credits" for reason in void):
        void.append(Reason("credits-short", 0, f"{sums.short} min short of the whole: a person decides"))
    waiting = list(held_reasons)
    if rule.all_sessions and standing.missed:
        void.append(Reason("missed-session", 0, standing.missed_text))
    elif rule.all_sessions and not standing.complete:
        waiting.append(incomplete(rule, standing))
    hundredths = min(eligible, hundredths)
    waits = sums.waits or bool(waiting) or (not hundredths and sums.to_come > 0)
    status = status_of(hundredths, void=void, waits=waits)
    return Line(
        person=person,
        minutes=sums.total,
        hundredths=0 if status == "none" else hundredths,
        status=status,
        reasons=(*reasons, *wishes, *void, *waiting, *remarks),
        agenda_minutes=sums.agenda_minutes,
        eligible=eligible,
        standing=standing,
        short=sums.short,
    )


def _outcomes(series: SeriesFacts, presences: Mapping[str, Presence], alone: frozenset[str]) -> list[Outcome]:
    """What a person's presence at each event comes to."""
    found = []
    for facts, where in zip(series.events, series.labels, strict=True):
        one = outcome(facts, presences.get(facts.event, ABSENT), where)
        found.append(without_participants(facts, one, where) if facts.event in alone else one)
    return found


_HOW = {"total": "", "day": ", each day by itself", "session": ", each session by itself"}


def explain_series(series: SeriesFacts, line: Line) -> str:
    """The line of a whole series, from all agendas' minutes to the hours."""
    return explained(series.rule, line, f"{series.rule.sessions} sessions = {line.agenda_minutes} min")


def presenters_alone(plan: Plan, present: Mapping[str, str]) -> frozenset[str]:
    """The ids of presenters who were there without any participant. `present` = id → name as one says it."""
    names = {fold(presenter.name) for presenter in plan.presenters}
    alone = all(fold(name) in names for name in present.values())
    return frozenset(present) if alone else frozenset()
