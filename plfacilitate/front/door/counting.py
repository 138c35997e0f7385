"""A person's hours as their own pages say them: figures, why minutes did not count, where they stand in the series.

Owns the attendee's words for a line of credit. Never computes a minute: that is `core.credit`.
"""

from __future__ import annotations

from dataclasses import dataclass

from plfacilitate.core.line import Line, Standing
from plfacilitate.core.minutes import hours_text
from plfacilitate.core.text import plain
from plfacilitate.front.door.languages import mark
from plfacilitate.front.door.pages import Pages, long_day
from plfacilitate.front.door.words import REASONS

_REMARKED = frozenset({"series-incomplete", "missed-session"})  # said by what stands beside the figure


@dataclass(frozen=True, slots=True)
class Count:
    """One line, ready to be shown. `reasons` are (why, minutes, whether it is said in the language of the pages).

    0 minutes is a remark. "" = nothing to say.
    """

    hours: str
    minutes: int
    agenda: int
    reasons: tuple[tuple[str, int, bool], ...]
    standing: str
    waits: str


def count_of(pages: Pages, line: Line) -> Count:
    """The line in the words of these pages. The figure is what the minutes give by the rule, if no wish lowers it."""
    reasons = tuple(
        (pages.say(REASONS[one.code]) if one.code in REASONS else plain(one.text), one.minutes, one.code in REASONS)
        for one in line.reasons
        if one.code not in _REMARKED
    )
    figure = line.hundredths if line.status != "none" else line.eligible
    return Count(
        hours_text(figure),
        line.minutes,
        line.agenda_minutes,
        reasons,
        standing(pages, line.standing),
        _waits(pages, line),
    )


def _waits(pages: Pages, line: Line) -> str:
    codes = {reason.code for reason in line.reasons}
    if codes & _REMARKED:
        return pages.say(mark("They count once all sessions of the series are attended."))
    if codes & {"doubtful", "doubtful-person", "no-sign-out"}:
        return pages.say(mark("The facilitator still has to decide something about your times."))
    return ""


def standing(pages: Pages, one: Standing | None) -> str:
    """Where somebody stands, as in `3 of 5 sessions attended`."""
    if one is None:
        return ""
    said = [
        pages.say(mark("%(attended)s of %(sessions)s sessions attended."), attended=one.attended, sessions=one.sessions)
    ]
    if one.missed:
        numbers = ", ".join(map(str, one.missed))
        said.append(pages.say(mark("Missed: session %(numbers)s."), numbers=numbers))
    said += [
        pages.say(mark("Session %(number)s can be made up on %(day)s."), number=number, day=long_day(day, pages.speech))
        for number, day in one.make_ups
    ]
    if one.all_sessions and not one.missed and not one.make_ups and not one.complete:
        said.append(pages.say(mark("On course.")))
    return " ".join(said)
