"""Agendas and what happens to them, said in a few words: the day of the tests is 6 December 2023, in UTC."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from plfacilitate.core.entry import Entry, utc_text
from plfacilitate.core.keeping.run import Run, run_of
from plfacilitate.core.plan import Segment, SegmentKind, Session, Span
from tests.core.entries import entry

# 8:30 to 15:45 with lunch at 11:45: work, a break, work, lunch, work, a break, work.
PARTS: tuple[tuple[int, SegmentKind, str], ...] = (
    (90, "instruction", "Ownership"),
    (15, "break", "Break"),
    (90, "protocol", "Consultancy"),
    (45, "meal", "Lunch"),
    (90, "work-time", "Plan a unit"),
    (15, "break", "Break"),
    (90, "instruction", "Closing"),
)
DAY = date(2023, 12, 6)


def spans(
    *parts: tuple[int, SegmentKind, str], starts: str = "08:30", zone: str = "UTC", day: date = DAY
) -> tuple[Span, ...]:
    """An agenda on a day; the one above where no parts are given."""
    agenda = tuple(Segment(*part) for part in parts or PARTS)
    return Session("s1", "One", starts, agenda).spans(day, ZoneInfo(zone))


def at(clock: str) -> datetime:
    """`9:07` or `9:07:30` on the day."""
    hour, minute, *second = map(int, clock.split(":"))
    return datetime(2023, 12, 6, tzinfo=UTC) + timedelta(hours=hour, minutes=minute, seconds=second[0] if second else 0)


def _entry(entry_id: str, kind: str, clock: str, **parts: Any) -> Entry:
    return entry(entry_id, kind, **parts)._replace(happened_at=utc_text(at(clock)))


class Told:
    """What was pressed on one laptop, in its order."""

    def __init__(self, device: str = "d") -> None:
        """Nothing yet."""
        self.device = device
        self.entries: list[Entry] = []

    def add(self, kind: str, clock: str, **body: Any) -> Told:
        """One entry more."""
        number = len(self.entries) + 1
        replaces = body.pop("replaces", ())
        self.entries.append(
            _entry(
                f"{self.device}{number:02}", kind, clock, device=self.device, number=number, replaces=replaces, **body
            )
        )
        return self

    def start(self, place: int, clock: str, title: str = "", **body: Any) -> Told:
        """A segment begins."""
        return self.add("segment-started", clock, segment=place, title=title or PARTS[place][2], **body)

    def pause(self, clock: str) -> Told:
        """The clock stands still."""
        return self.add("agenda-paused", clock)

    def resume(self, clock: str) -> Told:
        """It goes on."""
        return self.add("agenda-resumed", clock)

    def retime(self, clock: str, **minutes: int) -> Told:
        """Other minutes: `retime("9:00", s0=95)`."""
        return self.add("agenda-retimed", clock, minutes={place[1:]: many for place, many in minutes.items()})

    def end(self, clock: str) -> Told:
        """The last one is over."""
        return self.add("agenda-ended", clock)


def run(*told: Told, of: tuple[Span, ...] | None = None) -> Run:
    """The agenda as these laptops say."""
    entries: Iterable[Entry] = (one for each in told for one in each.entries)
    return run_of(spans() if of is None else of, entries)
