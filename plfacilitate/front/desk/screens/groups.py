"""Who works with whom: the groups at the left, at the right why they are as they are.

Owns the layout and who is under the cursor. Never draws a group.
"""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal

from plfacilitate.front.desk import commands
from plfacilitate.front.desk.lists.groups import SeatList, seat_rows, why_rows
from plfacilitate.front.desk.screens.base import DeskScreen
from plfacilitate.front.widgets.lines import Box, Part, Parts
from plfacilitate.front.widgets.words import WordList


class GroupsScreen(DeskScreen):
    """The groups of the event."""

    CSS_PATH = "groups.tcss"
    WHERE = "groups"
    ENTER = "move"
    BINDINGS = commands.bindings("groups")
    AUTO_FOCUS = "SeatList"
    FOLLOWS = frozenset({"groups"})

    def body(self) -> ComposeResult:
        """People, and how evenly they are mixed."""
        with Horizontal(id="grouped"):
            with Box(id="seats-box"):
                yield SeatList(id="seats", empty="Reading …")
            with Box(id="why-box"):
                yield WordList(id="why")

    @property
    def seats(self) -> SeatList:
        """Who is where."""
        return self.query_one("#seats", SeatList)

    def on_unmount(self) -> None:
        """Nobody is under the cursor any more."""
        self.desk.seat = ""

    def on_resize(self) -> None:
        """Words are wrapped anew."""
        self.call_after_refresh(self.repaint)

    def on_line_list_moved(self) -> None:
        """Somebody else is under the cursor."""
        self.repaint()

    async def on_line_list_chosen(self) -> None:
        """Enter moves the person."""
        await self.desk.give("grouping:move")

    def title_parts(self, width: int) -> Parts:
        """What this is."""
        return (Part("Groups"),)

    def paint(self) -> None:
        """The newest of everything."""
        now = self.desk.seated
        if now is None:
            return
        if now.drawing is None:
            self.seats.say(f"No groups yet. {now.there_text}. d draws them.")
        else:
            self.seats.fill(seat_rows(now))
        current = self.seats.current
        self.desk.seat = current.person if current is not None else ""
        self.query_one("#seats-box", Box).entitle(
            "Who is where", f"{len(now.late)} in no group · l" if now.late and now.drawing else ""
        )
        self.query_one("#why-box", Box).entitle("Why so")
        box = self.query_one("#why", WordList)
        box.can_focus = False
        box.fill(why_rows(now, max(24, box.size.width)))


SCREEN = GroupsScreen
