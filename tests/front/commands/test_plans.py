"""`plan list|check|schedule`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.laptops import Laptop
from tests.played import Clock

PLAN = """id = "{id}"
title = "A plan"
kind = "workshop"
office = "{office}"
approved_hours = {hours}
credit = "each-session"

[[session]]
id = "s1"
title = "One"
starts = "{starts}"
agenda = [
  {{ minutes = {minutes}, kind = "{kind}", title = "All of it" }},
]
"""
GOOD = {"id": "mine", "office": "psesd", "hours": "2", "starts": "09:00", "minutes": "120", "kind": "instruction"}


def plan(laptop: Laptop, name: str = "mine.toml", **changed: str) -> Path:
    """A plan file beside the workspace."""
    path = laptop.folder / name
    path.write_text(PLAN.format(**GOOD | changed), "utf-8")
    return path


def test_the_shipped_plans_are_listed(laptop: Laptop) -> None:
    """With what they are worth."""
    found = {one["plan"]: one for one in laptop.json("plan", "list")}
    institute = found["pspl-institute"]
    assert (institute["approved_hours"], institute["credit"], len(institute["sessions"])) == (30.0, "all-sessions", 5)
    assert "pscpl-cohort" in laptop.do("plan", "list")


def test_a_plan_of_ones_own_comes_first(laptop: Laptop) -> None:
    """A file of the same id in the workspace takes the place of the shipped one."""
    laptop.do("init")
    (laptop.workspace.sessions / "mine.toml").write_text(PLAN.format(**GOOD | {"id": "pscpl-cohort"}), "utf-8")
    (found,) = [one for one in laptop.json("plan", "list") if one["plan"] == "pscpl-cohort"]
    assert found["title"] == "A plan"


def test_a_right_plan_is_said_to_be_right(laptop: Laptop) -> None:
    """With the minutes that count under its office's rule."""
    assert "right. 1 session(s), 120 min count under psesd 2026-1" in laptop.do("plan", "check", plan(laptop))


@pytest.mark.parametrize(
    "changed, line, sentence",
    [
        ({"kind": "napping"}, 13, "kind"),
        ({"minutes": "-5"}, 13, "minutes"),
        ({"minutes": '"long"'}, 13, "minutes"),
        ({"office": "nowhere"}, 4, "office"),
        ({"starts": "25:00"}, 11, "starts"),
        ({"hours": "-1"}, 5, "approved_hours"),
    ],
)
def test_what_is_wrong_is_said_by_line_and_key(
    laptop: Laptop, changed: dict[str, str], line: int, sentence: str
) -> None:
    """And scheduling such a plan is refused with the same sentence; nothing is written."""
    path = plan(laptop, **changed)
    ran = laptop.run("plan", "check", path)
    assert ran.code == 1
    assert f"mine.toml:{line}: " in ran.out
    assert sentence in ran.out
    assert f"mine.toml:{line}: " in laptop.no("plan", "schedule", path, "--on", "2023-12-06")
    assert laptop.json("event", "list") == []


def test_files_that_are_no_plans(laptop: Laptop, tmp_path: Path) -> None:
    """A broken TOML, an empty file, a folder, nothing."""
    broken = tmp_path / "broken.toml"
    broken.write_text("id = [", "utf-8")
    empty = tmp_path / "empty.toml"
    empty.write_text("", "utf-8")
    folder = tmp_path / "folder.toml"
    folder.mkdir()
    binary = tmp_path / "binary.toml"
    binary.write_bytes(bytes(range(256)))
    for path in (broken, empty, folder, binary, tmp_path / "nowhere.toml"):
        ran = laptop.run("plan", "check", path)
        assert ran.code == 1, path
        assert path.name in ran.out + ran.err
        laptop.no("plan", "schedule", path, "--on", "2023-12-06")


def test_a_broken_plan_of_ones_own_hides_no_other(laptop: Laptop) -> None:
    """It is named on stderr, and the rest is listed."""
    laptop.do("init")
    (laptop.workspace.sessions / "broken.toml").write_text("id = [", "utf-8")
    ran = laptop.run("plan", "list", "--json")
    assert {one["plan"] for one in ran.document} >= {"pspl-institute", "pscpl-cohort"}
    assert "broken.toml" in ran.err


def test_scheduling_gives_the_event_and_again_the_same(laptop: Laptop) -> None:
    """The JSON is a contract: the event's id and nothing else."""
    line = ("plan", "schedule", "pspl-institute", "--on", "2023-12-06", "--at", "Renton", "--session", "s3")
    document = laptop.json(*line)
    assert list(document) == ["event"]
    entries = laptop.ledger().count()
    assert laptop.json(*line) == document
    assert laptop.ledger().count() == entries
    assert laptop.json("event", "show", document["event"])["session"] == "s3"
    assert laptop.json(*line, "--in-service", "77", "--claim-code", "4711") == document
    shown = laptop.json("event", "show", document["event"])
    assert (shown["in_service"], shown["claim_code"]) == ("77", "4711")


def test_today_is_the_day_at_the_place(laptop: Laptop, clock: Clock) -> None:
    """Late in the evening at Renton it is tomorrow in Greenwich, and still today here."""
    clock.set("2023-12-06T23:30:00-08:00")
    event = laptop.json("plan", "schedule", "pscpl-cohort", "--on", "today")["event"]
    assert laptop.json("event", "show", event)["date"] == "2023-12-06"


@pytest.mark.parametrize(
    "line, sentence",
    [
        (("nowhere", "--on", "2023-12-06"), "There is no plan nowhere"),
        (("pscpl-cohort", "--on", "tomorrow"), "tomorrow is no day"),
        (("pscpl-cohort", "--on", "2023-02-30"), "2023-02-30 is no day"),
        (("pscpl-cohort", "--on", "2023-12-06", "--session", "s9"), "has no session s9"),
        (("pscpl-cohort", "--on", "2023-12-06", "--tz", "Mars/Base"), "There is no time zone Mars/Base"),
        (("pscpl-cohort", "--on", "2023-12-06", "--tz", "../etc"), "There is no time zone"),
    ],
)
def test_what_cannot_be_scheduled(laptop: Laptop, line: tuple[str, ...], sentence: str) -> None:
    """Each has its sentence."""
    assert sentence in laptop.no("plan", "schedule", *line)


def test_scheduling_again_says_what_it_changed(laptop: Laptop) -> None:
    """The same session on the same day is the same event: a changed time zone moves it, and that is said."""
    event = laptop.schedule("pscpl-cohort")
    again = laptop.run("plan", "schedule", "pscpl-cohort", "--on", "2023-12-06", "--at", "Renton")
    assert "It was scheduled already: nothing changed." in again.err
    moved = laptop.run("plan", "schedule", "pscpl-cohort", "--on", "2023-12-06", "--at", "Renton", "--tz", "UTC")
    assert "time zone America/Los_Angeles → UTC." in moved.err
    assert "(UTC)" in moved.out
    assert event in moved.out
