"""Events as an iCalendar file (RFC 5545), for people's own calendars.

Owns the lines: escaping, folding, identity and the number of a change. Times are written in UTC, so that no calendar
needs a rule for the switch of the clocks. Never holds a claim code or a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from plfacilitate.core.entry import Entry
from plfacilitate.core.minutes import clock, hours_text, minute_of
from plfacilitate.core.plan import Event
from plfacilitate.core.scheduled import event_of
from plfacilitate.core.text import plain

_WIDEST = 75  # octets of a line, without its end
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@dataclass(frozen=True, slots=True)
class Dated:
    """An event in a calendar. `sequence` grows with every change, `changed` = the last one; `off` = it was taken back."""

    event: Event
    sequence: int
    changed: datetime
    off: bool = False


def dated(entries: Iterable[Entry]) -> Dated | None:
    """An event out of its own entries; None where it was never scheduled."""
    entries = list(entries)
    scheduled = {entry.id: entry for entry in entries if entry.kind == "event-scheduled"}
    undone = _about(entries, set(scheduled))
    found = event_of(entries)
    shown = found or event_of(entry for entry in entries if entry.kind != "undo")
    if shown is None:
        return None
    first = event_of(scheduled.values())
    opened_otherwise = first is not None and first.spans != shown.spans
    changed = max(entry.at for entry in entries if entry.id in scheduled or entry.id in undone)
    if opened_otherwise and shown.opened_at is not None:
        changed = max(changed, shown.opened_at)
    return Dated(shown, len(scheduled) - 1 + len(undone) + opened_otherwise, changed, off=found is None)


def _about(entries: Sequence[Entry], wanted: set[str]) -> set[str]:
    """The undos that take back one of these entries, or one of those undos."""
    undos = {entry.id: str(entry.body.get("undoes")) for entry in entries if entry.kind == "undo"}
    found: set[str] = set()
    while more := {undo for undo, target in undos.items() if target in wanted | found} - found:
        found |= more
    return found


def calendar(name: str, events: Sequence[Dated]) -> bytes:
    """The file: the same bytes for the same events."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//plfacilitate//plfacilitate//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
    ]
    for one in sorted(events, key=lambda one: (one.event.starts_at, one.event.id)):
        lines += _lines(one)
    return b"".join(_folded(line) for line in [*lines, "END:VCALENDAR"])


def _lines(one: Dated) -> Iterator[str]:
    event = one.event
    title = event.plan.title if event.title == event.plan.title else f"{event.plan.title}: {event.title}"
    yield "BEGIN:VEVENT"
    yield f"UID:{event.id}@plfacilitate"
    yield f"DTSTAMP:{_stamp(one.changed)}"
    yield f"LAST-MODIFIED:{_stamp(one.changed)}"
    yield f"SEQUENCE:{one.sequence}"
    yield f"DTSTART:{_stamp(event.starts_at)}"
    yield f"DTEND:{_stamp(event.ends_at)}"
    yield f"SUMMARY:{escaped(title)}"
    if event.place:
        yield f"LOCATION:{escaped(event.place)}"
    yield f"DESCRIPTION:{escaped(_description(event))}"
    yield f"STATUS:{'CANCELLED' if one.off else 'CONFIRMED'}"
    yield "END:VEVENT"


def _description(event: Event) -> str:
    lines = [f"{clock(minute_of(span.starts_at), event.zone)} {plain(span.segment.title)}" for span in event.spans]
    lines.append(f"{clock(minute_of(event.ends_at), event.zone)} end ({event.tz.replace('_', ' ')})")
    if event.plan.approved_hundredths:
        sessions = len(event.plan.sessions)
        over = f" over {sessions} sessions" if sessions > 1 else ""
        lines.append(f"{hours_text(event.plan.approved_hundredths)} clock hours approved{over}")
    if event.in_service:
        lines.append(f"In-service no. {plain(event.in_service)}")
    return "\n".join(lines)


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """A text as a value: what would end it or part it is escaped, what can't be seen is made visible."""
    return "\n".join(plain(line) for line in text.split("\n")).translate(_ESCAPED)


def _folded(line: str) -> bytes:
    """A line in pieces that are no longer than a line may be, never cut inside a letter."""
    pieces, piece = [], b""
    for letter in line:
        octets = letter.encode("utf-8", "replace")
        if len(piece) + len(octets) > _WIDEST:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"
