"""Which column of somebody's table holds what, by its title, and what is told about the table as it is read.

Owns how titles are compared and how a fault names its place. Never knows what a cell should say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from plfacilitate.core.refusal import Fault
from plfacilitate.core.text import fold, plain
from plfacilitate.shelf.tables import Table, said

# Words around a title that say whose it is or how the form asked, not what it holds.
_BEFORE = frozenset({"attendee", "contact", "employee", "member", "participant", "registrant", "staff", "user", "your"})
_AFTER = frozenset({"optional", "required"})


@dataclass(frozen=True, slots=True)
class Columns:
    """Places (from 0) of each field that a table has, the strongest title first, and what was not understood."""

    places: Mapping[str, tuple[int, ...]]
    header: Sequence[str]
    unknown: tuple[str, ...]

    def value(self, cells: Sequence[str], field: str) -> str:
        """The first filled cell of a field; "" where there is none."""
        for place in self.places.get(field, ()):
            if cells[place] and not cells[place].isspace():
                return cells[place]
        return ""

    def title(self, field: str) -> str:
        """The title of a field as the file has it, for a fault; the field's own name where it has none."""
        places = self.places.get(field, ())
        return self.header[places[0]] if places else field


@dataclass(slots=True)
class Reading:
    """One pass over a table, and what it has met so far."""

    table: Table
    columns: Columns
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)

    def fault(self, line: int, name: str, sentence: str) -> None:
        """What keeps the file from being taken; `name` is a field, "" for the line as a whole."""
        self.faults.append(self.told(line, name, sentence))

    def note(self, line: int, name: str, sentence: str) -> None:
        """How something was understood."""
        self.notes.append(self.told(line, name, sentence))

    def told(self, line: int, name: str, sentence: str) -> Fault:
        """A sentence with its place: the column is called as the file calls it."""
        return Fault(self.table.file, line, plain(self.columns.title(name)[:40]) if name else "", sentence)

    def note_columns(self) -> None:
        """Say which columns were not understood, and which hold the same."""
        line = self.table.header_line
        if self.columns.unknown:
            self.note(line, "", f"not understood and left aside: {', '.join(map(said, self.columns.unknown))}.")
        for places in self.columns.places.values():
            if len(places) > 1:
                titles = " and ".join(said(self.columns.header[place]) for place in places)
                self.note(line, "", f"{titles} hold the same: the first filled one counts.")

    def all_faults(self) -> tuple[Fault, ...]:
        """Those of the table and those of the rows, by line."""
        return tuple(sorted([*self.table.faults, *self.faults], key=lambda fault: fault.line))

    def all_notes(self) -> tuple[Fault, ...]:
        """Those of the table, then those of the rows."""
        return (*self.table.notes, *self.notes)


def find_columns(header: Sequence[str], titles: Mapping[str, Sequence[str]]) -> Columns:
    """Match a header with `titles`: for each field what people call it, folded, the strongest first."""
    strength = {title: (field, rank) for field, known in titles.items() for rank, title in enumerate(known)}
    found: dict[str, list[tuple[int, int]]] = {}
    unknown = []
    for place, title in enumerate(header):
        match = strength.get(fold(title)) or strength.get(_bare(title))
        if match:
            found.setdefault(match[0], []).append((match[1], place))
        elif title:
            unknown.append(title)
    places = {field: tuple(place for _, place in sorted(found[field])) for field in titles if field in found}
    return Columns(places, header, tuple(unknown))


def _bare(title: str) -> str:
    """A title without the words around it: `Participant First Name (required)` is `first name`."""
    words = fold(title).split()
    while len(words) > 1 and words[-1] in _AFTER:
        words.pop()
    while len(words) > 1 and words[0] in _BEFORE:
        words.pop(0)
    return " ".join(words)
