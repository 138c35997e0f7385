"""Moving between screens.

Owns which screen follows which. Nothing here writes.
"""

from __future__ import annotations

from plfacilitate.front.desk import commands
from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.desk.screens.base import DeskScreen
from plfacilitate.front.desk.screens.room import RoomScreen
from plfacilitate.front.widgets.dialogs.base import ask
from plfacilitate.front.widgets.dialogs.confirm import Confirm
from plfacilitate.front.widgets.keyline import key_text
from plfacilitate.front.widgets.looks import THEMES


async def room(desk: DeskBase) -> None:
    """The room of the chosen event."""
    await desk.switch_mode("room")


async def today(desk: DeskBase) -> None:
    """The first screen."""
    await desk.switch_mode("today")


async def person(desk: DeskBase, person_id: str) -> None:
    """One person of the room."""
    from plfacilitate.front.desk.screens.person import PersonScreen

    await desk.push_screen(PersonScreen(person_id))


async def search(desk: DeskBase) -> None:
    """Find people and notes."""
    await desk.switch_mode("search")


async def back(desk: DeskBase) -> None:
    """One step back: a filter, then the screen, then Today."""
    screen = desk.screen
    if isinstance(screen, RoomScreen):
        if screen.query("#filter") or screen.board.filter:
            await screen.close_filter(keep=False)
            return
        if screen.board.marked:
            screen.board.unmark()
            return
    if isinstance(screen, DeskScreen) and screen.stepped_back():
        return
    if len(desk.screen_stack) > 1:
        await desk.pop_screen()
    elif desk.current_mode != "today":
        await today(desk)


async def filter_board(desk: DeskBase) -> None:
    """Type to see only some."""
    if isinstance(desk.screen, RoomScreen):
        await desk.screen.open_filter()


async def order(desk: DeskBase) -> None:
    """The board's next order."""
    if isinstance(desk.screen, RoomScreen):
        desk.screen.board.next_order()
        desk.screen.repaint()


async def quit_desk(desk: DeskBase) -> None:
    """Leave; with an open door that is asked first, because it goes on."""
    if not desk.door.open or not desk.may_write:
        desk.exit(0)
        return
    words = "Phones can go on signing in while the desk is closed. Leave the desk?"
    await ask(desk, Confirm("Quit", words), lambda sure: desk.exit(0) if sure else None)


async def qr(desk: DeskBase) -> None:
    """The code as large as it gets."""
    from plfacilitate.front.desk.screens.fullqr import FullQr

    await desk.push_screen(FullQr())


async def devices(desk: DeskBase) -> None:
    """What to type on a tablet and at the projector."""
    from plfacilitate.front.desk.dialogs.devices import Devices

    if desk.code is not None:
        await ask(desk, Devices(desk.code), None)


async def what_to_try(desk: DeskBase) -> None:
    """Three steps at most, for this system and this network."""
    import sys

    from plfacilitate.core.network import Interface, ranked, what_to_try
    from plfacilitate.front.widgets.dialogs.words import Words

    code = desk.code
    if code is None:
        return
    host, _, port = code.address.rpartition(":")
    numeric = host.replace(".", "").isdigit()
    found = ranked([Interface("", host)]) if code.reachable and numeric else ()
    steps = what_to_try(sys.platform, found, int(port) if port.isdigit() else 0)
    words = "\n\n".join(f"{number}. {step}" for number, step in enumerate(steps, start=1))
    await ask(desk, Words("No phone came through yet", words), None)


async def close(desk: DeskBase) -> None:
    """The checklist of closing."""
    from plfacilitate.front.desk.screens.close import CloseScreen

    if desk.current_mode != "room":
        await room(desk)
    await desk.push_screen(CloseScreen())


async def help_here(desk: DeskBase) -> None:
    """What can be done here."""
    from plfacilitate.front.widgets.dialogs.help import LISTS, Help, Key

    screen = desk.screen
    if isinstance(screen, DeskScreen):
        here = [one for one in commands.COMMANDS if screen.WHERE in one.on and one.keys]
        named = [(key_text(one.keys, typing=screen.TYPES), one) for one in here]
        keys = [Key(key, one.tip, commands.allowed(desk, one)) for key, one in named if key]
        lists = (
            LISTS if screen.WHERE != "observe" else LISTS[-1:]
        )  # there every key is a letter, or has another meaning
        await ask(desk, Help([*keys, *lists], screen.focused), None)


async def theme(desk: DeskBase) -> None:
    """The next theme."""
    names = [one.name for one in THEMES]
    desk.theme = names[(names.index(desk.theme) + 1) % len(names)] if desk.theme in names else names[0]
    desk.say(f"Theme: {desk.theme}")
