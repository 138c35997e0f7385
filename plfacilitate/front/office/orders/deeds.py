"""Taking back, and stopping what goes on.

Owns nothing: how a deed is taken back was said when it was done.
"""

from __future__ import annotations

from plfacilitate.front.office.base import OfficeBase


async def undo(office: OfficeBase) -> None:
    """Take back the last deed."""
    found, office.undoable = office.undoable, None
    if found is not None:
        office.do_deed(found)


async def stop(office: OfficeBase) -> None:
    """Stop the longer work that goes on."""
    office.work.stop_piece()
    office.say("Stopping …")
