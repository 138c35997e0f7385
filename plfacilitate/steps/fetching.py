"""The office's receipts, fetched from where the parcels were sent or from any other place.

Owns which files of a place can be answers to what was packed here. Never takes anything away there.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from plfacilitate.core.refusal import Refused, disk_words
from plfacilitate.core.text import plain
from plfacilitate.courier.address import Access
from plfacilitate.courier.places import place_of
from plfacilitate.shelf.receipt import Receipt
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.deliver import Parcel, take_receipt
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.workspace import Workspace

ENDING = ".receipt.json"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of a look: the receipts that were read, and why others were not."""

    receipts: tuple[Receipt, ...] = ()
    refused: tuple[str, ...] = ()


def sent_to(parcels: Iterable[Parcel]) -> list[str]:
    """The addresses where parcels were brought, each once; what was marked by hand names no place."""
    found = (one.where.rpartition("/")[0] for one in parcels if one.handed_over and "/" in one.where)
    return list(dict.fromkeys(found))


def bring(
    addresses: Sequence[str],
    parcels: Sequence[Parcel],
    folder: Path,
    *,
    access: Access | None = None,
    progress: Callable[[str], None] = lambda text: None,
) -> tuple[list[Path], list[str]]:
    """Copy the answers to these parcels from these places into a folder; no ledger is needed for that.

    Gives the files, and sentences about places that could not be looked at.
    """
    names = {_answer_to(name) for one in parcels for name in (one.file, one.where.rpartition("/")[2])}
    found: list[Path] = []
    refused: list[str] = []
    for number, address in enumerate(addresses):
        progress(f"looking for receipts at {plain(address)}")
        into = folder / str(number)
        into.mkdir()
        try:
            with closing(place_of(address, access)) as place:
                for name in sorted(names & set(place.names())):
                    place.get(name, into / name)
                    found.append(into / name)
        except Refused as no:
            refused.append(str(no))
        except OSError as error:
            refused.append(f"{plain(address)}: {disk_words(error)}")
    return found, refused


def take(ledger: Ledger, workspace: Workspace, hand: Hand, paths: Sequence[Path], *, trust: bool = False) -> Fetched:
    """Read receipts and write each down once."""
    receipts: list[Receipt] = []
    refused: list[str] = []
    for path in paths:
        try:
            receipts.append(take_receipt(ledger, workspace, hand, path, trust=trust))
        except Refused as no:
            refused.append(str(no))
    return Fetched(tuple(receipts), tuple(refused))


def fetch(
    ledger: Ledger,
    workspace: Workspace,
    hand: Hand,
    addresses: Sequence[str],
    parcels: Sequence[Parcel],
    *,
    access: Access | None = None,
    trust: bool = False,
    progress: Callable[[str], None] = lambda text: None,
) -> Fetched:
    """Read the receipts of these parcels that lie at these places; each is written down once."""
    with tempfile.TemporaryDirectory() as folder:
        paths, refused = bring(addresses, parcels, Path(folder), access=access, progress=progress)
        found = take(ledger, workspace, hand, paths, trust=trust)
    return Fetched(found.receipts, (*refused, *found.refused))


def _answer_to(name: str) -> str:
    return name.removesuffix(".age").removesuffix(".zip") + ENDING
