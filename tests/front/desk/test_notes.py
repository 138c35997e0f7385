"""Notes from every screen of the desk with one key: a note, the parking lot, a decision; listed, one kind at a time."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from plfacilitate.core.notes import NoteFold, next_tag
from plfacilitate.front.desk import commands
from plfacilitate.front.desk.dialogs.noting import NoteForm
from plfacilitate.front.desk.orders import observing, visiting
from plfacilitate.front.desk.screens import base
from plfacilitate.front.desk.screens.base import DeskScreen
from plfacilitate.front.desk.screens.notes import NotesScreen
from tests.front.desk.conftest import Seat, seat_of
from tests.front.desk.day import Day, busy_day
from tests.front.desk.leading import led_day
from tests.front.desk.observing import lesson
from tests.front.desk.visiting import visiting_day

OTHERS = {"fullqr", "kiosk"}
"""Screens that others look at or type on: no note is taken there."""


@pytest.fixture
def busy(tmp_path: Path) -> Day:
    """A room with people in it."""
    return busy_day(tmp_path)


def noted(day: Day) -> list[tuple[str, str]]:
    """The notes of the event: what each is, and its words."""
    fold = NoteFold(day.event)
    fold.apply(day.ledger.entries(event=day.event))
    return [(one.tag, one.text) for one in fold.notes()]


def wheres() -> dict[str, str]:
    """Each screen of the desk by its module, with its name in the table of commands."""
    folder = Path(base.__file__).parent
    names = [file.stem for file in folder.glob("*.py") if file.stem not in ("__init__", "base")]
    found = {}
    for name in names:
        module = import_module(f"plfacilitate.front.desk.screens.{name}")
        kinds = [one for one in vars(module).values() if isinstance(one, type) and issubclass(one, DeskScreen)]
        own = [one for one in kinds if one.__module__ == module.__name__]
        found[name] = own[0].WHERE if own else ""
    return found


def test_no_screen_is_left_out() -> None:
    """F4 takes a note on each, n on each where letters mean something; a screen that is added fails here."""
    keys = {
        where: {key for one in commands.COMMANDS if one.run == "notes:note" and where in one.on for key in one.keys.split(",")}
        for where in wheres().values()
        if where
    }  # fmt: skip
    assert {name for name, where in wheres().items() if not where} == OTHERS
    assert len(keys) > 18
    assert [where for where, known in keys.items() if "f4" not in known] == []
    assert {where for where, known in keys.items() if "n" not in known} == {"run", "paper", "fill", "observe", "names"}


async def at(seat: Seat, where: str) -> None:
    """Wait until that screen stands."""
    await seat.until(lambda: getattr(seat.app.screen, "WHERE", "") == where, f"the screen {where}")


async def opens(seat: Seat, key: str) -> None:
    """The key opens the field, and Esc goes back to the screen."""
    before = seat.app.screen
    await seat.type(key)
    await seat.until(lambda: isinstance(seat.app.screen, NoteForm), f"{key} on {before}")
    await seat.type("escape")
    await seat.until(lambda: seat.app.screen is before)


async def test_a_walk_over_the_screens(busy: Day) -> None:
    """One key opens the field on each, and the same screen stands again behind it."""
    walk = {
        "person": ("enter",), "close": ("c",), "agenda": ("a",), "popup": ("P",), "polls": ("V",),
        "groups": ("G",), "notes": ("W",), "paper": ("K",),
    }  # fmt: skip
    async with seat_of(busy) as seat:
        await opens(seat, "n")
        for where, keys in walk.items():
            await seat.type(*keys)
            await at(seat, where)
            await opens(seat, "f4" if where == "paper" else "n")
            await seat.type("escape")
            await at(seat, "room")
        await seat.type("escape")
        await at(seat, "today")
        for key, where in (("I", "insights"), ("o", "cohort"), ("f", "search")):
            await seat.type(key)
            await at(seat, where)
            await opens(seat, "f4" if where == "search" else "n")
            await seat.type("escape")
            await at(seat, "today")


async def test_while_observing_and_on_a_visit(tmp_path: Path, busy: Day) -> None:
    """The field of the script has the keyboard: F4 takes a note and gives it back, with nothing typed into the script."""
    observation = lesson(busy)
    async with seat_of(busy) as seat:
        await observing.show(seat.app, busy.event, observation)
        await seat.sees("Which of you")
        await seat.type("f4", "ask the office", "tab", "enter")
        await seat.until(lambda: noted(busy) == [("parking", "ask the office")])
        assert seat.app.screen.query_one("#script-field").value == ""  # type: ignore[attr-defined]  # a field
    async with seat_of(busy) as seat:
        await seat.app.give("filling:go_on", observation)
        await at(seat, "fill")
        await opens(seat, "f4")
    async with seat_of(visiting_day(tmp_path / "visit")) as seat:
        await visiting.show(seat.app)
        await at(seat, "visit")
        await opens(seat, "n")


async def test_while_a_protocol_is_led(tmp_path: Path) -> None:
    """There n is the next step, so F4 takes the note."""
    day = led_day(tmp_path)
    async with seat_of(day) as seat:
        await seat.type("p", "f2")
        await at(seat, "run")
        await seat.type("f4", "one table is stuck", "enter")
        await seat.until(lambda: noted(day) == [("note", "one table is stuck")])


async def test_tab_says_what_it_is_and_the_list_shows_one_kind(busy: Day) -> None:
    """Note, parking lot, decision; a left one goes on as what it was; Tab in the list shows one kind only."""
    async with seat_of(busy) as seat:
        await seat.type("n", "first", "enter")
        await seat.told("Note kept")
        await seat.type("n", "tab", "who pays the bus?", "escape")
        await seat.type("n")
        await seat.sees("● parking lot")
        await seat.sees("who pays the bus?")
        await seat.type("enter")
        await seat.told("Parked")
        await seat.type("n", "tab", "tab", "we meet on Friday", "enter")
        await seat.told("Decision kept")
        assert noted(busy) == [("note", "first"), ("parking", "who pays the bus?"), ("decision", "we meet on Friday")]
        await seat.type("W")
        await seat.until(lambda: isinstance(seat.app.screen, NotesScreen))
        await seat.sees("note 1 · parking lot 1 · decision 1")
        await seat.type("tab")
        await seat.sees("Parking lot ·")
        assert "first" not in seat.text()
        await seat.type("tab", "u")
        await seat.sees("No decision yet")


def test_the_kinds_turn_round() -> None:
    """Forwards and back."""
    assert [next_tag("note"), next_tag("parking"), next_tag("decision"), next_tag("note", -1)] == [
        "parking", "decision", "note", "decision",
    ]  # fmt: skip
