"""Sessions added up to a series: minutes, reasons by session, limits of a day and of the approval, hours.

Owns the sum and its law: the agendas' minutes minus those of all reasons are the minutes that count. Every limit is a
least of amounts that shrink when presence shrinks, so that the sum does too. Never decides what a line is worth
(`core.credit`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from plfacilitate.core import reasons as say
from plfacilitate.core.agenda import Outcome, SessionFacts
from plfacilitate.core.line import over_approved
from plfacilitate.core.minutes import day_text, hours_text, in_hundredths, in_minutes
from plfacilitate.core.overlap import counted_stretches, minutes_in
from plfacilitate.core.presence import Presence
from plfacilitate.core.reasons import Reason
from plfacilitate.core.series import SeriesFacts, label, uncounted


@dataclass(slots=True)
class Sums:
    """What a person's sessions add up to. Lists go by the session's place in the plan.

    `present` are the counted minutes of attended sessions. `at_most` is their number where sessions run at the same
    time and a minute counts once, None = they don't. `total` is within all limits. `to_come` are counted minutes of
    sessions that may still be attended.
    """

    series: SeriesFacts
    reasons: list[Reason]
    present: list[int] = field(default_factory=list)
    at_most: int | None = None
    total: int = 0
    agenda_minutes: int = 0
    counted_minutes: int = 0
    to_come: int = 0
    waits: bool = False

    @property
    def short(self) -> int:
        """The minutes missed for good of all that could be earned."""
        return max(0, min(self.counted_minutes, self.series.rule.approved) - self.total - self.to_come)

    def hundredths(self, present: Sequence[int]) -> int:
        """The hours of so many minutes a session, rounded as the office does."""
        rule = self.series.rule
        days = self.by_day(present)
        minutes = min(sum(days), rule.approved)
        if self.at_most is not None:
            minutes = min(minutes, self.at_most)
        whole = in_hundredths(minutes, rule.per_hour, rule.step)
        if rule.office.round == "total":
            return whole
        units = present if rule.office.round == "session" else days
        return min(whole, sum(in_hundredths(amount, rule.per_hour, rule.step) for amount in units))

    def by_day(self, present: Sequence[int]) -> Sequence[int]:
        """The minutes of each day within the office's limit a day. A make-up counts on the day that it makes up for."""
        rule = self.series.rule
        if rule.day_cap is None and rule.office.round != "day":
            return present
        days: dict[date | None, int] = {}
        for place, amount in zip(self.series.first, present, strict=True):
            day = None if place is None else self.series.events[place].day
            days[day] = days.get(day, 0) + amount
        limit = rule.day_cap
        return list(days.values()) if limit is None else [min(amount, limit) for amount in days.values()]

    def reason(self, number: int, code: str, minutes: int, text: str, short: str = "") -> Reason:
        """A session's reason, with the session's number where there are several."""
        return say.reason(code, minutes, text, short, label(number, len(self.series.by_session)))


def add_up(
    series: SeriesFacts,
    outcomes: Sequence[Outcome],
    chosen: Sequence[int | None],
    presences: Mapping[str, Presence],
) -> Sums:
    """The sums of one person's sessions."""
    usual = tuple(chosen) == series.first
    sums = Sums(series, list(series.uncounted if usual else uncounted(series, chosen)))
    for number, place in enumerate(chosen):
        if place is None:
            _add_planned(sums, number)
            continue
        facts, found = series.events[place], outcomes[place]
        sums.agenda_minutes += facts.agenda_minutes
        sums.counted_minutes += facts.creditable
        sums.present.append(found.minutes)
        if found is not facts.full:
            sums.reasons += found.reasons
            sums.waits = sums.waits or found.waits
            if found.to_come:
                sums.to_come += facts.creditable
        if len(series.by_session[number]) > 1:
            _add_make_up(sums, number, facts, found, outcomes)
    if series.concurrent:
        sums.at_most = minutes_in(
            stretch
            for facts, found in zip(series.events, outcomes, strict=True)
            if found.minutes
            for stretch in counted_stretches(facts, presences[facts.event])
        )
    _limit(sums)
    return sums


def _add_planned(sums: Sums, number: int) -> None:
    agenda_minutes, counted = sums.series.planned[number]
    sums.agenda_minutes += agenda_minutes
    sums.counted_minutes += counted
    sums.to_come += counted
    sums.present.append(0)
    if counted:
        sums.reasons.append(sums.reason(number, "to-come", counted, "not scheduled yet", "to come"))


def _add_make_up(sums: Sums, number: int, facts: SessionFacts, found: Outcome, outcomes: Sequence[Outcome]) -> None:
    """What else there is to a session with several events: the one that counts may still be bettered by another."""
    places = sums.series.by_session[number]
    if found.minutes < facts.creditable:
        sums.waits = sums.waits or any(outcomes[place].waits for place in places)
        if not found.to_come and any(outcomes[place].to_come for place in places):
            sums.to_come += facts.creditable - found.minutes
    if found.minutes and facts is not sums.series.events[places[0]]:
        text = f"counts by the make-up session on {day_text(facts.day)}"
        sums.reasons.append(sums.reason(number, "make-up", 0, text))


def _limit(sums: Sums) -> None:
    rule = sums.series.rule
    sums.total = sum(sums.present)
    if sums.at_most is not None and (double := sums.total - sums.at_most) > 0:
        text = f"{double} min in two sessions at the same time: they count once"
        sums.reasons.append(Reason("overlap", double, text, "two at once"))
        sums.total -= double
    if rule.day_cap is not None and (over := sums.total - sum(sums.by_day(sums.present))) > 0:
        text = f"{rule.office.id} counts no more than {rule.day_cap} min in a day"
        sums.reasons.append(Reason("day-cap", over, text, "day's limit"))
        sums.total -= over
    if cap := over_approved(rule, sums.total):
        sums.reasons.append(cap)
        sums.total -= cap.minutes


def asked(sums: Sums, outcomes: Sequence[Outcome], requested: Mapping[str, int]) -> tuple[list[int], list[Reason]]:
    """The minutes of each session within what was asked for at its events, and the remarks.

    Of several events of a session the one counts that gives most after the wish.
    """
    series = sums.series
    limits = {event: max(0, in_minutes(wish, series.rule.per_hour)) for event, wish in requested.items()}
    present, wishes = list(sums.present), []
    for number, places in enumerate(series.by_session):
        within = [
            min(outcomes[place].minutes, limits.get(series.events[place].event, outcomes[place].minutes))
            for place in places
        ]
        if within and max(within) < present[number]:
            text = f"asked for {hours_text(_most(series, places, requested))} h of {present[number]} min"
            wishes.append(sums.reason(number, "requested", 0, text))
            present[number] = max(within)
    return present, wishes


def _most(series: SeriesFacts, places: Sequence[int], requested: Mapping[str, int]) -> int:
    events = [series.events[place].event for place in places]
    return max(0, *(requested[event] for event in events if event in requested))
