"""Paper at the desk: the screen for keying a sheet in, and printing sheet and badges.

Owns what is asked before something is printed.
"""

from __future__ import annotations

from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.desk.deeds import paper as deeds
from plfacilitate.front.widgets.dialogs.base import ask
from plfacilitate.front.widgets.dialogs.choose import Choose, Option


async def key_in(desk: DeskBase) -> None:
    """Key a signed sheet in, row by row."""
    from plfacilitate.front.desk.screens.paper import PaperScreen

    if desk.event is not None:
        await desk.push_screen(PaperScreen())


async def print_sheet(desk: DeskBase) -> None:
    """The sheet for people to sign, as a PDF."""
    if desk.event is not None:
        desk.say("The sheet is being drawn …")
        desk.do_deed(deeds.print_sheet(desk.event.id))


async def print_badges(desk: DeskBase) -> None:
    """Badges as a PDF; first which labels."""
    from plfacilitate.shelf.badges import LABELS, USUAL

    if desk.event is None:
        return
    event = desk.event.id
    names = [USUAL, *(name for name in LABELS if name != USUAL)]
    options = [Option(name, name, LABELS[name].what) for name in names]

    def chosen(labels: str) -> None:
        desk.say("The badges are being drawn …")
        desk.do_deed(deeds.print_badges(event, labels))

    await ask(desk, Choose("Badges: on which labels?", options), chosen)
