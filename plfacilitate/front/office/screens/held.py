"""What is held, and what each bundle waits for.

Owns which laptop a key is about: the one whose bundle is under the cursor.
"""

from __future__ import annotations

from collections.abc import Sequence

from plfacilitate.front.office import commands
from plfacilitate.front.office.lists.bundles import HELD_TITLES, BundleLine, HeldList, words_of
from plfacilitate.front.office.screens.base import OfficeScreen
from plfacilitate.front.office.screens.came import bundle_lines
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.lines import OneLine, Part
from plfacilitate.front.widgets.words import Words
from plfacilitate.office.overview import Standing

NOTHING = "✓ Nothing is held: all that came was taken in, or its reason stands under Came."
ACCEPT = "a shows its key to compare, and accepts it."
MISSING = "The laptop sends what is missing by itself once it reads its receipt; ask whoever has it to open the desk."


class HeldScreen(OfficeScreen):
    """What is held."""

    WHERE = "held"
    FINDS = "laptop, parcel, what it waits for …"
    BINDINGS = commands.bindings("held")

    def make_list(self) -> HeldList:
        """The bundles."""
        return HeldList(id="lines", empty="Reading …")

    @property
    def laptop(self) -> Standing | None:
        """The laptop whose bundle is under the cursor: of several keys the one that is new."""
        current = self.lines.current
        if not isinstance(current, BundleLine):
            return None
        device = current.bundle.came.device
        mine = [one for one in self.office.picture.laptops if one.laptop.device == device]
        return next((one for one in mine if one.laptop.standing == "new"), mine[0] if mine else None)

    def paint(self) -> None:
        """Show the newest picture."""
        self.query_one("#titles", OneLine).put((Part(HELD_TITLES, "dim"),))
        found = [one for one in bundle_lines(self.office, self.office.picture.held) if self.fits(*one.texts)]
        if not found:
            self.lines.say(
                NOTHING if not self.sought else "Nothing that is held fits.", "dim" if self.sought else "good"
            )
        self.lines.fill(found)

    def about(self, width: int) -> tuple[str, Sequence[Words]]:
        """What the bundle under the cursor waits for, and who can do something about it."""
        line, laptop = self.lines.current, self.laptop
        if not isinstance(line, BundleLine):
            return "", ()
        new = laptop is not None and laptop.laptop.standing != "accepted"
        return f"{line.state.symbol} {line.laptop}", [*words_of(line, width, ACCEPT if new else MISSING)]

    async def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """Accept its laptop, where that is what it waits for."""
        if commands.allowed(self.office, commands.BY_NAME["accept"]):
            await self.office.give("laptops:accept")
        else:
            self.office.say(MISSING)


SCREEN = HeldScreen
