"""The agenda at the desk: begun, moved on, paused, re-timed, undone, killed, merged with another laptop's."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

import pytest

from plfacilitate.core.keeping.run import Run
from plfacilitate.front.desk.orders.day import _choose_session
from plfacilitate.front.desk.screens.agenda import AgendaScreen
from plfacilitate.front.desk.screens.room import RoomScreen
from plfacilitate.steps import events, keeping
from plfacilitate.steps.events import read_fold
from tests.front.desk.conftest import Seat, seat_of
from tests.front.desk.day import DAY, Day, institute


def kept(day: Day) -> Run:
    """The agenda as the ledger has it."""
    return read_fold(day.ledger, day.event).run


def begun(day: Day, place: int, at: str) -> None:
    """A segment began, on this laptop."""
    day.at(at)
    day.ledger.append_one(keeping.start(day.hand(), day.event, kept(day), place))


def held(day: Day, *minutes: int) -> None:
    """The same session was held some weeks before, and its second segment took so long, once for each of these."""
    this = day.event
    for weeks, many in enumerate(minutes, 1):
        when = DAY - timedelta(weeks=weeks)
        event = day.schedule("s3", when)
        minute = 525
        for place, length in ((1, many), (2, 15), (3, 75)):
            at = datetime(when.year, when.month, when.day, minute // 60, minute % 60, tzinfo=day.zone)
            day.clock.set(at)
            day.ledger.append_one(keeping.start(day.hand(), event, read_fold(day.ledger, event).run, place))
            minute += length
        day.clock.set(day.clock() + timedelta(minutes=75))
        day.ledger.append_one(day.hand().draft("agenda-ended", event=event))
    day.event = this
    day.at("8:00")


def runs(day: Day, place: int) -> bool:
    """Whether this segment runs."""
    return kept(day).running == place


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
            await seat.until(partial(runs, busy, place), f"segment {place}")
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
        await seat.sees("r takes 12 min: Break 15 → 13, Consultancy in groups of six 75 → 65")
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


async def test_the_minutes_that_a_segment_took_before_are_shown_and_offered(busy: Day) -> None:
    """Two earlier days of this session: the median stands beside the plan's minutes, and in the form."""
    held(busy, 80, 90)
    begun(busy, 0, "8:30")
    busy.at("8:40")
    async with seat_of(busy, size=(120, 40)) as seat:
        await seat.type("a")
        await seat.sees("80 (n 2)")
        await seat.type("m")
        await seat.sees("It took 80 min before (median of 2).")
        await seat.type("enter")
        await seat.told("Student ownership in practice 75 → 80 min")
        assert kept(busy).minutes[1] == 80
        await seat.type("m", "backspace", "backspace", "x", "enter")
        await seat.sees("Type whole minutes")
        await seat.type("escape")


async def test_all_that_is_to_come_takes_what_it_took_before_and_still_fits(busy: Day) -> None:
    """`M`: lunch keeps its time, what takes longer is given by what stands beside it."""
    held(busy, 80)
    begun(busy, 0, "8:30")
    busy.at("8:40")
    async with seat_of(busy, size=(120, 40)) as seat:
        await seat.type("a")
        await seat.sees("80 (n 1)")
        await seat.type("M")
        await seat.told("Student ownership in practice 75 →")
        await seat.sees("It fits")
        assert sum(kept(busy).minutes[:4]) == 180
        assert kept(busy).minutes[0] == 15
        await seat.type("M")
        await seat.told("There is nothing to do")


async def test_when_a_segment_began_is_put_right_with_a_reason(busy: Day) -> None:
    """The break began at 10:00 and nobody pressed; the pressed beginning is replaced, and `u` brings it back."""
    begun(busy, 1, "8:45")
    begun(busy, 2, "10:12")
    busy.at("10:13")
    async with seat_of(busy, size=(120, 40)) as seat:
        await seat.type("a", "up")
        await seat.until(lambda: seat.app.segment == 2)
        await seat.type("t")
        await seat.sees("When did it begin?")
        await seat.type("enter", "enter")
        await seat.sees("needs a reason")
        await seat.type("escape", "t", *["backspace"] * 5, "10:00", "enter", "pressed late", "enter")
        await seat.told("Break began at 10:00")
        assert [(piece.segment, piece.began) for piece in kept(busy).pieces] == [
            (1, busy.moment("8:45")), (2, busy.moment("10:00"))
        ]  # fmt: skip
        await seat.type("t", *["backspace"] * 5, "11:30", "enter", "not yet", "enter")
        await seat.told("That time is still to come")
        await seat.type("escape", "u")
        await seat.until(lambda: kept(busy).pieces[1].began == busy.moment("10:12"))


async def test_it_is_silent_until_somebody_wants_to_hear_it(busy: Day) -> None:
    """One sound at orange, two at red, three at the end, each once; none for what was passed before."""
    begun(busy, 1, "8:45")
    busy.at("9:00")
    async with seat_of(busy) as seat:

        def second_at(at: str) -> int:
            busy.at(at)
            return seat.app.chime.rings(seat.app.standing)

        assert [second_at(at) for at in ("9:00", "9:45", "9:57", "10:00")] == [0, 0, 0, 0]
        busy.at("9:00")
        await seat.type("a", "s")
        await seat.told("Sound on")
        seen = ("9:44", "9:45", "9:46", "9:57", "9:58", "10:00", "10:20")
        assert [second_at(at) for at in seen] == [0, 1, 0, 2, 0, 3, 0]
        await seat.type("s")
        await seat.told("Sound off")


async def test_the_sound_is_remembered_when_the_desk_is_opened_again(busy: Day) -> None:
    """As it was left, for this workspace; none of it is in the ledger."""
    entries = busy.ledger.head_entry_seq()
    for before in (False, True, False):
        async with seat_of(busy) as seat:
            assert seat.app.chime.on is before
            await seat.type("a", "s")
            await seat.told("Sound off" if before else "Sound on")
    assert busy.ledger.head_entry_seq() == entries


async def test_a_session_that_was_held_before_is_offered_with_its_minutes(busy: Day) -> None:
    """When it is scheduled: as it took before unless somebody says plan; what was approved stays."""
    held(busy, 80, 85, 80)
    async with seat_of(busy, size=(120, 40), event=False) as seat:
        await seat.type("s")
        plan = institute()
        seat.app.call_later(_choose_session, seat.app, plan)
        await seat.sees("which session")
        await seat.type("down", "down", "enter")
        await seat.sees("As it took before (median of 3 runs, made to fit): ")
        await seat.type("Seattle", "enter", *["backspace"] * 10, "2024-01-17", "f2")
        await seat.told("is on 17 Jan")
    (event,) = [one for one in events.events(busy.ledger) if one.place == "Seattle"]
    fold = read_fold(busy.ledger, event.id)
    assert sum(fold.run.minutes[:4]) == 180
    assert fold.run.minutes[1] > 75
    assert event.session.agenda[1].minutes == 75


async def test_the_clock_of_the_screens_keeps_step_with_the_countdown(busy: Day) -> None:
    """It is looked at just after the second changes, whenever the segment began; without one once a second."""
    async with seat_of(busy) as seat:
        assert seat.app.next_second == 1.0
        busy.clock.set(busy.moment("8:45") + timedelta(milliseconds=300))
        busy.ledger.append_one(keeping.start(busy.hand(), busy.event, kept(busy), 1))
        await seat.until(lambda: seat.app.room.run.running == 1)
        busy.clock.set(busy.moment("9:00") + timedelta(milliseconds=500))
        assert seat.app.next_second == pytest.approx(0.8)
