"""The entries that a fold keeps: each once, none that was erased, and what the undos among them take back.

Owns what a union of ledgers means to every fold: any order, any repetition of entries leaves the same kept. What was
erased stays away, also where it arrives only later. Never knows what an entry says, but for an undo and an erasure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from plfacilitate.core.entry import Entry
from plfacilitate.core.versions import voided

Belongs = Callable[[Entry], bool]
"""Whether an entry, or an undo, is one of a fold's own."""


def of_event(event_id: str | None, kinds: AbstractSet[str]) -> Belongs:
    """What belongs to one event and is of these kinds; None = what belongs to no event."""
    return lambda entry: entry.event == event_id and entry.kind in kinds


class News(NamedTuple):
    """What entries that were taken in have changed.

    `came` and `went` (erased) hold no undos; where the undos are other ones, `undone` says so. `turned` = the ids that
    were taken back, or given back by undoing an undo, whether they are here or not.
    """

    came: list[Entry]
    went: list[Entry]
    undone: bool
    turned: AbstractSet[str]

    def __bool__(self) -> bool:
        """Something may look different now."""
        return self.undone or bool(self.came) or bool(self.went)


_NOTHING: frozenset[str] = frozenset()


class Kept:
    """Entries by their ids, and beside them the undos; `void` = what these take back, `seq` = the newest entry of all.

    `instead` = what was written in place of something erased.
    """

    def __init__(self, belongs: Belongs) -> None:
        """Nothing yet; of what is handed in, only what `belongs` is kept. Erasures concern everybody."""
        self.seq = 0
        self.entries: dict[str, Entry] = {}
        self.undos: dict[str, Entry] = {}
        self.void: set[str] = set()
        self.instead: set[str] = set()
        self._belongs = belongs
        self._gone: set[str] = set()

    def take(self, entries: Iterable[Entry]) -> News:
        """Take entries in."""
        came: list[Entry] = []
        went: list[Entry] = []
        undone = False
        kept, undos, gone, belongs = self.entries, self.undos, self._gone, self._belongs
        for entry in entries:
            if entry.seq > self.seq:  # noqa: PLR1730 (max() would be a call an entry)
                self.seq = entry.seq
            one, kind = entry.id, entry.kind
            if kind == "erased":
                undone |= self._erase(entry, went)
            elif one in kept or one in undos or one in gone or not belongs(entry):
                continue
            elif kind == "undo":
                undos[one] = entry
                undone = True
            else:
                kept[one] = entry
                came.append(entry)
        return News(came, went, undone, self._weigh() if undone else _NOTHING)

    def _erase(self, erased: Entry, went: list[Entry]) -> bool:
        """Let go of what was erased; True when an undo was among it."""
        self.instead.update(map(str, erased.body.get("instead", ())))
        ids = set(map(str, erased.body.get("ids", ())))
        self._gone |= ids
        went += [self.entries.pop(one) for one in ids & self.entries.keys()]
        undos = ids & self.undos.keys()
        for one in undos:
            del self.undos[one]
        return bool(undos)

    def _weigh(self) -> set[str]:
        before, self.void = self.void, voided(self.undos.values())
        return before ^ self.void

    def standing(self) -> list[Entry]:
        """What is kept and was not taken back, in no order; versions that another one replaced among it."""
        return [entry for key, entry in self.entries.items() if key not in self.void]


class Fold:
    """What the folds over something kept share. Each says by `apply` what looks different now, and gives frozen values."""

    def __init__(self, belongs: Belongs) -> None:
        """Nothing is known yet."""
        self._kept = Kept(belongs)

    @property
    def seq(self) -> int:
        """The newest entry that was applied."""
        return self._kept.seq
