"""Disputes: everything that needs a person's decision.

Owns what is said where not everything was reckoned yet: no flag is not the same as nothing looked at.
"""

from __future__ import annotations

from collections.abc import Sequence

from plfacilitate.core.report.words import count
from plfacilitate.front.office import commands
from plfacilitate.front.office.lists.disputes import TITLES, DisputeList
from plfacilitate.front.office.lists.states import DISPUTES
from plfacilitate.front.office.screens.base import OfficeScreen
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.lines import OneLine, Part
from plfacilitate.front.widgets.words import Words, wrapped
from plfacilitate.office.disputes import Dispute


class DisputesScreen(OfficeScreen):
    """What needs a decision."""

    WHERE = "disputes"
    ENTER = "open its offering"
    FINDS = "waits, doubt, on hold, a name, a title …"
    BINDINGS = commands.bindings("disputes")

    def make_list(self) -> DisputeList:
        """All of it."""
        return DisputeList(id="lines", empty="Reading …")

    @property
    def series(self) -> str:
        """The offering of the line under the cursor."""
        current = self.lines.current
        return current.series if isinstance(current, Dispute) else ""

    def paint(self) -> None:
        """Show the newest picture."""
        office = self.office
        left, right = self._reckoned()
        self.query_one("#titles", OneLine).put((Part(TITLES, "dim"),), (Part(left, right),))
        found = [one for one in office.disputes if self.fits(DISPUTES[one.kind].word, one.what, one.words)]
        if not found:
            self.lines.say(self._nothing(), "dim")
        self.lines.fill(found)

    def about(self, width: int) -> tuple[str, Sequence[Words]]:
        """The whole sentence."""
        item = self.lines.current
        if not isinstance(item, Dispute):
            return "", ()
        state = DISPUTES[item.kind]
        return f"{state.symbol} {state.word} · {item.what}".rstrip(" ·"), [*wrapped(item.words, width, " ")]

    async def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """Open the offering."""
        if self.series:
            await self.office.give("views:offering")
        else:
            self.office.say("This is about no single offering.")

    def _reckoned(self) -> tuple[str, str]:
        """How much was looked at."""
        office = self.office
        all_of_them = len(office.picture.listed)
        if office.twice is not None:
            return f"all {count(all_of_them, 'offering')} reckoned ", "good"
        done = sum(one.series in office.reader.figures for one in office.picture.listed)
        return f"{done:,} of {all_of_them:,} reckoned · R all ", "warn" if done < all_of_them else "dim"

    def _nothing(self) -> str:
        if self.sought:
            return "Nothing that waits fits."
        if self.office.twice is None and self.office.picture.listed:
            return "Nothing waits in what was reckoned so far: R reckons every offering and looks for the same credit twice."
        return "✓ Nothing waits for a decision."


SCREEN = DisputesScreen
