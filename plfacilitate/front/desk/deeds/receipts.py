"""The office's receipts, found where the parcels were sent or in a folder, for the writer thread.

Owns where is looked and the words about what is missing. What a receipt means is a step's business (`steps.deliver`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import plain
from plfacilitate.front.desk.threads.carrier import Carrier
from plfacilitate.front.desk.threads.hands import Deed, Done, Work
from plfacilitate.store.surroundings import Surroundings

if TYPE_CHECKING:
    from plfacilitate.steps.deliver import Parcel

ENDING = "*.receipt.json"


def look_for_receipts(event: str, carrier: Carrier, ask: Callable[[str], None]) -> Deed:
    """Read what lies where the parcels were sent; where nothing new does, `ask` is told what is missing."""

    def deed(work: Work) -> Done:
        parcels = _newest(work, event)
        carrier.apart(lambda progress: _fetched(work.around, event, parcels, progress, ask))
        return Done("")

    return deed


def _fetched(
    around: Surroundings,
    event: str,
    parcels: Sequence[Parcel],
    progress: Callable[[str], None],
    ask: Callable[[str], None],
) -> Deed:
    """Look at the places, which may be slow, and then read what was found."""
    from plfacilitate.steps.fetching import bring, sent_to, take
    from plfacilitate.steps.sending import access_of

    places = sent_to(parcels)
    folder = TemporaryDirectory()
    paths, refused = bring(places, parcels, Path(folder.name), access=access_of(around), progress=progress)

    def deed(work: Work) -> Done:
        before = _verdicts(work, event)
        with folder:
            found = take(work.ledger, work.around.workspace, work.hand, paths)
        if _verdicts(work, event) != before:
            return Done(_told(work, event), (), event)
        looked = f" Looked in {plain(', '.join(sorted(places)))}." if places else ""
        ask(f"{_told(work, event)}.{looked} {' '.join((*refused, *found.refused))}".strip())
        return Done("")

    return deed


def read_receipts(event: str, place: Path) -> Deed:
    """Read a receipt, or every receipt of a folder that fits."""

    def deed(work: Work) -> Done:
        read, refused = _read(work, [place])
        if not read:
            raise Refused("receipt-none", place=str(place), detail=refused)
        return Done(_told(work, event), (), event)

    return deed


def _read(work: Work, places: Iterable[Path]) -> tuple[int, str]:
    """How many receipts were read, and why the last other one was not."""
    from plfacilitate.steps import deliver

    read, refused = 0, ""
    for place in places:
        for path in sorted(place.glob(ENDING)) if place.is_dir() else [place]:
            try:
                deliver.take_receipt(work.ledger, work.around.workspace, work.hand, path)
                read += 1
            except Refused as no:
                if no.refusal.code != "receipt-foreign":
                    refused = str(no)
    return read, refused


def _newest(work: Work, event: str) -> list[Parcel]:
    from plfacilitate.steps import deliver

    return [one for one in deliver.parcels_of(work.fold(event)) if one.newest]


def _verdicts(work: Work, event: str) -> list[str]:
    return [one.verdict for one in _newest(work, event)]


def _missing(work: Work, event: str) -> list[str]:
    return [one.parcel for one in _newest(work, event) if one.receipted is None]


def _told(work: Work, event: str) -> str:
    """`1 of 2 receipts read, the programme parcel's is missing`."""
    parcels = _newest(work, event)
    missing = _missing(work, event)
    said = f"{len(parcels) - len(missing)} of {len(parcels)} receipts read"
    if missing:
        names = " and the ".join(f"{one} parcel's" for one in missing)
        return f"{said}, the {names} {'is' if len(missing) == 1 else 'are'} missing"
    words = sorted({one.verdict for one in parcels})
    return f"{said}: {plain(', '.join(words))}"
