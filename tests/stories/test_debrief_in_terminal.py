"""A debrief by real keys in a real terminal: blind, laid open by the last one's end, agreed, killed, still agreed."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from plfacilitate.core.visiting.fold import Agreed, VisitPicture
from plfacilitate.steps import observe
from plfacilitate.steps.capture import Hand, written
from plfacilitate.store.surroundings import Surroundings
from tests.front.desk.test_debrief import ROOM, VISIT
from tests.front.desk.test_doorkeeper import until
from tests.front.door.running import now, today

if sys.platform == "win32":
    pytest.skip("needs a terminal of POSIX", allow_module_level=True)
from tests.front.desk.test_terminal import window

ENTER, DOWN = "\r", "\x1b[B"
HAND = Hand("facilitator", "facilitator", now, os.urandom)


def picture(around: Surroundings, event: str) -> VisitPicture:
    """The visit as anybody reads it who opens the ledger."""
    with closing(around.open_ledger(readonly=True)) as ledger:
        return observe.read_visit(ledger, event).picture()


def agreed(around: Surroundings, event: str) -> Mapping[str, Agreed]:
    """What was agreed on, by item."""
    return {place[2]: one for place, one in picture(around, event).agreed.items()}


def rated(around: Surroundings, event: str, who: str, levels: Mapping[str, int]) -> None:
    """Somebody observes Room 204 and is not done yet."""
    with closing(around.open_ledger()) as ledger:
        begun = ledger.append_one(observe.begin(HAND, event, ROOM, observer=who, stop="r4"))
        seen = observe.read_visit(ledger, event).observation(begun.id)
        assert seen is not None
        line = observe.line(HAND, seen, f"S1 said to {who}: why not?", items=["goals"])
        written(ledger.append([line, *(observe.note(HAND, seen, item, level) for item, level in levels.items())]))


def done(around: Surroundings, event: str, who: str) -> None:
    """They are."""
    with closing(around.open_ledger()) as ledger:
        seen = next(one for one in observe.read_visit(ledger, event).observations if one.observer == who)
        ledger.append_one(observe.end(HAND, seen))


def test_a_debrief_is_held_killed_and_gone_on_with(tmp_path: Path) -> None:
    """What was agreed outlives kill -9, and so does the reason that was half typed; both originals stay."""
    around, event = today(tmp_path)
    with closing(around.open_ledger()) as ledger:
        ledger.append_one(observe.plan_visit(HAND, observe.read_visit(ledger, event), VISIT))
    rated(around, event, "Dana Brown", {"goals": 1, "plans": 2})
    rated(around, event, "Wei Chen", {"goals": 4, "plans": 3})
    done(around, event, "Dana Brown")
    with window(around, event) as first:
        first.type("B", sees="Not done yet: Wei Chen")
        done(around, event, "Wei Chen")
        first.type("", sees="3 levels apart")
        first.type("3", sees="what settled it")
        first.type("both heard it", sees="both heard it")
        first.type(ENTER, sees="agreed 3 of 4")
        first.type(ENTER, sees="a level, 1 to 4")
        first.type("2" + ENTER + "half a rea", sees="half a rea")
        until(lambda: b"half a rea" in (around.workspace.root / "drafts.json").read_bytes(), "the draft is kept")
        first.desk.kill()
        first.desk.wait(10)
    assert {item: (one.value, one.note) for item, one in agreed(around, event).items()} == {
        "goals": (3, "both heard it")
    }
    with window(around, event) as again:
        again.type("B", sees="agreed 3 of 4")
        again.type(DOWN + ENTER, sees="half a rea")
        again.type(ENTER + "son" + ENTER, sees="agreed 2 of 4")
        until(lambda: agreed(around, event)["plans"].note == "half a reason", "the second one is durable")
        again.type("u", sees="Taken back")
        until(lambda: agreed(around, event).keys() == {"goals"}, "it is taken back")
    levels = [[one.of(item).answer for item in ("goals", "plans")] for one in picture(around, event).observations]
    assert [[answer.value for answer in some if answer is not None] for some in levels] == [[1, 2], [4, 3]]
