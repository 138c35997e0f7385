"""What a list of people would change: who is new, who changed, who stays the same, and who may be there twice.

Owns which record a row of a list belongs to. Never merges two records, and never empties a field that a list leaves
out. What it answers depends on the list and on who is known, not on when or where it is asked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from plfacilitate.core.doubles import Double, doubles
from plfacilitate.core.entry import stable_id
from plfacilitate.core.people import Person, certificate_key, is_email, person_id
from plfacilitate.core.text import fold

SOURCES = "\n"
"""Stands between several ids that rosters give one person."""
_NOBODY: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One row of a people file: its line, and its fields tidied, without empty ones.

    `source` is the id that another system's roster gives the person, the strongest key of all; "" = none.
    """

    line: int
    fields: Mapping[str, str]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """What a list says of one person.

    `fields` are those to write: all of a new person, the differing ones of a changed one, none of the same; `source`
    among them where ids that rosters give the person were not known yet: those, with SOURCES between them.
    `person` is the person as they will stand, `lines` where the list speaks of them.
    """

    id: str
    lines: tuple[int, ...]
    fields: Mapping[str, str]
    person: Person


@dataclass(frozen=True, slots=True)
class Import:
    """A list, held against the people known. `people` are the ids of all in it, each once, in its order."""

    new: tuple[Planned, ...]
    changed: tuple[Planned, ...]
    same: tuple[Planned, ...]
    doubtful: tuple[Double, ...]
    people: tuple[str, ...]


def plan_import(
    rows: Sequence[PersonRow],
    known: Mapping[str, Person],
    merged: Mapping[str, str] = _NOBODY,
    sources: Mapping[str, str] = _NOBODY,
) -> Import:
    """What taking the list would do.

    `merged` names for each record that was merged away the one that stays, `sources` for each id of a roster the
    record that has it.
    """
    lines: dict[str, list[int]] = defaultdict(list)
    said: dict[str, dict[str, str]] = defaultdict(dict)
    sourced: dict[str, dict[str, None]] = defaultdict(dict)
    for row, own in zip(rows, _ids(rows, known, sources), strict=True):
        stays = _stays(own, merged)
        lines[stays].append(row.line)
        if row.source and row.source not in sources:
            sourced[stays][row.source] = None
        # What a merge decided, an old list doesn't undo: its rows only fill what is missing.
        fields = row.fields if stays == own else _missing(row.fields, known.get(stays))
        for name, value in fields.items():
            said[stays].setdefault(name, value)
    new: list[Planned] = []
    changed: list[Planned] = []
    same: list[Planned] = []
    after = {person: known[person] for person in known if person not in merged}
    for person, places in lines.items():
        planned = _planned(person, tuple(places), said[person], known.get(person))
        after[person] = planned.person
        if person in sourced:
            planned = replace(planned, fields={**planned.fields, "source": SOURCES.join(sourced[person])})
        (new if person not in known else changed if planned.fields else same).append(planned)
    doubtful = doubles(after, {person: places[0] for person, places in lines.items()})
    return Import(tuple(new), tuple(changed), tuple(same), doubtful, tuple(lines))


def _planned(person: str, lines: tuple[int, ...], said: Mapping[str, str], before: Person | None) -> Planned:
    if before is None:
        values: dict[str, Any] = dict(said)
        return Planned(person, lines, said, Person(person, **values))
    fields = {name: value for name, value in said.items() if not _alike(name, getattr(before, name), value)}
    return Planned(person, lines, fields, _with(before, fields) if fields else before)


def _with(person: Person, fields: Mapping[str, str]) -> Person:
    values: dict[str, Any] = dict(fields)
    return replace(person, **values)


def _alike(field: str, one: str, other: str) -> bool:
    """Whether two values say the same: an e-mail has no case, a certificate number neither case nor blanks."""
    if field == "email":
        return one.casefold() == other.casefold()
    if field == "certificate":
        return certificate_key(one) == certificate_key(other)
    return one == other


def _missing(fields: Mapping[str, str], before: Person | None) -> Mapping[str, str]:
    if before is None:
        return fields
    return {name: value for name, value in fields.items() if not getattr(before, name)}


def _stays(person: str, merged: Mapping[str, str]) -> str:
    """The record that stays of all that were merged into one another; a circle ends where it began."""
    seen = {person}
    while (following := merged.get(person)) is not None and following not in seen:
        seen.add(following)
        person = following
    return person


# ------------------------------------------------------------------------------------------------- whose row it is


def _ids(rows: Sequence[PersonRow], known: Mapping[str, Person], sources: Mapping[str, str]) -> list[str]:
    """The record of each row. Rows with a key get the same id in any order; those without are ranked in theirs.

    A roster's id that is known decides alone. One that is not makes an id only where nothing else does, so that a
    registration list and a roster, whichever came first, make one record of a person.
    """
    names = [_name(row.fields) for row in rows]
    keys = [_key(row.fields) for row in rows]
    shared = _shared(keys, names)
    holders: dict[str, list[Person]] = defaultdict(list)
    for person in known.values():
        if person.email:
            holders[person.email.casefold()].append(person)
    ranks: Counter[tuple[str, str]] = Counter()
    ids = []
    whose = dict(sources)
    for row, name, key in zip(rows, names, keys, strict=True):
        if row.source and row.source in whose:
            ids.append(whose[row.source])
        elif key is None and row.source:
            ids.append(stable_id("person", "source", row.source))
        elif key is None:
            place = (name, fold(row.fields.get("school", "")))
            ids.append(_unkeyed(row.fields, ranks[place]))
            ranks[place] += 1
        else:
            ids.append(_keyed(key, name, key in shared, known, holders))
        if row.source:
            whose[row.source] = ids[-1]
    return ids


def _name(fields: Mapping[str, str]) -> str:
    return fold(f"{fields.get('last_name', '')} {fields.get('first_name', '')}")


def _key(fields: Mapping[str, str]) -> tuple[str, str] | None:
    """The strongest key of a row: a sound e-mail, else the certificate number."""
    email = fields.get("email", "")
    if email and is_email(email):
        return "email", email.casefold()
    certificate = fields.get("certificate", "")
    return ("certificate", certificate_key(certificate)) if certificate else None


def _shared(keys: Sequence[tuple[str, str] | None], names: Sequence[str]) -> set[tuple[str, str]]:
    """Keys that the list gives to people of different names: an office's e-mail, or one person under two names."""
    first: dict[tuple[str, str], str] = {}
    return {key for key, name in zip(keys, names, strict=True) if key and first.setdefault(key, name) != name}


def _unkeyed(fields: Mapping[str, str], rank: int) -> str:
    kept = {name: fields[name] for name in ("last_name", "first_name", "school") if name in fields}
    return person_id(kept, rank)


def _keyed(
    key: tuple[str, str],
    name: str,
    shared: bool,
    known: Mapping[str, Person],
    holders: Mapping[str, Sequence[Person]],
) -> str:
    """The id that a key gives; where it is shared, key and name give one together, so that nobody takes another's."""
    kind, value = key
    alone = person_id({kind: value})
    holder = known.get(alone)
    if holder and fold(holder.name) == name:
        return alone
    if kind == "email":  # somebody's e-mail as it was corrected here since
        owners = [person.id for person in holders.get(value, ()) if fold(person.name) == name]
        if len(owners) == 1:
            return owners[0]
    if not shared and not known:
        return alone
    named = stable_id("person", kind, value, name)
    return named if shared or named in known else alone
