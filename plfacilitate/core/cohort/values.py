"""What a cohort is made of: its plan, its schools, their teams, contacts and goals.

Owns the frozen values as the ledger has them. Never says where a school stands (`core.cohort.picture`).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal, NamedTuple, get_args

Part = Literal["session", "academy", "site-visit", "planning", "network-meeting"]
"""What an event is to a cohort."""
PARTS: tuple[Part, ...] = get_args(Part)
Role = Literal["administrator", "teacher-leader", "other"]
"""What a person is in a leadership team; teacher leaders are the cohort's Teacher Leadership Fellows."""
ROLES: tuple[Role, ...] = get_args(Role)
ContactKind = Literal["coaching", "planning", "support"]
"""What somebody of the office did with a school outside of any event."""
CONTACTS: tuple[ContactKind, ...] = get_args(ContactKind)
Pointing = Literal["observation", "visit", "commitment"]
"""What can point at a goal."""
POINTING: tuple[Pointing, ...] = get_args(Pointing)
ROLE_WORDS: Mapping[Role, str] = {
    "administrator": "administrator",
    "teacher-leader": "teacher leader",
    "other": "other member",
}
PART_WORDS: Mapping[Part, str] = {
    "session": "session",
    "academy": "Academy day",
    "site-visit": "site visit",
    "planning": "design and planning time",
    "network-meeting": "network meeting",
}


@dataclass(frozen=True, slots=True)
class Fixed:
    """A day that a cohort's plan fixes. `school` is its name, "" = the whole cohort; `title` may be ""."""

    part: Part
    day: date
    title: str = ""
    school: str = ""


@dataclass(frozen=True, slots=True)
class Cohort:
    """A cohort as it was planned last. `visits` = site visits that each school is promised, 0 = nobody said."""

    id: str
    title: str
    starts: date
    months: int
    office: str = ""
    visits: int = 0
    days: tuple[Fixed, ...] = ()

    @property
    def ends(self) -> date:
        """The last day of the year: the day before the cohort's months are over."""
        month = self.starts.month - 1 + self.months
        year, month = self.starts.year + month // 12, month % 12 + 1
        day = min(self.starts.day, monthrange(year, month)[1])
        return date.fromordinal(date(year, month, day).toordinal() - 1)

    @property
    def sessions(self) -> int:
        """How many sessions are planned."""
        return sum(day.part == "session" for day in self.days)

    def to_json(self) -> dict[str, Any]:
        """The plan as plain values, for the ledger."""
        days = [{**asdict(day), "day": day.day.isoformat()} for day in self.days]
        return {**asdict(self), "starts": self.starts.isoformat(), "days": days}

    @staticmethod
    def from_json(value: Mapping[str, Any]) -> Cohort:
        """The plan of a snapshot; keys of a later version, and days of a part unknown here, are passed over."""
        known = {name: value[name] for name in Cohort.__dataclass_fields__ if name in value}
        known["starts"] = date.fromisoformat(value["starts"])
        known["days"] = tuple(_fixed(day) for day in value.get("days", ()) if day["part"] in PARTS)
        return Cohort(**known)


def _fixed(value: Mapping[str, Any]) -> Fixed:
    known = {name: value[name] for name in Fixed.__dataclass_fields__ if name in value}
    return Fixed(**{**known, "day": date.fromisoformat(value["day"])})


class Spell(NamedTuple):
    """One stretch of a school in a cohort. `left` None = it is in; `entries` = what was written of it."""

    name: str
    joined: date
    left: date | None = None
    reason: str = ""
    entries: tuple[str, ...] = ()


class Member(NamedTuple):
    """One person in a school's team, in one role. `until` None = still in it; `file` = written from a cohort's file."""

    person: str
    role: Role
    since: date
    until: date | None
    entry: str
    file: bool = False


class Link(NamedTuple):
    """An event that belongs to a cohort. `school` is a school's key, "" = the whole cohort."""

    event: str
    part: Part
    school: str
    entry: str


class Contact(NamedTuple):
    """Coaching, planning or support outside of any event, in minutes. `among` = with whom, as it was typed."""

    school: str
    kind: ContactKind
    day: date
    minutes: int
    by: str
    among: str
    note: str
    entry: str


class Goal(NamedTuple):
    """A goal of a school's action plan, in the version that counts. `id` is that of its first version.

    `due` None = no date; `dropped` = why it was dropped, "" = it stands. `heads` are the versions that nobody replaced:
    more than one where two laptops changed it at once.
    """

    id: str
    school: str
    text: str
    attribute: str
    facet: str
    measure: str
    due: date | None
    dropped: str
    heads: tuple[str, ...]


class Pointer(NamedTuple):
    """An observation, a visit (its event) or a commitment (its problem of practice) points at a goal.

    `entries` = all that says so: two laptops may have said it both.
    """

    goal: str
    what: Pointing
    id: str
    entries: tuple[str, ...]


class CohortFacts(NamedTuple):
    """All that was written of one cohort and stands. Schools are known by their keys (`core.text.fold` of the name)."""

    cohort: Cohort
    spells: Mapping[str, tuple[Spell, ...]]
    members: Mapping[str, tuple[Member, ...]]
    links: tuple[Link, ...]
    contacts: tuple[Contact, ...]
    goals: tuple[Goal, ...]
    pointers: tuple[Pointer, ...]
