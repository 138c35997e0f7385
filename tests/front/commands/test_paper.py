"""Paper for the door: badges with codes, a list to sign."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pypdf

from tests.laptops import PEOPLE, Laptop
from tests.played import Clock

MARIA, DANA = (f"{name}@renton.example.org" for name in ("maria.alvarez", "dana.brown"))


def text(laptop: Laptop, name: str) -> str:
    """All pages of a PDF, as another program reads them."""
    pages = pypdf.PdfReader(laptop.folder / name).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def _unnumbered(laptop: Laptop) -> Path:
    """A list of two people without badges."""
    path = laptop.folder / "more.csv"
    path.write_text("last_name,first_name,email\nAmini,Ada,ada@example.org\nBell,Ben,ben@example.org\n", "utf-8")
    return path


def test_everybody_expected_gets_a_badge_and_keeps_its_number(laptop: Laptop) -> None:
    """Printed again, nobody has another number; and the desk's search finds the person by it."""
    event = laptop.opened()
    more = _unnumbered(laptop)
    laptop.do("event", "expect", event, more)
    own = {one["person"]: one["badge"] for one in laptop.json("people", "list") if one["badge"]}
    first = laptop.json("print", "badges", event, "--out", laptop.folder / "badges.pdf")
    assert (first["badges"], first["new"], first["pages"]) == (54, 2, 7)
    before = {one["person"]: one["badge"] for one in laptop.json("people", "list")}
    assert len(set(before.values())) == 54
    assert own.items() <= before.items()
    again = laptop.json("print", "badges", event, "--out", laptop.folder / "again.pdf")
    assert again["new"] == 0
    assert {one["person"]: one["badge"] for one in laptop.json("people", "list")} == before
    assert "O’Leary" in text(laptop, "badges.pdf") or "O'Leary" in text(laptop, "badges.pdf")


def test_two_laptops_print_the_same_numbers(laptops: Callable[[str], Laptop]) -> None:
    """Neither has to ask the other."""
    numbers = []
    for name in ("one", "two"):
        laptop = laptops(name)
        laptop.do("people", "import", _unnumbered(laptop))
        laptop.do("print", "badges", "--out", laptop.folder / "badges.pdf")
        numbers.append({one["person"]: one["badge"] for one in laptop.json("people", "list")})
    assert numbers[0] == numbers[1]
    assert all(numbers[0].values())


def test_without_people_there_is_nothing_to_print(laptop: Laptop) -> None:
    """Said in a sentence, and no empty file lies about."""
    assert "nobody is known yet" in laptop.no("print", "badges", "--out", laptop.folder / "badges.pdf")
    assert not (laptop.folder / "badges.pdf").exists()


def test_the_paper_sheet_has_everybody_expected_and_empty_rows(laptop: Laptop) -> None:
    """What is signed by hand looks like the sheet of the close."""
    event = laptop.opened()
    told = laptop.json("print", "sheet", event, "--spare", "5", "--out", laptop.folder / "sheet.pdf")
    assert (told["people"], told["spare"]) == (52, 5)
    found = text(laptop, "sheet.pdf")
    assert "to be signed by hand" in found
    assert "By signing I confirm" in found
    assert "57" in found
    assert "58" not in found.split("psesd")[0].split()


def test_a_workspace_may_have_a_look_of_its_own(laptop: Laptop) -> None:
    """A changed copy of the template in the workspace counts."""
    laptop.do("people", "import", PEOPLE)
    own = laptop.workspace.exports / "documents"
    own.mkdir(parents=True)
    (own / "badges.typ").write_text('#set document(title: "own")\nThe look of our house', "utf-8")
    laptop.do("print", "badges", "--out", laptop.folder / "badges.pdf")
    assert "The look of our house" in text(laptop, "badges.pdf")
    (own / "badges.typ").write_text("#nonsense(", "utf-8")
    assert "badges.typ" in laptop.no("print", "badges", "--out", laptop.folder / "other.pdf")


def rows_of(laptop: Laptop, event: str) -> dict[str, dict[str, str]]:
    """The rows for a mail merge, by e-mail."""
    laptop.do("print", "records", event, "--out", laptop.folder / "records.csv")
    with (laptop.folder / "records.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["email"]: row for row in csv.DictReader(file)}


def test_whoever_left_finds_everything_in_a_letter(laptop: Laptop, clock: Clock) -> None:
    """Times, hours, how they were counted; code and hours to enter only once the session has ended."""
    event = laptop.opened(in_service="2023-4417", claim_code="482913")
    clock.set("2023-12-06T15:40:00-08:00")
    laptop.attend(event, f"{MARIA}, 8:20, 15:32\n{DANA}, 8:37,")
    early = rows_of(laptop, event)
    assert set(early) == {MARIA}  # Dana is still in
    assert (early[MARIA]["claim_code"], early[MARIA]["hours_to_enter"]) == ("", "")
    clock.set("2023-12-06T16:10:00-08:00")
    laptop.do("attendance", "correct", event, DANA, "--out", "15:31", "--reason", "seen leaving")
    laptop.do("event", "close", event)
    late = rows_of(laptop, event)
    assert set(late) == {MARIA, DANA}
    assert (late[DANA]["times"], late[DANA]["minutes"], late[DANA]["hours"]) == ("8:37–15:31", "339", "5.5")
    assert late[DANA]["claim_code"] == "482913"
    assert late[DANA]["hours_to_enter"] == "5.5"
    assert "339 min = 5 h 39 → 5.5 h under psesd" in late[DANA]["how_counted"]
    assert late[DANA]["correction"]


def test_nobody_gets_a_letter_before_anybody_left(laptop: Laptop) -> None:
    """An empty file would look like a day without people."""
    event = laptop.opened()
    assert "nobody has been there" in laptop.no("print", "records", event, "--out", laptop.folder / "records.csv")
    assert not (laptop.folder / "records.csv").exists()
