"""The agenda at the desk: begun, moved on, paused, re-timed, undone, killed, merged with another laptop's."""

from __future__ import annotations

from plfacilitate.core.keeping.run import Run
from plfacilitate.front.desk.screens.agenda import AgendaScreen
from plfacilitate.front.desk.screens.room import RoomScreen
from plfacilitate.steps import keeping
from plfacilitate.steps.events import read_fold
from tests.front.desk.conftest import Seat, seat_of
from tests.front.desk.day import Day


def kept(day: Day) -> Run:
    """The agenda as the ledger has it."""
    return read_fold(day.ledger, day.event).run


def begun(day: Day, place: int, at: str) -> None:
    """A segment began, on this laptop."""
    day.at(at)
    day.ledger.append_one(keeping.start(day.hand(), day.event, kept(day), place))


async def tick(seat: Seat, day: Day, at: str, second: int = 0) -> None:
    """It is this time, and the desk looks."""
    day.clock.set(day.moment(at).replace(second=second))
    seat.app.repaint()
    await seat.pilot.pause()


async def test_a_leads_to_the_agenda_and_back(busy: Day) -> None:
    """From the room, and Esc as well as `a` go back."""
    async with seat_of(busy) as seat:
        for back in ("a", "escape"):
            await seat.type("a")
            await seat.sees("Does it still fit?")
            assert isinstance(seat.app.screen, AgendaScreen)
            await seat.type(back)
            await seat.until(lambda: isinstance(seat.app.screen, RoomScreen))


async def test_it_is_shown_as_planned_until_somebody_begins_it(busy: Day) -> None:
    """The desk never moves it on: what runs is what was begun, hours later too."""
    async with seat_of(busy, size=(120, 40)) as seat:
        await seat.type("a")
        await seat.sees("shown as planned")
        await seat.type("home", "enter")
        await seat.told("Welcome and purpose runs: 15 min")
        assert kept(busy).running == 0
        await tick(seat, busy, "13:00")
        await seat.sees("2:03:00 over")
        assert kept(busy).running == 0


async def test_the_next_segment_begins_with_one_key_and_the_end_after_the_last(busy: Day) -> None:
    """The right arrow, nine times, and then there is nothing to move on to."""
    async with seat_of(busy) as seat:
        await seat.type("a")
        await seat.sees("shown as planned")
        for place in range(9):
            await seat.type("right")
            await seat.until(lambda at=place: kept(busy).running == at, f"segment {place}")  # type: ignore[misc]  # a place of its own each
        await seat.type("right")
        await seat.told("The agenda has ended")
        await seat.type("right")
        await seat.told("The agenda has ended: choose a segment")


async def test_left_and_behind_and_next_stand_in_the_room(busy: Day) -> None:
    """As the sketch has it: what runs, what is left, how late the day is, what comes."""
    begun(busy, 1, "8:47")
    busy.at("9:47")
    async with seat_of(busy, size=(120, 40)) as seat:
        await seat.sees("Student ownership in practice")
        await seat.sees("◔ 15:00 soon over")
        await seat.sees("2 min behind")
        await seat.sees("NEXT  Break 10:02 (15)")
        await seat.sees("⚠ Lunch 2 min late")
        await tick(seat, busy, "9:59")
        await seat.sees("◆ 3:00 nearly over")
        await tick(seat, busy, "10:05", 7)
        await seat.sees("▲ 3:07 over")


async def test_a_minute_more_or_less_for_what_runs(busy: Day) -> None:
    """In the room and at the agenda; the plan's own minutes stay beside them."""
    begun(busy, 1, "8:45")
    busy.at("9:00")
    async with seat_of(busy, size=(120, 40)) as seat:
        await seat.type("+")
        await seat.told("75 → 76 min")
        await seat.type("a", "+")
        await seat.told("76 → 77 min")
        await seat.sees("75 → 77")
        await seat.type("-", "-", "-")
        await seat.until(lambda: kept(busy).minutes[1] == 74)
        await seat.type("u", "u")
        await seat.until(lambda: kept(busy).minutes[1] == 76)


async def test_no_segment_gets_less_than_a_minute(busy: Day) -> None:
    """However often the key is pressed."""
    begun(busy, 0, "8:30")
    async with seat_of(busy) as seat:
        await seat.type("a", *["-"] * 17)
        await seat.until(lambda: kept(busy).minutes[0] == 1)
        await seat.told("1 → 1 min")


async def test_a_pause_stands_still_and_goes_on(busy: Day) -> None:
    """What is left stays, the day gets later; `space` both ways, and `u`."""
    begun(busy, 1, "8:45")
    busy.at("9:00")
    async with seat_of(busy, size=(120, 40)) as seat:
        await seat.type("a", "space")
        await seat.told("is paused")
        await tick(seat, busy, "9:10")
        await seat.sees("‖ 1:00:00 left, paused")
        await seat.sees("10 min behind")
        await seat.type("space")
        await seat.told("runs: 75 min")
        await tick(seat, busy, "9:11")
        await seat.sees("59:00 left")
        await seat.type("u", "u")
        await tick(seat, busy, "9:15")
        await seat.sees("45:00 left")


async def test_a_jump_is_the_cursor_and_enter(busy: Day) -> None:
    """Over the break to the protocol: it was skipped; and back to it."""
    begun(busy, 1, "8:45")
    busy.at("10:00")
    async with seat_of(busy, size=(120, 40)) as seat:
        await seat.type("a")
        await seat.until(lambda: seat.app.segment == 2, "the cursor stands on what comes next")
        await seat.type("down", "enter")
        await seat.told("Consultancy in groups of six runs")
        await seat.sees("skipped")
        await seat.type("up", "up", "enter")
        await seat.until(lambda: kept(busy).running == 2)


async def test_a_late_morning_is_spread_and_lunch_is_on_time(busy: Day) -> None:
    """12 minutes late before the protocol: it says what does not fit, `r` makes it fit, the afternoon stays."""
    begun(busy, 1, "8:45")
    begun(busy, 2, "10:12")
    async with seat_of(busy, size=(120, 40)) as seat:
        await seat.type("a")
        await seat.sees("Lunch: planned 11:30, expected 11:42, 12 min late")
        await seat.sees("r takes 12 min from 2 segments.")
        await seat.type("r")
        await seat.told("Spread over 2: Break 15 → 13 min, Consultancy in groups of six 75 → 65 min")
        await seat.sees("It fits: the end is expected at 15:45")
        await seat.sees("on time")
        assert kept(busy).minutes[4:] == tuple(span.segment.minutes for span in kept(busy).spans[4:])
        await seat.type("r")
        await seat.told("The agenda fits")


async def test_what_no_spread_can_win_is_said_with_what_to_do(busy: Day) -> None:
    """An hour late before 90 minutes of which 45 may go: jump over something, or end later."""
    begun(busy, 2, "11:10")
    async with seat_of(busy, size=(80, 24)) as seat:
        await seat.type("a")
        await seat.sees("1 h 10 late")
        await seat.sees("jump over")
        await seat.type("r")
        await seat.told("min are still too many")
        await seat.type("r")
        await seat.told("Nothing that is left may become shorter")


async def test_a_desk_that_was_killed_goes_on_to_the_second(busy: Day) -> None:
    """Another desk on the same ledger shows what the first would have shown."""
    begun(busy, 1, "8:45")
    busy.at("9:00")
    async with seat_of(busy, size=(120, 40)) as first:
        await first.type("a", "+")
        await first.told("75 → 76 min")
    busy.clock.set(busy.moment("9:21").replace(second=40))
    async with seat_of(busy, size=(120, 40)) as again:
        await again.sees("39:20 left")


async def test_what_another_laptop_says_counts_here(busy: Day) -> None:
    """It comes in while the desk looks on; both said the same within a minute."""
    begun(busy, 1, "8:45")
    busy.at("10:01")
    async with seat_of(busy, size=(120, 40)) as seat:
        await seat.type("a")
        for _ in range(2):
            busy.ledger.append_one(
                busy.hand().draft("segment-started", event=busy.event, body={"segment": 2, "title": "Break"})
            )
        await seat.sees("▶ 10:00 10:01")
        assert len(kept(busy).pieces) == 2


async def test_a_note_is_tagged_with_what_really_runs(busy: Day) -> None:
    """Not with what the plan would have now."""
    begun(busy, 1, "8:45")
    busy.at("10:10")
    async with seat_of(busy) as seat:
        await seat.type("n", "they go on", "f2")
        await seat.until(lambda: read_fold(busy.ledger, busy.event).facts("note"))
    note = read_fold(busy.ledger, busy.event).facts("note")[-1]
    assert note.body["segment"] == "Student ownership in practice"


async def test_the_wall_shows_it_too(busy: Day) -> None:
    """Full screen, for the projector."""
    begun(busy, 1, "8:47")
    busy.at("9:47")
    async with seat_of(busy, size=(120, 40)) as seat:
        await seat.type("q")
        await seat.sees("◔ 15:00 soon over")
        await seat.sees("2 min behind")


async def test_a_desk_that_reads_only_shows_it_and_changes_nothing(busy: Day) -> None:
    """Its keys are grey."""
    begun(busy, 1, "8:45")
    from plfacilitate.front.desk.desklock import DeskLock

    first, second = DeskLock.take(busy.around), DeskLock.take(busy.around)
    try:
        async with seat_of(busy, size=(120, 40), lock=second) as seat:
            await seat.type("a")
            await seat.sees("Does it still fit?")
            await seat.type("right", "+", "space", "r", "enter")
            assert len(kept(busy).pieces) == 1
    finally:
        first.release()
