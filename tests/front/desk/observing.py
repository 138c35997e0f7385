"""An observation for the desk's tests: a room, a protocol of every kind of item, somebody who observes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

from plfacilitate.core.protocol import Item, Option, Protocol, Section
from plfacilitate.core.visiting.observation import Observation
from plfacilitate.core.visiting.plan import Stop, Visit
from plfacilitate.front.desk.observing.sitting import Sitting
from plfacilitate.front.desk.orders import observing
from plfacilitate.front.desk.screens.observe import ObserveScreen
from plfacilitate.steps import observe
from plfacilitate.steps.observe import read_visit
from tests.front.desk.conftest import Seat, seat_of
from tests.front.desk.day import Day

QUESTIONS = (
    Item("recall", "tally", "Asks for a fact"),
    Item("explain", "tally", "Asks for reasons: why, how do you know"),
)
FLOOR = (
    Item("floor-teacher", "state", "The teacher speaks to the class", group="floor"),
    Item("floor-student", "state", "A student speaks to the class", group="floor"),
    Item("noise", "state", "Noise from the hall"),
)
REST = (
    Item("goals", "rating", "Goals", levels=(
        "Student answers with the task or page number.",
        "Student reads the day's objective from the board.",
        "Student states a goal with a date that a teacher wrote for them.",
        "Student states a goal they wrote, and shows where they changed it after looking at their work.",
    )),
    Item("wall", "look-for", "Student work of this month hangs on the wall"),
    Item("seats", "choice", "Seats", options=(Option("rows", "Rows"), Option("groups", "Groups of tables")), several=True),
    Item("heads", "count", "Students in the room"),
    Item("task", "text", "What students were told to do"),
    Item("sweep", "snapshot", "Students, one glance each", every=5, capture="count", options=(
        Option("hands", "At work with hands, pen, device or voice"),
        Option("eyes", "Attends: eyes or ears on text, speaker, partner", "thinking counts when the material is there"),
        Option("queue", "Would work, but waits for adult, device or material"),
    )),
)  # fmt: skip
ROOM = Protocol(
    "room", "What happens in a room", "observation", "To look closely.", "Ours.", 20,
    sections=(
        Section("questions", "Questions", items=QUESTIONS),
        Section("floor", "Who has the floor", items=FLOOR),
        Section("rest", "The room", items=REST),
    ),
)  # fmt: skip
VISIT = Visit("Campbell Hill", "See who asks", stops=(Stop("r4", "Room 4", host="Ms. Ito"), Stop("r7", "Room 7")))


def begun(day: Day, protocol: Protocol = ROOM, *, at: str = "10:30", observer: str = "Ada Bell") -> str:
    """An observation has begun; gives its id."""
    day.at(at)
    day.ledger.append_one(observe.plan_visit(day.hand(), read_visit(day.ledger, day.event), VISIT))
    return day.ledger.append_one(observe.begin(day.hand(), day.event, protocol, observer=observer, stop="r4")).id


def seen(day: Day, observation: str) -> Observation:
    """The observation as anybody reads it who opens the ledger."""
    found = read_visit(day.ledger, day.event).observation(observation)
    assert found is not None
    return found


def script(day: Day, observation: str, lines: Sequence[str], *, seconds: int = 20) -> None:
    """Lines that were written before, so many seconds apart."""
    now = seen(day, observation)
    first = now.started_at
    day.ledger.append(
        [
            observe.line(day.hand(), now, text, at=first + timedelta(seconds=seconds * number))
            for number, text in enumerate(lines, 1)
        ]
    )


def lesson(day: Day, protocol: Protocol = ROOM) -> str:
    """A lesson that has gone on for sixteen minutes, with lines, marks and a state; it is 10:46. Gives its id."""
    one = begun(day, protocol)
    told = [
        "Bell. 24 students, 4 tables of 6; T at the door, greets each by name", 'T: "What did we leave open yesterday?"',
        'S1: "Why the water in the jar was green."', "T writes it on the board in S1's words, waits 8 seconds",
        "S2 to S1: \"It wasn't green, it was full of something green. That is not the same, is it?\"",
        'T: "Which of you could find out, and how?" 11 hands',
    ]  # fmt: skip
    script(day, one, told, seconds=150)
    now = seen(day, one)
    if now.protocol == ROOM:
        notes: list[tuple[str, observe.Value, str]] = [("recall", 1, "10:33"), ("explain", 1, "10:34"), ("explain", 1, "10:36"), ("floor-teacher", "on", "10:31"),
                 ("floor-student", "on", "10:44"), ("goals", 3, "10:40"), ("heads", 24, "10:32"), ("noise", "on", "10:41"),
                 ("sweep", {"slot": 1, "codes": {"hands": 16, "eyes": 6, "queue": 2}}, "10:35")]  # fmt: skip
        day.ledger.append([observe.note(day.hand(), now, item, value, at=day.moment(at)) for item, value, at in notes])
        day.ledger.append_one(observe.code(day.hand(), now, now.lines[4], ["explain"]))
    day.at("10:46")
    return one


def sitting_of(seat: Seat) -> Sitting:
    """Whoever sits at the observation on the screen."""
    screen = seat.app.screen
    assert isinstance(screen, ObserveScreen)
    assert screen.sitting is not None
    return screen.sitting


@asynccontextmanager
async def observing_on(
    day: Day, observation: str, *, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Seat]:  # fmt: skip
    """The desk with the observation on its screen."""
    async with seat_of(day, size=size) as seat:
        await observing.show(seat.app, day.event, observation)
        await seat.until(lambda: getattr(seat.app.screen, "sitting", None) is not None, "the observation is read")
        await seat.pilot.pause()
        yield seat


async def on_disk(seat: Seat) -> None:
    """Wait until everything that was noted is durable."""
    await seat.until(lambda: not sitting_of(seat).book.waiting, "all is on the disk")
