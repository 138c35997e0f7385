"""`names`: listed with a proposal, taken out after a question, told what is left."""

from __future__ import annotations

import pytest
import typer

from plfacilitate.steps import observe
from tests.core.test_observation import ROOM
from tests.front.commands.test_cohorts import FULL
from tests.laptops import Laptop
from tests.played import Clock
from tests.steps.test_unname import NAMES, on_disk, visited

REPLACE = [text for name, words in NAMES.items() for text in ("--replace", f"{name}={words}")]


def ended(laptop: Laptop, event: str) -> None:
    """Everybody is done: nothing is blind any more."""
    ledger = laptop.ledger()
    for one in observe.read_visit(ledger, event).observations:
        ledger.append([observe.end(laptop.hand(), one)])
    ledger.close()


def joined(laptop: Laptop, event: str) -> None:
    """Somebody else begins in the same room: from now on its notes are blind."""
    ledger = laptop.ledger()
    ledger.append([observe.begin(laptop.hand(), event, ROOM, observer="Ben Lund", stop="r4")])
    ledger.close()


def test_names_are_listed_with_an_example_once_nothing_is_blind(laptop: Laptop, clock: Clock) -> None:
    """As long as two observe, the list shows nobody's words."""
    event = visited(laptop, clock)
    joined(laptop, event)
    blind = laptop.do("names", event)
    assert "asks why" not in blind
    assert "in a line of a script, shown once all who observe are done" in blind
    ended(laptop, event)
    said = laptop.do("names", event)
    assert "Then Xiomara asks why" in said
    found = {one["name"]: one for one in laptop.json("names", event)["names"]}
    assert found["Vandermolen"]["proposed"] == "the teacher"
    assert (found["Xiomara"]["times"], found["Xiomara"]["sure"]) == (7, True)


def test_they_are_taken_out_after_a_question(laptop: Laptop, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """No means that nothing happens; yes is for good, and is said beforehand."""
    event = visited(laptop, clock)
    asked = []

    def confirm(question: str, *, abort: bool, err: bool) -> bool:
        asked.append(question)
        if abort:
            raise typer.Abort
        return err

    with monkeypatch.context() as patch:
        patch.setattr(typer, "confirm", confirm)
        assert laptop.run("names", event, *REPLACE).code != 0
    assert "erased for good and can't be brought back" in asked[0]
    assert "Xiomara" in on_disk(laptop.workspace.root)
    said = laptop.do("names", event, *REPLACE, "--yes")
    assert "texts say it without the names" in said
    assert "Xiomara" not in on_disk(laptop.workspace.root)
    assert [one["name"] for one in laptop.json("names", event)["names"] if one["sure"]] == []


def test_what_is_wrong_is_said(laptop: Laptop, clock: Clock) -> None:
    """A name that stands nowhere, a pair that is none."""
    event = visited(laptop, clock)
    assert "Barnaby stands in nothing" in laptop.no("names", event, "--replace", "Barnaby=S1", "--yes")
    assert laptop.run("names", event, "--replace", "Barnaby").code == 2


def test_names_are_taken_out_of_a_cohort_too(laptop: Laptop, clock: Clock) -> None:
    """Out of goals and contacts, in every version; the goal keeps its id and what points at it, the mate its name."""
    path = laptop.folder / "cohort.toml"
    path.write_text(FULL, "utf-8")
    laptop.do("cohort", "start", path)
    school = ("cohort", "goal", "c1", "lakeridge")
    laptop.do(*school, "add", "Then Xiomara proposes a question")
    clock.forward(minutes=1)
    laptop.do(*school, "add", "Students plan")
    clock.forward(minutes=1)
    laptop.do(*school, "change", "1", "--measure", "in three rooms")
    event = laptop.schedule("site-visit")
    visit = laptop.folder / "visit.toml"
    visit.write_text('school = "Lakeridge elementary"\npurpose = "To see"\n', "utf-8")
    laptop.do("visit", "plan", event, visit)
    laptop.do("event", "open", event)
    laptop.do("cohort", "point", "c1", "lake", "1", "--visit", event)
    contact = ("cohort", "contact", "c1", "lake", "--as", "coaching", "--minutes", "30", "--with", "Bo Vandermolen")
    laptop.do(*contact, "--note", "Now Xiomara and Vandermolen talk")
    before = laptop.json("cohort", "school", "c1", "lakeridge")["goals"]
    assert {one["name"] for one in laptop.json("names", "c1")["names"] if one["sure"]} == {"Xiomara"}
    assert "plfacilitate names c1 --replace Xiomara=S1" in laptop.run("names", "c1").err
    laptop.do("names", "c1", "--replace", "Xiomara=S1", "--replace", "Vandermolen=the teacher", "--yes")
    found = laptop.json("cohort", "school", "c1", "lakeridge")
    assert [one["text"] for one in found["goals"]] == ["Then S1 proposes a question", "Students plan"]
    assert [(one["goal"], one["measure"], one["evidence"]) for one in found["goals"]] == [
        (one["goal"], one["measure"], one["evidence"]) for one in before
    ]
    text = laptop.do("cohort", "school", "c1", "lakeridge")
    assert "with Bo Vandermolen: Now S1 and the teacher talk" in text
    assert "Xiomara" not in on_disk(laptop.workspace.root)
    assert "Xiomara stands in nothing" in laptop.no("names", "c1", "--replace", "Xiomara=S1", "--yes")
    assert laptop.json("names", "c1", "--replace", "Bo Vandermolen=B.", "--owners", "--yes")["anew"] == 1
    assert "with B.: Now S1" in laptop.do("cohort", "school", "c1", "lakeridge")
    assert "There is no event c9" in laptop.no("names", "c9")
