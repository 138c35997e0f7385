"""What was answered at the end, for the facilitator to read beside the checklist of closing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from plfacilitate.core.evaluation import Answers
from plfacilitate.core.plan import Question
from plfacilitate.front.desk import commands
from plfacilitate.front.desk.dialogs.answers import answered
from plfacilitate.front.desk.screens.close import CloseScreen
from plfacilitate.store import search
from plfacilitate.store.ballots import box_of, cast_ballot
from tests.front.desk import day as days
from tests.front.desk.conftest import Seat, seat_of
from tests.front.desk.day import Day, busy_day
from tests.front.desk.test_close import done, stand_on

ASKED = (
    Question("use", "scale", "How useful was the day for your own work?", low="not at all", high="very"),
    Question("next", "choice", "What should come next?", ("the same", "time in teams", "visits")),
    Question("more", "text", "What would you tell us?"),
)
TEXTS = (
    (
        "More time in teams, please: the consultancy was cut short when the room had just begun to think, and it was the part"
        " that I shall use tomorrow."
    ),
    "[red]Thank you\x1b[31m\u202e!",
    *(f"Text number {number}" for number in range(30)),
)


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Day:
    """A day whose plan asks at the end."""
    plan = replace(days.institute(), questions=ASKED)
    monkeypatch.setattr(days, "institute", lambda: plan)
    return busy_day(tmp_path, "15:50")


def vote(day: Day, people: int) -> None:
    """So many people answer: 5, 4, 5, 4 …, all for time in teams but the first, and a text each."""
    for number in range(people):
        ballot: dict[str, str | int] = {"use": 5 - number % 2, "next": 2 if number else 1, "more": TEXTS[number]}
        cast_ballot(box_of(day.ledger.path), day.event, f"{number:032x}", ballot)


async def close(seat: Seat) -> None:
    """Everyone out, doors closed, then the key that the foot shows."""
    await seat.type("c", "enter", "enter", "the end", "enter", "enter")
    await seat.until(lambda: not any(one.present for one in seat.app.room.rows), "everyone is out")
    await seat.until(lambda: isinstance(seat.app.screen, CloseScreen))
    await seat.until(lambda: done(seat, "still-in"))
    await stand_on(seat, "close")
    await seat.type("enter")
    await seat.until(lambda: seat.app.event is not None and seat.app.event.closed_at is not None, "closed")
    await seat.sees("a answers")


async def test_who_closes_the_day_reads_what_was_answered(asked: Day) -> None:
    """How many, each scale with its middle, each option, and all texts, of which the last is reached by scrolling."""
    vote(asked, 32)
    async with seat_of(asked) as seat:
        await close(seat)
        await seat.type("a")
        await seat.sees("32 people answered, without names.")
        await seat.sees("32 answered, middle 4.5")
        assert "PgUp PgDn scroll · Esc back" in seat.text()
        assert "5  ████████████████████████ 16  very" in seat.text()
        assert "time in teams  ████████████████████████ 31" in seat.text()
        top = seat.text()
        assert "Text number 9" not in top
        await seat.type("end")
        await seat.sees("Text number 9")
        assert "[red]Thank you" in top + seat.text()
        assert not {"\x1b", "\u202e"} & set(top + seat.text())
        assert not [one.last_name for one in search.people(asked.ledger.connection) if one.name in seat.text()]
        await seat.type("escape")
        await seat.until(lambda: isinstance(seat.app.screen, CloseScreen))


async def test_nobody_and_too_few_are_said(asked: Day) -> None:
    """No empty box."""
    async with seat_of(asked) as seat:
        await close(seat)
        await seat.type("a")
        await seat.sees("Nobody answered the questions at the end.")


async def test_four_are_only_counted(asked: Day) -> None:
    """One could guess who said what."""
    vote(asked, 4)
    async with seat_of(asked) as seat:
        await close(seat)
        await seat.type("a")
        await seat.sees("4 people answered: fewer than five")
        assert "time in teams" not in seat.text()


async def test_a_plan_that_asks_nothing(busy: Day) -> None:
    """It is another thing than nobody's answering."""
    busy.at("15:50")
    async with seat_of(busy) as seat:
        await close(seat)
        await seat.type("a")
        await seat.sees("This plan asks no questions at the end.")


async def test_before_the_doors_close_the_key_is_grey(asked: Day) -> None:
    """The ballots are in the box until then."""
    vote(asked, 9)
    async with seat_of(asked) as seat:
        await seat.type("c")
        await seat.sees("still in")
        assert not commands.allowed(seat.app, commands.BY_NAME["answers"])
        await seat.type("a")
        assert isinstance(seat.app.screen, CloseScreen)


def test_bars_are_in_proportion() -> None:
    """Whoever got one vote has a bar, whoever got none has none."""
    lines = answered(Answers("x", "choice", "?", (("a", 48), ("bb", 1), ("c", 0)))).splitlines()
    assert lines == [f"a   {'█' * 24} 48", "bb  █ 1", "c   0"]


def test_nobody_wrote_anything() -> None:
    """A question that all left out says so."""
    assert answered(Answers("x", "text", "?")) == "nobody wrote anything"
