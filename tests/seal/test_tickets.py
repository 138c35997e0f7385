"""Form tickets: good for their event and purpose until they run out, and forged by nobody."""

from __future__ import annotations

import timeit
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfacilitate.core.refusal import Refusal
from plfacilitate.seal import tickets
from plfacilitate.seal.tickets import Ticket

SECRET = b"s" * 32
NOW = datetime(2026, 12, 6, 16, 7, 30, tzinfo=UTC)
LIFETIME = timedelta(minutes=20)


def chance(size: int) -> bytes:
    """The same bytes at every call."""
    return bytes(range(size))


def issued(event: str = "e1", purpose: str = "sign-in", now: datetime = NOW) -> str:
    """A ticket as the door hands it out."""
    return tickets.issue(SECRET, event, purpose, now, LIFETIME, chance)


def code(answer: Ticket | Refusal) -> str:
    """The refusal's code, "good" for a ticket."""
    return answer.code if isinstance(answer, Refusal) else "good"


def test_a_ticket_says_what_was_written_into_it() -> None:
    """Nonce, moments and nothing else come back."""
    ticket = tickets.check(SECRET, issued(), "e1", "sign-in", NOW + timedelta(minutes=5))
    at = int(NOW.timestamp())
    assert ticket == Ticket(chance(16), at, at + 1200)


def test_a_ticket_fits_an_address_and_a_form() -> None:
    """56 letters that need no quoting anywhere."""
    text = issued()
    assert len(text) == tickets.LETTERS
    assert text.replace("-", "").replace("_", "").isalnum()


def test_a_slow_typist_is_never_turned_away_before_the_ticket_runs_out() -> None:
    """Good in its last second, expired in the next."""
    assert code(tickets.check(SECRET, issued(), "e1", "sign-in", NOW + LIFETIME)) == "good"
    assert code(tickets.check(SECRET, issued(), "e1", "sign-in", NOW + LIFETIME + timedelta(seconds=1))) == (
        "ticket-expired"
    )


def test_a_ticket_from_the_future_is_taken_and_marked() -> None:
    """The laptop's clock was put back an hour after the page was opened."""
    ticket = tickets.check(SECRET, issued(), "e1", "sign-in", NOW - timedelta(hours=1))
    assert isinstance(ticket, Ticket)
    assert ticket.from_future


@pytest.mark.parametrize(
    "event, purpose", [("e2", "sign-in"), ("e1", "sign-out"), ("e1s", "ign-in"), ("", "e1sign-in")]
)
def test_a_ticket_is_good_for_its_event_and_purpose_only(event: str, purpose: str) -> None:
    """Also where both together would read the same."""
    assert code(tickets.check(SECRET, issued(), event, purpose, NOW)) == "ticket-foreign"


def test_a_ticket_of_another_laptop_is_foreign() -> None:
    """Another secret, another door."""
    assert code(tickets.check(b"t" * 32, issued(), "e1", "sign-in", NOW)) == "ticket-foreign"


def test_every_changed_bit_is_noticed() -> None:
    """Each letter of the ticket, changed to another one."""
    text = issued()
    for at, letter in enumerate(text):
        changed = text[:at] + ("A" if letter != "A" else "B") + text[at + 1 :]
        assert code(tickets.check(SECRET, changed, "e1", "sign-in", NOW)) == "ticket-foreign"


@given(st.text(max_size=80))
def test_nonsense_is_foreign_and_never_an_error(text: str) -> None:
    """Whatever a phone or a prankster posts."""
    assert code(tickets.check(SECRET, text, "e1", "sign-in", NOW)) == "ticket-foreign"


@given(st.text(alphabet="ABCDabcd-_=+/", min_size=tickets.LETTERS, max_size=tickets.LETTERS))
def test_nonsense_of_the_right_length_is_foreign_too(text: str) -> None:
    """Padding in the middle, the other alphabet of base64."""
    assert code(tickets.check(SECRET, text, "e1", "sign-in", NOW)) == "ticket-foreign"


def test_a_refusal_tells_a_person_what_to_do() -> None:
    """Both sentences end in the way back."""
    foreign = tickets.check(SECRET, "", "e1", "sign-in", NOW)
    expired = tickets.check(SECRET, issued(), "e1", "sign-in", NOW + timedelta(days=1))
    for answer in (foreign, expired):
        assert isinstance(answer, Refusal)
        assert "scan the code" in answer.sentence


def test_a_post_sent_twice_is_one_entry() -> None:
    """Same ticket, person and purpose: same id. One ticket may sign in several people."""
    ticket = Ticket(chance(16), 0, 1)
    assert tickets.entry_id(ticket, "ana", "in") == tickets.entry_id(Ticket(chance(16), 5, 9, True), "ana", "in")
    ids = {tickets.entry_id(ticket, person, purpose) for person in ("ana", "ben") for purpose in ("in", "out")}
    assert len(ids) == 4
    assert tickets.entry_id(Ticket(bytes(16), 0, 1), "ana", "in") not in ids


def test_checking_a_ticket_costs_next_to_nothing() -> None:
    """Below 10 microseconds: the best of many tries, on a machine that others share."""
    text = issued(event="6f2d7f6e-6a43-5a57-9d0e-3f0f5a7c2b11")
    best = min(
        timeit.repeat(
            lambda: tickets.check(SECRET, text, "6f2d7f6e-6a43-5a57-9d0e-3f0f5a7c2b11", "sign-in", NOW),
            number=500,
            repeat=20,
        )
    )
    assert best / 500 < 10e-6
