"""What problems of practice that were worked on in groups add to the programme parcel, as far as there are any.

Owns which tables there are. Never packs by itself (`steps.pack`), and never adds an empty table.
"""

from __future__ import annotations

from collections.abc import Iterator

from plfacilitate.core import parcels
from plfacilitate.core.fold import EventFold
from plfacilitate.core.popup.picture import PopupPicture
from plfacilitate.shelf.datapackage import Part, described_part


def popup_parts(fold: EventFold, picture: PopupPicture, hidden: parcels.Hidden = str) -> Iterator[Part]:
    """The tables of an event's POP-ups; none where problems were only taken down, or not at all."""
    for name, title, columns, rows in (
        ("groups", "Problems of practice that were worked on in groups", parcels.POPUP_GROUPS, parcels.popup_groups),
        ("ideas", "Ideas, with their clusters and dots", parcels.POPUP_IDEAS, parcels.popup_ideas),
    ):
        known = list(rows(fold, picture, hidden))
        if known:
            yield described_part(f"popup/{name}.csv", title, columns, known)
