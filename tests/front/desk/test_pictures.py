"""Pictures of every screen, small and large, by a played clock: a changed picture is looked at before it is taken."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Protocol

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from plfacilitate.core import protocol as protocols
from plfacilitate.front.desk import base
from plfacilitate.front.desk.app import Desk, desk
from plfacilitate.front.desk.desklock import DeskLock
from plfacilitate.front.desk.orders import observing
from plfacilitate.front.desk.painting.pictures import Code
from plfacilitate.front.desk.screens.close import Checklist
from plfacilitate.front.desk.threads.messages import CodeShown, LedgerFailed
from plfacilitate.shelf.protocols import find_protocol
from plfacilitate.steps import capture
from plfacilitate.steps.events import close_event, read_event, read_fold
from plfacilitate.store import search
from tests.front.desk.conftest import URL, PlayedKeeper, Seat
from tests.front.desk.day import Day
from tests.front.desk.observing import ROOM, lesson
from tests.front.desk.test_answers import asked, vote
from tests.front.desk.test_debrief import debriefed
from tests.front.desk.test_receiving import another_laptop, take_in

__all__ = ["asked"]  # a fixture
SMALL, LARGE = (80, 24), (120, 40)
Story = Callable[[Seat], Awaitable[None]]


@pytest.fixture(autouse=True)
def no_blinking(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cursor that comes and goes would be in some pictures and not in others."""
    for field in (Input, TextArea):
        monkeypatch.setattr(field.cursor_blink, "_default", False)


class Compare(Protocol):
    """The fixture of pytest-textual-snapshot."""

    def __call__(
        self, app: Desk, *, terminal_size: tuple[int, int], run_before: Callable[[Pilot[Any]], Awaitable[None]]
    ) -> bool:
        """Whether the screen looks as it did."""


def looks(
    compare: Compare,
    day: Day,
    size: tuple[int, int],
    *keys: str,
    event: bool = True,
    sees: str = "",
    lock: DeskLock | None = None,
) -> bool:
    """Whether the desk looks as before once the keys were typed and `sees` can be seen."""
    keeper = PlayedKeeper(day.event)
    app = desk(day.around, event=day.event if event else None, lock=lock, keeper=keeper)

    async def before(pilot: Pilot[Any]) -> None:
        seat = Seat(app, pilot, keeper)
        await seat.until(app.feed.ready.is_set)
        await pilot.pause()
        await seat.type(*keys)
        if sees:
            await seat.sees(sees)
        app.clear_notifications()
        await pilot.pause(0.1)

    return compare(app, terminal_size=size, run_before=before)


sizes = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])


@sizes
def test_today(snap_compare: Compare, busy: Day, size: tuple[int, int]) -> None:
    """What is on and what waits for a decision."""
    assert looks(snap_compare, busy, size, event=False, sees="1 doubt to decide")


@sizes
def test_the_day_after(snap_compare: Compare, busy: Day, size: tuple[int, int]) -> None:
    """What is not delivered yet, and what comes next."""
    for session, day in (("s4", 13), ("s5", 20)):
        busy.schedule(session, busy.clock().date().replace(day=day))
    busy.clock.forward(days=1)
    assert looks(snap_compare, busy, size, event=False, sees="to close")


@sizes
def test_room(snap_compare: Compare, busy: Day, size: tuple[int, int]) -> None:
    """The live board and the code."""
    assert looks(snap_compare, busy, size, "down", "space", "space", sees="2 marked")


@sizes
def test_full_screen_code(snap_compare: Compare, busy: Day, size: tuple[int, int]) -> None:
    """For the projector: no names."""
    assert looks(snap_compare, busy, size, "q", sees="Scan to sign in")


@sizes
def test_person(snap_compare: Compare, busy: Day, size: tuple[int, int]) -> None:
    """Presence on the agenda, credit line by line, times with who wrote them."""
    busy.leaves(busy.person("Chen").id, "12:05")
    busy.comes(busy.person("Chen").id, "12:20", "badge")
    busy.leaves(busy.person("Chen").id, "15:31")
    busy.at("15:50")
    assert looks(snap_compare, busy, size, "slash", "chen", "enter", "enter", sees="minutes of agenda")


@sizes
def test_person_with_a_wish(snap_compare: Compare, busy: Day, size: tuple[int, int]) -> None:
    """Fewer hours asked for: the reckoning says how many, and why."""
    busy.leaves(busy.person("Chen").id, "15:45")
    asked = capture.request(busy.hand(), busy.event, busy.person("Chen").id, 250, reason="the choir meets at three")
    busy.ledger.append_one(asked)
    busy.at("15:50")
    assert looks(snap_compare, busy, size, "slash", "chen", "enter", "enter", sees="asks for 2.5 h: “the choir")


@sizes
def test_close(snap_compare: Compare, busy: Day, size: tuple[int, int]) -> None:
    """The checklist before anything is done."""
    busy.at("15:50")
    assert looks(snap_compare, busy, size, "c", sees="still in")


@sizes
def test_close_with_pairs(snap_compare: Compare, busy: Day, size: tuple[int, int]) -> None:
    """Two of one name and a walk-in who may be on the list: one question each, with its keys."""
    walked = {"last_name": "Dias", "first_name": "Rosa", "school": "Lakeridge", "email": "rosa@example.org"}
    capture.written(busy.ledger.append(capture.walk_in(busy.hand(), busy.event, walked, at=busy.moment("8:20"))[1]))
    search.catch_up(busy.ledger.connection)
    assert looks(snap_compare, busy, size, "c", "down", "down", sees="walked in, on the list as")


@sizes
def test_answers(snap_compare: Compare, asked: Day, size: tuple[int, int]) -> None:
    """What people answered at the end, over the checklist of closing."""
    vote(asked, 24)
    capture.written(
        asked.ledger.append(
            capture.everyone_out(asked.hand(), read_fold(asked.ledger, asked.event), at=asked.clock(), reason="the end")
        )
    )
    close_event(asked.ledger, asked.hand(), read_event(asked.ledger, asked.event))
    assert looks(snap_compare, asked, size, "c", "a", sees="24 people answered")


@sizes
def test_kiosk(snap_compare: Compare, busy: Day, size: tuple[int, int]) -> None:
    """The laptop as a kiosk, three letters typed."""
    assert looks(snap_compare, busy, size, "L", "2468", "enter", "gar", sees="Lakeridge")


@sizes
def test_kiosk_answers(snap_compare: Compare, busy: Day, size: tuple[int, int]) -> None:
    """What somebody reads who has just come."""
    assert looks(
        snap_compare, busy, size, "L", "2468", "enter", "dia", "enter", "Rosa Diaz", "enter", sees="You are in at"
    )


@sizes
def test_kiosk_signs(snap_compare: Compare, busy: Day, size: tuple[int, int]) -> None:
    """The first time in an offering they sign, and read what they attest."""
    assert looks(snap_compare, busy, size, "L", "2468", "enter", "dia", "enter", sees="To sign, type")


@sizes
def test_kiosk_newcomer(snap_compare: Compare, busy: Day, size: tuple[int, int]) -> None:
    """Who is on no list writes themself down."""
    assert looks(snap_compare, busy, size, "L", "2468", "enter", "Ana Florez", "enter", sees="I ask for clock hours")


@sizes
def test_kiosk_asks_who(snap_compare: Compare, busy: Day, size: tuple[int, int]) -> None:
    """A newcomer of a name that is on the list."""
    fields = ["enter"] * 5
    form = ("zzz", "enter", "backspace", "backspace", "backspace", "Diaz", "enter", "Rosa", *fields, "Rosa Diaz")
    assert looks(snap_compare, busy, size, "L", "2468", "enter", *form, "enter", sees="No, I am new")


@sizes
def test_nothing_proven(snap_compare: Compare, busy: Day, size: tuple[int, int]) -> None:
    """No phone came yet: what to try."""
    keeper = PlayedKeeper(busy.event)
    app = desk(busy.around, event=busy.event, keeper=keeper)

    async def before(pilot: Pilot[Any]) -> None:
        seat = Seat(app, pilot, keeper)
        await seat.until(app.feed.ready.is_set)
        await seat.until(lambda: app.code is not None)
        keeper.say(CodeShown(Code(busy.event, URL, "192.168.1.20:8100", "K7QXMB", proven=False)))
        await seat.sees("not proven")
        if size == SMALL:
            await seat.type("T")
            await seat.sees("A guest network")

    assert snap_compare(app, terminal_size=size, run_before=before)


@sizes
def test_received(snap_compare: Compare, busy: Day, tmp_path: Path, size: tuple[int, int]) -> None:
    """What came from another laptop: what is to be decided first, then who."""
    file = another_laptop(busy, tmp_path)
    keeper = PlayedKeeper(busy.event)
    app = desk(busy.around, event=busy.event, keeper=keeper)

    async def before(pilot: Pilot[Any]) -> None:
        seat = Seat(app, pilot, keeper)
        await seat.until(app.feed.ready.is_set)
        await take_in(seat, file)
        await seat.sees("signed in at both laptops")
        app.clear_notifications()
        await pilot.pause(0.3)

    assert snap_compare(app, terminal_size=size, run_before=before)


@sizes
def test_paper(snap_compare: Compare, busy: Day, size: tuple[int, int]) -> None:
    """A sheet that is being keyed in: a row that stands, one that was keyed, one that is wrong."""
    busy.at("16:10")
    assert looks(
        snap_compare,
        busy,
        size,
        "K",
        "down",
        "down",
        "down",
        "830 1545",
        "enter",
        "8300",
        "enter",
        "845",
        sees="1 to look at",
    )


@sizes
def test_observing(snap_compare: Compare, busy: Day, size: tuple[int, int]) -> None:
    """A line is being typed: its moment stands before it."""
    assert looks_observed(snap_compare, busy, size, "T writes the qu", sees="Which of you")


@sizes
@pytest.mark.parametrize(
    "keys, sees",
    [
        (("T wr", "tab"), "Tab: which item?"),
        (("T wr", "shift+tab"), "code to which item?"),
        (("T wr", "tab", "tab", "r"), "MARKS STAY"),
        (("tab", "slash", "speaks"), "find: speaks"),
        (("tab", "g"), "Which level?"),
        (("T wr", "f6", "h", "h", "e"), "together"),
        (("nice job by everybody", "enter", "up", "up"), "nice job"),
        (("ctrl+e",), "End it?"),
        (("ctrl+e", "y"), "ENDED"),
    ],
    ids=["Tab", "coding", "marks stay", "finding", "level", "snapshot", "selecting", "ending", "ended"],
)
def test_observing_mode(
    snap_compare: Compare, busy: Day, keys: tuple[str, ...], sees: str, size: tuple[int, int]
) -> None:
    """Each mode can be told from the others, in a lesson that has gone on for a quarter of an hour."""
    assert looks_observed(snap_compare, busy, size, *keys, sees=sees)


def looks_observed(
    compare: Compare, day: Day, size: tuple[int, int], *keys: str, sees: str, protocol: protocols.Protocol = ROOM
) -> bool:
    """Whether the observer's screen looks as before."""
    observation = lesson(day, protocol)
    keeper = PlayedKeeper(day.event)
    app = desk(day.around, event=day.event, keeper=keeper)

    async def before(pilot: Pilot[Any]) -> None:
        seat = Seat(app, pilot, keeper)
        await seat.until(app.feed.ready.is_set)
        await observing.show(app, day.event, observation)
        await seat.sees("Which of you")
        await seat.type(*keys)
        await seat.sees(sees)
        await seat.sees("✓ saved")
        await pilot.pause(0.3)

    return compare(app, terminal_size=size, run_before=before)


@sizes
def test_observing_many_items(snap_compare: Compare, busy: Day, size: tuple[int, int]) -> None:
    """Sixty items: small letters, capitals, and some without; those that are not seen are found by typing."""
    items = tuple(
        protocols.Item(f"{word}-{number}", "tally", f"Asks for {word}, the {number}. kind")
        for number in range(1, 11)
        for word in ("facts", "ways", "reasons", "ideas", "words", "proof")
    )
    section = protocols.Section("one", "One", items=items)
    many = protocols.Protocol("many", "Many kinds of questions", "observation", "p", "s", 20, sections=(section,))
    assert looks_observed(snap_compare, busy, size, "tab", *["down"] * 20, sees="Which item?", protocol=many)


@sizes
@pytest.mark.parametrize("stem", ["four-attributes", "interval-coding", "questions-and-talk"])
def test_observing_by_a_shipped_protocol(snap_compare: Compare, busy: Day, stem: str, size: tuple[int, int]) -> None:
    """Fourteen ratings, two long snapshots, fifteen marks with long words."""
    protocol = find_protocol(stem, busy.around.workspace.protocols)
    keys = {"four-attributes": ("tab", "g"), "interval-coding": ("f6", "ta"), "questions-and-talk": ("tab",)}[stem]
    sees = {"four-attributes": "Which level?", "interval-coding": "Snapshot", "questions-and-talk": "Which item?"}[stem]
    assert looks_observed(snap_compare, busy, size, *keys, sees=sees, protocol=protocol)


@sizes
def test_search(snap_compare: Compare, busy: Day, size: tuple[int, int]) -> None:
    """People and a note, the note's text below."""
    busy.ledger.append_one(
        busy.hand().draft(
            "note", event=busy.event, body={"text": "Garcia asks for pacing guides", "segment": "Lunch", "tag": "note"}
        )
    )
    assert looks(snap_compare, busy, size, "f", "garcia", "enter", "down", "down", sees="Dec 2023")


@sizes
def test_empty_workspace(snap_compare: Compare, empty: Day, size: tuple[int, int]) -> None:
    """Nothing yet: what to do."""
    assert looks(snap_compare, empty, size, event=False, sees="press s")


@sizes
def test_further_screens(snap_compare: Compare, busy: Day, size: tuple[int, int]) -> None:
    """What to type on a tablet and at the projector."""
    assert looks(snap_compare, busy, size, "D", sees="123 456")


@sizes
@pytest.mark.parametrize(
    "keys, sees",
    [
        (("i", "gar"), "Lakeridge"),
        (("w",), "Certificate"),
        (("e",), "in 8:00"),
        (("n", "ask about pacing"), "pacing"),
        (("P", "k"), "How might we"),
        (("question_mark",), "Sign somebody in by name"),
        (("ctrl+p",), "Search for commands"),
        (("Q",), "Leave the desk?"),
        (("h",), "Heads"),
    ],
    ids=["sign in", "walk-in", "everyone out", "note", "popup", "help", "palette", "quit", "head count"],
)
def test_dialog(snap_compare: Compare, busy: Day, keys: tuple[str, ...], sees: str, size: tuple[int, int]) -> None:
    """Each dialog over the room."""
    assert looks(snap_compare, busy, size, *keys, sees=sees)


@sizes
def test_schedule(snap_compare: Compare, empty: Day, size: tuple[int, int]) -> None:
    """Which plan, out of those that are shipped."""
    assert looks(snap_compare, empty, size, "s", event=False, sees="Puget Sound")


@sizes
@pytest.mark.parametrize("key, sees", [("h", "such as 4.5"), ("q", "takes clock hours now")], ids=["hours", "credits"])
def test_wish(snap_compare: Compare, busy: Day, key: str, sees: str, size: tuple[int, int]) -> None:
    """Fewer hours, or credits in place of them."""
    assert looks(snap_compare, busy, size, "slash", "chen", "enter", "enter", key, sees=sees)


@sizes
def test_correction(snap_compare: Compare, busy: Day, size: tuple[int, int]) -> None:
    """Another time, and why."""
    assert looks(snap_compare, busy, size, "slash", "chen", "enter", "enter", "c", sees="why, in a few words")


@pytest.mark.parametrize("theme", ["light", "high contrast"])
def test_theme(snap_compare: Compare, busy: Day, theme: str) -> None:
    """The room in the other themes: state is a symbol, a word and a colour in each."""
    keeper = PlayedKeeper(busy.event)
    app = desk(busy.around, event=busy.event, keeper=keeper)

    async def before(pilot: Pilot[Any]) -> None:
        await Seat(app, pilot, keeper).until(app.feed.ready.is_set)
        app.theme = theme
        await pilot.pause(0.2)

    assert snap_compare(app, terminal_size=LARGE, run_before=before)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
@pytest.mark.parametrize("keys", [(), ("n", "pacing"), ("q",)], ids=["room", "note", "wall"])
def test_scan(
    snap_compare: Compare, busy: Day, monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    """The flash of a scanned badge: on the room, in a dialog, on the wall without a name."""
    monkeypatch.setattr(base, "FLASH_SECONDS", 600.0)
    busy.badge("Diaz", "4711")
    keeper = PlayedKeeper(busy.event)
    app = desk(busy.around, event=busy.event, keeper=keeper)

    async def before(pilot: Pilot[Any]) -> None:
        seat = Seat(app, pilot, keeper)
        await seat.until(app.feed.ready.is_set)
        await seat.type(*keys)
        await seat.scan("4711" if keys else "999999")
        await seat.sees("at 10:42" if keys else "is nobody's")
        await pilot.pause(0.6)

    assert snap_compare(app, terminal_size=size, run_before=before)


@sizes
def test_debrief(snap_compare: Compare, busy: Day, size: tuple[int, int]) -> None:
    """Items where observers differ first, what both noted on one, how far they agree, and one that is agreed on."""
    keys = ("B", "down", "y", "enter", "up")
    assert looks(snap_compare, debriefed(busy), size, *keys, sees="agreed seen")


@sizes
def test_debrief_agreeing(snap_compare: Compare, busy: Day, size: tuple[int, int]) -> None:
    """The agreed level is typed under the evidence."""
    assert looks(snap_compare, debriefed(busy), size, "B", "3", sees="what settled it")


def test_debrief_blind(snap_compare: Compare, busy: Day) -> None:
    """Nothing is shown, and it says whom it waits for."""
    assert looks(snap_compare, debriefed(busy, done=False), SMALL, "B", sees="Blind until all are done")


def test_read_only(snap_compare: Compare, busy: Day) -> None:
    """A second desk says so, and its writing keys are gone."""
    first, second = DeskLock.take(busy.around), DeskLock.take(busy.around)
    try:
        assert looks(snap_compare, busy, SMALL, lock=second, sees="READ ONLY")
    finally:
        first.release()


def test_a_ledger_that_can_not_be_read(snap_compare: Compare, busy: Day) -> None:
    """One sentence in place of the board, and nothing can be written."""
    keeper = PlayedKeeper()
    app = desk(busy.around, keeper=keeper)

    async def before(pilot: Pilot[Any]) -> None:
        seat = Seat(app, pilot, keeper)
        await seat.until(app.feed.ready.is_set)
        app.post_message(LedgerFailed("The ledger was written by a newer plfacilitate: update first."))
        await seat.sees("update first.")
        await pilot.pause()

    assert snap_compare(app, terminal_size=SMALL, run_before=before)


SCREENS = {
    "agenda": "agenda_late", "bank": "the_bank", "clear": "what_would_go", "close": "close", "cohort": "the_board_of_a_cohort",
    "debrief": "debrief", "fill": "an_interview", "fullqr": "full_screen_code", "groups": "who_works_with_whom",
    "insights": "insights", "kiosk": "kiosk", "notes": "notes", "polls": "answers_that_come_in",
    "popup": "a_problem_whose_group_is_asked",
    "names": "names", "observe": "observing", "paper": "paper", "person": "person", "received": "received",
    "room": "room", "run": "five_groups", "search": "search", "today": "today", "visit": "the_way",
}  # fmt: skip


def test_every_screen_has_its_picture() -> None:
    """A screen that is added without one, or has one in one size only, is missed here."""
    folder = Path(__file__).parents[3] / "plfacilitate" / "front" / "desk" / "screens"
    assert {path.stem for path in folder.glob("*.py")} - {"__init__", "base"} == SCREENS.keys()
    taken = {path.stem for path in (Path(__file__).parent / "__snapshots__").glob("*/*.svg")}
    assert {f"test_{name}[{size}]" for name in SCREENS.values() for size in ("80x24", "120x40")} <= taken
    assert Checklist.HELP
