"""The rows of one file of a roster: columns by the names that the standard gives them, case and blanks forgiven.

Owns which columns a file must have. Never says anything of what stands in a row: it may be a student's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from plfacilitate.core.refusal import Fault
from plfacilitate.core.text import fold, tidy
from plfacilitate.shelf.tables import Table

DELETED = "tobedeleted"
LIST_LIMIT = 5  # lines that a remark names


@dataclass(slots=True)
class Told:
    """What is said of a roster: faults keep it from being taken."""

    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)

    def fault(self, file: str, line: int, key: str, sentence: str) -> None:
        """What must be put right."""
        self.faults.append(Fault(file, line, key, sentence))

    def note(self, file: str, line: int, key: str, sentence: str) -> None:
        """How something was understood, or what was left out."""
        self.notes.append(Fault(file, line, key, sentence))

    def lines(self, file: str, lines: Sequence[int], key: str, sentence: str) -> None:
        """One remark on several lines, at the first of them; `{n}` in the sentence is how many."""
        if lines:
            more = ", ".join(map(str, lines[:LIST_LIMIT])) + (" …" if len(lines) > LIST_LIMIT else "")
            self.note(file, lines[0], key, f"{sentence.format(n=len(lines))} (line {more})")


class Row(NamedTuple):
    """A row: its line, its cells, and at which place which column stands, by the column's name in lower case."""

    line: int
    cells: Sequence[str]
    places: Mapping[str, int]

    def get(self, column: str) -> str:
        """The cell of a column of the standard, tidied; "" = empty, or no such column."""
        place = self.places.get(column.casefold())
        cell = self.cells[place] if place is not None else ""
        return tidy(cell) if cell else ""

    def ids(self, column: str) -> list[str]:
        """A cell that lists several ids."""
        return [one for one in map(tidy, self.get(column).split(",")) if one]

    @property
    def deleted(self) -> bool:
        """Whether the roster says that this record is to be deleted."""
        return self.get("status").casefold() == DELETED


def rows(table: Table | None, needed: Sequence[str], told: Told) -> Iterator[Row]:
    """The rows of a file, as they stream; none where it is not there, or lacks one of the columns that are needed."""
    if table is None:
        return
    columns = _columns(table)
    missing = [name for name in needed if name.casefold() not in columns]
    for name in missing:
        told.fault(table.file, table.header_line, name, "is missing: the first line must name it, as OneRoster does.")
    if not missing:
        for line, cells in table.rows:
            yield Row(line, cells, columns)
    told.faults += table.faults
    told.notes += table.notes


def has_column(table: Table | None, column: str) -> bool:
    """Whether a file is there and names that column."""
    return table is not None and column.casefold() in _columns(table)


def _columns(table: Table) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, title in enumerate(table.header):
        found.setdefault(fold(title).replace(" ", ""), place)
    return found
