"""The room: what runs now, who is in, and the code that lets people in.

Owns the layout of the screen and its filter. Everything on it comes from the newest RoomPicture.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal

from plfacilitate.core.text import cells
from plfacilitate.front.desk import commands
from plfacilitate.front.desk.lists.agenda import next_line, now_line
from plfacilitate.front.desk.lists.board import Board, roomy
from plfacilitate.front.desk.lists.qr import QrView
from plfacilitate.front.desk.painting.pictures import Code, RoomPicture, Row
from plfacilitate.front.desk.screens.base import DeskScreen
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.lines import Box, Part, Parts, Source
from plfacilitate.seal.codes import seconds_left

if TYPE_CHECKING:
    from textual.widgets import Input

PANE = 35 + 2  # cells that the code takes from the board, and the board's border


class RoomScreen(DeskScreen):
    """The live room of one event."""

    WHERE = "room"
    ENTER = "person"
    BINDINGS = commands.bindings("room")
    AUTO_FOCUS = "Board"

    def under_head(self) -> tuple[Source, ...]:
        """What runs now and what comes next."""
        return (self._now, self._next)

    def body(self) -> ComposeResult:
        """The board, and the code beside it."""
        with Horizontal(id="middle"):
            with Box(id="left"):
                yield Board(id="board")
            side = QrView(id="side")
            side.display = False  # until there is a code, the board has the whole width
            yield side

    @property
    def board(self) -> Board:
        """The list of people."""
        return self.query_one("#board", Board)

    @property
    def code(self) -> QrView:
        """What lets people in."""
        return self.query_one("#side", QrView)

    def on_resize(self) -> None:
        """The title says as much as there is room for."""
        self.call_after_refresh(self.repaint)

    def paint(self) -> None:
        """Show the newest picture."""
        desk, picture = self.desk, self.desk.room
        board = self.board
        if desk.failed:
            board.say(desk.failed, "warn")
        elif picture.event is None and desk.day is not None and not picture.rows:
            board.say("No event is chosen: Esc goes to Today.")
        elif picture.cleared and not picture.rows:
            board.say(picture.cleared)
        else:
            board.show(picture.rows)
        self._paint_code()
        below = " · ".join(filter(None, (board.words, self._beside())))
        self.query_one("#left", Box).entitle(room_title(picture, (board.size.width or 200) - 4), below)

    @property
    def _code(self) -> Code | None:
        code = self.desk.code
        return code if code is not None and code.event == self.desk.watched else None

    def _beside(self) -> str:
        """What the pane would say, where the board has its room."""
        code = self._code
        if self.code.display:
            return ""
        if code is None:
            return self._why_no_code().replace("\n", " ")
        unproven = "" if code.proven else "not proven: no phone came · T · "
        return f"{unproven}code {code.spoken} · q shows it large"

    def _paint_code(self) -> None:
        view, code = self.code, self._code
        wanted = code is not None and roomy(self.size.width - PANE)
        if view.display != wanted:
            view.display = wanted
            self.call_after_refresh(self.repaint)  # the board has another width now, and its title with it
        if code is None or not wanted:
            return
        unproven = "" if code.proven else "not proven: no phone came · T"
        view.entitle(f"Sign in · changes in {seconds_left(self.desk.now)} s", unproven)
        view.show(code.url, below=(_pair("or type", code.address), _pair("code", code.spoken)))

    def _now(self, width: int) -> tuple[Parts, Parts]:
        event, now = self.desk.event, self.desk.standing
        return now_line(event, now, width) if event is not None and now is not None else ((), ())

    def _next(self, width: int) -> tuple[Parts, Parts]:
        event, now = self.desk.event, self.desk.standing
        return next_line(event, now) if event is not None and now is not None else ((), ())

    def _why_no_code(self) -> str:
        desk, event = self.desk, self.desk.event
        if not desk.may_write:
            return "This desk reads only:\nthe other one shows the code."
        if desk.door.sentence and desk.door.event in ("", desk.watched):
            return desk.door.sentence
        if event is None:
            return ""
        if event.closed_at is not None:
            return "The event is closed."
        return (
            "The doors are not open.\nd opens them."
            if event.opened_at is None
            else "No sign-in by phone.\nd starts it."
        )

    # -- filter ------------------------------------------------------------------------------------------------------

    async def open_filter(self) -> None:
        """Type to see only some."""
        from plfacilitate.front.widgets.typedfield import LineField

        found = self.query("#filter")
        if not found:
            field = LineField(
                self.board.filter, id="filter", placeholder="name, school, late, expected, walk-in …", compact=True
            )
            await self.mount(field, before="#middle")
        self.set_focus(self.query_one("#filter"))

    def narrow(self, text: str) -> None:
        """Show only those whom the text fits."""
        self.board.narrow(text)
        self.repaint()

    async def close_filter(self, *, keep: bool) -> None:
        """Back to the board; the filter stays if it is kept and says something."""
        if not keep:
            self.board.narrow("")
        self.set_focus(self.board)
        await self.query("#filter").remove()
        self.repaint()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow as it is typed."""
        self.narrow(event.value)

    async def on_input_submitted(self) -> None:
        """The filter stays, the keys work again."""
        await self.close_filter(keep=True)

    async def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """Enter opens a person."""
        if isinstance(message.item, Row):
            await self.desk.give("views:person", message.item.person)


def _pair(label: str, value: str) -> Parts:
    return (Part(f" {label:<8}", "dim"), Part(value, "strong"))


def room_title(picture: RoomPicture, width: int) -> str:
    """`In the room 47 · 46 of 52 expected · ⚑ 1 · 1 walk-in · head count 48 ⚠`, as much of it as fits."""
    if picture.cleared and not picture.rows:
        return "In the room: cleared"
    if not picture.complete:
        return f"In the room … · … of {picture.expected} expected"
    parts = [f"In the room {picture.present}", f"{picture.expected_seen} of {picture.expected} expected"]
    if picture.undecided:
        parts.append(f"⚑ {len(picture.undecided)}")
    if picture.walk_ins:
        parts.append(f"{picture.walk_ins} walk-in{'s' if picture.walk_ins > 1 else ''}")
    if picture.head_count is not None:
        heads = picture.head_count
        gap = f" ⚠ {heads.gap:+}".replace("-", "−") if heads.gap else ""
        # Where others are here now, the figures beside it would look like a wrong sum.
        when = f" at {heads.at}" if heads.gap and heads.there != picture.present else ""
        told = [f"head count {heads.counted}{words}{gap}" for words in (when, "")]
        parts.append(next((one for one in told if cells(" · ".join([*parts, one])) <= width), told[-1]))
    while len(parts) > 1 and cells(" · ".join(parts)) > width:
        parts.pop()
    return " · ".join(parts)


SCREEN = RoomScreen
