"""Pictures of the form at the desk: a rubric after the lesson, ticks from paper, an interview."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from plfacilitate.front.desk.app import desk
from plfacilitate.shelf.protocols import find_protocol
from plfacilitate.steps import observe
from plfacilitate.steps.capture import written
from tests.front.desk.conftest import PlayedKeeper, Seat
from tests.front.desk.day import Day
from tests.front.desk.test_fill import open_form
from tests.front.desk.test_pictures import Compare, no_blinking, sizes

__all__ = ["no_blinking"]  # a fixture


def begun(day: Day, protocol: str, respondent: str = "", means: str = "facilitator") -> str:
    """An observation of a shipped protocol."""
    found = find_protocol(protocol, Path("/nowhere"))
    at = day.moment("9:00")
    draft = observe.begin(
        day.hand(means), day.event, found, observer="Ada Okoro", stop="r4", respondent=respondent, at=at
    )
    (entry,) = written(day.ledger.append([draft]))
    return entry.id


def looks(compare: Compare, day: Day, size: tuple[int, int], observation: str, *keys: str, sees: str) -> bool:
    """Whether the form looks as before once the keys were typed and `sees` can be seen."""
    keeper = PlayedKeeper(day.event)
    app = desk(day.around, event=day.event, keeper=keeper)

    async def before(pilot: Pilot[Any]) -> None:
        seat = Seat(app, pilot, keeper)
        await seat.until(app.feed.ready.is_set)
        await open_form(seat, observation)
        await seat.type(*keys)
        await seat.sees(sees)
        app.clear_notifications()
        await pilot.pause(0.1)

    return compare(app, terminal_size=size, run_before=before)


@sizes
def test_a_rubric_after_the_lesson(snap_compare: Compare, busy: Day, size: tuple[int, int]) -> None:
    """What was seen helps to rate it; one answer stands, one is wrong, one is half typed."""
    observation = begun(busy, "four-attributes")
    (found,) = observe.read_visit(busy.ledger, busy.event).observations
    line = "S2 to S1: which of the two books has the map in it?"
    written(busy.ledger.append([observe.line(busy.hand(), found, line, items=["motivations"], at=busy.moment("9:12"))]))
    keys = ("2 names last week's quiz", "enter", "7", "enter", "the chart on", "up")
    assert looks(snap_compare, busy, size, observation, *keys, sees="9:12 S2 to S1")


@sizes
def test_ticks_from_paper(snap_compare: Compare, busy: Day, size: tuple[int, int]) -> None:
    """Interval by interval, the codes beside one another."""
    observation = begun(busy, "interval-coding", means="paper")
    keys = ("tells shows", "enter", "asks answers", "enter", "rounds 7", "enter")
    assert looks(snap_compare, busy, size, observation, *keys, sees="rounds confers")


@sizes
def test_an_interview(snap_compare: Compare, busy: Day, size: tuple[int, int]) -> None:
    """The question in full, whom to ask, what to ask to be shown, the ladder."""
    observation = begun(busy, "implementation-framework", respondent="principal")
    keys = ("3 the plan of May names two leads", "enter", "Grades 6 and 7 first", "enter")
    assert looks(snap_compare, busy, size, observation, *keys, sees="Grades 6 and 7 first")


@sizes
def test_what_an_interview_comes_to(snap_compare: Compare, busy: Day, size: tuple[int, int]) -> None:
    """Below the answers: the level, what follows for it, which answers led there, the rule."""
    observation = begun(busy, "new-orleans-exposure", "principal")
    (found,) = observe.read_visit(busy.ledger, busy.event).observations
    levels = {
        "seen-where": 2,
        "without-word": 2,
        "page": 3,
        "ten-oclock": 2,
        "unclear": 1,
        "runs-where": 3,
        "test-dates": 2,
    }
    notes = [observe.note(busy.hand(), found, item, level, at=busy.moment("9:20")) for item, level in levels.items()]
    written(busy.ledger.append(notes))
    keys = ("pagedown", "pagedown", "pagedown")
    assert looks(snap_compare, busy, size, observation, *keys, sees="Rule: A level holds")
