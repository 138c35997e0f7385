"""A problem of practice is brought: a new one, typed, or one of another day, out of the bank.

Owns the key that leads to the bank. What was typed is kept.
"""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from plfacilitate.front.desk.dialogs.form import Form


class BringForm(Form):
    """The form of a new problem; F3 chooses one of the bank instead."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f3", "from_bank", "from the bank", priority=True)]

    async def action_from_bank(self) -> None:
        """Back, and one is chosen there."""
        await self.action_leave()
        self.desk.call_later(self.desk.give, "bringing_back:choose_for")
