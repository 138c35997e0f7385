"""Played workspaces for the bench: a ledger in a temporary folder, with people and events of any size."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bench.people import people
from plfacilitate.core.people import person_id
from plfacilitate.shelf.offices import find_office
from plfacilitate.shelf.plans import find_plan
from plfacilitate.steps import capture
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.events import Schedule, expect, open_event, read_event, schedule_event
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.search import catch_up
from plfacilitate.store.surroundings import Surroundings
from plfacilitate.store.workspace import Workspace


def now() -> datetime:
    """The real clock: the bench measures real time."""
    return datetime.now(UTC)


@contextmanager
def surroundings() -> Iterator[Surroundings]:
    """An empty workspace that goes away again."""
    with tempfile.TemporaryDirectory(prefix="plf-bench-", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        workspace = Workspace(place / "workspace").create()
        yield Surroundings(workspace, now, os.urandom, "bench", "bench", place / "state", "America/Los_Angeles")


def hand(around: Surroundings) -> Hand:
    """Whoever writes here."""
    return Hand("bench", "own-phone", around.clock, around.chance)


def add_people(ledger: Ledger, around: Surroundings, count: int) -> list[str]:
    """People with their records; their ids."""
    writer, ids, drafts = hand(around), [], []
    for fields in people(count):
        ids.append(person_id(fields))
        drafts.append(writer.draft("person", person=ids[-1], body={"fields": fields}))
    for start in range(0, len(drafts), 1000):
        ledger.append(drafts[start : start + 1000])
    catch_up(ledger.connection)
    return ids


def add_event(
    ledger: Ledger,
    around: Surroundings,
    ids: Sequence[str],
    *,
    plan: str = "pscpl-cohort",
    session: int = 0,
    day: date | None = None,
) -> str:
    """A session that is open, with these people expected: on `day`, or some weeks ago."""
    found = find_plan(plan, around.workspace.sessions, offices=around.workspace.exports)
    office = find_office(found.office, around.workspace.exports)
    day = day or now().date() - timedelta(days=7 * (len(found.sessions) - session))
    writer = hand(around)
    when = Schedule(found.sessions[session].id, day, around.tz, "Renton", "1")
    event = read_event(ledger, schedule_event(ledger, writer, found, office, when))
    expect(ledger, writer, event.id, ids)
    open_event(ledger, writer, event, found, office)
    return event.id


def add_marks(ledger: Ledger, around: Surroundings, event: str, ids: Sequence[str]) -> None:
    """Everybody in and out, some late, some early."""
    writer, found, drafts = hand(around), read_event(ledger, event), []
    for place, person in enumerate(ids):
        late = timedelta(minutes=7 if place % 9 == 0 else -5)
        early = timedelta(minutes=14 if place % 11 == 0 else -1)
        drafts.append(capture.sign_in(writer, event, person, at=found.starts_at + late))
        drafts.append(capture.sign_out(writer, event, person, at=found.ends_at - early))
    for start in range(0, len(drafts), 1000):
        ledger.append(drafts[start : start + 1000])
