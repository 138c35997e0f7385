"""The facilitator's word that the sheet is right.

Owns what must be settled before it, and what a later change means. Never changes a time by itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from plfacilitate.core.entry import AGENDA_KINDS, HOURS_KINDS, Entry
from plfacilitate.core.fold import EventFold
from plfacilitate.core.refusal import Refused
from plfacilitate.core.sequence import as_it_went
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.events import read_event, read_fold, read_kept, still_in
from plfacilitate.steps.tally import as_of
from plfacilitate.store.ledger import Ledger

_SHEET_KINDS = HOURS_KINDS - {"approved"}


@dataclass(frozen=True, slots=True)
class Checklist:
    """What is still open: person ids, except `doubts` (open flags). `came` is how many signed in at all."""

    still_in: tuple[str, ...]
    not_seen: tuple[str, ...]
    walk_ins: tuple[str, ...]
    doubtful: tuple[str, ...]
    doubts: tuple[str, ...]
    came: int


def checklist(fold: EventFold) -> Checklist:
    """What is still open at an event."""
    persons = fold.persons()
    return Checklist(
        still_in=tuple(still_in(fold)),
        not_seen=tuple(sorted(person for person in fold.expected if not fold.presence(person).stays)),
        walk_ins=tuple(sorted(person for person in persons if fold.walk_in(person))),
        doubtful=tuple(sorted(person for person in persons if fold.doubtful(person))),
        doubts=tuple(flag.entry for flag in fold.flags() if flag.accepted is None),
        came=sum(1 for person in persons if fold.presence(person).stays),
    )


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved the sheet, when (UTC text), which version, and at which point of the ledger."""

    by: str
    at: str
    version: int
    as_of: dict[str, int]


def approval(fold: EventFold) -> Approval | None:
    """The newest approval, None = not approved yet."""
    found = as_it_went(fold.facts("approved"))
    if not found:
        return None
    body = found[-1].body
    return Approval(str(body["by_name"]), found[-1].happened_at, int(body["sheet_version"]), dict(body["as_of"]))


def changed_since(ledger: Ledger, event: str, approved: Approval) -> int:
    """How many entries that the sheet is made of came after its approval; an undo is one where what it takes back is."""
    kinds = _SHEET_KINDS
    if not read_event(ledger, event).counts_actual:
        kinds -= AGENDA_KINDS
    new = [one for one in ledger.entries(event=event, kinds=kinds) if one.number > approved.as_of.get(one.device, 0)]
    fold = read_fold(ledger, event) if any(one.kind == "undo" for one in new) else None
    about = [fold.undone(one) or one if fold is not None and one.kind == "undo" else one for one in new]
    return sum(one.kind in kinds for one in about)


def approve(ledger: Ledger, hand: Hand, event: str) -> Entry:
    """Approve the sheet of a closed event; again after corrections gives the next version of the sheet."""
    fold = read_kept(ledger, event)
    if fold.event is None:
        raise Refused("event-unknown", event=event)
    if fold.event.closed_at is None:
        raise Refused("not-closed", title=fold.event.title)
    last = approval(fold)
    body = {"by_name": hand.by, "sheet_version": last.version + 1 if last else 1, "as_of": as_of(ledger)}
    return ledger.append_one(hand.draft("approved", event=event, body=body))
