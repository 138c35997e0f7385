"""How far the hand-over of a day has come, out of the fold of its event.

Owns which bundles hold all that was approved. Clocks have no say in it: numbers do.
"""

from __future__ import annotations

from collections.abc import Mapping

from plfacilitate.core.entry import Entry
from plfacilitate.core.fold import EventFold
from plfacilitate.front.desk.painting.pictures import Delivery


def delivery_of(fold: EventFold) -> Delivery:
    """How far the day's hand-over has come, by the entries that stand."""
    approval = newest_approval(fold)
    if approval is None:
        return Delivery()
    since = approval.body.get("as_of", {})
    newest = {str(entry.body.get("parcel")): entry for entry in fold.facts("packed") if _holds(entry, since)}
    bundles = {str(entry.body.get("bundle")) for entry in newest.values()}
    handed = {str(entry.body.get("bundle")): entry.at for entry in fold.facts("handed-over")}
    answered = {str(entry.body.get("bundle")): entry.at for entry in fold.facts("receipted")}
    return Delivery(
        approved_at=approval.at,
        packed_at=max((entry.at for entry in newest.values()), default=None),
        handed_at=max(handed[one] for one in bundles) if bundles and bundles <= handed.keys() else None,
        receipted_at=max(answered[one] for one in bundles) if bundles and bundles <= answered.keys() else None,
        waiting=len(bundles - handed.keys()),
    )


def newest_approval(fold: EventFold) -> Entry | None:
    """The approval of the newest version of the sheet, None = not approved."""
    return max(
        fold.facts("approved"), key=lambda entry: (int(entry.body.get("sheet_version", 0)), entry.id), default=None
    )


def _holds(packed: Entry, since: Mapping[str, int]) -> bool:
    """Whether a bundle was packed after a point of the ledger."""
    upto = packed.body.get("as_of", {})
    return all(upto.get(device, 0) >= number for device, number in since.items())
