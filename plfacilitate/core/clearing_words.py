"""What a preview of clearing says, at the command line and at the desk.

Owns the sentences of one event that goes or stays. Never decides which (`core.clearing`).
"""

from __future__ import annotations

from collections.abc import Mapping

from plfacilitate.core.clearing import Held, Verdict
from plfacilitate.core.minutes import day_text
from plfacilitate.core.report.words import count
from plfacilitate.core.text import plain

FOR_GOOD = "Cleared is for good on this laptop. The office keeps what it has, and so do backups and other laptops."
OLD_COPY = "If the office's register is ever put back from an older copy, this laptop can't send these hours again."


def which(held: Held) -> str:
    """Day, title and place of an event: `Wed 6 Dec 2023  Student ownership, Renton`."""
    event = held.event
    place = f", {event.place}" if event.place else ""
    return plain(f"{day_text(event.day)} {event.day.year}  {event.title}{place}")


def handed(held: Held) -> str:
    """When it was handed over, and what the office said: `handed over Thu 7 Dec 2023, receipt 1a2b3c4d`."""
    if held.handed_at is None:
        return "not handed over"
    day = held.handed_at.astimezone(held.event.zone).date()
    answer = f"receipt {plain(held.receipt)[:8]}" if held.receipt else "no receipt"
    return f"handed over {day_text(day)} {day.year}, {answer}"


def much(held: Held) -> str:
    """`47 people, 203 entries`."""
    return f"{count(held.people, 'person', 'people')}, {count(held.entries, 'entry', 'entries')}"


def programme(stays: Mapping[str, int]) -> str:
    """What of the programme stays: `3 notes, 2 problems of practice`; "" = there is nothing."""
    return ", ".join(count(number, one, _many(one)) for one, number in sorted(stays.items()))


def why(verdict: Verdict) -> str:
    """All reasons for which an event stays."""
    return "; ".join(sentence for _, sentence in verdict.stays)


def _many(one: str) -> str:
    first, of, rest = one.partition(" of ")
    head, that, tail = first.partition(" that was ")
    return f"{head}s{f' that were {tail}' if that else ''}{of}{rest}"
