"""Observing: typing types, Tab makes the next key a mark, and nothing that was stamped is ever lost."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from plfacilitate.core.protocol import Item, Protocol, Section
from plfacilitate.core.visiting.observation import Bout
from plfacilitate.front.desk.desklock import DeskLock
from plfacilitate.front.desk.observing.modes import Which, Writing
from plfacilitate.front.desk.observing.scriptfield import ScriptField
from plfacilitate.front.desk.observing.scriptlist import ScriptList
from plfacilitate.front.desk.orders import observing
from plfacilitate.front.desk.screens.observe import ObserveScreen, draft_key
from plfacilitate.front.desk.threads.hands import Deed
from plfacilitate.shelf.offices import find_office
from plfacilitate.shelf.plans import find_plan
from plfacilitate.steps import events
from tests.front.desk.conftest import seat_of
from tests.front.desk.day import DAY, TZ, Day
from tests.front.desk.observing import ROOM, begun, observing_on, on_disk, script, seen, sitting_of
from tests.front.desk.visiting import NOWHERE

LARGE = (120, 40)


async def test_enter_stamps_a_line_with_the_moment_of_its_first_letter(busy: Day) -> None:
    """Typed at 10:42, stamped at 10:43: the line is of 10:42, and it is on the screen before the disk has it."""
    one = begun(busy)
    busy.at("10:42")
    async with observing_on(busy, one, size=LARGE) as seat:
        await seat.type("S1: why")
        busy.at("10:43")
        await seat.type("enter")
        assert "10:42:00  S1: why" in seat.text()
        await on_disk(seat)
    (line,) = seen(busy, one).lines
    assert (line.text, line.at) == ("S1: why", busy.moment("10:42"))


async def test_a_line_that_is_not_durable_yet_has_a_sign(busy: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seen at once, marked until the disk has it."""
    one = begun(busy)
    async with observing_on(busy, one) as seat:
        held: list[Deed] = []

        def slow(deed: Deed, *, draft: str = "") -> None:
            held.append(deed)

        monkeypatch.setattr(seat.app.hands, "do", slow)
        await seat.type("T waits", "enter")
        await seat.sees("… 10:30  T waits")
        await seat.sees("saving")
        assert seen(busy, one).lines == ()
        monkeypatch.undo()
        seat.app.hands.do(held[0])
        await seat.sees("  10:30  T waits")
        await seat.sees("✓ saved")
    assert [line.text for line in seen(busy, one).lines] == ["T waits"]


async def test_tab_makes_one_key_a_mark_and_the_half_typed_line_stays(busy: Day) -> None:
    """A tally in the middle of a sentence: the sentence goes on."""
    one = begun(busy)
    async with observing_on(busy, one) as seat:
        await seat.type("S1: wh", "tab")
        await seat.sees("Tab: which item?")
        await seat.type("r", "y", "enter")
        await on_disk(seat)
    found = seen(busy, one)
    assert [line.text for line in found.lines] == ["S1: why"]
    assert found.of("recall").times == 1


async def test_tab_twice_stays_with_the_marks_and_says_so(busy: Day) -> None:
    """Three tallies by three letters; Tab writes again."""
    one = begun(busy)
    async with observing_on(busy, one) as seat:
        await seat.type("tab", "tab")
        await seat.sees("MARKS STAY")
        await seat.type("r", "r", "e", "tab", "r", "enter")
        await on_disk(seat)
    found = seen(busy, one)
    assert (found.of("recall").times, found.of("explain").times) == (2, 1)
    assert [line.text for line in found.lines] == ["r"]


async def test_an_unknown_letter_marks_nothing_and_the_mode_waits(busy: Day) -> None:
    """No item has z: said, and the next letter is still a mark, not a letter of the line."""
    one = begun(busy)
    async with observing_on(busy, one) as seat:
        await seat.type("tab", "z")
        await seat.sees("No item has z.")
        assert sitting_of(seat).mode == Which()
        await seat.type("escape", "z")
        assert sitting_of(seat).mode == Writing()
        assert seat.app.screen.query_one("#script-field", ScriptField).value == "z"
    assert seen(busy, one).notes == {part.id: seen(busy, one).of(part.id) for part in ROOM.parts}


async def test_a_state_starts_and_stops_and_its_group_takes_turns(busy: Day) -> None:
    """The teacher's floor ends when a student has it; a key that is pressed twice by mistake does nothing."""
    one = begun(busy)
    async with observing_on(busy, one) as seat:
        busy.at("10:31")
        await seat.type("tab", "t", "tab", "t")
        await seat.sees("Pressed twice: counted once.")
        await seat.sees("▶ 0:00 t The teacher speaks")
        busy.at("10:33")
        await seat.type("tab", "s")
        busy.at("10:34")
        await seat.type("tab", "s")
        await on_disk(seat)
    found = seen(busy, one)
    assert found.of("floor-teacher").bouts == (Bout(busy.moment("10:31"), busy.moment("10:33")),)
    assert found.of("floor-student").bouts == (Bout(busy.moment("10:33"), busy.moment("10:34")),)


async def test_every_kind_of_item_is_answered_by_its_keys(busy: Day) -> None:
    """Level, seen or not, several of a choice, a number, words: each with a half-typed line that stays."""
    one = begun(busy)
    async with observing_on(busy, one) as seat:
        await seat.type("half", "tab", "g")
        await seat.sees("Student reads the day's objective")
        await seat.type("2")
        await seat.sees("2 Student reads the day's objective")
        keys = sitting_of(seat).letters
        await seat.type("tab", keys["wall"], "y")
        await seat.type("tab", keys["seats"], "r", "2", "enter")
        await seat.type("tab", keys["heads"], "24", "enter")
        await seat.type("tab", keys["task"], "read page 4", "enter", " a line", "enter")
        await on_disk(seat)
    found = seen(busy, one)
    values = {item: found.of(item).answer.value for item in ("goals", "wall", "seats", "heads", "task")}  # type: ignore[union-attr] # a None fails here
    assert values == {"goals": 2, "wall": "seen", "seats": ("rows", "groups"), "heads": 24, "task": "read page 4"}
    assert [line.text for line in found.lines] == ["half a line"]


async def test_an_answer_is_taken_away_by_backspace(busy: Day) -> None:
    """A level that was a mistake."""
    one = begun(busy)
    async with observing_on(busy, one) as seat:
        await seat.type("tab", "g", "2", "tab", "g", "backspace")
        await seat.sees("Taken away: Goals")
        await on_disk(seat)
    answer = seen(busy, one).of("goals").answer
    assert answer is not None
    assert answer.value is None


async def test_words_that_were_left_are_there_again(busy: Day) -> None:
    """Esc in the words of an item: the line is back, and so are the words when somebody comes back to them."""
    one = begun(busy)
    async with observing_on(busy, one) as seat:
        task = sitting_of(seat).letters["task"]
        await seat.type("half", "tab", task, "read pa", "escape", "!", "tab", task, "ge", "enter")
        await on_disk(seat)
        assert sitting_of(seat).text == "half!"
    assert seen(busy, one).of("task").answer.value == "read page"  # type: ignore[union-attr] # a None fails here


async def test_a_line_is_coded_half_typed_newest_or_selected(busy: Day) -> None:
    """Shift+Tab and a letter, toggling; the arrows select."""
    one = begun(busy)
    script(busy, one, ["first", "second"])
    busy.at("10:42")
    async with observing_on(busy, one) as seat:
        await seat.type("third", "shift+tab")
        await seat.sees("Shift+Tab: code to which item?")
        await seat.type("r", "shift+tab", "e", "enter")
        await seat.type("up", "up", "up", "shift+tab", "r")
        await seat.type("shift+tab", "e", "shift+tab", "e")
        await seat.type("escape", "shift+tab", "e")
        await on_disk(seat)
    assert [(line.text, line.items) for line in seen(busy, one).lines] == [
        ("first", ("recall",)), ("second", ()), ("third", ("recall",))
    ]  # fmt: skip


async def test_an_item_is_found_by_its_words(busy: Day) -> None:
    """Tab, then / and a few letters; Enter picks it."""
    one = begun(busy)
    async with observing_on(busy, one) as seat:
        await seat.type("tab", "/", "hall")
        await seat.sees("find: hall")
        assert "Asks for a fact" not in seat.text()
        await seat.type("enter")
        await on_disk(seat)
    assert [item.id for item in seen(busy, one).open_states] == ["noise"]


async def test_items_without_a_letter_are_found_by_typing(busy: Day) -> None:
    """Sixty items: eight have no letter, and all of them can be marked."""
    items = tuple(Item(f"i{number}", "tally", f"Thing number {number}") for number in range(60))
    many = Protocol("many", "Many", "observation", "p", "s", 20, sections=(Section("one", "One", items=items),))
    one = begun(busy, many)
    async with observing_on(busy, one) as seat:
        await seat.type("tab", "/", "number 59", "enter")
        await seat.type("tab", "up", "down", "down", "enter")
        await on_disk(seat)
    assert seen(busy, one).of("i59").times == 1
    assert seen(busy, one).of("i2").times == 1


async def test_students_have_numbers(busy: Day) -> None:
    """@ is the next one not used here, # the last one again, and pressed twice the sign itself."""
    one = begun(busy)
    script(busy, one, ["S1 asks S4"])
    busy.at("10:42")
    async with observing_on(busy, one) as seat:
        await seat.type("@: no, #: yes, ##1 of @", "enter")
        await on_disk(seat)
    assert seen(busy, one).lines[-1].text == "S5: no, S5: yes, #1 of S6"


async def test_a_judging_word_is_asked_about_and_blocks_nothing(busy: Day) -> None:
    """The line is there; one dim sentence asks what was seen."""
    one = begun(busy)
    async with observing_on(busy, one) as seat:
        await seat.type("great lesson", "enter")
        await seat.sees("“great” is a verdict")
        await on_disk(seat)
    assert [line.text for line in seen(busy, one).lines] == ["great lesson"]


async def test_a_snapshot_is_cued_given_left_open_and_skipped(busy: Day) -> None:
    """Due after five minutes; a letter counts a student; Esc leaves it open; a late one is given; one is skipped."""
    one = begun(busy)
    async with observing_on(busy, one) as seat:
        await seat.sees("snapshot in 5:00")
        busy.at("10:35")
        await seat.type("x")
        await seat.sees("SNAPSHOT 1 NOW")
        await seat.type("f6", "h", "h", "e", "escape", "y")
        await seat.type("f6", "h", "q", "12", "enter")
        await seat.sees("snapshot in")
        busy.at("10:45")
        await seat.type("z")
        await seat.sees("SNAPSHOT 3 NOW")
        await seat.type("f6", "left", "e", "enter", "f6", "-")
        await seat.sees("Snapshot 3 is skipped.")
        await seat.sees("snapshot in 5:00")
        await on_disk(seat)
        assert sitting_of(seat).text == "xyz"
    assert [(one.slot, dict(one.codes)) for one in seen(busy, one).of("sweep").glances] == [
        (1, {"hands": 3, "eyes": 1, "queue": 12}), (2, {"eyes": 1})
    ]  # fmt: skip


async def test_undo_goes_back_to_the_beginning_and_redo_forward(busy: Day) -> None:
    """Through lines, codes and marks of an earlier sitting too; then all of it again."""
    one = begun(busy)
    script(busy, one, ["before"])
    busy.at("10:42")
    async with observing_on(busy, one) as seat:
        await seat.type("now", "enter", "shift+tab", "r", "tab", "e")
        await on_disk(seat)
        for words in ("Asks for reasons", "what a line was coded to", "“now”", "“before”"):
            await seat.type("ctrl+z")
            await seat.sees(f"Taken back: {words}")
        assert seen(busy, one).lines == ()
        await seat.type("ctrl+z")
        await seat.sees("othing to take back")
        for _ in range(4):
            await seat.type("ctrl+y")
            await seat.sees("Done again.")
            await seat.pilot.pause(0.05)
        await seat.type("ctrl+y")
        await seat.sees("Nothing to do again.")
    found = seen(busy, one)
    assert [(line.text, line.items) for line in found.lines] == [("before", ()), ("now", ("recall",))]
    assert found.of("explain").times == 1


async def test_a_line_gets_other_words_and_keeps_its_time(busy: Day) -> None:
    """F2 on the newest, Enter on a selected one; the half-typed line waits."""
    one = begun(busy)
    script(busy, one, ["frist", "second"])
    busy.at("10:42")
    async with observing_on(busy, one) as seat:
        await seat.type("half", "f2", " one", "enter")
        assert sitting_of(seat).text == "half"
        await seat.type("up", "up", "f2", *["backspace"] * 5, "first", "enter")
        await on_disk(seat)
    assert [line.text for line in seen(busy, one).lines] == ["first", "second one"]
    assert seen(busy, one).lines[0].at == busy.moment("10:30") + timedelta(seconds=20)


async def test_the_end_asks_and_says_what_is_open(busy: Day) -> None:
    """States that go on and answers that are missing are listed; n stays, y ends, ctrl+z goes on."""
    one = begun(busy)
    async with observing_on(busy, one, size=LARGE) as seat:
        await seat.type("tab", "n", "ctrl+e")
        await seat.sees("These states go on")
        await seat.sees("Goals")
        await seat.type("n")
        await seat.pilot.pause()
        await seat.type("ctrl+e")
        await seat.sees("End it?")
        busy.at("10:50")
        await seat.type("y")
        await seat.sees("ENDED 10:50")
        await seat.type("late", "enter")
        await seat.sees("has ended: ctrl+z goes on")
        await on_disk(seat)
        ended = seen(busy, one)
        assert ended.of("noise").bouts == (Bout(busy.moment("10:30"), busy.moment("10:50"), by_rule=True),)
        await seat.type("ctrl+z")
        await seat.sees("Taken back: the end")
        await seat.type("enter")
        await on_disk(seat)
    found = seen(busy, one)
    assert found.ended_at is None
    assert [line.text for line in found.lines] == ["late"]


async def test_escape_leaves_at_the_second_press_and_the_half_typed_line_waits(busy: Day) -> None:
    """Letters are commands on other screens: nobody lands there by one key too many."""
    one = begun(busy)
    async with observing_on(busy, one) as seat:
        await seat.type("half", "tab", "escape", "escape")
        await seat.sees("Esc again leaves")
        await seat.type("!", "escape", "escape")
        await seat.until(lambda: not isinstance(seat.app.screen, ObserveScreen))
        await observing.show(seat.app, busy.event, one)
        await seat.sees("half!")
        await seat.type("enter")
        await on_disk(seat)
    assert [line.text for line in seen(busy, one).lines] == ["half!"]


async def test_a_killed_desk_has_the_half_typed_line_its_codes_and_the_open_snapshot(busy: Day) -> None:
    """What is in the drafts when the desk begins again: the line with its moment, and what was toggled."""
    one = begun(busy)
    async with observing_on(busy, one) as seat:
        await seat.type("ha", "shift+tab", "r", "lf", "f6", "h", "h", "ctrl+z")
        kept = dict(seat.app.drafts.read(draft_key(busy.event, one)))
        seat.app.drafts.save()
    busy.at("10:50")
    async with observing_on(busy, one) as seat:
        assert dict(seat.app.drafts.read(draft_key(busy.event, one))) == kept
        await seat.sees("→ r")
        await seat.type("enter", "f6", "left", "left", "left", "left", "enter")
        await on_disk(seat)
    found = seen(busy, one)
    assert [(line.text, line.items, line.at) for line in found.lines] == [
        ("half", ("recall",), busy.moment("10:30"))
    ]  # fmt: skip
    assert [(one.slot, dict(one.codes)) for one in found.of("sweep").glances] == [(1, {"hands": 2})]


async def test_a_draft_that_became_a_line_is_no_draft_any_more(busy: Day) -> None:
    """Killed between the line and the drafts: the line is there once."""
    one = begun(busy)
    async with observing_on(busy, one) as seat:
        await seat.type("once")
        kept = dict(seat.app.drafts.read(draft_key(busy.event, one)))
        await seat.type("enter")
        await on_disk(seat)
    assert kept["text"] == "once"
    drafts = busy.around.workspace.root / "drafts.json"
    drafts.write_text(json.dumps({draft_key(busy.event, one): kept}), "utf-8")
    async with observing_on(busy, one) as seat:
        assert sitting_of(seat).text == ""
    assert [line.text for line in seen(busy, one).lines] == ["once"]


async def test_help_says_what_the_keys_do_here(busy: Day) -> None:
    """F1, or Tab and a question mark; not what they do in lists."""
    one = begun(busy)
    async with observing_on(busy, one) as seat:
        for keys in (("f1",), ("tab", "?")):
            await seat.type(*keys)
            await seat.sees("The next key is a mark; Tab Tab stays, Tab / finds an item")
            assert "to the next part of the screen" not in seat.text()
            await seat.type("escape")
            await seat.sees("Marks" if keys == ("f1",) else "Which item?")


async def test_a_desk_that_is_open_to_read_only_notes_nothing(busy: Day) -> None:
    """A second desk on the workspace: the script can be read, and no key is lost into it."""
    one = begun(busy)
    script(busy, one, ["before"])
    first, second = DeskLock.take(busy.around), DeskLock.take(busy.around)
    try:
        async with seat_of(busy, lock=second) as seat:
            await observing.show(seat.app, busy.event, one)
            await seat.sees("before")
            await seat.type("x", "tab", "r", "enter")
            assert seat.app.screen.query_one("#script-field", ScriptField).value == ""
    finally:
        first.release()
    assert len(seen(busy, one).lines) == 1


async def test_a_page_stands_still_until_it_is_full(busy: Day) -> None:
    """Forty short lines: the newest is always seen, and most of the time none of the others moves."""
    one = begun(busy)
    async with observing_on(busy, one) as seat:
        moved, top = 0, 0
        rows = seat.app.screen.query_one("#script", ScriptList)
        for number in range(40):
            await seat.type("x", "enter")
            assert rows.top <= number < rows.top + rows.size.height
            moved += rows.top != top
            top = rows.top
        await on_disk(seat)
    assert 2 <= moved <= 4


async def test_a_disk_that_says_no_loses_nothing(busy: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line stays with a warning, is tried again, and is there once."""
    from plfacilitate.core.refusal import Refused
    from plfacilitate.store.ledger import Ledger

    one = begun(busy)
    append = Ledger.append

    def full(*_: object) -> object:
        raise Refused("not-written", detail="the disk is full.")

    async with observing_on(busy, one) as seat:
        monkeypatch.setattr(Ledger, "append", full)
        await seat.type("a line", "enter")
        await seat.sees("⚠ 10:30  a line")
        await seat.type("another", "enter", "escape", "escape")
        assert isinstance(seat.app.screen, ObserveScreen)
        monkeypatch.setattr(Ledger, "append", append)
        busy.clock.forward(seconds=3)
        await seat.sees("✓ saved")
    assert [line.text for line in seen(busy, one).lines] == ["a line", "another"]


async def test_observing_begins_by_protocol_and_name(busy: Day) -> None:
    """Asked where it is not known; the first line is written into it."""
    begun(busy)
    async with seat_of(busy, size=LARGE) as seat:
        await observing.begin(seat.app, stop="r7", protocols=("questions-and-talk", "time-on-task"))
        await seat.sees("Observe by which protocol?")
        await seat.sees("Questions and talk time")
        await seat.type("end", "enter")
        await seat.sees("Observer")
        await seat.type("Bo Li", "enter")
        await seat.until(lambda: getattr(seat.app.screen, "sitting", None) is not None)
        await seat.sees("Room 7 (B)")
        await seat.type("hello", "enter")
        await on_disk(seat)
        found = sitting_of(seat).book.seen
    assert (found.observer, found.stop, found.protocol.id) == ("Bo Li", "r7", "time-on-task")
    assert [line.text for line in seen(busy, found.id).lines] == ["hello"]


async def test_a_desk_that_comes_back_offers_to_go_on(busy: Day) -> None:
    """What goes on is said, and one's own is one key away; where all have ended, that is said too."""
    one = begun(busy, observer=busy.around.by)
    script(busy, one, ["before"])
    async with seat_of(busy, size=LARGE) as seat:
        await seat.told("R. Facilitator · Room 4 (A) · What happens in a room goes on, nothing is lost: J leads there.")
        await seat.type("J")
        await seat.sees("before")
        await seat.type("ctrl+e")
        await seat.sees("End it?")
        await seat.type("y")
        await on_disk(seat)
        await seat.type("escape", "escape")
        await seat.until(lambda: not isinstance(seat.app.screen, ObserveScreen))
        await seat.type("J")
        await seat.told("No observation goes on here.")


async def test_what_another_observer_has_open_is_chosen_by_name(busy: Day) -> None:
    """One key too many opens nobody else's notes."""
    one = begun(busy)
    script(busy, one, ["before"])
    async with seat_of(busy, size=LARGE) as seat:
        await seat.type("J")
        await seat.sees("Go on with whose?")
        await seat.sees("Ada Bell · Room 4 (A) · What happens in a room")
        await seat.type("enter")
        await seat.sees("before")


async def test_of_two_open_sheets_one_s_own_comes_first(busy: Day) -> None:
    """Both were written on this laptop, which was killed: Enter goes on with one's own, also where it is the older one."""
    own = begun(busy, observer=busy.around.by)
    begun(busy, at="10:40")
    async with seat_of(busy, size=LARGE) as seat:
        await seat.type("J")
        await seat.sees("Go on with whose?")
        await seat.type("enter")
        await seat.until(lambda: getattr(seat.app.screen, "sitting", None) is not None)
        assert sitting_of(seat).book.seen.id == own


async def test_what_has_no_end_of_another_day_is_said_when_the_desk_begins(busy: Day) -> None:
    """The desk begins with a later event: which room, and of which day."""
    begun(busy, observer=busy.around.by)
    plan, office = find_plan("site-visit", NOWHERE, offices=NOWHERE), find_office("psesd", NOWHERE)
    later = events.Schedule("s1", DAY + timedelta(days=1), TZ, "Lakeridge Elementary")
    busy.event = events.schedule_event(busy.ledger, busy.hand(), plan, office, later)
    async with seat_of(busy) as seat:
        await seat.told("R. Facilitator · Room 4 (A) · What happens in a room of Wed 6 Dec goes on: open that day")


async def test_the_foot_offers_snapshots_only_where_there_are_some(busy: Day) -> None:
    """Questions and talk have none."""
    without = replace(ROOM, sections=ROOM.sections[:2])
    for protocol in (ROOM, without):
        one = begun(busy, protocol)
        async with observing_on(busy, one, size=LARGE) as seat:
            await seat.sees("ctrl+e end")
            assert ("F6 snapshot" in seat.text()) is (protocol is ROOM)


async def test_long_items_are_told_apart_on_a_small_screen(busy: Day) -> None:
    """Their ids as words where the panel has no room; the one under the letter in full."""
    alike = tuple(
        Item(name, "tally", f"A student {how} a raised hand speaks to all of the class and is heard by everybody")
        for name, how in (("raised-hand", "with"), ("without-hand", "without"))
    )
    more = tuple(Item(f"item-{number}", "tally", f"Something else, number {number}") for number in range(16))
    one = begun(
        busy, Protocol("p", "P", "observation", "", "", 20, sections=(Section("s", "S", items=(*alike, *more)),))
    )
    async with observing_on(busy, one, size=(80, 24)) as seat:
        await seat.sees("raised hand")
        assert "without hand" in seat.text()
        assert "A student with" not in seat.text()


async def test_a_draft_of_a_line_is_gone_on_with(busy: Day) -> None:
    """The desk's draft key leads back to the half-typed line."""
    one = begun(busy)
    async with observing_on(busy, one) as seat:
        await seat.type("half", "escape", "escape")
        await seat.until(lambda: not isinstance(seat.app.screen, ObserveScreen))
        await seat.type("N")
        await seat.until(lambda: isinstance(seat.app.screen, ObserveScreen))
        await seat.sees("half")


async def test_nothing_rings_or_pops_up(busy: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    """Silent: what the desk has to say stands in the status line."""
    one = begun(busy)
    rung: list[int] = []
    async with observing_on(busy, one) as seat:
        monkeypatch.setattr(type(seat.app), "bell", lambda app: rung.append(1))
        seat.app.say("Phones can sign in now.")
        await seat.sees("Phones can sign in now.")
        await seat.type("tab", "z", "escape", "enter", "ctrl+y", "30118822447", "enter")
        await on_disk(seat)
        assert seat.toasts() == []
    assert rung == []
    assert [line.text for line in seen(busy, one).lines] == ["30118822447"]


async def test_a_toast_from_before_does_not_lie_over_the_field(busy: Day) -> None:
    """What the desk said a moment ago is gone when somebody begins to write."""
    one = begun(busy)
    async with seat_of(busy) as seat:
        seat.app.say("Phones can sign in now.")
        await seat.told("Phones can sign in now.")
        await observing.show(seat.app, busy.event, one)
        await seat.until(lambda: not seat.toasts(), "no toast is left")


async def test_a_resize_loses_nothing(busy: Day) -> None:
    """Half-typed, in a mode, with a long line: everything is there in the other size."""
    one = begun(busy)
    script(busy, one, ["word " * 30])
    busy.at("10:42")
    async with observing_on(busy, one) as seat:
        await seat.type("half", "tab")
        await seat.pilot.resize_terminal(120, 40)
        await seat.sees("Tab: which item?")
        await seat.type("escape", "!", "enter")
        await seat.sees("half!")
        await seat.pilot.resize_terminal(80, 24)
        await seat.sees("half!")
        await on_disk(seat)
    assert [line.text for line in seen(busy, one).lines] == [("word " * 30).strip(), "half!"]
