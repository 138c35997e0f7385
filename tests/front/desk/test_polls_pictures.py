"""Pictures of polls and notes: while answers come in, an exit ticket that was closed, the forms."""

from __future__ import annotations

import pytest

from plfacilitate.steps import polls as steps
from plfacilitate.steps.capture import note
from plfacilitate.steps.events import read_event
from tests.front.desk.day import Day
from tests.front.desk.test_pictures import Compare, looks, no_blinking, sizes
from tests.front.desk.test_polls import READY, busy, give, newest

__all__ = ["busy", "no_blinking"]  # fixtures


def opened(day: Day, number: int) -> None:
    """The desk asked the phones."""
    day.clock.forward(seconds=1)
    picture = steps.read_polls(day.ledger, day.event).picture()
    day.ledger.append_one(steps.open_poll(day.hand(), read_event(day.ledger, day.event), picture, READY[number]))


@pytest.fixture
def polled(busy: Day) -> Day:
    """A closed exit ticket, and a poll that is being answered."""
    opened(busy, 1)
    words = [
        "zest",
        "time to think with my own team before anybody tells us what to do, and then a break",
        "Doubt",
        "=1+1",
    ]
    give(busy, *({"clear": 3 + at % 3, "took": [1, 1 + at % 3], "word": word} for at, word in enumerate(words)))
    steps.close_poll(busy.ledger, busy.hand(), busy.event, newest(busy))
    opened(busy, 0)
    give(busy, *({"q1": 2} for _ in range(9)), *({"q1": 3} for _ in range(4)), {"q1": 1})
    return busy


@sizes
def test_answers_that_come_in(snap_compare: Compare, polled: Day, size: tuple[int, int]) -> None:
    """Bars, counts, how many of those who are in."""
    assert looks(snap_compare, polled, size, "V", sees="14 of")


@sizes
def test_an_exit_ticket_that_is_closed(snap_compare: Compare, polled: Day, size: tuple[int, int]) -> None:
    """Its questions one below the other, texts sorted."""
    assert looks(snap_compare, polled, size, "V", "down", sees="✓ closed")


@sizes
def test_a_question_is_typed(snap_compare: Compare, polled: Day, size: tuple[int, int]) -> None:
    """The form over the screen."""
    assert looks(snap_compare, polled, size, "V", "a", sees="Ask the phones")


@sizes
def test_notes(snap_compare: Compare, busy: Day, size: tuple[int, int]) -> None:
    """What was noted, parked and decided, and the field over it."""
    for text, tag in (("Table four wants the slides", "note"), ("Who pays the bus?", "parking"),
                      ("We meet again on Friday 15 December at Lakeridge, in the library, with the whole team", "decision")):  # fmt: skip
        busy.clock.forward(minutes=1)
        busy.ledger.append_one(note(busy.hand(), busy.event, text, segment="Consultancy in groups of six", tag=tag))
    assert looks(snap_compare, busy, size, "W", "n", "tab", sees="● parking lot")
