"""How far the hand-over of a day has come, out of the fold of its event.

Owns which bundles hold all that was approved. Clocks have no say in it: numbers do.
"""

from __future__ import annotations

from collections.abc import Mapping

from plfacilitate.core.entry import Entry
from plfacilitate.core.fold import EventFold
from plfacilitate.core.sequence import as_it_went
from plfacilitate.core.verdicts import TAKEN
from plfacilitate.front.desk.painting.pictures import Delivery, Reached


def delivery_of(fold: EventFold) -> Delivery:
    """How far the day's hand-over has come, by the entries that stand."""
    approval = newest_approval(fold)
    if approval is None:
        return Delivery()
    since = approval.body.get("as_of", {})
    newest = {str(entry.body.get("parcel")): entry for entry in fold.facts("packed") if _holds(entry, since)}
    bundles = {str(entry.body.get("bundle")) for entry in newest.values()}
    handed = {str(entry.body.get("bundle")): entry for entry in as_it_went(fold.facts("handed-over"))}
    answered = {str(entry.body.get("bundle")): entry for entry in as_it_went(fold.facts("receipted"))}
    taken = {one for one, entry in answered.items() if entry.body.get("verdict") in TAKEN}
    last = max((handed[one] for one in bundles & handed.keys()), key=lambda one: (one.at, one.id), default=None)
    return Delivery(
        approved_at=approval.at,
        packed_at=max((entry.at for entry in newest.values()), default=None),
        handed_at=last.at if last is not None and bundles <= handed.keys() else None,
        receipted_at=max(answered[one].at for one in bundles) if bundles and bundles <= taken else None,
        waiting=len(bundles - handed.keys()),
        reached=_reached(last) if last is not None else None,
        answer=next((_answer(answered[one]) for one in sorted(bundles & answered.keys() - taken)), ""),
    )


def _reached(handed: Entry) -> Reached:
    where, by_hand = str(handed.body.get("where", "")), handed.body.get("how") == "by hand"
    return Reached(where if by_hand else where.rpartition("/")[0] or where, handed.by, by_hand)


def _answer(receipted: Entry) -> str:
    verdict, reason = str(receipted.body.get("verdict", "")), str(receipted.body.get("reason", ""))
    return f"{verdict}: {reason}" if reason else verdict


def newest_approval(fold: EventFold) -> Entry | None:
    """The approval of the newest version of the sheet, None = not approved."""
    return max(
        fold.facts("approved"), key=lambda entry: (int(entry.body.get("sheet_version", 0)), entry.id), default=None
    )


def _holds(packed: Entry, since: Mapping[str, int]) -> bool:
    """Whether a bundle was packed after a point of the ledger."""
    upto = packed.body.get("as_of", {})
    return all(upto.get(device, 0) >= number for device, number in since.items())
