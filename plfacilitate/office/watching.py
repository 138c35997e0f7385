"""A place that is looked at again and again: whole bundles that come there are taken in, and their receipts laid beside.

Owns which files of a place are looked at, and when one of them is whole. Never waits (whoever looks does), never takes
anything away there but a receipt that a newer one replaces.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from plfacilitate.core.refusal import Refused, disk_words
from plfacilitate.core.text import plain
from plfacilitate.core.verdicts import TAKEN
from plfacilitate.courier.address import Access
from plfacilitate.courier.folder import Folder
from plfacilitate.courier.place import Place
from plfacilitate.courier.places import place_of
from plfacilitate.office.inbox import Inbox, bundles_of, receipt_of
from plfacilitate.office.receive import Answer, Answering
from plfacilitate.seal.keys import verify
from plfacilitate.shelf.receipt import read_receipt

Take = Callable[[Sequence[Path]], list[Answer]]
"""Takes files into the register."""


@dataclass
class Watch:
    """One place, and what was seen there. `who` answers there now: a register that was put back has another epoch.

    A folder's bundles are taken where they lie; those of any other place are copied below `inbox` first.
    """

    address: str
    take: Take
    who: Callable[[], Answering]
    inbox: Path
    access: Access | None = None
    _seen: dict[str, str] = field(default_factory=dict)
    _refused: dict[str, str] = field(default_factory=dict)
    _unanswered: set[str] = field(default_factory=set)
    _answered: set[tuple[str, Answering]] = field(default_factory=set)

    def look(self) -> list[Answer]:
        """Take in what is new there and lies still: two looks found the same bytes. Gives the answers.

        A bundle is passed over where an answer of this register, in its epoch of now, lies beside it. One that is no whole
        bundle is looked at again when it changes, one that was not taken when something is decided about laptops.
        Refused: as `place_of`, `place-not-seen`, and whatever keeps the register from taking anything.
        """
        who = self.who()
        with closing(place_of(self.address, self.access)) as place, _seen(self.address):
            if isinstance(place, Folder):
                ready = self._ready(place, who)
                return self._taken([place.path / name for name in ready], who)
            box = Inbox.of(self.inbox, place.shown)
            box.carry(place)  # what another command answered, or what was cut off last time
            answers = self._taken([box.fetch(place, name) for name in self._ready(place, who)], who)
            with suppress(OSError, Refused):  # cut off now: at the next look, which says so
                box.carry(place)
            return [box.told(one, place.shown) for one in answers]

    def _ready(self, place: Place, who: Answering) -> list[str]:
        return [name for name in self._fresh(place, who) if self._lies_still(place, name)]

    def _taken(self, paths: Sequence[Path], who: Answering) -> list[Answer]:
        answers = self.take(paths) if paths else []
        for answer in answers:
            name = answer.file.name
            if answer.receipt is not None:
                self._answered.add((answer.receipt.name, who.for_good if answer.verdict in TAKEN else who))
            elif answer.verdict == "refused":
                self._refused[name] = self._seen.get(name, "")
            else:
                self._unanswered.add(name)
        return answers

    def _fresh(self, place: Place, who: Answering) -> list[str]:
        there = place.names()
        names = set(there)
        return [
            one
            for one in bundles_of(there)
            if one not in self._unanswered and not (receipt_of(one) in names and self._is_answered(place, one, who))
        ]

    def _is_answered(self, place: Place, name: str, who: Answering) -> bool:
        """Whether the receipt beside a bundle is one of now; read once."""
        receipt = receipt_of(name)
        if self._answered & {(receipt, who), (receipt, who.for_good)}:
            return True
        if gave := _gave(place, receipt, who):
            self._answered.add((receipt, who.for_good))
        return gave

    def _lies_still(self, place: Place, name: str) -> bool:
        digest, before = place.digest(name), self._seen.get(name)
        if digest is None or digest == self._refused.get(name):
            return False
        self._seen[name] = digest
        return digest == before


def collect(
    places: Sequence[tuple[str, Path | None]], take: Take, inbox: Path, access: Access | None = None
) -> list[Answer]:
    """Take in every bundle of these places, once: (address, its path where it is one of this machine).

    Refused: `folder-empty`, and as `Watch.look`.
    """
    paths: list[Path] = []
    far: list[tuple[str, Inbox]] = []
    for address, path in places:
        if path is not None:
            paths.append(path)
            continue
        with closing(place_of(address, access)) as place, _seen(address):
            box = Inbox.of(inbox, place.shown)
            names = bundles_of(place.names())
            if not names:
                raise Refused("folder-empty", folder=plain(place.shown))
            paths += [box.fetch(place, name) for name in names]
            far.append((address, box))
    answers = take(paths)
    for address, box in far:
        answers = _carried(answers, address, box, access)
    return answers


def _carried(answers: Sequence[Answer], address: str, box: Inbox, access: Access | None) -> list[Answer]:
    """The answers, once the receipts of this place were brought there; a place that takes none is said."""
    try:
        with closing(place_of(address, access)) as place, _seen(address):
            box.carry(place)
        no = None
    except Refused as refused:
        no = refused
    return [box.told(one, address, no) for one in answers]


def _gave(place: Place, receipt: str, who: Answering) -> bool:
    """Whether what lies there under the name of a receipt is one of those who answer now."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "receipt"
        try:
            place.get(receipt, path)
            return who.gave(read_receipt(path, verify=verify))
        except (FileNotFoundError, Refused):
            return False


@contextmanager
def _seen(address: str) -> Iterator[None]:
    """What goes wrong at a place, in a sentence. Refused: `place-not-seen`."""
    try:
        yield
    except OSError as error:
        raise Refused("place-not-seen", place=plain(address), detail=disk_words(error)) from error
