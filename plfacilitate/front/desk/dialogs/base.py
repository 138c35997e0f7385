"""What the dialogs of the desk have beside those of every screen: the desk itself.

Owns where their style sheet lies.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import ClassVar, cast

from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.widgets.dialogs.base import SHEET, Answer, Dialog


class DeskDialog(Dialog[Answer]):
    """A dialog that asks the desk something or has rules of its own in the desk's style sheet."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [SHEET, "dialogs.tcss"]

    @property
    def desk(self) -> DeskBase:
        """The app."""
        return cast(DeskBase, self.app)
