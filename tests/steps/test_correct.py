"""Times set right by hand: the mark that is meant, no other one, and never without the reason."""

from __future__ import annotations

import pytest

from plfacilitate.core.refusal import Refused
from plfacilitate.steps.capture import sign_out
from plfacilitate.steps.correct import hundredths, moment_on, person_named
from plfacilitate.steps.events import local_time, read_event, read_fold
from tests.laptops import Laptop

MARIA = "maria.alvarez@renton.example.org"


@pytest.fixture
def event(laptop: Laptop) -> str:
    """A day whose doors are open."""
    return laptop.opened()


def _stays(laptop: Laptop, event: str, name: str = MARIA) -> list[tuple[str, str]]:
    """When somebody was there, by the clock on the wall; "" = never out."""
    ledger = laptop.ledger()
    who, found = person_named(ledger, name), read_event(ledger, event)
    stays = read_fold(ledger, event).presence(who.id).stays
    return [(local_time(found, one.came.at), local_time(found, one.left.at) if one.left else "") for one in stays]


def _correct(laptop: Laptop, event: str, *told: str, reason: str = "seen") -> None:
    laptop.do("attendance", "correct", event, MARIA, *told, "--reason", reason)


def test_of_two_stays_the_first_in_and_the_last_out_are_corrected_and_nothing_between(
    laptop: Laptop, event: str
) -> None:
    """Who was away for an hour stays away for that hour."""
    laptop.attend(event, f"{MARIA}, 8:20, 10:00\n{MARIA}, 11:00, 15:50")
    _correct(laptop, event, "--in", "8:40")
    assert _stays(laptop, event) == [("08:40", "10:00"), ("11:00", "15:50")]
    _correct(laptop, event, "--out", "15:30")
    assert _stays(laptop, event) == [("08:40", "10:00"), ("11:00", "15:30")]


def test_stays_that_were_keyed_in_backwards_are_corrected_as_they_happened(laptop: Laptop, event: str) -> None:
    """The afternoon's sheet was found first: the in of the morning is the first one all the same."""
    laptop.attend(event, f"{MARIA}, 11:00, 15:50")
    laptop.attend(event, f"{MARIA}, 8:20, 10:00")
    _correct(laptop, event, "--in", "8:40")
    _correct(laptop, event, "--out", "15:30")
    assert _stays(laptop, event) == [("08:40", "10:00"), ("11:00", "15:30")]


def test_a_stray_sign_out_is_not_taken_for_the_sign_in(laptop: Laptop, event: str) -> None:
    """Somebody tapped out first: the in is what is corrected."""
    laptop.attend(event, f"{MARIA}, 8:50, 15:50")
    ledger, hand = laptop.ledger(), laptop.hand()
    who, found = person_named(ledger, MARIA), read_event(ledger, event)

    ledger.append([sign_out(hand, event, who.id, at=moment_on(found, "8:10"))])
    _correct(laptop, event, "--in", "8:30")
    assert _stays(laptop, event) == [("08:30", "15:50")]


def test_the_reason_stands_with_every_time_that_was_set_by_hand(laptop: Laptop, event: str) -> None:
    """An in that was not there, an out that was not there, and both once more."""
    _correct(laptop, event, "--in", "8:30", "--out", "15:00", reason="phone was  empty")
    _correct(laptop, event, "--in", "8:35", "--out", "15:45", reason="asked again")
    said = [
        (entry.kind, entry.body["reason"], entry.body.get("closed_by_hand", False))
        for entry in laptop.ledger().entries(event=event, kinds=("sign-in", "sign-out"))
    ]
    assert said == [
        ("sign-in", "phone was empty", False),
        ("sign-out", "phone was empty", True),
        ("sign-in", "asked again", False),
        ("sign-out", "asked again", False),
    ]
    assert _stays(laptop, event) == [("08:35", "15:45")]


def test_a_correction_that_contradicts_the_other_time_is_refused(laptop: Laptop, event: str) -> None:
    """Nobody is out before they were in; out at the very minute of the in is possible."""
    laptop.attend(event, f"{MARIA}, 8:20, 15:50")
    told = ("attendance", "correct", event, MARIA, "--reason", "x")
    assert "can't be out at 15:50, before being in at 15:51" in laptop.no(*told, "--in", "15:51")
    assert "can't be out at 08:19, before being in at 08:20" in laptop.no(*told, "--out", "8:19")
    assert "before being in" in laptop.no(*told, "--in", "9:00", "--out", "8:59")
    assert _stays(laptop, event) == [("08:20", "15:50")]
    _correct(laptop, event, "--in", "9:00", "--out", "9:00")
    _correct(laptop, event, "--in", "8:00")
    assert _stays(laptop, event)[0][0] == "08:00"


@pytest.mark.parametrize("text, found", [("4", 400), ("4.5", 450), ("4.05", 405), (" 12.75 ", 1275), ("0.5", 50)])
def test_hours_are_read_to_the_hundredth(text: str, found: int) -> None:
    """Half an hour is fifty hundredths, five hundredths are five."""
    assert hundredths(text) == found


@pytest.mark.parametrize("text", ["", "four", "4,5", "4.555", "-1", "1000", ".5", "٤"])
def test_hours_that_cannot_be_read_are_refused(text: str) -> None:
    """Never guessed."""
    with pytest.raises(Refused) as no:
        hundredths(text)
    assert no.value.refusal.code == "hours-unreadable"
