"""The office takes bundles in: check, take, recompute, answer.

Owns the order of that and the answer to each bundle. Never drops one: what can't be taken is held, a conflict or
refused, with its reason, and the file stays where it is.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from plfacilitate.core.entry import Chance, Clock, new_id, utc_text
from plfacilitate.core.fold import EventFold
from plfacilitate.core.refusal import Refused
from plfacilitate.core.tally import CreditSheet, credit_sheet
from plfacilitate.seal.keys import LaptopKey, load_or_make, verify
from plfacilitate.shelf.bundle import Bundle, read_bundle
from plfacilitate.shelf.receipt import Head, Receipt, write_receipt
from plfacilitate.store.register import Arrival, Register, Taken, open_register, register_folder

ENDING = ".receipt.json"


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one file. `differs` are sentences about credit lines that the office gets otherwise.

    `receipt` is where the signed answer lies, None for a file that is no whole bundle. `events` are those it is of.
    """

    file: Path
    verdict: str
    bundle: str = ""
    reason: str = ""
    new: int = 0
    known: int = 0
    credit_lines: int = 0
    differs: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    receipt: Path | None = None


def receive(
    url: str,
    places: Sequence[Path],
    *,
    clock: Clock,
    chance: Chance,
    office: str,
    progress: Callable[[str], None] = lambda text: None,
) -> list[Answer]:
    """Take every bundle of these files and folders into the register; in any order, any number of times."""
    register = open_register(url, chance)
    try:
        key = load_or_make(register_folder(url) / "keys", "office", chance)
        answers = []
        for path in _bundles(places):
            progress(f"taking in {path.name}")
            answers.append(_one(register, key, path, clock, chance, office))
        # What was held may have been waiting for a bundle that came later in this very call.
        if any(answer.verdict == "accepted" for answer in answers):
            answers = [
                _one(register, key, answer.file, clock, chance, office) if answer.verdict == "held" else answer
                for answer in answers
            ]
        return answers
    finally:
        register.close()


def _bundles(places: Sequence[Path]) -> list[Path]:
    found: list[Path] = []
    for place in places:
        if place.is_dir():
            inside = sorted(place.glob("*.zip"))
            if not inside:
                raise Refused("folder-empty", folder=place)
            found += inside
        else:
            found.append(place)
    return found


def _one(register: Register, key: LaptopKey, path: Path, clock: Clock, chance: Chance, office: str) -> Answer:
    try:
        bundle = read_bundle(path, verify=verify)
        arrival = _arrival(bundle, path, clock)
        taken = register.take(arrival, bundle.entries())
    except Refused as no:
        if no.refusal.code == "not-written":
            raise
        return Answer(path, "refused", reason=str(no))
    label = bundle.manifest.label
    sheet = recomputed(register, bundle) if taken.verdict in ("accepted", "already-here") else None
    receipt = path.with_name(path.name.removesuffix(".zip") + ENDING)
    answer = _receipt(register, key, bundle, taken, clock, chance, office)
    write_receipt(receipt, answer, sign=key.sign)
    return Answer(
        file=path,
        verdict=taken.verdict,
        bundle=label.bundle,
        reason=taken.reason,
        new=taken.new,
        known=taken.known,
        credit_lines=len(sheet.lines) if sheet else 0,
        differs=tuple(differences(sheet, bundle)) if sheet else (),
        events=label.events,
        receipt=receipt,
    )


def _arrival(bundle: Bundle, path: Path, clock: Clock) -> Arrival:
    label = bundle.manifest.label
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return Arrival(
        bundle=label.bundle,
        sha256=sha256,
        device=label.device,
        parcel=label.parcel,
        packed_at=utc_text(label.packed_at),
        received_at=utc_text(clock()),
        covers={device: (cover.first, cover.last, cover.digest) for device, cover in label.covers.items()},
    )


def _receipt(
    register: Register, key: LaptopKey, bundle: Bundle, taken: Taken, clock: Clock, chance: Chance, office: str
) -> Receipt:
    label = bundle.manifest.label
    return Receipt(
        receipt=new_id(chance),
        office=office,
        register=register.id,
        epoch=register.epoch,
        bundle=label.bundle,
        verdict=taken.verdict,
        at=clock(),
        public_key=key.public,
        heads={device: Head(number, digest) for device, (number, digest) in register.heads(label.covers).items()},
        needs=dict(taken.needs or {}),
        counts={"new": taken.new, "known": taken.known, "filled": taken.filled, "conflicts": len(taken.conflicts)},
        reason=taken.reason,
    )


# -- credit, once more -----------------------------------------------------------------------------------------------


def recomputed(register: Register, bundle: Bundle) -> CreditSheet | None:
    """The credit of the bundle's event from the register's own entries, at the laptop's point of the ledger."""
    label = bundle.manifest.label
    if label.parcel != "hours" or not label.events:
        return None
    first = _fold(register, label.events[0], label.as_of)
    if first.event is None:
        return None
    others = [event for event in register.events_of_series(first.event.series) if event != first.event_id]
    folds = [first, *(_fold(register, event, label.as_of) for event in others)]
    folds = [fold for fold in folds if fold.event is not None]
    persons = set[str]().union(*(fold.persons() for fold in folds))
    return credit_sheet(
        folds,
        register.people(persons),
        event=first.event_id,
        as_of=label.as_of,
        at=label.packed_at,
        merged=register.merged(),
    )


def _fold(register: Register, event: str, as_of: Mapping[str, int]) -> EventFold:
    fold = EventFold(event)
    fold.apply(entry for entry in register.entries(event) if entry.number <= as_of.get(entry.device, 0))
    return fold


def differences(sheet: CreditSheet, bundle: Bundle) -> Iterator[str]:
    """Where the office's own lines are not the laptop's, one sentence each."""
    theirs = {row["person"]: row for row in _rows(bundle, "credit.csv")}
    for one in sheet.lines:
        row = theirs.pop(one.person.id, None)
        line = one.line
        if row is None:
            yield f"{one.person.name}: the laptop has no line, the office gets {line.minutes} min ({line.status})."
        elif (row["minutes"], row["hundredths"], row["status"]) != (
            str(line.minutes), str(line.hundredths), line.status
        ):  # fmt: skip
            said = f"{row['minutes']} min, {row['hundredths']} hundredths, {row['status']}"
            yield f"{one.person.name}: laptop {said}; office {line.minutes} min, {line.hundredths}, {line.status}."
    for row in theirs.values():
        yield f"{row['name']}: the laptop has a line ({row['minutes']} min), the office none."


def _rows(bundle: Bundle, path: str) -> list[dict[str, str]]:
    text = b"".join(bundle.chunks(path)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))
