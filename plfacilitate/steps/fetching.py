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
from plfacilitate.courier.place import Place
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
    names = {_answer_to(name) for one in parcels for name in (one.file, one.where.rpartition("/")[2])}
    receipts: list[Receipt] = []
    refused: list[str] = []
    for address in addresses:
        progress(f"looking for receipts at {plain(address)}")
        try:
            with closing(place_of(address, access)) as place, tempfile.TemporaryDirectory() as folder:
                for path in _brought(place, names, Path(folder)):
                    try:
                        receipts.append(take_receipt(ledger, workspace, hand, path, trust=trust))
                    except Refused as no:
                        refused.append(str(no))
        except Refused as no:
            refused.append(str(no))
        except OSError as error:
            refused.append(f"{plain(address)}: {disk_words(error)}")
    return Fetched(tuple(receipts), tuple(refused))


def _answer_to(name: str) -> str:
    return name.removesuffix(".age").removesuffix(".zip") + ENDING


def _brought(place: Place, names: set[str], folder: Path) -> list[Path]:
    wanted = sorted(names & set(place.names()))
    for name in wanted:
        place.get(name, folder / name)
    return [folder / name for name in wanted]
