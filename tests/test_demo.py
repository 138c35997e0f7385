"""`demo`: a ready-made day, in a place where nothing of the user's can be lost."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from plfacilitate.core.visiting.standing import standing
from plfacilitate.demo import MARK, clear, day, is_running
from plfacilitate.machine import surroundings
from plfacilitate.shelf import door_file
from plfacilitate.steps.approve import checklist
from plfacilitate.steps.deliver import parcels_of, waiting
from plfacilitate.steps.events import events, read_fold
from plfacilitate.steps.observe import read_visit
from plfacilitate.store.surroundings import Surroundings
from plfacilitate.store.workspace import Workspace
from tests.laptops import Laptop, laptop, laptops

__all__ = ["laptop", "laptops"]


def test_the_day_is_under_way(laptop: Laptop) -> None:
    """Session 3 of 5, most are in, some are missing, one walked in, a doubt waits; two sessions and a visit lie behind."""
    event = day.build(laptop.surroundings())
    ledger = laptop.ledger()
    found = events(ledger)
    assert [(one.plan.kind, one.session_id) for one in found] == [
        ("institute", "s1"), ("institute", "s2"), ("site-visit", "s1"), ("institute", "s3"),
    ]  # fmt: skip
    assert found[3].id == event
    assert found[3].starts_at < laptop.played() < found[3].ends_at
    run = read_fold(ledger, event).run
    assert (run.running, run.begun_at) == (1, found[3].starts_at + timedelta(minutes=2))
    assert [read_fold(ledger, one.id).run.ended_at == one.ends_at for one in found[:2]] == [True, True]
    left = checklist(read_fold(ledger, event))
    assert left.came > 40
    assert left.not_seen
    assert len(left.walk_ins) == len(left.doubts) == 1
    assert [one.closed_at is not None for one in found] == [True, True, True, False]
    line = laptop.lines(event)["maria.alvarez@renton.example.org"]
    assert line["status"] == "pending"


def test_its_past_was_handed_in(laptop: Laptop) -> None:
    """The first session is answered by the office, the second handed over: what Today has to show."""
    day.build(laptop.surroundings())
    ledger = laptop.ledger()
    first, second, *_ = events(ledger)
    assert all(parcel.settled for parcel in parcels_of(read_fold(ledger, first.id)))
    for parcel in parcels_of(read_fold(ledger, second.id)):
        assert parcel.handed_over is not None
        assert parcel.verdict == ""
    assert waiting(ledger, laptop.workspace) == []


def test_a_site_visit_was_yesterday(laptop: Laptop) -> None:
    """Eight rooms, two observers: a stop talked about, one done by both, one still open; a few hundred entries at most."""
    day.build(laptop.surroundings())
    ledger = laptop.ledger()
    visit = next(one for one in events(ledger) if one.plan.kind == "site-visit")
    assert visit.day == laptop.played().date() - timedelta(days=1)
    seen = read_visit(ledger, visit.id)
    assert seen.visit is not None
    stands = [standing(stop, seen.observations, seen.agreed).words for stop in seen.visit.stops]
    assert stands == ["done · 1 agreed", "done", "done", "Dana Whitfield observes", "done", "done", "done", "done"]
    assert {one.observer for one in seen.observations} == {"Dana Whitfield", "Lan Nguyễn"}
    assert all(one.lines for one in seen.observations if one.protocol.kind == "observation")
    asked = [one.respondent for one in seen.observations if one.respondent]
    assert asked == ["two students of grade 5", "three students of grade 2"]
    assert all(one.started_at.astimezone(visit.zone).date() == visit.day for one in seen.observations)
    assert 100 < len(list(ledger.entries(event=visit.id))) < 400


def test_its_visit_has_a_report_that_names_nobody(laptop: Laptop) -> None:
    """Five rooms of one instrument are broken down; a sheet that is not ended stays closed; no teacher and no room."""
    day.build(laptop.surroundings())
    visit = next(one for one in events(laptop.ledger()) if one.plan.kind == "site-visit")
    answer = laptop.json("visit", "report", visit.id)
    assert answer["report"]["rooms"] == 7
    told = {one["id"]: one["withheld"] == "" for one in answer["report"]["instruments"]}
    assert told == {"psesd-lens": True, "questions-and-talk": False, "four-attributes": False}
    assert answer["report"]["absent"][0].startswith("2 sheets left out")
    page = Path(answer["page"]).read_text("utf-8")
    assert "Whose strengths, who chooses, who is heard" in page
    assert "Seen in 3 of 5 rooms." in page
    assert "Level 1 in 1 room, level 2 in 2 rooms and level 3 in 2 rooms. Median: 2." in page
    assert "Answered by 2 of 2." in page
    found = read_visit(laptop.ledger(), visit.id).visit
    assert found is not None
    names = [word for stop in found.stops for word in stop.host.split()] + [stop.room for stop in found.stops]
    assert [name for name in names if name in page] == []


def test_an_earlier_demo_is_made_anew(tmp_path: Path) -> None:
    """And nothing of the earlier one is left."""
    workspace = Workspace(tmp_path / "demo")
    clear(workspace)
    workspace.create()
    (workspace.root / "ledger.db").write_text("of the last demo")
    clear(workspace)
    assert [path.name for path in workspace.root.iterdir()] == [MARK]


@pytest.mark.parametrize("there", ["ledger.db", "notes.txt", ".hidden"])
def test_a_folder_with_anything_else_in_it_is_left_alone(laptop: Laptop, tmp_path: Path, there: str) -> None:
    """A workspace that somebody really uses above all."""
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / there).write_text("mine")
    assert "is not empty" in laptop.no("demo", "--in", mine)
    assert (mine / there).read_text() == "mine"


def test_a_place_that_takes_nothing_is_a_sentence(laptop: Laptop, tmp_path: Path) -> None:
    """A file where the folder should be."""
    (tmp_path / "file").write_text("")
    assert "Not saved" in laptop.no("demo", "--in", tmp_path / "file" / "demo")


def test_a_demo_that_still_runs_is_shown_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither its door nor its desk loses its ledger."""
    around = surroundings(tmp_path / "demo", "Dana")
    assert not is_running(around)
    clear(around.workspace)
    assert not is_running(around)
    with door_file.lock(around.workspace.create().door):
        assert is_running(around)
    assert not is_running(around)


def test_the_command_opens_the_desk_on_it(laptop: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a workspace of its own, as somebody else, with today's event."""
    import plfacilitate.front.desk.app as desk

    opened: dict[str | None, Surroundings] = {}

    def shown(around: Surroundings, *, event: str | None = None) -> int:
        opened[event] = around
        return 0

    monkeypatch.setattr(desk, "run", shown)
    assert laptop.run("demo", "--in", tmp_path / "demo").code == 0
    ((event, around),) = opened.items()
    assert event
    assert around.workspace.root == tmp_path / "demo"
    assert around.by == "Dana Whitfield"
    assert not laptop.workspace.ledger.exists()


def test_its_cohort_is_some_weeks_into_its_year(laptop: Laptop) -> None:
    """Three schools at different points: one with evidence, one that wants a call, one that waits for its visit."""
    day.build(laptop.surroundings())
    board = laptop.json("cohort", "show", "pscpl-1")
    assert board["stage"] == "before session 1 of 4"
    assert board["remarks"] == []
    said = {one["school"]: one["next"][0]["code"] for one in board["schools"]}
    assert said == {
        "Campbell Hill Elementary": "date",
        "Dimmitt Middle School": "overdue",
        "Lakeridge Elementary": "date",
    }
    (lakeridge,) = (one for one in board["schools"] if one["school"] == "Lakeridge Elementary")
    assert (lakeridge["visits_held"], lakeridge["coaching_minutes"]) == (1, 45)
    assert sorted(len(goal["evidence"]) for goal in lakeridge["goals"]) == [0, 1]


def test_the_bank_is_not_empty(laptop: Laptop) -> None:
    """Something overdue that was tried in part, something due, a problem with dots, and one of a month ago outside of any event."""
    day.build(laptop.surroundings())
    states = {row["owner"]: row["state"] for row in laptop.json("problem", "list")}
    assert states == {"Hodan Abdi": "overdue", "Wei Chen": "overdue", "Samuel Reed": "due", "Lan Nguyễn": "open"}
    (talk,) = laptop.json("problem", "list", "--theme", "student talk")
    shown = laptop.json("problem", "show", talk["problem"])
    assert [(one["text"], one["dots"]) for one in shown["backed"]][:2] == [
        ("A minute of writing first", 3),
        ("Pairs before tables", 3),
    ]
    assert [one["tried"] for one in shown["commitments"][0]["followed"]] == ["partly"]
