"""A roster's staff as the rows of a people file.

Owns what of a user is taken: name, e-mail, school, district, role and the roster's own id. Says nothing of anybody who
is not staff but how many there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from plfacilitate.core.people import is_email, tidied
from plfacilitate.core.roster import PersonRow
from plfacilitate.core.text import cut, fold
from plfacilitate.shelf.oneroster.files import MANIFEST, ORGS, ROLES, USERS, Roster, open_roster
from plfacilitate.shelf.oneroster.orgs import Orgs, place_of, read_orgs
from plfacilitate.shelf.oneroster.roles import OTHERS, STAFF, STUDENT, Held, Roles, read_roles, say_strange
from plfacilitate.shelf.oneroster.rows import Row, Told, has_column, rows
from plfacilitate.shelf.people_files import PeopleFile

_KNOWN = ("1.0", "1.1", "1.2")


def read_roster(path: Path, today: date, known: Collection[str] = ()) -> PeopleFile:
    """The staff of a roster on a day; `known` are roster ids of people who were taken before.

    A delta of version 1.2 may leave out a user's role where it did not change: whoever is known stays staff then.
    Refused: `file-unreadable`.
    """
    told = Told()
    with open_roster(path) as roster:
        reading = _Reading(roster, today, known, told)
        taken = list(reading.people())
        reading.say()
    faults = tuple(sorted(told.faults, key=lambda fault: (fault.file, fault.line)))
    return PeopleFile(roster.name, () if faults else tuple(taken), faults, (), tuple(told.notes))


@dataclass(slots=True)
class _Reading:
    """One pass over a roster."""

    roster: Roster
    today: date
    known: Collection[str]
    told: Told
    left: Counter[str] = field(default_factory=Counter)
    strange: Counter[str] = field(default_factory=Counter)
    lines: dict[str, list[int]] = field(default_factory=dict)
    persons: dict[str, str] = field(default_factory=dict)  # userMasterIdentifier → the first roster id that has it
    seen: set[str] = field(default_factory=set)

    @property
    def file(self) -> str:
        """The users' file, as people see it."""
        return f"{self.roster.name}/{USERS}"

    def people(self) -> Iterator[PersonRow]:
        """Whoever is staff, in the order of the file."""
        self._manifest()
        users = self.roster.table(USERS)
        if users is None:
            self.told.fault(self.roster.name, 0, "", f"{USERS} is missing or empty: it is the file with the people.")
            return
        orgs = read_orgs(self.roster, self.told)
        roles = read_roles(self.roster, self.today, self.told) if ROLES in self.roster.files else None
        if roles is None and not has_column(users, "role"):
            sentence = f"is missing, and so is {ROLES}: nobody can be told from a student, so nobody is taken."
            self.told.fault(self.file, 1, "role", sentence)
            return
        for row in rows(users, ("sourcedId", "givenName", "familyName"), self.told):
            held = self._staff(row, roles)
            if held is not None and (person := self._person(row, held, orgs)):
                yield person

    def _manifest(self) -> None:
        """What the manifest says of the version and of the users' file; without one it is taken as whole."""
        if MANIFEST not in self.roster.files:
            self.told.note(self.roster.name, 0, "", f"has no {MANIFEST}: taken as a whole roster.")
            return
        said = {
            row.get("propertyName").casefold(): row.get("value").casefold()
            for row in rows(self.roster.table(MANIFEST), ("propertyName", "value"), self.told)
        }
        version = said.get("oneroster.version", "")
        if version not in _KNOWN:
            shown = cut(version, 20).strip() or "no version"
            self.told.note(
                f"{self.roster.name}/{MANIFEST}", 0, "oneroster.version", f"says {shown}; read as {_KNOWN[-1]}."
            )
        if said.get("file.users") == "delta":
            self.told.note(self.roster.name, 0, "", "is a delta: whoever is not in it stays as they are.")
        if said.get("file.users") == "absent" and USERS in self.roster.files:
            self.told.note(
                f"{self.roster.name}/{MANIFEST}", 0, "file.users", "says absent, and the file is there: it was read."
            )

    # -- who is staff --------------------------------------------------------------------------------------------------

    def _staff(self, row: Row, roles: Roles | None) -> list[Held] | None:
        """The roles of staff of a user; None = they are none of staff, and were counted."""
        source = row.get("sourcedId")
        if roles is None:
            return self._by_column(row)
        if source in roles.students or row.get("role").casefold() == STUDENT:
            self.left[OTHERS[STUDENT]] += 1
            return None
        if held := roles.staff.get(source):
            return held
        if source in roles.others:
            self.left[OTHERS.get(roles.others[source], "others")] += 1
            return None
        if source in self.known:
            return []
        self.left[f"users without a role in {ROLES}"] += 1
        return None

    def _by_column(self, row: Row) -> list[Held] | None:
        role = row.get("role").casefold()
        if role in STAFF:
            return [Held(STAFF[role], "", main=True)]
        self.left[OTHERS.get(role, "others")] += 1
        if role not in OTHERS:
            self.strange[row.get("role")] += 1
        return None

    # -- what is taken of them -----------------------------------------------------------------------------------------

    def _person(self, row: Row, held: list[Held], orgs: Orgs) -> PersonRow | None:
        source = row.get("sourcedId")
        if row.deleted:
            self._line("deleted", row)
            return None
        if row.get("enabledUser").casefold() == "false":
            self._line("disabled", row)
            return None
        if not source:
            self.told.fault(self.file, row.line, "sourcedId", "is empty: every user needs one.")
            return None
        if source in self.seen:
            self.told.note(self.file, row.line, "sourcedId", "stands above already: the first one counts.")
            return None
        self.seen.add(source)
        held = sorted(held, key=lambda one: not one.main)
        school, district = self._place(row, held, orgs)
        last, first = (row.get(f"preferred{name}") or row.get(name) for name in ("FamilyName", "GivenName"))
        if not last:
            last, first = first, ""
        if not last:
            self.told.fault(self.file, row.line, "familyName", "is empty: every user needs a name.")
            return None
        email = row.get("email")
        if email and not is_email(email):
            self._line("email", row)
            email = ""
        role = held[0].role if held else ""
        fields = {"last_name": last, "first_name": first, "email": email, "school": school, "district": district}
        return PersonRow(row.line, tidied(fields | {"role": role}), source=self._source(row, source))

    def _place(self, row: Row, held: list[Held], orgs: Orgs) -> tuple[str, str]:
        """School and district: the primary organisation, then those of the roles, then those of the user."""
        ids = [row.get("primaryOrgSourcedId"), *(one.org for one in held), *row.ids("orgSourcedIds")]
        ids = list(dict.fromkeys(one for one in ids if one))
        if ids and not any(one in orgs for one in ids):
            self._line("org", row)
        schools = {orgs[one].name for one in ids if one in orgs and orgs[one].kind == "school"}
        if len(schools) > 1:
            self._line("schools", row)
        return place_of(orgs, ids)

    def _source(self, row: Row, source: str) -> str:
        """The roster id that stands for the person; two users of one userMasterIdentifier are one person."""
        master = fold(row.get("userMasterIdentifier"))
        if not master:
            return source
        first = self.persons.setdefault(master, source)
        if first != source:
            self._line("master", row)
        return first

    def _line(self, what: str, row: Row) -> None:
        self.lines.setdefault(what, []).append(row.line)

    def say(self) -> None:
        """What concerns the roster as a whole: who was left out, and what is doubtful, each once."""
        counts = ", ".join(f"{who} {count}" for who, count in sorted(self.left.items()))
        if counts:
            self.told.note(self.roster.name, 0, "", f"left out, and kept nowhere: {counts}.")
        say_strange(self.told, self.file, self.strange)
        for what, key, sentence in _LINES:
            self.told.lines(self.file, self.lines.get(what, []), key, sentence)
        if not self.seen and not self.told.faults and not self.lines.get("deleted"):
            self.told.fault(self.roster.name, 0, "", "there is nobody of the staff in it.")


_LINES = (
    (
        "deleted",
        "status",
        "{n} of the staff are marked to be deleted: no list deletes anybody here, `people erase` does",
    ),
    ("disabled", "enabledUser", "{n} of the staff may not sign in there any more: left out"),
    ("org", "orgSourcedIds", f"the organisation of {{n}} is not in {ORGS}: their school is not known"),
    ("schools", "orgSourcedIds", "{n} belong to several schools: the primary one counts, else the first"),
    ("master", "userMasterIdentifier", "{n} stand above already under another sourcedId: taken as one person"),
    ("email", "email", "{n} have no sound e-mail address: left without one"),
)
