"""Closing the day: the checklist from the last person to the hand-over."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from plfacilitate.core.plan import Question, ReadyPoll
from plfacilitate.core.polls.picture import PollPicture
from plfacilitate.front.desk.lists.closing import due_text, next_step, steps
from plfacilitate.front.desk.painting.painter import Painter
from plfacilitate.front.desk.painting.pictures import RoomPicture, Row
from plfacilitate.front.desk.screens.close import Checklist
from plfacilitate.office.receive import receive
from plfacilitate.seal.keys import load_or_make
from plfacilitate.steps import events
from plfacilitate.steps.approve import approve
from plfacilitate.steps.capture import everyone_out, undo
from plfacilitate.steps.events import read_event
from plfacilitate.steps.pack import pack
from plfacilitate.steps.polls import open_poll
from plfacilitate.steps.sending import send
from plfacilitate.store import search
from tests.front.desk.conftest import Seat, seat_of
from tests.front.desk.day import Day
from tests.played import Chance


def room(day: Day) -> RoomPicture:
    """The room as it stands."""
    painter = Painter(day.event, lambda ids: {one.id: one for one in search.people(day.ledger.connection, ids)})
    painter.take(day.ledger.entries(event=day.event))
    return painter.picture(0)


async def stand_on(seat: Seat, name: str) -> None:
    """Put the cursor on a step."""
    checklist = seat.app.screen.query_one(Checklist)
    at = next(at for at, step in enumerate(checklist.items) if step.name == name)
    await seat.type("home", *["down"] * at)
    assert checklist.current is not None
    assert checklist.current.name == name


def done(seat: Seat, name: str) -> bool:
    """Whether a step is ticked."""
    return next(step.done for step in seat.app.screen.query_one(Checklist).items if step.name == name)


async def test_the_day_is_closed_from_the_checklist(busy: Day, tmp_path: Path) -> None:
    """Everyone out, doors closed, approved, packed, handed over: each step lights up after the one before."""
    busy.at("15:50")
    place = tmp_path / "office share"
    place.mkdir()
    async with seat_of(busy) as seat:
        await seat.type("c", "enter", "enter", "end of the session", "enter", "enter")
        await seat.until(lambda: done(seat, "still-in"), "everyone is out")
        for name in ("close", "approve"):
            await stand_on(seat, name)
            await seat.type(*["enter"] * (2 if name == "approve" else 1))
            await seat.until(lambda: done(seat, name), name)  # noqa: B023 (waited for before the next round)
        await stand_on(seat, "pack")
        await seat.type("enter")
        await seat.told("Packed: 7 files in the outbox")
        await seat.until(lambda: done(seat, "pack"), "packed")
        await seat.sees("outbox 2")
        await stand_on(seat, "hand-over")
        await seat.type("enter", str(place), "enter", "enter")
        await seat.sees("It can't be taken back.")
        await seat.type("y")
        await seat.told("Handed over: 7 files")
        await seat.until(lambda: done(seat, "hand-over"), "handed over")
        await seat.sees("outbox 0")
    assert len(list(place.iterdir())) == 7


async def test_a_hand_over_is_not_sent_by_enter_alone(busy: Day) -> None:
    """The question before it takes n for Enter: nothing leaves by a key that was held too long."""
    async with seat_of(busy) as seat:
        from plfacilitate.front.desk.orders.closing import _confirm

        await _confirm(seat.app, busy.event, {"to": "/nowhere", "by_hand": ""})
        await seat.sees("Send the bundles")
        await seat.type("enter")
        await seat.until(lambda: not seat.app.screen.is_modal)
        assert not seat.toasts()


async def test_what_was_handed_over_by_hand_is_marked_with_its_place(busy: Day) -> None:
    """Uploaded or mailed: the place stands in the entry."""
    busy.at("15:50")
    async with seat_of(busy) as seat:
        await seat.type("c", "enter", "enter", "the end", "enter", "enter")
        await seat.until(lambda: done(seat, "still-in"))
        await stand_on(seat, "close")
        await seat.type("enter")
        await seat.until(lambda: done(seat, "close"))
        await stand_on(seat, "approve")
        await seat.type("enter", "enter")
        await seat.until(lambda: done(seat, "approve"))
        await stand_on(seat, "pack")
        await seat.type("enter")
        await seat.until(lambda: done(seat, "pack"))
        await stand_on(seat, "hand-over")
        await seat.type("enter", "enter", "the platform", "enter", "y")
        await seat.told("Marked as handed over to the platform")
        await seat.until(lambda: done(seat, "hand-over"))
        await seat.type("escape", "escape")
        await seat.sees("handed over")


async def test_the_receipts_of_the_office_are_read_at_the_desk(busy: Day, tmp_path: Path) -> None:
    """A real register takes both bundles in; each of its answers is read, and the last one ends the day."""
    busy.at("15:50")
    place = tmp_path / "office share"
    place.mkdir()
    deliver_all(busy, place)
    url = f"sqlite:///{tmp_path / 'register.db'}"
    answers = receive(url, [place], clock=busy.clock, chance=Chance(7), office="office")
    receipts = [answer.receipt for answer in answers if answer.receipt is not None]
    async with seat_of(busy) as seat:
        await seat.type("c")
        await seat.until(lambda: done(seat, "hand-over"), "handed over")
        await stand_on(seat, "receipt")
        lost = receipts[1].rename(tmp_path / "mislaid.receipt.json")
        await seat.type("enter")
        await seat.told("1 of 2 receipts read, the ")
        await seat.told("parcel's is missing")
        assert not done(seat, "receipt")
        seat.app.clear_notifications()
        await seat.type("enter")
        await seat.sees("Read the receipts")
        await seat.type("escape")
        lost.rename(receipts[1])
        await seat.type("enter")
        await seat.told("2 of 2 receipts read: accepted")
        await seat.until(lambda: done(seat, "receipt"), "receipted")
        await seat.sees("the office has it all")
    assert len(receipts) == 2


def deliver_all(day: Day, place: Path) -> None:
    """The day is closed, approved, packed and handed over."""
    fold = events.read_fold(day.ledger, day.event)
    day.ledger.append(everyone_out(day.hand(), fold, at=day.clock(), reason="the end"))
    events.close_event(day.ledger, day.hand(), read_event(day.ledger, day.event))
    approve(day.ledger, day.hand(), day.event)
    workspace = day.around.workspace
    key = load_or_make(workspace.keys, day.ledger.device, day.around.chance)
    pack(day.ledger, workspace, day.hand(), key, day.event)
    send(day.ledger, workspace, day.hand(), str(place))


def test_a_hand_over_that_is_taken_back_is_no_change_of_the_sheet(busy: Day, tmp_path: Path) -> None:
    """The parcels wait again, and nobody is asked to approve again; a time that is taken back is a change."""
    deliver_all(busy, tmp_path)
    assert room(busy).delivery.handed_at is not None
    for entry in busy.ledger.entries(event=busy.event, kinds=("handed-over",)):
        busy.ledger.append_one(undo(busy.hand(), entry))
    delivery = room(busy).delivery
    assert (delivery.handed_at, delivery.changed) == (None, 0)
    mark = next(iter(busy.ledger.entries(event=busy.event, kinds=("sign-out",))))
    busy.ledger.append_one(undo(busy.hand(), mark))
    assert room(busy).delivery.changed == 1


async def test_a_step_whose_turn_has_not_come_says_so(busy: Day) -> None:
    """Enter on pack before the approval does nothing but say what comes first."""
    async with seat_of(busy) as seat:
        await seat.type("c")
        await stand_on(seat, "pack")
        await seat.type("enter")
        await seat.told("Pack: the steps above come first.")


async def test_closing_is_undone_like_everything(busy: Day) -> None:
    """`u` after closing the doors opens them again."""
    busy.at("15:50")
    async with seat_of(busy) as seat:
        await seat.type("c", "enter", "enter", "the end", "enter", "enter")
        await seat.until(lambda: done(seat, "still-in"))
        await stand_on(seat, "close")
        await seat.type("enter")
        await seat.until(lambda: done(seat, "close"))
        await seat.type("u")
        await seat.until(lambda: not done(seat, "close"))
    assert read_event(busy.ledger, busy.event).closed_at is None


def test_the_checklist_follows_the_room(busy: Day) -> None:
    """What is open, what waits, whom it concerns."""
    found = {step.name: step for step in steps(room(busy))}
    assert len(found["still-in"].rows) == 23
    assert [row.name for row in found["not-seen"].rows if isinstance(row, Row)] == [
        "Diaz, Rosa",
        "Quispe, Inés",
        "Yamamoto, Yuki",
    ]
    assert [row.name for row in found["walk-ins"].rows if isinstance(row, Row)] == ["Evers, Ingrid"]
    assert not found["close"].ready
    assert next_step(steps(room(busy))) == 0


async def test_a_poll_that_is_open_is_named_before_the_doors_close(busy: Day) -> None:
    """Whoever closes the doors reads first that the poll ends and is counted with them."""
    busy.at("15:50")
    fold = events.read_fold(busy.ledger, busy.event)
    busy.ledger.append(everyone_out(busy.hand(), fold, at=busy.clock(), reason="the end"))
    asked = ReadyPoll("", "Before you go", (Question("q1", "text", "One word"),), exit=True)
    one = read_event(busy.ledger, busy.event)
    busy.ledger.append_one(open_poll(busy.hand(), one, PollPicture(one.id), asked))
    async with seat_of(busy) as seat:
        await seat.type("c")
        await seat.sees('ends and counts "Before you go"')


def test_the_due_day_is_said_as_people_say_it() -> None:
    """In so many days, tomorrow, today, overdue."""
    day = date(2023, 12, 16)
    said = [due_text(day, date(2023, 12, day_)) for day_ in (6, 15, 16, 17)]
    assert [re.sub(r" \(.*", "", words) for words in said] == [
        "sheet due in 10 days", "sheet due tomorrow", "sheet due today", "sheet due overdue",
    ]  # fmt: skip
    assert due_text(None, day) == ""


async def test_receipts_are_read_from_a_folder_that_is_named(busy: Day, tmp_path: Path) -> None:
    """Nothing came where the parcels were sent: what is missing is said, and a folder is enough to name."""
    busy.at("15:50")
    place = tmp_path / "office share"
    elsewhere = tmp_path / "mail"
    place.mkdir()
    elsewhere.mkdir()
    deliver_all(busy, place)
    answers = receive(f"sqlite:///{tmp_path / 'r.db'}", [place], clock=busy.clock, chance=Chance(7), office="office")
    for answer in answers:
        if answer.receipt is not None:
            answer.receipt.rename(elsewhere / answer.receipt.name)
    async with seat_of(busy) as seat:
        await seat.type("c")
        await seat.until(lambda: done(seat, "hand-over"), "handed over")
        await stand_on(seat, "receipt")
        await seat.type("enter")
        await seat.sees("0 of 2 receipts read")
        await seat.type("nowhere", "enter")
        await seat.sees("There is no such file or folder")
        await seat.type(*["backspace"] * 7, str(elsewhere), "enter")
        await seat.told("2 of 2 receipts read: accepted")
        await seat.until(lambda: done(seat, "receipt"), "receipted")


async def test_an_approval_is_given_with_the_hours_in_sight(busy: Day) -> None:
    """The pane of the step: everybody with times, minutes and hours, doubts and least first; totals and what is open."""
    busy.at("15:50")
    async with seat_of(busy) as seat:
        await seat.type("h", "25", "enter", "c", "enter", "enter", "enter", "enter")
        await seat.until(lambda: done(seat, "still-in"))
        await stand_on(seat, "close")
        await seat.type("enter")
        await seat.until(lambda: done(seat, "close"))
        await stand_on(seat, "approve")
        await seat.sees("24 people · ")
        await seat.sees("25 heads counted at 15:50, 23 signed in at the end")
        lines = [line for line in seat.text().splitlines() if line.startswith("│  ") and " min " in line]
        assert "Evers, Ingrid" in lines[0]
        assert "Ito, Kenji" in lines[1]
        await seat.type("enter")
        await seat.sees("Still open: ⚑ 1 to be decided · 25 heads counted at 15:50, 23 signed in")
        await seat.sees("R. Facilitator")
