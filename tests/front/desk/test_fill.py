"""One observation or interview filled in at the desk, item by item, from paper or from what people say."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events
from textual.widgets._toast import Toast

from plfacilitate.core.noting.filling import read
from plfacilitate.core.visiting.observation import Observation
from plfacilitate.front.desk.app import desk
from plfacilitate.front.desk.lists.filllist import FillList
from plfacilitate.front.desk.screens.fill import FillField, FillScreen
from plfacilitate.shelf.protocols import find_protocol
from plfacilitate.steps import observe
from plfacilitate.steps.capture import written
from tests.core.test_observation import ROOM, TALK
from tests.front.desk.conftest import PlayedKeeper, Seat, seat_of
from tests.front.desk.day import Day


def begun(day: Day, *, talk: bool = False, at: str = "9:00") -> str:
    """An observation that somebody began at the desk."""
    draft = observe.begin(
        day.hand(), day.event, TALK if talk else ROOM, observer="Ada Okoro", respondent="principal" if talk else "",
        at=day.moment(at),
    )  # fmt: skip
    (entry,) = written(day.ledger.append([draft]))
    return entry.id


async def open_form(seat: Seat, observation: str) -> None:
    """The screen on it, read."""
    await seat.app.give("filling:go_on", observation)
    await ready(seat)


async def ready(seat: Seat) -> None:
    """The form can be seen."""
    await seat.until(lambda: isinstance(seat.app.screen, FillScreen))
    await seat.until(lambda: bool(rows(seat).items))


def rows(seat: Seat) -> FillList:
    """The form's lines."""
    return seat.app.screen.query_one(FillList)


def under_cursor(seat: Seat) -> str:
    """Which item it is."""
    item = rows(seat).current
    return item.key if item is not None else ""


def seen(seat: Seat) -> Observation:
    """The observation as the desk knows it."""
    found = seat.app.observed
    assert found is not None
    return found


def value(seat: Seat, key: str) -> str:
    """What a line says."""
    return next(row.value for row in rows(seat).items if row.key == key)


async def test_a_form_is_typed_in_one_go_to_its_last_item(busy: Day) -> None:
    """Every kind: a text, Enter, the next item; at the end nothing is left out and F9 ends it without a question."""
    observation = begun(busy)
    async with seat_of(busy) as seat:
        await open_form(seat, observation)
        assert under_cursor(seat) == "names"
        for text in ["y S1 says it", "2 S2 proposes a text", "7", "12:30", "3", "0", "20 4", "21 3", "", "1 2", "24"]:
            await seat.type(*([text] if text else []), "enter")
        await seat.type("A wall of drafts", "enter")
        await seat.until(lambda: seen(seat).of("free").answer is not None)
        found = seen(seat)
        assert found.left_out == ()
        answer = found.of("what").answer
        assert answer is not None
        assert (answer.value, answer.note) == (2, "S2 proposes a text")
        assert (found.of("why").times, found.of("teacher").total, found.of("noise").total) == (7, 13, 0)
        assert [dict(one.codes) for one in found.of("sweep").glances] == [{"on": 20, "off": 4}, {"on": 21, "off": 3}]
        await seat.sees("2 glances")
        await seat.type("f9")
        await seat.until(lambda: not isinstance(seat.app.screen, FillScreen))
    assert observe.read_visit(busy.ledger, busy.event).observations[0].ended_at is not None


async def test_what_is_wrong_stays_on_its_row_and_is_there_again_tomorrow(busy: Day) -> None:
    """The next item goes on; the wrong text waits on its row, also when the screen was left and opened again."""
    observation = begun(busy)
    async with seat_of(busy) as seat:
        await open_form(seat, observation)
        await seat.type("n", "enter", "9 too high", "enter")
        await seat.sees("there is no level 9: type 1 to 2")
        await seat.sees("⚠ 1 to look at")
        assert under_cursor(seat) == "why"
        await seat.type("escape")
        await seat.until(lambda: not isinstance(seat.app.screen, FillScreen))
        await seat.sees("✎ 1")
    async with seat_of(busy) as seat:
        await seat.type("N")
        await ready(seat)
        assert under_cursor(seat) == "what"
        await seat.sees("▸  9 too high")
        await seat.type(*["backspace"] * 10, "1", "enter")
        await seat.until(lambda: value(seat, "what") == "1")
        assert seat.app.waiting_drafts == []


async def test_half_typed_text_stays_where_it_was_typed(busy: Day) -> None:
    """An arrow key loses nothing, and Enter takes it when one comes back."""
    observation = begun(busy)
    async with seat_of(busy) as seat:
        await open_form(seat, observation)
        await seat.type("y unsure", "down")
        assert (under_cursor(seat), seat.app.screen.query_one(FillField).value) == ("what", "")
        await seat.sees("✎ Names")
        await seat.type("up", "!", "f9")
        await seat.told("1 row has text that was not taken yet")
        await seat.type("enter")
        await seat.until(lambda: value(seat, "names") == "seen unsure!")


async def test_a_toast_covers_no_codes(busy: Day) -> None:
    """What can be typed stays in sight while the desk says why it does not end."""
    observation = begun(busy)
    keeper = PlayedKeeper(busy.event)
    app = desk(busy.around, event=busy.event, keeper=keeper)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        seat = Seat(app, pilot, keeper)
        await seat.until(app.feed.ready.is_set)
        await open_form(seat, observation)
        await seat.type("9 unsure", "down", "f9")
        await seat.until(lambda: app.screen.query(Toast))
        await seat.sees("1 row has text")
        (toast,), aid = app.screen.query(Toast), app.screen.query_one("#aid")
        await seat.until(lambda: 0 < toast.region.bottom <= aid.region.y, "above the codes")


def test_every_way_to_type_a_sweep_that_the_guide_shows_is_taken() -> None:
    """By the shipped sheet's codes, their beginnings, their numbers, or in their order."""
    guide = (Path(__file__).parents[3] / "docs" / "visits.md").read_text("utf-8")
    sweep = find_protocol("time-on-task", Path("/nowhere")).item("sweep")
    assert sweep is not None
    for typed in ("hands 20 off 4", "ha 20 of 4", "1=20 6=4", "20 0 0 0 0 4"):
        assert f"`{typed}`" in guide
        (said,) = read(sweep, f"1: {typed}")
        assert said in (read(sweep, "1: hands 20 off 4")[0], read(sweep, "1: 20 0 0 0 0 4")[0])


async def test_help_says_how_and_names_no_letter_as_a_key(busy: Day) -> None:
    """Letters are typed there: undo is ctrl+z, and nothing is said of u."""
    observation = begun(busy)
    async with seat_of(busy) as seat:
        await open_form(seat, observation)
        await seat.type("f1")
        await seat.sees("an empty Enter passes")
        await seat.sees("ctrl+z     Take back the last thing done here")
        assert " u  " not in seat.text()


async def test_keys_typed_ahead_belong_to_the_next_row(busy: Day) -> None:
    """Nobody waits for the screen: what comes right after Enter is the next answer."""
    observation = begun(busy)
    async with seat_of(busy) as seat:
        await open_form(seat, observation)
        field = seat.app.screen.query_one(FillField)
        for key, letter in (("y", "y"), ("enter", None), ("2", "2"), ("enter", None)):
            field.post_message(events.Key(key, letter))
        await seat.until(lambda: (value(seat, "names"), value(seat, "what")) == ("seen", "2"))


async def test_a_level_alone_keeps_the_words_and_f2_changes_all(busy: Day) -> None:
    """Half an answer leaves the other half; F2 brings the whole into the field, and what is cut there is gone."""
    observation = begun(busy)
    async with seat_of(busy) as seat:
        await open_form(seat, observation)
        await seat.type("down", "1 a list on the wall", "enter", "up", "2", "enter")
        await seat.until(lambda: value(seat, "what") == "2 a list on the wall")
        await seat.type("up", "f2")
        await seat.sees("▸  2 a list on the wall")
        await seat.type(*["backspace"] * 12, "enter")
        await seat.until(lambda: value(seat, "what") == "2 a list")
        await seat.type("ctrl+z")
        await seat.until(lambda: value(seat, "what") == "2 a list on the wall")
        await seat.type("up", "f2", "down", "up", "f2", "!", "down")
        await seat.sees("✎ What")
        await seat.type("up", "enter")
        await seat.until(lambda: value(seat, "what") == "2 a list on the wall!")
        await seat.type("up", "f8")
        await seat.until(lambda: value(seat, "what") == "")


async def test_after_the_lesson_it_says_what_was_seen_and_closes_what_runs_by_rule(busy: Day) -> None:
    """Lines coded to an item help to rate it; the end names what is open, and a stopwatch ended by rule is marked."""
    observation = begun(busy)
    found = observe.read_visit(busy.ledger, busy.event).observations[0]
    busy.at("9:05")
    written(
        busy.ledger.append(
            [observe.line(busy.hand(), found, "S1: can I write about bees?", items=["what"]),
             observe.note(busy.hand(), found, "noise", "on")]
        )
    )  # fmt: skip
    busy.at("9:20")
    async with seat_of(busy) as seat:
        await open_form(seat, observation)
        await seat.sees("15 min · runs")
        await seat.type("down")
        await seat.sees("9:05 S1: can I write about bees?")
        await seat.type("f9")
        await seat.sees("ended now by rule, marked so: Noise.")
        await seat.sees("Without an answer: Names, What, Wall and 1 more.")
        await seat.type("y")
        await seat.until(lambda: not isinstance(seat.app.screen, FillScreen))
        await open_form(seat, observation)
        await seat.sees("15 min · ended by rule")
    ended = observe.read_visit(busy.ledger, busy.event).observations[0]
    assert [bout.by_rule for bout in ended.of("noise").bouts] == [True]


async def test_a_form_on_paper_is_asked_once_whose_and_when(busy: Day) -> None:
    """Observer and time stand once; all that is keyed in is by paper and of that time, also its end."""
    busy.at("15:00")
    async with seat_of(busy) as seat:
        await seat.app.give("filling:paper", "", "time-on-task")
        await seat.sees("Observer")
        await seat.type("Ben Li", "tab", *["backspace"] * 5, "9:10", "enter")
        await ready(seat)
        await seat.type("24", "enter", "Read, then write", "enter", "hands 20 off 4", "enter")
        await seat.until(lambda: value(seat, "sweep/1") == "hands 20 off 4")
        await seat.type("f9")
        await seat.until(lambda: not isinstance(seat.app.screen, FillScreen))
    (found,) = observe.read_visit(busy.ledger, busy.event).observations
    assert (found.observer, found.means, found.started_at) == ("Ben Li", "paper", busy.moment("9:10"))
    assert found.ended_at == busy.moment("9:40")
    kinds = ("observation-started", "observed", "observation-ended")
    assert {entry.means for entry in busy.ledger.entries(event=busy.event, kinds=kinds)} == {"paper"}


async def test_several_who_answer_the_same_questions_are_several(busy: Day) -> None:
    """After one the next is asked for; each has levels and words of their own."""
    async with seat_of(busy) as seat:
        await seat.app.give("filling:interview", "", "student-tour")
        await seat.sees("Who answers")
        await seat.type("student, grade 7", "enter", "enter", "enter")
        await ready(seat)
        await seat.type("A bee hotel", "enter")
        await seat.until(lambda: value(seat, "working-on") == "A bee hotel")
        await seat.type("f9", "y")
        await seat.sees("Does somebody else answer the same questions?")
        busy.at("10:43")
        await seat.type("y")
        await seat.sees("Who answers")
        await seat.type("student, grade 8", "enter", "enter", "enter")
        await seat.until(lambda: isinstance(seat.app.screen, FillScreen) and seat.app.observed is not None)
        await seat.sees("answers: student, grade 8")
    found = observe.read_visit(busy.ledger, busy.event).observations
    assert [one.respondent for one in found] == ["student, grade 7", "student, grade 8"]
    assert {one.observer for one in found} == {busy.around.by}


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_what_was_begun_is_found_from_the_palette(busy: Day, size: tuple[int, int]) -> None:
    """Newest first, with what is left."""
    begun(busy)
    begun(busy, talk=True, at="9:30")
    async with seat_of(busy, size=size) as seat:
        await seat.app.action_do("fill-on")
        await seat.sees("Talk · principal")
        await seat.sees("9:00, 4 open")
        await seat.type("enter")
        await ready(seat)
        await seat.type("2 Room 4", "enter")
        await seat.until(lambda: value(seat, "bell") == "2 Room 4")


async def test_what_is_asked_before_a_form_is_not_lost_either(busy: Day) -> None:
    """Esc keeps whose eyes it was; `N` asks again with it, and begun it waits no more."""
    async with seat_of(busy) as seat:
        await seat.app.give("filling:paper", "", "time-on-task")
        await seat.sees("Observer")
        await seat.type("Ben Li", "escape")
        await seat.sees("✎ 1")
        await seat.type("N")
        await seat.sees("Ben Li")
        await seat.type("enter", "enter")
        await ready(seat)
        await seat.until(lambda: seat.app.waiting_drafts == [])


async def test_another_s_notes_stay_closed_until_all_are_done(busy: Day) -> None:
    """Ada is done and Ben is not: what Ada noted can't be chosen, and can once Ben is done too."""
    began = begun(busy)
    mine = observe.read_visit(busy.ledger, busy.event).observation(began)
    assert mine is not None
    written(busy.ledger.append([observe.end(busy.hand(), mine)]))
    draft = observe.begin(busy.hand(), busy.event, ROOM, observer="Ben Li", at=busy.moment("9:05"))
    written(busy.ledger.append([draft]))
    async with seat_of(busy) as seat:
        await seat.app.action_do("fill-on")
        await seat.sees("Ben Li")
        assert "Ada Okoro" not in seat.text()
        await seat.type("escape")
        other = observe.read_visit(busy.ledger, busy.event).observation(draft.id)
        assert other is not None
        written(busy.ledger.append([observe.end(busy.hand(), other)]))
        await seat.app.action_do("fill-on")
        await seat.sees("Ada Okoro")


async def test_what_the_answers_come_to_stands_below_them(busy: Day) -> None:
    """Worked out by the rule of the protocol with every answer; on its row the rule and what led there, and no field."""
    protocol = find_protocol("new-england-levers", Path("/nowhere"))
    draft = observe.begin(busy.hand(), busy.event, protocol, observer="Ada Okoro", respondent="teacher")
    (entry,) = written(busy.ledger.append([draft]))
    async with seat_of(busy) as seat:
        await open_form(seat, entry.id)
        assert value(seat, "=archetype") == "can't say yet: 9 of 9 not answered"
        found = seen(seat)
        for group, level in (("community-driven", 4), ("leadership-driven", 2), ("early-adoption", 1)):
            for item in protocol.results[0].group(group).items:
                if not item.startswith("student"):
                    written(busy.ledger.append([observe.note(busy.hand(), found, item, level)]))
        await seat.until(lambda: value(seat, "=archetype") == "community-driven")
        await seat.type(*["pagedown"] * 3)
        assert under_cursor(seat) == "=archetype"
        await seat.sees("Archetype: community-driven")
        await seat.sees("largest share of answers")
        assert seat.app.screen.query_one(FillField).disabled
        await seat.type("up", "2 from the minutes", "enter")
        await seat.until(lambda: value(seat, "student-rooms") == "2 from the minutes")
