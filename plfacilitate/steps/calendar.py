"""The events of a plan or of one event as a calendar.

Owns which events are meant; the file is `core.calendar`'s.
"""

from __future__ import annotations

from plfacilitate.core.calendar import Dated, dated
from plfacilitate.core.entry import EVENT_KINDS, Entry
from plfacilitate.core.refusal import Refused
from plfacilitate.store.ledger import Ledger


def dated_events(ledger: Ledger, name: str) -> list[Dated]:
    """The events of a plan, series or in-service number, or the one of an id (or its beginning); taken back ones too.

    Refused: `event-unknown`.
    """
    groups: dict[str, list[Entry]] = {}
    for entry in ledger.entries(kinds=EVENT_KINDS):
        if entry.event is not None:
            groups.setdefault(entry.event, []).append(entry)
    known = [one for group in groups.values() if (one := dated(group)) is not None]
    exact = [one for one in known if one.event.id == name or (len(name) >= 4 and one.event.id.startswith(name))]
    if len(exact) == 1:
        return exact
    found = [one for one in known if name and name in (one.event.series, one.event.plan.id, one.event.in_service)]
    if not found:
        raise Refused("event-unknown", event=name)
    return found
