"""Somebody asks to be forgotten: what is known of them goes for good, everywhere, and the rest can still be proved."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from plfacilitate.steps import capture, observe
from plfacilitate.steps.capture import written
from tests.core.test_observation import ROOM
from tests.laptops import PEOPLE, Laptop
from tests.played import Clock

MARIA, DANA = (f"{name}@renton.example.org" for name in ("maria.alvarez", "dana.brown"))
Laptops = Callable[[str], Laptop]


def _on_disk(laptop: Laptop) -> bytes:
    return b"".join(path.read_bytes() for path in laptop.workspace.root.glob("ledger.db*"))


def _forget(laptop: Laptop, person: str) -> None:
    """Erase all that names this person."""
    laptop.do("people", "erase", person, "--reason", "asked by the person", "--yes")


def test_a_person_is_forgotten_on_every_laptop(laptops: Laptops, clock: Clock) -> None:
    """Here at once, there with the next merge, and no merge brings them back."""
    one, two = laptops("one"), laptops("two")
    event = one.opened()
    one.attend(event, f"{MARIA}, 8:20, 15:50\n{DANA}, 8:37, 15:31")
    two.json("receive", one.workspace.ledger)
    clock.set("2023-12-06T16:10:00-08:00")
    person = one.json("people", "show", "Alvarez, Maria")[0]["person"]
    assert b"maria.alvarez" in _on_disk(one)
    _forget(one, person)
    assert b"maria.alvarez" not in _on_disk(one)
    assert one.json("receive", two.workspace.ledger)["conflicts"] == []
    assert b"maria.alvarez" not in _on_disk(one)
    two.json("receive", one.workspace.ledger)
    for laptop in (one, two):
        assert b"maria.alvarez" not in _on_disk(laptop)
        assert MARIA not in laptop.lines(event)
        assert laptop.lines(event)[DANA]["minutes"] == 339
        assert laptop.json("doctor")["findings"] == []
        assert "Nobody here is called" in laptop.no("people", "show", "Alvarez, Maria")


def test_a_forgotten_person_stays_forgotten_in_a_bundle(laptop: Laptop, clock: Clock, tmp_path: Path) -> None:
    """What is packed afterwards proves the chain without a word of theirs."""
    event = laptop.opened()
    laptop.attend(event, f"{MARIA}, 8:20, 15:50\n{DANA}, 8:37, 15:31")
    _forget(laptop, laptop.json("people", "show", "Alvarez, Maria")[0]["person"])
    clock.set("2023-12-06T16:10:00-08:00")
    laptop.finish(event, tmp_path / "mail")
    answers = laptop.receive_at_office(tmp_path / "register.db", tmp_path / "mail")
    assert {one["verdict"] for one in answers} == {"accepted"}
    assert [one["credit_differs"] for one in answers if "-hours-" in one["file"]] == [[]]
    assert b"maria.alvarez" not in (tmp_path / "register.db").read_bytes()


def test_nobody_without_a_record_stands_among_the_lines(laptop: Laptop, clock: Clock, tmp_path: Path) -> None:
    """Whoever was forgotten was expected too: no row of figures, and none in the tables, keeps a place for them."""
    event = laptop.opened()
    laptop.attend(event, f"{MARIA}, 8:20, 15:50\n{DANA}, 8:37, 15:31")
    before = len(laptop.json("credit", event)["lines"])
    person = laptop.json("people", "show", "Alvarez, Maria")[0]["person"]
    _forget(laptop, person)
    lines = laptop.json("credit", event)["lines"]
    assert len(lines) == before - 1
    assert "?" not in {one["name"] for one in lines}
    clock.set("2023-12-06T16:10:00-08:00")
    laptop.finish(event, tmp_path / "mail")
    with zipfile.ZipFile(next((tmp_path / "mail").glob("*-hours-*.zip"))) as bundle:
        for table in ("credit.csv", "people.csv", "attendance.csv", "office-table.csv"):
            assert person not in bundle.read(table).decode(), table


def test_a_list_brings_a_forgotten_person_back_only_as_somebody_new(laptop: Laptop, tmp_path: Path) -> None:
    """Nobody is kept out for good: who is on a list again is written down again, without the old hours."""
    event = laptop.opened()
    laptop.attend(event, f"{MARIA}, 8:20, 15:50")
    _forget(laptop, laptop.json("people", "show", "Alvarez, Maria")[0]["person"])
    again = tmp_path / "again.csv"
    again.write_text(f"last_name,first_name,email,school\nAlvarez,Maria,{MARIA},Campbell Hill\n", "utf-8")
    assert laptop.json("people", "import", again)["new"] == 1
    (known,) = laptop.json("people", "show", "Alvarez, Maria")
    assert known["school"] == "Campbell Hill"
    ledger = laptop.ledger()
    assert [entry.kind for entry in ledger.entries(person=known["person"])] == ["person"]
    ledger.close()


def test_nothing_points_at_a_forgotten_person(laptop: Laptop) -> None:
    """Their id, which follows from the e-mail, is in no list either; everybody else stays expected, or stays struck."""
    event = laptop.opened()
    ids = {one["name"]: one["person"] for one in laptop.json("people", "list")}
    maria, dana = (next(one for name, one in ids.items() if name.startswith(start)) for start in ("Alvarez", "Brown"))
    ledger = laptop.ledger()
    ledger.append([laptop.hand().draft("not-expected", event=event, body={"people": [maria, dana]})])
    ledger.close()
    laptop.attend(event, f"{MARIA}, 8:20, 15:50")
    before = laptop.json("event", "show", event)["expected"]
    _forget(laptop, maria)
    assert laptop.json("event", "show", event)["expected"] == before == 50
    ledger = laptop.ledger()
    contents = [entry.content or b"" for entry in ledger.entries()]
    ledger.close()
    assert not any(maria.encode() in content for content in contents)
    assert any(dana.encode() in content for content in contents)


def test_the_outbox_keeps_no_copy_and_says_what_to_pack_again(laptop: Laptop, clock: Clock) -> None:
    """A bundle that waits holds everything: it goes, and the day is packed anew without the person."""
    event = laptop.opened()
    laptop.attend(event, f"{MARIA}, 8:20, 15:50\n{DANA}, 8:37, 15:31")
    laptop.do("note", "Maria Alvarez asked about the rubric", "--event", event)
    clock.set("2023-12-06T16:10:00-08:00")
    laptop.do("event", "close", event)
    laptop.do("approve", event)
    laptop.do("pack", event)
    told = laptop.json("people", "erase", MARIA, "--reason", "asked", "--yes")
    assert len([name for name in told["copies"] if name.endswith(".zip")]) == 2
    assert len(told["repack"]) == 1
    assert len(told["mentions"]) == 1
    assert list(laptop.workspace.outbox.glob("*.*")) == []
    laptop.do("pack", event)
    for path in laptop.outbox:
        with zipfile.ZipFile(path) as bundle:
            assert b"maria.alvarez" not in b"".join(bundle.read(name) for name in bundle.namelist())


def test_what_an_observer_wrote_about_a_forgotten_person_is_named(laptop: Laptop) -> None:
    """A line of a script, words beside an answer, a respondent: each is named, what speaks of others is not."""
    event = laptop.opened()
    laptop.attend(event, f"{MARIA}, 8:20, 15:50")
    ledger, hand = laptop.ledger(), laptop.hand()
    begun = observe.begin(hand, event, ROOM, observer="Ada", respondent="Maria Alvarez")
    written(ledger.append([begun]))
    (seen,) = observe.read_visit(ledger, event).observations
    line = observe.line(hand, seen, "Ms. Alvarez (Maria): who can read this?")
    other = observe.line(hand, seen, "S1: Maria!")
    beside = observe.note(hand, seen, "what", 2, words="maria alvarez names it")
    written(ledger.append([line, other, beside]))
    ledger.close()
    told = laptop.json("people", "erase", MARIA, "--reason", "asked", "--yes")
    assert sorted(told["mentions"]) == sorted([begun.id, line.id, beside.id])


def test_forgetting_is_asked_first_and_needs_a_reason(laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    """It can't be taken back: nobody does it by a slip."""
    laptop.do("people", "import", PEOPLE)
    for answer in ("n\n", "\n", ""):
        monkeypatch.setattr("sys.stdin", StringIO(answer))
        asked = laptop.run("people", "erase", MARIA, "--reason", "asked")
        assert asked.code == 130
        assert "has to keep hours for 7 calendar years" in asked.err
    assert "reason" in laptop.no("people", "erase", MARIA, "--reason", " ", "--yes")
    assert laptop.json("people", "show", MARIA.partition("@")[0].partition(".")[2].capitalize())


def test_what_was_heard_of_a_promise_names_a_forgotten_person_too(laptop: Laptop) -> None:
    """A follow-up, a theme, what helps: each is named, and somebody looks."""
    event = laptop.opened()
    laptop.attend(event, f"{MARIA}, 8:20, 15:50")
    ledger, hand = laptop.ledger(), laptop.hand()
    promised = {"what": "Pairs first", "first_step": "", "who": "Dana Brown", "due": ""}
    told = {"owner": "Dana Brown", "problem": "Talk dries up", "how_might_we": "", "ideas": [], "commitment": promised}
    problem = ledger.append_one(capture.popup(hand, event, told)).id
    ledger.close()
    named = [
        laptop.json("problem", "follow", problem, "--tried", "yes", "--what", "It worked", "--who", "Maria Alvarez"),
        laptop.json("problem", "tag", problem, "--theme", "Alvarez, Maria: talk"),
        laptop.json("problem", "resource", problem, "Talk moves", "with Maria Alvarez"),
    ]
    laptop.json("problem", "resource", problem, "Cards", "shelf 2")
    mentions = laptop.json("people", "erase", MARIA, "--reason", "asked", "--yes")["mentions"]
    assert sorted(mentions) == sorted(entry for one in named for entry in one["entries"])
