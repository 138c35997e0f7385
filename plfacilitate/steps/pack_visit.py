"""What a site visit adds to the programme parcel: its tables, as far as there is anything in them.

Owns which tables there are. Never packs by itself (`steps.pack`), and never adds an empty table.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from plfacilitate.core.plan import Event
from plfacilitate.core.report import tables
from plfacilitate.core.visiting.fold import VisitPicture
from plfacilitate.shelf.datapackage import Part, described_part


def visit_parts(picture: VisitPicture, event: Event, now: datetime) -> Iterator[Part]:
    """The tables of a visit; none where the event is no visit."""
    one = tables.shown(picture, event.zone)
    for name, title, columns, rows in (
        ("stops", "The stops of the visit", tables.STOPS, tables.stops(one)),
        ("observations", "Who observed what", tables.OBSERVATIONS, tables.observations(one)),
        ("lines", "Lines of the script", tables.LINES, tables.lines(one)),
        ("noted", "What was noted, item by item", tables.NOTED, tables.noted(one)),
        ("results", "What an observation comes to by the rules of its protocol", tables.RESULTS, tables.results(one)),
        ("agreed", "What observers agreed on", tables.AGREED, tables.agreed(one)),
        ("agreement", "How far observers agree", tables.AGREEMENT, tables.agreement(one, now)),
        ("summary", "What the team wrote", tables.SUMMARY, tables.summary(one)),
    ):
        known = list(rows)
        if known:
            yield described_part(f"visit/{name}.csv", title, columns, known)
