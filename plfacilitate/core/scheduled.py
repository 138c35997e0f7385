"""An event as it was scheduled, opened, closed and reopened, out of its own entries.

Owns which plan counts: the one that stood when people began to sign in. Never looks at who came (`core.fold`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from plfacilitate.core.entry import Entry
from plfacilitate.core.plan import Event, Plan
from plfacilitate.core.sequence import as_it_went
from plfacilitate.core.versions import currents, voided


def event_of(entries: Iterable[Entry]) -> Event | None:
    """An event out of its own entries (scheduled, opened, closed, reopened, undo); None without a schedule."""
    entries = list(entries)
    standing = as_it_went(currents(entries, voided(entries)))
    scheduled = next((entry for entry in standing if entry.kind == "event-scheduled"), None)
    if scheduled is None:
        return None
    opened_at = closed_at = None
    snapshot: Mapping[str, Any] = scheduled.body
    for entry in standing:
        if entry.kind == "event-opened":
            # The first opening decides: what counts is what stood when people began to sign in.
            snapshot = entry.body if opened_at is None and _holds_session(entry, scheduled) else snapshot
            opened_at = opened_at or entry.at
        elif entry.kind == "event-closed":
            closed_at = entry.at
        elif entry.kind == "event-reopened":
            closed_at = None
    body = scheduled.body
    return Event(
        id=str(scheduled.event),
        series=str(body["series"]),
        session_id=str(body["session"]),
        title=str(body["title"]),
        day=date.fromisoformat(body["date"]),
        tz=str(body["tz"]),
        place=str(body.get("place", "")),
        in_service=str(body.get("in_service", "")),
        claim_code=str(body.get("claim_code", "")),
        plan=Plan.from_json(snapshot["plan"]),
        office=snapshot["office"],
        opened_at=opened_at,
        closed_at=closed_at,
    )


def _holds_session(opened: Entry, scheduled: Entry) -> bool:
    return any(session["id"] == scheduled.body["session"] for session in opened.body["plan"]["sessions"])


def sheet_due(event: Event) -> date | None:
    """The day by which the office wants the sheet, by its file as it was when people signed in; None = it names none."""
    days = event.office.get("sheet_due_days")
    return event.day + timedelta(days=days) if isinstance(days, int) and days > 0 else None
