"""The report of a visit at the desk.

Owns what is said before it is written. What stands in it is `core.report.whole`.
"""

from __future__ import annotations

from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.desk.deeds import reporting as deeds


async def write(desk: DeskBase) -> None:
    """What was seen, as a PDF and as a page for a browser."""
    if desk.event is not None:
        desk.say("The report is being written …")
        desk.do_deed(deeds.write(desk.event.id))
