"""Polls at the desk: asked from any screen, counted while they come in, shown on the wall by a key, closed after a question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from plfacilitate.core.plan import Question, ReadyPoll
from plfacilitate.core.polls.picture import Poll
from plfacilitate.front.desk.lists.poll_lines import bar
from plfacilitate.front.desk.screens.polls import PollsScreen
from plfacilitate.steps import polls as steps
from plfacilitate.store.ballots import Ballot, box_of, cast_ballots
from tests.front.desk.conftest import Seat, seat_of
from tests.front.desk.day import Day, busy_day, institute

READY = (
    ReadyPoll("pace", "", (Question("q1", "choice", "How is the pace?", ("slow", "right", "fast")),)),
    ReadyPoll(
        "exit",
        "Before you go",
        (
            Question("clear", "scale", "How clear was the goal?", low="not at all", high="fully"),
            Question("took", "several", "What do you take along?", ("a plan", "a partner", "a doubt")),
            Question("word", "text", "One word"),
        ),
        exit=True,
    ),
)


@pytest.fixture
def busy(tmp_path: Path) -> Day:
    """A room with people in it, whose plan has two polls ready."""
    return busy_day(tmp_path, of=replace(institute(), polls=READY))


def newest(day: Day) -> Poll:
    """The poll that was opened last, as it stands."""
    return steps.read_polls(day.ledger, day.event).picture().polls[-1]


def give(day: Day, *answers: Mapping[str, Any]) -> None:
    """Answers from phones, without names."""
    ballots = [Ballot(newest(day).id, f"{at:032x}", one) for at, one in enumerate(answers)]
    assert set(cast_ballots(box_of(day.ledger.path), ballots)) == {"in"}


async def until_open(seat: Seat, day: Day, when: Callable[[Poll], bool] = lambda one: one.open) -> Poll:
    """The newest poll, once something is true of it."""
    await seat.until(lambda: (polls := steps.read_polls(day.ledger, day.event).picture().polls) and when(polls[-1]))
    return newest(day)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_asked_seen_and_closed_by_keys(busy: Day, size: tuple[int, int]) -> None:
    """From the room: a question with choices; counts as they come; the close asks first and can't be undone."""
    async with seat_of(busy, size=size) as seat:
        await seat.type("A", "Ready?", "enter", "yes / no", "enter", "enter")
        await seat.told("Phones are asked: Ready?")
        await seat.sees("have answered")
        give(busy, {"q1": 1}, {"q1": 1}, {"q1": 2})
        await seat.sees("3 of")
        await seat.sees("████")
        await seat.type("c")
        await seat.sees("3 of")
        await seat.type("n")
        assert newest(busy).open
        await seat.type("c", "y")
        await seat.told("Closed: 3 answered")
        await seat.sees("✓ closed · 3 answered")
        assert [many for _, many in newest(busy).results()[0].counts] == [2, 1]
        await seat.type("u")
        await seat.told("can't be taken back any more")
        assert [many for _, many in newest(busy).results()[0].counts] == [2, 1]


async def test_a_ready_one_is_one_key_and_one_at_a_time(busy: Day) -> None:
    """Enter on it; a second is refused in one sentence and stays ready."""
    async with seat_of(busy) as seat:
        await seat.type("V")
        await seat.sees("Ready: Enter asks the phones")
        await seat.type("enter")
        poll = await until_open(seat, busy)
        assert (poll.ready, poll.exit) == ("pace", False)
        await seat.sees("● open")
        await seat.type("down")
        await seat.sees("exit ticket · no names")
        await seat.type("enter")
        await seat.told('One poll at a time: "How is the pace?"')


async def test_the_wall_by_keys_and_texts_last(busy: Day) -> None:
    """The key w shows and hides the counts, t what was written; until then the desk says only how many wrote."""
    async with seat_of(busy) as seat:
        await seat.type("V")
        await seat.sees("Before you go")
        await seat.type("down", "enter")
        await until_open(seat, busy)
        give(busy, {"clear": 5, "took": [1, 3], "word": "<b>zest"}, {"clear": 4, "word": "air"})
        await seat.sees("2 written")
        assert "zest" not in seat.text()
        await seat.type("w")
        await seat.told("The wall shows counts")
        await seat.type("t")
        await seat.sees("<b>zest")
        assert (newest(busy).on_wall, newest(busy).texts) == (True, True)
        await seat.type("w")
        await seat.told("The wall hides counts")
        await seat.type("u")
        await until_open(seat, busy, lambda one: one.on_wall)


async def test_an_exit_ticket_is_typed_line_by_line(busy: Day) -> None:
    """One question a line; what can't be asked is said and stays typed."""
    async with seat_of(busy) as seat:
        await seat.type("V", "e")
        await seat.sees("Behind a question mark")
        await seat.type("How clear? 1-5", "enter", "Which? * a / b", "enter", *(["x", "enter"] * 4), "f2")
        await seat.sees("6 questions are too many")
        await seat.type(*["backspace"] * 8, "f2")
        poll = await until_open(seat, busy)
        assert [(one.kind, one.ask) for one in poll.questions] == [("scale", "How clear?"), ("several", "Which?")]
        assert poll.exit


@pytest.mark.parametrize(
    "keys, says",
    [
        (("enter", "enter", "enter"), "the question has no words"),
        (("Which?", "enter", "only", "enter", "enter"), "needs 2 to 10 choices"),
        (("Which?", "enter", "enter", "zebra", "enter"), '"zebra" is none'),
        (("Which?", "enter", "/".join("abcdefghijklmno"), "enter", "enter"), "this one has 15"),
    ],
)
async def test_what_can_not_be_asked(busy: Day, keys: tuple[str, ...], says: str) -> None:
    """Said in the form, which stays; nothing is opened."""
    async with seat_of(busy) as seat:
        await seat.type("A", *keys)
        await seat.sees(says)
        assert steps.read_polls(busy.ledger, busy.event).picture().polls == ()


async def test_typed_text_waits(busy: Day) -> None:
    """Left with Esc it is there again, by A and by N."""
    async with seat_of(busy) as seat:
        await seat.type("A", "How was the walk?", "escape")
        await seat.sees("✎ 1")
        await seat.type("N")
        await seat.sees("How was the walk?")


async def test_it_can_be_undone_until_somebody_answered(busy: Day) -> None:
    """The key u takes the question back; after an answer it says to close it."""
    async with seat_of(busy) as seat:
        await seat.type("A", "Ready?", "enter", "yes / no", "enter", "enter")
        await until_open(seat, busy)
        await seat.told("Phones are asked")
        await seat.type("u")
        await seat.told("Taken back")
        assert steps.read_polls(busy.ledger, busy.event).picture().polls == ()
        await seat.type("U")
        await until_open(seat, busy)
        give(busy, {"q1": 1})
        await seat.type("u")
        await seat.told("Phones have given something already")
        assert isinstance(seat.app.screen, PollsScreen)


def test_a_bar_is_as_long_as_its_share() -> None:
    """In eighths of a cell; nothing for none, something for little, never more than the room."""
    assert [bar(share, 10) for share in (0, 1, 50, 55, 100)] == ["", "▏", "█████", "█████▌", "██████████"]
