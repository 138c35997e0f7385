"""Moving between screens.

Owns which screen follows which. Nothing here writes.
"""

from __future__ import annotations

from plfacilitate.front.office import commands
from plfacilitate.front.office.base import OfficeBase
from plfacilitate.front.office.screens.base import OfficeScreen
from plfacilitate.front.widgets.dialogs.base import ask
from plfacilitate.front.widgets.dialogs.confirm import Confirm
from plfacilitate.front.widgets.dialogs.help import LISTS, Help, Key
from plfacilitate.front.widgets.keyline import key_text
from plfacilitate.front.widgets.looks import THEMES


async def came(office: OfficeBase) -> None:
    """What came."""
    await office.switch_mode("came")


async def held(office: OfficeBase) -> None:
    """What is held."""
    await office.switch_mode("held")


async def laptops(office: OfficeBase) -> None:
    """The laptops."""
    await office.switch_mode("laptops")


async def offerings(office: OfficeBase) -> None:
    """The offerings."""
    await office.switch_mode("offerings")


async def disputes(office: OfficeBase) -> None:
    """What needs a decision."""
    await office.switch_mode("disputes")


async def next_mode(office: OfficeBase) -> None:
    """The next of the five."""
    await _step(office, 1)


async def mode_before(office: OfficeBase) -> None:
    """The one before."""
    await _step(office, -1)


async def _step(office: OfficeBase, by: int) -> None:
    at = commands.MODES.index(office.current_mode)
    await office.switch_mode(commands.MODES[(at + by) % len(commands.MODES)])


async def offering(office: OfficeBase) -> None:
    """The offering under the cursor."""
    from plfacilitate.front.office.screens.offering import OfferingScreen

    if office.series:
        await office.push_screen(OfferingScreen(office.series))


async def filter_lines(office: OfficeBase) -> None:
    """Type to see only some."""
    if isinstance(office.screen, OfficeScreen):
        await office.screen.open_filter()


async def back(office: OfficeBase) -> None:
    """One step back: the filter, the offering, then what came."""
    screen = office.screen
    if isinstance(screen, OfficeScreen) and await screen.stepped_back():
        return
    if len(office.screen_stack) > 1:
        await office.pop_screen()
    elif office.current_mode != commands.MODES[0]:
        await came(office)


async def leave(office: OfficeBase) -> None:
    """Leave; asked first where something is not written yet, or goes on."""
    waits = office.hands.waiting
    if not waits and not office.work.words:
        office.exit(0)
        return
    words = (
        f"{waits} decision(s) are not in the register yet, because it is away. Leave, and they are lost?"
        if waits
        else f"This goes on: {office.work.words}. Leave, and it stops?"
    )
    await ask(office, Confirm("Quit", words), lambda sure: office.exit(0) if sure else None)


async def theme(office: OfficeBase) -> None:
    """The next theme."""
    names = [one.name for one in THEMES]
    office.theme = names[(names.index(office.theme) + 1) % len(names)] if office.theme in names else names[0]
    office.say(f"Theme: {office.theme}")


async def help_here(office: OfficeBase) -> None:
    """What can be done here."""
    screen = office.screen
    if isinstance(screen, OfficeScreen):
        here = [one for one in commands.COMMANDS if screen.WHERE in one.on and one.keys]
        keys = [Key(key_text(one.keys), one.tip, commands.allowed(office, one)) for one in here]
        await ask(office, Help([*keys, *LISTS], screen.focused), None)
