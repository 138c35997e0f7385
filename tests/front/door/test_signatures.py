"""The signature once an offering, the e-mail that one can correct, and everything that is no signature."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from plfacilitate.core.plan import Plan, Segment, Session
from plfacilitate.core.shapes import misshapen
from plfacilitate.steps.capture import take_back
from plfacilitate.steps.events import Schedule, open_event, read_event, schedule_event
from plfacilitate.steps.sheet import sheet_of_event
from plfacilitate.steps.signatures import HERE, HOURS, ME, SHEET
from plfacilitate.steps.tally import event_credit
from tests.conftest import ROOT
from tests.front.door.day import LI, MARIA, OFFICE, SEAN, Day, open_day, open_door
from tests.front.door.test_leaving import ticket
from tests.played import Clock

STROKES = "10.20-30.40-50.60_100.100-120.90"


async def test_who_comes_first_signs_once(day: Day) -> None:
    """The form asks for a name, which is kept with the person, the offering and nothing else."""
    phone = await day.scanned()
    await phone.get("/me", t=phone.ticket, p=SEAN)
    assert "Sign: type your full name" in phone.text
    await phone.post("/in", t=phone.ticket, p=SEAN, signed="Sean O'Leary")
    (signed,) = day.entries("signature")
    assert signed.person == SEAN
    assert signed.body == {"offering": day.reception.room.event.series, "typed": "Sean O'Leary"}
    assert day.entries("flag") == []


async def test_the_next_time_one_tap_is_enough(day: Day, clock: Clock) -> None:
    """After signing out, and at a door that was started again, nobody asks for it."""
    phone = await day.scanned()
    await phone.post("/in", t=phone.ticket, p=SEAN, signed="Sean")
    await day.scanned(phone)
    await phone.post("/out", t=phone.ticket, p=SEAN)
    await day.scanned(phone)
    assert "Sign: type your full name" not in phone.text
    async with open_door(day.around, clock, day.event) as later:
        other = await later.scanned()
        await other.get("/me", t=other.ticket, p=SEAN)
        assert "Sign: type your full name" not in other.text


async def test_a_signature_that_was_taken_back_is_asked_for_again(day: Day, clock: Clock) -> None:
    """The desk undid it: at this door and at a later one, until they sign anew; undone in its turn, it stands."""
    phone = await day.scanned()
    await phone.post("/in", t=phone.ticket, p=SEAN, signed="Sean")
    (signed, came) = (day.entries(kind)[0] for kind in ("signature", "sign-in"))
    undo = take_back(day.desk, day.hand, [came, signed])[0]
    assert undo.body["undoes"] == signed.id
    for asks in (True, False):
        async with open_door(day.around, clock, day.event) as later:
            for one in (day, later):
                other = await one.scanned()
                await other.get("/me", t=other.ticket, p=SEAN)
                assert ("Sign: type your full name" in other.text) is asks
        take_back(day.desk, day.hand, [undo])
    again = await day.scanned()
    await again.post("/in", t=again.ticket, p=SEAN)
    assert day.entries("sign-in")[-1].body["initial"] is True


async def test_a_drawn_one_is_kept_as_strokes(day: Day) -> None:
    """Points and strokes as the finger went."""
    phone = await day.scanned()
    await phone.post("/in", t=phone.ticket, p=SEAN, signed="", strokes=STROKES)
    (signed,) = day.entries("signature")
    assert signed.body["strokes"] == STROKES
    assert misshapen("signature", signed.person, signed.event, signed.body) is None


@pytest.mark.parametrize("strokes", ["x", "1.1", "1.1-", "_", "1.1-2.2_3.3", "<svg>", "1.1-2222.2", "1.1-2.2 " * 9, "٣.1-2.2",
                                     "-".join(["100.100"] * 2_001)])  # fmt: skip
async def test_what_is_no_drawing_is_not_kept_and_keeps_nobody_out(day: Day, strokes: str) -> None:
    """They are in; the sheet has a line for ink."""
    phone = await day.scanned()
    await phone.post("/in", t=phone.ticket, p=SEAN, strokes=strokes)
    assert "You are in at" in phone.text
    assert day.entries("signature") == []


async def test_another_name_is_a_doubt(day: Day) -> None:
    """Maria's sign-in signed as Sean: in, and a flag about both entries."""
    phone = await day.scanned()
    await phone.post("/in", t=phone.ticket, p=MARIA, signed="Sean O'Leary")
    (flag,) = day.entries("flag")
    assert flag.body["code"] == "signed-otherwise"
    assert flag.body["about"] == [day.entries("signature")[0].id, day.entries("sign-in")[0].id]
    assert "Sean" not in str(flag.body)


async def test_a_signature_sent_again_is_one(day: Day) -> None:
    """Back, reload, a double tap."""
    phone = await day.scanned()
    form = phone.ticket
    for _ in range(3):
        await phone.post("/in", t=form, p=MARIA, signed="Maria")
    assert len(day.entries("signature")) == 1


async def test_a_walk_in_signs_too(day: Day) -> None:
    """With the same form, in the same transaction."""
    phone = await day.scanned()
    await phone.post("/new", t=phone.ticket, last_name="Zed", first_name="Zoë", email="zoe@x.example", signed="Zoë Zed")
    (signed,) = day.entries("signature")
    assert signed.body["typed"] == "Zoë Zed"
    assert signed.person == day.entries("sign-in")[0].person


async def test_markup_and_three_hundred_letters_are_text(day: Day) -> None:
    """Cut at what a name may have, shown as letters."""
    phone = await day.scanned()
    page = await phone.post("/in", t=phone.ticket, p=LI, signed="<script>" + "x" * 300, email="no")
    assert page.status_code == 422
    assert "&lt;script&gt;xxx" in page.text
    await phone.post("/in", t=phone.ticket, p=LI, signed="<script>" + "x" * 300)
    assert len(str(day.entries("signature")[0].body["typed"])) == 120


async def test_the_email_can_be_corrected(day: Day) -> None:
    """The new one counts, the facilitator sees a flag, and the old one stays in the history."""
    phone = await day.scanned()
    await phone.get("/me", t=phone.ticket, p=SEAN)
    assert "E-mail: s•••n@lakeridge.example. Wrong?" in phone.text
    await phone.post("/in", t=phone.ticket, p=SEAN, signed="Sean O'Leary", email="sean@home.example")
    (flag,) = day.entries("flag")
    assert flag.body["code"] == "email-changed"
    await day.reception.writer.tidy()
    day.reception.room.forget()
    changed = day.reception.room.person(SEAN)
    assert changed is not None
    assert (changed.email, changed.last_name, changed.doubtful) == ("sean@home.example", "O'Leary", ())


@pytest.mark.parametrize("email", ["no", "a@b", "a b@c.de", "@", "<b>@x.y z", "x" * 300 + "@y.zz"])
async def test_an_odd_email_is_asked_for_again(day: Day, email: str) -> None:
    """Nothing is written, and what was signed is still in its field."""
    phone = await day.scanned()
    page = await phone.post("/in", t=phone.ticket, p=SEAN, signed="Sean", email=email)
    assert page.status_code == 422
    assert 'value="Sean"' in page.text
    assert day.entries("sign-in", "signature") == []


async def test_the_same_email_again_is_no_correction(day: Day) -> None:
    """Typed as we hold it, in other letters: nothing to say."""
    phone = await day.scanned()
    await phone.post("/in", t=phone.ticket, p=SEAN, signed="Sean", email="SEAN@lakeridge.example")
    assert day.entries("flag") == []
    await day.scanned(phone)
    await phone.post("/out", t=phone.ticket, p=SEAN)
    assert ticket(phone)


async def test_the_sheet_shows_what_was_signed(day: Day) -> None:
    """What was typed as it is, a drawing as such, a line for ink for whoever gave none."""
    for person, fields in ((SEAN, {"signed": "Sean O'Leary"}), (MARIA, {"strokes": STROKES}), (LI, {})):
        phone = await day.scanned()
        await phone.post("/in", t=phone.ticket, p=person, **fields)
    credit = event_credit(day.desk, day.event, at=day.clock())
    rows = {row.person.id: row.signature for row in sheet_of_event(day.fold(), credit, None).rows}
    assert rows == {SEAN: "Sean O'Leary", MARIA: "drawn on the phone", LI: ""}


async def test_at_a_later_session_a_tap_is_an_initial(tmp_path: Path, clock: Clock) -> None:
    """The sheet of the second day shows the initials of who signed on the first; a door that is new knows them."""
    agenda = (Segment(465, "instruction", "All"),)
    of = Plan("two", "Two days", "institute", "psesd", 1200, "each-session",
              (Session("s1", "One", "08:30", agenda), Session("s2", "Two", "08:30", agenda)))  # fmt: skip
    async with open_day(tmp_path, clock, of=of) as day:
        phone = await day.scanned()
        await phone.post("/in", t=phone.ticket, p=SEAN, signed="Sean O'Leary")
        hand, first = day.hand, read_event(day.desk, day.event)
        clock.forward(hours=24)
        second = schedule_event(day.desk, hand, of, OFFICE, Schedule("s2", date(2023, 12, 7), first.tz, "Renton"))
        open_event(day.desk, hand, read_event(day.desk, second), of, OFFICE)
        async with open_door(day.around, clock, second) as later:
            phone = await later.scanned()
            await phone.get("/me", t=phone.ticket, p=SEAN)
            assert "Sign: type your full name" not in phone.text
            await phone.post("/in", t=phone.ticket, p=SEAN)
            credit = event_credit(later.desk, second, at=clock())
            (row,) = sheet_of_event(later.fold(), credit, None).rows
            assert row.signature == "S.O."


@pytest.mark.parametrize("sentence", [ME, HERE, HOURS, SHEET])
def test_the_desk_attests_in_the_words_of_the_door_s_pages(sentence: str) -> None:
    """What people put their name to is the same at the desk's kiosk, on the tablet and on a phone."""
    pages = [path.read_text(encoding="utf-8") for path in (ROOT / "plfacilitate/front/door/templates").glob("*.html")]
    assert any(f'_("{sentence}")' in page for page in pages)
