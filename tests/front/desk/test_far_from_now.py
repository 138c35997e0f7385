"""Times that are far from the clock of now are asked about; the status says what was done last, and when."""

from __future__ import annotations

from plfacilitate.steps.events import read_event
from tests.front.desk.conftest import seat_of
from tests.front.desk.day import Day
from tests.front.desk.test_close import done, stand_on


async def test_everyone_out_in_the_future_is_asked_about_and_enter_means_no(busy: Day) -> None:
    """At 10:42, out at 15:45: Enter goes back to the dialog with all that was typed, y does it."""
    async with seat_of(busy) as seat:
        await seat.type("e", *["backspace"] * 5, "15:45", "enter", "enter", "enter")
        await seat.sees("15:45 is 5 h 03 min ahead: really?")
        await seat.type("enter")
        await seat.sees("Everyone still here")
        await seat.sees("15:45")
        assert seat.app.room.present == 23
        await seat.type("enter", "y")
        await seat.told("23 people out at 15:45 · u undoes")
        await seat.sees("10:42 ✓ 23 people signed out at 15:45 (desk)")
        await seat.type("u")
        await seat.sees("10:42 ↶ 23 people signed out at 15:45: taken back")


async def test_a_time_of_now_is_not_asked_about(busy: Day) -> None:
    """The time that stands there is now: three times Enter, as ever."""
    async with seat_of(busy) as seat:
        await seat.type("e", "enter", "enter", "enter")
        await seat.told("23 people out at 10:42")


async def test_a_correction_into_the_future_is_asked_about(busy: Day) -> None:
    """A slip in a corrected time is caught too; n writes nothing."""
    async with seat_of(busy) as seat:
        await seat.type("enter", "t", "enter", *["backspace"] * 5, "15:31", "enter", "keyed in", "enter")
        await seat.sees("15:31 is 4 h 49 min ahead: really?")
        await seat.type("n")
        await seat.until(lambda: not seat.app.screen.is_modal)
        assert not seat.toasts()


async def test_a_day_is_not_closed_hours_before_its_end_by_enter_alone(busy: Day) -> None:
    """Everyone went home at 10:42: closing the doors asks first, and y closes them."""
    async with seat_of(busy) as seat:
        await seat.type("c", "enter", "enter", "enter", "enter")
        await seat.until(lambda: done(seat, "still-in"))
        await stand_on(seat, "close")
        await seat.type("enter")
        await seat.sees("It is 10:42, and the day ends at 15:45: close the doors 5 h 03 min")
        await seat.type("enter")
        await seat.until(lambda: not seat.app.screen.is_modal)
        assert read_event(busy.ledger, busy.event).closed_at is None
        await seat.type("enter", "y")
        await seat.until(lambda: done(seat, "close"))


async def test_the_status_says_that_the_last_one_was_taken_back(busy: Day) -> None:
    """After `u` nobody reads that they signed in; `U` says it again, and so does a desk that is opened anew."""
    async with seat_of(busy) as seat:
        await seat.type("i", "yam", "enter", "escape")
        await seat.sees("10:42 ◐ Yamamoto, Yuki signed in (desk)")
        await seat.type("u")
        await seat.sees("10:42 ↶ Yamamoto, Yuki signed in at 10:42: taken back")
    async with seat_of(busy) as seat:
        await seat.sees("10:42 ↶ Yamamoto, Yuki signed in at 10:42: taken back")


async def test_the_problem_form_says_the_keys_that_it_has(busy: Day) -> None:
    """Enter makes a new line in Problem, so the legend names Tab."""
    async with seat_of(busy) as seat:
        await seat.type("P")
        await seat.sees("No problem of practice yet")
        await seat.type("a")
        await seat.sees("Tab next field · F2 keeps it · F3 one from the bank · Esc back")
