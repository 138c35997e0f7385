"""Somebody asks the office to be forgotten: all that is theirs alone goes, what names others is named."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest

from plfacilitate.store.register.sqlite import SqliteEngine
from tests.laptops import Laptop
from tests.office.offices import DANA, MARIA, Office

NUMBER = "PS-1001"
ERASE = ("people", "erase", MARIA, "--reason", "asked by letter")


@pytest.fixture
def handed_in(office: Office) -> Office:
    """An offering of 2015 with Maria and Dana, its roll issued, seen at the end of 2023."""
    return _handed_in(office)


@pytest.fixture
def in_a_file(laptop: Laptop, tmp_path: Path) -> Office:
    """The same in a file: for what is the same with any engine."""
    return _handed_in(Office(laptop, f"sqlite:///{tmp_path / 'register.db'}", tmp_path))


def _handed_in(office: Office) -> Office:
    office.day("2015-06-03", NUMBER, MARIA, DANA)
    office.do("roll", "--issue")
    office.at("2023-12-06T08:00:00-08:00")
    return office


def test_a_person_is_forgotten_and_the_others_stay_to_the_minute(handed_in: Office) -> None:
    """Their marks, their record and their line of the issued roll go, and no bundle brings them back."""
    shown = handed_in.json("people", "show", MARIA)
    assert [one["in_service"] for one in shown["offerings"]] == [NUMBER]
    done = handed_in.json(*ERASE, "--yes")
    assert done["erased"] == shown["entries"] >= 3
    assert done["laptops"]
    assert handed_in.lines(NUMBER) == {DANA: 360}
    assert handed_in.json("roll", "--series", NUMBER)["since_version"] == []
    assert "Nobody called" in handed_in.no("people", "show", MARIA)
    handed_in.laptop.do("pack", handed_in.laptop.json("event", "list")[0]["event"], "--all")
    handed_in.laptop.do("send", "--to", handed_in.mail)
    assert "accepted" in {one["verdict"] for one in handed_in.take()}
    assert handed_in.lines(NUMBER) == {DANA: 360}
    assert [one["email"] for one in handed_in.json("people", "list") if "alvarez" in one["email"]] == []


def test_nothing_is_left_on_the_disk(in_a_file: Office) -> None:
    """Neither the name nor the id, which follows from the e-mail; that it was done is kept, with the reason."""
    maria = in_a_file.json("people", "show", MARIA)["person"].encode()
    assert maria in in_a_file.on_disk()
    done = in_a_file.json(*ERASE, "--yes")
    assert maria not in in_a_file.on_disk()
    assert b"maria.alvarez" not in in_a_file.on_disk()
    assert [(one["reason"], one["person_erased"]) for one in in_a_file.json("purge", "--list")] == [
        ("asked by letter", done["erased"])
    ]
    assert any(one["file"].endswith(".zip") for one in done["files"])


def test_a_file_that_somebody_reads_is_written_anew_by_the_next_purge(
    in_a_file: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until then it is said that this has still to be done."""
    with monkeypatch.context() as reading:
        reading.setattr(SqliteEngine, "wipe", lambda engine: False)
        said = in_a_file.laptop.run("office", *ERASE, "--yes", "--register", in_a_file.url)
        assert "The next purge does it" in said.err
    assert in_a_file.json("purge", "--before", "2010-01-01", "--yes")["wiped"]
    assert b"maria.alvarez" not in in_a_file.on_disk()


def test_a_dispute_and_the_years_of_keeping_stand_against_it(handed_in: Office) -> None:
    """What is held is released first; what still has to be kept takes an explicit word."""
    handed_in.day("2020-06-03", "PS-2002", MARIA)
    handed_in.at("2023-12-06T08:00:00-08:00")
    assert "until 2027-12-31 (WAC 181-85-205)" in handed_in.no(*ERASE, "--yes")
    handed_in.do("hold", NUMBER, "--reason", "hours are disputed")
    assert "held for a dispute" in handed_in.no(*ERASE, "--yes", "--despite-duty")
    assert handed_in.lines(NUMBER) == {MARIA: 360, DANA: 360}
    handed_in.do("hold", "--release", NUMBER)
    handed_in.do(*ERASE, "--yes", "--despite-duty")
    assert handed_in.lines(NUMBER) == {DANA: 360}


def test_records_that_are_one_person_go_together(handed_in: Office) -> None:
    """Under whichever of them something was written."""
    handed_in.laptop.do("people", "merge", DANA, MARIA, "--reason", "she married")
    handed_in.day("2023-12-07", "PS-3003", DANA)
    done = handed_in.json("people", "erase", MARIA, "--reason", "asked", "--yes", "--despite-duty")
    assert len(done["records"]) == 2
    assert handed_in.json("roll")["people"] == 0


def test_a_list_with_others_stays_and_is_named(in_a_file: Office, tmp_path: Path) -> None:
    """What others are expected by is not theirs alone: it is said where it stands. A list of them alone goes."""
    others = tmp_path / "others.csv"
    others.write_text(f"last_name,first_name,email\nAlvarez,Maria,{MARIA}\nBrown,Dana,{DANA}\n", "utf-8")
    alone = tmp_path / "alone.csv"
    alone.write_text(f"last_name,first_name,email\nAlvarez,Maria,{MARIA}\n", "utf-8")
    for day, number, people in (("2014-06-03", "PS-0001", others), ("2014-07-03", "PS-0002", alone)):
        in_a_file.at(f"{day}T08:00:00-08:00")
        event = in_a_file.laptop.schedule(on=day, in_service=number)
        in_a_file.laptop.do("event", "expect", event, people)
        in_a_file.laptop.do("event", "open", event)
        in_a_file.laptop.finish(event, in_a_file.mail)
    in_a_file.take()
    in_a_file.at("2023-12-06T08:00:00-08:00")
    done = in_a_file.json(*ERASE, "--yes")
    assert [(one["what"], one["called"][-10:]) for one in done["left"]] == [("a list", "2014-06-03")]


def test_texts_with_the_name_are_named(in_a_file: Office) -> None:
    """A note is somebody else's words: a person looks at it."""
    event = in_a_file.laptop.json("event", "list")[0]["event"]
    in_a_file.laptop.do("note", "Maria Alvarez asked about the rubric", "--event", event)
    in_a_file.laptop.hand_in(event, in_a_file.mail)
    in_a_file.take()
    assert [one["what"] for one in in_a_file.json("people", "show", MARIA)["left"]] == ["note"]
    assert "note (" in in_a_file.do(*ERASE, "--yes")


def test_it_is_asked_first_and_the_reason_names_nobody(in_a_file: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """It can't be taken back, and its reason is kept."""
    monkeypatch.setattr("sys.stdin", StringIO("n\n"))
    assert in_a_file.laptop.run("office", *ERASE, "--register", in_a_file.url).code == 130
    assert "reason" in in_a_file.no("people", "erase", MARIA, "--reason", " ", "--yes")
    assert "without the name" in in_a_file.no("people", "erase", MARIA, "--reason", "Maria Alvarez wrote", "--yes")
    assert len(in_a_file.lines(NUMBER)) == 2
