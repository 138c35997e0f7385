"""Coming, signing in, leaving: what a phone sees and what the ledger holds."""

from __future__ import annotations

import asyncio

import pytest

from plfacilitate.seal import codes
from tests.front.door.day import LAN, MARIA, MARIA_TOO, SEAN, SECRET, Day, open_door, text_of
from tests.played import Clock


async def test_scan_search_choose_sign_in(day: Day) -> None:
    """The whole way of a first sign-in, and the entry says who, when and by what."""
    day.clock.forward(minutes=7)
    phone = await day.scanned()
    assert "Your name" in phone.text
    await phone.get("/find", t=phone.ticket, q="ole")
    assert "Sean O&#39;Leary Lakeridge" in phone.text
    await phone.get("/me", t=phone.ticket, p=SEAN)
    assert "I am this person, and I am here now." in phone.text
    await phone.post("/in", t=phone.ticket, p=SEAN)
    assert "You are in at 8:07" in phone.text
    (entry,) = day.entries("sign-in")
    assert (entry.person, entry.means, entry.by) == (SEAN, "own-phone", "door")
    assert entry.at == day.clock()


async def test_it_is_durable_before_the_page_says_so(day: Day) -> None:
    """Another connection finds the entry as soon as the phone has its page."""
    await day.signed_in(LAN)
    assert [entry.person for entry in day.entries("sign-in")] == [LAN]


async def test_no_names_before_a_search(day: Day) -> None:
    """The first page names nobody."""
    phone = await day.scanned()
    assert "Garcia" not in phone.text
    assert "Lakeridge" not in phone.text


async def test_five_matches_at_most(day: Day) -> None:
    """Eight people are called Brown; a page shows five."""
    phone = await day.scanned()
    await phone.get("/find", t=phone.ticket, q="bro")
    assert phone.text.count("Dana Brown") == 5


@pytest.mark.parametrize("typed", ["NGUYEN", "nguyễn", "lan ngu", "Nguyen Lan"])
async def test_accents_case_and_order_are_forgiven(day: Day, typed: str) -> None:
    """However Lan Nguyễn types her name she finds it."""
    phone = await day.scanned()
    await phone.get("/find", t=phone.ticket, q=typed)
    assert "Lan Nguyễn" in phone.text


@pytest.mark.parametrize("typed", ["ga", "g", "l"])
async def test_fewer_than_three_letters_find_nobody(day: Day, typed: str) -> None:
    """Two letters are no search."""
    phone = await day.scanned()
    await phone.get("/find", t=phone.ticket, q=typed)
    assert "at least three letters" in phone.text


async def test_unless_that_is_the_whole_name(day: Day) -> None:
    """Li types two letters and is found."""
    phone = await day.scanned()
    await phone.get("/find", t=phone.ticket, q="li")
    assert "Li Lakeridge" in phone.text


async def test_two_of_one_name_in_one_school_are_told_apart_by_a_masked_email(day: Day) -> None:
    """Both masks differ, and neither shows an address."""
    phone = await day.scanned()
    await phone.get("/find", t=phone.ticket, q="garcia")
    assert "Campbell Hill m•••a@renton.example" in phone.text
    assert "Campbell Hill m•••2@renton.example" in phone.text
    assert "Dimmitt m" not in phone.text
    assert "maria.garcia@" not in phone.page.text if phone.page else False
    await phone.get("/me", t=phone.ticket, p=MARIA_TOO)
    assert "m•••2@renton.example" in phone.text


async def test_after_sign_in_the_page_links_nowhere(day: Day) -> None:
    """No link, and no form but the switch of the language: nothing to sign in to another session with."""
    phone = await day.signed_in(MARIA)
    assert phone.page is not None
    assert "<a " not in phone.page.text
    assert phone.page.text.count("<form") == 1
    assert "<form" in phone.page.text.partition("<nav")[2]


async def test_a_resend_is_one_entry(day: Day) -> None:
    """Back, reload, a double tap: one entry, the same page."""
    phone = await day.scanned()
    ticket = phone.ticket
    first = await phone.post("/in", t=ticket, p=MARIA)
    day.clock.forward(minutes=3)
    again = await phone.post("/in", t=ticket, p=MARIA)
    assert first.content == again.content
    assert len(day.entries("sign-in")) == 1


async def test_a_phone_whose_first_answer_was_lost_is_known_all_the_same(day: Day) -> None:
    """The answer with the pass never came; the one to the resend brings the same pass, and leaving is one tap."""
    phone = await day.scanned()
    ticket = phone.ticket
    await phone.post("/in", t=ticket, p=MARIA)
    (lost,) = phone.http.cookies.values()
    phone.http.cookies.clear()
    await phone.post("/in", t=ticket, p=MARIA)
    assert list(phone.http.cookies.values()) == [lost]
    await day.scanned(phone)
    assert "Hello Maria" in phone.text
    assert "Leaving now" in phone.text


async def test_a_double_tap_at_once_is_one_entry(day: Day) -> None:
    """Ten posts in flight together are one entry, and all are told the same."""
    phone = await day.scanned()
    ticket = phone.ticket
    pages = await asyncio.gather(*(phone.http.post("/in", data={"t": ticket, "p": MARIA}) for _ in range(10)))
    assert {page.content for page in pages} == {pages[0].content}
    assert "You are in at" in pages[0].text
    assert len(day.entries("sign-in")) == 1


async def test_who_is_in_already_is_told_since_when(day: Day) -> None:
    """The desk signed her in at 8:00; her phone at 8:10 changes nothing."""
    day.by_hand("sign-in", person=MARIA)
    day.clock.forward(minutes=10)
    phone = await day.signed_in(MARIA)
    assert "You are in since 8:00" in phone.text
    assert len(day.entries("sign-in")) == 1


async def test_leaving_now(day: Day) -> None:
    """Who is in and scans gets one button, and then the times of the day."""
    phone = await day.signed_in(MARIA)
    day.clock.forward(hours=3, minutes=5)
    await day.scanned(phone)
    assert "You are in since 8:00" in phone.text
    assert "Leaving now" in phone.text
    await phone.post("/out", t=phone.ticket, p=MARIA)
    assert "You are out at 11:05" in phone.text
    assert "8:00 – 11:05" in phone.text
    assert day.fold().presence(MARIA).last_out == day.clock()


async def test_leaving_is_one_entry_too(day: Day) -> None:
    """A resend of the sign-out tells the same."""
    phone = await day.signed_in(MARIA)
    day.clock.forward(hours=1)
    await day.scanned(phone)
    ticket = phone.ticket
    first = await phone.post("/out", t=ticket, p=MARIA)
    day.clock.forward(minutes=1)
    again = await phone.post("/out", t=ticket, p=MARIA)
    assert text_of(first) == text_of(again)
    assert len(day.entries("sign-out")) == 1


async def test_sign_out_before_sign_in_is_a_clear_page(day: Day) -> None:
    """Nothing is written, and the page says what to do."""
    phone = await day.scanned()
    page = await phone.post("/out", t=phone.ticket, p=MARIA)
    assert page.status_code == 409
    assert "You have not signed in yet" in phone.text
    assert day.entries("sign-out") == []


async def test_coming_back_takes_a_fresh_code(day: Day) -> None:
    """The old ticket's sign-in has been used up; a new scan signs in again."""
    phone = await day.signed_in(MARIA)
    await day.scanned(phone)
    used = phone.ticket
    day.clock.forward(minutes=5)
    await phone.post("/out", t=used, p=MARIA)
    await phone.post("/in", t=used, p=MARIA)  # this ticket has signed her out, not in: it may
    assert "You are in at 8:05" in phone.text
    day.clock.forward(minutes=1)
    await phone.post("/in", t=used, p=MARIA)
    assert "You are in at 8:05" in phone.text
    day.by_hand("sign-out", person=MARIA, at=day.clock.forward(minutes=1))
    page = await phone.post("/in", t=used, p=MARIA)
    assert page.status_code == 409
    assert "scan the code on the screen once more" in phone.text
    await day.scanned(phone)
    assert "You signed out at 8:07." in phone.text
    day.clock.forward(minutes=1)
    await phone.post("/in", t=phone.ticket, p=MARIA)
    assert "You are in at 8:08" in phone.text
    assert len(day.fold().presence(MARIA).stays) == 3


async def test_an_undone_sign_in_is_not_called_in(day: Day) -> None:
    """The facilitator took it back; the phone's resend does not claim otherwise."""
    phone = await day.scanned()
    ticket = phone.ticket
    await phone.post("/in", t=ticket, p=MARIA)
    (entry,) = day.entries("sign-in")
    day.by_hand("undo", person=MARIA, body={"undoes": entry.id, "reason": "not here"})
    page = await phone.post("/in", t=ticket, p=MARIA)
    assert page.status_code == 409
    assert "You are in" not in phone.text


async def test_a_phone_that_was_here_needs_one_tap(day: Day) -> None:
    """It shows the first name and nothing else of the person."""
    phone = await day.signed_in(MARIA)
    await day.scanned(phone)
    await phone.post("/out", t=phone.ticket, p=MARIA)
    await day.scanned(phone)
    assert "Hello Maria" in phone.text
    assert "Garcia" not in phone.text
    assert "Campbell" not in phone.text
    await phone.post("/in", t=phone.ticket, p=MARIA)
    assert "You are in at" in phone.text


async def test_the_pass_outlives_the_door(day: Day, clock: Clock) -> None:
    """A door that was started again knows the phone, the ticket's first person and who is in."""
    phone = await day.signed_in(MARIA)
    cookies = dict(phone.http.cookies)
    day.reception.passes.save()  # as the door does twice a second
    async with open_door(day.around, clock, day.event) as later:
        known = later.phone()
        known.http.cookies.update(cookies)
        await later.scanned(known)
        assert "Hello Maria" in known.text
        assert later.reception.room.tickets == day.reception.room.tickets


async def test_a_pass_is_not_in_the_ledger(day: Day) -> None:
    """What the phone holds is stored beside the ledger, and without a name."""
    phone = await day.signed_in(MARIA)
    (number,) = phone.http.cookies.values()
    day.reception.passes.save()
    everything = b"".join(sealed.envelope + (sealed.content or b"") for sealed in day.desk.sealed())
    assert number.encode() not in everything
    (file,) = day.around.workspace.door.glob("passes-*.txt")
    assert file.read_text("ascii") == f"{number} {MARIA}\n"


async def test_a_pass_needs_a_fresh_code(day: Day) -> None:
    """Without one it shows the own state, and no button."""
    phone = await day.signed_in(MARIA)
    await phone.get("/")
    assert "Maria, you are in since 8:00." in phone.text
    assert phone.page is not None
    assert 'action="/in"' not in phone.page.text
    assert 'action="/out"' not in phone.page.text


@pytest.mark.parametrize("late", [0, 20, 59, 290])
async def test_a_code_is_good_for_some_minutes(day: Day, late: int) -> None:
    """Slow phones are let in."""
    code = day.code
    day.clock.forward(seconds=late)
    assert (await day.phone().get(f"/{code}")).status_code == 200


@pytest.mark.parametrize("late", [400, 4000, 86400])
async def test_an_old_code_is_a_kind_page(day: Day, late: int) -> None:
    """It asks to scan again, and opens nothing."""
    code = day.code
    day.clock.forward(seconds=late)
    phone = day.phone()
    page = await phone.get(f"/{code}")
    assert page.status_code == 410
    assert "Scan the code again" in phone.text
    assert 'name="t"' not in page.text


async def test_slow_typing_never_fails(day: Day) -> None:
    """Fourteen minutes after the scan the form is still good; after sixteen it asks for a new scan."""
    phone = await day.scanned()
    ticket = phone.ticket
    day.clock.forward(minutes=14)
    assert (await phone.get("/find", t=ticket, q="gar")).status_code == 200
    day.clock.forward(minutes=2)
    page = await phone.post("/in", t=ticket, p=MARIA)
    assert page.status_code == 410
    assert day.entries("sign-in") == []


async def test_six_letters_instead_of_a_camera(day: Day) -> None:
    """The spoken code opens the same form; blanks and small letters are forgiven."""
    phone = day.phone()
    spoken = codes.spoken_at(SECRET, day.event, day.clock())
    await phone.get("/code", code=f"{spoken[:3]} {spoken[3:].lower()}")
    assert "Your name" in phone.text
    await phone.post("/in", t=phone.ticket, p=LAN)
    assert "You are in at" in phone.text
    assert day.entries("flag") == []


async def test_closed_is_a_clear_page(day: Day) -> None:
    """Everything that signs in or out says so, with the time; opening again lets people in."""
    phone = await day.scanned()
    ticket = phone.ticket
    day.clock.forward(hours=8)
    day.by_hand("event-closed")
    for page in (await phone.get(f"/{day.code}"), await phone.post("/in", t=ticket, p=MARIA), await phone.get("/")):
        assert page.status_code == 403
        assert "This session was closed at 16:00" in page.text
    day.by_hand("event-reopened", body={"reason": "too early"})
    await day.signed_in(MARIA)


async def test_another_event_s_ticket_is_no_good(day: Day) -> None:
    """A ticket is for one event and one purpose."""
    phone = await day.scanned()
    reception = day.reception
    other = type(reception.gate)(SECRET, "another-event")
    code = codes.code_at(SECRET, "another-event", day.clock())
    ticket = other.admit(code, day.clock(), day.around.chance)
    page = await phone.post("/in", t=ticket or "", p=MARIA)
    assert page.status_code == 403
    assert day.entries("sign-in") == []


async def test_somebody_whom_the_desk_has_just_written_down_is_found(day: Day) -> None:
    """A walk-in of the desk is in the search a moment later."""
    phone = await day.scanned()
    await phone.get("/find", t=phone.ticket, q="quill")
    assert "Nobody of that name" in phone.text
    draft = day.hand.draft("person", person="quill", body={"fields": {"last_name": "Quill", "first_name": "Peter"}})
    day.desk.append([draft])
    await phone.get("/find", t=phone.ticket, q="quill")
    assert "Peter Quill" in phone.text
    await phone.post("/in", t=phone.ticket, p="quill")
    assert "You are in at" in phone.text


async def test_an_unknown_person_is_a_page(day: Day) -> None:
    """A person id that nobody has signs nobody in."""
    phone = await day.scanned()
    page = await phone.post("/in", t=phone.ticket, p="nobody")
    assert page.status_code == 404
    assert day.entries("sign-in") == []


async def test_erased_people_are_gone_from_the_door(day: Day) -> None:
    """Their pass is worth nothing any more, and neither is what the door remembered."""
    phone = await day.signed_in(MARIA)
    ids = [entry.id for entry in day.desk.entries(person=MARIA)]
    day.desk.erase(ids, reason="asked for it", by="facilitator")
    await day.scanned(phone)
    assert "Hello" not in phone.text
    assert not day.reception.room.presence(MARIA).stays


async def test_two_records_of_one_person_are_one_at_the_door(day: Day) -> None:
    """The desk merged them while the door was open: one line in the search, one state, and the phone still knows her."""
    phone = await day.signed_in(MARIA_TOO)
    body = {"other": MARIA_TOO, "reason": "one person"}
    day.desk.append_one(day.hand.draft("people-merged", person=MARIA, body=body))
    other = await day.scanned()
    await other.get("/find", t=other.ticket, q="garcia")
    assert other.text.count("Maria Garcia") == 2
    await other.get("/me", t=other.ticket, p=MARIA)
    assert "You are in since 8:00" in other.text
    await day.scanned(phone)
    assert "Hello Maria You are in since 8:00" in phone.text
    day.clock.forward(minutes=10)
    await phone.post("/out", t=phone.ticket, p=MARIA_TOO)
    assert "You are out at 8:10" in phone.text
    assert not day.fold().presence(MARIA).is_in
    assert day.entries("flag") == []
