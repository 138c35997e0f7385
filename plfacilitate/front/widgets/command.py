"""A row of a screen's table of commands, and what Textual needs of such a table.

Owns the row. Which commands there are stands in the table of each app, what one does in its orders.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual.binding import Binding, BindingType


class Command(NamedTuple):
    """One thing that can be done. `keys` as Textual names them, the first is shown; "" = palette only.

    `label` is the short word of the key line, `tip` the sentence of help and palette. `foot` False = not on the key
    line. `run` names a function of the app's `orders/`.
    """

    name: str
    keys: str
    label: str
    tip: str
    on: tuple[str, ...]
    run: str
    needs: tuple[str, ...] = ()
    foot: bool = True


def on_foot_of(commands: Sequence[Command], screen: str) -> list[Command]:
    """The commands of a screen's key line, in their order."""
    return [command for command in commands if screen in command.on and command.foot and command.keys]


def bindings_of(commands: Sequence[Command], screen: str) -> list[BindingType]:
    """The keys of a screen. They are looked up before a widget sees the key, unless somebody is typing."""
    return [
        Binding(key, f"app.do('{command.name}')", command.label, tooltip=command.tip, priority=key != "escape")
        for command in commands
        if screen in command.on
        for key in command.keys.split(",")
        if key
    ]
