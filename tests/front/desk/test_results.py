"""What answers come to, wherever the desk shows it: before the end, after it, at the debrief, on the visit's screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from plfacilitate.core.protocol import Protocol
from plfacilitate.core.visiting.plan import Stop, Visit
from plfacilitate.front.desk.lists.filllist import FillList
from plfacilitate.front.desk.lists.talks import TalkList
from plfacilitate.front.desk.screens.fill import FillScreen
from plfacilitate.shelf.protocols import find_protocol
from plfacilitate.steps import observe
from plfacilitate.steps.capture import written
from tests.front.desk.conftest import seat_of
from tests.front.desk.day import Day
from tests.front.desk.observing import begun, observing_on, sitting_of
from tests.front.desk.visiting import NOWHERE, announce, standing

LAKE = find_protocol("lake-county-visit", NOWHERE)
LEVERS = find_protocol("new-england-levers", NOWHERE)
VISIT = Visit("Dimmitt Middle School", "Who chooses?", stops=(Stop("r4", "Room 204", team=("Dana", "Wei")),))
ADOPTED = dict.fromkeys(LAKE.results[0].group("adoption").items, "seen")
LED = {"asked-first": 1, "town-gives": 1, "insisted": 1, "cleared": 4, "dated": 4, "expected": 4,
       "rooms-first": 1, "theirs-first": 1, "lends": 1}  # fmt: skip
TOWN = LED | {"asked-first": 4, "town-gives": 4, "insisted": 4, "cleared": 1, "dated": 1, "expected": 1}


def noted(
    day: Day,
    protocol: Protocol,
    values: Mapping[str, Any],
    *,
    who: str,
    asked: str = "",
    stop: str = "",
    done: bool = True,
    at: str = "9:00",
) -> str:
    """Somebody noted this, and ended."""
    hand = day.hand()
    draft = observe.begin(hand, day.event, protocol, observer=who, stop=stop, respondent=asked, at=day.moment(at))
    written(day.ledger.append([draft]))
    seen = standing(day).observation(draft.id)
    assert seen is not None
    drafts = [observe.note(hand, seen, item, value, at=day.moment("9:10")) for item, value in values.items()]
    drafts += [observe.end(hand, seen, at=day.moment("9:20"))] if done else []
    written(day.ledger.append(drafts))
    return draft.id


async def test_what_it_comes_to_is_said_before_the_end_and_stands_beside_the_script_after_it(busy: Day) -> None:
    """Asked whether to end it, one reads what it comes to; while one still observes, nothing of it is shown."""
    observation = begun(busy, LAKE)
    seen = standing(busy).observation(observation)
    assert seen is not None
    written(busy.ledger.append([observe.note(busy.hand(), seen, item, value) for item, value in ADOPTED.items()]))
    async with observing_on(busy, observation, size=(120, 40)) as seat:
        assert "8 of 8 seen" not in seat.text()
        await seat.type("ctrl+e")
        await seat.sees("Dimensions: adoption 8 of 8 seen; adherence of")
        await seat.type("y")
        await seat.until(lambda: sitting_of(seat).book.seen.ended_at is not None)
        await seat.sees("adoption 8 of 8 seen")


async def test_a_form_that_was_ended_says_what_it_came_to(busy: Day) -> None:
    """In the sentence that tells that it is ended."""
    observation = noted(busy, LEVERS, LED, who="Ada Okoro", asked="principal", done=False)
    async with seat_of(busy) as seat:
        await seat.app.give("filling:go_on", observation)
        await seat.until(
            lambda: isinstance(seat.app.screen, FillScreen) and bool(seat.app.screen.query_one(FillList).items)
        )
        await seat.type("f9")
        await seat.sees("Without an answer")
        await seat.type("y")
        await seat.told("Archetype: leadership-driven")


async def test_the_debrief_begins_with_whether_those_who_rated_agree(busy: Day) -> None:
    """Three archetypes side by side, none of them averaged."""
    announce(busy, VISIT)
    for who, values in (("principal", LED), ("teacher", TOWN), ("family", LED)):
        noted(busy, LEVERS, values, who="Dana", asked=who)
    async with seat_of(busy, size=(120, 40)) as seat:
        await seat.type("B")
        await seat.sees("leadership-driven; teacher: community-driven.")
        assert "Archetype: They differ: " in seat.text()
        assert "left it out" not in seat.text()  # what only others are asked
        assert seat.app.screen.query_one(TalkList).current is not None


async def test_the_visit_says_what_ones_own_talk_came_to_once_it_is_done(busy: Day) -> None:
    """Below the line of the talk; of one that goes on, or that somebody else led, nothing."""
    announce(busy, VISIT)
    noted(busy, LEVERS, LED, who=busy.around.by, asked="principal", done=False)
    noted(busy, LEVERS, TOWN, who="Wei", asked="teacher", at="9:05")
    async with seat_of(busy, size=(120, 40)) as seat:
        await seat.type("v")
        await seat.sees("with principal")
        await seat.type("down")
        await seat.sees("with principal  open")
        assert "Archetype" not in seat.text()
        seen = next(one for one in standing(busy).observations if one.respondent == "principal")
        written(busy.ledger.append([observe.end(busy.hand(), seen)]))
        await seat.sees("Archetype: leadership-driven")
        await seat.type("down")
        await seat.sees("Wei with teacher  done")
        assert "Archetype" not in seat.text()


async def test_a_protocol_without_results_looks_as_it_always_did(busy: Day) -> None:
    """No heading, no row."""
    observation = noted(busy, replace(LAKE, results=()), ADOPTED, who="Dana", stop="")
    async with seat_of(busy) as seat:
        await seat.app.give("filling:go_on", observation)
        await seat.until(
            lambda: isinstance(seat.app.screen, FillScreen) and bool(seat.app.screen.query_one(FillList).items)
        )
        assert "What it comes to" not in [row.text for row in seat.app.screen.query_one(FillList).items]
