"""The visit at the desk: the way with names and states, changed there, and never a word of what others noted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Input

from plfacilitate.core.visiting.plan import Stop, Visit
from plfacilitate.front.desk.lists.visit_lines import VisitLine
from plfacilitate.front.desk.screens.debrief import DebriefScreen
from plfacilitate.front.desk.screens.fill import FillScreen
from plfacilitate.front.desk.screens.observe import ObserveScreen
from plfacilitate.front.desk.screens.room import RoomScreen
from plfacilitate.front.desk.screens.visit import VisitScreen
from plfacilitate.front.widgets.dialogs.choose import Choose
from plfacilitate.shelf.protocols import find_protocol
from plfacilitate.steps import observe
from tests.front.desk.conftest import Seat, seat_of
from tests.front.desk.day import Day
from tests.front.desk.visiting import DANA, LAN, NOWHERE, announce, observes, standing, visiting_day
from tests.visits import EXAMPLE


@pytest.fixture
def visit(tmp_path: Path) -> Day:
    """Half past nine on the day of a visit: the first stop is done by both, Lan is in the second."""
    day = visiting_day(tmp_path)
    for who in (DANA, LAN):
        observes(day, who, "s1", "psesd-lens", at="9:01", ended="9:21")
    observes(day, LAN, "s2", "questions-and-talk", at="9:26")
    return day


def screen(seat: Seat) -> VisitScreen:
    """The visit on the screen."""
    assert isinstance(seat.app.screen, VisitScreen)
    return seat.app.screen


def current(seat: Seat) -> VisitLine:
    """The line under the cursor."""
    line = screen(seat).way.current
    assert line is not None
    return line


async def opened(seat: Seat) -> None:
    """The visit is on the screen."""
    await seat.type("v")
    await seat.until(lambda: isinstance(seat.app.screen, VisitScreen) and screen(seat).way.items)


def rooms(day: Day) -> list[str]:
    """The rooms of the way, as announced."""
    now = standing(day).visit
    return [stop.room for stop in now.stops] if now is not None else []


async def test_the_way_says_who_is_where_and_never_what_they_noted(visit: Day) -> None:
    """Names, states, the stop that comes next; below, since when."""
    async with seat_of(visit, size=(80, 24)) as seat:
        await opened(seat)
        text = seat.text()
        assert "✓ 09:00–09:20 Room 4" in text
        assert "▶ ● 09:25–09:45 Room 9" in text
        assert f"{LAN} observes" in text
        assert current(seat).key == "s2"
        await seat.sees("since 9:26")
        await seat.type("up")
        await seat.sees("done 9:21")
        for _ in range(12):
            assert "nobody else reads" not in seat.text()
            await seat.type("down")


async def test_what_another_laptop_brings_moves_the_line(visit: Day) -> None:
    """The screen follows the ledger."""
    async with seat_of(visit) as seat:
        await opened(seat)
        seen = standing(visit).observations[-1]
        visit.ledger.append([observe.end(visit.hand(), seen)])
        await seat.sees("1 of 2 done")


async def test_a_stop_is_added_where_its_time_is(visit: Day) -> None:
    """Its fields are checked before; `u` takes it back."""
    async with seat_of(visit) as seat:
        await opened(seat)
        await seat.type("a", "Gym", "tab", "25:00", "f2")
        await seat.sees("25:00 is no time of day")
        await seat.type("backspace", "backspace", "backspace", "backspace", "backspace", "1102", "f2")
        await seat.until(lambda: rooms(visit)[-1] == "Gym")
        found = standing(visit).visit
        assert found is not None
        assert found.stops[-1].starts == "11:02"
        assert found.stops[-1].id.startswith("s-")
        await seat.told("Gym is on the way")
        await seat.type("u")
        await seat.until(lambda: "Gym" not in rooms(visit))


async def test_a_stop_is_put_right_and_the_form_says_who_is_in_two_rooms(visit: Day) -> None:
    """The other fields stay as they were."""
    async with seat_of(visit) as seat:
        await opened(seat)
        before = standing(visit).visit
        assert before is not None
        await seat.type("e", "tab", *["backspace"] * 5, "9:10", "f2")
        await seat.sees("is in Room 4 (s1) then")
        await seat.type(*["backspace"] * 4, "9:20", "f2")
        await seat.told("Room 9 is put right")
        after = standing(visit).visit
        assert after is not None
        assert after.stop("s2") == replace(before.stops[1], starts="09:20")


async def test_a_stop_where_somebody_observed_stays(visit: Day) -> None:
    """With a sentence; one where nobody did goes."""
    async with seat_of(visit) as seat:
        await opened(seat)
        await seat.type("x")
        await seat.told(f"Room 9 stays on the way: {LAN} observed there, and that is kept.")
        await seat.type("down", "x")
        await seat.told("Room 12 is taken off the way")
        assert rooms(visit) == ["Room 4", "Room 9", "Library", "Room 15"]


async def test_purpose_and_look_fors_are_written_at_the_desk(visit: Day) -> None:
    """Enter on the first line; the stops stay."""
    async with seat_of(visit) as seat:
        await opened(seat)
        await seat.type("home", "enter")
        await seat.sees("What the visit is for")
        await seat.type(" Once more.", "f2")
        await seat.told("The visit is announced so")
    found = standing(visit).visit
    assert found is not None
    assert found.purpose.endswith("Once more.")
    assert len(found.stops) == 5
    assert found.hosts == ("Siobhán O'Leary, principal",)


async def test_a_visit_can_be_made_at_the_desk_alone(tmp_path: Path) -> None:
    """No file: what for, then stop by stop; `v` is there because of the plan."""
    day = visiting_day(tmp_path)
    planned = next(iter(day.ledger.entries(event=day.event, kinds={"visit-planned"})))
    day.ledger.append([day.hand().draft("undo", event=day.event, body={"undoes": planned.id, "reason": ""})])
    async with seat_of(day, size=(80, 24)) as seat:
        await seat.type("v")
        await seat.sees("No visit is planned yet: p says what for, l takes it from a file.")
        await seat.type("a")
        await seat.sees("What the visit is for")
        await seat.type("To see who chooses", "f2")
        await seat.sees("No stop yet: a adds one.")
        await seat.type("a", "Room 1", "f2")
        await seat.until(lambda: rooms(day) == ["Room 1"])
        await seat.until(lambda: current(seat).text == "Room 1")  # what comes next is under the cursor
    found = standing(day).visit
    assert found is not None
    assert (found.school, found.purpose, found.rooms) == ("Lakeridge Elementary", "To see who chooses", "anonymous")


async def test_rooms_can_be_named_only_where_the_office_allows_it(tmp_path: Path, visit: Day) -> None:
    """The field is not there otherwise."""
    async with seat_of(visit) as seat:
        await opened(seat)
        await seat.type("p")
        await seat.sees("Debrief")
        assert "anonymous or named" not in seat.text()
    (tmp_path / "named").mkdir()
    named = visiting_day(tmp_path / "named", rooms="named")
    async with seat_of(named) as seat:
        await opened(seat)
        await seat.type("p", *["tab"] * 4, *["backspace"] * 9, "open", "f2")
        await seat.sees("Rooms are anonymous or named.")
        await seat.type(*["backspace"] * 4, "named", "f2")
        await seat.told("The visit is announced so")
    found = standing(named).visit
    assert found is not None
    assert found.rooms == "named"


async def test_a_visit_is_taken_from_its_file(visit: Day) -> None:
    """What is wrong in it is said by line; what is right is announced."""
    path = visit.around.workspace.root / "other.toml"
    path.write_text(EXAMPLE.read_text("utf-8").replace('"Room 12"', '"Room 120"'), "utf-8")
    async with seat_of(visit) as seat:
        await opened(seat)
        await seat.app.give("visiting:from_file")
        await seat.sees("Take a visit from its file")
        seat.app.screen.query_one(Input).value = str(path)
        await seat.type("enter")
        await seat.told("5 stops, as the file says")
    assert rooms(visit)[2] == "Room 120"


async def test_what_goes_into_the_report_is_written_part_by_part(visit: Day) -> None:
    """Enter on a part begins with it; a part that nobody touched is not written again."""
    async with seat_of(visit) as seat:
        await opened(seat)
        await seat.type("end", "enter")
        await seat.sees("For the report")
        await seat.type("Students plan the week.", "f2")
        await seat.told("Kept for the report")
        await seat.sees("✓ Next level of work")
    assert dict(standing(visit).summary) == {"next": "Students plan the week."}
    (entry,) = visit.ledger.entries(event=visit.event, kinds={"visit-summary"})
    assert set(entry.body["parts"]) == {"next"}


async def test_the_key_is_there_for_a_visit_only(busy: Day, visit: Day) -> None:
    """A day without one says nothing of it, until one is announced."""
    async with seat_of(busy) as seat:
        await seat.type("v")
        assert not isinstance(seat.app.screen, VisitScreen)
        assert "v visit" not in seat.text()
        announce(busy, Visit("Dimmitt", "To see", stops=(Stop("a", "Room 1"),)))
        await seat.until(lambda: seat.app.room.visit)
        await opened(seat)
        await seat.type("escape")
        await seat.sees("v visit")
    async with seat_of(visit, event=False) as seat:
        await seat.until(lambda: seat.app.event is not None)
        await opened(seat)


async def test_names_with_markup_and_escape_codes_stay_text(tmp_path: Path) -> None:
    """On the screen and in its borders, at 80 columns."""
    nasty = Stop("a", "[red]R\x1b[31m", "09:00", 20, "[b]Host\x1b]0;x\x07", "[/]", "9", ("\u202e[link=x]Ada\x1b",))
    day = visiting_day(
        tmp_path, visit=Visit("[bold]S\x1b[2J", "[x] \x1b[31m", ("[y]",), hosts=("[z]\x1b",), stops=(nasty,))
    )
    observes(day, "\x1b[5mBen [i]", "a", "psesd-lens")
    async with seat_of(day, size=(80, 24)) as seat:
        await opened(seat)
        text = seat.text()
        assert "[red]R␛[31m" in text
        assert "[bold]S␛[2J" in text
        assert not any(char in text for char in "\x1b\x07\u202e")
        assert all(len(line) == 80 for line in text.split("\n"))
        await seat.type("up")
        assert "\x1b" not in seat.text()


async def test_the_page_for_the_school_is_printed(visit: Day) -> None:
    """From the palette, into the folder printed."""
    async with seat_of(visit) as seat:
        await opened(seat)
        await seat.app.give("visiting:print_page")
        await seat.told("The page for the school")
    assert (visit.around.workspace.root / "printed" / "site-visit-2023-12-06.pdf").read_bytes().startswith(b"%PDF")


# -- observing from here ---------------------------------------------------------------------------------------------


def begun(day: Day) -> list[tuple[str, str, str]]:
    """Who began what where, the newest last."""
    return [(one.observer, one.stop, one.protocol.id) for one in standing(day).observations]


async def left(seat: Seat) -> None:
    """Back on the visit, from whichever screen lay on it; a script asks for Esc twice."""
    if isinstance(seat.app.screen, ObserveScreen):
        await seat.sees("Type what is said and done.")
        await seat.type("escape")
        await seat.sees("Esc again leaves")
    await seat.type("escape")
    await seat.until(lambda: isinstance(seat.app.screen, VisitScreen))


async def test_enter_observes_as_whoever_has_the_laptop(visit: Day) -> None:
    """Dana has not begun at the second stop: it begins at once; Enter again goes on with the same."""
    async with seat_of(visit) as seat:
        await opened(seat)
        await seat.type("enter")
        await seat.until(lambda: isinstance(seat.app.screen, ObserveScreen))
        await seat.until(lambda: begun(visit)[-1] == (DANA, "s2", "questions-and-talk"))
        count = len(begun(visit))
        await left(seat)
        await seat.sees(f"{LAN} and {DANA} observe")
        await seat.type("o")
        await seat.until(lambda: isinstance(seat.app.screen, ObserveScreen))
        assert len(begun(visit)) == count


async def test_a_stop_of_somebody_else_asks_whose_eyes_these_are(visit: Day) -> None:
    """Lan is named for the last stop; Dana and anybody else may observe there, too."""
    async with seat_of(visit) as seat:
        await opened(seat)
        await seat.type(*["down"] * 3, "enter")
        await seat.sees("Room 15: who observes?")
        assert "Somebody else" in seat.text()
        await seat.type("enter")
        await seat.until(lambda: begun(visit)[-1] == (LAN, "s5", "psesd-lens"))


async def test_somebody_else_gives_a_name(visit: Day) -> None:
    """A third pair of eyes."""
    async with seat_of(visit) as seat:
        await opened(seat)
        await seat.type("O")
        await seat.sees("Room 9: who observes?")
        await seat.type("end", "enter")
        await seat.sees("Observer")
        await seat.type("Ben Ruiz", "enter")
        await seat.until(lambda: begun(visit)[-1] == ("Ben Ruiz", "s2", "questions-and-talk"))


async def test_what_another_has_ended_is_not_opened_here(visit: Day) -> None:
    """At a stop that is done only one's own notes can be looked at again."""
    async with seat_of(visit) as seat:
        await opened(seat)
        await seat.type("up", "enter")
        await seat.sees("Room 4: who observes?")
        options = [line for line in seat.text().splitlines() if "look at it again" in line or "goes on" in line]
        assert len(options) == 1
        assert DANA in options[0]
        assert "everybody is done" in seat.text()
        await seat.type("enter")
        await seat.until(lambda: isinstance(seat.app.screen, DebriefScreen))


async def test_anothers_talk_is_opened_only_by_who_says_it_is_theirs(visit: Day) -> None:
    """While it goes on; `n` leaves it closed, and once it has ended it can be read."""
    talk = observes(visit, LAN, "", "return-from-visit", at="8:40", respondent="the principal")
    async with seat_of(visit) as seat:
        await opened(seat)
        await seat.sees("with the principal")
        await seat.type(*["down"] * 4, "enter")
        await seat.sees(f"These are the notes of {LAN}")
        await seat.type("n")
        await seat.until(lambda: isinstance(seat.app.screen, VisitScreen))
        seen = standing(visit).observation(talk)
        assert seen is not None
        visit.ledger.append([observe.end(visit.hand(), seen)])
        await seat.until(lambda: current(seat).words == "done")
        await seat.type("enter")
        await seat.until(lambda: isinstance(seat.app.screen, FillScreen))


async def test_a_form_that_was_left_is_opened_again_from_the_room(visit: Day) -> None:
    """`N` leads to the visit and to the stop's form, with what was typed."""
    async with seat_of(visit) as seat:
        await opened(seat)
        await seat.type("e", "Room 9 and the hall", "escape", "escape")
        await seat.sees("✎ 1")
        await seat.type("N")
        await seat.sees("Room 9 and the hall")
        await seat.type("f2")
        await seat.told("Room 9 and the hall is put right")
        assert rooms(visit)[1] == "Room 9 and the hall"


async def test_paper_talks_rating_and_the_debrief_begin_from_the_visit(visit: Day) -> None:
    """Each with the stop under the cursor; a talk in its room or beside the way."""
    async with seat_of(visit) as seat:
        await opened(seat)
        await seat.type("K")
        await seat.sees("Which one?")
        await seat.type("enter")
        await seat.sees("As it stands on the paper.")
        await seat.type("escape", "i")
        await seat.sees("Interview: where?")
        assert "in this room" in seat.text()
        await seat.type("escape", "up", "r")
        await seat.until(lambda: isinstance(seat.app.screen, FillScreen))
        assert seat.app.observed is not None
        assert seat.app.observed.observer == DANA
        await seat.type("escape")
        await seat.until(lambda: isinstance(seat.app.screen, VisitScreen))
        await seat.type("d")
        await seat.until(lambda: isinstance(seat.app.screen, DebriefScreen))


async def test_of_two_forms_of_ones_own_one_is_chosen(visit: Day) -> None:
    """The library asks for two; only Dana's are offered to Dana."""
    observes(visit, DANA, "s4", "time-on-task", at="9:10", ended="9:20")
    second = observes(visit, DANA, "s4", "psesd-lens", at="9:20")
    observes(visit, LAN, "s4", "psesd-lens", at="9:20")
    async with seat_of(visit) as seat:
        await opened(seat)
        await seat.type("down", "down", "r")
        await seat.sees("Rate which one?")
        assert LAN not in seat.text().partition("Rate which one?")[2].partition("Enter chooses")[0]
        await seat.type("down", "enter")
        await seat.until(lambda: isinstance(seat.app.screen, FillScreen))
        assert seat.app.observing == second


async def test_rating_needs_notes_of_ones_own(visit: Day) -> None:
    """What Lan noted is not opened for Dana."""
    async with seat_of(visit) as seat:
        await opened(seat)
        await seat.type("r")
        await seat.told("Dana Whitfield has noted nothing here yet: Enter begins.")


async def test_a_stop_that_asks_for_a_talk_begins_one(tmp_path: Path) -> None:
    """Its protocol is an interview: who answers is asked, no script opens."""
    talk = Stop("a", "Office", "09:00", 20, team=(DANA,), protocols=("return-from-visit",))
    day = visiting_day(tmp_path, visit=Visit("S", "P", stops=(talk,)))
    async with seat_of(day) as seat:
        await opened(seat)
        await seat.type("enter")
        await seat.sees("Who answers")


@pytest.mark.parametrize("there", ["d", "r", "enter"])
async def test_the_way_is_fresh_again_after_another_screen_lay_on_it(visit: Day, there: str) -> None:
    """Debrief, form and script want the visit too, each for as long as it is seen."""
    async with seat_of(visit) as seat:
        await opened(seat)
        await seat.type(*(["up"] if there == "r" else []), there)
        await seat.until(lambda: not isinstance(seat.app.screen, VisitScreen))
        await left(seat)
        await seat.pilot.pause(0.3)
        observes(visit, LAN, "s3", "four-attributes", at="9:51")
        await seat.until(lambda: any(LAN in line.words for line in screen(seat).way.items if line.key == "s3"))


async def test_what_was_begun_by_mistake_is_taken_back_while_nothing_is_in_it(visit: Day) -> None:
    """Enter on the wrong line: `X` makes it not begun, `u` begins it again; Lan's notes are left alone."""
    async with seat_of(visit) as seat:
        await opened(seat)
        await seat.type("enter")
        await seat.until(lambda: begun(visit)[-1] == (DANA, "s2", "questions-and-talk"))
        await left(seat)
        await seat.sees(f"{LAN} and {DANA} observe")
        await seat.type("X")
        await seat.told(f"{DANA} has not begun there")
        assert [one[0] for one in begun(visit) if one[1] == "s2"] == [LAN]
        await seat.type("X")
        await seat.told("Nothing was begun here in which nothing is noted.")
        await seat.type("u")
        await seat.until(lambda: begun(visit)[-1] == (DANA, "s2", "questions-and-talk"))


async def test_the_visit_lies_there_once(visit: Day) -> None:
    """Searched from it, then opened from Today again: one step back is the room."""
    async with seat_of(visit) as seat:
        await opened(seat)
        await seat.type("f", "escape")
        await seat.until(lambda: seat.app.current_mode == "today")
        await opened(seat)
        await seat.type("escape")
        await seat.until(lambda: isinstance(seat.app.screen, RoomScreen))


async def test_a_stop_takes_no_protocol_that_is_led(visit: Day) -> None:
    """The form says the sentence of `visit check`, and the cursor stands in the field that is wrong."""
    async with seat_of(visit) as seat:
        await opened(seat)
        await seat.type("a")
        with_what = seat.app.screen.query_one("#f-protocols", Input)
        assert with_what.placeholder.startswith("four-attributes, psesd-lens")
        assert "chalk-talk" not in with_what.placeholder
        await seat.type("f2")
        await seat.sees("Which room is it?")
        await seat.type("Gym", *["tab"] * 7, "chalk-talk", "shift+tab", "f2")
        await seat.sees('chalk-talk" is led step by step')
        assert seat.app.focused is with_what
        assert "Gym" not in rooms(visit)


async def test_what_is_not_begun_is_called_by_its_title_and_columns_do_not_touch(visit: Day) -> None:
    """As what is begun; the room with the letter of the report."""
    paper = observe.begin(
        replace(visit.hand(), means="paper"), visit.event, find_protocol("time-on-task", NOWHERE), observer=LAN, stop="s2",
        at=visit.moment("9:27"),
    )  # fmt: skip
    visit.ledger.append_one(paper)
    async with seat_of(visit, size=(80, 24)) as seat:
        await opened(seat)
        await seat.sees("─ Room 9 (")
        await seat.sees("since 9:27, on paper  Time on task")
        assert "not begun             Questions and talk time" in seat.text()
        assert "questions-and-talk" not in seat.text()


async def test_a_paper_form_is_of_a_room(visit: Day) -> None:
    """On the purpose `K` asks for a stop first."""
    async with seat_of(visit) as seat:
        await opened(seat)
        await seat.type("up", "up", "up")
        assert current(seat).kind == "purpose"
        await seat.type("K")
        await seat.told("Which room is it from?")
        assert isinstance(seat.app.screen, VisitScreen)


async def test_an_interview_begins_with_the_house_s_own(visit: Day) -> None:
    """The framework, the students, the return; then what cities use. What was left empty has the cursor."""
    async with seat_of(visit) as seat:
        await opened(seat)
        await seat.type("up", "up", "up", "i")
        await seat.sees("Which one?")
        choose = seat.app.screen
        assert isinstance(choose, Choose)
        assert [one.key for one in choose.options[:3]] == [
            "implementation-framework", "student-tour", "return-from-visit"
        ]  # fmt: skip
        await seat.type("enter", "tab", "tab", "f2")
        await seat.sees("Who answers?")
        assert seat.app.focused is seat.app.screen.query_one("#f-respondent")
        await seat.type("Principal", "tab", "tab", "ctrl+u", "shift+tab", "f2")
        await seat.sees("A time is needed, such as 15:45.")
        assert seat.app.focused is seat.app.screen.query_one("#f-at")
