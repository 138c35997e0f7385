"""Names that slipped into the notes of a visit, at the desk: looked at, chosen, taken out for good."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from textual import events
from textual.pilot import Pilot

from plfacilitate.front.desk.app import desk
from plfacilitate.front.desk.deeds.attendance import note
from plfacilitate.front.desk.screens.names import NamesScreen
from plfacilitate.steps import observe
from plfacilitate.steps.capture import written
from tests.core.test_observation import ROOM
from tests.front.desk.conftest import PlayedKeeper, Seat, seat_of
from tests.front.desk.day import Day
from tests.front.desk.test_pictures import Compare, no_blinking, sizes
from tests.front.desk.visiting import DANA, LAN, observes, standing, visiting_day
from tests.steps.test_unname import on_disk

__all__ = ["no_blinking"]  # a fixture
LINES = (
    "Then Xiomara asks why the map has no north",
    "Xiomara Quennell: because it turns",
    "Ms. Vandermolen hands out the second text",
    "Zara hums",
)


def observed(day: Day) -> None:
    """An observation that is over, with names in its lines."""
    (began,) = written(day.ledger.append([observe.begin(day.hand(), day.event, ROOM, observer="Ada Okoro")]))
    found = observe.read_visit(day.ledger, day.event).observation(began.id)
    assert found is not None
    for at, text in enumerate(LINES):
        written(day.ledger.append([observe.line(day.hand(), found, text, at=day.moment(f"10:{at:02}"))]))
    written(day.ledger.append([observe.end(day.hand(), found)]))


def lines(day: Day) -> list[str]:
    """What the script says."""
    return [line.text for line in observe.read_visit(day.ledger, day.event).observations[0].lines]


async def look(seat: Seat) -> NamesScreen:
    """The screen with the list."""
    await seat.app.give("unnaming:look")
    await seat.until(lambda: isinstance(seat.app.screen, NamesScreen))
    await seat.sees("asks why the map")
    screen = seat.app.screen
    assert isinstance(screen, NamesScreen)
    return screen


async def test_what_is_chosen_is_taken_out_after_a_question(busy: Day) -> None:
    """A student by a number of one's own, an adult as proposed, a word that is no name stays; then nothing is left."""
    observed(busy)
    async with seat_of(busy) as seat:
        seat.app.do_deed(note(busy.event, "Xiomara's map is on the wall", ""))
        seat.app.drafts.keep(f"note:{busy.event}", {"text": "thank Xiomara"})
        screen = await look(seat)
        assert dict(screen.changes) == {"Xiomara": "S1", "Xiomara Quennell": "S1", "Vandermolen": "the teacher"}
        await seat.type("backspace", "backspace", "S7", "enter", "enter", "backspace", "backspace", "S7")
        await seat.type("f9")
        await seat.sees("erased here and on every laptop")
        await seat.type("y")
        await seat.told("3 names taken out of 4 texts for good.")
        assert not isinstance(seat.app.screen, NamesScreen)
        await seat.type("u")
        await seat.told("There is nothing to take back in this sitting")
    assert lines(busy)[2:] == ["the teacher hands out the second text", "Zara hums"]
    assert lines(busy)[:2] == ["Then S7 asks why the map has no north", "S7: because it turns"]
    busy.ledger.close()
    for name in ("Xiomara", "Vandermolen"):
        assert name not in on_disk(busy.around.workspace.root)


async def test_what_is_blind_says_where_it_stands_and_one_s_own_is_shown(tmp_path: Path) -> None:
    """Lan still observes: the word in her line has no example but a sentence; the one of whoever asks has one."""
    day = visiting_day(tmp_path, "10:10")
    for who, text in ((LAN, "then Zadie hums"), (DANA, "then Marlo hums")):
        began = observes(day, who, "s1", "psesd-lens", at="9:01")
        seen = standing(day).observation(began)
        assert seen is not None
        day.ledger.append([observe.line(day.hand(), seen, text)])
    async with seat_of(day) as seat:
        await seat.app.give("unnaming:look")
        await seat.until(lambda: isinstance(seat.app.screen, NamesScreen))
        await seat.sees("then Marlo hums")
        await seat.sees("in a line of a script, blind still")
        await seat.type("down")
        await seat.sees("until then notes are blind")
        assert "Zadie hums" not in seat.text()


async def test_leaving_or_no_changes_nothing(busy: Day) -> None:
    """F3 leaves a name; Enter means no; Esc goes back."""
    observed(busy)
    async with seat_of(busy) as seat:
        screen = await look(seat)
        first = screen.names.current
        assert first is not None
        await seat.type("f3")
        assert first.found.name not in screen.changes
        await seat.sees("2 of 4 go")
        await seat.type("f3", "f9")
        await seat.sees("erased here and on every laptop")
        await seat.type("enter", "escape")
        await seat.until(lambda: not isinstance(seat.app.screen, NamesScreen))
    assert lines(busy) == list(LINES)


async def test_keys_typed_ahead_belong_to_the_next_name(busy: Day) -> None:
    """What comes right after Enter is what becomes of the next one."""
    observed(busy)
    async with seat_of(busy) as seat:
        screen = await look(seat)
        screen.field.value = ""
        for key in ("S", "8", "enter", "S", "9", "enter"):
            screen.field.post_message(events.Key(key, key if len(key) == 1 else None))
        await seat.until(lambda: screen.names.at == 2)
        assert dict(screen.changes) == {"Vandermolen": "S8", "Xiomara": "S9", "Xiomara Quennell": "S1"}


async def test_without_a_name_there_is_one_sentence(busy: Day) -> None:
    """And the warning that it may have missed one."""
    async with seat_of(busy) as seat:
        await seat.app.give("unnaming:look")
        await seat.told("No name was found in what was noted.")


@sizes
def test_names(snap_compare: Compare, busy: Day, size: tuple[int, int]) -> None:
    """Each with how often, one place, and what stands instead."""
    observed(busy)
    keeper = PlayedKeeper(busy.event)
    app = desk(busy.around, event=busy.event, keeper=keeper)

    async def before(pilot: Pilot[Any]) -> None:
        seat = Seat(app, pilot, keeper)
        await seat.until(app.feed.ready.is_set)
        await look(seat)
        await seat.type("down")
        await pilot.pause(0.1)

    assert snap_compare(app, terminal_size=size, run_before=before)
