"""Two phones that tap for the same person at the same moment: one entry, and both are told the truth."""

from __future__ import annotations

import asyncio

import pytest

from plfacilitate.front.door.turns import Turns
from plfacilitate.seal.codes import pin_of
from tests.front.door.day import MARIA, SEAN, SECRET, Day

ZOE = {"last_name": "Zed", "first_name": "Zoe", "email": "zoe@else.example", "signed": "Zoe Zed"}


async def test_two_phones_sign_one_person_in(day: Day) -> None:
    """Each with a ticket of its own: the first one is it, the second is told since when."""
    phones = [await day.scanned() for _ in range(5)]
    await asyncio.gather(*(phone.post("/in", t=phone.ticket, p=SEAN, signed="Sean") for phone in phones))
    assert sorted("You are in since 8:00" in phone.text for phone in phones) == [False, True, True, True, True]
    assert len(day.entries("sign-in")) == 1
    assert len(day.entries("signature")) == 1
    assert day.entries("flag") == []


async def test_two_phones_write_one_walk_in_down(day: Day) -> None:
    """The same person typed twice at once is one person, in once."""
    phones = [await day.scanned() for _ in range(3)]
    await asyncio.gather(*(phone.post("/new", t=phone.ticket, **ZOE) for phone in phones))
    assert len(day.entries("sign-in")) == 1
    (sign_in,) = day.entries("sign-in")
    assert [one.person for one in day.desk.entries(kinds=("person",))].count(sign_in.person) == 1


async def test_two_phones_sign_one_person_out(day: Day) -> None:
    """Out once; the other sees the time."""
    await day.signed_in(MARIA)
    day.clock.forward(hours=2)
    phones = [await day.scanned() for _ in range(3)]
    await asyncio.gather(*(phone.post("/out", t=phone.ticket, p=MARIA) for phone in phones))
    assert all("You are out at 10:00" in phone.text for phone in phones)
    assert len(day.entries("sign-out")) == 1


@pytest.mark.parametrize("out", [False, True])
async def test_a_phone_and_a_kiosk_at_once(day: Day, out: bool) -> None:
    """The tablet at the entrance and the phone in the hand are one entry too."""
    tablet = day.phone(address="192.168.1.77")
    await tablet.post("/kiosk", pin=pin_of(SECRET, day.event), name="left")
    await tablet.get("/kiosk")
    if out:
        await day.signed_in(SEAN)
        day.clock.forward(hours=1)
    phone = await day.scanned()
    what = "out" if out else "in"
    await asyncio.gather(
        phone.post(f"/{what}", t=phone.ticket, p=SEAN), tablet.post(f"/kiosk/{what}", t=tablet.ticket, p=SEAN)
    )
    assert len(day.entries(f"sign-{what}")) == 1


async def test_nobody_waits_for_somebody_else(day: Day) -> None:
    """One person's turn is nobody else's, and it is forgotten when it is over."""
    turns = Turns()
    async with turns.of(MARIA):
        assert turns._taken.keys() == {MARIA}
        async with turns.of(SEAN):
            assert turns._taken.keys() == {MARIA, SEAN}
    assert not turns._taken


async def test_whoever_waits_comes_next_although_the_first_one_failed() -> None:
    """A turn ends however its page ended, and one after the other has it."""
    turns, order = Turns(), []

    async def tap(name: str) -> None:
        async with turns.of(MARIA):
            order.append(f"{name} comes")
            await asyncio.sleep(0)
            order.append(f"{name} goes")
            if name == "one":
                raise RuntimeError

    await asyncio.gather(tap("one"), tap("two"), tap("three"), return_exceptions=True)
    assert order == [f"{name} {does}" for name in ("one", "two", "three") for does in ("comes", "goes")]
    assert not turns._taken
