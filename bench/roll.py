"""The credit roll of a region, against reading the same entries with sqlite3; memory at two sizes.

`python -m bench.roll 100000` measures a whole region (many minutes); `python -m bench roll` a twentieth of it.
"""

from __future__ import annotations

import os
import random
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path

from bench.figures import Figure, paired, peak_memory, seconds, show
from bench.people import people
from bench.workspace import now
from plfacilitate.core.entry import Draft, Sealed, content_digest, content_of, digest, envelope_of, utc_text
from plfacilitate.core.people import person_id
from plfacilitate.core.plan import Plan
from plfacilitate.core.roll.totals import Totals
from plfacilitate.office.rolling import Wanted, roll
from plfacilitate.shelf.offices import find_office
from plfacilitate.shelf.plans import find_plan
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.events import Schedule, schedule_draft
from plfacilitate.store.register import Arrival, HandedIn, open_register

PEOPLE, SMALL = 5_000, 1_000
OFFERINGS = 10  # of each person
TOGETHER = 200  # people at an event
BUNDLE = 100_000  # entries that are taken at once
DEVICE = "bench-device"

_READ = (
    "SELECT e.id, e.device, e.number, e.recorded_at, c.kind, c.person, c.by, c.means, c.happened_at, c.replaces, c.content"
    " FROM content c JOIN entry e ON e.event = c.event AND e.id = c.id WHERE c.event = ?"
)
_CODE = """
import sys
from bench.roll import whole
whole(sys.argv[1], 1)
"""


def figures(count: int = PEOPLE) -> list[Figure]:
    """So many people × 10 offerings, and the memory of it against fewer."""
    with tempfile.TemporaryDirectory(prefix="plf-bench-", ignore_cleanup_errors=True) as folder:
        register = f"sqlite:///{folder}/register.db"
        events = fill(register, count)
        path = Path(folder) / "register.db"
        ratio, mine, plain = paired(
            lambda: whole(register), lambda: read(path, events), runs=3 if count <= PEOPLE else 1
        )
        alone = seconds(lambda: whole(register, 1))
        large = peak_memory(_CODE, register)
    with tempfile.TemporaryDirectory(prefix="plf-bench-", ignore_cleanup_errors=True) as folder:
        register = f"sqlite:///{folder}/register.db"
        fill(register, SMALL)
        small = peak_memory(_CODE, register)
    return [
        Figure(
            "roll", f"credit roll of {count:,} people × {OFFERINGS} offerings ÷ reading the same entries", ratio, most=10,
            detail=f"{mine:.2f} / {plain:.2f} s",
        ),
        Figure(
            "roll", "the same in one process ÷ on all cores", alone / mine,
            least=1.3 if (os.cpu_count() or 1) > 1 else None, detail=f"{alone:.2f} / {mine:.2f} s",
        ),
        Figure(
            "roll", f"peak memory, {count:,} people ÷ {SMALL:,}", large / small, most=1.5,
            detail=f"{large:.0f} / {small:.0f} MB",
        ),
    ]  # fmt: skip


def whole(url: str, processes: int | None = None) -> int:
    """The whole roll, everybody's sums and doubts; gives the hundredths."""
    register = open_register(url, os.urandom)
    series = register.all_series()
    register.close()
    totals = Totals()
    with roll(Wanted(url, now()), series, os.urandom, processes=processes) as found:
        for one in found.people():
            totals.add_person(one.lines)
    assert totals.earned > 0
    return totals.earned


def read(path: Path, events: list[str]) -> int:
    """The same entries, plainly."""
    db = sqlite3.connect(path)
    try:
        return sum(len(db.execute(_READ, (event,)).fetchall()) for event in events)
    finally:
        db.close()


# -- filling it ------------------------------------------------------------------------------------------------------


def fill(url: str, count: int) -> list[str]:
    """A register of so many people at 10 offerings each; gives its events, that of people's records too."""
    register = open_register(url, os.urandom)
    events = ["00000000-0000-0000-0000-000000000000"]
    try:
        entries = chained(drafts(count, events))
        last = 0
        while batch := list(islice(entries, BUNDLE)):
            first, last = last + 1, last + len(batch)
            covers = {DEVICE: (first, last, digest(batch[-1].envelope))}
            arrival = Arrival(f"b{last}", "sha", Path("b"), DEVICE, "hours", "2026", "2026", covers)
            taken = register.take(arrival, lambda batch=batch: batch)  # type: ignore[misc]  # mypy infers no default
            assert taken.verdict == "accepted", taken.reason
        for event in events[1:]:
            register.remember(HandedIn(event, "b", utc_text(now()), {DEVICE: last}))
    finally:
        register.close()
    return events


def chained(made: Iterator[Draft]) -> Iterator[Sealed]:
    """Entries of one device, as its ledger would have written them."""
    previous = None
    for number, draft in enumerate(made, start=1):
        at = utc_text(draft.happened_at)
        content = content_of(draft, at)
        envelope = envelope_of(draft, content_digest(draft.salt, content), DEVICE, number, previous, at)
        previous = digest(envelope)
        yield Sealed(envelope, draft.salt, content)


def drafts(count: int, events: list[str]) -> Iterator[Draft]:
    """People, then offerings one after the other; each day is written down whole."""
    at = datetime.fromisoformat("2023-01-02T16:30:00+00:00")
    writer = Hand("bench", "own-phone", lambda: at, os.urandom)
    ids = []
    for fields in people(count):
        ids.append(person_id(fields))
        yield writer.draft("person", person=ids[-1], body={"fields": fields})
    nowhere = Path("/nowhere")
    plan = find_plan("pscpl-cohort", nowhere, offices=nowhere)
    plan = replace(plan, sessions=plan.sessions[:1], approved_hundredths=600)
    office = find_office(plan.office, nowhere)
    chance = random.Random(3)
    for turn in range(OFFERINGS):
        chance.shuffle(ids)
        for start in range(0, count, TOGETHER):
            number = f"PS-{turn}-{start}"
            when = Schedule(plan.sessions[0].id, date(2023, 1, 9) + timedelta(days=30 * turn), "UTC", number, number)
            scheduled = schedule_draft(writer, plan, office, when)
            events.append(str(scheduled.event))
            yield scheduled
            yield from day(writer, plan, str(scheduled.event), when, ids[start : start + TOGETHER])


def day(writer: Hand, plan: Plan, event: str, when: Schedule, ids: list[str]) -> Iterator[Draft]:
    """Everybody in and out, some late, some early."""
    session = plan.sessions[0]
    begins = datetime.fromisoformat(f"{when.day}T{session.starts}:00+00:00")
    ends = begins + timedelta(minutes=session.minutes)
    for place, person in enumerate(ids):
        late = timedelta(minutes=7 if place % 9 == 0 else -5)
        early = timedelta(minutes=14 if place % 11 == 0 else -1)
        yield writer.draft("sign-in", person=person, event=event, at=begins + late)
        yield writer.draft("sign-out", person=person, event=event, at=ends - early)
    yield writer.draft("event-closed", event=event)


if __name__ == "__main__":
    show(figures(int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE))
