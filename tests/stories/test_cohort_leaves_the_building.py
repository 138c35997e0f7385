"""What leaves the building of a cohort: tables in the programme parcel of its own events, and nobody of a team in them."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping

import pytest

from tests.laptops import Laptop

FILE = """\
id = "one"
title = "Cohort I"
starts = 2023-10-02
visits = 2
session = [{ date = 2023-12-06 }, { date = 2024-02-07 }]
[[school]]
name = "Lakeridge"
administrators = ["Wanda Quillfeather <wanda@example.org>"]
teacher_leaders = ["Zeno Xylander"]
others = ["Zeno Xylander"]
"""


@pytest.fixture
def cohort(laptop: Laptop) -> Laptop:
    """A cohort with all that its tables hold."""
    path = laptop.folder / "cohort.toml"
    path.write_text(FILE, "utf-8")
    laptop.do("cohort", "start", path)
    laptop.do(
        "cohort", "contact", "one", "lake", "--as", "coaching", "--minutes", "45", "--with", "Zeno", "--note", "Tired"
    )
    laptop.do("cohort", "goal", "one", "lake", "add", "Students propose questions", "--measure", "in three rooms")
    return laptop


def packed(laptop: Laptop, event: str) -> Mapping[str, Mapping[str, bytes]]:
    """The files of both parcels."""
    laptop.do("event", "open", event)
    laptop.do("event", "close", event)
    laptop.do("approve", event)
    laptop.do("pack", event)
    found = {}
    for parcel in ("hours", "programme"):
        (path,) = laptop.workspace.outbox.glob(f"*-{parcel}-*.zip")
        with zipfile.ZipFile(path) as archive:
            found[parcel] = {name: archive.read(name) for name in archive.namelist()}
    return found


def table(files: Mapping[str, bytes], name: str) -> list[list[str]]:
    """The rows of a table, without its header."""
    return list(csv.reader(io.StringIO(files[f"cohort/{name}.csv"].decode("utf-8-sig"))))[1:]


def test_the_tables_of_a_cohort_travel_with_its_events(cohort: Laptop) -> None:
    """Schools, teams in numbers, events, contacts, goals, what points."""
    event = cohort.schedule()
    cohort.do("cohort", "event", "one", event, "--as", "session")
    goal = cohort.json("cohort", "school", "one", "lake")["goals"][0]["goal"]
    cohort.do("cohort", "point", "one", "lake", "1", "--visit", event)
    files = packed(cohort, event)["programme"]
    assert table(files, "schools") == [
        ["one", "Cohort I", "Lakeridge", "2023-10-02", "", "", "session 1 of 2", "0", "2", "0", "45", "0", "1", "1", "0", "0", "team"]
    ]  # fmt: skip
    assert table(files, "teams") == [
        ["one", "Lakeridge", "2", "1", "1", "1", "team-small person-twice"]
    ]  # fmt: skip
    assert table(files, "events") == [
        ["one", event, "session", "1", "2023-12-06", "", "held"], ["one", "", "session", "2", "2024-02-07", "", "planned"],
    ]  # fmt: skip
    assert [row[1:] for row in table(files, "contacts")] == [["one", "Lakeridge", "coaching", "2023-12-06", "45"]]
    assert [row[:4] for row in table(files, "goals")] == [[goal, "one", "Lakeridge", "Students propose questions"]]
    assert table(files, "pointing") == [["one", goal, "visit", event]]


def test_nobody_of_a_team_is_in_the_programme_parcel(cohort: Laptop) -> None:
    """Neither in a table nor in an entry that travels with its content, nor what was noted of them."""
    event = cohort.schedule()
    cohort.do("cohort", "event", "one", event, "--as", "session")
    people = [mate["person"] for mate in cohort.json("cohort", "school", "one", "lake")["team"]]
    files = packed(cohort, event)["programme"]
    assert b"Students propose questions" in b"".join(files.values())
    for secret in ("Quillfeather", "Xylander", "Zeno", "Tired", "wanda@", *people):
        assert [name for name, data in files.items() if secret.encode() in data] == [], secret


def test_nothing_of_a_cohort_is_in_the_hours_parcel(cohort: Laptop) -> None:
    """The clock-hour office sees no programme matters."""
    event = cohort.schedule()
    cohort.do("cohort", "event", "one", event, "--as", "session")
    files = packed(cohort, event)["hours"]
    assert [name for name in files if name.startswith("cohort/")] == []
    assert [name for name, data in files.items() if b"Students propose" in data or b'Cohort I"' in data] == []


def test_an_event_of_no_cohort_brings_no_table_of_one(cohort: Laptop) -> None:
    """A day of something else says nothing of the schools."""
    files = packed(cohort, cohort.schedule("pspl-institute"))["programme"]
    assert [name for name in files if name.startswith("cohort/")] == []


def test_erasing_a_person_names_what_mentions_them(cohort: Laptop) -> None:
    """A note beside a contact is no entry about them: somebody looks."""
    cohort.do(
        "cohort", "contact", "one", "lake", "--as", "support", "--minutes", "5", "--note", "Wanda Quillfeather asked"
    )
    gone = cohort.json("people", "erase", "wanda@example.org", "--reason", "asked", "--yes")
    entry = cohort.json("cohort", "school", "one", "lake")["contacts"][-1]["entry"]
    assert entry in gone["mentions"]
