"""What every screen of the desk has: the head line, the status line, the key line.

Owns how they are worded. Never knows what stands between them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.screen import Screen

from plfacilitate.core.minutes import day_text
from plfacilitate.core.plan import Event
from plfacilitate.core.text import cells
from plfacilitate.front.desk import commands
from plfacilitate.front.desk.lines import OneLine, Part, Parts

if TYPE_CHECKING:
    from plfacilitate.front.desk.app import Desk


class DeskScreen(Screen[None]):
    """A screen with its frame. `WHERE` is its name in the table of commands."""

    WHERE: ClassVar[str] = ""

    @property
    def desk(self) -> Desk:
        """The app."""
        return cast("Desk", self.app)

    def compose(self) -> ComposeResult:
        """Head, body, status, keys."""
        yield OneLine(id="head")
        yield from self.body()
        yield OneLine(id="status")
        yield OneLine(id="keys")

    def body(self) -> ComposeResult:
        """What this screen is for."""
        yield from ()

    def on_mount(self) -> None:
        """Draw what is known already."""
        self.repaint()

    def on_screen_resume(self) -> None:
        """Come back to the newest picture."""
        if self.is_mounted:
            self.repaint()

    def on_resize(self) -> None:
        """The lines are worded for the width."""
        self.call_after_refresh(self.repaint)

    def repaint(self) -> None:
        """Show the newest pictures."""
        if not self.query("#keys"):
            return
        self.query_one("#head", OneLine).put(*self.head())
        self.query_one("#status", OneLine).put(*self.status())
        self.query_one("#keys", OneLine).put(self.keys(), ())
        self.paint()

    def paint(self) -> None:
        """Draw the body."""

    # -- the frame ---------------------------------------------------------------------------------------------------

    def title_parts(self) -> Parts:
        """What stands at the top left after the program's name."""
        event = self.desk.event
        return (Part(event_title(event)),) if event is not None else ()

    def head(self) -> tuple[Parts, Parts]:
        """Program, title, day and time."""
        desk = self.desk
        zone = desk.event.zone if desk.event is not None else desk.zone
        local = desk.now.astimezone(zone)
        right = [Part(f"  {day_text(local.date())}  "), Part(f"{local.hour}:{local.minute:02} ", "strong")]
        if not desk.may_write:
            right.insert(0, Part("  READ ONLY ", "warn"))
        return (Part(" plfacilitate  ", "title"), *self.title_parts()), right

    def status(self) -> tuple[Parts, Parts]:
        """The newest mark at the left; ledger, outbox and due date at the right."""
        desk = self.desk
        if not desk.may_write and desk.lock is not None and desk.lock.why_not:
            return (Part(f" {desk.lock.why_not}", "warn"),), ()
        entries = desk.room.entries or (desk.day.entries if desk.day else 0)
        right = [Part(f"  ledger {entries:,} ", "dim"), Part("✓ ", "good")]
        return (Part(f" {desk.room.last}"),), right

    def keys(self) -> Parts:
        """As many keys as the width takes, `? help` always; what can't be done now is dim."""
        shown = [one for one in commands.COMMANDS if self.WHERE in one.on and one.foot and one.keys]
        parts: list[Part] = [Part(" ")]
        room = self.size.width - 2 - sum(cells(text) for text in ("?", " help"))
        for command in shown:
            key, label = commands.key_text(command), f" {command.label}  "
            size = cells(key) + cells(label)
            if command.name == "help" or size <= room:
                ready = commands.allowed(self.desk, command)
                action = f"app.do('{command.name}')"
                parts += [
                    Part(key, "key" if ready else "off", action),
                    Part(label if command.name != "help" else " help", "" if ready else "off", action),
                ]
                room -= size
        return parts


def event_title(event: Event) -> str:
    """`Puget Sound … Institute · session 3 of 5 · Renton`."""
    parts = [event.plan.title]
    if len(event.plan.sessions) > 1:
        number = [session.id for session in event.plan.sessions].index(event.session_id) + 1
        parts.append(f"session {number} of {len(event.plan.sessions)}")
    if event.place:
        parts.append(event.place)
    return " · ".join(parts)
