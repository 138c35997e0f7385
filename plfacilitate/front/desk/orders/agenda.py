"""The agenda: its screen, and what its keys ask for.

Owns what is asked before. What may be done when is the step's business.
"""

from __future__ import annotations

from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.desk.deeds import agenda as deeds


async def show(desk: DeskBase) -> None:
    """The agenda of the day; from there back again."""
    from plfacilitate.front.desk.screens.agenda import AgendaScreen

    if isinstance(desk.screen, AgendaScreen):
        await desk.pop_screen()
    else:
        await desk.push_screen(AgendaScreen())


async def move_on(desk: DeskBase) -> None:
    """The next segment begins."""
    if desk.watched:
        desk.do_deed(deeds.move_on(desk.watched))


async def start(desk: DeskBase) -> None:
    """The segment under the cursor begins."""
    if desk.watched and desk.segment is not None:
        desk.do_deed(deeds.start(desk.watched, desk.segment))


async def pause(desk: DeskBase) -> None:
    """The clock stands still, or goes on."""
    if desk.watched:
        desk.do_deed(deeds.pause(desk.watched))


async def longer(desk: DeskBase) -> None:
    """One minute more."""
    if desk.watched:
        desk.do_deed(deeds.add(desk.watched, 1))


async def shorter(desk: DeskBase) -> None:
    """One minute less."""
    if desk.watched:
        desk.do_deed(deeds.add(desk.watched, -1))


async def spread(desk: DeskBase) -> None:
    """What is left is made to fit."""
    if desk.watched:
        desk.do_deed(deeds.spread(desk.watched))
