"""A bundle that came looked at once more, where it lies.

Owns that nothing is taken in by that. Never judges a figure (`office.recompute`).
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from plfacilitate.core.entry import Chance
from plfacilitate.office.own_key import key_folder, own_keys
from plfacilitate.office.recompute import Compared, compare
from plfacilitate.seal.keys import verify
from plfacilitate.seal.sealing import unsealed
from plfacilitate.shelf.bundle import read_bundle
from plfacilitate.store.register import open_register


def look_again(url: str, path: Path, chance: Chance, *, keys: Path | None = None) -> Compared:
    """Check a bundle's seal and signature, and hold its tables against the register.

    Refused: as `office.receive`, where the file is no whole bundle.
    """
    with closing(open_register(url, chance, make=False)) as register:
        own = own_keys(register, key_folder(url, keys), chance)
        with unsealed(path, own.every) as inside:
            return compare(register, read_bundle(inside, verify=verify))
