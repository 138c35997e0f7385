"""The one key of an office: it signs receipts, and opens what was sealed to the office.

Owns which key that is: the register remembers it, so one that is lost, or another machine's, is never replaced in
silence by a new one that no laptop knows. Earlier keys are kept to open what was sealed to them, and sign nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from plfacilitate.core.entry import Chance
from plfacilitate.core.refusal import Refused, disk_words
from plfacilitate.seal.keys import LaptopKey, fingerprint, load_or_make
from plfacilitate.store.register import Register, register_folder

NAME = "office"
_EARLIER = "office-until-"


@dataclass(frozen=True, slots=True)
class OwnKeys:
    """The key of now, and those before it, the newest first."""

    own: LaptopKey
    earlier: tuple[LaptopKey, ...] = ()

    @property
    def every(self) -> tuple[LaptopKey, ...]:
        """All that open something."""
        return (self.own, *self.earlier)


def key_folder(url: str, keys: Path | None) -> Path:
    """Where the office's keys lie: beside a register that is a file, else in the folder `keys`."""
    beside = register_folder(url)
    return beside / "keys" if beside else keys or Path("keys")


def own_keys(register: Register, folder: Path, chance: Chance) -> OwnKeys:
    """The keys of a register's office, made at first use.

    Refused: `office-key-gone` and `office-key-changed` where the register answers with another key than the one that lies
    there; `key-unreadable`, `not-written`.
    """
    known = register.office_key
    if known and not _file(folder).exists():
        raise Refused("office-key-gone", key=fingerprint(known), folder=folder)
    own = load_or_make(folder, NAME, chance)
    if known and known != own.public:
        raise Refused("office-key-changed", key=fingerprint(known), found=own.fingerprint, folder=folder)
    if not known:
        register.keep_office_key(own.public)
    return OwnKeys(own, tuple(_earlier(folder, chance)))


def keys_there(folder: Path, chance: Chance) -> list[LaptopKey]:
    """The keys that lie there and open something; none is made."""
    own = [load_or_make(folder, NAME, chance)] if _file(folder).exists() else []
    return [*own, *_earlier(folder, chance)]


def adopt(register: Register, folder: Path, chance: Chance) -> None:
    """A register was put back from a copy: it answers with the key that lies there, whatever it knew when it was copied."""
    if _file(folder).exists():
        register.keep_office_key(load_or_make(folder, NAME, chance).public)


def make_new(register: Register, folder: Path, chance: Chance, stamp: str) -> OwnKeys:
    """A new key; the one that lies there is kept beside it, named with `stamp`. Refused: `not-written`."""
    try:
        for ending in (".key", ".pub"):
            path = _file(folder).with_suffix(ending)
            if path.exists():
                path.rename(path.with_name(f"{_EARLIER}{stamp}{ending}"))
    except OSError as error:
        raise Refused("not-written", detail=f"the key in {folder}: {disk_words(error)}") from error
    own = load_or_make(folder, NAME, chance)
    register.keep_office_key(own.public)
    return OwnKeys(own, tuple(_earlier(folder, chance)))


def _file(folder: Path) -> Path:
    return folder / f"{NAME}.key"


def _earlier(folder: Path, chance: Chance) -> Iterator[LaptopKey]:
    for path in sorted(folder.glob(f"{_EARLIER}*.key"), reverse=True):
        yield load_or_make(folder, path.stem, chance)
