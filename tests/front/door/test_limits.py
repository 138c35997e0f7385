"""Sizes, hosts and how often is too often."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from plfacilitate.front.door.limits import SEARCHES, WRONG_CODES, WRONG_SPOKEN, Limit
from plfacilitate.front.door.network import Hosts, best_address
from tests.front.door.day import MARIA, Day

FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize(
    "host",
    ["192.168.1.20:8100", "10.0.0.1", "127.0.0.1:8100", "localhost:8100", "[::1]:8100", "[fe80::1]", "door.test",
     "DOOR.TEST:8100", "door.test."],
)  # fmt: skip
def test_own_names_and_addresses_are_answered(host: str) -> None:
    """An address is nobody else's name."""
    assert Hosts(("Door.test",)).allows(host.encode())


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8100", "door.test.evil.example", "", ":8100", "localhost:x", "[door.test]", "[::1",
     "1.2.3.4.evil.example", "door.test:80:80", "\xff"],
)  # fmt: skip
def test_other_names_are_not(host: str) -> None:
    """A page of somebody else's can only come by a name of theirs."""
    assert not Hosts(("door.test",)).allows(host.encode("latin-1"))


async def test_a_foreign_host_gets_a_page_and_nothing_else(day: Day) -> None:
    """Even with a good ticket."""
    phone = await day.scanned()
    page = await day.phone(host="evil.example").post("/in", t=phone.ticket, p=MARIA)
    assert page.status_code == 421
    assert "Not this address" in page.text
    assert day.entries("sign-in") == []


async def test_a_form_of_32_kb_is_the_most(day: Day) -> None:
    """By its length, and by what really comes."""
    phone = await day.scanned()
    body = f"t={phone.ticket}&p={MARIA}&x=".encode()
    too_long = body + b"x" * 33_000
    assert (await phone.http.post("/in", content=too_long, headers=FORM)).status_code == 413

    async def parts() -> object:
        for start in range(0, len(too_long), 1000):
            yield too_long[start : start + 1000]

    assert (await phone.http.post("/in", content=parts(), headers=FORM)).status_code == 413  # type: ignore[arg-type]  # an async iterator
    assert day.entries("sign-in") == []
    assert (await phone.http.post("/in", content=body + b"x" * 30_000, headers=FORM)).status_code == 200


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "application/json", "text/plain", ""])
async def test_other_kinds_of_forms_are_not_read(day: Day, kind: str) -> None:
    """A page of another site can't send ours by accident."""
    phone = await day.scanned()
    page = await phone.http.post("/in", content=f"t={phone.ticket}&p={MARIA}", headers={"content-type": kind})
    assert page.status_code == 415
    assert day.entries("sign-in") == []


async def test_too_many_fields_are_a_page(day: Day) -> None:
    """Not an error."""
    phone = await day.scanned()
    page = await phone.http.post("/in", content="%61=1&" * 60, headers=FORM)
    assert page.status_code == 400


async def test_names_cannot_be_harvested(day: Day) -> None:
    """One ticket searches some dozens of times; the next phone is not concerned."""
    phone = await day.scanned()
    ticket = phone.ticket
    for _ in range(SEARCHES):
        assert (await phone.get("/find", t=ticket, q="gar")).status_code == 200
    page = await phone.get("/find", t=ticket, q="gar")
    assert page.status_code == 429
    assert "Garcia" not in page.text
    other = await day.scanned()
    assert (await other.get("/find", t=other.ticket, q="gar")).status_code == 200


async def test_wrong_codes_are_counted_by_address(day: Day) -> None:
    """After many the door rests for that address, a minute at most; others go on."""
    phone = day.phone(address="192.168.1.66")
    for n in range(WRONG_CODES):
        assert (await phone.get(f"/WRONG{n}")).status_code == 410
    assert (await phone.get(f"/{day.code}")).status_code == 429
    assert (await day.phone().get(f"/{day.code}")).status_code == 200
    day.clock.forward(minutes=1)
    assert (await phone.get(f"/{day.code}")).status_code == 200


async def test_wrong_letters_are_counted_over_all_phones(day: Day) -> None:
    """Six letters can be guessed: after a hundred tries they rest, and the QR goes on."""
    for n in range(WRONG_SPOKEN):
        phone = day.phone(address=f"192.168.1.{n}")
        assert (await phone.get("/code", code="AAAAAA")).status_code == 410
    assert (await day.phone().get("/code", code="AAAAAA")).status_code == 429
    assert (await day.phone().get(f"/{day.code}")).status_code == 200


def test_counters_do_not_grow_without_end() -> None:
    """A hundred thousand addresses leave no more than the newest."""
    now = datetime(2023, 12, 6, tzinfo=UTC)
    limit = Limit(3)
    for n in range(60_000):
        limit.count(n, now + timedelta(milliseconds=n))
    assert len(limit._counts) <= 20_000
    for _ in range(3):
        limit.count("x", now)
    assert limit.full("x", now)
    assert not limit.full("x", now + timedelta(minutes=1))


async def test_alive_answers_this_machine_only(day: Day) -> None:
    """The desk learns the nonce; a phone learns nothing."""
    here = await day.phone(address="127.0.0.1").get("/alive")
    assert here.json()["nonce"] == "n0"
    assert (await day.phone(address="192.168.1.50").get("/alive")).status_code == 404
    assert (await day.phone(address="testclient").get("/alive")).status_code == 404


def test_the_best_address_is_an_ipv4_and_says_why() -> None:
    """Without a network it is the loopback, and says that nobody reaches it."""
    found = best_address()
    assert found.ip.count(".") == 3
    assert found.why
    assert found.reachable == (not found.ip.startswith("127."))
