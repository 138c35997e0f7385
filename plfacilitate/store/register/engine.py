"""What a register asks of the database behind it.

Owns the few things that differ from one engine to the next; everything else is SQL that all of them understand, written
once with `?` for a value. Never knows what an entry is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

NOWHERE = "00000000-0000-0000-0000-000000000000"
"""The event of entries that belong to none."""

SLICE = 1000
"""Rows that are made at once: while a server works on these, the next can be made."""

Row = tuple[Any, ...]
Columns = Sequence[Sequence[object]]
"""Rows, column by column, in the order of `tables.COLUMNS`: there are many, and nobody looks at a single one."""


class Raced(Exception):
    """Another receiver was faster in a way that only shows afterwards: nothing was taken, the same works again."""


class Engine(Protocol):
    """A database that holds one register. Every method may raise Refused where the database says no."""

    among: str
    """Follows a column: its value is one of those that `listed` made of the next `?`."""
    alone: bool
    """Whether whoever writes is always the only one."""

    def listed(self, values: Iterable[str]) -> object:
        """These texts as one value, for `among`."""

    def rows(self, sql: str, *values: object) -> list[Row]:
        """What a question is answered with."""

    def run(self, sql: str, *values: object) -> int:
        """Do something; how many rows that was."""

    def lay(self, table: str, slices: Iterable[Columns]) -> None:
        """Put many rows down of which none is there yet, slice by slice as they come; raises Raced where one is.

        Whatever makes the slices must not ask this engine anything meanwhile.
        """

    def lay_new(self, table: str, rows: Sequence[Row]) -> int:
        """Put down those of many rows whose key is not there yet; how many these were."""

    def writing(self) -> AbstractContextManager[None]:
        """One transaction: all of it or nothing, on the disk when the block ends. Raises Raced."""

    def lock(self, devices: Iterable[str], *, alone: bool) -> Mapping[str, tuple[int, str]]:
        """Inside a transaction: nobody else takes anything of these devices until it ends; `alone` = of any device.

        Gives how far each of them is known, as it stands now that nobody else moves it.
        """

    def wipe(self) -> bool:
        """After a transaction: see that what was deleted can't be read again. False = not now, somebody reads."""

    def close(self) -> None:
        """Let go of it."""
