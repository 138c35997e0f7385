"""What of this ledger the office has, entry by entry: what may be let go of here.

Owns which bundles count for an entry. Never takes a content for sent that the bundle may have been packed without: a
laptop can hold another's envelopes long before it holds what is in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from plfacilitate.core.entry import Entry
from plfacilitate.core.fold import EventFold
from plfacilitate.core.sequence import as_it_went
from plfacilitate.core.verdicts import TAKEN
from plfacilitate.steps.deliver import known_there, register_of
from plfacilitate.store.ledger import Ledger


class Bundle(NamedTuple):
    """One packed bundle of hours. `covers` = device → first and last number; `seq` = where its packing stands here.

    `handed_at` = when it was handed over or, where nobody said so, answered; None = neither. `taken` = the register that
    answered last has it.
    """

    event: str
    device: str
    seq: int
    file: str
    sheet: str
    covers: Mapping[str, tuple[int, int]]
    handed_at: datetime | None
    where: str
    receipt: str
    taken: bool

    def names(self, entry: Entry) -> bool:
        """Whether the number of an entry is among those that it covers."""
        first, last = self.covers.get(entry.device, (1, 0))
        return first <= entry.number <= last


class Reached(NamedTuple):
    """How far one entry came: the bundle that handed it over (None = none), and whether the office said it has it.

    `elsewhere` = only bundles of other laptops name it, and they may have been packed without its content.
    """

    by: Bundle | None
    answered: bool
    elsewhere: bool


class Reach:
    """What one office has of this ledger."""

    def __init__(self, ledger: Ledger, office: str, folds: Iterable[EventFold]) -> None:
        """`folds` = the events of that office."""
        mine = list(folds)
        answers = as_it_went(one for fold in mine for one in fold.facts("receipted"))
        newest = {register_of(max(answers, key=lambda one: one.seq))} if answers else set()
        answered = {str(one.body["bundle"]): one for one in answers}
        handed = {str(one.body["bundle"]): one for fold in mine for one in as_it_went(fold.facts("handed-over"))}
        packed = (one for fold in mine for one in fold.facts("packed") if one.body["parcel"] == "hours")
        self.bundles = [_bundle(one, handed, answered, newest) for one in packed]
        self._device = ledger.device
        self._have = known_there(ledger, office, "hours")[1]
        self._forks = {device: numbers[0] for device, numbers in ledger.forks().items()}

    def of(self, entry: Entry) -> Reached:
        """How far an entry came."""
        naming = [one for one in self.bundles if one.handed_at is not None and one.names(entry)]
        holding = [one for one in naming if self._held(one, entry)]
        by = min(holding, key=lambda one: str(one.handed_at), default=None)
        answered = any(one.taken for one in holding) and entry.number <= self._have.get(entry.device, 0)
        return Reached(by, answered, elsewhere=bool(naming) and by is None)

    def _held(self, bundle: Bundle, entry: Entry) -> bool:
        """Whether the content was there when that bundle was packed: at whose entry it is, or at this laptop by then."""
        if bundle.device == self._device and entry.seq < bundle.seq:
            return True
        return bundle.device == entry.device and entry.number < self._forks.get(entry.device, entry.number + 1)


def _bundle(
    packed: Entry, handed: Mapping[str, Entry], answered: Mapping[str, Entry], newest: set[tuple[str, str]]
) -> Bundle:
    body = packed.body
    over, answer = handed.get(str(body["bundle"])), answered.get(str(body["bundle"]))
    taken = answer is not None and answer.body.get("verdict") in TAKEN
    arrived = over or (answer if taken else None)
    return Bundle(
        event=str(packed.event),
        device=packed.device,
        seq=packed.seq,
        file=str(body["file"]),
        sheet=str(body.get("sheet", "")),
        covers={str(device): (int(first), int(last)) for device, (first, last) in body.get("covers", {}).items()},
        handed_at=arrived.at if arrived is not None else None,
        where=str(over.body.get("where", "")) if over is not None else "",
        receipt=str(answer.body["receipt"]) if answer is not None and taken else "",
        taken=taken and answer is not None and register_of(answer) in newest,
    )


def waiting_with(bundles: Sequence[Bundle], waiting: frozenset[str], entries: Sequence[Entry]) -> tuple[str, ...]:
    """The files of bundles that wait (by file) and name one of these entries."""
    lying = [one for one in bundles if one.file in waiting]
    return tuple(one.file for one in lying if any(map(one.names, entries)))
