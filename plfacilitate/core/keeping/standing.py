"""Where an agenda stands at a moment: what runs, what is left of it, how late the day is, when the rest begins.

Owns the reckoning ahead. What stands at a fixed time (a meal, the end of the day) is waited for and never shortened.
Until somebody begins the agenda at the desk it is taken to go as planned. Never reads a clock: the moment is given.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from plfacilitate.core.keeping.run import Run
from plfacilitate.core.plan import Span
from plfacilitate.core.timing import Urgency, share, urgency

State = Literal["done", "skipped", "running", "paused", "coming"]
NOUGHT, MINUTE = timedelta(), timedelta(minutes=1)


class Line(NamedTuple):
    """One segment at a moment. `begins` is when it began or is expected to; None = it was skipped.

    `minutes` are meant now, `spent` is how long it has run, `late` by how much a fixed one is missed.
    """

    place: int
    span: Span
    state: State
    begins: datetime | None
    minutes: int
    spent: timedelta
    late: timedelta = NOUGHT

    @property
    def meant(self) -> timedelta:
        """The time that is meant for it."""
        return timedelta(minutes=self.minutes)

    @property
    def rest(self) -> timedelta:
        """What is left of that time; nothing where it is over."""
        return max(self.meant - self.spent, NOUGHT)


class Missed(NamedTuple):
    """A fixed time that can't be kept as things stand: of which segment (None = the end), planned and expected."""

    line: Line | None
    planned: datetime
    expected: datetime

    @property
    def by(self) -> timedelta:
        """How late."""
        return self.expected - self.planned


@dataclass(frozen=True, slots=True)
class Standing:
    """An agenda at a moment. `kept` = somebody has begun it at the desk; else it is taken to go as planned.

    `left` is the time to the end of the running segment, negative = over; before the beginning the time to it.
    `drift` is by how much the day is behind (negative = ahead), `ends` when it is expected to end. `ended` = it is over.
    """

    run: Run
    moment: datetime
    lines: tuple[Line, ...]
    running: Line | None
    left: timedelta
    drift: timedelta
    ends: datetime
    missed: tuple[Missed, ...]
    kept: bool
    ended: bool

    @property
    def coming(self) -> tuple[Line, ...]:
        """What comes after the running segment."""
        return tuple(line for line in self.lines if line.state == "coming")

    @property
    def paused(self) -> bool:
        """The running segment's clock stands still."""
        return self.run.paused

    @property
    def urgency(self) -> Urgency:
        """How pressing the end of the running segment is."""
        return urgency(self.left, self.running.meant) if self.running is not None else "calm"

    @property
    def done(self) -> int:
        """How much of the running segment has gone, in hundredths."""
        return share(self.running.spent, self.running.meant) if self.running is not None else 0


def standing(run: Run, moment: datetime) -> Standing:
    """Where the agenda stands then."""
    return _kept(run, moment) if run.begun_at is not None else _by_plan(run, moment)


def _by_plan(run: Run, moment: datetime) -> Standing:
    """Nobody has begun it: as the plan has it, with the minutes that are meant."""
    lines, running, begins = [], None, run.spans[0].starts_at
    left = begins - moment
    for place, (span, minutes) in enumerate(zip(run.spans, run.minutes, strict=True)):
        begins = max(begins, span.starts_at) if span.segment.holds else begins
        ends = begins + timedelta(minutes=minutes)
        state: State = "done" if moment >= ends else "running" if moment >= begins else "coming"
        spent = min(max(moment - begins, NOUGHT), ends - begins)
        line = Line(place, span, state, begins, minutes, spent)
        if state == "running":
            running, left = line, ends - moment
        lines.append(line)
        begins = ends
    ended = moment >= begins
    if running is None and not ended and moment >= run.spans[0].starts_at:  # a wait for a fixed time
        left = next(line.begins for line in lines if line.state == "coming" and line.begins) - moment
    missed = _missed(lines, run, begins)
    drift = max((one.by for one in missed), default=NOUGHT)
    return Standing(run, moment, tuple(lines), running, left, drift, begins, missed, kept=False, ended=ended)


def _kept(run: Run, moment: datetime) -> Standing:
    """As it goes: what ran has its own times, what comes begins when all before it is done."""
    at = run.running
    reached = at if at is not None else len(run.spans)
    lines: list[Line] = []
    time = moment
    drifts: list[timedelta] = []
    for place, (span, minutes) in enumerate(zip(run.spans, run.minutes, strict=True)):
        spent = run.spent(place, moment)
        began = run.watches[place].begun
        line = Line(place, span, "done", began, minutes, spent)
        if place < reached:
            line = line._replace(state="done" if spent >= MINUTE else "skipped")
        elif place == at:
            line = line._replace(state="paused" if run.paused else "running")
            time += line.rest
        else:
            if span.segment.holds:
                drifts.append(time - span.starts_at)
                time = max(time, span.starts_at)
            late = max(time - span.starts_at, NOUGHT) if span.segment.holds else NOUGHT
            line = line._replace(state="coming", begins=time, late=late)
            time += line.rest
        lines.append(line)
    running = lines[at] if at is not None else None
    ends = run.ended_at or time
    drifts.append(ends - run.spans[-1].ends_at)
    missed = _missed(lines, run, ends) if at is not None else ()
    return Standing(
        run,
        moment,
        tuple(lines),
        running,
        running.meant - running.spent if running is not None else NOUGHT,
        _drift(drifts),
        ends,
        missed,
        kept=True,
        ended=at is None,
    )


def _drift(drifts: list[timedelta]) -> timedelta:
    """The worst delay at a fixed time to come; where there is none, how it looks at the next one."""
    worst = max(drifts)
    return worst if worst >= MINUTE else drifts[0]


def _missed(lines: list[Line], run: Run, ends: datetime) -> tuple[Missed, ...]:
    found = [
        Missed(line, line.span.starts_at, line.begins)
        for line in lines
        if line.state == "coming" and line.span.segment.holds and line.begins is not None
        and line.begins - line.span.starts_at >= MINUTE
    ]  # fmt: skip
    planned = run.spans[-1].ends_at
    return (*found, Missed(None, planned, ends)) if ends - planned >= MINUTE else tuple(found)
