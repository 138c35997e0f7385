"""A person's presence drawn on the agenda: where they were, hour by hour.

Owns the arithmetic of the drawing. Never decides what counts: it only shows times.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from textual.strip import Strip

from plfacilitate.core.minutes import clock, minute_of
from plfacilitate.core.plan import Event
from plfacilitate.core.presence import Presence
from plfacilitate.core.text import cells, cut
from plfacilitate.front.widgets.lines import Painted, Part, Parts

HERE, STILL, AWAY = "█", "▒", "·"


class Scale(NamedTuple):
    """A stretch of time laid over so many cells."""

    begin: int
    end: int
    width: int

    def cell(self, minute: int) -> int:
        """The cell in which a minute lies, 0 to `width`."""
        whole = max(1, self.end - self.begin)
        return max(0, min(self.width, (minute - self.begin) * self.width // whole))


def scale_of(event: Event, presence: Presence, width: int) -> Scale:
    """From the first thing that happened to the last."""
    begin, end = minute_of(event.starts_at), minute_of(event.ends_at)
    if presence.first_in is not None:
        begin = min(begin, minute_of(presence.first_in))
    if presence.last_out is not None:
        end = max(end, minute_of(presence.last_out))
    return Scale(begin, end, width)


def drawing(event: Event, presence: Presence, now: datetime, width: int) -> tuple[Parts, Parts, Parts, Parts]:
    """Four lines: the hours, the agenda, the presence, its times."""
    scale = scale_of(event, presence, max(10, width - 2))
    return (
        (Part(" "), *_hours(event, scale)),
        (Part(" "), *_agenda(event, scale)),
        (Part(" "), *_presence(presence, scale, minute_of(now))),
        (Part(" "), *_times(event, presence, scale)),
    )


def _hours(event: Event, scale: Scale) -> Parts:
    marks = []
    moment = event.starts_at.astimezone(event.zone).replace(minute=0)
    while minute_of(moment) <= scale.end:
        if minute_of(moment) >= scale.begin:
            marks.append((scale.cell(minute_of(moment)), f"{moment.astimezone(event.zone).hour}:00"))
        moment += timedelta(hours=1)
    return (Part(_placed(marks, scale.width), "dim"),)


def _agenda(event: Event, scale: Scale) -> Parts:
    parts: list[Part] = []
    at = 0
    for number, span in enumerate(event.spans):
        begin, end = scale.cell(minute_of(span.starts_at)), scale.cell(minute_of(span.ends_at))
        if begin > at:
            parts.append(Part(" " * (begin - at)))
        room = max(0, end - max(begin, at))
        title = cut(f" {span.segment.title}", room - 1) + "▕" if room > 1 and number + 1 < len(event.spans) else ""
        parts.append(Part(title or cut(f" {span.segment.title}", room), span.segment.kind))
        at = max(at, end)
    return parts


def _presence(presence: Presence, scale: Scale, now: int) -> Parts:
    line = [AWAY] * scale.width
    for stay in presence.stays:
        begin = scale.cell(minute_of(stay.came.at))
        still = stay.left is None
        end = scale.cell(min(scale.end, now) if stay.left is None else minute_of(stay.left.at))
        for at in range(begin, max(end, min(begin + 1, scale.width))):
            line[at] = STILL if still else HERE
    parts: list[Part] = []
    for char in line:
        look = "bar-rest" if char == AWAY else "in"
        if parts and parts[-1].text[0] == char:
            parts[-1] = Part(parts[-1].text + char, look)
        else:
            parts.append(Part(char, look))
    return parts


def _times(event: Event, presence: Presence, scale: Scale) -> Parts:
    marks = []
    for stay in presence.stays:
        minute = minute_of(stay.came.at)
        marks.append((scale.cell(minute), f"in {clock(minute, event.zone)}"))
        if stay.left is not None:
            minute = minute_of(stay.left.at)
            text = f"out {clock(minute, event.zone)}"
            marks.append((max(0, scale.cell(minute) - len(text)), text))
    if presence.is_in:
        marks.append((scale.width - len("still in"), "still in"))
    return (Part(_placed(marks, scale.width), "dim"),)


def _placed(marks: Sequence[tuple[int, str]], width: int) -> str:
    """Texts at their cells; one that would run into the one before moves on, one that does not fit is left out."""
    line = ""
    for at, text in marks:
        gap = max(1 if line else 0, at - cells(line))
        if cells(line) + gap + cells(text) <= width:
            line += " " * gap + text
    return line


class Timeline(Painted):
    """The drawing as a widget of four lines."""

    DEFAULT_CSS = "Timeline { height: 4; width: 1fr; }"
    HELP = "The agenda, and below it when this person was in the room."

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's word)
        super().__init__(id=id)
        self._shown: tuple[Event, Presence, datetime] | None = None

    def show(self, event: Event, presence: Presence, now: datetime) -> None:
        """Draw this."""
        minute = now.replace(second=0, microsecond=0)
        if (event, presence, minute) != self._shown:
            self._shown = (event, presence, minute)
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Textual asks for a line."""
        width = self.size.width
        lines = drawing(*self._shown, width) if self._shown is not None else ((), (), (), ())
        return self.strip(lines[y] if y < len(lines) else (), (), width)
