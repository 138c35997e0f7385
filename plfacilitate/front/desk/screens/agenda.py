"""The agenda as it goes: what runs, what is left, how late the day is, and whether it still fits.

Owns the layout and what is said of the segment under the cursor. Everything on it is worked out of the newest picture
and the moment; nothing here moves the agenda on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult
from textual.geometry import Region
from textual.strip import Strip

from plfacilitate.core.keeping.past import Name, Past
from plfacilitate.core.keeping.standing import Standing
from plfacilitate.front.desk import commands
from plfacilitate.front.desk.lists.agenda import AgendaList, drift_words, next_line, now_line, rows_of
from plfacilitate.front.desk.lists.fits import fit_lines
from plfacilitate.front.desk.screens.base import DeskScreen
from plfacilitate.front.desk.threads.questions import past_minutes
from plfacilitate.front.widgets.lines import Painted, Part, Parts, Source


class Fits(Painted):
    """Whether the day still fits, and what can be done."""

    lines: Sequence[Parts] = ()

    def put(self, lines: Sequence[Parts]) -> None:
        """Show these."""
        if lines != self.lines:
            self.lines = lines
            self.refresh(Region(0, 0, self.size.width, self.size.height))

    def render_line(self, y: int) -> Strip:
        """Textual asks for a line."""
        return self.strip(self.lines[y] if y < len(self.lines) else (), (), self.size.width)


class AgendaScreen(DeskScreen):
    """The agenda of the room's event."""

    CSS_PATH = "agenda.tcss"
    WHERE = "agenda"
    ENTER = "begin"
    BINDINGS = commands.bindings("agenda")
    AUTO_FOCUS = "AgendaList"

    def __init__(self) -> None:
        super().__init__()
        self._followed: int | None = None  # the segment that ran when the cursor was last put behind it
        self._placed = False

    def on_mount(self) -> None:
        """Ask how long the segments took before."""
        super().on_mount()
        event = self.desk.event
        self.desk.past = {}
        if event is not None:
            question = past_minutes(event.plan.id, event.session_id, event.id)
            self.desk.feed.ask(question, lambda known: self.app.call_later(self._learn, known))

    def _learn(self, known: Mapping[Name, Past]) -> None:
        self.desk.past = known
        self.repaint()

    def under_head(self) -> tuple[Source, ...]:
        """What runs now and what comes next."""
        return (self._now, self._next)

    def body(self) -> ComposeResult:
        """The segments, and whether they fit."""
        yield Fits(id="fits")
        yield AgendaList(id="segments", empty="No agenda.")

    @property
    def segments(self) -> AgendaList:
        """The list."""
        return self.query_one("#segments", AgendaList)

    def title_parts(self, width: int) -> Parts:
        """Which screen this is, and of which event."""
        event = self.desk.event
        return (Part("Agenda  "), Part(event.title if event is not None else "", "strong"))

    def paint(self) -> None:
        """Show where the agenda stands; whenever another segment runs the cursor goes to the one after it."""
        event, now = self.desk.event, self.desk.standing
        if event is None or now is None:
            return
        self.segments.fill(rows_of(event, now, self.desk.past))
        running = now.running.place if now.running is not None else None
        if not self._placed or running != self._followed:
            self._placed, self._followed = True, running
            self.segments.move_to((running or 0) + (1 if running is not None and now.kept else 0))
        past = " · past median (runs)" if self.desk.past else ""
        self.segments.entitle(self._title(now), f"planned · as it goes · minutes{past}")
        fits = self.query_one("#fits", Fits)
        fits.entitle("Does it still fit?")
        lines = fit_lines(event, now)
        fits.styles.height = len(lines) + 2
        fits.put(lines)
        self._choose()

    def _title(self, now: Standing) -> str:
        return f"Agenda · {drift_words(now.drift)[0] if now.kept else 'as planned'}"

    def on_line_list_moved(self) -> None:
        """The keys speak of the segment under the cursor."""
        self._choose()

    async def on_line_list_chosen(self) -> None:
        """Enter begins the segment under the cursor."""
        self._choose()
        await self.desk.give("agenda:start")

    def on_unmount(self) -> None:
        """No segment is under the cursor any more."""
        self.desk.segment = None

    def _choose(self) -> None:
        row = self.segments.current
        self.desk.segment = row.place if row is not None else None

    def _now(self, width: int) -> tuple[Parts, Parts]:
        event, now = self.desk.event, self.desk.standing
        return now_line(event, now, width) if event is not None and now is not None else ((), ())

    def _next(self, width: int) -> tuple[Parts, Parts]:
        event, now = self.desk.event, self.desk.standing
        return next_line(event, now) if event is not None and now is not None else ((), ())


SCREEN = AgendaScreen
