"""The debrief at the desk: blind until all are done, then what to talk about, and what is agreed on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from plfacilitate.core.protocol import Item, Protocol, Section
from plfacilitate.core.visiting.fold import Agreed, VisitPicture
from plfacilitate.core.visiting.plan import Stop, Visit
from plfacilitate.front.desk.lists.talks import TalkList, TalkRow, short_names
from plfacilitate.front.desk.screens.debrief import DebriefScreen
from plfacilitate.front.desk.screens.room import RoomScreen
from plfacilitate.steps import observe
from plfacilitate.steps.capture import written
from tests.front.desk.conftest import Seat, seat_of
from tests.front.desk.day import Day

LEVELS = (
    "Teacher names topic, text and product.",
    "Teacher offers two texts, students pick one of them.",
    "Student picks a text and says what it is for.",
    "Student proposes a question and the text that goes with it.",
)
RATED = ("What", "How", "When", "Where", "Goals", "Plans", "Feedback")
ROOM = Protocol(
    "choice", "Who chooses in this room", "observation", "p", "s", 20,
    sections=(
        Section(
            "choice", "Who chooses",
            items=(
                *(Item(one.lower(), "rating", one, help="Ask two students.", levels=LEVELS) for one in RATED),
                Item("names", "look-for", "Students’ names are said"),
            ),
        ),
        Section("talk", "Talk", items=(Item("why", "tally", "Why-questions"), Item("free", "text", "Anything else"))),
    ),
)  # fmt: skip
VISIT = Visit(
    "Dimmitt Middle School", "Who chooses?",
    stops=(Stop("r4", "Room 204", team=("Dana Brown", "Wei Chen")), Stop("r5", "Gym", team=("Dana Brown",))),
)  # fmt: skip
DANA: Mapping[str, Any] = {"what": 1, "how": 2, "when": 3, "where": 3, "goals": 2, "plans": 2, "names": "seen"}
WEI: Mapping[str, Any] = {
    "what": 4, "how": 3, "when": 3, "where": 3, "goals": 2, "plans": 2, "feedback": 1, "names": "not seen",
}  # fmt: skip


def announced(day: Day) -> Day:
    """The visit is announced, nobody has begun."""
    fold = observe.read_visit(day.ledger, day.event)
    written(day.ledger.append([observe.plan_visit(day.hand(), fold, VISIT)]))
    return day


def debriefed(day: Day, *, done: bool = True) -> Day:
    """Dana and Wei were in Room 204; unless `done`, Wei still observes."""
    announced(day)
    lines = {"what": "S1: “We read what the teacher put up.”", "how": "T: “On paper or on the screen, you decide.”"}
    observed(day, "Dana Brown", DANA, "9:00", lines=lines, taps=("9:05", "9:09"))
    observed(
        day, "Wei Chen", WEI, "9:01", lines={"what": "S2: “I asked for the one on salmon.”"}, done=done, taps=("9:05",)
    )
    day.at("10:42")
    return day


def observed(
    day: Day,
    who: str,
    values: Mapping[str, Any],
    at: str,
    *,
    stop: str = "r4",
    lines: Mapping[str, str] | None = None,
    taps: Sequence[str] = (),
    done: bool = True,
) -> None:
    """Somebody observed a room."""
    day.at(at)
    hand = day.hand()
    (begun,) = written(day.ledger.append([observe.begin(hand, day.event, ROOM, observer=who, stop=stop)]))
    seen = observe.read_visit(day.ledger, day.event).observation(begun.id)
    assert seen is not None
    drafts = [
        observe.line(hand, seen, text, items=[item], at=day.moment("9:04")) for item, text in (lines or {}).items()
    ]
    drafts += [observe.note(hand, seen, item, value, at=day.moment("9:20")) for item, value in values.items()]
    drafts += [observe.note(hand, seen, "why", 1, at=day.moment(tap)) for tap in taps]
    drafts += [observe.end(hand, seen, at=day.moment("9:25"))] if done else []
    written(day.ledger.append(drafts))


def picture(seat: Seat) -> VisitPicture:
    """The visit as the desk knows it."""
    found = seat.app.visit
    assert found is not None
    return found


def talks(seat: Seat) -> TalkList:
    """What to talk about."""
    return seat.app.screen.query_one(TalkList)


def under_cursor(seat: Seat) -> str:
    """The item that is talked about."""
    row = talks(seat).current
    assert isinstance(row, TalkRow)
    return row.title


def agreed(seat: Seat) -> Iterator[tuple[str, Agreed]]:
    """What was agreed on, by item."""
    return ((place[2], one) for place, one in picture(seat).agreed.items())


async def test_items_where_they_differ_most_come_first_with_what_both_noted(busy: Day) -> None:
    """Three levels, a look-for, one level, what Dana left out; both lines of the first with their times."""
    async with seat_of(debriefed(busy)) as seat:
        await seat.type("B")
        await seat.sees("3 levels apart")
        assert [one.title for one in talks(seat).items][:4] == [
            "What",
            "Students’ names are said",
            "Why-questions",
            "How",
        ]
        assert "Dana Brown left it out" in seat.text()
        assert "9:04 S1: “We read what the teacher put up.”" in seat.text()
        assert "9:04 S2: “I asked for the one on salmon.”" in seat.text()
        assert "ratings of 4 levels: exact 67 %, within one 83 % · n 6: too few to say" in seat.text()


def test_columns_are_headed_by_first_names_or_by_what_people_do() -> None:
    """Two of one first name keep both names; students who were asked are not called `two`."""
    assert short_names(["Dana Brown", "Wei Chen"]) == ["Dana", "Wei"]
    assert short_names(["Dana Brown", "Dana Wu"]) == ["Dana Brown", "Dana Wu"]
    assert short_names(["two students", "principal", ""]) == ["two students", "principal", ""]


async def test_a_number_is_typed_to_its_end_before_the_reason(busy: Day) -> None:
    """`12` of a tally, Enter, why, Enter; a digit is no answer to a look-for, nor is `y` one to a tally."""
    async with seat_of(debriefed(busy)) as seat:
        await seat.type("B")
        await seat.sees("3 levels apart")
        for _ in range(12):
            if under_cursor(seat) == "Why-questions":
                break
            await seat.type("down")
        await seat.type("y")
        assert isinstance(seat.app.screen, DebriefScreen)
        await seat.type("1", "2", "enter", *"both heard more", "enter")
        await seat.until(lambda: dict(agreed(seat)))
        assert [(item, one.value, one.note) for item, one in agreed(seat)] == [("why", 12, "both heard more")]
        for _ in range(12):
            if under_cursor(seat) == "Students’ names are said":
                break
            await seat.type("up")
        await seat.type("3")
        assert isinstance(seat.app.screen, DebriefScreen)


async def test_a_level_is_agreed_with_its_digit_and_a_note_and_taken_back(busy: Day) -> None:
    """`3`, why, Enter: the originals stay, the cursor goes on, `u` takes it back; Enter alone takes it without a note."""
    async with seat_of(debriefed(busy)) as seat:
        await seat.type("B")
        await seat.sees("3 levels apart")
        await seat.type("3")
        await seat.sees("what settled it")
        await seat.type(*"two chose", "enter")
        await seat.until(lambda: dict(agreed(seat)))
        assert [(item, one.value, one.note) for item, one in agreed(seat)] == [("what", 3, "two chose")]
        assert under_cursor(seat) == "Students’ names are said"
        await seat.sees("agreed 3 of 4")
        assert [one.of("what").answer for one in picture(seat).observations if one.of("what").answer is None] == []
        await seat.type("u")
        await seat.until(lambda: not dict(agreed(seat)))
        await seat.type("y", "enter")
        await seat.until(lambda: [(item, one.value) for item, one in agreed(seat)] == [("names", "seen")])


async def test_what_is_no_answer_is_said_and_words_alone_will_do(busy: Day) -> None:
    """There is no level 9; no level and words are an agreement to differ; nothing at all is none."""
    async with seat_of(debriefed(busy)) as seat:
        await seat.type("B")
        await seat.sees("3 levels apart")
        await seat.type("9", "enter")
        await seat.sees("There is no level 9")
        await seat.type("escape")
        await seat.until(lambda: isinstance(seat.app.screen, DebriefScreen))
        seat.app.drafts.forget(f"agreed:{busy.event}:r4:choice:what")
        await seat.type("enter")
        await seat.sees("a level, 1 to 4")
        await seat.type("enter", "enter")
        await seat.sees("Say what is agreed")
        await seat.type(*"both stay", "enter")
        await seat.until(lambda: [(one.value, one.note) for _, one in agreed(seat)] == [(None, "both stay")])


async def test_what_was_agreed_is_taken_away(busy: Day) -> None:
    """`x` on the item; the key is greyed where nothing is agreed."""
    async with seat_of(debriefed(busy)) as seat:
        await seat.type("B")
        await seat.sees("3 levels apart")
        await seat.type("x", "2", "enter")
        await seat.until(lambda: dict(agreed(seat)))
        await seat.type("up", "x")
        await seat.until(lambda: not dict(agreed(seat)))


async def test_words_left_with_esc_are_there_again(busy: Day) -> None:
    """Esc keeps value and note; Enter on the item opens them, and so does `N` from the room."""
    async with seat_of(debriefed(busy)) as seat:
        await seat.type("B")
        await seat.sees("3 levels apart")
        await seat.type("2", *"not yet", "escape")
        await seat.until(lambda: isinstance(seat.app.screen, DebriefScreen))
        await seat.type("enter")
        await seat.sees("not yet")
        await seat.type("escape")
        await seat.until(lambda: isinstance(seat.app.screen, DebriefScreen))
        await seat.type("escape", "N")
        await seat.sees("3 levels apart")
        assert under_cursor(seat) == "What"


async def test_nothing_is_shown_before_all_are_done(busy: Day) -> None:
    """Wei still observes: no level, no line, no key that would agree; when Wei ends, it opens by itself."""
    async with seat_of(debriefed(busy, done=False)) as seat:
        await seat.type("B")
        await seat.sees("Not done yet: Wei Chen.")
        assert "of 4" not in seat.text()
        assert "salmon" not in seat.text()
        await seat.type("3", "enter", "a")
        assert isinstance(seat.app.screen, DebriefScreen)
        seen = next(one for one in picture(seat).observations if one.observer == "Wei Chen")
        written(busy.ledger.append([observe.end(busy.hand(), seen)]))
        await seat.sees("3 levels apart")


async def test_laying_open_early_is_asked_written_down_and_taken_back(busy: Day) -> None:
    """N leaves it blind; y shows all, says so above the list, and leaves a note; u makes it blind again."""
    async with seat_of(debriefed(busy, done=False)) as seat:
        await seat.type("B")
        await seat.sees("Blind until")
        await seat.type("o")
        await seat.sees("Lay them open?")
        await seat.type("n")
        await seat.until(lambda: isinstance(seat.app.screen, DebriefScreen))
        assert not picture(seat).opened
        await seat.type("o", "y")
        await seat.sees("laid open before Wei Chen ended")
        assert "3 levels apart" in seat.text()
        note = next(one for one in busy.ledger.entries(event=busy.event) if one.kind == "note" and "stop" in one.body)
        assert (
            note.body["text"] == "Who chooses in this room, Room A: the notes were laid open before Wei Chen had ended."
        )
        await seat.type("u")
        await seat.sees("Blind until")


async def test_which_debrief_is_asked_where_there_are_several(busy: Day) -> None:
    """Two rooms: a list that says where whom is waited for, Esc leads back; one observer alone has nothing to compare."""
    debriefed(busy)
    observed(busy, "Dana Brown", {"what": 1}, "9:40", stop="r5")
    async with seat_of(busy) as seat:
        await seat.type("B")
        await seat.sees("Gym (B)")
        await seat.type("escape")
        await seat.until(lambda: isinstance(seat.app.screen, RoomScreen))
        await seat.type("B")
        await seat.sees("Gym (B)")
        assert "Room 204 (A)" in seat.text()
        await seat.type("down", "enter")
        await seat.sees("Only Dana Brown observed here: nothing to compare.")
        await seat.type("B", "enter")
        await seat.sees("3 levels apart")


async def test_before_anybody_has_observed_it_says_so(busy: Day) -> None:
    """One sentence; in an event without a visit the key does nothing."""
    async with seat_of(busy) as seat:
        await seat.type("B")
        assert not isinstance(seat.app.screen, DebriefScreen)
    async with seat_of(announced(busy)) as seat:
        await seat.type("B")
        await seat.sees("Nobody has observed anything yet.")


async def test_all_figures_stand_in_a_box_and_none_of_them_twice(busy: Day) -> None:
    """Section by section; "All of it" only where it says more than they do; of too few pairs no coefficient."""
    async with seat_of(debriefed(busy)) as seat:
        await seat.type("B")
        await seat.sees("3 levels apart")
        await seat.type("a")
        await seat.sees("noted by both within 10 s 50 % · n 2: too few to say")
        text = seat.text()
        assert "All of it" not in text
        assert text.count("within one 83 %") <= 2  # in the box, and where the foot looks out below it
        assert not any(word in text for word in ("kappa", "AC1", "alpha", "of these the same"))


async def test_a_scanned_badge_agrees_on_nothing(busy: Day) -> None:
    """Its first digit may open the box, but nothing is written but what the badge does."""
    async with seat_of(debriefed(busy)) as seat:
        await seat.type("B")
        await seat.sees("3 levels apart")
        before = [one.kind for one in busy.ledger.entries(event=busy.event)]
        await seat.scan("471100")
        await seat.until(lambda: seat.app.strange_badges or seat.app.flash)
        await seat.pilot.pause(0.2)
        assert not dict(agreed(seat))
        assert [one.kind for one in busy.ledger.entries(event=busy.event)] == before
