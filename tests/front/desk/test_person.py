"""A person: presence, credit line by line, corrections with a reason, doubts."""

from __future__ import annotations

from plfacilitate.core.text import cells
from plfacilitate.front.desk.lists.timeline import drawing
from plfacilitate.steps import events
from plfacilitate.steps.approve import approve
from plfacilitate.steps.events import read_event, read_fold
from tests.front.desk.conftest import Seat, seat_of
from tests.front.desk.day import Day


async def opened(seat: Seat, name: str) -> None:
    """Go to a person through the filter."""
    await seat.type("slash", name, "enter", "enter")
    await seat.sees("minutes of agenda")


async def test_enter_opens_a_person_with_the_reckoning(busy: Day) -> None:
    """Every minute that does not count has its line: lunch, breaks, lateness, and the whole as hours."""
    busy.leaves(busy.person("Chen").id, "15:45")
    busy.at("15:50")
    async with seat_of(busy) as seat:
        await opened(seat, "chen")
        for words in ("435  minutes of agenda", "−45  lunch", "−30  breaks", "−61  signed in at 9:31", "299  minutes"):
            await seat.sees(words)
        await seat.sees("Credit · 4.5 h, pending, under psesd 2026-1")
        await seat.sees("in   9:31  badge, by R. Facilitator")


async def test_a_correction_keeps_the_old_time_and_the_reason(busy: Day) -> None:
    """`c` gives the mark another time; the line says what it was before and why."""
    async with seat_of(busy) as seat:
        await opened(seat, "chen")
        await seat.type("c", "8:29", "enter", "was in the other room", "enter")
        await seat.told("Chen, Wei: in 9:31 → 8:29 · u undoes")
        await seat.sees("was 9:31 · “was in the other room”")
        await seat.until(lambda: seat.app.room.row(busy.person("Chen").id).state == "in")  # type: ignore[union-attr] # it is there
        await seat.type("u")
        await seat.until(lambda: seat.app.room.row(busy.person("Chen").id).state == "late")  # type: ignore[union-attr] # it is there


async def test_a_correction_without_a_reason_is_refused_and_nothing_is_lost(busy: Day) -> None:
    """The form stays open with what was typed and says what is missing."""
    async with seat_of(busy) as seat:
        await opened(seat, "chen")
        await seat.type("c", "8:29", "f2")
        await seat.sees("A correction needs a reason")
        await seat.sees("8:29")
        await seat.type("escape")
    assert all(not entry.replaces for entry in busy.ledger.entries(event=busy.event, kinds=("sign-in",)))


async def test_a_time_that_is_none_is_refused_in_words(busy: Day) -> None:
    """`25:99` is no time: the dialog says so."""
    async with seat_of(busy) as seat:
        await opened(seat, "chen")
        await seat.type("c", "25:99", "enter", "why", "enter")
        await seat.sees("25:99")
        assert seat.app.screen.is_modal


async def test_a_mark_is_taken_away_and_comes_back_by_undo(busy: Day) -> None:
    """`x` voids the mark under the cursor for a reason; `u` brings it back."""
    async with seat_of(busy) as seat:
        await opened(seat, "brown")
        await seat.type("x", "signed the wrong line", "enter")
        await seat.told("Brown, Dana: in 8:07 taken away")
        await seat.sees("Not seen yet.")
        await seat.type("u")
        await seat.sees("in   8:07")


async def test_a_forgotten_time_is_added_by_hand(busy: Day) -> None:
    """`t` adds an out that nobody wrote down, with a reason."""
    busy.at("15:50")
    async with seat_of(busy) as seat:
        await opened(seat, "brown")
        await seat.type("t", "enter", "15:30", "enter", "left for the bus", "enter")
        await seat.told("Brown, Dana out at 15:30")
        await seat.sees("out 15:30")


async def test_a_doubt_is_settled_with_a_word(busy: Day) -> None:
    """`y` decides the flag; the board shows the person as in again."""
    async with seat_of(busy) as seat:
        await opened(seat, "evers")
        await seat.sees("⚑ same phone as Brown, Dana")
        await seat.type("y", "y", "enter", "they share a phone", "enter")
        await seat.told("All is well: same phone as Brown, Dana")
        await seat.until(lambda: not seat.app.room.undecided)


async def test_another_email_is_written_into_the_record(busy: Day) -> None:
    """`e` edits the record; the change is an entry and can be undone."""
    async with seat_of(busy) as seat:
        await opened(seat, "brown")
        await seat.type("e", "tab", "tab", "dana@example.org", "f2")
        await seat.told("Brown, Dana: email changed")
        await seat.sees("dana@example.org")
        await seat.type("u")
        await seat.until(lambda: "dana@example.org" not in seat.text())


async def test_o_signs_the_person_on_the_screen_out(busy: Day) -> None:
    """On a person's screen the sign-out key speaks of that person."""
    async with seat_of(busy) as seat:
        await opened(seat, "brown")
        await seat.type("o")
        await seat.told("Brown, Dana out at 10:42")


def test_the_drawing_fits_its_width(busy: Day) -> None:
    """Hours, agenda, presence and times each take exactly the width they are given, from narrow to wide."""
    event, fold = read_event(busy.ledger, busy.event), read_fold(busy.ledger, busy.event)
    presence = fold.presence(busy.person("Ito").id)
    for width in (20, 49, 78, 118, 200):
        for line in drawing(event, presence, busy.clock(), width):
            assert sum(cells(part.text) for part in line) <= width


async def test_fewer_hours_are_asked_for_shown_in_the_credit_and_taken_back(busy: Day) -> None:
    """`h`: hours and a reason; the reckoning says both, `u` gives back all that was earned."""
    person = busy.person("Brown").id
    busy.leaves(person, "15:45")
    busy.at("15:50")
    async with seat_of(busy) as seat:
        await opened(seat, "brown")
        await seat.type("h", "four", "enter", "leaves for the choir", "enter")
        await seat.sees("four is no number of hours")
        await seat.type("escape", "h", "4", "enter", "leaves for the choir", "enter")
        await seat.told("Brown, Dana: asks for 4.0 h · u undoes")
        await seat.sees("4.0 h, pending")
        await seat.sees("asked for 4.0 h, fewer than the 6.0 h earned")
        await seat.sees("asks for 4.0 h: “leaves for the choir”")
        await seat.type("u")
        await seat.sees("6.0 h, pending")
    assert read_fold(busy.ledger, busy.event).request(person) is None


async def test_credits_are_chosen_in_place_of_hours_and_back(busy: Day) -> None:
    """`q`: one of what the plan offers; the line leaves the clock-hour table until it is chosen back."""
    person = busy.person("Brown").id
    async with seat_of(busy) as seat:
        await opened(seat, "brown")
        await seat.type("q")
        await seat.sees("takes clock hours now")
        await seat.type("enter", "enter")
        await seat.told("Brown, Dana: takes quarter credits · u undoes")
        await seat.sees("takes quarter credits: not in the clock-hour table")
        await seat.type("q", "enter", "enter")
        await seat.told("Brown, Dana: takes clock hours")
        await seat.until(lambda: "takes quarter credits:" not in seat.text())
        await seat.type("u")
        await seat.sees("takes quarter credits: not in the clock-hour table")
    chosen = read_fold(busy.ledger, busy.event).choice(person)
    assert chosen is not None
    assert chosen[1] == "quarter-credits"


async def test_what_was_approved_is_not_asked_for_any_more(busy: Day) -> None:
    """Once the sheet is approved neither key does anything, and neither is on the key line."""
    busy.at("15:50")
    events.close_event(busy.ledger, busy.hand(), read_event(busy.ledger, busy.event))
    approve(busy.ledger, busy.hand(), busy.event)
    async with seat_of(busy) as seat:
        await opened(seat, "brown")
        await seat.until(lambda: seat.app.room.delivery.approved_at is not None)
        await seat.type("h", "q")
        assert not seat.app.screen.is_modal
        assert "fewer hours" not in seat.text()
