"""Cohort files in: a year's plan, its schools and their teams, with everything that is wrong by line and key.

Owns what such a file must say. Never starts a cohort (`steps.cohorts`), and knows nobody of the ledger.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from plfacilitate.core.cohort.standing import SESSIONS
from plfacilitate.core.cohort.teams import FEWEST, MOST
from plfacilitate.core.cohort.values import Cohort, Fixed, Part, Role
from plfacilitate.core.names import split_name
from plfacilitate.core.people import is_email, tidied
from plfacilitate.core.text import fold, plain, tidy
from plfacilitate.shelf.toml_files import Checked, TomlFile, checked, key_text, taken
from plfacilitate.shelf.toml_lines import KeyPath

if TYPE_CHECKING:
    from plfacilitate.shelf.cohort_shape import CohortShape, SchoolShape

_WITH_EMAIL = re.compile(r"(?P<name>[^<>]*?)\s*<\s*(?P<email>[^<>\s]+)\s*>")
_KEYS: tuple[tuple[str, Role], ...] = (
    ("administrators", "administrator"), ("teacher_leaders", "teacher-leader"), ("others", "other"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """A person of a team as the file has them. `email` may be ""; `line` and `key` say where."""

    name: str
    email: str
    role: Role
    line: int
    key: str

    def fields(self, school: str) -> dict[str, str]:
        """What is known of a person whom no list knows yet."""
        last, first = split_name(self.name)
        return tidied({"last_name": last, "first_name": first, "email": self.email, "school": school})


@dataclass(frozen=True, slots=True)
class SchoolFile:
    """A school of the file with its team."""

    name: str
    team: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class CohortFile:
    """All that a cohort's file says; `name` is its path as people see it."""

    name: str
    cohort: Cohort
    schools: tuple[SchoolFile, ...]


def read_cohort_file(path: Path) -> CohortFile:
    """The cohort of a file. Refused: `faults`, and what keeps it from being read."""
    return taken(path, check_cohort_file(path))


def check_cohort_file(path: Path) -> Checked[CohortFile]:
    """The cohort of a file, its faults (None and some, or a cohort and none) and notes, by line.

    Refused: `file-missing`, `file-is-folder`, `file-unreadable`.
    """
    return checked(path, _cohort)


def _cohort(file: TomlFile) -> CohortFile | None:
    from plfacilitate.shelf.cohort_shape import EXAMPLES, CohortShape
    from plfacilitate.shelf.shapes import fitted

    shape = fitted(CohortShape, file, EXAMPLES)
    if shape is None:
        return None
    schools = tuple(_school(file, place, one) for place, one in enumerate(shape.school))
    cohort = Cohort(
        id=shape.id,
        title=tidy(shape.title),
        starts=shape.starts,
        months=shape.months,
        office=tidy(shape.office),
        visits=shape.visits,
        days=tuple(_days(shape)),
    )
    _check_schools(file, shape)
    _check_days(file, shape, cohort)
    _check_teams(file, schools)
    return CohortFile(file.name, cohort, schools)


def _days(shape: CohortShape) -> Iterator[Fixed]:
    common: tuple[tuple[Part, str], ...] = (
        ("session", "session"), ("academy", "academy"), ("network-meeting", "network"),
    )  # fmt: skip
    for part, key in common:
        yield from (Fixed(part, day.date, tidy(day.title)) for day in getattr(shape, key))
    own: tuple[tuple[Part, str], ...] = (("site-visit", "visit"), ("planning", "planning"))
    for part, key in own:
        yield from (Fixed(part, day.date, tidy(day.title), tidy(day.school)) for day in getattr(shape, key))


def _school(file: TomlFile, place: int, shape: SchoolShape) -> SchoolFile:
    team = []
    for key, role in _KEYS:
        for at, text in enumerate(getattr(shape, key)):
            path: KeyPath = ("school", place, key, at)
            found = _WITH_EMAIL.fullmatch(text.strip())
            name, email = (tidy(found["name"]), found["email"]) if found else (tidy(text), "")
            if not name or "<" in name or "@" in name or (email and not is_email(email)):
                file.fault(
                    path, f'"{plain(text)}" must be a name, or a name and an e-mail: "Ana Silva <ana@school.org>".'
                )
            team.append(Named(name, email, role, file.line(path), key_text(path)))
    return SchoolFile(tidy(shape.name), tuple(team))


def _check_schools(file: TomlFile, shape: CohortShape) -> None:
    names: list[tuple[KeyPath, str]] = [
        (("school", place, "name"), fold(one.name)) for place, one in enumerate(shape.school)
    ]
    for path, _, line in file.twice(names):
        file.fault(path, f"is the school of line {line} once more: each school stands once.")
    for path, key in names:
        if not key:
            file.fault(path, "must have a letter or a digit in it.")
    if not names:
        file.note((), "has no school yet: write [[school]] with name, administrators and teacher_leaders for each.")
    known = {key for _, key in names}
    for part in ("visit", "planning"):
        for place, day in enumerate(getattr(shape, part)):
            if fold(day.school) not in known:
                file.fault(
                    (part, place, "school"), f'"{plain(day.school)}" is no school of this file: write its [[school]].'
                )


def _check_days(file: TomlFile, shape: CohortShape, cohort: Cohort) -> None:
    for part in ("session", "academy", "visit", "planning"):
        days = getattr(shape, part)
        seen: list[tuple[KeyPath, str]] = []
        for place, day in enumerate(days):
            path: KeyPath = (part, place, "date")
            seen.append((path, f"{day.date} {fold(getattr(day, 'school', ''))}"))
            if not cohort.starts <= day.date <= cohort.ends:
                file.note(path, f"{day.date} is outside of the year ({cohort.starts} to {cohort.ends}).")
        for path, _, line in file.twice(seen):
            file.fault(path, f"is the day of line {line} once more.")
    for place, day in enumerate(shape.network):
        if day.date <= cohort.ends:
            file.note(("network", place, "date"), f"{day.date} is before the year is over ({cohort.ends}).")
    if len(shape.session) != SESSIONS:
        file.note((), f"fixes {len(shape.session)} session(s): the design process has {SESSIONS}.")


def _check_teams(file: TomlFile, schools: tuple[SchoolFile, ...]) -> None:
    """What a board would warn of, said before anything is written."""
    seen: dict[str, str] = {}
    for place, school in enumerate(schools):
        path: KeyPath = ("school", place)
        roles = {one.role for one in school.team}
        persons = {_key(one) for one in school.team}
        if not FEWEST <= len(persons) <= MOST:
            file.note(path, f"{plain(school.name)}: {len(persons)} in the team, {FEWEST} to {MOST} make one.")
        for role, words in (("administrator", "no administrator"), ("teacher-leader", "no teacher leader")):
            if persons and role not in roles:
                file.note(path, f"{plain(school.name)}: {words} in the team.")
        mine: set[str] = set()
        for one in school.team:
            key = _key(one)
            if key in mine:
                file.note(path, f"{plain(one.name)} is in this team twice.")
            elif seen.get(key, fold(school.name)) != fold(school.name):
                file.note(path, f"{plain(one.name)} is in two teams.")
            mine.add(key)
            seen.setdefault(key, fold(school.name))


def _key(one: Named) -> str:
    return one.email.casefold() or fold(one.name)
