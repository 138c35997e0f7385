"""Hand over: what waits is brought to a place, and what arrived is written down.

Owns when a bundle counts as handed over: when it was read back. Never deletes what waits.

How a hand-over can end, and why each end is acceptable:
- the copy arrives and is read back: `handed-over` is written down;
- it arrives, and the laptop dies before it is written down: the next send finds the same bytes there and says so;
- half of it arrives: it lies under a temporary name that no reader takes, and the next send begins again;
- the place says no: nothing is written down, the bundle waits and says why, and when it is tried again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from plfacilitate.core.entry import Entry
from plfacilitate.core.refusal import Refused
from plfacilitate.courier.address import Access, lasting
from plfacilitate.courier.place import Place
from plfacilitate.courier.places import place_of
from plfacilitate.courier.send import bring
from plfacilitate.shelf.waits import Wait, read_waits, write_waits
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.deliver import Parcel, handed, waiting
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.surroundings import Surroundings
from plfacilitate.store.workspace import Workspace

Progress = Callable[[str], None]
"""Told in words what is being done; may raise to stop."""
_MB = 1_000_000
PASSING = frozenset({"not-sent"})
"""The codes of a "no" that may be another one in an hour: a place that is full, gone or cut off."""


@dataclass(frozen=True, slots=True)
class Load:
    """A bundle and what travels with it, the bundle first."""

    parcel: Parcel
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """One file that arrived: the bundle it belongs to and where it lies now."""

    bundle: str
    file: str
    where: str


def access_of(around: Surroundings) -> Access:
    """What lets this laptop in at places."""
    return Access(around.secret, (around.workspace.keys / "known_hosts",))


def loads(workspace: Workspace, parcels: Sequence[Parcel]) -> list[Load]:
    """What is brought for these bundles. Refused: `outbox-missing`."""
    for parcel in parcels:
        if not (workspace.outbox / parcel.file).exists():
            raise Refused("outbox-missing", file=parcel.file)
    return [Load(one, (workspace.outbox / one.file, *beside(workspace, one))) for one in parcels]


def carry(load: Load, place: Place, progress: Progress) -> list[Sent]:
    """Bring it all to a place; no ledger is needed for that. Refused: as `courier.send.bring`."""
    found: list[Sent] = []
    for path in load.files:
        size = path.stat().st_size if path.exists() else 0
        progress(f"sending {path.name}")

        def so_far(done: int, name: str = path.name, size: int = size) -> None:
            if size > _MB:
                progress(f"sending {name}: {done // _MB} of {size // _MB} MB")

        there = bring(path, place, so_far)
        found.append(Sent(load.parcel.bundle, there.name, f"{there.place}/{there.name}"))
    return found


def arrived(ledger: Ledger, workspace: Workspace, hand: Hand, parcel: Parcel, sent: Sequence[Sent]) -> Entry:
    """Write down that it was read back there; it waits no longer."""
    entry = ledger.append_one(handed(hand, parcel, sent[0].where, "read back"))
    write_waits(workspace.outbox, [one for one in read_waits(workspace.outbox) if one.bundle != parcel.bundle])
    return entry


def wait_on(workspace: Workspace, parcels: Sequence[Parcel], wait: Wait) -> None:
    """Remember why these bundles still wait: the other fields of `wait` hold for each of them."""
    names = {one.bundle for one in parcels}
    kept = [one for one in read_waits(workspace.outbox) if one.bundle not in names]
    write_waits(workspace.outbox, [*kept, *(wait._replace(bundle=name) for name in sorted(names))])


def send(
    ledger: Ledger,
    workspace: Workspace,
    hand: Hand,
    address: str,
    *,
    bundles: Sequence[Parcel] | None = None,
    access: Access | None = None,
    progress: Progress = lambda text: None,
    there: Callable[[Sequence[Sent]], None] = lambda sent: None,
) -> list[Sent]:
    """Hand over what waits (or these bundles), each with the sheet and tables beside it; read back before it counts.

    `there` hears of each bundle that arrived, also where a later one does not.
    """
    left = loads(workspace, waiting(ledger, workspace) if bundles is None else bundles)
    sent: list[Sent] = []
    if not left:
        return sent
    address = lasting(address)
    try:
        with closing(place_of(address, access)) as place:
            while left:
                found = carry(left[0], place, progress)
                arrived(ledger, workspace, hand, left[0].parcel, found)
                del left[0]
                there(found)
                sent += found
    except Refused as no:
        wait_on(workspace, [one.parcel for one in left], Wait("", address, str(no), hand.clock(), None))
        raise
    return sent


def beside(workspace: Workspace, parcel: Parcel) -> list[Path]:
    """The sheet, the tables and the pages, which travel with the hours and not with the programme."""
    if parcel.parcel != "hours" or not parcel.sheet:
        return []
    stem = parcel.sheet.removesuffix("-sign-in-sheet.pdf")
    endings = ("-hours.csv", "-hours.xlsx", "-series.csv", "-evaluation.pdf", "-read-me.txt")
    names = (parcel.sheet, *(stem + ending for ending in endings))
    return [workspace.outbox / name for name in names if (workspace.outbox / name).exists()]
