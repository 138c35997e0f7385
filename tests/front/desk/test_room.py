"""The room: signing in and out by name, groups, undo, filter, notes."""

from __future__ import annotations

import pytest

from plfacilitate.front.desk.app import desk
from plfacilitate.front.desk.deeds import attendance as deeds
from plfacilitate.front.desk.lists.board import Board
from plfacilitate.front.desk.lists.qr import fit
from plfacilitate.front.desk.painting.pictures import Code, Door, Row
from plfacilitate.front.desk.threads.messages import CodeShown, DoorStood
from plfacilitate.shelf.qr import modules
from tests.front.desk.conftest import URL, PlayedKeeper, Seat, seat_of
from tests.front.desk.day import Day


def row(seat: Seat, name: str) -> Row:
    """A person's line on the board."""
    return next(one for one in seat.app.room.rows if one.name.startswith(name))


def entries(day: Day, kind: str) -> list[str]:
    """The persons of all entries of a kind, in order."""
    return [str(entry.person) for entry in day.ledger.entries(event=day.event, kinds=(kind,))]


async def test_three_letters_and_enter_sign_a_person_in(busy: Day) -> None:
    """`i`, the beginning of the name, Enter: the person is in, the toast says how to take it back."""
    async with seat_of(busy) as seat:
        assert row(seat, "Yamamoto").state == "expected"
        await seat.type("i", "y", "a", "m", "enter")
        await seat.sees("✓ Yamamoto, Yuki in at 10:42  ctrl+z undoes")
        await seat.until(lambda: row(seat, "Yamamoto").present)
        assert row(seat, "Yamamoto").means == "desk"
    assert busy.person("Yamamoto").id in entries(busy, "sign-in")


async def test_undo_takes_the_last_action_back_and_redo_does_it_again(busy: Day) -> None:
    """`u` voids exactly what was done last, `U` voids the voiding."""
    async with seat_of(busy) as seat:
        await seat.type("i", "y", "a", "m", "enter")
        await seat.until(lambda: row(seat, "Yamamoto").present)
        await seat.type("escape", "u")
        await seat.told("Taken back: Yamamoto, Yuki in at 10:42")
        await seat.until(lambda: not row(seat, "Yamamoto").came)
        await seat.type("U")
        await seat.told("Done again: Yamamoto, Yuki in at 10:42")
        await seat.until(lambda: row(seat, "Yamamoto").present)


async def test_nothing_to_undo_is_one_clear_sentence(busy: Day) -> None:
    """A fresh desk takes nothing back that it did not do."""
    async with seat_of(busy) as seat:
        await seat.type("u")
        await seat.told("There is nothing to take back in this sitting")


async def test_sign_out_offers_those_who_are_in_first(busy: Day) -> None:
    """`o` and a name that somebody outside has too: the one who is in is taken."""
    async with seat_of(busy) as seat:
        await seat.type("o", "g", "a", "r", "enter")
        await seat.sees("✓ Garcia, Maria (Campbell Hill) out at 10:42")
        await seat.until(lambda: sum(one.present for one in seat.app.room.rows if one.name.startswith("Garcia")) == 1)
        await seat.type("g", "a", "r", "enter")
        await seat.until(lambda: not any(one.present for one in seat.app.room.rows if one.name.startswith("Garcia")))


async def test_enter_waits_for_the_answer_to_what_is_typed(busy: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    """Enter before the answer is there takes the first match of the whole text, not of its beginning."""
    async with seat_of(busy) as seat:
        asked: list[str] = []
        answer = seat.app.feed.find_people
        monkeypatch.setattr(seat.app.feed, "find_people", asked.append)
        await seat.type("i", "d", "i", "a", "enter")
        assert seat.app.screen.is_modal
        answer(asked[-1])
        await seat.sees("Diaz, Rosa in at 10:42")


async def test_whoever_is_in_is_not_signed_in_twice(busy: Day) -> None:
    """A second sign-in is answered with the time of the first, and nothing is written."""
    before = len(entries(busy, "sign-in"))
    async with seat_of(busy) as seat:
        await seat.type("i", "a", "l", "v", "enter")
        await seat.told("Alvarez, Maria is in already, since 8:00.")
    assert len(entries(busy, "sign-in")) == before


async def test_nobody_of_that_name_becomes_a_walk_in(busy: Day) -> None:
    """A name that nobody has leads to the walk-in form with the name filled in."""
    async with seat_of(busy) as seat:
        await seat.type("i", "ana petrov", "enter")
        await seat.sees("Walk-in")
        await seat.type("f2")
        await seat.sees("✓ ana petrov walked in at 10:42")
        await seat.until(lambda: any(one.name == "petrov, ana" for one in seat.app.room.rows))
        assert row(seat, "petrov").walk_in


async def test_walk_in_needs_a_last_name_and_keeps_what_was_typed(busy: Day) -> None:
    """Without a name the form says so; Esc and a second `w` bring the typed text back."""
    async with seat_of(busy) as seat:
        await seat.type("w", "tab", "tab", "Hazelwood", "f2")
        await seat.sees("A name is needed: type at least a last name.")
        await seat.type("escape", "w")
        await seat.sees("Hazelwood")


async def test_a_group_with_somebody_who_never_came_says_so(busy: Day) -> None:
    """Who is out already and who was never in are two things."""
    people = {busy.person(name).id: name for name in ("Alvarez", "Ito", "Diaz")}  # in, out since 10:05, expected
    async with seat_of(busy) as seat:
        seat.app.do_deed(deeds.sign_out(busy.event, people))
        await seat.told("Alvarez out at 10:42 (1 was out already) (1 was never in)")


async def test_a_whole_group_at_once_is_one_undo(busy: Day) -> None:
    """Space marks three people, `o` signs them out in one append, one `u` takes all three back."""
    async with seat_of(busy) as seat:
        await seat.type("space", "space", "space")
        await seat.sees("3 marked")
        await seat.type("o")
        await seat.told("3 people out at 10:42 · u undoes")
        await seat.until(lambda: seat.app.room.present == 20)
        assert not seat.app.screen.query_one(Board).marked
        await seat.type("u")
        await seat.until(lambda: seat.app.room.present == 23)


async def test_palette_signs_in_all_who_match_the_filter(busy: Day) -> None:
    """The filter shows who is expected; one command signs all of them in."""
    async with seat_of(busy) as seat:
        await seat.type("slash", "expected", "enter")
        await seat.sees("only “expected”: 3")
        await seat.app.action_do("sign-in-matching")
        await seat.told("3 people in at 10:42")
        await seat.until(lambda: seat.app.room.present == 26)


async def test_everyone_out_spares_the_exceptions_and_is_one_undo(busy: Day) -> None:
    """All who are still here go out at 15:45 for one reason, but for one; one `u` brings them back."""
    busy.at("15:50")
    async with seat_of(busy) as seat:
        await seat.type("e")
        await seat.sees("15:45")
        await seat.type("enter", "end of the session", "enter", "space", "enter")
        await seat.told("22 people out at 15:45")
        await seat.until(lambda: seat.app.room.present == 1)
        assert row(seat, "Alvarez").present
        assert row(seat, "Brown").left == "15:45"
        assert row(seat, "Brown").by_hand
        await seat.type("u")
        await seat.until(lambda: seat.app.room.present == 23)
    reasons = {
        str(one.body["reason"]) for one in busy.ledger.entries(event=busy.event, kinds=("sign-out",)) if one.body
    }
    assert "end of the session" in reasons


async def test_everyone_out_asks_for_a_reason(busy: Day) -> None:
    """The reason that stands there may be another one, but not none: nothing is written, and the dialog says why."""
    async with seat_of(busy) as seat:
        await seat.type("e")
        await seat.sees("end of the session; no sign-out made")
        await seat.type("enter", "delete", "f2")
        await seat.sees("A correction needs a reason")
        await seat.type("escape")
        assert seat.app.room.present == 23


async def test_everyone_is_out_by_enter_alone(busy: Day) -> None:
    """Time and reason stand there already: Enter three times, and who forgot to sign out is out."""
    busy.at("15:50")
    async with seat_of(busy) as seat:
        await seat.type("e", "enter", "enter", "enter")
        await seat.told("23 people out at 15:45 · u undoes")
    marks = [one for one in busy.ledger.entries(event=busy.event, kinds=("sign-out",)) if one.body.get("group")]
    assert {one.body["reason"] for one in marks} == {"end of the session; no sign-out made"}


async def test_filter_narrows_and_esc_shows_everybody(busy: Day) -> None:
    """`/` narrows by name, school and state; Enter keeps it, Esc lets go."""
    async with seat_of(busy) as seat:
        board = seat.app.screen.query_one(Board)
        await seat.type("slash", "dimm")
        await seat.until(lambda: {one.place for one in board.items} == {"Dimmitt"})
        await seat.type("enter")
        assert seat.app.focused is board
        await seat.type("escape")
        await seat.until(lambda: len(board.items) == len(seat.app.room.rows))


async def test_cursor_stays_on_its_person_while_others_come(busy: Day) -> None:
    """A walk-in above the cursor moves the lines, not the person who is looked at."""
    async with seat_of(busy) as seat:
        board = seat.app.screen.query_one(Board)
        await seat.type("down", "down", "down")
        before = board.current
        assert before is not None
        await seat.type("i", "aaron aab", "enter", "f2")
        await seat.until(lambda: len(board.items) == 28)
        assert board.current is not None
        assert board.current.person == before.person


async def test_phones_appear_on_the_board_by_themselves(busy: Day) -> None:
    """What another process writes is on the screen without a key."""
    async with seat_of(busy) as seat:
        busy.comes(busy.person("Diaz").id, "10:41")
        await seat.until(lambda: row(seat, "Diaz").state == "late")
        await seat.sees("10:41 ◐ Diaz, Rosa signed in (phone)")
        busy.leaves(busy.person("Diaz").id, "10:42")
        await seat.until(lambda: row(seat, "Diaz").state == "early")


async def test_a_note_is_stamped_with_the_segment_and_found_by_search(busy: Day) -> None:
    """`n`, words, Enter: the note carries the running segment, and search finds it by its words."""
    async with seat_of(busy) as seat:
        await seat.type("n", "ask about pacing guides", "enter")
        await seat.told("Note kept")
        await seat.type("f")
        await seat.type("pacing")
        await seat.sees("ask about pacing guides")
    (note,) = busy.ledger.entries(event=busy.event, kinds=("note",))
    assert note.body["segment"] == "Consultancy in groups of six"


async def test_a_left_note_is_a_draft_until_it_is_kept(busy: Day) -> None:
    """Esc loses no text: the next `n` goes on with it, also at a desk that was opened anew."""
    async with seat_of(busy) as seat:
        await seat.type("n", "half a thou", "escape")
        await seat.until((busy.around.workspace.root / "drafts.json").exists)
    async with seat_of(busy) as seat:
        await seat.type("n")
        await seat.sees("half a thou")
        await seat.type("ght", "enter")
        await seat.told("Note kept")
    (note,) = busy.ledger.entries(event=busy.event, kinds=("note",))
    assert note.body["text"] == "half a thought"


async def test_a_problem_of_practice_keeps_ideas_and_commitment(busy: Day) -> None:
    """The POP-up form: owner, problem, how might we, ideas one a line, commitment."""
    async with seat_of(busy) as seat:
        await seat.type("P")
        await seat.sees("No problem of practice yet")
        await seat.type("k", "Dana", "tab", "Groups wait for me", "tab", "let them lead", "tab")
        await seat.type(
            "talking stick", "enter", "roles", "tab", "roles", "tab", "cards", "tab", "Dana", "tab", "14 Dec", "enter"
        )
        await seat.told("POP-up of Dana kept")
    (popup,) = busy.ledger.entries(event=busy.event, kinds=("popup",))
    assert popup.body["ideas"] == ["talking stick", "roles"]
    assert popup.body["commitment"] == {"what": "roles", "first_step": "cards", "who": "Dana", "due": "2023-12-14"}


async def test_head_count_stands_beside_the_room(busy: Day) -> None:
    """`h`, a number, Enter; a word is no number."""
    async with seat_of(busy) as seat:
        await seat.type("h", "many", "enter")
        await seat.sees("Type a number, such as 48.")
        await seat.type("backspace", "backspace", "backspace", "backspace", "23", "enter")
        await seat.sees("head count 23")


async def test_names_that_hold_markup_or_escapes_are_shown_as_text(busy: Day) -> None:
    """A name is data: `[red]`, an escape, a right-to-left mark and 300 letters break neither line nor screen."""
    busy.people([("[red]Bold[/red]", "\x1b[31mX", "A"), ("\u202edrow", "=1+1", "A"), ("L" + "o" * 300, "ng", "A")])
    ids = [one.id for one in (busy.person("[red]"), busy.person("\u202e"), busy.person("Loo"))]
    busy.expect(ids)
    async with seat_of(busy, size=(80, 24)) as seat:
        await seat.type("slash", "expected")
        await seat.sees("[red]Bold[/red], ␛")
        await seat.sees("⟨202E⟩drow, =1+1")
        await seat.sees("Looooooooo")
        assert "\x1b" not in seat.text()
        assert all(len(line) <= 80 for line in seat.text().splitlines())


async def test_no_toast_is_on_the_wall(busy: Day) -> None:
    """Toasts name people and would cover the address: none is drawn over the code for the projector."""
    keeper = PlayedKeeper(busy.event)
    app = desk(busy.around, event=busy.event, keeper=keeper)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        seat = Seat(app, pilot, keeper)
        await seat.until(lambda: app.feed.ready.is_set() and app.code is not None)
        await seat.type("q")
        await seat.sees("Scan to sign in")
        app.say("Brown, Dana out at 10:42")
        await pilot.pause(0.3)
        assert "Brown" not in seat.text()


async def test_a_key_whose_time_is_over_leaves_the_key_line(busy: Day) -> None:
    """Open doors need no key to open them; what only waits for something is greyed."""
    async with seat_of(busy) as seat:
        await seat.sees("i sign in")
        assert "open the doors" not in seat.text()
        seat.keeper.say(DoorStood(Door("off", "", busy.event)))
        await seat.sees("d open the doors")


async def test_an_address_that_no_phone_has_reached_is_not_proven(busy: Day) -> None:
    """Said beside the code, with three steps to try under one key; the first phone ends it."""
    async with seat_of(busy) as seat:
        code = Code(busy.event, URL, "192.168.1.20:8100", "K7QXMB", proven=False)
        await seat.until(lambda: seat.app.code is not None)
        assert "not proven" not in seat.text()
        seat.keeper.say(CodeShown(code))
        await seat.sees("not proven: no phone came · T")
        await seat.type("T")
        await seat.sees("No phone came through yet")
        await seat.sees("the same Wi-Fi as this laptop")
        await seat.sees("3. A guest network")
        await seat.type("escape")
        seat.keeper.say(CodeShown(code._replace(proven=True)))
        await seat.told("Proven: a phone came through")
        await seat.until(lambda: "not proven" not in seat.text())


async def test_a_laptop_in_no_network_is_told_to_join_one_first(busy: Day) -> None:
    """Whatever the address: where the door says that nobody gets there, the first step is another one."""
    async with seat_of(busy) as seat:
        await seat.until(lambda: seat.app.code is not None)
        code = Code(busy.event, URL, "127.0.0.1:8100", "K7QXMB", proven=False, reachable=False)
        seat.keeper.say(CodeShown(code))
        await seat.sees("not proven")
        await seat.type("T")
        await seat.sees("1. This laptop is in no network that phones are in")


async def test_the_wall_gives_the_agenda_s_lines_to_the_code_where_that_makes_it_larger(busy: Day) -> None:
    """In a window of 31 lines the code is twice as large without them; in one of 40 both fit."""
    for height in (30, 31, 40):
        async with seat_of(busy, size=(120, height)) as seat:
            await seat.type("q")
            await seat.sees("Scan to sign in")
            large = seat.app.screen.query_one("#large")
            found = fit(len(modules(URL)), *large.size)
            assert found is not None
            assert found.scale == (1 if height == 30 else 2)
            assert ("NEXT" in seat.text()) is (height != 31)
