"""Statements of hours by command: one person's, an offering's, with a table for a mail merge."""

from __future__ import annotations

import csv
from contextlib import closing
from pathlib import Path

import pypdf
import pytest

from plfacilitate.core.statement import item_of
from plfacilitate.office.roll import find_series, read_offering
from plfacilitate.shelf import statement as shelf
from plfacilitate.store.register import open_register
from tests.conftest import ROOT
from tests.laptops import Laptop
from tests.office.test_roll import DANA, MARIA, NUMBER, Office, day, know
from tests.played import Chance, Clock


@pytest.fixture
def office(tmp_path: Path, laptop: Laptop, clock: Clock) -> Office:
    """An office that holds a day of three: all of it, most of it, and nobody knows when the third one left."""
    found = Office(tmp_path, laptop)
    formula = know(laptop, "=1+1", "Ann", "ann@example.org")
    found.take(day(laptop, clock, f"{MARIA}, 8:20, 15:50\n{DANA}, 8:37, 15:31\n{formula}, 8:20, "))
    return found


def words(path: Path) -> str:
    """What stands in a PDF."""
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(path).pages).split())


def test_one_persons_statement(office: Office, laptop: Laptop, tmp_path: Path) -> None:
    """By e-mail; over all offerings, or in one year."""
    said = laptop.json("office", "statement", DANA, "--register", office.url, "--out", tmp_path / "dana.pdf")
    assert (said["people"], said["transcripts"], said["files"]) == (1, 0, [str(tmp_path / "dana.pdf")])
    text = words(tmp_path / "dana.pdf")
    assert "Brown, Dana" in text
    assert "5.5 clock hours" in text
    assert "out 15:31 −14" in text
    assert "Not clock-hour documentation" in text
    assert "no hours to state" in laptop.no(
        "office", "statement", DANA, "--register", office.url, "--year", "2022", "--out", tmp_path / "none.pdf"
    )
    assert not (tmp_path / "none.pdf").exists()


def test_who_got_nothing_from_an_offering_gets_no_statement_of_it(
    office: Office, laptop: Laptop, tmp_path: Path, clock: Clock
) -> None:
    """A meeting for which no hours were approved: a page that says nothing is no help."""
    office.take(day(laptop, clock, f"{MARIA}, 8:20, 15:50", plan="network-meeting", in_service="PS-2"))
    out = ("--register", office.url, "--out", tmp_path / "out")
    assert "no hours to state" in laptop.no("office", "statement", "--series", "PS-2", *out)
    assert not (tmp_path / "out").exists()


def test_a_statement_that_counts_one_credit_twice_is_said(
    office: Office, laptop: Laptop, tmp_path: Path, clock: Clock
) -> None:
    """To who prints it, before it is handed out; a statement of one of the two offerings is none."""
    office.take(day(laptop, clock, f"{MARIA}, 8:20, 15:50", on="2023-12-13", in_service=NUMBER.lower()))
    asked = ("office", "statement", MARIA, "--register", office.url, "--out", tmp_path / "maria.pdf")
    (doubt,) = laptop.json(*asked)["look_at"]
    assert doubt.startswith(f"in-service number {NUMBER} twice: 6.0 h")
    assert f"Look before it is handed out: {doubt}" in laptop.run(*asked).err
    event = laptop.json("event", "list")[0]["event"]
    assert laptop.json(*asked, "--series", event)["look_at"] == []


def test_an_issued_version_is_named_only_where_it_still_says_the_same(
    office: Office, laptop: Laptop, tmp_path: Path, clock: Clock
) -> None:
    """Dana's figures were corrected after the roll was issued, Maria's are those of version 1."""
    laptop.do("office", "roll", "--register", office.url, "--issue")
    event = laptop.json("event", "list")[0]["event"]
    laptop.do("attendance", "correct", event, DANA, "--out", "14:00", "--reason", "went home")
    office.take(event)
    with closing(open_register(office.url, Chance(5))) as register:
        found = read_offering(register, find_series(register, NUMBER), at=clock())
    assert found is not None
    assert {line.email: item_of(found, line).version for line in found.lines} == {
        MARIA: 1, DANA: 0, "ann@example.org": 1,
    }  # fmt: skip


def test_an_offices_own_file_makes_it_a_transcript(office: Office, laptop: Laptop, tmp_path: Path) -> None:
    """As it is today, whatever it said when people signed in."""
    exports = laptop.workspace.create().exports
    exports.mkdir(exist_ok=True)
    shipped = ROOT / "exports" / "psesd.toml"
    text = shipped.read_text("utf-8").replace("transcript_approved = false", "transcript_approved = true")
    (exports / "psesd.toml").write_text(text, "utf-8")
    laptop.do("office", "statement", DANA, "--register", office.url, "--out", tmp_path / "dana.pdf")
    assert words(tmp_path / "dana.pdf").startswith("Transcript of clock hours")


def test_everybody_of_an_offering_each_in_a_file(office: Office, laptop: Laptop, tmp_path: Path) -> None:
    """With safe names, and a table beside them in which no name is a formula."""
    said = laptop.json(
        "office", "statement", "--series", NUMBER, "--register", office.url, "--out", tmp_path / "out", "--mail",
        tmp_path / "mail.csv",
    )  # fmt: skip
    names = [Path(file).name for file in said["files"]]
    assert [name.rpartition("-")[0] for name in names] == [
        "statement-1-1-ann", "statement-alvarez-maria", "statement-brown-dana",
    ]  # fmt: skip
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(names)
    table = (tmp_path / "mail.csv").read_text("utf-8-sig")
    assert "'=1+1" in table
    rows = list(csv.DictReader(table.splitlines()))
    assert [(row["email"], row["hours"], row["status"]) for row in rows] == [
        ("ann@example.org", "0.0", "pending"), (MARIA, "6.0", "earned"), (DANA, "5.5", "earned"),
    ]  # fmt: skip
    assert "waits for a decision" in words(tmp_path / "out" / names[0])


def test_everybody_in_one_file(office: Office, laptop: Laptop, tmp_path: Path) -> None:
    """In last-name order, a page each."""
    out = tmp_path / "all.pdf"
    laptop.do("office", "statement", "--series", NUMBER, "--register", office.url, "--one-file", "--out", out)
    text = words(out)
    assert len(pypdf.PdfReader(out).pages) == 3
    assert text.index("Alvarez, Maria") < text.index("Brown, Dana")


def test_stopped_in_between_what_is_written_stays(
    office: Office, laptop: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whole, and nothing is half there."""
    drawn = shelf.statement_pdf
    calls: list[int] = []

    def stops(*args: object, **kwargs: object) -> bytes:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return drawn(*args, **kwargs)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(shelf, "statement_pdf", stops)
    ran = laptop.run("office", "statement", "--series", NUMBER, "--register", office.url, "--out", tmp_path / "out")
    assert ran.code == 130
    (left,) = (tmp_path / "out").iterdir()
    assert "Statement of hours" in words(left)


def test_a_statement_of_nobody_is_refused(office: Office, laptop: Laptop) -> None:
    """Neither person nor offering; somebody unknown."""
    assert "name a person" in laptop.no("office", "statement", "--register", office.url)
    assert "Nobody called" in laptop.no("office", "statement", "Nobody", "--register", office.url)
