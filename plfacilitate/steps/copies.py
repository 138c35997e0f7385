"""Files of a workspace that hold a copy of what was taken out of the ledger.

Owns which they are. Never deletes what waits to be handed over, and nothing outside of the workspace: what was printed or
backed up elsewhere is in nobody's reach.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from plfacilitate.core.plan import Event
from plfacilitate.steps.deliver import waiting
from plfacilitate.steps.reached import Bundle
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.workspace import Workspace

SHEET = "-sign-in-sheet.pdf"


def drop_copies(
    ledger: Ledger, workspace: Workspace, bundles: Sequence[Bundle], events: Iterable[Event], cleared: Collection[str]
) -> list[str]:
    """Delete what holds a copy of the hours of `cleared` events; gives the names. Again and again is as good as once.

    Sheets and tables of cleared events, every bundle that covers what was cleared, mails of them, badges of that day,
    and which phone was whose in that series. What waits stays.
    """
    all_events = list(events)
    gone = [one for entry in ledger.entries(kinds=("cleared",)) for one in _places(ledger, entry.body["ids"])]
    lying = frozenset(one.file for one in waiting(ledger, workspace))
    kept = {_stem(one.sheet) for one in bundles if one.event not in cleared or one.file in lying}
    stems = {_stem(one.sheet) for one in bundles if one.event in cleared and one.sheet} - kept
    spent = {one.file for one in bundles if one.file not in lying and _covers(one, gone)}
    spent |= {f"{name.removesuffix('.age').removesuffix('.zip')}.eml" for name in spent}
    places = [path for path in _files(workspace.outbox) if path.name in spent or _of_sheet(path.name, stems)]
    places += _badges(workspace, cleared, all_events)
    series = {one.series for one in all_events if one.id in cleared}
    open_still = {one.series for one in all_events if one.id not in cleared and one.closed_at is None}
    places += [workspace.door / f"passes-{one}.txt" for one in sorted(series - open_still)]
    return [path.name for path in places if _deleted(path)]


def old_ledgers(workspace: Workspace) -> list[str]:
    """Ledgers that a restore laid aside in the workspace: they hold what they held, and a person may delete them."""
    return [path.name for path in sorted(workspace.root.glob("ledger-*.db"))]


def _places(ledger: Ledger, ids: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Device and number of those of these entries whose content is not here."""
    for one in ids:
        here = ledger.envelope_only(one)
        if here is not None and ledger.entry(one) is None:
            yield here.device, here.number


def _covers(bundle: Bundle, places: Iterable[tuple[str, int]]) -> bool:
    none = (1, 0)
    return any(
        bundle.covers.get(device, none)[0] <= number <= bundle.covers.get(device, none)[1] for device, number in places
    )


def _stem(sheet: str) -> str:
    return sheet.removesuffix(SHEET)


def _of_sheet(name: str, stems: Iterable[str]) -> bool:
    """Whether a file is of the same packing as one of these sheets; the programme's parcel holds nobody's hours."""
    return any(name.startswith(f"{stem}-") and not name.startswith(f"{stem}-programme-") for stem in stems)


def _badges(workspace: Workspace, cleared: Collection[str], events: Sequence[Event]) -> list[Path]:
    days = {one.day for one in events if one.id in cleared} - {one.day for one in events if one.id not in cleared}
    return [workspace.root / "printed" / f"badges-{day}.pdf" for day in sorted(days)]


def _files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _deleted(path: Path) -> bool:
    with suppress(FileNotFoundError):
        path.unlink()
        return True
    return False
