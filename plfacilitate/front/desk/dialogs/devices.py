"""Further screens at the door: a tablet as a kiosk, the projector's page, and what to type there.

Owns the words. The PIN is shown here and nowhere else: whoever reads it can make any device a kiosk.
"""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Label

from plfacilitate.front.desk.dialogs.base import DeskDialog
from plfacilitate.front.desk.painting.pictures import Code


class Devices(DeskDialog[bool]):
    """Addresses and PIN."""

    def __init__(self, code: Code) -> None:
        super().__init__("Further screens", "Esc back")
        self.code = code

    def body(self) -> ComposeResult:
        """One paragraph a device."""
        code = self.code
        if code.proof:
            yield Label(code.proof, id="proof", markup=False)
        for name, words in (
            ("kiosk", "A tablet as a kiosk, for people without a phone:"),
            (
                "kiosk-how",
                f"  open {code.kiosk}\n  PIN  {code.pin[:3]} {code.pin[3:]}   (also lets it go again)",
            ),
            ("wall", "The projector's page, without names:"),
            ("wall-how", f"  on this laptop {code.wall_here}\n  on another one {code.wall}"),
            ("stage", "Beside it: what is led, and who works with whom:"),
            ("stage-how", f"  {_beside(code.wall_here, 'protocol')}\n  {_beside(code.wall_here, 'groups')}"),
        ):
            yield Label(words, id=name, markup=False)


def _beside(wall: str, page: str) -> str:
    """The address of another page of the projector's, beside the one with the code."""
    before, found, key = wall.rpartition("/wall")
    return f"{before}{found}/{page}{key}" if found else wall
