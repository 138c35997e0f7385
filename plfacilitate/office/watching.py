"""A place that is looked at again and again: whole bundles that come there are taken in, and their receipts laid beside.

Owns which files of a place are looked at, and when one of them is whole. Never waits (whoever looks does), never takes
anything away there but a receipt of its own that a newer one replaces.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from plfacilitate.core.refusal import Refused, disk_words
from plfacilitate.core.text import plain
from plfacilitate.courier.address import Access
from plfacilitate.courier.folder import Folder
from plfacilitate.courier.place import Place
from plfacilitate.courier.places import place_of
from plfacilitate.courier.send import bring
from plfacilitate.office.receive import ENDING, Answer
from plfacilitate.seal.sealing import ENDING as SEALED

# A name that is no path on any system; what the program itself packs is called so.
_BUNDLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._ ()-]{0,200}\.zip(?:" + re.escape(SEALED) + ")?")


@dataclass
class Watch:
    """One place, and what was seen there. `take` takes files into the register.

    A folder's bundles are taken where they lie; those of any other place are copied into `inbox` first, which keeps them
    for as long as they are held.
    """

    address: str
    take: Callable[[Sequence[Path]], list[Answer]]
    inbox: Path
    access: Access | None = None
    _seen: dict[str, str] = field(default_factory=dict)
    _refused: dict[str, str] = field(default_factory=dict)
    _done: set[str] = field(default_factory=set)

    def look(self) -> list[Answer]:
        """Take in what is new there and lies still: two looks found the same bytes. Gives the answers.

        A bundle with a receipt beside it was answered before. One that is refused is looked at again when it changes.
        Refused: as `place_of`, `place-not-seen`, and whatever keeps the register from taking anything.
        """
        try:
            with closing(place_of(self.address, self.access)) as place:
                ready = [name for name in self._fresh(set(place.names())) if self._lies_still(place, name)]
                paths = [self._here(place, name) for name in ready]
                answers = self.take(paths) if paths else []
                for answer in answers:
                    self._answered(place, answer)
                return answers
        except OSError as error:
            raise Refused("place-not-seen", place=plain(self.address), detail=disk_words(error)) from error

    def _fresh(self, names: set[str]) -> list[str]:
        answered = {one for one in names if receipt_of(one) in names} | self._done
        return [one for one in sorted(names) if _BUNDLE.fullmatch(one) and one not in answered]

    def _lies_still(self, place: Place, name: str) -> bool:
        digest, before = place.digest(name), self._seen.get(name)
        if digest is None or digest == self._refused.get(name):
            return False
        self._seen[name] = digest
        return digest == before

    def _here(self, place: Place, name: str) -> Path:
        if isinstance(place, Folder):
            return place.path / name
        self.inbox.mkdir(parents=True, exist_ok=True)
        place.get(name, self.inbox / name)
        return self.inbox / name

    def _answered(self, place: Place, answer: Answer) -> None:
        name = answer.file.name
        if answer.verdict == "refused" and answer.receipt is None:
            self._refused[name] = self._seen.get(name, "")
        else:
            self._done.add(name)
        if answer.receipt is None or answer.file.parent != self.inbox:
            return
        place.remove(answer.receipt.name)  # what was held has another answer now
        bring(answer.receipt, place)
        if answer.verdict != "held":
            answer.file.unlink(missing_ok=True)
            answer.receipt.unlink(missing_ok=True)


def receipt_of(name: str) -> str:
    """The name of the receipt that lies beside a bundle of this name."""
    return name.removesuffix(SEALED).removesuffix(".zip") + ENDING
