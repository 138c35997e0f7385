"""Everything may come twice: a tap, a file, a bundle, a whole ledger. It counts once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from plfacilitate.core.entry import stable_id
from plfacilitate.steps.capture import Hand, sign_in
from tests.laptops import PEOPLE, Laptop
from tests.played import Clock

MARIA, DANA = (f"{name}@renton.example.org" for name in ("maria.alvarez", "dana.brown"))
Laptops = Callable[[str], Laptop]


def _count(laptop: Laptop) -> int:
    """How many entries its ledger holds."""
    ledger = laptop.ledger()
    count = ledger.count()
    ledger.close()
    return count


def test_a_phone_that_asks_again_is_in_once(laptop: Laptop, clock: Clock) -> None:
    """The id comes from its ticket; the answer names the time of the first tap, from either process."""
    event = laptop.opened()
    person = laptop.json("people", "show", "Alvarez")[0]["person"]
    door, desk = laptop.ledger(), laptop.ledger()
    hand = Hand("door", "own-phone", clock, laptop.chance)
    tap = stable_id("door", "ticket-1", person, "sign-in")
    clock.set("2023-12-06T08:07:00-08:00")
    first = door.append_one(hand.draft("sign-in", event=event, person=person, entry_id=tap))
    clock.forward(minutes=2)
    again = desk.append([hand.draft("sign-in", event=event, person=person, entry_id=tap)] * 3)
    assert {outcome.status for outcome in again} == {"known"}
    assert {outcome.entry for outcome in again} == {first}
    assert len(list(desk.entries(event=event, kinds={"sign-in"}))) == 1
    other = desk.append([sign_in(hand, event, person)])
    assert other[0].status == "new"
    door.close()
    desk.close()


def test_a_list_and_a_sheet_that_come_twice_change_nothing(laptop: Laptop) -> None:
    """People by their e-mail, marks by what they say."""
    event = laptop.opened()
    laptop.attend(event, f"{MARIA}, 8:20, 15:50")
    before = _count(laptop)
    assert laptop.json("people", "import", PEOPLE)["same"] == 52
    assert laptop.attend(event, f"{MARIA}, 8:20, 15:50") == {"rows": 1, "new": 0, "known": 2}
    assert laptop.json("event", "expect", event, PEOPLE)["added"] == 0
    assert laptop.schedule() == event
    assert _count(laptop) == before


def test_a_ledger_that_comes_twice_changes_nothing(laptops: Laptops) -> None:
    """Nor does one that brings back what it got from here."""
    one, two = laptops("one"), laptops("two")
    event = one.opened()
    one.attend(event, f"{MARIA}, 8:20, 15:50")
    counts = [two.json("receive", one.workspace.ledger) for _ in range(3)]
    assert [count["new"] > 0 for count in counts] == [True, False, False]
    before = _count(one)
    assert one.json("receive", two.workspace.ledger)["new"] == 1
    assert _count(one) == before + 1  # that the other laptop began


def test_a_bundle_that_comes_twice_is_here_already(laptop: Laptop, clock: Clock, tmp_path: Path) -> None:
    """The same answer for the same file, as often as it is sent; and the register grows by nothing."""
    event = laptop.opened()
    laptop.attend(event, f"{MARIA}, 8:20, 15:50\n{DANA}, 8:37, 15:31")
    clock.set("2023-12-06T16:10:00-08:00")
    mail, register = tmp_path / "mail", tmp_path / "register.db"
    laptop.finish(event, mail)
    first = laptop.receive_at_office(register, mail)
    assert {one["verdict"] for one in first} == {"accepted"}
    for _ in range(2):
        assert {one["verdict"] for one in laptop.receive_at_office(register, mail)} == {"already-here"}
    assert laptop.json("send", "--to", mail) == []
    before = _count(laptop)
    assert len(laptop.json("receive", mail)["receipts"]) == 2
    once = _count(laptop)
    laptop.json("receive", mail)
    assert _count(laptop) == once > before
