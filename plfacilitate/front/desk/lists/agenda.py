"""Where the day stands in words: the two lines at the top of the room, and the agenda as a list.

Owns the wording. The reckoning is `core.keeping`'s, and the moment is given: nothing here reads a clock.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from plfacilitate.core.keeping.past import Name, Past, by_place
from plfacilitate.core.keeping.standing import MINUTE, Line, Missed, Standing, State
from plfacilitate.core.minutes import clock, length, minute_of
from plfacilitate.core.plan import Event
from plfacilitate.core.text import cells, cut, plain
from plfacilitate.core.timing import PAUSED, SIGNS, Urgency, countdown, seconds
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.lines import Part, Parts

BAR = 12  # cells of the progress bar
WIDE = 100  # cells from which there is room for more than what must be said
LOOKS: dict[Urgency, str] = {"calm": "strong", "soon": "warn", "close": "bad", "over": "bad"}
SYMBOLS: dict[State, str] = {"done": "✓", "skipped": "–", "running": "▶", "paused": PAUSED.symbol, "coming": " "}


def title_of(line: Line | None) -> str:
    """The title of a segment, "" where none runs: what a note is tagged with."""
    return line.span.segment.title if line is not None else ""


def at_clock(moment: datetime, event: Event) -> str:
    """A moment as the room's clock shows it."""
    return clock(minute_of(moment), event.zone)


def left_words(now: Standing) -> tuple[str, str]:
    """What is left of the running segment in words, and how they look: `◔ 3:20 soon over`; "" where nothing runs."""
    if now.running is None:
        return "", ""
    sign = SIGNS[now.urgency]
    shown = countdown(seconds(now.left))
    symbol = PAUSED.symbol if now.paused else "" if now.urgency == "calm" else sign.symbol
    words = f"{shown} {sign.word}{', ' + PAUSED.word if now.paused else ''}"
    return f"{symbol} {words}".strip(), LOOKS[now.urgency]


def drift_words(drift: timedelta) -> tuple[str, str]:
    """How the day is on time, in words and in looks; less than a minute is nothing."""
    minutes = int(abs(drift) // MINUTE)
    if not minutes:
        return "on time", "good"
    return (f"{length(minutes)} behind", "warn") if drift > timedelta() else (f"{length(minutes)} ahead", "good")


def now_line(event: Event, now: Standing, width: int) -> tuple[Parts, Parts]:
    """`NOW  title   18:20 left ████░░  2 min behind  r re-time`; the title gives way to the numbers."""
    if now.running is None:
        return (Part(" NOW   ", "title"), Part(_idle(event, now), "strong")), ()
    words, look = left_words(now)
    filled = now.done * BAR // 100
    tail = [Part(f" {words}  ", look), Part("█" * filled, "bar"), Part("░" * (BAR - filled) + " ", "bar-rest")]
    if now.kept:
        said, how = drift_words(now.drift)
        tail.append(Part(f" {said} ", how))
        if now.missed and width >= WIDE:
            tail += [Part(" r", "key", "app.do('re-time')"), Part(" re-time ", "", "app.do('re-time')")]
    room = max(0, width - 7 - sum(cells(part.text) for part in tail))
    return (Part(" NOW   ", "title"), Part(cut(title_of(now.running), room).rstrip(), "strong")), tail


def _idle(event: Event, now: Standing) -> str:
    if now.ended:
        return f"the agenda ended at {at_clock(now.ends, event)}"
    left = seconds(now.left)
    first = now.lines[0]
    if first.state != "coming":
        waits = next(line for line in now.lines if line.state == "coming")
        return f"{plain(title_of(waits))} begins in {countdown(left)}"
    if left >= 24 * 3600:
        return f"begins on {event.day:%d %b %Y} at {at_clock(event.starts_at, event)}"
    return f"begins at {at_clock(event.starts_at, event)}, in {length(-(-left // 60))}"


def next_line(event: Event, now: Standing) -> tuple[Parts, Parts]:
    """`NEXT  Break 11:00 (15) · Consultancy 11:15 (50)`, and at the right the fixed time that can't be kept."""
    coming = now.coming[:3]
    if not coming:
        return (Part(" NEXT  ", "title"), Part("c closes the day" if now.ended else "the end", "dim")), _warned(now)
    said = " · ".join(
        f"{title_of(line)} {at_clock(line.begins or line.span.starts_at, event)} ({line.minutes})" for line in coming
    )
    return (Part(" NEXT  ", "title"), Part(said, "dim")), _warned(now)


def _warned(now: Standing) -> Parts:
    return (Part(f"  ⚠ {missed_words(now.missed[0])} ", "warn"),) if now.kept and now.missed else ()


def missed_words(missed: Missed) -> str:
    """`Lunch 8 min late`."""
    what = title_of(missed.line) or "the end"
    return f"{cut(what, 24).rstrip()} {length(int(missed.by // MINUTE))} late"


def past_words(past: Past | None) -> str:
    """`82 (n 4)`."""
    return f"{past.minutes} (n {past.runs})" if past is not None else ""


class AgendaRow(NamedTuple):
    """One segment as it is listed. `began` is when it began or is expected to; `counts` = its minutes count.

    `before` are the plan's minutes, `past` is how long it took at past runs; None = there is none.
    """

    place: int
    state: State
    planned: str
    began: str
    minutes: int
    before: int
    past: Past | None
    title: str
    words: str
    look: str
    counts: bool


def rows_of(event: Event, now: Standing, known: Mapping[Name, Past]) -> tuple[AgendaRow, ...]:
    """The agenda, line by line; `known` is how long its segments took before."""
    past = by_place([line.span.segment for line in now.lines], known)
    return tuple(_row(event, now, line, past.get(line.place)) for line in now.lines)


def _row(event: Event, now: Standing, line: Line, past: Past | None) -> AgendaRow:
    words, look = _said(now, line)
    return AgendaRow(
        line.place,
        line.state,
        at_clock(line.span.starts_at, event),
        at_clock(line.begins, event) if line.begins is not None and line.state != "skipped" else "",
        line.minutes,
        line.span.segment.minutes,
        past,
        title_of(line),
        words,
        look,
        line.span.segment.kind in event.office.get("counts", ()),
    )


def _said(now: Standing, line: Line) -> tuple[str, str]:
    if line.state in ("running", "paused"):
        return left_words(now)
    if not now.kept:
        return ("fixed", "dim") if line.span.segment.holds else ("", "")
    if line.state == "skipped":
        return "skipped", "dim"
    if line.state == "done":
        return f"took {round(line.spent / MINUTE)} min", "dim"
    if line.late >= MINUTE:
        return f"⚠ {length(int(line.late // MINUTE))} late", "warn"
    if line.span.segment.holds:
        return "fixed", "dim"
    return (f"{round(line.spent / MINUTE)} min done", "dim") if line.spent >= MINUTE else ("", "")


class AgendaList(LineList[AgendaRow]):
    """The agenda of the day: planned, how it went, how it is expected to go on."""

    HELP = (
        "The agenda: ▶ runs, ✓ is over, – was skipped. The first time is the plan's, the second how it went or is "
        "expected to go. Behind the minutes stands what the segment took before: the median, and of how many runs. "
        "What the office does not count is dim."
    )

    any_past = False  # some segment has a past, so that there is a column for it

    def fill(self, items: Sequence[AgendaRow]) -> None:
        """Show these."""
        before, self.any_past = self.any_past, any(item.past for item in items)
        super().fill(items)
        if before != self.any_past:
            self.refresh()

    def shape(self, item: AgendaRow) -> Hashable:
        """And whether there is a column more."""
        return item, self.any_past

    def key_of(self, item: AgendaRow) -> object:
        """Its place."""
        return item.place

    def draw(self, item: AgendaRow, width: int) -> tuple[Parts, Parts]:
        """State, planned and real time, minutes, title; at the right what is left or what it took."""
        here = item.state in ("running", "paused")
        look = "strong" if here else "" if item.counts and item.state == "coming" else "dim"
        moved = item.began != item.planned
        minutes = f"{item.before} → {item.minutes}" if item.minutes != item.before else str(item.minutes)
        right = (Part(f"  {item.words} ", item.look),) if item.words else ()
        return (
            Part(f" {SYMBOLS[item.state]} ", "title"),
            Part(f"{item.planned:>5} ", "dim"),
            Part(f"{item.began if moved else '':>5}  ", look),
            Part(f"{minutes:>9}  ", "marked" if item.minutes != item.before and item.state == "coming" else "dim"),
            *((Part(f"{past_words(item.past):<10}", "dim"),) if self.any_past else ()),
            Part(item.title, look),
        ), right
