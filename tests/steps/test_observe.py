"""What an observer may note: every kind of item takes its own answers and no others, whoever asks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from plfacilitate.core.protocol import Item, Option, Section
from plfacilitate.core.refusal import Refused
from plfacilitate.core.visiting.observation import Observation
from plfacilitate.steps import observe
from plfacilitate.steps.capture import Hand
from tests.core.entries import entry
from tests.core.test_observation import ROOM, TALK, seen, started
from tests.played import Chance, Clock

_OPTIONS = (Option("on", "On"), Option("off", "Off"))
MORE = (
    Item("one", "snapshot", "The one that fits", options=_OPTIONS, every=2, capture="one"),
    Item("tick", "snapshot", "All that occur", options=_OPTIONS, every=2, capture="tick"),
    Item("only", "choice", "Only one", options=_OPTIONS),
)
WHOLE = replace(ROOM, sections=(*ROOM.sections, Section("two", "Two", items=MORE)))
LESSON = seen(started(WHOLE))


@pytest.fixture
def hand(clock: Clock, chance: Chance) -> Hand:
    """An observer's hand."""
    return Hand("Ada", "facilitator", clock, chance)


def glance(slot: object, **codes: object) -> dict[str, object]:
    """A glance at a slot."""
    return {"slot": slot, "codes": codes}


TAKEN: tuple[tuple[str, Any], ...] = (
    ("names", "seen"), ("names", None), ("what", 2), ("why", 1), ("teacher", "on"), ("heads", 0), ("free", "words"),
    ("wall", ["work", "rules"]), ("wall", []), ("only", ["on"]), ("sweep", glance(1, on=20, off=0)), ("sweep", glance(2)),
    ("tick", glance(1, on=1, off=1)), ("one", glance(3, off=1)),
)  # fmt: skip
NOT_TAKEN: tuple[tuple[str, Any], ...] = (
    ("names", "perhaps"), ("names", True), ("what", 0), ("what", 3), ("what", "2"), ("what", True), ("why", 2), ("why", None),
    ("teacher", "maybe"), ("teacher", None), ("heads", -1), ("heads", 1.5), ("free", 7), ("wall", ["door"]), ("wall", "work"),
    ("only", ["on", "off"]), ("sweep", glance(0, on=1)), ("sweep", glance("1", on=1)), ("sweep", glance(1, door=1)),
    ("sweep", glance(1, on=-1)), ("sweep", glance(1, on=True)), ("sweep", None), ("tick", glance(1, on=2)),
    ("one", glance(1, on=1, off=1)), ("nowhere", 1),
)  # fmt: skip


@pytest.mark.parametrize("item, value", TAKEN, ids=str)
def test_an_answer_of_its_kind_is_noted(hand: Hand, item: str, value: object) -> None:
    """A level of the ladder, an option of the list, a whole number of students; taken away again where it can be."""
    body = observe.note(hand, LESSON, item, value).body  # type: ignore[arg-type]  # as typed somewhere
    assert (body["observation"], body["item"], body["value"]) == ("o", item, value)


@pytest.mark.parametrize("item, value", NOT_TAKEN, ids=str)
def test_what_is_no_answer_there_is_refused(hand: Hand, item: str, value: object) -> None:
    """A level too many, two where one fits, a number that is none: refused by name before anything is written."""
    with pytest.raises(Refused, match=f"no answer to {item}"):
        observe.note(hand, LESSON, item, value)  # type: ignore[arg-type]  # what must not come in


@pytest.mark.parametrize(
    "item, value, taken", [("why", 7, True), ("teacher", 12, True), ("why", -1, False), ("heads", 3, False), ("why", None, False)]
)  # fmt: skip
def test_a_total_from_paper_is_for_tallies_and_states(hand: Hand, item: str, value: Any, taken: bool) -> None:
    """Of a count the number is the answer itself."""
    if taken:
        assert observe.note(hand, LESSON, item, value, total=True).body["total"] is True
    else:
        with pytest.raises(Refused, match="no answer"):
            observe.note(hand, LESSON, item, value, total=True)


def test_a_prompt_takes_a_level_of_its_ladder(hand: Hand) -> None:
    """One or two here, words alone, and never a third."""
    talk = seen(started(TALK))
    assert observe.note(hand, talk, "bell", 2, words=" moved ").body == {
        "observation": "o", "item": "bell", "value": 2, "note": "moved"
    }  # fmt: skip
    assert observe.note(hand, talk, "bell", None, words="none").body["value"] is None
    with pytest.raises(Refused, match="no answer to bell"):
        observe.note(hand, talk, "bell", 3)


def test_a_line_is_coded_to_items_of_its_protocol_only(hand: Hand) -> None:
    """Twice the same is once; what another protocol has is refused by name."""
    assert observe.line(hand, LESSON, " T: why? ", items=["why", "why"]).body == {
        "observation": "o", "text": "T: why?", "items": ["why"]
    }  # fmt: skip
    with pytest.raises(Refused, match="no item bell"):
        observe.line(hand, LESSON, "T: why?", items=["bell"])


def test_nobody_observes_without_a_name_and_nobody_ends_twice(hand: Hand) -> None:
    """Blanks are no name."""
    with pytest.raises(Refused, match="Whose eyes"):
        observe.begin(hand, "e", ROOM, observer="  ")
    done: Observation = seen(started(), entry("end", "observation-ended", at="09:30", observation="o"))
    with pytest.raises(Refused, match="has ended"):
        observe.end(hand, done)
