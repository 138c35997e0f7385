"""Claims of the platform held against the register by command: pasted, decided, remembered, and as a workbook."""

from __future__ import annotations

import io
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from plfacilitate.core.people import person_id
from plfacilitate.steps.intake import change_person
from tests.laptops import Laptop
from tests.office.test_roll import DANA, MARIA, NUMBER, Office, day, know
from tests.played import Clock
from tests.postgres import Server

CHEN = "wei.chen@renton.example.org"
PASTED = f"""My offerings > Claims

Participant\tAccount e-mail\tHrs cl.\tIn-service #
Alvarez, Maria\t{MARIA}\t6
Brown, Dana\td.brown@home.example.com\t6.0
Chen, Wei\t{CHEN}\t5 1/2
Diaz, Rosa\t\t6
=1+1, Ann\tann@example.org\tsix
Zorn, Emil\temil@example.org\t6:00
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path: Path, laptop: Laptop, clock: Clock) -> Office:
    """An office, on each engine, that holds a day of four."""
    found = Office(tmp_path, laptop)
    if request.param == "postgresql":
        server: Server = request.getfixturevalue("postgres")
        found.url = server.database()
    formula = know(laptop, "=1+1", "Ann", "ann@example.org")
    rows = f"{MARIA}, 8:20, 15:50\n{DANA}, 8:37, 15:31\n{CHEN}, 8:20, 15:50\n{formula}, 8:20, 15:50"
    found.take(day(laptop, clock, rows))
    return found


def pasted(laptop: Laptop, text: str, *options: object) -> tuple[int, Any]:
    """The answer to a table that is piped in."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        ran = laptop.run("office", "reconcile", "-", *options, "--json")
    return ran.code, ran.document


def codes(document: Any) -> dict[str, str]:
    """Verdict by last name."""
    return {row["last_name"]: row["code"] for row in document["rows"]}


def test_a_pasted_table_is_held_against_the_sheet(office: Office, laptop: Laptop, tmp_path: Path) -> None:
    """Columns are said once; a near match waits for a person, who decides in the workbook; the next run remembers."""
    text = PASTED.replace("\tIn-service #", "")
    said = ("--register", office.url, "--in-service", NUMBER)
    ran = laptop.run("office", "reconcile", write(tmp_path, text), *said)
    assert (ran.code, 'maybe --map "Hrs cl.=hours"' in ran.err) == (1, True), ran.err
    out = tmp_path / "result.xlsx"
    maps = ("--map", "Hrs cl.=hours", "--map", "Account e-mail=email")
    code, first = pasted(laptop, text, *said, *maps, "--out", out)
    assert code == 1  # one row could not be read
    assert codes(first) == {
        "=1+1": "unread", "Alvarez": "match", "Brown": "decide", "Chen": "fewer", "Diaz": "absent", "Zorn": "absent",
    }  # fmt: skip
    assert [row["last_name"] for row in first["unclaimed"]] == ["Brown"]
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["Claims", "Not claimed"]
    rows = list(book["Claims"].iter_rows())
    titles = [cell.value for cell in rows[0]]
    assert [row[0].value for row in rows[1:]] == ["=1+1", "Alvarez", "Brown", "Chen", "Diaz", "Zorn"]
    assert rows[1][0].data_type == "s"
    brown = dict(zip(titles, rows[3], strict=True))
    assert (brown["claimed_hours"].value, brown["sheet_hours"].value, brown["minutes"].value) == (6, 5.5, 339)
    assert "another e-mail" in brown["reason"].value
    brown["same_person"].value = "yes"
    book.save(out)
    code, second = pasted(laptop, text, *said, "--decisions", out)
    assert (codes(second)["Brown"], second["decided"], second["unclaimed"]) == ("more", 1, [])
    (row,) = (row for row in second["rows"] if row["last_name"] == "Brown")
    assert (row["same_person"], row["matched_by"]) == ("yes", "decided by facilitator of laptop")
    assert "0.5 h more than 5.5 h (339 min" in row["reason"]
    code, third = pasted(laptop, text, *said)
    assert third == {**second, "decided": 0}
    code, fourth = pasted(laptop, text, *said, "--undo", "5")
    assert (codes(fourth), fourth["decided"]) == (codes(first), 1)


def write(folder: Path, text: str) -> Path:
    """The text as a file."""
    path = folder / "claims.txt"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("office", ["sqlite"], indirect=True)
def test_the_last_word_about_a_claimant_stands_whatever_the_clock_said(
    office: Office, laptop: Laptop, clock: Clock, tmp_path: Path
) -> None:
    """Decided while the office's clock was ten years ahead, and decided otherwise when it was right again."""
    path = write(tmp_path, f"Name,Email,Clock hours,In-service no\nSomebody Else,x@home.example.com,5.5,{NUMBER}\n")
    asked = ("office", "reconcile", path, "--register", office.url)
    clock.forward(days=3650)
    assert laptop.run(*asked, "--same", f"2={DANA}", "--json").document["rows"][0]["on_sheet_email"] == DANA
    clock.forward(days=-3650)
    assert laptop.run(*asked, "--same", f"2={MARIA}", "--json").document["rows"][0]["on_sheet_email"] == MARIA
    assert laptop.run(*asked, "--json").document["rows"][0]["on_sheet_email"] == MARIA


@pytest.mark.parametrize("office", ["sqlite"], indirect=True)
def test_decisions_by_hand_and_claims_that_say_their_offering(office: Office, laptop: Laptop, tmp_path: Path) -> None:
    """`--same` takes a name or an e-mail; a claim for another offering stands apart; the screen says the rest."""
    text = (
        "Name,Email,Clock hours,In-service no\n"
        f'"Brown, Dana",d@home.example.com,5.5,{NUMBER.lower()}\n'
        f'"Alvarez, Maria",{MARIA},6,PS-9999\n"Chen, Wei",{CHEN},6,{NUMBER}\n"Chen, Wei",{CHEN},6,{NUMBER}\n'
    )
    path = write(tmp_path, text)
    asked = ("office", "reconcile", path, "--register", office.url)
    said = laptop.do(*asked, "--same", "2=Dana Brown")
    assert "1  matches" in said
    assert "2  same person twice" in said
    assert "no offering here has that number" in said
    assert "2  on the sheet and not claimed yet" in said
    assert "1 decision remembered." in said
    assert "decision" not in laptop.do(*asked, "--same", f"2={DANA}")
    said = laptop.do(*asked, "--not-same", f"2={DANA}")
    assert "who looks alike is somebody else" in said
    said = laptop.do(*asked, "--undo", "2")
    assert f'--same "2={DANA}"' in said
    assert "another offering than the one asked for" in laptop.do(*asked, "--event", NUMBER)
    for options, words in (
        (("--same", "99=Dana Brown"), "99=Dana Brown is no decision"),
        (("--same", "2=Nobody Here"), "Nobody called"),
        (("--same", "two"), "two is no decision"),
        (("--map", "Hours=minutes"), "is no column"),
        (("--in-service", "PS-1"), "PS-1"),
        (("--out", tmp_path / "no" / "such.xlsx"), "is not there: make it first"),
        (("--out", path), "would be written over the claims themselves"),
    ):
        assert words in laptop.no(*asked, *options)
    path.write_text("Name,Hours\nX Y,5\n")
    assert "name one with --in-service" in laptop.no(*asked)


@pytest.mark.parametrize("office", ["sqlite"], indirect=True)
def test_who_is_forgotten_is_gone_from_decisions_too(office: Office, laptop: Laptop, tmp_path: Path) -> None:
    """With the next bundle; what was decided about others stays."""
    path = write(tmp_path, "Name,Email,Hours\nDana Brown,d@home.example.com,5\nMaria Alvarez,m@home.example.com,5\n")
    asked = ("office", "reconcile", path, "--register", office.url, "--in-service", NUMBER)
    assert laptop.json(*asked, "--same", f"2={DANA}", "--same", f"3={MARIA}")["decided"] == 2
    event = laptop.json("event", "list")[0]["event"]
    laptop.do("people", "erase", person_id({"email": DANA}), "--reason", "asked", "--yes")
    office.take(event)
    found = laptop.json(*asked)
    assert codes(found) == {"Brown": "absent", "Alvarez": "fewer"}
    person = person_id({"email": DANA}).encode()
    assert person not in b"".join(one.read_bytes() for one in tmp_path.glob("register.db*"))


@pytest.mark.parametrize("office", ["sqlite"], indirect=True)
def test_a_claim_by_an_e_mail_of_before_is_theirs(office: Office, laptop: Laptop, tmp_path: Path) -> None:
    """Dana's e-mail was corrected on the laptop after the day; the platform still has the earlier one."""
    with closing(laptop.ledger()) as ledger:
        new = {"email": "dana@new.example.org"}
        change_person(ledger, laptop.hand(), person_id({"email": DANA}), new, reason="another district")
    other = laptop.schedule(on="2023-12-07", in_service="PS-2")
    laptop.do("event", "close", other)
    office.take(other)
    path = write(tmp_path, f"Last Name,First Name,Email,Hours\nBrown,D.,{DANA},5.5\n")
    asked = ("office", "reconcile", path, "--register", office.url, "--in-service", NUMBER)
    (row,) = laptop.json(*asked)["rows"]
    assert (row["code"], row["matched_by"], row["on_sheet_email"]) == ("match", "the same e-mail", new["email"])
