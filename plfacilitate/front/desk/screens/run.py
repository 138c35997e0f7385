"""A protocol that is led: every group's clock at a glance, the steps, the step that is on, a field for what is said.

Owns the layout, which group is looked at, and what a typed line is. Never moves a group on by itself, and never blocks:
a clock that is over counts up.
"""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical

from plfacilitate.core.minutes import clock, minute_of
from plfacilitate.core.protocol import CAPTURE_KINDS, CaptureKind
from plfacilitate.core.running.run import Group, Run
from plfacilitate.core.text import cells, cut, plain
from plfacilitate.front.desk import commands
from plfacilitate.front.desk.lists.running import Row, Rows, group_rows, kind_now, stage_rows, step_rows
from plfacilitate.front.desk.lists.stage import wall_rows
from plfacilitate.front.desk.screens.base import DeskScreen
from plfacilitate.front.desk.threads.messages import Written
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.lines import Box, Flash, OneLine, Part, Parts, Source
from plfacilitate.front.widgets.typedfield import TypedField

LARGE = 26  # lines of the step's pane from which on its clock is written large
MOST_ROWS = 12  # groups that are seen without scrolling


def draft_key(event: str, run: str) -> str:
    """What the half-typed line of a run is kept under."""
    return f"captured:{event}:{run}"


class CaptureField(TypedField):
    """Where a line is typed; Esc gives the keys back, Tab makes it another kind of line."""

    BINDINGS: ClassVar = [
        Binding("escape", "screen.leave_field", show=False, priority=True),
        Binding("tab", "screen.turn_kind(1)", show=False, priority=True),
        Binding("shift+tab", "screen.turn_kind(-1)", show=False, priority=True),
    ]
    HELP = "Enter keeps the line, with its step. Tab: note, idea, question, commitment. Esc: the keys work again."


class RunScreen(DeskScreen):
    """One run of a protocol."""

    CSS_PATH = "run.tcss"
    WHERE = "run"
    HELP = Rows.HELP
    AUTO_FOCUS = ""
    FOLLOWS = frozenset({"runs"})
    BINDINGS = [
        *commands.bindings("run"),
        Binding("enter", "app.do('write-line')", show=False),
        *(Binding(key, f"group({step})", show=False) for key, step in (("up", -1), ("down", 1), ("k", -1))),
        *(Binding(str(number), f"choose({number})", show=False, priority=True) for number in range(10)),
    ]

    def __init__(self, event: str, run: str) -> None:
        super().__init__()
        self.event, self.run = event, run
        self.chosen: int | None = None  # the group that is looked at, 0 = all; None = not chosen yet
        self.kind: CaptureKind | None = None  # None = what the step captures
        self.said, self.look = "", ""
        self.on_wall = False

    def under_head(self) -> tuple[Source, ...]:
        """When it began and when it will be over."""
        return (self.whole_line,)

    def body(self) -> ComposeResult:
        """Groups and steps at the left, the step that is on at the right, below them the field."""
        with Horizontal(id="led"):
            with Vertical(id="course"):
                with Box(id="groups-box"):
                    yield Rows(id="groups")
                with Box(id="steps-box"):
                    yield Rows(id="steps")
            with Box(id="stage-box"):
                yield Rows(id="stage")
        with Horizontal(id="writing"):
            yield OneLine(id="as-what")
            yield CaptureField(id="capture", compact=True, select_on_focus=False)

    @property
    def field(self) -> CaptureField:
        """Where a line is typed."""
        return self.query_one("#capture", CaptureField)

    def rows(self, name: str) -> Rows:
        """One of the lists: groups, steps, stage."""
        return self.query_one(f"#{name}", Rows)

    # -- begin and end -----------------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Follow what is led; what was half typed is there again."""
        self.desk.leading = self.run
        self.app.clear_notifications()
        self.field.value = self.desk.drafts.read(draft_key(self.event, self.run)).get("text", "")
        super().on_mount()

    def on_screen_resume(self) -> None:
        """Whoever was above may have looked at another run."""
        self.desk.leading = self.run
        super().on_screen_resume()

    def on_unmount(self) -> None:
        """Nobody looks any more."""
        self.desk.leading = ""

    def on_resize(self) -> None:
        """Words are wrapped anew."""
        self.call_after_refresh(self.repaint)

    # -- what is looked at -------------------------------------------------------------------------------------------

    @property
    def led(self) -> Run | None:
        """The run as it stands."""
        return self.desk.run_led

    @property
    def number(self) -> int:
        """The group that keys are about; 0 = all of them."""
        led = self.led
        if led is None or len(led.groups) == 1:
            return 1
        return self.chosen if self.chosen is not None and self.chosen <= len(led.groups) else 0

    @property
    def groups(self) -> list[Group]:
        """The groups that keys are about."""
        return list(self.led.chosen(self.number)) if self.led is not None else []

    @property
    def group(self) -> Group | None:
        """The group whose step is shown: of all of them the one that is least far."""
        led = self.led
        return (led.group(self.number) or led.behind) if led is not None else None

    @property
    def zone(self) -> ZoneInfo:
        """The place's time zone."""
        return self.desk.event.zone if self.desk.event is not None else self.desk.zone

    def action_choose(self, number: int) -> None:
        """Look at this group; 0 = all of them."""
        led = self.led
        if led is not None and number <= len(led.groups):
            self.chosen = number
            self.repaint()

    def action_group(self, step: int) -> None:
        """The next group, or all of them."""
        led = self.led
        if led is not None and len(led.groups) > 1:
            self.action_choose((self.number + step) % (len(led.groups) + 1))

    def on_line_list_moved(self, message: LineList.Moved) -> None:
        """A click on a group."""
        row = message.lines.current
        if isinstance(row, Row) and row.group >= 0:
            self.action_choose(row.group)

    # -- the field ---------------------------------------------------------------------------------------------------

    @property
    def writes_as(self) -> CaptureKind:
        """What a typed line is: as somebody said, else what the step captures."""
        return self.kind or (kind_now(self.group.now) if self.group is not None else "note")

    def action_turn_kind(self, step: int) -> None:
        """Another kind of line."""
        at = CAPTURE_KINDS.index(self.writes_as) + step
        self.kind = CAPTURE_KINDS[at % len(CAPTURE_KINDS)]
        self.repaint()

    def action_leave_field(self) -> None:
        """The keys work again; what is typed stays."""
        self.set_focus(None)
        self.repaint()

    def write(self) -> None:
        """Type a line."""
        self.set_focus(self.field)
        self.repaint()

    def on_input_changed(self) -> None:
        """What is typed is kept."""
        self.desk.drafts.keep(draft_key(self.event, self.run), {"text": self.field.value})

    async def on_typed_field_typed(self, message: TypedField.Typed) -> None:
        """Enter: the line is kept; an empty one gives the keys back."""
        if not message.text.strip():
            self.action_leave_field()
            return
        await self.desk.give("running:capture", message.text)

    # -- what the desk says ------------------------------------------------------------------------------------------

    def show_said(self, sentence: str, severity: str) -> None:
        """In the status line: a toast would lie over a clock."""
        self.said, self.look = sentence, "bad" if severity == "error" else ""
        self.repaint()

    def show_written(self, message: Written) -> None:
        """What was done, and how it is undone."""
        self.show_said(f"{message.said} · {message.hint}" if message.hint else message.said, "")

    def show_refusal(self, draft: str, sentence: str) -> None:
        """What was typed is there again."""
        if draft and not self.field.value:
            self.field.value = self.desk.drafts.read(draft).get("text", "")

    # -- on the wall -------------------------------------------------------------------------------------------------

    def turn_wall(self) -> None:
        """Only what everybody in the room may see, as large as it goes; or all of it again."""
        self.on_wall = not self.on_wall
        self.set_focus(None)
        self.set_class(self.on_wall, "wall")
        self.call_after_refresh(self.repaint)

    def stepped_back(self) -> bool:
        """From the wall to the whole screen."""
        if self.on_wall:
            self.turn_wall()
            return True
        return False

    def show_flash(self, flash: Flash | None) -> None:
        """A scanned badge names somebody: not on the wall."""
        if not self.on_wall:
            super().show_flash(flash)

    # -- drawing -----------------------------------------------------------------------------------------------------

    def paint(self) -> None:
        """The newest of everything."""
        led, group, now = self.led, self.group, self.desk.now
        if led is None or group is None:
            self.rows("stage").say(
                "Reading …" if "runs" not in self.desk.feed.newest else "It was taken back. Esc goes back."
            )
            for name in ("groups", "steps"):
                self.rows(name).fill(())
            return
        if self.on_wall:
            stage = self.rows("stage")
            self._show("stage", wall_rows(led, self.groups, now, stage.size.width, stage.size.height))
            return
        several = len(led.groups) > 1
        box = self.query_one("#groups-box", Box)
        box.display = several
        if several:
            box.styles.height = min(MOST_ROWS, len(led.groups), max(3, self.size.height // 3)) + 2
            box.entitle("Groups", "0 all · digit or ↑ ↓ one" if self.number else "all · digit or ↑ ↓ one")
            self._show("groups", group_rows(led, now, self.number, self._width("groups")))
        self._show("steps", step_rows(led, group, now, self._width("steps")))
        self.query_one("#steps-box", Box).entitle(f"Step {group.at + 1} of {len(led.places)}")
        who = f"Group {group.number}" if self.number else "All groups"
        self.query_one("#stage-box", Box).entitle(who if several else "Now")
        large = self.rows("stage").size.height >= LARGE
        width = self._width("stage")
        self._show("stage", stage_rows(led, group, self.number, now, width, self.zone, large=large))
        self._paint_field(several)

    def _width(self, name: str) -> int:
        return max(20, self.rows(name).size.width - 1)

    def _show(self, name: str, rows: list[Row]) -> None:
        self.rows(name).show(rows)

    def _paint_field(self, several: bool) -> None:
        line = self.query_one("#as-what", OneLine)
        whose = "" if not several else f" of group {self.number}" if self.number else " of all"
        writing = self.focused is self.field
        words = f" {self.writes_as}{whose} ▸ "
        if line.styles.width is None or line.styles.width.value != cells(words):
            line.styles.width = cells(words)
        line.put((Part(words, "title" if writing else "dim"),))
        self.field.placeholder = "Enter keeps it · Tab another kind · Esc keys" if writing else "i: write a line"

    # -- the frame ---------------------------------------------------------------------------------------------------

    def title_parts(self, width: int) -> Parts:
        """What is led."""
        led = self.led
        return (Part(cut(led.protocol.title, max(8, width)).rstrip()),) if led is not None else ()

    def whole_line(self, width: int) -> tuple[Parts, Parts]:
        """Since when, until when, and whether that is after the segment's end."""
        led, now = self.led, self.desk.now
        if led is None:
            return (), ()
        began = f" since {clock(minute_of(led.began_at), self.zone)}"
        if led.ended_at is not None:
            lasted = int((led.ended_at - led.began_at) / timedelta(minutes=1))
            return (
                Part(" ENDED", "warn"),
                Part(f" {clock(minute_of(led.ended_at), self.zone)} after {lasted} min"),
            ), ()
        ends = led.ends_about(now)
        left = (Part(began, "dim"), Part(f"  ends about {clock(minute_of(ends), self.zone)}", "strong"))
        return left, self._against(led, ends)

    def _against(self, led: Run, ends: object) -> Parts:
        """How it goes with the segment in which it was begun, while that one runs."""
        now = self.desk.standing
        if now is None or now.running is None or not led.segment:
            return ()
        title, segment_ends = now.running.span.segment.title, now.moment + now.left
        if title != led.segment:
            return (Part(f"  now on the agenda: {plain(title)} ", "warn"),)
        over = -int((segment_ends - led.ends_about(self.desk.now)) // timedelta(minutes=1))
        until = clock(minute_of(segment_ends), self.zone)
        if over > 0:
            return (Part(f"  ▲ {over} min after the segment's end at {until} ", "warn"),)
        return (Part(f"  the segment ends at {until} ", "dim"),)

    def keys(self, width: int) -> tuple[Parts, Parts]:
        """None on the wall: they work all the same, and nobody in the room presses them."""
        return ((), ()) if self.on_wall else super().keys(width)

    def status(self, width: int) -> tuple[Parts, Parts]:
        """What was done last; at the right the ledger."""
        if self.on_wall:
            local = self.desk.now.astimezone(self.zone)
            return (Part(f" {plain(self.led.protocol.title) if self.led else ''}", "dim"),), (
                Part(f"{local.hour}:{local.minute:02} ", "strong"),
            )
        left, right = super().status(width)
        if self.desk.why_not_write or self.desk.flash is not None:
            return left, right
        return (Part(f" {plain(self.said)}", self.look),), right


SCREEN = RunScreen
