"""What can be said of a bundle whose every byte is the one that was signed: its entries, and the files beside it.

Owns the sentences of `verify`: what is right, and what is not. Never opens a bundle (`shelf.bundle`), never says whom a
key belongs to.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from plfacilitate.core.entry import Sealed, content_digest
from plfacilitate.core.text import plain
from plfacilitate.core.wire import Unreadable, read_envelope
from plfacilitate.shelf.bundle import Bundle
from plfacilitate.shelf.manifest import Cover


@dataclass(frozen=True, slots=True)
class Verified:
    """The number of entries, and sentences: what is right, what is wrong, and what could not be looked at."""

    entries: int
    right: tuple[str, ...]
    wrong: tuple[str, ...]
    unseen: tuple[str, ...]


def verified(bundle: Bundle, file: Path) -> Verified:
    """Look at every entry, and at the files that lie beside `file` and were packed with it.

    Refused("bundle-altered") for a file that changes while it is read.
    """
    label = bundle.manifest.label
    chains = _Chains(label.covers)
    chains.read(bundle.entries())
    right, wrong, unseen = list(chains.right()), list(chains.wrong()), list[str]()
    for name, digest in label.beside.items():
        found = _digest(file.with_name(name))
        if found is None:
            unseen.append(f"{plain(name)} is not here: whether it belongs to this bundle can't be said.")
        elif found == digest:
            right.append(f"{plain(name)} is the one that was packed with it.")
        else:
            wrong.append(f"{plain(name)} is not the one that was packed with it: ask for both again.")
    return Verified(chains.entries, tuple(right), tuple(wrong), tuple(unseen))


class _Chains:
    """What was read of each laptop's chain, against what the manifest says is covered."""

    def __init__(self, covers: Mapping[str, Cover]) -> None:
        """Nothing read yet."""
        self.covers = covers
        self.entries = self.contents = 0
        self.numbers: dict[str, set[int]] = {device: set() for device in covers}
        self.last: set[str] = set()
        self.strange = self.unbound = 0

    def read(self, entries: Iterable[Sealed]) -> None:
        """Take in every entry."""
        for entry in entries:
            self.entries += 1
            try:
                envelope = read_envelope(entry.envelope)
            except Unreadable:
                self.strange += 1
                continue
            if envelope.device in self.numbers:
                self.numbers[envelope.device].add(envelope.number)
                if envelope.digest == self.covers[envelope.device].digest:
                    self.last.add(envelope.device)
            else:
                self.strange += 1
            if entry.salt is not None and entry.content is not None:
                self.contents += 1
                self.unbound += content_digest(entry.salt, entry.content) != envelope.content_digest

    def right(self) -> Iterable[str]:
        """What fits."""
        for device, cover in self.covers.items():
            if not self._missing(device) and device in self.last:
                yield f"Laptop {plain(device[:8])}: entries {cover.first} to {cover.last}, none is missing."
        if self.contents and not self.unbound:
            yield f"{self.contents} of {self.entries} entries come with their content, each the one that was written."

    def wrong(self) -> Iterable[str]:
        """What does not."""
        for device, cover in self.covers.items():
            missing = self._missing(device)
            if missing:
                yield f"Laptop {plain(device[:8])}: {missing} of the entries {cover.first} to {cover.last} are missing."
            elif device not in self.last:
                yield f"Laptop {plain(device[:8])}: its last entry is not the one that was signed for."
        if self.unbound:
            yield f"{self.unbound} entries have another content than was written."
        if self.strange:
            yield f"{self.strange} entries belong to no laptop that the bundle names, or can't be read."

    def _missing(self, device: str) -> int:
        cover = self.covers[device]
        return cover.last - cover.first + 1 - sum(cover.first <= one <= cover.last for one in self.numbers[device])


def _digest(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
