"""A small cohort to test on: entries said in a few words, and a picture of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from plfacilitate.core.cohort.around import Around, Happening
from plfacilitate.core.cohort.fold import CohortFold
from plfacilitate.core.cohort.picture import CohortPicture, SchoolPicture, picture
from plfacilitate.core.cohort.values import Cohort, Fixed
from plfacilitate.core.entry import Entry, canonical
from plfacilitate.core.people import Person
from plfacilitate.core.problems.values import Promise
from tests.core.entries import entry

YEAR = Cohort(
    "c1", "Cohort I", date(2023, 10, 2), 12, "psesd", 2,
    (
        Fixed("session", date(2023, 12, 6)), Fixed("session", date(2024, 2, 7)), Fixed("session", date(2024, 4, 3)),
        Fixed("session", date(2024, 5, 29)), Fixed("academy", date(2024, 1, 17)),
        Fixed("site-visit", date(2024, 1, 24), "", "Lakeridge"),
    ),
)  # fmt: skip
TEAM = ("ada", "ben", "cyd", "dot", "eve")
PEOPLE = {one: Person(one, last_name="Zed", first_name=one.title()) for one in (*TEAM, "fay", "gus")}


def said(entry_id: str, kind: str, *, cohort: str = "c1", **parts: Any) -> Entry:
    """An entry about a cohort; a laptop numbers them as its clock goes."""
    parts.setdefault("number", int(parts.get("at", "17:00").replace(":", "")))
    return entry(entry_id, kind, event=None, cohort=cohort, **parts)


def planned(entry_id: str = "p", cohort: Cohort = YEAR, **parts: Any) -> Entry:
    """The plan."""
    return said(entry_id, "cohort-planned", cohort=cohort.id, plan=cohort.to_json(), **parts)


def joined(school: str = "Lakeridge", day: str = "2023-10-02", **parts: Any) -> Entry:
    """A school is in."""
    return said(parts.pop("entry_id", f"j-{school}"), "school-joined", school=school, date=day, **parts)


def left(school: str = "Lakeridge", day: str = "2024-03-01", **parts: Any) -> Entry:
    """A school goes on without it."""
    entry_id = parts.pop("entry_id", f"l-{school}")
    return said(entry_id, "school-left", school=school, date=day, reason="A new principal.", **parts)


def mate(person: str, part: str = "teacher-leader", school: str = "Lakeridge", **parts: Any) -> Entry:
    """A person is in a team."""
    entry_id, day = parts.pop("entry_id", f"m-{person}-{part}-{school}"), parts.pop("day", "2023-10-02")
    return said(entry_id, "team-joined", person=person, school=school, part=part, date=day, **parts)


def team(school: str = "Lakeridge") -> list[Entry]:
    """Five people: two administrators, three teacher leaders."""
    return [mate(one, "administrator" if one in ("ada", "ben") else "teacher-leader", school) for one in TEAM]


def linked(entry_id: str, event: str, part: str = "session", school: str = "", **parts: Any) -> Entry:
    """An event belongs to the cohort."""
    body = {"cohort": "c1", "event": event, "part": part, "school": school}
    return said(entry_id, "cohort-event", **parts)._replace(content=canonical({"body": body}))


def goal(entry_id: str = "g", text: str = "Students propose questions", **parts: Any) -> Entry:
    """A goal."""
    body = {"school": "Lakeridge", "text": text, "attribute": "personal-learning-paths", "facet": "", "measure": "",
            "due": "", "dropped": ""}  # fmt: skip
    return said(entry_id, "goal", **(body | parts))


def pointed(entry_id: str, what: str, which: str, at: str = "g") -> Entry:
    """Something points at a goal."""
    return said(entry_id, "pointed", **{"goal": at, "from": what, "id": which})


def happening(event: str, day: date, *came: str, **parts: Any) -> Happening:
    """An event that was opened."""
    return Happening(event, f"Event {event}", day, 360, parts.pop("opened", True), came=frozenset(came), **parts)


def promise(entry_id: str = "q", due: str = "", **parts: Any) -> Promise:
    """A commitment of Ada's."""
    told = {"owner": "Lakeridge", "who": "Ada Zed", "what": "Lend two carts", "first_step": "", "due": due}
    return Promise(entry_id, None, date(2023, 12, 6), **(told | parts))


def seen(
    entries: Iterable[Entry],
    today: date = date(2023, 12, 1),
    *events: Happening,
    promises: Iterable[Promise] = (),
    people: Mapping[str, Person] = PEOPLE,
    cohort: str = "c1",
    **parts: Any,
) -> CohortPicture:
    """The cohort as it stands on a day."""
    fold = CohortFold()
    fold.apply(entries)
    facts = list(fold.cohorts.values())
    around = Around(today, {one.event: one for one in events}, tuple(promises), people, **parts)
    return picture(fold.cohorts[cohort], facts, around)


def school(found: CohortPicture, key: str = "lakeridge") -> SchoolPicture:
    """One school of it."""
    one = found.school(key)
    assert one is not None
    return one


def words(found: CohortPicture, key: str = "lakeridge") -> list[str]:
    """What is next for a school."""
    return [step.words for step in school(found, key).next]
