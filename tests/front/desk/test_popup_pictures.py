"""Pictures of the problems of practice: with ideas in clusters and a closed vote, while phones are asked, and with none."""

from __future__ import annotations

from pathlib import Path

import pytest

from plfacilitate.core.plan import Event
from plfacilitate.steps import popup as steps
from plfacilitate.steps.events import read_event
from tests.front.desk.day import Day, busy_day
from tests.front.desk.test_pictures import Compare, looks, no_blinking, sizes
from tests.front.desk.test_popup import brought, first, give, picture, vote

__all__ = ["no_blinking"]  # a fixture
LONG = (
    "After ten minutes of a discussion the same three students talk and all others wait until it is over. Cards with names "
    "made them afraid, pairs took too long."
)


@pytest.fixture
def busy(tmp_path: Path) -> Day:
    """Three problems: one that has come to its end, one that asks for ideas, one that was only brought."""
    day = busy_day(tmp_path)
    problem = brought(day, problem=LONG)
    hand, event = day.hand(), day.event
    day.ledger.append_one(
        steps.change(hand, event, first(day), {  # type: ignore[arg-type]  # it does change
            "how_might_we": "How might we hear everybody before the loudest have settled it?",
            "test": "Two classes, two weeks: pairs write before anybody speaks. Count who spoke on Fridays.",
        })
    )  # fmt: skip
    day.ledger.append_one(steps.begin_round(hand, steps_event(day), first(day), "ideas"))
    give(day, "Write first, then talk", "A stick that goes round", "Pairs before the whole class", "Ask three before me",
         "No grades on talking", "Wait seven seconds")  # fmt: skip
    steps.end_round(day.ledger, hand, event, first(day), "ideas")
    ids = {idea.text: idea.id for idea in first(day).ideas}
    some = [ids["Write first, then talk"], ids["Pairs before the whole class"]]
    day.ledger.append_one(steps.cluster(hand, event, problem, "Time before it counts", some))
    day.ledger.append_one(steps.cluster(hand, event, problem, "", [ids["No grades on talking"]]))
    day.ledger.append_one(steps.begin_round(hand, steps_event(day), first(day), "vote"))
    vote(day, ["Time before it counts", "Wait seven seconds"], ["Time before it counts"], ["Ask three before me"])
    steps.end_round(day.ledger, hand, event, first(day), "vote")
    words = {"who": "Ana Ruiz", "what": "pairs write first", "first_step": "tell both classes", "due": "2023-12-20"}
    day.ledger.append_one(steps.commit(hand, event, first(day), words))
    brought(day, "Bo Lind", "Homework comes late or not at all")
    brought(day, "Siobhán O'Leary-Washington", "Nobody asks a question")
    day.ledger.append_one(steps.begin_round(hand, steps_event(day), picture(day).problems[1], "ideas"))
    return day


def steps_event(day: Day) -> Event:
    """The event of the day."""
    return read_event(day.ledger, day.event)


@sizes
def test_a_problem_that_has_come_to_its_end(snap_compare: Compare, busy: Day, size: tuple[int, int]) -> None:
    """Words, clusters with their dots, the commitment."""
    assert looks(snap_compare, busy, size, "P", sees="Time before it counts")


@sizes
def test_ideas_that_are_picked(snap_compare: Compare, busy: Day, size: tuple[int, int]) -> None:
    """The right side has the focus."""
    assert looks(snap_compare, busy, size, "P", "enter", "down", "space", "space", sees="picked")


@sizes
def test_a_problem_whose_group_is_asked(snap_compare: Compare, busy: Day, size: tuple[int, int]) -> None:
    """How many came, and which key closes."""
    assert looks(snap_compare, busy, size, "P", "down", sees="0 so far")


@sizes
def test_a_problem_is_brought(snap_compare: Compare, busy: Day, size: tuple[int, int]) -> None:
    """The form over the screen."""
    assert looks(snap_compare, busy, size, "P", "a", sees="A problem of practice")
