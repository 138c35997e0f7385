"""What became of a bundle: it waits, was handed over, was answered.

Owns the state of every bundle. Never sends one (`sending`), and never deletes what waits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from plfacilitate.core.entry import Draft, Entry
from plfacilitate.core.fold import EventFold
from plfacilitate.core.plan import Event
from plfacilitate.core.refusal import Refused
from plfacilitate.core.sequence import as_it_went
from plfacilitate.core.verdicts import TAKEN
from plfacilitate.seal.keys import verify
from plfacilitate.seal.sealing import ENDING as SEALED
from plfacilitate.shelf.receipt import Receipt, read_receipt
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.events import events, read_event, read_fold
from plfacilitate.steps.office_keys import key_of
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Parcel:
    """One packed bundle and how far it came. `handed_over` / `receipted` are UTC moments, None = not yet.

    `device` packed it. `verdict` is the office's word, "" = none yet. `newest` = that device packed no later bundle of
    the same parcel, which would replace it.
    """

    bundle: str
    device: str
    event: str
    parcel: str
    file: str
    sheet: str
    packed_at: datetime
    as_of: dict[str, int]
    handed_over: datetime | None
    where: str
    receipted: datetime | None
    verdict: str
    newest: bool

    @property
    def settled(self) -> bool:
        """The office has it."""
        return self.verdict in TAKEN


def parcels_of(fold: EventFold) -> list[Parcel]:
    """Every bundle that was packed of an event, the oldest first, whatever the clocks said."""
    handed = {str(entry.body["bundle"]): entry for entry in as_it_went(fold.facts("handed-over"))}
    answered = {str(entry.body["bundle"]): entry for entry in as_it_went(fold.facts("receipted"))}
    packed = as_it_went(fold.facts("packed"))
    newest = {(entry.device, str(entry.body["parcel"])): entry.id for entry in packed}
    return [_parcel(entry, handed, answered, newest) for entry in packed]


def _parcel(
    entry: Entry, handed: Mapping[str, Entry], answered: Mapping[str, Entry], newest: Mapping[tuple[str, str], str]
) -> Parcel:
    body = entry.body
    bundle = str(body["bundle"])
    over, answer = handed.get(bundle), answered.get(bundle)
    return Parcel(
        bundle=bundle,
        device=entry.device,
        event=str(entry.event),
        parcel=str(body["parcel"]),
        file=str(body["file"]),
        sheet=str(body.get("sheet", "")),
        packed_at=entry.at,
        as_of={str(device): int(number) for device, number in body.get("as_of", {}).items()},
        handed_over=over.at if over else None,
        where=str(over.body.get("where", "")) if over else "",
        receipted=answer.at if answer else None,
        verdict=str(answer.body.get("verdict", "")) if answer else "",
        newest=newest[entry.device, str(body["parcel"])] == entry.id,
    )


def waiting(ledger: Ledger, workspace: Workspace, *, event: str | None = None) -> list[Parcel]:
    """Bundles that were packed and reached no place yet; `event` = only those of one.

    Left out are older ones that a newer pack replaces, and those that lie in another laptop's outbox.
    """
    names = [one.id for one in events(ledger)] if event is None else [event]
    found = [parcel for name in names for parcel in parcels_of(read_fold(ledger, name))]
    return [
        parcel
        for parcel in found
        if parcel.handed_over is None
        and parcel.newest
        and (parcel.device == ledger.device or (workspace.outbox / parcel.file).exists())
    ]


def sealed_and_unanswered(ledger: Ledger, office: str) -> list[Event]:
    """Events of which a sealed bundle for this office was not taken yet: with a new key they want to be packed again."""
    return [
        event
        for event in events(ledger)
        if event.plan.office == office
        and any(
            one.newest and not one.settled and one.file.endswith(SEALED) and one.device == ledger.device
            for one in parcels_of(read_fold(ledger, event.id))
        )
    ]


def mark_handed_over(ledger: Ledger, hand: Hand, parcel: Parcel, where: str) -> Entry:
    """Uploaded or mailed by hand: who says so and where to stands in the entry."""
    return ledger.append_one(handed(hand, parcel, where, "by hand"))


def handed(hand: Hand, parcel: Parcel, where: str, how: str) -> Draft:
    """That a bundle reached a place: `how` it is known, "read back" or "by hand"."""
    body = {"bundle": parcel.bundle, "where": where, "how": how}
    return hand.draft("handed-over", event=parcel.event, body=body)


def take_receipt(ledger: Ledger, workspace: Workspace, hand: Hand, path: Path, *, trust: bool = False) -> Receipt:
    """Write the office's answer down, once.

    Refused: `receipt-foreign` for a bundle that was not packed here; `receipt-other-office` where it is signed with
    another key than the one that was taken from that office (or, where none was, than the one that it signed with
    before), unless `trust` says that this one is right.
    """
    receipt = read_receipt(path, verify=verify)
    packed = next(
        (entry for entry in ledger.entries(kinds=("packed",)) if entry.body.get("bundle") == receipt.bundle), None
    )
    if packed is None or packed.event is None:
        raise Refused("receipt-foreign", file=path.name)
    office = read_event(ledger, packed.event).plan.office
    same_office = _of_office(ledger, office)
    before = [entry for entry in ledger.entries(kinds=("receipted",)) if entry.event in same_office]
    if any(entry.body.get("receipt") == receipt.receipt for entry in before):
        return receipt
    taken = key_of(workspace.keys, office)
    expected = taken.public if taken is not None else before[-1].body.get("office_key") if before else None
    if expected not in (None, receipt.public_key) and not trust:
        raise Refused("receipt-other-office", file=path.name)
    body = {
        "bundle": receipt.bundle,
        "receipt": receipt.receipt,
        "verdict": receipt.verdict,
        "register": receipt.register,
        "epoch": receipt.epoch,
        "office_key": receipt.public_key,
        "have": {device: head.number for device, head in receipt.heads.items()},
        "reason": receipt.reason,
    }
    ledger.append_one(hand.draft("receipted", event=packed.event, body=body))
    return receipt


def _of_office(ledger: Ledger, office: str) -> set[str]:
    return {event.id for event in events(ledger) if event.plan.office == office}


def known_there(ledger: Ledger, office: str, parcel: str) -> tuple[str | None, dict[str, int]]:
    """What an office has of each device (highest number) in parcels of this kind, and the receipt that a delta builds on.

    None and nothing where it has said nothing yet. Only what its bundles covered counts: a receipt names how far the
    register knows a device, whichever parcel told it. What another register answered, or this one before it was put back
    (its epoch is another then), says nothing about what it has now.
    """
    events_there = _of_office(ledger, office)
    packed = {str(one.body["bundle"]): one for one in ledger.entries(kinds=("packed",)) if one.event in events_there}
    answers = [one for one in ledger.entries(kinds=("receipted",)) if str(one.body["bundle"]) in packed]
    receipt: str | None = None
    have: dict[str, int] = {}
    for answer in answers:
        about = packed[str(answer.body["bundle"])].body
        taken = answer.body.get("verdict") in TAKEN and register_of(answer) == register_of(answers[-1])
        if taken and about["parcel"] == parcel:
            receipt = str(answer.body["receipt"])
            for device, (_, last) in about.get("covers", {}).items():
                have[device] = max(have.get(device, 0), int(last))
    there = answers[-1].body.get("have", {}) if answers else {}
    forks = ledger.forks()  # where a copy wrote the same numbers, these say nothing from there on
    return receipt, {
        device: min(last, there.get(device, last), forks.get(device, [last + 1])[0] - 1)
        for device, last in have.items()
    }


def register_of(answer: Entry) -> tuple[str, str]:
    """The register that gave an answer, and its epoch: another one after it was put back from a copy."""
    return (str(answer.body.get("register")), str(answer.body.get("epoch")))
