"""What polls and exit tickets add to the programme parcel, as far as there were any.

Owns which tables there are. Never packs by itself (`steps.pack`), and never adds an empty table.
"""

from __future__ import annotations

from collections.abc import Iterator

from plfacilitate.core import parcels
from plfacilitate.core.fold import EventFold
from plfacilitate.core.polls.picture import PollPicture
from plfacilitate.shelf.datapackage import Part, described_part


def poll_parts(fold: EventFold, picture: PollPicture, hidden: parcels.Hidden = str) -> Iterator[Part]:
    """The tables of an event's polls; none where nothing was asked."""
    for name, title, columns, rows in (
        ("polls", "Polls and exit tickets, counted", parcels.POLLS, parcels.polls),
        ("poll-names", "Answers with names, where the plan asks for them", parcels.POLL_NAMES, parcels.poll_names),
    ):
        known = list(rows(fold, picture, hidden))
        if known:
            yield described_part(f"polls/{name}.csv", title, columns, known)
