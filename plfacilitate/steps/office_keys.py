"""The offices' keys that a laptop has taken, and the bundles that are sealed with them.

Owns which key belongs to which office on this laptop. Never takes another key for an office unless a person says so, and
never sends a sealed bundle anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from plfacilitate.core.refusal import Refused, disk_words
from plfacilitate.core.text import plain
from plfacilitate.seal.keys import LaptopKey, load_or_make, verify
from plfacilitate.seal.sealing import is_sealed, unsealed
from plfacilitate.shelf.office_key import OfficeKey, read_office_key
from plfacilitate.shelf.write import write_bytes
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.surroundings import Surroundings

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


def look(path: Path) -> OfficeKey:
    """The key of a file, before it is taken. Refused: `office-key-altered`, and what keeps a file from being read."""
    return read_office_key(path, verify=verify)


def take(keys: Path, path: Path, *, trust: bool = False) -> OfficeKey:
    """Seal to this office from now on. `keys` is the workspace's folder of keys.

    Refused: `office-key-other` where the laptop holds another key of that office, unless `trust` says the new one is
    right; `office-key-altered`, `not-written`.
    """
    key = look(path)
    if not _NAME.fullmatch(key.office):
        raise Refused("office-key-altered", file=plain(path.name))
    known = key_of(keys, key.office)
    if known is not None and known.public != key.public and not trust:
        raise Refused("office-key-other", office=plain(key.office))
    keys.mkdir(parents=True, exist_ok=True)
    write_bytes(_file(keys, key.office), path.read_bytes())
    return key


def drop(keys: Path, office: str) -> None:
    """Seal to this office no more. Refused: `office-key-none`, `not-written`."""
    if key_of(keys, office) is None:
        raise Refused("office-key-none", office=plain(office))
    try:
        _file(keys, office).unlink(missing_ok=True)
    except OSError as error:
        raise Refused("not-written", detail=f"the key of {plain(office)}: {disk_words(error)}") from error


def key_of(keys: Path, office: str) -> OfficeKey | None:
    """The key that was taken for an office, None = bundles for it are not sealed. Refused: `office-key-altered`."""
    path = _file(keys, office)
    return look(path) if _NAME.fullmatch(office) and path.exists() else None


def all_taken(keys: Path) -> list[OfficeKey]:
    """Every office's key on this laptop."""
    return [look(path) for path in sorted(keys.glob("*.officekey"))] if keys.is_dir() else []


def _file(keys: Path, office: str) -> Path:
    return keys / f"{office}.officekey"


@contextmanager
def opened_bundle(around: Surroundings, path: Path, others: Sequence[LaptopKey] = ()) -> Iterator[Path]:
    """A bundle to read on this laptop: one that is sealed is unsealed with the keys that lie in the workspace, or `others`.

    Refused: `sealed-for-others`, `bundle-altered`, `not-written`.
    """
    keys = [*own_keys(around), *others] if is_sealed(path) else []
    with unsealed(path, keys) as inside:
        yield inside


def own_keys(around: Surroundings) -> list[LaptopKey]:
    """The keys that this workspace ever signed with: a restored ledger goes on as a new device, with a new key."""
    folder = around.workspace.keys
    names = [path.stem for path in sorted(folder.glob("*.key"))] if folder.is_dir() else []
    return [load_or_make(folder, name, around.chance) for name in names]


def own_key(around: Surroundings, ledger: Ledger) -> LaptopKey:
    """The key that this laptop signs with, made at first use."""
    return load_or_make(around.workspace.keys, ledger.device, around.chance)
