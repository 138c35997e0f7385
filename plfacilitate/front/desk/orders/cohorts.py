"""The board of a cohort: shown, turned; what was done with a school written down.

Owns what is asked for. What may be written is a step's business (`steps.cohorts`).
"""

from __future__ import annotations

from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.desk.screens.cohort import CohortScreen


async def show(desk: DeskBase) -> None:
    """The first cohort's board."""
    if not isinstance(desk.screen, CohortScreen):
        await desk.push_screen(CohortScreen())


async def turn(desk: DeskBase) -> None:
    """The next cohort."""
    if isinstance(desk.screen, CohortScreen):
        desk.screen.turn()
