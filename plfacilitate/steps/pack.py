"""Pack the day: two signed parcels, and beside them the sheet and the table that a clerk really uses.

Owns what goes into a bundle and from which point of the ledger. Never sends anything, and takes no figure but from the
one rule of credit.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from plfacilitate.core.entry import HOURS_KINDS, PROGRAMME_KINDS, Draft, Sealed
from plfacilitate.seal.keys import LaptopKey, fingerprint
from plfacilitate.seal.sealing import ENDING as SEALED
from plfacilitate.seal.sealing import seal
from plfacilitate.shelf.bundle import Written, write_bundle
from plfacilitate.shelf.manifest import Cover, Label, Parcel
from plfacilitate.shelf.write import writing
from plfacilitate.steps.approve import Approval
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.deliver import known_there
from plfacilitate.steps.office_keys import key_of
from plfacilitate.steps.pack_beside import Beside, lay_beside
from plfacilitate.steps.pack_day import Day, file_stem, read_day
from plfacilitate.steps.pack_parts import hours_parts, programme_parts
from plfacilitate.store.extract import extents, lacking, one_picture
from plfacilitate.store.ledger import Ledger, new_id
from plfacilitate.store.search import catch_up
from plfacilitate.store.workspace import Workspace

KINDS: Mapping[Parcel, frozenset[str]] = {"hours": HOURS_KINDS, "programme": PROGRAMME_KINDS}
Progress = Callable[[str], None]
"""Told in words what is being done; may raise to stop, and then nothing half-done lies in the outbox."""


@dataclass(frozen=True, slots=True)
class PackedDay:
    """What was packed: both bundles, the files beside them, and the approval that they rest on."""

    bundles: tuple[Written, ...]
    beside: Beside
    approval: Approval

    @property
    def sheet(self) -> Path:
        """The sign-in sheet."""
        return self.beside.sheet

    @property
    def tables(self) -> tuple[Path, ...]:
        """The office's table as CSV and XLSX, and that of the series where there is one."""
        return self.beside.tables

    @property
    def files(self) -> tuple[Path, ...]:
        """Everything that is handed over."""
        return (*(one.path for one in self.bundles), *self.beside.files)


def pack(
    ledger: Ledger,
    workspace: Workspace,
    hand: Hand,
    key: LaptopKey,
    event: str,
    *,
    everything: bool = False,
    unsealed: bool = False,
    progress: Progress = lambda text: None,
) -> PackedDay:
    """Pack an approved event into the outbox. `everything` leaves out nothing that a receipt says the office has.

    Where the laptop has taken the office's key, bundles are sealed to it and to the laptop's own, unless `unsealed`.
    """
    catch_up(ledger.connection)
    now = hand.clock()
    written: list[Written] = []
    try:
        with one_picture(ledger.connection):
            day = read_day(ledger, event, now)
            recipients = () if unsealed else _recipients(workspace, day, key)
            stem = file_stem(day)
            progress("writing the sign-in sheet")
            beside = lay_beside(workspace, day, stem)
            for parcel in KINDS:
                progress(f"packing the {parcel} parcel")
                receipt, have = (None, {}) if everything else known_there(ledger, day.event.plan.office, parcel)
                label = _label(ledger, hand, key, day, parcel, have, receipt, now)
                label = replace(label, recipients=tuple(map(fingerprint, recipients)))
                if parcel == "hours":
                    label = replace(label, beside=beside.digests())
                path = workspace.outbox / f"{stem}-{parcel}-{label.bundle[:8]}.zip"
                if not recipients:
                    written.append(_write(ledger, path, label, have, day, key))
                    continue
                inside = path.with_name(f".unsealed-{parcel}.zip")
                try:
                    one = _write(ledger, inside, label, have, day, key)
                    progress(f"sealing the {parcel} parcel")
                    written.append(_sealed(one, path.with_name(path.name + SEALED), recipients))
                finally:
                    inside.unlink(missing_ok=True)
        ledger.append([_packed(hand, event, one, beside.sheet) for one in written])
    except BaseException:
        for one in written:  # a bundle that the ledger does not know of would never be sent
            one.path.unlink(missing_ok=True)
        raise
    return PackedDay(tuple(written), beside, day.approval)


def _label(
    ledger: Ledger,
    hand: Hand,
    key: LaptopKey,
    day: Day,
    parcel: Parcel,
    have: Mapping[str, int],
    receipt: str | None,
    now: datetime,
) -> Label:
    event = day.event
    found = extents(ledger.connection, have)
    return Label(
        bundle=new_id(hand.chance),
        device=ledger.device,
        public_key=key.public,
        events=(event.id,),
        parcel=parcel,
        packed_at=now,
        title=f"{event.plan.title} · {event.title} · {event.day} · {parcel}",
        covers={device: Cover(one.first, one.last, one.digest) for device, one in found.items()},
        as_of=day.credit.as_of,
        builds_on=receipt,
    )


def _write(ledger: Ledger, path: Path, label: Label, have: Mapping[str, int], day: Day, key: LaptopKey) -> Written:
    def entries() -> Iterator[Sealed]:
        return lacking(ledger.connection, have, KINDS[label.parcel])

    parts = hours_parts(day) if label.parcel == "hours" else programme_parts(day, label.packed_at)
    return write_bundle(path, label, entries, parts, sign=key.sign)


def _recipients(workspace: Workspace, day: Day, key: LaptopKey) -> tuple[str, ...]:
    """The public keys to seal to: the office's and this laptop's own; none where the office's was not taken."""
    office = key_of(workspace.keys, day.event.plan.office)
    return () if office is None else (office.public, key.public)


def _sealed(one: Written, path: Path, recipients: tuple[str, ...]) -> Written:
    with writing(path) as file:
        seal(one.path, file, recipients)
    with path.open("rb") as file:
        return Written(path, path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest(), one.manifest)


def _packed(hand: Hand, event: str, one: Written, sheet: Path) -> Draft:
    label = one.manifest.label
    body = {
        "bundle": label.bundle,
        "file": one.path.name,
        "sha256": one.sha256,
        "parcel": label.parcel,
        "covers": {device: [cover.first, cover.last] for device, cover in label.covers.items()},
        "as_of": dict(label.as_of),
        "sheet": sheet.name,
    }
    return hand.draft("packed", event=event, body=body)
