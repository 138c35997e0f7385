"""Another laptop's ledger or bundle, taken in at the desk.

Owns the way from the file to its account.
"""

from __future__ import annotations

from pathlib import Path
from threading import Event as Word
from typing import TYPE_CHECKING

from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.desk.deeds import closing
from plfacilitate.front.desk.deeds import receiving as deeds
from plfacilitate.front.desk.dialogs.path import PickFile
from plfacilitate.front.desk.dialogs.working import Progress
from plfacilitate.front.desk.threads import messages
from plfacilitate.front.widgets.dialogs.base import ask

if TYPE_CHECKING:
    from plfacilitate.steps.arrivals import Arrivals

ENDINGS = (".zip", ".zip.age", ".db", ".receipt.json")


async def receive(desk: DeskBase) -> None:
    """Ask which file, and take it in."""
    dialog = PickFile("Take in another laptop's bundle or ledger", ENDINGS, draft="receive")
    await ask(desk, dialog, lambda path: desk.call_later(_take, desk, path))


async def _take(desk: DeskBase, path: Path) -> None:
    if path.name.endswith(".receipt.json"):
        desk.do_deed(closing.take_receipt(path), draft="receive")
        return
    stop = Word()

    def came(account: Arrivals) -> None:
        desk.post_message(messages.TakenIn(account))

    desk.working = f"looking at {path.name}"
    desk.do_deed(deeds.receive(path, desk.work, stop, came), draft="receive")
    await ask(desk, Progress("Taking in", stop), None)


async def show(desk: DeskBase, account: Arrivals) -> None:
    """What came of it."""
    from plfacilitate.front.desk.screens.received import ReceivedScreen

    if isinstance(desk.screen, Progress):
        await desk.pop_screen()
    await desk.push_screen(ReceivedScreen(account))
