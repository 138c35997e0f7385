"""Polls and exit tickets: at the left what is asked, was asked and lies ready; at the right what comes in, live.

Owns which poll the keys speak of. Never counts by itself, and shows no text of an open poll before the wall does.
"""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal

from plfacilitate.core.text import cells, cut, plain
from plfacilitate.front.desk import commands
from plfacilitate.front.desk.lists.agenda import title_of
from plfacilitate.front.desk.lists.poll_lines import (
    PollLine,
    ResultLine,
    bar,
    poll_lines,
    ready_lines,
    ready_of,
    result_lines,
)
from plfacilitate.front.desk.screens.base import DeskScreen
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.lines import Part, Parts

NOTHING = "Nothing was asked yet: a asks the phones, e is an exit ticket."
MOVES = {"up": -1, "down": 1, "home": -9999, "end": 9999}


class AskedList(LineList[PollLine]):
    """The polls."""

    HELP = (
        "What phones are asked, what lies ready, what is closed. Enter asks what is ready, else it goes to the answers."
    )

    def key_of(self, item: PollLine) -> object:
        """The poll."""
        return item.id

    def move_to(self, at: int, step: int = 1) -> None:
        """Another poll; a key that is pressed right behind speaks of it already."""
        before = self.at
        super().move_to(at, step)
        if before != self.at and isinstance(self.screen, PollsScreen):
            self.screen.repaint()

    def draw(self, item: PollLine, width: int) -> tuple[Parts, Parts]:
        """State, question; at the right how many answered."""
        return (Part(f" {item.symbol} ", item.look), Part(item.text)), (Part(f" {item.note} ", item.look),)


class ResultList(LineList[ResultLine]):
    """What came."""

    HELP = "Counts as they come in. w shows them on the wall, t what was written, c closes."

    def key_of(self, item: ResultLine) -> object:
        """An answer."""
        return item.kind, item.key, item.text

    def rests(self, item: ResultLine) -> bool:
        """On answers."""
        return item.kind in ("bar", "text")

    def draw(self, item: ResultLine, width: int) -> tuple[Parts, Parts]:
        """Words, a bar, a count."""
        if item.kind == "head":
            return (Part(f" {item.text}", "title"),), (Part(f" {item.note} ", "dim"),)
        if item.kind == "words":
            return (Part(f" {item.text}", item.look),), ()
        if item.kind == "text":
            return (Part(f"   {'· ' if item.key else '  '}", "dim"), Part(item.text)), ()
        room = max(8, width // 2)
        words = cut(f"   {item.text}", room)
        most = max(4, width - cells(words) - 8)
        count: Parts = (Part(f" {item.note} ", "strong"),) if item.note else ()
        return (Part(words), Part(" "), Part(bar(item.share, most), "title")), count


class PollsScreen(DeskScreen):
    """The polls of the room's event."""

    CSS_PATH = "polls.tcss"
    WHERE = "polls"
    FOLLOWS = frozenset({"polls"})
    # Moving comes before any widget sees it, as the commands do: a key pressed at once after an arrow means the new line.
    BINDINGS = [
        *commands.bindings("polls"),
        *(Binding(key, f"move({step})", show=False, priority=True) for key, step in MOVES.items()),
        Binding("enter", "choose", show=False, priority=True),
        Binding("tab", "turn", show=False, priority=True),
    ]
    AUTO_FOCUS = "AskedList"

    def __init__(self) -> None:
        super().__init__()
        self._open = ""  # the poll that was open when it was last painted: a new one is gone to

    def body(self) -> ComposeResult:
        """Polls; what came of one."""
        with Horizontal(id="polls"):
            yield AskedList(id="asked", empty="Reading …")
            yield ResultList(id="results", empty="")

    def on_unmount(self) -> None:
        """No poll is chosen any more."""
        self.desk.at_poll = ""

    @property
    def asked(self) -> AskedList:
        """The left side."""
        return self.query_one("#asked", AskedList)

    @property
    def results(self) -> ResultList:
        """The right side."""
        return self.query_one("#results", ResultList)

    def title_parts(self, width: int) -> Parts:
        """Which screen this is."""
        event = self.desk.event
        return (Part("Polls"), Part(f"  {cut(event.title, max(0, width - 7)).rstrip()}" if event else "", "strong"))

    def on_resize(self) -> None:
        """Words are wrapped anew."""
        self.repaint()

    def paint(self) -> None:
        """Show the newest picture."""
        board, event = self.desk.polls, self.desk.event
        if board is None or event is None:
            return
        now = self.desk.standing
        lines = poll_lines(board, event, title_of(now.running) if now is not None else "", self.desk.now)
        self.asked.entitle(f"Asked · {len(board.picture.polls)}")
        if not lines:
            self.asked.say(NOTHING)
            self.results.say("")
            self.desk.at_poll = ""
            return
        self.asked.fill(lines)
        open_now = board.picture.open.id if board.picture.open is not None else ""
        if open_now and open_now != self._open:
            self.asked.move_to(0)
        self._open = open_now
        self._choose()

    def _choose(self) -> None:
        line, board, event = self.asked.current, self.desk.polls, self.desk.event
        self.desk.at_poll = line.id if line is not None else ""
        if line is None or board is None or event is None:
            return
        poll, ready = board.picture.poll(line.id), ready_of(event, line.id)
        self.results.entitle(plain(line.text))
        if poll is not None:
            self.results.fill(
                self._wrapped(result_lines(board, poll, self.desk.room.present, door=self.desk.door_open))
            )
        elif ready is not None:
            self.results.fill(self._wrapped(ready_lines(ready)))

    def _wrapped(self, lines: Sequence[ResultLine]) -> list[ResultLine]:
        """Long texts and questions over several lines."""
        room = max(16, (self.results.size.width or self.size.width // 2) - 8)
        found = []
        for line in lines:
            text = plain(" ".join(line.text.split()))
            width = max(16, room - cells(line.note)) if line.kind == "head" else room
            rows = wrap(text, width) if line.kind != "bar" else [text]
            found.append(line._replace(text=rows[0] if rows else ""))
            found += [line._replace(text=row, note="", key="") for row in rows[1:]]
        return found

    # -- keys --------------------------------------------------------------------------------------------------------

    async def on_line_list_chosen(self) -> None:
        """A second click does what Enter does."""
        await self.action_choose()

    def action_move(self, step: int) -> None:
        """Another line of the side that has the focus."""
        side = self.results if self.focused is self.results else self.asked
        side.move_to(side.at + step, step)

    def action_turn(self) -> None:
        """To the other side."""
        self.set_focus(self.asked if self.focused is self.results else self.results)

    async def action_choose(self) -> None:
        """Enter: what is ready is asked; else to what came."""
        line = self.asked.current
        if line is not None and line.state == "ready" and self.focused is self.asked:
            await self.desk.give("polls:open_ready", line.id)
        else:
            self.action_turn()


SCREEN = PollsScreen
