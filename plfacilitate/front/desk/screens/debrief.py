"""The debrief of one room: where observers differ, what each of them noted, how far they agree, what was agreed on.

Owns the lists and which item is talked about. Shows nothing before everybody is done, unless somebody laid it open.
"""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding

from plfacilitate.core.debrief.compared import title_of
from plfacilitate.core.debrief.differing import listed
from plfacilitate.core.debrief.meetings import Debrief, Meeting, debrief, meetings
from plfacilitate.core.visiting.fold import VisitPicture
from plfacilitate.front.desk import commands
from plfacilitate.front.desk.lists.talks import (
    AtTable,
    TalkList,
    column_titles,
    evidence,
    figures_of,
    place_text,
    short_names,
    talk_rows,
)
from plfacilitate.front.desk.screens.base import DeskScreen
from plfacilitate.front.widgets.lines import OneLine, Part, Parts
from plfacilitate.front.widgets.words import WordList

MOVES = {"up": -1, "k": -1, "down": 1, "j": 1, "home": -9999, "end": 9999}
BEGINNINGS = {**{digit: digit for digit in "123456789"}, "y": "y", "n": "n", "minus": "-"}
"""Keys with which an agreed level, or the answer of a look-for, begins."""


class DebriefScreen(DeskScreen):
    """What the observers of one stop talk about. `stop` and `protocol` "" = whichever there is; `item` = where to begin."""

    CSS_PATH = "debrief.tcss"
    WHERE = "debrief"
    FOLLOWS = frozenset({"visit"})
    # Every key that means an item comes before any widget sees it: a digit pressed at once after an arrow is the new item's.
    BINDINGS = [
        *commands.bindings("debrief"),
        *(Binding(key, f"move({step})", show=False, priority=True) for key, step in MOVES.items()),
        *(Binding(key, f"begin('{text}')", show=False, priority=True) for key, text in BEGINNINGS.items()),
    ]
    AUTO_FOCUS = "TalkList"

    def __init__(self, stop: str = "", protocol: str = "", item: str = "") -> None:
        super().__init__()
        self.stop, self.protocol, self.item = stop, protocol, item
        self.asked = False  # which debrief
        self.shown: tuple[VisitPicture, Meeting, Debrief | None] | None = None

    def body(self) -> ComposeResult:
        """Items; what was noted on the one under the cursor; how far they agree."""
        yield OneLine(id="columns")
        yield TalkList(id="talks", empty="Reading …")
        yield WordList(id="evidence")
        yield WordList(id="figures")

    def on_unmount(self) -> None:
        """Nobody sits at the table any more."""
        self.desk.table = None

    def on_resize(self) -> None:
        """Words are wrapped anew."""
        self.repaint()

    @property
    def talks(self) -> TalkList:
        """The items."""
        return self.query_one("#talks", TalkList)

    @property
    def evidence(self) -> WordList:
        """What was noted on one."""
        return self.query_one("#evidence", WordList)

    @property
    def figures(self) -> WordList:
        """How far they agree."""
        return self.query_one("#figures", WordList)

    def title_parts(self, width: int) -> Parts:
        """Which debrief this is."""
        if self.shown is None:
            return (Part("Debrief"),)
        picture, meeting, _ = self.shown
        return (Part("Debrief  "), Part(f"{place_text(picture, meeting.stop)} · {meeting.title}", "strong"))

    def turn_to(self, stop: str, protocol: str) -> None:
        """Another debrief."""
        self.stop, self.protocol, self.item, self.shown = stop, protocol, "", None
        self.talks.at = 0
        self.repaint()

    def go_on(self) -> None:
        """To the next item."""
        self.talks.move_to(self.talks.at + 1)

    # -- drawing -----------------------------------------------------------------------------------------------------

    def paint(self) -> None:
        """Show the newest picture; nothing is worked out anew unless it changed."""
        picture = self.desk.visit
        if picture is None:
            return
        if self.shown is None or self.shown[0] is not picture:
            meeting = self._meeting(picture)
            if meeting is None:
                self._nothing(picture)
                return
            blind = bool(meeting.waits) and not meeting.opened
            found = None if blind else debrief(picture, meeting.stop, meeting.protocol, self.desk.now)
            self.shown = (picture, meeting, found)
        _, meeting, found = self.shown
        if found is None:
            self._blind(meeting)
        elif len(found.voices) < 2:
            self._alone(meeting, found)
        else:
            self._lay_out(meeting, found)

    def _meeting(self, picture: VisitPicture) -> Meeting | None:
        """The one that is meant; where several could be, somebody is asked."""
        every = meetings(picture)
        found = [one for one in every if one.stop == self.stop and self.protocol in ("", one.protocol)]
        found = found or ([] if self.protocol else list(every))
        if len(found) == 1:
            self.stop, self.protocol = found[0].stop, found[0].protocol
            return found[0]
        if found and not self.asked:
            self.asked = True
            self.call_later(self.desk.give, "debriefing:choose")
        return None

    def _nothing(self, picture: VisitPicture) -> None:
        self._say(None, "B chooses which debrief." if picture.observations else "Nobody has observed anything yet.")

    def _blind(self, meeting: Meeting) -> None:
        self._say(
            AtTable(meeting),
            f"Blind until all are done. Not done yet: {', '.join(meeting.waits)}. Then all that was noted is shown."
            " o lays it open anyway, and that is written down.",
        )

    def _alone(self, meeting: Meeting, found: Debrief) -> None:
        names = listed(meeting.names)
        self._say(AtTable(meeting, found), " ".join((f"Only {names} observed here: nothing to compare.", *found.aside)))

    def _say(self, table: AtTable | None, sentence: str) -> None:
        self.desk.table = table
        self.query_one("#columns", OneLine).put(())
        self.talks.entitle("Debrief")
        self.talks.say(sentence)
        for part in (self.evidence, self.figures):
            part.display = False

    def _lay_out(self, meeting: Meeting, found: Debrief) -> None:
        first = not self.talks.items
        self.talks.voices = len(found.voices)
        self.talks.fill(talk_rows(found))
        if first and self.item:
            self.talks.move_to(next((at for at, row in enumerate(self.talks.items) if row.item == self.item), 0))
        names = short_names([voice.name for voice in found.voices])
        early = f"laid open before {listed(meeting.waits)} ended " if meeting.waits else ""
        self.query_one("#columns", OneLine).put(column_titles(names, self.size.width), (Part(early, "warn"),))
        left = f"{found.open_talks} left" if found.open_talks else "all is talked about"
        done = f", {len(found.agreed)} agreed" if found.agreed else ""
        self.talks.entitle(f"To talk about: {left}{done}")
        self._at_item(meeting, found)

    def _at_item(self, meeting: Meeting, found: Debrief) -> None:
        row = self.talks.current
        talk = next((one for one in found.talks if row is not None and one.part.id == row.item), None)
        table = self.desk.table = AtTable(meeting, found, talk)
        zone = self.desk.event.zone if self.desk.event is not None else self.desk.zone
        self.evidence.display = self.figures.display = True
        self.evidence.entitle(title_of(talk.part) if talk is not None else "")
        self.evidence.fill(evidence(table, zone, self.size.width))
        self.figures.entitle("How far they agree")
        lines = figures_of(table, self.size.width)
        self.figures.styles.height = min(5, len(lines) + 1)
        self.figures.fill(lines)

    # -- keys --------------------------------------------------------------------------------------------------------

    def on_line_list_moved(self) -> None:
        """Another item is talked about."""
        self.evidence.scroll_to(y=0, animate=False)
        self.repaint()

    async def on_line_list_chosen(self) -> None:
        """A second click: agree on it."""
        await self.action_begin("")

    def action_move(self, step: int) -> None:
        """Another item, or where somebody reads what was noted, another line."""
        if isinstance(self.focused, WordList):
            self.focused.scroll_relative(y=step, animate=False)
            return
        self.talks.move_to(self.talks.at + step, step)

    async def action_begin(self, text: str) -> None:
        """A level, or an answer of a look-for, begins what is agreed."""
        if commands.allowed(self.desk, commands.BY_NAME["agree"]):
            await self.desk.give("debriefing:agree", text)


SCREEN = DebriefScreen
