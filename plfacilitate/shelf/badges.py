"""Badges as a PDF on common label sheets.

Owns the measures of the sheets and what stands on a badge. The look is `exports/documents/badges.typ`. Never makes a
number up: `core.badges` does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, NamedTuple

from plfacilitate.core.badges import spaced
from plfacilitate.core.people import Person
from plfacilitate.core.refusal import Refused
from plfacilitate.shelf.qr import modules, svg
from plfacilitate.shelf.shipped import folder
from plfacilitate.shelf.typeset import printable, typeset

TEMPLATE = "badges.typ"


class Labels(NamedTuple):
    """A sheet of labels, in hundredths of a millimetre; `pitch_*` from the edge of one label to that of the next."""

    paper: Literal["us-letter", "a4"]
    across: int
    down: int
    width: int
    height: int
    left: int
    top: int
    pitch_x: int
    pitch_y: int
    what: str

    @property
    def places(self) -> int:
        """Labels a sheet."""
        return self.across * self.down


# As their makers print the measures on the box.
LABELS: Mapping[str, Labels] = {
    "avery-5395": Labels("us-letter", 2, 4, 8573, 5927, 1746, 1482, 9525, 6350, "name badges, 8 a sheet"),
    "avery-5390": Labels("us-letter", 2, 4, 8890, 5715, 1905, 2540, 8890, 5715, "inserts for holders, 8 a sheet"),
    "avery-5163": Labels("us-letter", 2, 5, 10160, 5080, 397, 1270, 10636, 5080, "shipping labels, 10 a sheet"),
    "avery-5160": Labels("us-letter", 3, 10, 6668, 2540, 476, 1270, 6985, 2540, "address labels, 30 a sheet"),
    "avery-l7160": Labels("a4", 3, 7, 6350, 3810, 721, 1515, 6604, 3810, "A4 address labels, 21 a sheet"),
    "avery-l7163": Labels("a4", 2, 7, 9910, 3810, 465, 1515, 10160, 3810, "A4 address labels, 14 a sheet"),
}
USUAL = "avery-5395"


def labels_named(name: str) -> Labels:
    """The sheet of that name. Refused: `labels-unknown`."""
    found = LABELS.get(name.strip().casefold())
    if found is None:
        known = ", ".join(f"{one} ({labels.what})" for one, labels in LABELS.items())
        raise Refused("labels-unknown", name=printable(name, 60), known=known)
    return found


def badges(
    people: Sequence[Person],
    labels: Labels,
    title: str,
    made_at: datetime,
    *,
    skip: int = 0,
    template: Path | None = None,
    kind: Literal["pdf", "png"] = "pdf",
) -> bytes:
    """A badge for each of the people, in their order; `skip` = labels of the first sheet that are used already.

    `png` gives the first sheet as a picture. Refused: `sheet-not-drawn`.
    """
    source = template or folder("exports") / "documents" / TEMPLATE
    return typeset(source, "badges", printed(people, labels, title, skip=skip), made_at, kind=kind)


def printed(people: Sequence[Person], labels: Labels, title: str, *, skip: int = 0) -> dict[str, Any]:
    """Everything that the template prints."""
    measures = labels._asdict() | {"what": "", "places": labels.places, "skip": skip % labels.places}
    return {"title": printable(title, 80), "labels": measures, "badges": [_badge(person) for person in people]}


def _badge(person: Person) -> dict[str, str]:
    return {
        "first": printable(person.first_name or person.last_name, 60),
        "last": printable(person.last_name if person.first_name else "", 60),
        "school": printable(person.school or person.district, 80),
        "digits": spaced(person.badge),
        "code": code_svg(person.badge),
    }


def code_svg(digits: str) -> str:
    """The digits as a QR in SVG, with its quiet zone; what a scanner types for it is the digits."""
    return svg(modules(digits, "M"), ' xmlns="http://www.w3.org/2000/svg"')
