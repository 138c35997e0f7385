"""Which column of somebody's table holds what, by its title.

Owns how titles are compared. Never looks at cells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plfacilitate.core.text import fold
from plfacilitate.shelf.tables import said

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

    def several(self) -> list[str]:
        """A sentence for each field that more than one column holds."""
        return [
            f"{' and '.join(said(self.header[place]) for place in places)} hold the same: the first filled one counts."
            for places in self.places.values()
            if len(places) > 1
        ]


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
