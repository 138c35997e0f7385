"""The laptops that hand in: name, key, standing, when each came last and how far it is.

Owns the screen only; accepting and retiring are orders.
"""

from __future__ import annotations

from collections.abc import Sequence

from plfacilitate.front.office import commands
from plfacilitate.front.office.lists.laptops import TITLES, LaptopLine, LaptopList, words_of
from plfacilitate.front.office.screens.base import OfficeScreen
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.lines import OneLine, Part
from plfacilitate.front.widgets.words import Words
from plfacilitate.office.overview import Standing


class LaptopsScreen(OfficeScreen):
    """The laptops."""

    WHERE = "laptops"
    FINDS = "name, key, new, accepted, retired …"
    BINDINGS = commands.bindings("laptops")

    def make_list(self) -> LaptopList:
        """The laptops."""
        return LaptopList(id="lines", empty="Reading …")

    @property
    def laptop(self) -> Standing | None:
        """The one under the cursor."""
        current = self.lines.current
        return current.standing if isinstance(current, LaptopLine) else None

    def paint(self) -> None:
        """Show the newest picture."""
        self.query_one("#titles", OneLine).put((Part(TITLES, "dim"),))
        zone = self.office.zone
        found = [LaptopLine(one, zone) for one in self.office.picture.laptops]
        found = [one for one in found if self.fits(*one.texts)]
        if not found:
            self.lines.say("No laptop has handed in yet." if not self.sought else "No laptop fits.")
        self.lines.fill(found)

    def about(self, width: int) -> tuple[str, Sequence[Words]]:
        """The laptop under the cursor."""
        line = self.lines.current
        if not isinstance(line, LaptopLine):
            return "", ()
        return f"{line.state.symbol} {line.name}", [*words_of(line, width)]

    async def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """A new one is accepted."""
        if self.laptop is not None and self.laptop.laptop.standing == "new":
            await self.office.give("laptops:accept")


SCREEN = LaptopsScreen
