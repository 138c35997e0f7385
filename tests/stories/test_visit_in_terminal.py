"""A visit by real keys in a real terminal: script, marks and a snapshot; killed in the middle, opened again, ended."""

from __future__ import annotations

import os
import sys
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from plfacilitate import machine
from plfacilitate.core.visiting.observation import Observation
from plfacilitate.steps import observe
from plfacilitate.steps.capture import Hand
from plfacilitate.store.surroundings import Surroundings
from tests.front.desk.observing import ROOM, VISIT
from tests.front.desk.test_doorkeeper import until
from tests.front.door.running import now, today

if sys.platform == "win32":
    pytest.skip("needs a terminal of POSIX", allow_module_level=True)
from tests.front.desk.test_terminal import window

TAB, BACK_TAB, ENTER, ESCAPE, UP, F6 = "\t", "\x1b[Z", "\r", "\x1b", "\x1b[A", "\x1b[17~"
UNDO, AGAIN, END = "\x1a", "\x19", "\x05"


def visited(around: Surroundings, event: str, *, minutes: int = 5) -> str:
    """The visit is announced, and somebody began to observe so many minutes ago; gives the observation."""
    whoever = machine.surroundings(around.workspace.root).by  # as the desk that is started knows them
    hand = Hand(whoever, "facilitator", now, os.urandom)
    with closing(around.open_ledger()) as ledger:
        ledger.append_one(observe.plan_visit(hand, observe.read_visit(ledger, event), VISIT))
        began = now() - timedelta(minutes=minutes, seconds=5)
        draft = observe.begin(hand, event, ROOM, observer=whoever, stop="r4", at=began)
        return ledger.append_one(draft).id


def found(around: Surroundings, event: str, observation: str) -> Observation:
    """The observation as anybody reads it who opens the ledger."""
    with closing(around.open_ledger(readonly=True)) as ledger:
        one = observe.read_visit(ledger, event).observation(observation)
    assert one is not None
    return one


def texts(around: Surroundings, event: str, observation: str) -> list[str]:
    """What the lines say."""
    return [line.text for line in found(around, event, observation).lines]


def drafts(around: Surroundings) -> bytes:
    """What was typed and is no entry yet; nothing before the first is kept."""
    path = around.workspace.root / "drafts.json"
    return path.read_bytes() if path.exists() else b""


def lines_left(around: Surroundings, event: str, observation: str, left: int) -> bool:
    """Whether so many lines stand."""
    return len(texts(around, event, observation)) == left


def test_a_lesson_is_observed_killed_and_gone_on_with(tmp_path: Path) -> None:
    """Each stamped line and mark outlives kill -9, and so does all but the last moment of the half-typed line."""
    around, event = today(tmp_path)
    one = visited(around, event)
    with window(around, event) as first:
        first.type("J", sees="SNAPSHOT 1 NOW")
        first.type("T: why is it @", sees="T: why is it S1")
        first.type(" so", sees=" so")
        first.type(TAB, sees="which item?")
        first.type("e", sees="Asks for reasons")
        first.type("?", sees="?")
        first.type(ENTER, sees="T: why is it S1 so?")
        first.type('# "because"', sees="because")
        first.type(ENTER, sees="2 lines")
        first.type(BACK_TAB, sees="code to which item?")
        first.type("e", sees="Coded")
        first.type(TAB + TAB, sees="MARKS STAY")
        first.type("r", sees="1 Asks for a fact")
        first.type("r", sees="2 Asks for a fact")
        first.type("t", sees="The teacher speaks")
        first.type(TAB, sees="Marks")
        first.type(F6, sees="together")
        first.type("hhe", sees="3")
        first.type(ENTER, sees="Snapshot 1")
        first.type("half a li", sees="half a li")
        until(lambda: len(found(around, event, one).of("sweep").glances) == 1, "the snapshot is durable")
        until(lambda: b"half a li" in drafts(around), "the draft is kept")
        first.desk.kill()
        first.desk.wait(10)
    seen = found(around, event, one)
    assert [(line.text, line.items) for line in seen.lines] == [
        ("T: why is it S1 so?", ()), ('S1 "because"', ("explain",))
    ]  # fmt: skip
    assert (seen.of("explain").times, seen.of("recall").times) == (1, 2)
    assert [dict(glance.codes) for glance in seen.of("sweep").glances] == [{"hands": 2, "eyes": 1}]
    assert [item.id for item in seen.open_states] == ["floor-teacher"]
    with window(around, event) as again:
        again.type("J", sees="half a li")
        again.type("ne", sees="ne")
        again.type(ENTER, sees="3 lines")
        until(lambda: texts(around, event, one)[-1:] == ["half a line"], "the line is durable")
        for left in (2, 2, 2, 2, 2, 2, 1, 0, 0):
            os.write(again.master, UNDO.encode())
            until(partial(lines_left, around, event, one, left), f"{left} lines are left")
        again.type(UNDO, sees="othing to take back")
        os.write(again.master, AGAIN.encode() * 12)
        until(lambda: len(texts(around, event, one)) == 3, "all of it is back")
        again.type(END, sees="These states go on")
        again.type("y", sees="ENDED")
        until(lambda: found(around, event, one).ended_at is not None, "it has ended")
    seen = found(around, event, one)
    assert [line.text for line in seen.lines] == ["T: why is it S1 so?", 'S1 "because"', "half a line"]
    assert (seen.of("explain").times, seen.of("recall").times) == (1, 2)
    assert [bout.by_rule for bout in seen.of("floor-teacher").bouts] == [True]


def test_keys_that_come_all_at_once_are_dealt_with_in_their_order(tmp_path: Path) -> None:
    """A burst of letters, Tab, an item's letter, letters and Enter, many times: no letter becomes a mark, no mark a letter."""
    around, event = today(tmp_path)
    one = visited(around, event)
    with window(around, event) as desk:
        desk.type("J", sees="Script")
        desk.type("x", sees="x")
        desk.type("\x7f", sees="▸")
        for number in range(20):
            os.write(desk.master, f"re{number}{TAB}rts{BACK_TAB}e done{ENTER}".encode())
        until(lambda: len(texts(around, event, one)) == 20, "twenty lines are durable")
        until(lambda: found(around, event, one).of("recall").times == 20, "twenty marks are durable")
        os.write(desk.master, b"\x05y")
        until(lambda: found(around, event, one).ended_at is not None, "ctrl+e and y behind it end")
    seen = found(around, event, one)
    assert [line.text for line in seen.lines] == [f"re{number}ts done" for number in range(20)]
    assert {line.items for line in seen.lines} == {("explain",)}
