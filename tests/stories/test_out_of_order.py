"""What was written later comes first: nothing is refused, nothing counts twice, and all is right when the rest is in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.laptops import Laptop
from tests.played import Clock

MARIA, DANA = (f"{name}@renton.example.org" for name in ("maria.alvarez", "dana.brown"))
Laptops = Callable[[str], Laptop]


def test_a_ledger_that_arrives_backwards_is_the_same_ledger(laptops: Laptops, clock: Clock) -> None:
    """Corrections before what they correct, undos before what they undo, sign-outs before sign-ins."""
    one, two = laptops("one"), laptops("two")
    event = one.opened()
    one.attend(event, f"{MARIA}, 8:20,\n{DANA}, 8:37, 15:31")
    one.do("attendance", "correct", event, MARIA, "--out", "14:00", "--reason", "thought so")
    one.do("attendance", "correct", event, MARIA, "--out", "15:45", "--reason", "seen at the closing circle")
    clock.set("2023-12-06T16:10:00-08:00")
    there, here = one.ledger(), two.ledger()
    backwards = list(there.sealed())[::-1]
    for at in range(0, len(backwards), 7):
        here.receive(backwards[at : at + 7])
        here.receive(backwards[max(0, at - 5) : at])
    there.close()
    here.close()
    assert two.json("credit", event)["lines"] == one.json("credit", event)["lines"]
    assert two.json("people", "list") == one.json("people", "list")
    assert two.json("event", "show", event) == one.json("event", "show", event)
    assert two.json("doctor")["findings"] == two.json("doctor")["remarks"] == []


def test_a_correction_that_comes_before_its_mark_holds_the_person(laptops: Laptops, clock: Clock) -> None:
    """Until the mark is here; then nothing is in doubt any more."""
    one, two = laptops("one"), laptops("two")
    event = one.opened()
    one.attend(event, f"{MARIA}, 8:20, 15:50")
    two.json("receive", one.workspace.ledger)
    one.attend(event, f"{DANA}, 8:37, 15:31")
    one.do("attendance", "correct", event, DANA, "--in", "8:25", "--reason", "stood in the queue")
    clock.set("2023-12-06T16:10:00-08:00")
    there, here = one.ledger(), two.ledger()
    *_, came, left, corrected = there.sealed()
    here.receive([corrected])
    assert two.lines(event)[DANA]["status"] == "pending"
    here.receive([left])
    assert two.lines(event)[DANA]["status"] == "pending"
    here.receive([came])
    line = two.lines(event)[DANA]
    assert (line["status"], line["minutes"]) == ("earned", 346)
    assert line == one.lines(event)[DANA]
    assert "not here" not in str(two.json("doctor")["remarks"])
    there.close()
    here.close()


def test_the_second_bundle_waits_for_the_first(laptop: Laptop, clock: Clock, tmp_path: Path) -> None:
    """Held, with what is needed first; then both are taken, and the figures are the laptop's."""
    event = laptop.opened()
    laptop.attend(event, f"{MARIA}, 8:20, 15:50")
    clock.set("2023-12-06T16:10:00-08:00")
    first, second = tmp_path / "first", tmp_path / "second"
    laptop.finish(event, first)
    office, register = tmp_path / "office", tmp_path / "register.db"
    answered = laptop.receive_at_office(tmp_path / "another.db", first)
    assert {one["verdict"] for one in answered} == {"accepted"}
    laptop.json("receive", first)
    laptop.do("attendance", "correct", event, MARIA, "--out", "14:00", "--reason", "seen leaving")
    laptop.hand_in(event, second)
    office.mkdir()
    held = laptop.receive_at_office(register, second)
    assert {one["verdict"] for one in held} == {"held"}
    assert all("laptop" in one["reason"] and "from number 1" in one["reason"] for one in held)
    taken = laptop.receive_at_office(register, first)
    assert {one["verdict"] for one in taken} == {"accepted"}
    answers = laptop.receive_at_office(register, second)
    assert {one["verdict"] for one in answers} <= {"accepted", "already-here"}
    assert [one["credit_differs"] for one in answers if "-hours-" in one["file"]] == [[]]
