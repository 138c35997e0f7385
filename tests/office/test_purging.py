"""What was kept for seven calendar years is taken away: looked at first, listed, whole, and never brought back."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest

from plfacilitate.core.wire import read_envelopes
from plfacilitate.office.copies import of_events
from tests.laptops import Laptop
from tests.office.offices import DANA, MARIA, Office
from tests.played import Clock
from tests.store.registers import Paper

OLD, YOUNG = "PS-1001", "PS-2002"
BEFORE = ("purge", "--before", "2022-01-01")


@pytest.fixture
def handed_in(office: Office) -> Office:
    """An offering of 2015 and one of 2020, seen at the end of 2023: Maria was at the first alone, Dana at both."""
    return _handed_in(office)


@pytest.fixture
def in_a_file(laptop: Laptop, tmp_path: Path) -> Office:
    """The same in a file: for what is the same with any engine."""
    return _handed_in(Office(laptop, f"sqlite:///{tmp_path / 'register.db'}", tmp_path))


def _handed_in(office: Office) -> Office:
    office.day("2015-06-03", OLD, MARIA, DANA)
    office.day("2020-06-03", YOUNG, DANA)
    office.at("2023-12-06T08:00:00-08:00")
    return office


def test_what_is_shown_is_what_is_done(handed_in: Office) -> None:
    """A preview changes nothing; the deed takes that and nothing else, and other offerings stay to the minute."""
    before = (handed_in.lines(OLD), handed_in.lines(YOUNG))
    shown = handed_in.json(*BEFORE)
    assert (handed_in.lines(OLD), handed_in.lines(YOUNG)) == before
    assert [(one["in_service"], one["people"], one["kept_until"]) for one in shown["goes"]] == [(OLD, 2, "2022-12-31")]
    assert [(one["in_service"], one["why"]) for one in shown["stays"]] == [(YOUNG, "kept until 2027-12-31")]
    done = handed_in.json(*BEFORE, "--yes")
    assert {key: done[key] for key in ("goes", "stays", "later")} == {
        key: shown[key] for key in shown if key not in ("files", "before")
    }
    assert done["gone"] == [one["series"] for one in shown["goes"]]
    assert handed_in.lines(YOUNG) == before[1] == {DANA: 360}
    again = handed_in.json(*BEFORE)
    assert again["goes"] == []
    assert again["stays"] == shown["stays"]


def test_the_seven_years_end_with_the_year(in_a_file: Office) -> None:
    """An offering of June 2015 is kept until the last day of 2022, and may go on the next; `--before` makes it no earlier."""
    for day, going in (("2022-12-31T20:00:00-08:00", []), ("2023-01-01T08:00:00-08:00", [OLD])):
        in_a_file.at(day)
        assert [one["in_service"] for one in in_a_file.json(*BEFORE)["goes"]] == going
    assert in_a_file.json("purge", "--before", "2015-06-03")["later"] == 2
    assert [one["in_service"] for one in in_a_file.json("purge", "--before", "2015-06-04")["goes"]] == [OLD]


def test_an_office_may_keep_for_longer(in_a_file: Office) -> None:
    """Its file says so, and what people signed under counts too: the longer of the two."""
    shipped = Path(__file__).parents[2] / "exports" / "psesd.toml"
    own = in_a_file.laptop.workspace.create().exports / "psesd.toml"
    own.parent.mkdir(exist_ok=True)
    for years, until in ((10, "2025-12-31"), (3, "2022-12-31")):
        own.write_text(shipped.read_text("utf-8").replace("keep_years = 7", f"keep_years = {years}"), "utf-8")
        found = in_a_file.json(*BEFORE)
        assert {one["kept_until"] for one in (*found["goes"], *found["stays"]) if one["in_service"] == OLD} == {until}


def test_what_is_held_stays_however_old(handed_in: Office) -> None:
    """And says for whom and why; once it is released it goes."""
    handed_in.do("hold", OLD, "--reason", "hours are disputed")
    shown = handed_in.do(*BEFORE)
    assert "held: hours are disputed (facilitator of laptop, 2023-12-06)" in shown
    assert "people who are nowhere else" not in shown
    assert handed_in.json(*BEFORE, "--yes")["gone"] == []
    assert len(handed_in.lines(OLD)) == 2
    handed_in.do("hold", "--release", OLD)
    assert "Records of people who are nowhere else go with them." in handed_in.do(*BEFORE)
    assert len(handed_in.json(*BEFORE, "--yes")["gone"]) == 1


def test_the_list_of_what_went_names_the_offering_and_nobody(in_a_file: Office, tmp_path: Path) -> None:
    """It is a file, and stands in the register for good."""
    done = in_a_file.json(*BEFORE, "--yes", "--reason", "=every year")
    (row,) = csv.DictReader(StringIO(Path(done["list"]).read_text("utf-8-sig")))
    assert (row["in-service number"], row["last day"], row["people"], row["outcome"]) == (
        OLD,
        "2015-06-03",
        "2",
        "gone",
    )
    assert (row["purged by"], row["before"], row["reason"]) == ("facilitator of laptop", "2022-01-01", "'=every year")
    assert "-hours-" in row["bundles"]
    assert "alvarez" not in Path(done["list"]).read_text("utf-8").casefold()
    (purge,) = in_a_file.json("purge", "--list")
    assert (purge["reason"], purge["offerings"][0]["in_service"]) == ("=every year", OLD)
    in_a_file.do("purge", "--list", "--out", tmp_path / "all.csv")
    (again,) = csv.DictReader(StringIO((tmp_path / "all.csv").read_text("utf-8-sig")))
    assert {key: again[key] for key in row if key != "purged at"} == {
        key: row[key] for key in row if key != "purged at"
    }
    assert OLD in in_a_file.do("purge", "--list")


def test_nothing_of_it_comes_back(handed_in: Office) -> None:
    """Not by the same bundles, not by one with everything in it: its envelopes are known, its contents stay out."""
    series = handed_in.json(*BEFORE, "--yes")["gone"]
    assert {one["verdict"] for one in handed_in.take()} == {"already-here"}
    event = handed_in.laptop.json("event", "list")[0]["event"]
    handed_in.laptop.do("pack", event, "--all")
    handed_in.laptop.do("send", "--to", handed_in.mail)
    answers = handed_in.take()
    assert any("Purged, and staying out: " in one["reason"] for one in answers)
    assert {one["verdict"] for one in answers} <= {"accepted", "already-here"}
    assert all(one["credit_differs"] == [] for one in answers)
    assert [one["in_service"] for one in handed_in.json("roll")["offerings"]] == [YOUNG]
    assert handed_in.json(*BEFORE)["goes"] == []
    assert series not in [one["series"] for one in handed_in.json("roll")["offerings"]]


def test_what_waited_on_the_way_stays_out_too(office: Office) -> None:
    """A bundle that was never taken before its offering was purged brings nothing of it."""
    event = office.day("2015-06-03", OLD, MARIA, DANA)
    office.at("2023-12-06T08:00:00-08:00")
    office.json(*BEFORE, "--yes")
    office.laptop.do("attendance", "correct", event, MARIA, "--out", "12:00", "--reason", "went home ill")
    office.laptop.hand_in(event, office.mail)
    answers = office.take()
    assert "accepted" in {one["verdict"] for one in answers}
    assert office.json("roll")["offerings"] == []
    assert office.json(*BEFORE)["goes"] == []


def test_whoever_was_nowhere_else_is_forgotten(in_a_file: Office) -> None:
    """The file of the register holds no letter of theirs afterwards; who was elsewhere too is known as before."""
    in_a_file.do("roll", "--issue")
    maria = in_a_file.laptop.json("people", "show", "Alvarez, Maria")[0]["person"]
    assert b"maria.alvarez" in in_a_file.on_disk()
    assert maria.encode() in in_a_file.on_disk()
    assert in_a_file.json(*BEFORE, "--yes")["wiped"]
    assert b"maria.alvarez" not in in_a_file.on_disk()
    assert maria.encode() not in in_a_file.on_disk()
    assert b"dana.brown" in in_a_file.on_disk()
    assert "Nobody called" in in_a_file.no("roll", "--person", MARIA)


def test_who_comes_again_is_known_again(handed_in: Office) -> None:
    """A person whose record went with their last offering comes back at a new one: hours at once, the name on request."""
    handed_in.heard()
    handed_in.json(*BEFORE, "--yes")
    event = handed_in.day("2023-12-07", "PS-3003", MARIA, taken=False)
    answers = handed_in.take()
    assert any("Purged, and wanted again: 1 name" in one["reason"] for one in answers)
    assert list(handed_in.lines("PS-3003").values()) == [360]
    handed_in.laptop.do("pack", event, "--all")
    handed_in.laptop.do("send", "--to", handed_in.mail)
    handed_in.take()
    assert handed_in.lines("PS-3003") == {MARIA: 360}
    assert "PS-1001" not in handed_in.do("roll")


def test_who_comes_again_in_a_bundle_with_everything_has_the_name_at_once(handed_in: Office) -> None:
    """The record came before the sign-in in that bundle; it is laid down once the sign-in is seen."""
    handed_in.json(*BEFORE, "--yes")
    handed_in.day("2023-12-07", "PS-3003", MARIA)
    assert handed_in.lines("PS-3003") == {MARIA: 360}


def test_merged_records_go_and_stay_together(in_a_file: Office) -> None:
    """Who was at the old offering under one record and at the young one under another is one person, and stays."""
    in_a_file.laptop.do("people", "merge", DANA, MARIA, "--reason", "she married")
    in_a_file.day("2023-12-07", "PS-3003", DANA)
    in_a_file.json(*BEFORE, "--yes")
    assert in_a_file.lines(YOUNG) == {DANA: 360}
    assert "Brown, Dana" in in_a_file.do("roll", "--person", DANA)


def test_files_go_where_they_hold_nothing_else(in_a_file: Office) -> None:
    """With --files: the old bundle, its sheet and tables. The later one, which holds both, is named and stays."""
    shown = in_a_file.json(*BEFORE)["files"]
    by_name = {Path(one["file"]).name: one for one in shown}
    assert any(name.endswith("sign-in-sheet.pdf") and one["stands"] == "beside" for name, one in by_name.items())
    done = in_a_file.json(*BEFORE, "--yes", "--files")
    assert sorted(done["files_deleted"]) == sorted(one["file"] for one in shown if one["safe"])
    left = {path.name for path in in_a_file.mail.glob("*") if not path.name.endswith(".json")}
    assert left
    assert all(name.startswith("2020-06-03") for name in left)
    (others,) = {one["stands"] for one in in_a_file.json(*BEFORE)["files"] if not one["safe"]}
    assert others == "others"
    spoilt = next(in_a_file.mail.glob("*-hours-*.zip"))
    spoilt.write_bytes(b"no bundle")
    found = {Path(one["file"]): one["stands"] for one in in_a_file.json(*BEFORE)["files"]}
    assert found[spoilt] == "unread"


def test_what_outlasts_an_event_keeps_its_bundle() -> None:
    """A goal of a school is of no event, and stays: a bundle with one holds more than what was purged."""
    paper = Paper("one")
    for kind in ("goal", "person"):
        paper.write(Clock(datetime(2015, 6, 3, tzinfo=UTC)), None, kind=kind)
    concerned = of_events(frozenset)
    rows = read_envelopes([one.envelope for one in paper.written])
    assert [concerned.stays(row, one) for row, one in zip(rows, paper.written, strict=True)] == [True, False]


def test_a_copy_of_the_register_is_named(laptop: Laptop, tmp_path: Path) -> None:
    """Backups that lie beside it hold what they held."""
    office = Office(laptop, f"sqlite:///{tmp_path / 'register.db'}", tmp_path)
    office.day("2015-06-03", OLD, MARIA)
    laptop.do("office", "register", "backup", tmp_path / "copy.db", "--register", office.url)
    office.at("2023-12-06T08:00:00-08:00")
    found = {Path(one["file"]).name: one for one in office.json(*BEFORE)["files"]}
    assert found["copy.db"]["stands"] == "register"
    assert not found["copy.db"]["safe"]


def test_nobody_purges_by_a_slip(in_a_file: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The day has to be typed again; anything else, and nothing at all, changes nothing."""
    for answer in ("y\n", "\n2021-01-01\n", ""):
        monkeypatch.setattr("sys.stdin", StringIO(answer))
        assert in_a_file.laptop.run("office", *BEFORE, "--do", "--register", in_a_file.url).code == 130
    assert len(in_a_file.lines(OLD)) == 2
    monkeypatch.setattr("sys.stdin", StringIO("2022-01-01\n"))
    assert "1 offering gone for good" in in_a_file.do(*BEFORE, "--do")
    assert "There was nothing to take away." in in_a_file.do(*BEFORE, "--do")


def test_a_document_is_one_even_where_it_is_asked(in_a_file: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """With --json stdout holds what was done, and nothing before it."""
    monkeypatch.setattr("sys.stdin", StringIO("2022-01-01\n"))
    assert len(in_a_file.json(*BEFORE, "--do")["gone"]) == 1
    monkeypatch.setattr("sys.stdin", StringIO("y\n"))
    erased = in_a_file.json("people", "erase", DANA, "--reason", "asked", "--despite-duty")
    assert erased["erased"] >= 3


def test_what_makes_no_sense_is_refused(laptop: Laptop) -> None:
    """No day, several things at once, a day that is none."""
    register = ("--register", "sqlite:///register.db")
    for wrong in ((), ("--before", "2022-01-01", "--list"), ("--list", "--yes")):
        assert laptop.run("office", "purge", *wrong, *register).code == 2
    assert "2019" in laptop.no("office", "purge", "--before", "2019", *register)


def test_what_was_purged_is_said_wherever_it_is_asked_for(office: Office, tmp_path: Path) -> None:
    """Never as an offering without hours: by number in any hand, by its event, at the roll, a statement, claims, a hold."""
    event = office.day("2015-06-03", OLD, DANA)
    office.at("2023-12-06T08:00:00-08:00")
    office.do("purge", "--before", "2016-01-01", "--yes", "--reason", "every year")
    wanted = "purged on 2023-12-06 by facilitator of laptop (every year)"
    assert wanted in office.no("roll", "--series", "ps-1001")
    assert wanted in office.no("roll", "--event", event)
    assert wanted in office.no("statement", "--series", OLD)
    assert wanted in office.no("hold", OLD, "--reason", "x")
    assert "1 offering was purged and in no figure here, the latest of 2015-06-03" in office.do("roll")
    claims = tmp_path / "claims.csv"
    claims.write_text(f"Name,Email,Clock Hours,In-service Number\nDana Brown,{DANA},6.0,{OLD}\n", "utf-8")
    (row,) = office.json("reconcile", claims)["rows"]
    assert f"it was {wanted}" in str(row)
