"""Today, search, schedule, read-only desks, and what is said when there is nothing or nothing can be read."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta
from pathlib import Path

from plfacilitate.core.plan import Event
from plfacilitate.front.desk.desklock import DeskLock
from plfacilitate.front.desk.painting.pictures import Card, DayPicture, Delivery
from plfacilitate.front.desk.screens.today import EMPTY, NOTHING_TODAY, DayList, day_lines
from plfacilitate.steps import keeping
from plfacilitate.steps.events import events, read_event, read_fold
from tests.front.desk.conftest import seat_of
from tests.front.desk.day import DAY, Day


async def test_one_key_opens_the_room_of_today(busy: Day) -> None:
    """Today's event stands under the cursor; Enter is enough."""
    async with seat_of(busy, event=False) as seat:
        await seat.sees("open: 23 in the room, 26 expected")
        await seat.sees("1 doubt to decide")
        await seat.type("enter")
        await seat.sees("Alvarez, Maria")
        assert seat.app.event is not None
        await seat.type("escape")
        await seat.sees("To do")


async def test_today_says_what_runs_and_how_late_the_day_is(busy: Day) -> None:
    """By the plan, then as it is kept at the desk; nothing where the event is closed."""
    async with seat_of(busy, event=False) as seat:
        await seat.sees("▶ Consultancy in groups of six")
        await seat.sees("48:00 left")
        assert "behind" not in seat.text()
        run = read_fold(busy.ledger, busy.event).run
        busy.ledger.append_one(keeping.start(busy.hand(), busy.event, run, 1))
        await seat.sees("▶ Student ownership in practice")
        await seat.sees("1 h 57 behind")
        busy.ledger.append_one(busy.hand().draft("event-closed", event=busy.event))
        await seat.sees("closed, ")
        assert "▶ Student" not in seat.text()


def test_what_runs_past_midnight_is_still_of_today(busy: Day) -> None:
    """The next day has begun, the last segment has not ended: it stands above; two days later it is only to be closed."""
    run = read_fold(busy.ledger, busy.event).run
    busy.ledger.append_one(keeping.start(busy.hand(), busy.event, run, 8))
    late = card(busy, run=read_fold(busy.ledger, busy.event).run)

    def told(hours: int) -> list[str]:
        at = busy.moment("15:45") + timedelta(hours=hours)
        lines = day_lines(DayPicture(at.astimezone(busy.zone).date(), (late,)), at)
        return [line.text.strip() for line in lines]

    assert "▶ Commitments and closing" in told(9)
    assert "▶ Commitments and closing" not in told(40)


async def test_an_empty_workspace_says_what_to_do(empty: Day) -> None:
    """No event at all: one sentence with the key and the command."""
    async with seat_of(empty, event=False) as seat:
        await seat.sees("press s to put a session on a day")


async def test_a_day_without_an_event_is_not_an_empty_workspace(busy: Day) -> None:
    """The day after: nothing today, but something to do."""
    busy.clock.forward(days=1)
    async with seat_of(busy, event=False) as seat:
        await seat.sees(NOTHING_TODAY)
        await seat.sees("to close, sheet due in 9 days")


async def test_a_newer_ledger_is_a_sentence_not_an_empty_day(empty: Day) -> None:
    """A ledger that this version doesn't know looks like nothing else."""
    empty.ledger.close()
    with sqlite3.connect(empty.around.workspace.ledger) as connection:
        connection.execute("PRAGMA user_version = 99")
    async with seat_of(empty, event=False) as seat:
        said = "was written by a newer plfacilitate"  # after a path of any length: it may stand on two lines
        await seat.until(lambda: said in " ".join(seat.text().split()), said)
        assert EMPTY.split(":")[0] not in seat.text()
        assert not seat.app.may_write


async def test_a_session_is_scheduled_without_the_command_line(empty: Day) -> None:
    """`s`, the plan, the session, the place: the event is there, and `d` opens its doors."""
    async with seat_of(empty, event=False, door=False) as seat:
        await seat.type("s")
        await seat.sees("Puget Sound Personalized Learning Institute")
        options = [one for one in seat.text().splitlines() if "│" in one and "session" in one]
        assert options
        at = next(n for n, one in enumerate(options) if "Puget" in one)
        await seat.type(*["down"] * at, "enter")
        await seat.sees("which session of Puget Sound")
        await seat.type("enter")
        await seat.sees("where it takes place")
        await seat.type("Renton", "f2")
        await seat.told("is on 06 Dec")
        await seat.sees("d opens the doors")
        await seat.type("d")
        await seat.told("The doors are open")
        await seat.until(lambda: seat.app.event is not None and seat.app.event.opened_at is not None)
        assert seat.keeper.asked == [f"want {seat.app.watched}"]
    (event,) = events(empty.ledger)
    assert (event.place, event.day) == ("Renton", DAY)


async def test_a_second_desk_reads_only_and_says_so(busy: Day) -> None:
    """One desk a workspace writes: the second one shows everything, writes nothing, and its keys are grey."""
    first = DeskLock.take(busy.around)
    second = DeskLock.take(busy.around)
    assert first.held
    assert not second.held
    try:
        async with seat_of(busy, lock=second) as seat:
            await seat.sees("READ ONLY")
            await seat.sees("Another desk writes to this workspace (since 10:42)")
            await seat.type("i", "yem", "n", "u")
            assert not seat.app.screen.is_modal
            busy.comes(busy.person("Diaz").id, "10:41")
            await seat.sees("10:41")
    finally:
        first.release()
        second.release()


def test_a_released_lock_is_free(busy: Day) -> None:
    """The next desk writes once the first one has gone."""
    DeskLock.take(busy.around).release()
    again = DeskLock.take(busy.around)
    assert again.held
    again.release()


async def test_search_finds_people_with_a_slip_and_notes_by_their_words(busy: Day) -> None:
    """One field for both; a name with one wrong letter is still found."""
    async with seat_of(busy) as seat:
        await seat.type("n", "parking is short at Renton", "enter")
        await seat.told("Note kept")
        await seat.type("f", "parking")
        await seat.sees("Notes and POP-ups")
        await seat.sees("Consultancy in groups of six")
        for _ in "parking":
            await seat.type("backspace")
        await seat.type("washingtan keisha")
        await seat.sees("Washington, Keisha")
        await seat.type("enter", "enter")
        await seat.sees("minutes of agenda")


async def test_help_names_every_key_of_the_screen(busy: Day) -> None:
    """`?` shows what the focused list is and what each key does."""
    async with seat_of(busy) as seat:
        await seat.type("question_mark")
        await seat.sees("Everybody who is expected or came")
        await seat.sees("Sign somebody in by name")


async def test_palette_holds_the_actions(busy: Day) -> None:
    """`ctrl+p` finds a command by its name and does it."""
    async with seat_of(busy) as seat:
        await seat.type("ctrl+p")
        await seat.sees("Search for commands")
        await seat.type("head")
        await seat.sees("How many heads you count")
        await seat.pilot.pause(0.3)
        await seat.type("enter", "enter")
        await seat.sees("Heads")


async def test_keys_are_dealt_with_in_the_order_they_were_typed(busy: Day) -> None:
    """A whole sentence of keys in one go, as a fast typist or a slow moment gives it: nobody is lost."""
    from textual import events as keys

    async with seat_of(busy) as seat:
        for key in ("i", "d", "i", "a", "enter"):
            seat.app.post_message(keys.Key(key, key if len(key) == 1 else "\r"))
        await seat.sees("Diaz, Rosa in at 10:42")


async def test_quit_asks_while_the_door_is_open(busy: Day) -> None:
    """The door goes on without the desk: that is asked, and Enter means no."""
    async with seat_of(busy) as seat:
        await seat.type("Q")
        await seat.sees("Phones can go on signing in")
        await seat.type("enter")
        await seat.until(lambda: not seat.app.screen.is_modal)
        await seat.type("Q", "y")
        await seat.until(lambda: seat.app._exit)
    assert seat.keeper.asked[-1] == "leave"


async def test_themes_go_round(busy: Day) -> None:
    """Dark, light, high contrast, and back."""
    async with seat_of(busy) as seat:
        seen = []
        for _ in range(3):
            await seat.app.action_do("theme")
            await seat.pilot.pause()
            seen.append(seat.app.theme)
        assert seen == ["light", "high contrast", "dark"]


def card(day: Day, **facts: object) -> Card:
    """A card of the day's event."""
    event: Event = read_event(day.ledger, day.event)
    return Card(event, **{"present": 0, "seen": 3, "expected": 5, "due": date(2023, 12, 16), **facts})  # type: ignore[arg-type] # facts of a test


def test_a_place_without_room_is_left_out(busy: Day) -> None:
    """Whole or not at all: a lone … beside the title says nothing."""
    line = next(one for one in day_lines(DayPicture(DAY, (card(busy),)), busy.clock()) if one.card is not None)
    wide, narrow = ("".join(part.text for part in DayList().draw(line, width)[0]) for width in (120, 70))
    assert wide == f"{narrow}  Renton"


def test_to_do_names_the_next_paper_and_the_due_day(busy: Day) -> None:
    """A closed day asks for approval, then packing, then the hand-over, until it is handed over."""
    busy.at("16:00")
    hand = busy.hand()
    busy.ledger.append_one(hand.draft("event-closed", event=busy.event))
    now = busy.clock()

    def words(delivery: Delivery) -> list[str]:
        return [
            line.words
            for line in day_lines(DayPicture(DAY, (card(busy, delivery=delivery),)), now)
            if line.goal == "close"
        ]

    assert words(Delivery()) == ["to approve, sheet due in 10 days (Sat 16 Dec)"]
    assert words(Delivery(now)) == ["to pack, sheet due in 10 days (Sat 16 Dec)"]
    assert words(Delivery(now, now)) == ["to hand over, sheet due in 10 days (Sat 16 Dec)"]
    assert words(Delivery(now, now, now)) == []
    assert words(Delivery(now, now, now, answer="held: call us")) == ["held at the office: Enter shows why"]
    day = DayPicture(DAY, (card(busy, delivery=Delivery(now, now)),))
    assert "    the stick is gone" in [line.text for line in day_lines(day, now, waits=lambda _: "the stick is gone")]


def test_a_played_day_is_a_real_one(tmp_path: Path, busy: Day) -> None:
    """The tests' own day: 26 expected, 23 of them came, one walked in."""
    fold = read_fold(busy.ledger, busy.event)
    assert len(fold.expected) == 26
    assert len(fold.persons()) == 27
