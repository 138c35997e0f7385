"""A form from paper by real keys in a real terminal: typed in one burst, killed in the middle, gone on with, ended."""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from plfacilitate.shelf.protocols import find_protocol
from plfacilitate.steps import observe
from plfacilitate.steps.capture import Hand
from plfacilitate.store.surroundings import Surroundings
from tests.front.desk.test_doorkeeper import until
from tests.front.door.running import now, today
from tests.stories.test_visit_in_terminal import ENTER, ESCAPE, found

if sys.platform == "win32":
    pytest.skip("needs a terminal of POSIX", allow_module_level=True)
from tests.front.desk.test_terminal import Window, window

PALETTE, F9 = "\x10", "\x1b[20~"


def begun(around: Surroundings, event: str) -> str:
    """Somebody's sweeps on paper, of this morning."""
    protocol = find_protocol("time-on-task", around.workspace.protocols)
    ledger = around.open_ledger()
    hand = Hand("facilitator", "paper", now, os.urandom)
    at = now() - timedelta(hours=2)
    entry = ledger.append_one(observe.begin(hand, event, protocol, observer="Ada Bell", at=at))
    ledger.close()
    return entry.id


def open_form(one: Window) -> None:
    """Through the palette, as somebody does who knows no key."""
    one.type(PALETTE, sees="Search")
    one.type("go on with a form", sees="item by item")
    one.type(ENTER, sees="Go on with which?")
    one.type(ENTER, sees="Time on task")


def test_a_form_is_keyed_in_killed_and_gone_on_with(tmp_path: Path) -> None:
    """A burst of rows is taken in its order; the wrong and the half-typed row outlive kill -9; the end names what is open."""
    around, event = today(tmp_path)
    one = begun(around, event)
    with window(around, event) as first:
        open_form(first)
        rows = ["24", "Read, then write", "hands 20 off 4", "hands 19 off 5", "hands 18 of it", "hands 21 off 3"]
        os.write(first.master, "".join(f"{row}{ENTER}" for row in rows).encode())
        until(lambda: len(found(around, event, one).of("sweep").glances) == 3, "three sweeps are durable")
        first.type("hands 2", sees="hands 2")
        drafts = around.workspace.root / "drafts.json"
        until(lambda: drafts.exists() and b'"hands 2"' in drafts.read_bytes(), "the half-typed row is kept")
        first.desk.kill()
        first.desk.wait(10)
    seen = found(around, event, one)
    assert {glance.slot: dict(glance.codes) for glance in seen.of("sweep").glances} == {
        1: {"hands": 20, "off": 4}, 2: {"hands": 19, "off": 5}, 4: {"hands": 21, "off": 3},
    }  # fmt: skip
    with window(around, event) as again:
        open_form(again)
        again.type("\x7f" * 5, sees="hands 18")
        again.type(f"off 6{ENTER}", sees="kept")
        until(lambda: len(found(around, event, one).of("sweep").glances) == 4, "the wrong one is put right")
        again.type(F9, sees="1 row ")
        again.type(f"4{ENTER}", sees="kept")
        until(lambda: len(found(around, event, one).of("sweep").glances) == 5, "the half-typed one too")
        again.type(F9, sees="In the room")
        until(lambda: found(around, event, one).ended_at is not None, "it has ended")
        again.type(ESCAPE, sees="Today")
    seen = found(around, event, one)
    assert dict(seen.of("sweep").glances[4].codes) == {"hands": 24}
    assert seen.ended_at == seen.started_at + timedelta(minutes=30)
