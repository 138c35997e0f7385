"""The organisations of a roster: which school and which district somebody belongs to.

Owns the walk from an organisation up to its district. Never reads a user.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from plfacilitate.shelf.oneroster.files import ORGS, Roster
from plfacilitate.shelf.oneroster.rows import Told, rows

_HIGHEST = 20  # organisations one above the other; a circle ends there too


class Org(NamedTuple):
    """An organisation: its name, its kind (school, district, department …), and the one above it, "" = none."""

    name: str
    kind: str
    above: str


Orgs = Mapping[str, Org]


def read_orgs(roster: Roster, told: Told) -> Orgs:
    """All organisations by their id; none where orgs.csv is not there."""
    found: dict[str, Org] = {}
    for row in rows(roster.table(ORGS), ("sourcedId", "name"), told):
        one, name = row.get("sourcedId"), row.get("name")
        if not one or not name:
            missing = "name" if one else "sourcedId"
            told.note(f"{roster.name}/{ORGS}", row.line, missing, "is empty: this organisation is left out.")
        elif one in found:
            told.note(f"{roster.name}/{ORGS}", row.line, "sourcedId", "stands above already: the first one counts.")
        else:
            found[one] = Org(name, row.get("type").casefold(), row.get("parentSourcedId"))
    return found


def place_of(orgs: Orgs, ids: list[str]) -> tuple[str, str]:
    """School and district of somebody who belongs to these organisations, the most important first; "" = not known.

    A department counts as a school where nothing else does, as its people have none.
    """
    known = [one for one in ids if one in orgs]
    school = next((one for one in known if orgs[one].kind == "school"), None)
    school = school or next((one for one in known if orgs[one].kind == "department"), None)
    school = school or next((one for one in known if not orgs[one].kind), None)
    start = school or (known[0] if known else "")
    return (orgs[school].name if school else ""), _district(orgs, start)


def _district(orgs: Orgs, one: str) -> str:
    for _ in range(_HIGHEST):
        if one not in orgs:
            break
        if orgs[one].kind == "district":
            return orgs[one].name
        one = orgs[one].above
    return ""
