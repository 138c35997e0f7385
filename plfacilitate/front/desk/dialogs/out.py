"""Everyone who is still here is out at one time: the time, one reason, and who is excepted.

Owns the list of exceptions. Never writes: it gives back what was decided.
"""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime
from functools import partial
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input, Label

from plfacilitate.core.minutes import clock, minute_of
from plfacilitate.core.plan import Event
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import cut, tidy
from plfacilitate.front.desk.dialogs.base import DeskDialog
from plfacilitate.front.desk.painting.pictures import Row
from plfacilitate.front.widgets.dialogs.base import settled
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.lines import Part, Parts
from plfacilitate.front.widgets.typedfield import LineField

REASON = "end of the session; no sign-out made"


class Leaving(NamedTuple):
    """All who are in are out at `at`, for `reason`, but for these people."""

    at: datetime
    reason: str
    but: frozenset[str]


class StillIn(LineList[Row]):
    """Who is still in; a cross takes somebody out of it."""

    HELP = "Who is still in. Space excepts somebody: they stay in and are looked at one by one."
    AWAY = False

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's word)
        super().__init__(id=id)
        self.but: set[str] = set()

    def key_of(self, item: Row) -> object:
        """A person."""
        return item.person

    def shape(self, item: Row) -> Hashable:
        """Whoever stays looks different."""
        return item, item.person in self.but

    def draw(self, item: Row, width: int) -> tuple[Parts, Parts]:
        """Whether they go, and who they are."""
        stays = item.person in self.but
        mark = Part(" ○ stays ", "warn") if stays else Part(" ✓ out   ", "good")
        name = Part(cut(item.name, min(30, width // 2)), "dim" if stays else "")
        return (mark, name, Part(f" {item.place}", "dim")), (Part(f" in {item.came} ", "dim"),)


class EveryoneOut(DeskDialog[Leaving]):
    """The question at the end of the day."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "enter", "next", priority=True),
        Binding("f2", "save", "done", priority=True),
        Binding("space", "except", "except", show=False),
    ]

    def __init__(self, event: Event, rows: tuple[Row, ...], draft: str) -> None:
        super().__init__(f"Everyone still here → out ({len(rows)})", "Enter next, then done · space excepts · Esc back")
        self.event = event
        self.rows = rows
        self.draft = draft

    def body(self) -> ComposeResult:
        """Time, reason, people."""
        kept = self.desk.drafts.read(self.draft)
        end = clock(minute_of(min(self.event.ends_at, max(self.desk.now, self.event.starts_at))), self.event.zone)
        with Horizontal(classes="field"):
            yield Label("Out at", classes="label")
            yield LineField(kept.get("at", end), id="at", compact=True)
        with Horizontal(classes="field"):
            yield Label("Reason", classes="label")
            yield LineField(kept.get("reason", REASON), id="reason", compact=True)
        yield StillIn(id="people")

    def on_mount(self) -> None:
        """The people."""
        super().on_mount()
        self.people.fill(self.rows)

    @property
    def people(self) -> StillIn:
        """Who is still in."""
        return self.query_one("#people", StillIn)

    def first(self) -> Widget:
        """The time."""
        return self.query_one("#at")

    def on_input_changed(self) -> None:
        """Keep what is typed."""
        self.keep()

    def keep(self) -> None:
        """Remember the time and the reason, once the reason is somebody's own."""
        values = {name: self.query_one(f"#{name}", Input).value for name in ("at", "reason")}
        if values["reason"] != REASON:
            self.desk.drafts.keep(self.draft, values)

    def action_except(self) -> None:
        """Who is under the cursor stays in, or goes after all."""
        if self.people.has_focus and self.people.current is not None:
            self.people.but ^= {self.people.current.person}
            self.people.refresh()
            self.people.action_move(1)

    async def action_enter(self) -> None:
        """From the time to the reason to the list, then done."""
        order = [self.query_one("#at"), self.query_one("#reason"), self.people]
        if self.focused in order[:-1]:
            self.set_focus(order[order.index(self.focused) + 1])
        else:
            await self.action_save()

    async def action_save(self) -> None:
        """Give it back, or say what is missing."""
        if self.focused is not None:
            await settled(self.focused)
        from plfacilitate.steps.correct import moment_on

        reason = tidy(self.query_one("#reason", Input).value)
        try:
            at = moment_on(self.event, self.query_one("#at", Input).value)
        except Refused as refused:
            self.say(str(refused), "bad")
            return
        if not reason:
            self.say(str(Refused("reason-missing")), "bad")
            return
        from plfacilitate.front.desk.dialogs.sure import ahead, if_sure

        leaving = Leaving(at, reason, frozenset(self.people.but))
        question = ahead(self.desk, self.event, at)
        await if_sure(self.desk, "Everyone out", question, partial(self._give, leaving))

    def _give(self, leaving: Leaving) -> None:
        def give() -> None:
            self.dismiss(leaving)

        self.call_later(give)  # once the question is off the screen
