"""A line of credit as one sentence of figures.

Owns the wording of the explanation. Never computes anything that the line does not hold.
"""

from __future__ import annotations

from plfacilitate.core.agenda import Rule, SessionFacts
from plfacilitate.core.keeping.went import PAUSED
from plfacilitate.core.line import Line
from plfacilitate.core.minutes import clock, hours_text, length
from plfacilitate.core.plan import SEGMENT_KINDS

_OFF = frozenset[str]((*SEGMENT_KINDS, PAUSED))  # codes of what the rule takes off everybody
_SAID = frozenset({"rounding", "series-incomplete", "missed-session"})  # the figures and the standing say these


def explain(facts: SessionFacts, line: Line) -> str:
    """The line of one session, from the agenda's minutes to the hours, with times as the room's clock shows them."""
    begin, end = clock(facts.begin, facts.zone), clock(facts.end, facts.zone)
    agenda = "agenda as it went" if facts.as_it_went else "agenda"
    return explained(facts.rule, line, f"{agenda} {begin}–{end} = {line.agenda_minutes} min")


def explained(rule: Rule, line: Line, start: str) -> str:
    """Any line, from a start that says where its minutes come from and ends in `min`."""
    parts = [start]
    left = line.agenda_minutes
    for off in (True, False):
        group = [reason for reason in line.reasons if reason.minutes and (reason.code in _OFF) is off]
        if group:
            left -= sum(reason.minutes for reason in group)
            named = ", ".join(f"{reason.short or reason.text} −{reason.minutes}" for reason in group)
            parts.append(f"{named} → {left}")
    if len(parts) > 1:
        parts[-1] += " min"
    if left >= 60:
        parts[-1] += f" = {length(left)}"
    parts[-1] += f" → {hours_text(line.hundredths)} h under {rule.name}"
    parts += [reason.text for reason in line.reasons if not reason.minutes and reason.code not in _SAID]
    if line.standing is not None:
        parts.append(line.standing.text)
    return "; ".join(parts) + "."
