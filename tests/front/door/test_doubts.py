"""Doubts are flags, never blocks."""

from __future__ import annotations

import pytest

from tests.front.door.day import LAN, MARIA, SEAN, Day


async def test_an_ordinary_day_has_no_flags(day: Day) -> None:
    """In, out and in again with one's own phone is nothing odd."""
    phone = await day.signed_in(MARIA)
    for path in ("/out", "/in"):
        day.clock.forward(minutes=30)
        await day.scanned(phone)
        assert (await phone.post(path, t=phone.ticket, p=MARIA)).status_code == 200
    assert day.entries("flag") == []


async def test_one_ticket_for_several_people(day: Day) -> None:
    """Both are in, and a flag points to both entries."""
    phone = await day.scanned()
    ticket = phone.ticket
    phone.http.cookies.clear()
    await phone.post("/in", t=ticket, p=MARIA)
    phone.http.cookies.clear()
    await phone.post("/in", t=ticket, p=SEAN)
    first, second = day.entries("sign-in")
    (flag,) = day.fold().flags()
    assert (flag.code, flag.person, set(flag.about)) == ("same-phone", SEAN, {first.id, second.id})
    assert day.fold().presence(SEAN).is_in


async def test_one_phone_for_several_people(day: Day) -> None:
    """With a new scan each; the pass tells whose phone it is, and stays theirs."""
    phone = await day.signed_in(MARIA)
    before = dict(phone.http.cookies)
    await day.signed_in(LAN, phone)
    (flag,) = day.fold().flags()
    assert (flag.code, flag.person, len(flag.about)) == ("same-phone", LAN, 2)
    assert dict(phone.http.cookies) == before


async def test_a_flag_is_one_flag_however_often_it_is_sent(day: Day) -> None:
    """A resend of a doubtful sign-in adds nothing."""
    phone = await day.signed_in(MARIA)
    await day.scanned(phone)
    ticket = phone.ticket
    for _ in range(3):
        await phone.post("/in", t=ticket, p=LAN)
    assert len(day.entries("flag")) == 1


@pytest.mark.parametrize("seconds, flagged", [(0, False), (59, False), (61, True), (250, True)])
async def test_a_code_used_late(day: Day, seconds: int, flagged: bool) -> None:
    """A minute is normal; from then on somebody may have sent a photograph. Who is slow at typing is not late."""
    code = day.code
    phone = day.phone()
    day.clock.forward(seconds=seconds)
    await phone.get(f"/{code}")
    day.clock.forward(minutes=10)
    await phone.post("/in", t=phone.ticket, p=MARIA)
    assert "You are in at" in phone.text
    assert [flag.code for flag in day.fold().flags()] == (["late-code"] if flagged else [])


async def test_the_lateness_in_a_ticket_cannot_be_taken_off(day: Day) -> None:
    """A ticket without its suffix is no ticket."""
    code = day.code
    phone = day.phone()
    day.clock.forward(seconds=250)
    await phone.get(f"/{code}")
    ticket, _, steps = phone.ticket.partition("~")
    assert steps
    for forged in (ticket, f"{ticket}~", f"{ticket}~0", f"{ticket}~-1", f"{ticket}~x"):
        assert (await phone.post("/in", t=forged, p=MARIA)).status_code == 403
    assert day.entries("sign-in") == []


async def test_a_clock_that_was_put_back(day: Day) -> None:
    """A ticket from the future is taken and flagged."""
    phone = await day.scanned()
    day.clock.forward(minutes=-10)
    await phone.post("/in", t=phone.ticket, p=MARIA)
    assert "You are in at 7:50" in phone.text
    assert [flag.code for flag in day.fold().flags()] == ["clock-back"]


async def test_nobody_leaves_before_they_came(day: Day) -> None:
    """With a clock put back after the sign-in, the sign-out stands at the sign-in's time and is flagged."""
    phone = await day.signed_in(MARIA)
    await day.scanned(phone)
    day.clock.forward(minutes=-30)
    page = await phone.post("/out", t=phone.ticket, p=MARIA)
    assert page.status_code == 200
    assert not day.fold().presence(MARIA).is_in
    assert [flag.code for flag in day.fold().flags()] == ["clock-back"]


async def test_a_flag_holds_no_name(day: Day) -> None:
    """It points to people and entries; the desk knows who they are."""
    phone = await day.signed_in(MARIA)
    await day.signed_in(LAN, phone)
    (flag,) = day.entries("flag")
    assert b"Garcia" not in (flag.content or b"")
    assert flag.means == "system"
