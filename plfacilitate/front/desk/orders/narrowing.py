"""The problem bank narrowed: to some words, a theme, a school, an attribute, a state.

Owns what a key goes to next. What is left of the list is worked out by `lists.narrowed`.
"""

from __future__ import annotations

from collections.abc import Sequence

from plfacilitate.core.protocol import TITLES
from plfacilitate.core.text import plain
from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.desk.lists.narrowed import STATES
from plfacilitate.front.desk.screens.bank import BankScreen
from plfacilitate.front.widgets.dialogs.base import ask
from plfacilitate.front.widgets.dialogs.choose import Option
from plfacilitate.front.widgets.dialogs.find import Find

FEW = 5  # themes or schools up to which a key goes from one to the next; more are found by typing


async def find(desk: DeskBase) -> None:
    """Type to see only some."""
    if isinstance(desk.screen, BankScreen):
        await desk.screen.open_filter()


async def theme(desk: DeskBase) -> None:
    """The next theme, or one of many by its name."""
    if desk.bank is not None:
        await _turn(desk, "theme", desk.bank.themes(), "No problem has a theme yet: e gives one.")


async def school(desk: DeskBase) -> None:
    """The next school, or one of many by its name."""
    if desk.bank is not None:
        await _turn(desk, "school", desk.bank.schools(), "No problem says which school it comes from.")


async def _turn(desk: DeskBase, name: str, known: Sequence[str], none: str) -> None:
    screen = desk.screen
    if not isinstance(screen, BankScreen):
        return
    if not known:
        desk.say(none)
    elif len(known) <= FEW:
        screen.narrow(**{name: _next(("", *known), getattr(screen.chosen, name))})
    else:
        options = [Option("", f"any {name}"), *(Option(one, plain(one)) for one in known)]
        await ask(desk, Find(f"Problems of which {name}?", options), lambda key: screen.narrow(**{name: key}))


def _next(values: Sequence[str], now: str) -> str:
    return values[(values.index(now) + 1) % len(values)] if now in values else values[0]


async def attribute(desk: DeskBase) -> None:
    """The next attribute that a problem is filed under."""
    if isinstance(desk.screen, BankScreen) and desk.bank is not None:
        used = {row.problem.attribute for row in desk.bank.rows}
        known = ("", *(one for one in TITLES if one in used))
        if len(known) == 1:
            desk.say("No problem is filed under an attribute yet: e does.")
        desk.screen.narrow(attribute=_next(known, desk.screen.chosen.attribute))


async def state(desk: DeskBase) -> None:
    """Due, promised, tried, nothing promised, settled, then all of them again."""
    if isinstance(desk.screen, BankScreen):
        desk.screen.narrow(state=_next(("", *STATES), desk.screen.chosen.state))
