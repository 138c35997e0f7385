"""Who of a roster is staff: by the column `role` of version 1.1, or by the file roles.csv of version 1.2.

Owns which roles are staff. Whoever is a student in any role is one here, and a role that is not known is none of staff.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from plfacilitate.core.text import cut
from plfacilitate.shelf.oneroster.files import ROLES, Roster
from plfacilitate.shelf.oneroster.rows import Told, rows

STAFF: Mapping[str, str] = {
    "teacher": "teacher", "administrator": "administrator", "aide": "aide", "proctor": "proctor",
    "counselor": "counselor", "principal": "principal", "districtadministrator": "district administrator",
    "siteadministrator": "site administrator", "systemadministrator": "system administrator",
}  # fmt: skip
"""Roles of staff in lower case → as people read them."""
STUDENT = "student"
OTHERS: Mapping[str, str] = {
    "student": "students",
    "parent": "parents",
    "guardian": "guardians",
    "relative": "relatives",
}
"""Roles whose people are never taken, and what they are called when they are counted."""


class Held(NamedTuple):
    """A role of staff that somebody has: which, where, and whether it is their main one."""

    role: str
    org: str
    main: bool


@dataclass(slots=True)
class Roles:
    """What roles.csv says: roles of staff by user, who is a student anywhere, and who else there is, by role."""

    staff: dict[str, list[Held]] = field(default_factory=dict)
    students: set[str] = field(default_factory=set)
    others: dict[str, str] = field(default_factory=dict)


def read_roles(roster: Roster, today: date, told: Told) -> Roles:
    """The roles that count on a day: neither ended before it nor to be deleted."""
    found = Roles()
    ended = []
    strange: Counter[str] = Counter()
    for row in rows(roster.table(ROLES), ("userSourcedId", "role"), told):
        user, role = row.get("userSourcedId"), row.get("role").casefold()
        if not user:
            continue
        if role == STUDENT:
            found.students.add(user)  # also one that is over: a student of the spring is none of the staff by that
        elif row.deleted or _ended(row.get("endDate"), today):
            ended.append(row.line)
        elif role in STAFF:
            main = row.get("roleType").casefold() == "primary"
            found.staff.setdefault(user, []).append(Held(STAFF[role], row.get("orgSourcedId"), main))
        else:
            found.others[user] = role
            if role not in OTHERS:
                strange[row.get("role")] += 1
    file = f"{roster.name}/{ROLES}"
    told.lines(file, ended, "", "{n} role(s) are over or to be deleted: they don't count")
    say_strange(told, file, strange)
    return found


def say_strange(told: Told, file: str, strange: Mapping[str, int]) -> None:
    """Roles that are not known to be staff, each with how many have it."""
    for role, count in sorted(strange.items()):
        shown = cut(role, 30).strip() or "no role"
        told.note(file, 0, "role", f"“{shown}” is not known as a role of staff: {count} left out.")


def _ended(text: str, today: date) -> bool:
    try:
        return bool(text) and date.fromisoformat(text[:10]) < today
    except ValueError:
        return False
