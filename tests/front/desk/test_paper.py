"""A signed sheet keyed in, and what is printed for the door."""

from __future__ import annotations

from pathlib import Path

from textual import events

from plfacilitate.front.desk.screens.paper import PaperList, PaperRow, PaperScreen, TimesField
from tests.front.desk.conftest import Seat, seat_of
from tests.front.desk.day import Day, crowd
from tests.front.desk.test_room import row


def rows(seat: Seat) -> PaperList:
    """The sheet's rows."""
    return seat.app.screen.query_one(PaperList)


def under_cursor(seat: Seat) -> str:
    """Whose row it is."""
    item = rows(seat).current
    assert isinstance(item, PaperRow)
    return item.row.name if item.row is not None else ""


async def go_to(seat: Seat, name: str) -> None:
    """Put the cursor on somebody's row."""
    names = [one.row.name if one.row is not None else "" for one in rows(seat).items]
    at = next(at for at, one in enumerate(names) if one.startswith(name))
    await seat.type(*["down"] * (at - rows(seat).at))


async def test_in_and_out_and_the_next_row(busy: Day) -> None:
    """`830 1545` Enter: both by paper, at their minutes, and the cursor is on the next row; `u` takes the row back."""
    busy.at("16:10")
    async with seat_of(busy) as seat:
        await seat.type("K")
        await go_to(seat, "Diaz")
        await seat.type("830 1545", "enter")
        await seat.until(lambda: (row(seat, "Diaz").came, row(seat, "Diaz").left) == ("8:30", "15:45"))
        assert row(seat, "Diaz").means == "paper"
        assert not row(seat, "Diaz").by_hand
        assert under_cursor(seat) == "Evans, Pat"
        await seat.type("u")
        await seat.sees("Taken back: Diaz, Rosa: keyed in")
        await seat.until(lambda: not row(seat, "Diaz").came)
    marks = [one for one in busy.ledger.entries(event=busy.event) if one.means == "paper" and one.person]
    assert {one.by for one in marks} == {busy.around.by}


async def test_what_stands_is_corrected_with_a_reason(busy: Day) -> None:
    """A phone said 8:07, the sheet says 8:00: a correction that says why, and a sign-out beside it."""
    busy.at("16:10")
    async with seat_of(busy) as seat:
        await seat.type("K")
        await go_to(seat, "Brown")
        before = row(seat, "Brown").came
        await seat.type("8 1530", "enter")
        await seat.until(lambda: (row(seat, "Brown").came, row(seat, "Brown").left) == ("8:00", "15:30"))
        assert before != "8:00"
    person = busy.person("Brown").id
    found = [one for one in busy.ledger.entries(event=busy.event, kinds=("sign-in",)) if one.person == person]
    assert found[-1].replaces
    assert found[-1].body["reason"] == "as it stands on the sheet of paper"


async def test_as_above_and_one_time_only(busy: Day) -> None:
    """`=` repeats the row above; one time is an in."""
    busy.at("16:10")
    async with seat_of(busy) as seat:
        await seat.type("K")
        await go_to(seat, "Quispe")
        await seat.type("845 1540", "enter", "=", "enter", "850", "enter")
        await seat.until(lambda: row(seat, "Robinson").left == "15:40")
        await seat.until(lambda: row(seat, "Smith").came == "8:50")
        assert row(seat, "Robinson").came == "8:45"
        assert row(seat, "Smith").left == ""


async def test_keys_typed_ahead_belong_to_the_next_row(busy: Day) -> None:
    """Nobody waits for the screen: what comes right after Enter is the next person's."""
    busy.at("16:10")
    async with seat_of(busy) as seat:
        await seat.type("K")
        await go_to(seat, "Diaz")
        field = seat.app.screen.query_one(TimesField)
        for key in (*"830", "enter", *"840", "enter"):
            field.post_message(events.Key(key, key if len(key) == 1 else None))
        await seat.until(lambda: (row(seat, "Diaz").came, row(seat, "Evans").came) == ("8:30", "8:40"))


async def test_what_is_wrong_stays_on_its_row(busy: Day) -> None:
    """The next row goes on; the wrong one says why, counts above, and has its text again when one comes back."""
    async with seat_of(busy) as seat:
        await seat.type("K")
        await go_to(seat, "Diaz")
        await seat.type("8300", "enter", "840", "enter")
        await seat.sees("⚠ 8300 is no time")
        await seat.sees("⚠ 1 to look at")
        await seat.until(lambda: row(seat, "Evans").came == "8:40")
        await seat.type("up", "up")
        assert under_cursor(seat) == "Diaz, Rosa"
        await seat.sees("▸  8300")
        await seat.type("backspace", "enter")
        await seat.until(lambda: row(seat, "Diaz").came == "8:30")
        await seat.until(lambda: "to look at" not in seat.text())


async def test_out_without_in_is_refused_on_the_row(busy: Day) -> None:
    """The ledger's own no is on the row too."""
    async with seat_of(busy) as seat:
        await seat.type("K")
        await go_to(seat, "Diaz")
        await seat.type("- 1040", "enter")
        await seat.sees("has not signed in yet")
        assert not row(seat, "Diaz").came


async def test_somebody_on_no_list_has_a_row_at_the_end(busy: Day) -> None:
    """Name, e-mail, times: a walk-in by paper; letters are letters there."""
    async with seat_of(busy) as seat:
        await seat.type("K", "down", "pageup")
        await seat.type(*["pagedown"] * 4)
        assert under_cursor(seat) == ""
        await seat.type("Umu, Usha usha@example.org 820 1030", "enter")
        await seat.sees("Usha Umu: keyed in as a walk-in")
        await seat.until(lambda: row(seat, "Umu").left == "10:30")
        assert row(seat, "Umu").walk_in
        assert row(seat, "Umu").means == "paper"
        await seat.until(lambda: [one.row.name for one in rows(seat).items if one.row is not None][-1] == "Umu, Usha")


async def test_fifty_rows_are_fifty_lines_of_keys(tmp_path: Path) -> None:
    """Nothing is asked between two rows: a whole sheet is typed in one go, and all of it stands."""
    day = crowd(tmp_path, 50, at="16:00")
    async with seat_of(day) as seat:
        await seat.type("K", "8 1545", "enter")
        for number in range(1, 50):
            await seat.type(f"8{number % 60:02} =" if number % 5 else "=", "enter")
        await seat.until(lambda: all(one.left == "15:45" for one in seat.app.room.rows))
        assert isinstance(seat.app.screen, PaperScreen)
    assert len(list(day.ledger.entries(event=day.event, kinds=("sign-in", "sign-out")))) == 100


async def test_sheet_and_badges_are_printed_from_the_palette(busy: Day) -> None:
    """Both lie in the workspace as PDFs, and the toast says where."""
    async with seat_of(busy) as seat:
        await seat.app.action_do("print-sheet")
        await seat.told("26 people and 12 empty rows")
        await seat.app.action_do("print-badges")
        await seat.sees("on which labels?")
        await seat.type("enter")
        await seat.told("27 badges, 27 with a new number")
    folder = busy.around.workspace.root / "printed"
    assert {path.name for path in folder.iterdir()} == {"sign-in-sheet-2023-12-06.pdf", "badges-2023-12-06.pdf"}
    assert all(path.read_bytes().startswith(b"%PDF") for path in folder.iterdir())
