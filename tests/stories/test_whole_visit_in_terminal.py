"""A whole visit by real keys in a real terminal: the way, two observers, paper, a talk, debrief, names, words, report."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from plfacilitate.core.visiting.fold import VisitPicture
from plfacilitate.steps import observe
from plfacilitate.store.surroundings import Surroundings
from tests.conftest import ROOT
from tests.front.door.running import today
from tests.stories.test_visit_in_terminal import END, ENTER, ESCAPE, TAB

if sys.platform == "win32":
    pytest.skip("needs a terminal of POSIX", allow_module_level=True)
from tests.front.desk.test_terminal import Window, window

F2, F9 = "\x1bOQ", "\x1b[20~"
WAY = """
school = "Campbell Hill Elementary"
purpose = "To see who chooses what."
look_fors = ["Who is heard"]

[[stop]]
id = "one"
room = "Room 4"
host = "Maria Okonkwo"
team = ["Dana Brown", "Wei Chen"]
protocols = ["our-room"]
"""
OURS = """
id = "our-room"
title = "Our room"
kind = "observation"
purpose = "Who chooses and who is heard."
source = "Our own words."
minutes = 20

[[section]]
id = "choice"
title = "Who chooses"

[[section.item]]
id = "topic"
kind = "rating"
text = "Topic of the lesson"
levels = ["Teacher names it.", "Student picks from a list.", "Student proposes it."]
attribute = "personal-learning-paths"
facet = "who-chooses"

[[section.item]]
id = "why"
kind = "tally"
text = "Student asks why"
facet = "who-is-heard"
"""


def announced(around: Surroundings, event: str) -> None:
    """The protocol of their own lies in the workspace, and the way is planned at the command line."""
    own = around.workspace.protocols / "observation" / "our-room.toml"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(OURS, "utf-8")
    file = around.workspace.root / "way.toml"
    file.write_text(WAY, "utf-8")
    command = [sys.executable, "-m", "plfacilitate", "--workspace", str(around.workspace.root)]
    subprocess.run([*command, "visit", "plan", event, str(file)], check=True, cwd=ROOT, capture_output=True)


def seen(around: Surroundings, event: str) -> VisitPicture:
    """The visit as anybody reads it who opens the ledger."""
    with closing(around.open_ledger(readonly=True)) as ledger:
        return observe.read_visit(ledger, event).picture()


def lesson(desk: Window, *, line: str, level: str, then: str) -> None:
    """One observer's lesson, from the way to the way, which says `then` how far the stop is."""
    desk.type(ENTER, sees="Somebody else")
    desk.type(ENTER, sees="stamps the line")
    desk.type(line, sees=line[-1:])
    desk.type(ENTER, sees=line[:6])
    desk.type(TAB, sees="which item?")
    desk.type("w", sees="1 Student asks why")
    desk.type(f"{TAB}t{level}", sees=f"level {level}")
    desk.type(END, sees="End it?")
    desk.type("y", sees="ENDED")
    desk.type(ESCAPE, sees="again")
    desk.type(ESCAPE, sees=then)


def paper(desk: Window) -> None:
    """A third sheet, filled in by hand in that room."""
    desk.type("K", sees="Which one?")
    desk.type(ENTER, sees="Observer")
    desk.type(f"Ada Bell{ENTER}", sees="Ada Bell")
    desk.type(ENTER, sees="a level, 1 to 3")
    desk.type(f"2{ENTER}", sees="how many times in all")
    desk.type(f"4{ENTER}", sees="Student asks why: kept")
    desk.type(F9, sees="The way")


def test_a_visit_from_the_way_to_the_report(tmp_path: Path) -> None:
    """Nobody touches anything but keys, and what the school gets holds what was seen and no name."""
    around, event = today(tmp_path)
    announced(around, event)
    with window(around, event) as desk:
        desk.type("v", sees="Room 4")
        lesson(desk, line="T: Maria, why? S1 because", level="1", then="1 of 2 done")
        desk.type("d", sees="Wei Chen")
        desk.type(ESCAPE, sees="The way")
        assert [one.observer for one in seen(around, event).observations] == ["Dana Brown"]
        lesson(desk, line="S1 asks why it is so", level="3", then="done")
        paper(desk)
        desk.type("d", sees="Topic of the lesson")
        desk.type("2", sees="what settled it")
        desk.type(f"the list on the board{ENTER}", sees="agreed 2 of 3")
        desk.type(ESCAPE, sees="The way")
        desk.type("t", sees="the teacher")
        desk.type(F9, sees="Take names out for good?")
        desk.type("y", sees="The way")
        desk.type("s", sees="Adoption")
        desk.type("Students ask why in every room we saw.", sees="we saw.")
        desk.type(F2, sees="Students ask why")
        desk.type("w", sees="visit-report.html")
    visit = seen(around, event)
    levels = [answer.value for one in visit.observations if (answer := one.of("topic").answer) is not None]
    assert [(one.observer, one.means) for one in visit.observations] == [
        ("Dana Brown", "facilitator"), ("Wei Chen", "facilitator"), ("Ada Bell", "paper")
    ]  # fmt: skip
    assert levels == [1, 3, 2]
    assert [one.of("why").times for one in visit.observations] == [1, 1, 4]
    assert [line.text for one in visit.observations for line in one.lines] == [
        "T: the teacher, why? S1 because", "S1 asks why it is so"
    ]  # fmt: skip
    assert {place[2]: (one.value, one.note) for place, one in visit.agreed.items()} == {
        "topic": (2, "the list on the board")
    }
    (page,) = (around.workspace.root / "printed").glob("*.html")
    told = page.read_text("utf-8")
    assert "Campbell Hill Elementary" in told
    assert "Students ask why in every room we saw." in told
    assert not any(name in told for name in ("Maria", "Okonkwo", "Room 4"))
    assert "Maria, why" not in (around.workspace.ledger.read_bytes()).decode("latin-1")
