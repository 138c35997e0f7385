"""Where the day stands: the running segment, what is left of it, what comes next; and the agenda as a list.

Owns the arithmetic and the wording of the two lines at the top of the room. Never reads a clock: the moment is given.
"""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime, timedelta
from typing import NamedTuple

from plfacilitate.core.minutes import clock, length, minute_of
from plfacilitate.core.plan import Event, Span
from plfacilitate.core.text import cells, cut
from plfacilitate.front.desk.lists.linelist import LineList
from plfacilitate.front.desk.lists.lines import Part, Parts

BAR = 12  # cells of the progress bar


class Where(NamedTuple):
    """A moment against an agenda. `running` is None before the first and after the last segment.

    `left` is seconds to the end of the running segment, or to the beginning where it has not begun; `done` is the
    share of the running segment in hundredths.
    """

    running: Span | None
    coming: tuple[Span, ...]
    left: int
    done: int
    over: bool


_worked_out: list[tuple[Event, tuple[Span, ...]]] = []  # the agenda of the event that was asked for last


def spans_of(event: Event) -> tuple[Span, ...]:
    """The agenda on its day; asked again for the same event it is not worked out again."""
    if not _worked_out or _worked_out[-1][0] is not event:
        _worked_out[:] = [(event, event.spans)]
    return _worked_out[-1][1]


def where(event: Event, now: datetime) -> Where:
    """Where the event stands at this moment."""
    spans = spans_of(event)
    if now < spans[0].starts_at:
        return Where(None, spans, _seconds(spans[0].starts_at - now), 0, over=False)
    for at, span in enumerate(spans):
        if now < span.ends_at:
            whole = _seconds(span.ends_at - span.starts_at)
            left = _seconds(span.ends_at - now)
            return Where(span, spans[at + 1 :], left, (whole - left) * 100 // whole if whole else 0, over=False)
    return Where(None, (), 0, 100, over=True)


def segment_now(event: Event | None, now: datetime) -> str:
    """The title of the running segment, "" where none runs: what a note is tagged with."""
    running = where(event, now).running if event is not None else None
    return running.segment.title if running is not None else ""


def _seconds(span: timedelta) -> int:
    return int(span.total_seconds())


def now_line(event: Event, now: datetime, width: int) -> tuple[Parts, Parts]:
    """`NOW  title   18:20 left ████░░`; the title gives way to the numbers."""
    at = where(event, now)
    if at.running is None:
        return (Part(" NOW   ", "title"), Part(_idle(event, at), "strong")), ()
    filled = at.done * BAR // 100
    tail = [
        Part(f" {_countdown(at.left)} left  ", "warn" if at.done >= 80 else "strong"),
        Part("█" * filled, "bar"),
        Part("░" * (BAR - filled) + " ", "bar-rest"),
    ]
    room = max(0, width - 7 - sum(cells(part.text) for part in tail))
    return (Part(" NOW   ", "title"), Part(cut(at.running.segment.title, room).rstrip(), "strong")), tail


def _idle(event: Event, at: Where) -> str:
    if at.over:
        return f"the agenda ended at {clock(minute_of(event.ends_at), event.zone)}"
    if at.left >= 24 * 3600:
        return f"begins on {event.day:%d %b %Y} at {clock(minute_of(event.starts_at), event.zone)}"
    return f"begins at {clock(minute_of(event.starts_at), event.zone)}, in {length(-(-at.left // 60))}"


def _countdown(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    if minutes >= 60:
        return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"
    return f"{minutes}:{rest:02}"


def next_line(event: Event, now: datetime) -> Parts:
    """`NEXT  Break 11:00 (15) · Consultancy 11:15 (50)`."""
    coming = where(event, now).coming[:3]
    if not coming:
        return (Part(" NEXT  ", "title"), Part("c closes the day", "dim"))
    said = " · ".join(
        f"{span.segment.title} {clock(minute_of(span.starts_at), event.zone)} ({span.segment.minutes})"
        for span in coming
    )
    return (Part(" NEXT  ", "title"), Part(said, "dim"))


class AgendaList(LineList[Span]):
    """The agenda of the day, the running segment marked."""

    HELP = "The agenda. ▶ runs now; minutes that the office does not count are dim."

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's word)
        super().__init__(id=id, empty="No agenda.")
        self.event: Event | None = None
        self.running: Span | None = None

    def show(self, event: Event, now: datetime) -> None:
        """Show where the event stands."""
        running = where(event, now).running
        if (event, running) == (self.event, self.running):
            return
        self.event, self.running = event, running
        spans = spans_of(event)
        self.fill(spans)
        if running is not None:
            self.move_to(spans.index(running))
        self.refresh()

    def shape(self, item: Span) -> Hashable:
        """The running segment looks different."""
        return item, item == self.running

    def draw(self, item: Span, width: int) -> tuple[Parts, Parts]:
        """Start, minutes, title."""
        assert self.event is not None
        counts = item.segment.kind in self.event.office.get("counts", ())
        here = item == self.running
        look = "strong" if here else "" if counts else "dim"
        return (
            Part(" ▶ " if here else "   ", "title"),
            Part(f"{clock(minute_of(item.starts_at), self.event.zone):>5} ", look),
            Part(f"{item.segment.minutes:>3} ", "dim"),
            Part(item.segment.title, look),
        ), ()
