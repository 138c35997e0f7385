"""The room: what runs now, who is in, and the code that lets people in.

Owns the layout of the screen and its filter. Everything on it comes from the newest RoomPicture.
"""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from plfacilitate.front.desk import commands
from plfacilitate.front.desk.agenda import AgendaList, next_line, now_line
from plfacilitate.front.desk.board import Board
from plfacilitate.front.desk.lines import LineList, OneLine, Part
from plfacilitate.front.desk.pictures import RoomPicture, Row
from plfacilitate.front.desk.qr import QrView
from plfacilitate.front.desk.screens.base import DeskScreen
from plfacilitate.seal.codes import seconds_left


class RoomScreen(DeskScreen):
    """The live room of one event."""

    WHERE = "room"
    BINDINGS = commands.bindings("room")
    AUTO_FOCUS = "Board"

    def body(self) -> ComposeResult:
        """Two lines of agenda, the board, the code or the agenda."""
        yield OneLine(id="now")
        yield OneLine(id="next")
        with Horizontal(id="middle"):
            with Vertical(id="left"):
                yield Input(id="filter", placeholder="name, school, late, expected …", compact=True)
                yield Board(id="board")
            with Vertical(id="side"):
                yield QrView(id="qr")
                yield OneLine(id="type")
                yield OneLine(id="spoken")
                yield AgendaList(id="agenda")

    @property
    def board(self) -> Board:
        """The list of people."""
        return self.query_one("#board", Board)

    @property
    def filter(self) -> Input:
        """Where the filter is typed."""
        return self.query_one("#filter", Input)

    def on_mount(self) -> None:
        """The filter and the agenda wait until they are asked for."""
        self.filter.display = False
        self.query_one("#agenda").display = False
        super().on_mount()

    def paint(self) -> None:
        """Show the newest picture."""
        desk, picture = self.desk, self.desk.room
        self.board.show(picture.rows)
        left = self.query_one("#left")
        left.border_title = room_title(picture, left.size.width - 6)
        left.border_subtitle = f"filter: {self.board.filter}" if self.board.filter and not self.filter.display else None
        if desk.failed:
            self.board.say(desk.failed)
        elif picture.event is not None:
            width = self.size.width
            self.query_one("#now", OneLine).put(*now_line(picture.event, desk.now, width))
            self.query_one("#next", OneLine).put(next_line(picture.event, desk.now))
            self.query_one("#agenda", AgendaList).show(picture.event, desk.now)
        self._paint_side()

    def _paint_side(self) -> None:
        desk, side, agenda = self.desk, self.query_one("#side"), self.query_one("#agenda")
        qr = self.query_one("#qr", QrView)
        code = desk.code if desk.code is not None and desk.code.event == desk.watched else None
        qr.display = not agenda.display
        side.border_title, side.border_subtitle = "Agenda" if agenda.display else "Sign in", None
        for name in ("#type", "#spoken"):
            self.query_one(name).display = not agenda.display and code is not None
        if agenda.display:
            return
        if code is None:
            qr.show("", self._why_no_code())
            return
        qr.show(code.url)
        side.border_title = f"Sign in · changes in {seconds_left(desk.now)} s"
        self.query_one("#type", OneLine).put((Part(" or type ", "dim"), Part(code.address, "strong")))
        self.query_one("#spoken", OneLine).put((Part(" code    ", "dim"), Part(code.spoken, "strong")))

    def _why_no_code(self) -> str:
        desk = self.desk
        if desk.door.sentence and desk.door.event in ("", desk.watched):
            return desk.door.sentence
        event = desk.event
        if event is None:
            return ""
        if event.closed_at is not None:
            return "The event is closed."
        return (
            "The doors are not open.\nd opens them."
            if event.opened_at is None
            else "No sign-in by phone.\nd starts it."
        )

    def toggle_agenda(self) -> None:
        """The agenda in place of the code, and the code again."""
        agenda = self.query_one("#agenda", AgendaList)
        agenda.display = not agenda.display
        self.set_focus(agenda if agenda.display else self.board)
        self.repaint()

    # -- filter ------------------------------------------------------------------------------------------------------

    def open_filter(self) -> None:
        """Type to see only some."""
        self.filter.display = True
        self.set_focus(self.filter)

    def close_filter(self, *, keep: bool) -> None:
        """Back to the board; the filter stays if it is kept and says something."""
        if not keep:
            self.filter.value = ""
            self.board.narrow("")
        self.filter.display = False
        self.set_focus(self.board)
        self.repaint()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow as it is typed."""
        self.board.narrow(event.value)

    def on_input_submitted(self) -> None:
        """The filter stays, the keys work again."""
        self.close_filter(keep=True)

    async def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """Enter opens a person."""
        if isinstance(message.item, Row):
            from plfacilitate.front.desk.orders.views import person

            await person(self.desk, message.item.person)


def room_title(picture: RoomPicture, width: int) -> str:
    """`In the room 47 · 46 of 52 expected · 1 walk-in · head count 48 ⚠`, as much of it as fits."""
    parts = [f"In the room {picture.present}", f"{picture.expected_seen} of {picture.expected} expected"]
    if picture.walk_ins:
        parts.append(f"{picture.walk_ins} walk-in{'s' if picture.walk_ins > 1 else ''}")
    if picture.undecided:
        parts.append(f"⚑ {len(picture.undecided)}")
    if picture.head_count is not None:
        wrong = "" if picture.head_count == picture.present else " ⚠"
        parts.append(f"head count {picture.head_count}{wrong}")
    while len(parts) > 1 and len(" · ".join(parts)) > width:
        parts.pop()
    return " · ".join(parts)


SCREEN = RoomScreen
