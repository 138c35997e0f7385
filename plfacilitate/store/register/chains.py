"""The proof that every device's chain is whole, down to its first entry.

Owns what is wrong with a chain, in words. Never reads a content.

What is in a register was proved when it came. So an entry that is new needs the one that it names as `previous`: nearly
always the one that came just before it in the bundle, or the head of its device. Only where that is not so (a fork, a
gap) the register is searched.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plfacilitate.core.wire import Envelope
from plfacilitate.store.register.engine import Engine

_LINKS = "SELECT number, digest, previous FROM {0} WHERE device = ? AND number BETWEEN ? AND ?"
_BOTH = f"WITH link AS ({_LINKS.format('entry')} UNION ALL {_LINKS.format('aside')})"
# What stands aside is no part of the register, and still a link.
_FIRST_LOOSE = (
    f"{_BOTH} SELECT l.number FROM link l WHERE l.number >= ? AND NOT EXISTS"
    " (SELECT 1 FROM link p WHERE p.number = l.number - 1 AND p.digest = l.previous) ORDER BY l.number LIMIT 1"
)
_DOUBLED = (
    "SELECT device, number FROM entry WHERE device = ? AND number BETWEEN ? AND ? GROUP BY device, number"
    " HAVING count(DISTINCT digest) > 1"
)


class Breaks(Exception):
    """A chain that does not hold: nothing of the bundle is taken."""


class Missing(Exception):
    """Entries before these are not here yet: the bundle is held. `needs` = device → the first number that is missing."""

    def __init__(self, needs: dict[str, int]) -> None:
        self.needs = needs
        named = ", ".join(f"laptop {device[:8]} from number {number}" for device, number in sorted(needs.items()))
        super().__init__(f"Need {named} first.")


class Chains:
    """The chains that one bundle names. Raises Missing at once where it builds on what is not here."""

    def __init__(self, engine: Engine, covers: Mapping[str, tuple[int, int, str]], *, alone: bool) -> None:
        """Inside a transaction; whoever else takes something of these devices waits from here on."""
        self._engine = engine
        self._covers = covers
        self._heads = dict.fromkeys(covers, (0, "")) | dict(engine.lock(covers, alone=alone))
        needs = {
            device: self._heads[device][0] + 1
            for device, (first, _, _) in covers.items()
            if first > self._heads[device][0] + 1
        }
        if needs:
            raise Missing(needs)
        self._last = dict(self._heads)  # device → number and digest of the entry that came last
        self._most = {device: number for device, (number, _) in self._heads.items()}
        self._loose: dict[str, list[int]] = {}  # numbers whose previous one is not the entry before them
        self._doubled: dict[str, list[int]] = {}  # numbers that a copy of the ledger may have given out too

    def is_new(self, row: Envelope) -> bool:
        """Whether an entry comes after all that is known of its device."""
        return row.number > self._heads[row.device][0]

    def follow_plain(self, devices: Mapping[str, Sequence[Envelope]]) -> bool:
        """Follow entries of which each comes right behind the one before it, beyond all that is known of its device.

        Where only one of them does not, none is followed and the answer is False.
        """
        ends: dict[str, tuple[int, str]] = {}
        for device, rows in devices.items():
            number, digest = self._last[device]
            if (
                number != self._most[device]
                or [row.number for row in rows] != [*range(number + 1, number + 1 + len(rows))]
                or [row.previous for row in rows] != [digest or None, *(row.digest for row in rows[:-1])]
            ):
                return False
            ends[device] = (rows[-1].number, rows[-1].digest)
        self._last |= ends
        self._most |= {device: number for device, (number, _) in ends.items()}
        return True

    def follow(self, row: Envelope, *, known: bool) -> None:
        """The next entry of the bundle; `known` = it was here before."""
        device, number = row.device, row.number
        if not known:
            if (number - 1, row.previous) != self._last[device] and number > 1:
                self._loose.setdefault(device, []).append(number)
            if number <= self._most[device]:
                self._doubled.setdefault(device, []).append(number)
        self._most[device] = max(self._most[device], number)
        self._last[device] = (number, row.digest)

    def finish(self) -> None:
        """All entries were followed and lie in the register: are the chains whole? If so, the heads move."""
        for device, numbers in sorted(self._loose.items()):
            self._prove(device, min(numbers), max(numbers))
        for device, (_, last, digest) in self._covers.items():
            self._end(device, last, digest)
        for device, numbers in self._doubled.items():
            forks = self._engine.rows(_DOUBLED, device, min(numbers), max(numbers))
            self._engine.lay_new("fork", forks)

    def _prove(self, device: str, first: int, last: int) -> None:
        span = (device, first - 1, last)
        loose = self._engine.rows(_FIRST_LOOSE, *span, *span, first)
        if loose and not self._digests(device, loose[0][0] - 1):
            raise Missing({device: self._first_gap(device)})
        if loose:
            raise Breaks(f"The chain of laptop {device[:8]} breaks at number {loose[0][0]}.")

    def _end(self, device: str, last: int, digest: str) -> None:
        ends = (last, digest)
        if ends not in (self._last[device], self._heads[device]) and digest not in self._digests(device, last):
            raise Breaks(f"The chain of laptop {device[:8]} does not end where the bundle says.")
        if last > self._heads[device][0]:
            self._engine.run(
                "INSERT INTO device_head VALUES (?, ?, ?) ON CONFLICT (device) DO UPDATE"
                " SET number = excluded.number, digest = excluded.digest",
                device,
                last,
                digest,
            )

    def _digests(self, device: str, number: int) -> set[str]:
        """What this device's entries of a number are; nearly always one, or none that is here."""
        span = (device, number, number)
        return {digest for (digest,) in self._engine.rows(f"{_BOTH} SELECT digest FROM link", *span, *span)}

    def _first_gap(self, device: str) -> int:
        number = self._heads[device][0] + 1
        while self._digests(device, number):
            number += 1
        return number
