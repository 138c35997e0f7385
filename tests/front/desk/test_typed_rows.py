"""Screens on which row after row is typed lead from row to row by the same keys."""

from __future__ import annotations

import pytest
from textual import events
from textual.keys import _character_to_key, key_to_character

from plfacilitate.front.desk.dialogs.form import Form
from plfacilitate.front.desk.screens.base import DeskScreen
from plfacilitate.front.desk.screens.fill import FillScreen
from plfacilitate.front.desk.screens.names import NamesScreen
from plfacilitate.front.desk.screens.paper import PaperScreen
from plfacilitate.front.widgets.typedfield import ROW_KEYS, LineField
from tests.front.desk.conftest import seat_of
from tests.front.desk.day import Day


@pytest.mark.parametrize("screen", [FillScreen, NamesScreen, PaperScreen])
def test_arrows_and_pages_lead_to_another_row(screen: type[DeskScreen]) -> None:
    """Before the field sees them, and whatever letter keys mean there."""
    assert {one.key for one in ROW_KEYS} == {"up", "down", "pageup", "pagedown"}
    assert all(one.priority and one in screen.BINDINGS for one in ROW_KEYS)
    assert hasattr(screen, "action_move")


def test_every_sign_of_the_keyboard_is_typed() -> None:
    """Also those that Textual names and does not know again: `+` and `-` would change the agenda while a name is looked for."""
    keys = {_character_to_key(sign) for sign in map(chr, range(33, 127))}
    assert {key for key in keys if not LineField().check_consume_key(key, key_to_character(key))} == set()


BURST = [
    *"Floer",
    "backspace",
    "backspace",
    *"res",
    "home",
    *"De ",
    "tab",
    *"Ana",
    "left",
    *"nn",
    "shift+tab",
    "end",
    *"!",
]
"""As quick fingers on a slow machine: letters, Backspace, arrows and Tab wait together."""


async def test_in_a_burst_of_keys_each_has_its_turn(busy: Day) -> None:
    """Backspace takes the letter before it, letters after Tab are the next field's; nothing is overtaken."""
    async with seat_of(busy) as seat:
        await seat.type("w")
        form = seat.app.screen
        assert isinstance(form, Form)
        for key in BURST:
            seat.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await seat.until(lambda: form.values["last_name"].endswith("!"))
        assert (form.values["last_name"], form.values["first_name"]) == ("De Flores!", "Annna")


async def test_a_text_of_several_lines_keeps_the_order_too(busy: Day) -> None:
    """A note, typed faster than it is drawn."""
    async with seat_of(busy) as seat:
        await seat.type("n")
        form = seat.app.screen
        assert isinstance(form, Form)
        for key in [*"abx", "backspace", *"c", "left", "left", *"-", "end", *"."]:
            seat.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await seat.until(lambda: "." in form.values["text"])
        assert form.values["text"] == "a-bc."
