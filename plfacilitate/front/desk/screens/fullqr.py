"""The code as large as the window takes it, for a projector: title, people in, agenda and clock, no names.

Owns the layout of that one view. Any key goes back.
"""

from __future__ import annotations

from typing import cast

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen

from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.desk.lists.agenda import next_line, now_line
from plfacilitate.front.desk.lists.qr import QrView, fit
from plfacilitate.front.desk.screens.base import event_title
from plfacilitate.front.widgets.lines import Flash, OneLine, Part
from plfacilitate.seal.codes import seconds_left
from plfacilitate.shelf.qr import modules


class FullQr(Screen[None]):
    """The code and nothing private."""

    CSS_PATH = "fullqr.tcss"

    HELP = "The code for everybody in the room. Any key goes back."

    @property
    def desk(self) -> DeskBase:
        """The app."""
        return cast(DeskBase, self.app)

    def compose(self) -> ComposeResult:
        """Title, code, address, agenda."""
        yield OneLine(id="title")
        yield QrView(id="large")
        yield OneLine(id="address")
        yield OneLine(id="now")
        yield OneLine(id="next")

    def on_mount(self) -> None:
        """Draw; the desk's clock asks for it again."""
        self.repaint()

    def on_key(self, event: events.Key) -> None:
        """Any key goes back; digits are a scanner's."""
        event.stop()
        if event.character is not None and event.character.isdigit():
            return
        self.dismiss()

    def on_click(self) -> None:
        """So does a click."""
        self.dismiss()

    def show_flash(self, flash: Flash | None) -> None:
        """What was scanned, without a name."""
        self.repaint()

    def repaint(self) -> None:
        """Show what is on the wall now."""
        desk, event, code = self.desk, self.desk.event, self.desk.code
        now = desk.standing
        if event is None or now is None:
            return
        local = desk.now.astimezone(event.zone)
        clock = f"  {local.hour}:{local.minute:02} "
        people = f"{desk.room.present} in the room"
        self.query_one("#title", OneLine).put(
            (Part(f" {event_title(event, self.size.width - 30)}", "strong"),),
            (Part(f"  {people}", "good"), Part(clock, "strong")),
        )
        shown = code is not None and code.event == event.id
        agenda = not shown or code is None or not _crowded(len(modules(code.url)), *self.size)
        for name in ("#now", "#next"):
            self.query_one(name, OneLine).display = agenda or (name == "#now" and desk.flash is not None)
        self.query_one("#large", QrView).show(
            code.url if code is not None and shown else "", "No sign-in by phone now."
        )
        if code is not None and shown:
            left = (Part(" Scan to sign in, or type ", "dim"), Part(code.address, "strong"))
            right = (Part("  code ", "dim"), Part(code.spoken, "strong"), Part(f"  new in {seconds_left(desk.now)} s "))
            self.query_one("#address", OneLine).put(left, right)
        if desk.flash is not None:
            self.query_one("#now", OneLine).put((Part(f" {desk.flash.plain} ", desk.flash.look),))
        else:
            self.query_one("#now", OneLine).put(*now_line(event, now, self.size.width))
        self.query_one("#next", OneLine).put(*next_line(event, now))


def _crowded(count: int, width: int, height: int) -> bool:
    """Whether the code gets larger without the two lines of the agenda below it."""
    with_it, alone = fit(count, width, height - 4), fit(count, width, height - 2)
    return alone is not None and (with_it is None or alone.scale > with_it.scale)


SCREEN = FullQr
