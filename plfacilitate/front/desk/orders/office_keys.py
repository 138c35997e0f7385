"""Taking an office's key at the desk: which file, and are the five groups the same.

Owns the question before it: two people compare, nobody trusts a file.
"""

from __future__ import annotations

from pathlib import Path

from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import plain
from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.desk.deeds import office_keys as deeds
from plfacilitate.front.desk.dialogs.path import PickFile
from plfacilitate.front.widgets.dialogs.base import ask
from plfacilitate.front.widgets.dialogs.confirm import Confirm


async def take(desk: DeskBase) -> None:
    """Ask which file, show its fingerprint, take it."""
    dialog = PickFile("Take the office's key", (".officekey",), draft="office-key")
    await ask(desk, dialog, lambda path: desk.call_later(_compare, desk, path))


async def _compare(desk: DeskBase, path: Path) -> None:
    from plfacilitate.seal.keys import fingerprint
    from plfacilitate.steps.office_keys import key_of, look

    keys = desk.around.workspace.keys
    try:
        key = look(path)
        before = key_of(keys, key.office)
    except Refused as no:
        desk.say(str(no), severity="error")
        return
    other = before is not None and before.public != key.public
    words = (
        f"{plain(key.title)}\n\n    {fingerprint(key.public)}\n\n"
        "Call the office and have these five groups read to you."
        + ("\nThis laptop holds ANOTHER key of this office: ask why it has a new one." if other else "")
        + "\nAre they the same? Then what is packed for it is sealed from now on."
    )

    def write(sure: bool) -> None:
        if sure:
            desk.do_deed(deeds.take(path, trust=other), draft="office-key")

    await ask(desk, Confirm("The office's key", words), write)
