"""Two laptops at one event: the same list on both, people signed in at either, brought together in several ways."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plfacilitate.steps import capture
from tests.laptops import PEOPLE, Laptop
from tests.played import Clock

MARIA, DANA, WEI, ROSA = (
    f"{name}@renton.example.org" for name in ("maria.alvarez", "dana.brown", "wei.chen", "rosa.diaz")
)
Laptops = Callable[[str], Laptop]


def figures(laptop: Laptop, event: str) -> list[tuple[str, int, float, str]]:
    """What everybody gets, as far as this laptop knows."""
    lines = laptop.json("credit", event)["lines"]
    return [(line["person"], line["minutes"], line["hours"], line["status"]) for line in lines]


@pytest.fixture
def both(laptops: Laptops) -> tuple[Laptop, Laptop, str]:
    """Two laptops that know the same list and the same event without ever having met."""
    one, two = laptops("one"), laptops("two")
    event = one.opened()
    assert two.opened() == event
    return one, two, event


def test_one_list_on_two_laptops_is_one_set_of_people(both: tuple[Laptop, Laptop, str], tmp_path: Path) -> None:
    """After a merge of the ledgers nobody is there twice and nobody is in doubt."""
    one, two, _ = both
    before = one.json("people", "list")
    assert two.json("people", "list") == before
    two.json("receive", one.workspace.ledger)
    assert two.json("people", "list") == before
    assert two.json("people", "import", PEOPLE)["same"] == 52


def test_a_name_put_right_on_one_laptop_is_right_on_both(both: tuple[Laptop, Laptop, str]) -> None:
    """The other laptop only ever had the list, so there is nothing to decide."""
    one, two, _ = both
    renamed = one.folder / "renamed.csv"
    renamed.write_text(
        f"last_name,first_name,email,school\nAlvarez-Ruiz,Maria,{MARIA},Campbell Hill Elementary\n", "utf-8"
    )
    assert one.json("people", "import", renamed)["changed"] == 1
    two.json("receive", one.workspace.ledger)
    one.json("receive", two.workspace.ledger)
    for laptop in both[:2]:
        (maria,) = laptop.json("people", "show", "Alvarez-Ruiz")
        assert maria["doubtful"] == []


def test_ledgers_are_merged_both_ways(both: tuple[Laptop, Laptop, str], clock: Clock) -> None:
    """In at one door and out at the other: after the merge both laptops give the same hours."""
    one, two, event = both
    one.attend(event, f"{MARIA}, 8:20,\n{DANA}, 8:37, 15:31")
    two.attend(event, f"{WEI}, 8:20, 15:50\n{ROSA}, 9:31,")
    maria_left = two.folder / "left.csv"
    maria_left.write_text(f"email,in,out\n{MARIA},,2023-12-06 15:45\n", "utf-8")
    clock.set("2023-12-06T16:10:00-08:00")
    assert figures(one, event) != figures(two, event)
    first = two.json("receive", one.workspace.ledger)
    assert first["conflicts"] == first["refused"] == []
    assert two.json("receive", one.workspace.ledger)["new"] == 0
    one.json("receive", two.workspace.ledger)
    assert figures(one, event) == figures(two, event)
    two.do("attendance", "correct", event, MARIA, "--out", "15:45", "--reason", "left by the side door")
    one.json("receive", two.workspace.ledger)
    assert figures(one, event) == figures(two, event)
    lines = one.lines(event)
    assert [lines[who]["minutes"] for who in (MARIA, DANA, WEI, ROSA)] == [360, 339, 360, 0]
    assert lines[ROSA]["status"] == "pending"


def test_a_bundle_brings_the_same(both: tuple[Laptop, Laptop, str], clock: Clock, tmp_path: Path) -> None:
    """The hours parcel of one laptop holds all that the other needs for the hours."""
    one, two, event = both
    one.attend(event, f"{MARIA}, 8:20, 15:50")
    two.attend(event, f"{DANA}, 8:37, 15:31")
    clock.set("2023-12-06T16:10:00-08:00")
    mail = tmp_path / "mail"
    one.finish(event, mail)
    two.json("receive", *mail.glob("*-hours-*.zip"))
    lines = two.lines(event)
    assert [lines[who]["minutes"] for who in (MARIA, DANA)] == [360, 339]


def test_what_became_of_a_promise_is_the_same_on_both(both: tuple[Laptop, Laptop, str], clock: Clock) -> None:
    """Heard on one laptop, heard again on the other, filed on both at once: one history, in whichever order they met."""
    one, two, event = both
    promised = {"what": "Pairs first", "first_step": "", "who": "Dana", "due": "20 Dec"}
    told = {"owner": "Dana", "problem": "Talk dries up", "how_might_we": "", "ideas": [], "commitment": promised}
    ledger = one.ledger()
    problem = ledger.append_one(capture.popup(one.hand(), event, told)).id
    ledger.close()
    two.json("receive", one.workspace.ledger)
    clock.forward(days=20)
    two.do("problem", "follow", problem, "--tried", "no", "--what", "Snow days", "--again", "20 Jan")
    one.do("problem", "tag", problem, "--theme", "Talk")
    clock.forward(days=30)
    one.do("problem", "follow", problem, "--tried", "yes", "--then", "keep")
    two.do("problem", "tag", problem, "--theme", "Student talk")
    two.json("receive", one.workspace.ledger)
    one.json("receive", two.workspace.ledger)
    seen = one.json("problem", "show", problem)
    assert two.json("problem", "show", problem) == seen
    assert (seen["state"], [each["tried"] for each in seen["commitments"][0]["followed"]]) == ("kept", ["no", "yes"])


def test_a_paper_sheet_that_was_keyed_in_on_both_is_one_sheet(both: tuple[Laptop, Laptop, str], clock: Clock) -> None:
    """No minute counts twice, and nobody is shown as odd."""
    one, two, event = both
    sheet = f"{MARIA}, 8:20, 15:50, paper\n{DANA}, 8:37, 15:31, paper"
    for laptop in (one, two):
        assert laptop.attend(event, sheet)["new"] == 4
    clock.set("2023-12-06T16:10:00-08:00")
    merged = one.json("receive", two.workspace.ledger)
    assert merged["conflicts"] == []
    lines = one.lines(event)
    assert [lines[who]["minutes"] for who in (MARIA, DANA)] == [360, 339]
    codes = {reason["code"] for who in (MARIA, DANA) for reason in lines[who]["reasons"]}
    assert not codes & {"two-ins", "out-before-in", "doubtful"}
    assert one.attend(event, sheet) == {"rows": 2, "new": 0, "known": 4}


def test_both_hand_in_and_the_office_has_the_whole(
    both: tuple[Laptop, Laptop, str], clock: Clock, tmp_path: Path
) -> None:
    """Neither laptop knows of the other: each bundle agrees at its own point, and the office says what the other adds."""
    one, two, event = both
    one.attend(event, f"{MARIA}, 8:20, 15:50")
    two.attend(event, f"{DANA}, 8:37, 15:31")
    clock.set("2023-12-06T16:10:00-08:00")
    register, mails = tmp_path / "register.db", []
    for laptop in (one, two):
        mails.append(tmp_path / f"mail of {laptop.name}")
        laptop.finish(event, mails[-1])
    first = hours(one.receive_at_office(register, mails[0]))
    assert (first["verdict"], first["credit_differs"], first["credit_changed_since"]) == ("accepted", [], [])
    second = hours(one.receive_at_office(register, mails[1]))
    assert (second["verdict"], second["credit_differs"]) == ("accepted", [])
    (since,) = second["credit_changed_since"]
    assert since == "Alvarez, Maria: 360 min, 6.0 h, earned by what came in since; it was 0 min, 0.0 h, none."


def hours(answers: list[Any]) -> Any:
    """The answer to the hours parcel."""
    (found,) = [one for one in answers if "-hours-" in one["file"]]
    return found


def test_two_people_set_one_time_and_somebody_decides(both: tuple[Laptop, Laptop, str], clock: Clock) -> None:
    """Corrections that know nothing of each other hold the credit, until a third one follows both."""
    one, two, event = both
    one.attend(event, f"{MARIA}, 8:20, 15:50")
    two.json("receive", one.workspace.ledger)
    one.do("attendance", "correct", event, MARIA, "--out", "15:00", "--reason", "seen leaving")
    two.do("attendance", "correct", event, MARIA, "--out", "14:00", "--reason", "said so")
    two.json("receive", one.workspace.ledger)
    clock.set("2023-12-06T16:10:00-08:00")
    line = two.lines(event)[MARIA]
    assert line["status"] == "pending"
    assert "doubtful" in {reason["code"] for reason in line["reasons"]}
    two.do("attendance", "correct", event, MARIA, "--out", "15:00", "--reason", "both asked: it was three")
    one.json("receive", two.workspace.ledger)
    for laptop in (one, two):
        line = laptop.lines(event)[MARIA]
        assert (line["status"], line["minutes"]) == ("earned", 315)


def test_the_other_laptops_parcels_are_not_waited_for(
    both: tuple[Laptop, Laptop, str], clock: Clock, tmp_path: Path
) -> None:
    """What another laptop packed lies in its own outbox: it neither stops nor replaces what was packed here."""
    one, two, event = both
    clock.set("2023-12-06T16:10:00-08:00")
    one.do("event", "close", event)
    one.do("approve", event)
    one.do("pack", event)
    two.json("receive", one.workspace.ledger)
    two.do("approve", event)
    two.do("pack", event)
    one.json("receive", two.workspace.ledger)
    mail = tmp_path / "mail"
    mail.mkdir()
    for laptop in (one, two):
        sent = laptop.json("send", "--to", mail)
        assert {Path(part["file"]).name for part in sent if part["file"].endswith(".zip")} == {
            path.name for path in laptop.outbox
        }
        assert laptop.json("send", "--to", mail) == []
    answers = one.receive_at_office(tmp_path / "register.db", mail)
    assert {answer["verdict"] for answer in answers} == {"accepted"}
    for laptop in (one, two):
        taken = laptop.json("receive", mail)
        assert taken["refused"] == []
        assert len(taken["receipts"]) == 4
