"""What credit hands out: a line with its reasons, and where a person stands in a series.

Owns the values and the last step that a session and a series share: rounding down, what was asked for, the status.
Never looks at presence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from plfacilitate.core.agenda import Rule
from plfacilitate.core.minutes import day_text, hours_text, in_hundredths, in_minutes
from plfacilitate.core.plan import Choice
from plfacilitate.core.reasons import Reason

Status = Literal["earned", "pending", "none"]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands in a series. `missed` and `make_ups` hold the numbers of sessions, from 1.

    `make_ups` are missed sessions for which an event is still to come, with its day; they are not in `missed`.
    """

    sessions: int
    attended: int
    all_sessions: bool
    missed: tuple[int, ...] = ()
    make_ups: tuple[tuple[int, date], ...] = ()

    @property
    def complete(self) -> bool:
        """Every session of the plan was attended."""
        return self.attended == self.sessions

    @property
    def text(self) -> str:
        """As a person reads it: `3 of 5 sessions, on course`."""
        if self.complete:
            return f"all {self.sessions} sessions"
        count = f"{self.attended} of {self.sessions} sessions"
        if not self.all_sessions:
            return count
        parts = [self.missed_text] if self.missed else []
        parts += [f"missed session {number}: to be made up on {day_text(day)}" for number, day in self.make_ups]
        return "; ".join([count, *parts]) if parts else f"{count}, on course"

    @property
    def missed_text(self) -> str:
        """What was missed for good unless a make-up session is held; "" = nothing."""
        if not self.missed:
            return ""
        numbers = [str(number) for number in self.missed]
        if len(numbers) == 1:
            return f"missed session {numbers[0]}: no credit without a make-up session"
        return f"missed sessions {', '.join(numbers[:-1])} and {numbers[-1]}: no credit without make-up sessions"


@dataclass(frozen=True, slots=True)
class Line:
    """One person's credit for a session or a series.

    `agenda_minutes` minus the minutes of all reasons is `minutes`, always. `hundredths` of an hour is what the person
    gets (status `earned`), or would get as things stand (`pending`); 0 where the status is `none`. `eligible` is the
    same by the rule alone, before a wish for fewer hours and before what voids the whole line. `standing` is None
    where there is no series. `short` are the minutes of a series that were missed for good of all that could be earned.
    """

    person: str
    minutes: int
    hundredths: int
    status: Status
    reasons: tuple[Reason, ...]
    agenda_minutes: int
    eligible: int
    standing: Standing | None = None
    short: int = 0

    @property
    def hours(self) -> float:
        """The hours as a JSON number, made from the whole hundredths."""
        return self.hundredths / 100


def rounding(rule: Rule, minutes: int, hundredths: int, how: str = "") -> Reason | None:
    """The remark about what rounding down dropped, None = nothing."""
    if minutes * 100 == hundredths * rule.per_hour:
        return None
    return Reason("rounding", 0, f"{minutes} min rounded down to {hours_text(hundredths)} h{how}")


def stepped(rule: Rule, asked: int) -> int:
    """Hundredths that somebody asked for, rounded down to the office's step; never below 0."""
    return in_hundredths(in_minutes(max(0, asked), rule.per_hour), rule.per_hour, rule.step)


def fewer(asked: int, eligible: int, given: int) -> Reason:
    """The remark about a wish for fewer hours than the rule gives, and what the office's step makes of it."""
    text = f"asked for {hours_text(max(0, asked))} h, fewer than the {hours_text(eligible)} h earned"
    down = "" if given == max(0, asked) else f": rounded down to {hours_text(given)} h"
    return Reason("requested", 0, f"{text}{down}")


def over_day(rule: Rule, minutes: int) -> Reason | None:
    """What one day's minutes are over the office's limit a day, None = nothing."""
    if rule.day_cap is None or minutes <= rule.day_cap:
        return None
    text = f"{rule.office.id} counts no more than {rule.day_cap} min in a day"
    return Reason("day-cap", minutes - rule.day_cap, text, "day's limit")


def over_approved(rule: Rule, minutes: int) -> Reason | None:
    """What all minutes are over the approval, None = nothing."""
    if minutes <= rule.approved:
        return None
    text = f"no more than {hours_text(rule.plan.approved_hundredths)} h were approved"
    return Reason("cap", minutes - rule.approved, text, "over the approved hours")


def incomplete(rule: Rule, standing: Standing | None) -> Reason:
    """Why an all-sessions line waits."""
    text = f"counts once all {rule.sessions} sessions are attended"
    return Reason("series-incomplete", 0, f"{text}: {standing.text}" if standing else text)


def voids(rule: Rule, choice: Choice | None, *, presenter_alone: bool) -> list[Reason]:
    """What takes the whole line out of the clock-hour table."""
    found = [] if rule.void is None else [rule.void]
    if choice == "quarter-credits" and choice in rule.plan.choice:
        text = "takes quarter credits: not in the clock-hour table, on the list for the university"
        found.append(Reason("takes-credits", 0, text))
    if presenter_alone:
        found.append(Reason("presenter-alone", 0, "presented, and no participant was there: no hours for presenters"))
    return found


def too_little(rule: Rule, minutes: int) -> Reason | None:
    """The office's least for one person, None = it has none or this is enough."""
    least = rule.office.person_minimum
    if not least or not 0 < minutes < least:
        return None
    return Reason("person-minimum", 0, f"{minutes} min: {rule.office.id} gives nobody hours for less than {least} min")


def status_of(hundredths: int, *, void: Sequence[Reason], waits: bool) -> Status:
    """What the line is worth: void beats waiting, waiting beats an amount."""
    if void:
        return "none"
    if waits:
        return "pending"
    return "earned" if hundredths else "none"
