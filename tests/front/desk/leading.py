"""A protocol that is led, for the desk's tests: a day whose running segment names one, and the desk on its screen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from plfacilitate.core.plan import Plan, Segment
from plfacilitate.core.running.places import Size
from plfacilitate.core.running.run import Run
from plfacilitate.front.desk.screens.run import RunScreen
from plfacilitate.shelf.protocols import find_protocol
from plfacilitate.steps import events, run
from plfacilitate.steps.run import read_runs
from tests.front.desk.conftest import Seat, seat_of
from tests.front.desk.day import DAY, PLACE, TZ, Day, institute, psesd

TROIKA = find_protocol("troika", Path("/nowhere"))


def with_protocol(protocol: str = "troika", minutes: int = 38) -> Plan:
    """The institute, whose third session begins with a protocol."""
    plan = institute()
    agenda = (Segment(minutes, "protocol", "In threes across schools", protocol), Segment(20, "break", "Break"))
    return replace(plan, sessions=tuple(replace(one, agenda=agenda) for one in plan.sessions))


def led_day(folder: Path, *, at: str = "8:33", protocol: str = "troika", minutes: int = 38) -> Day:
    """Three minutes into a segment that is spent on a protocol."""
    day = Day.begin(folder, "8:00")
    day.people()
    chosen = events.Schedule(session="s3", day=DAY, tz=TZ, place=PLACE, in_service="IS-4711")
    plan = with_protocol(protocol, minutes)
    day.event = events.schedule_event(day.ledger, day.hand(), plan, psesd(), chosen)
    events.open_event(day.ledger, day.hand(), events.read_event(day.ledger, day.event), plan, psesd())
    return day.at(at)


def begun(day: Day, *, clocks: int = 1, protocol: str = "troika", at: str = "8:33") -> str:
    """The protocol is led since then; gives the run."""
    led, size = find_protocol(protocol, Path("/nowhere")), Size(clocks)
    segment = "In threes across schools"
    return day.ledger.append_one(
        run.begin(day.hand(), day.event, led, segment=segment, size=size, at=day.moment(at))
    ).id


def found(day: Day) -> Run:
    """What is led, as anybody reads it who opens the ledger."""
    (only,) = read_runs(day.ledger, day.event).runs
    return only


@asynccontextmanager
async def at_run(day: Day, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Seat]:
    """The desk on the screen of what is led."""
    async with seat_of(day, size=size) as seat:
        await seat.type("p")
        await seat.until(lambda: isinstance(seat.app.screen, RunScreen) and seat.app.run_led is not None, "the run")
        await seat.pilot.pause()
        yield seat
