"""Insights at the desk: shown, turned to another school, attribute or instrument, written as a school's report.

Owns what is asked for. What stands there is `core.insights`.
"""

from __future__ import annotations

from plfacilitate.core.report.words import count
from plfacilitate.core.text import plain
from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.desk.deeds import insights as deeds
from plfacilitate.front.desk.screens.insights import InsightsScreen
from plfacilitate.front.widgets.dialogs.base import ask
from plfacilitate.front.widgets.dialogs.choose import Option
from plfacilitate.front.widgets.dialogs.find import Find

FEW = 5  # schools up to which the key goes from one to the next; more are found by typing


async def show(desk: DeskBase) -> None:
    """The first school."""
    if not isinstance(desk.screen, InsightsScreen):
        await desk.push_screen(InsightsScreen())


async def school(desk: DeskBase) -> None:
    """The next school, or one of many by its name."""
    screen, found = desk.screen, desk.insights
    if not isinstance(screen, InsightsScreen) or found is None or screen.shown is None:
        return
    keys = [one.key for one in found.schools]
    if len(keys) <= FEW:
        screen.show_school(keys[(keys.index(screen.shown.key) + 1) % len(keys)])
        return
    options = [Option(one.key, one.name, count(len(one.visits), "visit")) for one in found.schools]
    await ask(desk, Find("Insights of which school?", options), screen.show_school)


async def attribute(desk: DeskBase) -> None:
    """The next attribute or facet, then adoption and adherence, agreement, who came."""
    if isinstance(desk.screen, InsightsScreen):
        desk.screen.turn_view()


async def instrument(desk: DeskBase) -> None:
    """The next instrument."""
    if isinstance(desk.screen, InsightsScreen):
        desk.screen.turn_instrument()


async def write(desk: DeskBase) -> None:
    """The school's report, as a PDF and as a page for a browser."""
    if isinstance(desk.screen, InsightsScreen) and desk.screen.shown is not None:
        one = desk.screen.shown
        desk.say(f"The report of {plain(one.name)} is being written …")
        desk.do_deed(deeds.write(one.key))
