"""Commands, doors and doctors come and go beside an open desk: what each of them wrote is there for all of them."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from plfacilitate.steps.events import read_fold
from plfacilitate.store.search import people
from plfacilitate.store.surroundings import Surroundings
from tests.front.desk.test_doorkeeper import until
from tests.front.door.running import running, ticket_of, today

if sys.platform == "win32":
    pytest.skip("needs a terminal of POSIX", allow_module_level=True)
from tests.front.desk.test_terminal import window


def names_in(around: Surroundings, event: str) -> set[str]:
    """Who is in, as anybody who opens the ledger reads it."""
    with closing(around.open_ledger(readonly=True)) as ledger:
        fold = read_fold(ledger, event)
        known = {one.id: one.last_name for one in people(ledger.connection)}
        return {known[person] for person in fold.persons() if fold.presence(person).is_in}


def told(around: Surroundings, *command: str) -> str:
    """What a command beside the desk says."""
    line = [sys.executable, "-m", "plfacilitate", "--workspace", str(around.workspace.root), *command]
    return subprocess.run(line, capture_output=True, text=True, check=True, env=os.environ).stdout


def test_what_is_signed_in_at_the_desk_outlives_whoever_comes_and_goes(tmp_path: Path) -> None:
    """By name at the desk, a list beside it, a phone at a door of its own; then the desk is killed: all are in."""
    around, event = today(tmp_path)
    with window(around, event) as desk:
        desk.type("i", sees="Sign in")
        desk.type("nguy", sees="Dimmitt")
        desk.type("\r", sees="in at")
        for command in (("event", "list"), ("people", "list"), ("doctor",)):
            told(around, *command)
        until(lambda: names_in(around, event) == {"Nguyễn"}, "the sign-in at the desk is there for others")
        with running(around, event) as door:
            with closing(around.open_ledger(readonly=True)) as ledger:
                person = next(one for one in people(ledger.connection) if one.last_name == "O'Leary")
            page = httpx.post(f"{door.url}/in", data={"t": ticket_of(around, event), "p": person.id})
            assert "You are in" in page.text
            until(lambda: b"O'Leary" in desk.shown, "the phone's sign-in is on the board")
            assert door.end() == 0
        desk.type("garcia", sees="Campbell")
        desk.type("\r", sees="in at")
        told(around, "event", "list")
        desk.desk.kill()
        desk.desk.wait(10)
    assert names_in(around, event) == {"Nguyễn", "O'Leary", "Garcia"}
    assert "all is right" in told(around, "doctor")
