"""Bundles of a place that is no folder of this machine: copied here to be taken in, their receipts carried there.

Owns the folder where they lie meanwhile. A receipt stays in it until it lies at the place, whoever wrote it and whatever
was cut in between; a bundle for as long as it is held. Never takes a bundle away at the place.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from pathlib import Path

from plfacilitate.core.refusal import Refused
from plfacilitate.courier.place import Place
from plfacilitate.courier.send import bring_over
from plfacilitate.office.receive import ENDING, Answer, without_receipt
from plfacilitate.seal.keys import verify
from plfacilitate.seal.sealing import ENDING as SEALED
from plfacilitate.shelf.receipt import read_receipt

# A name that is no path on any system; what the program itself packs is called so.
_BUNDLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._ ()-]{0,200}\.zip(?:" + re.escape(SEALED) + ")?", re.IGNORECASE)


def bundles_of(names: list[str]) -> list[str]:
    """Those of a place's names that can be bundles."""
    return [name for name in sorted(names) if _BUNDLE.fullmatch(name)]


def receipt_of(name: str) -> str:
    """The name of the receipt that lies beside a bundle of this name."""
    return name.removesuffix(SEALED).removesuffix(".zip") + ENDING


@dataclass(frozen=True, slots=True)
class Inbox:
    """The folder of one place."""

    folder: Path

    @staticmethod
    def of(root: Path, shown: str) -> Inbox:
        """The one below `root` of the place that people know by this address."""
        name = re.sub(r"[^A-Za-z0-9]+", "-", shown)[:60].strip("-").lower()
        return Inbox(root / f"{name}-{hashlib.sha256(shown.encode()).hexdigest()[:8]}")

    def fetch(self, place: Place, name: str) -> Path:
        """Copy a bundle here. Raises OSError."""
        self.folder.mkdir(parents=True, exist_ok=True)
        place.get(name, self.folder / name)
        return self.folder / name

    def told(self, answer: Answer, shown: str, no: Refused | None = None) -> Answer:
        """An answer to a file of this folder, as one to what lies at that place; any other one is itself.

        `no` = why its receipt could not be carried there. A file that is no whole bundle is not kept here.
        """
        if answer.file.parent != self.folder:
            return answer
        if answer.receipt is None:
            answer.file.unlink(missing_ok=True)
        return replace(without_receipt(answer, no) if no is not None else answer, place=shown)

    def carry(self, place: Place) -> None:
        """Lay every receipt that lies here at the place, and let go of what is answered for good.

        Raises OSError. Refused: `not-sent`.
        """
        for receipt in sorted(self.folder.glob(f"*{ENDING}")) if self.folder.is_dir() else ():
            bring_over(receipt, place)
            stem = receipt.name.removesuffix(ENDING)
            if not _is_held(receipt):
                for ending in (".zip", ".zip" + SEALED):
                    (self.folder / (stem + ending)).unlink(missing_ok=True)
            receipt.unlink(missing_ok=True)


def _is_held(receipt: Path) -> bool:
    try:
        return read_receipt(receipt, verify=verify).verdict == "held"
    except Refused:
        return False
