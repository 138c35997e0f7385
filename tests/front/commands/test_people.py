"""`people import|list|show|merge`."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from plfacilitate.steps.capture import Hand
from tests.laptops import PEOPLE, Laptop
from tests.played import Chance, Clock

RLM = "\u200f"
NASTY = ("[red]Nguyen[/red]", "\x1b[31mNguyen\x1b[0m", "=1+1", f"{RLM}Cohen", "N" * 300, "@SUM(A1)", "<b>Nguyen</b>")


def write(laptop: Laptop, text: str | bytes, name: str = "list.csv") -> Path:
    """A file of this laptop's user."""
    path = laptop.folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def names(laptop: Laptop) -> list[str]:
    """Everybody known, as JSON tells it."""
    return [one["name"] for one in laptop.json("people", "list")]


def test_importing_twice_changes_nothing(laptop: Laptop) -> None:
    """The second time all are the same, and no entry is written."""
    assert laptop.json("people", "import", PEOPLE)["new"] == 52
    entries = laptop.ledger().count()
    assert laptop.json("people", "import", PEOPLE) == {"new": 0, "changed": 0, "same": 52, "doubtful": []}
    assert laptop.json("people", "import", PEOPLE.with_suffix(".xlsx"))["same"] == 52
    assert laptop.ledger().count() == entries


def test_a_dry_run_only_says_what_would_happen(laptop: Laptop) -> None:
    """Nobody is known afterwards."""
    assert laptop.json("people", "import", PEOPLE, "--dry-run")["new"] == 52
    assert "52 would be new" in laptop.do("people", "import", PEOPLE, "--dry-run")
    assert laptop.json("people", "list") == []


def test_doubles_are_proposed_and_never_merged_alone(laptop: Laptop) -> None:
    """A second record with one's certificate number is shown, and both stay."""
    laptop.do("people", "import", PEOPLE)
    again = write(laptop, "last_name,first_name,email,certificate\nBrown,D.,d.brown@home.example.org,398224B\n")
    found = laptop.json("people", "import", again)
    (double,) = found["doubtful"]
    assert (found["new"], double["code"]) == (1, "certificate")
    assert "have the same certificate number: one person, or two?" in double["text"]
    assert len(names(laptop)) == 53


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_files_as_programs_save_them(laptop: Laptop, encoding: str, separator: str) -> None:
    """Any of the usual encodings and separators gives the same people."""
    rows = [("Last Name", "First Name", "School"), ("Núñez", "Iñaki", "Dimmitt"), ("O'Leary", "Siobhán", "Lakeridge")]
    text = "\r\n".join(separator.join(row) for row in rows)
    laptop.do("people", "import", write(laptop, text.encode(encoding)))
    assert names(laptop) == ["Núñez, Iñaki", "O'Leary, Siobhán"]


def test_files_that_are_none(laptop: Laptop, tmp_path: Path) -> None:
    """Each has its one sentence, and nobody is taken."""
    cases = {
        "is empty": write(laptop, "", "empty.csv"),
        "is a folder": tmp_path,
        "is not there": tmp_path / "nowhere.csv",
        "it is a PDF": write(laptop, b"%PDF-1.7 ...", "list.pdf"),
        "no column holds a name": write(laptop, "colour,number\nred,1\n", "colours.csv"),
        "there is nobody below the header": write(laptop, "last_name,first_name\n", "header.csv"),
        "the name is missing": write(laptop, "last_name,first_name,email\n,,a@example.org\n", "nameless.csv"),
    }
    for sentence, path in cases.items():
        assert sentence in laptop.no("people", "import", path), sentence
    assert laptop.json("people", "list") == []


def test_a_fault_names_line_and_column_and_nothing_is_taken(laptop: Laptop) -> None:
    """One bad row keeps the whole list out, so that nobody has to find out which rows went in."""
    path = write(laptop, "last_name,first_name,badge\nDiaz,Rosa,400104\nChen,Wei,4E+05\n")
    no = laptop.no("people", "import", path)
    assert "list.csv:3: badge: “4E+05” is no badge code" in no
    assert laptop.json("people", "list") == []


def test_unknown_columns_are_reported_and_not_fatal(laptop: Laptop) -> None:
    """They are named on stderr; the rest is taken."""
    path = write(laptop, "last_name,first_name,shoe_size\nDiaz,Rosa,38\n")
    ran = laptop.run("people", "import", path, "--json")
    assert ran.document["new"] == 1
    assert "shoe_size" in ran.err


@pytest.mark.parametrize("name", NASTY)
def test_a_name_that_means_something_to_a_program(laptop: Laptop, clock: Clock, name: str, tmp_path: Path) -> None:
    """It stays what it is in the ledger and in JSON, and can do nothing in a terminal, a table or a sheet."""
    laptop.do("people", "import", write(laptop, f'last_name,first_name,email\n"{name}",Ana,ana@example.org\n'))
    assert names(laptop) == [f"{name}, Ana"]
    event = laptop.schedule()
    laptop.do("event", "expect", event, tmp_path / "laptop" / "list.csv")
    laptop.do("event", "open", event)
    laptop.attend(event, "ana@example.org, 8:20, 15:50")
    for command in (("people", "list"), ("people", "show", "Ana"), ("credit", event), ("search", "Ana")):
        shown = laptop.do(*command)
        assert "\x1b" not in shown
        assert RLM not in shown
    clock.set("2023-12-06T16:10:00-08:00")
    mail = tmp_path / "mail"
    laptop.finish(event, mail)
    for answer in laptop.receive_at_office(tmp_path / "register.db", mail):
        assert (answer["verdict"], answer["credit_differs"]) == ("accepted", [])
    table = next(mail.glob("*-hours.csv")).read_text("utf-8-sig")
    row = table.splitlines()[1]
    assert not row.lstrip('"').startswith(("=", "@", "+", "-"))
    assert next(mail.glob("*.pdf")).stat().st_size > 10_000


def long_list(laptop: Laptop, count: int) -> Path:
    """A list of so many."""
    rows = "".join(f"Person{n:06},First{n % 97},p{n}@example.org,School {n % 40}\n" for n in range(count))
    return write(laptop, "last_name,first_name,email,school\n" + rows)


def test_a_hundred_thousand_lines(laptop: Laptop) -> None:
    """The wrong file, most likely: it is read to its end, and the answer is a number, not a wait without one."""
    assert laptop.json("people", "import", long_list(laptop, 100_000), "--dry-run")["new"] == 100_000


def test_a_long_list_does_not_keep_the_door_waiting(laptop: Laptop) -> None:
    """While it is taken in, another connection writes its sign-ins without ever waiting long."""
    path = long_list(laptop, 8_000)
    waits: list[float] = []
    done = threading.Event()

    def door() -> None:
        ledger = laptop.ledger()
        hand = Hand("door", "own-phone", laptop.played, Chance(7))
        while not done.is_set():
            started = time.perf_counter()
            ledger.append_one(hand.draft("sign-in", event="event", person="somebody"))
            waits.append(time.perf_counter() - started)
            time.sleep(0.01)
        ledger.close()

    laptop.ledger().close()
    thread = threading.Thread(target=door)
    thread.start()
    try:
        assert laptop.json("people", "import", path)["new"] == 8_000
    finally:
        done.set()
        thread.join()
    assert len(waits) > 20
    assert sorted(waits)[len(waits) * 9 // 10] < 0.5
    assert max(waits) < 2


def test_show_finds_by_name_and_by_id(laptop: Laptop) -> None:
    """Accents and case are forgiven; nobody is a sentence."""
    laptop.do("people", "import", PEOPLE)
    (lan,) = laptop.json("people", "show", "nguyen lan")
    assert lan["name"] == "Nguyễn, Lan"
    (again,) = laptop.json("people", "show", lan["person"])
    assert again == lan
    assert "certificate" in laptop.do("people", "show", "Lan Nguyen")
    assert "Nobody here is called Quetzal" in laptop.no("people", "show", "Quetzal")
    assert "Nobody here is called" in laptop.no("people", "show", "\udce9")  # a byte that is no letter, from a shell


def test_no_people_is_no_error(laptop: Laptop) -> None:
    """An empty list is an empty list."""
    assert laptop.json("people", "list") == []
    assert "Nobody is known yet" in laptop.run("people", "list").err


# -- merging -----------------------------------------------------------------------------------------------------------

LIST = """last_name,first_name,email,school,badge
Garcia,Maria,maria@school.example.org,Dimmitt,400109
Garcia,Maria L.,mlg@home.example.org,,
Chen,Wei,wei@school.example.org,Dimmitt,
"""
SCHOOL, HOME, WEI = "maria@school.example.org", "mlg@home.example.org", "wei@school.example.org"


@pytest.fixture
def twice(laptop: Laptop, clock: Clock) -> str:
    """An event at which one person stands under two records, in by one and out by the other."""
    laptop.do("people", "import", write(laptop, LIST))
    event = laptop.schedule()
    laptop.do("event", "expect", event, laptop.folder / "list.csv")
    laptop.do("event", "open", event)
    laptop.attend(event, f"{HOME}, 8:20,\n{SCHOOL}, 8:30, 15:50\n{WEI}, 8:20, 15:50")
    clock.set("2023-12-06T16:10:00-08:00")
    return event


def test_merged_records_are_one_person_everywhere(laptop: Laptop, twice: str) -> None:
    """In lists and search, in attendance, expected and credit; the record that stays learns what only the other knew."""
    assert laptop.lines(twice)[HOME]["status"] == "pending"
    laptop.do("people", "merge", HOME, SCHOOL, "--reason", "she says so")
    assert names(laptop) == ["Chen, Wei", "Garcia, Maria L."]
    (maria,) = laptop.json("people", "show", "Garcia")
    assert (maria["email"], maria["school"], maria["badge"]) == (HOME, "Dimmitt", "400109")
    assert len(maria["merged"]) == 1
    assert [one["name"] for one in laptop.json("search", "garcia")["people"]] == ["Garcia, Maria L."]
    lines = laptop.lines(twice)
    assert set(lines) == {HOME, WEI}
    assert (lines[HOME]["minutes"], lines[HOME]["status"]) == (360, "earned")
    shown = laptop.json("event", "show", twice)
    assert (shown["expected"], shown["came"]) == (2, 2)


def test_both_mails_and_ids_still_lead_to_the_person(laptop: Laptop, twice: str) -> None:
    """A sheet that is keyed in under the old address is theirs; so is a list that still has it."""
    (old,) = [one for one in laptop.json("people", "list") if one["email"] == SCHOOL]
    laptop.do("people", "merge", HOME, SCHOOL, "--reason", "she says so")
    (found,) = laptop.json("people", "show", old["person"])
    assert found["email"] == HOME
    laptop.attend(twice, f"{SCHOOL}, 16:00, 16:05")
    assert set(laptop.lines(twice)) == {HOME, WEI}
    again = laptop.json("people", "import", laptop.folder / "list.csv")
    assert (again["new"], len(laptop.json("people", "list"))) == (0, 2)


def test_undo_makes_two_of_them_again(laptop: Laptop, twice: str) -> None:
    """With all that the merge had filled in."""
    before, lines = laptop.json("people", "list"), laptop.lines(twice)
    laptop.do("people", "merge", HOME, SCHOOL, "--reason", "she says so")
    laptop.do("people", "merge", HOME, "--undo", "--reason", "it was her sister")
    assert laptop.json("people", "list") == before
    assert laptop.lines(twice) == lines
    assert "nothing to take apart" in laptop.no("people", "merge", HOME, "--undo", "--reason", "again")
    laptop.do("people", "merge", HOME, SCHOOL, "--reason", "no, it is her")
    assert len(laptop.json("people", "list")) == 2


def test_merges_that_make_no_sense(laptop: Laptop, twice: str) -> None:
    """With oneself, twice, without a reason, with nobody."""
    assert "one person already" in laptop.no("people", "merge", HOME, HOME, "--reason", "x")
    laptop.do("people", "merge", HOME, SCHOOL, "--reason", "she says so")
    assert "needs a reason" in laptop.no("people", "merge", HOME, WEI, "--reason", " ")
    assert "Nobody here is called" in laptop.no("people", "merge", HOME, "nobody@example.org", "--reason", "x")
    assert laptop.run("people", "merge", HOME, "--reason", "x").code == 2


def test_three_records_in_a_chain_are_one(laptop: Laptop, twice: str) -> None:
    """Whoever is merged into somebody who is merged into a third is the third."""
    laptop.do("people", "merge", HOME, SCHOOL, "--reason", "one")
    laptop.do("people", "merge", WEI, HOME, "--reason", "two")
    assert names(laptop) == ["Chen, Wei"]
    assert set(laptop.lines(twice)) == {WEI}


def test_the_office_reads_merged_records_as_one_too(laptop: Laptop, twice: str, tmp_path: Path) -> None:
    """Laptop and office agree, before and after."""
    laptop.do("people", "merge", HOME, SCHOOL, "--reason", "she says so")
    laptop.finish(twice, tmp_path / "mail")
    answers = laptop.receive_at_office(tmp_path / "register.db", tmp_path / "mail")
    assert [(one["verdict"], one["credit_differs"]) for one in answers] == [("accepted", [])] * 2
    assert answers[0]["credit_lines"] == 2
