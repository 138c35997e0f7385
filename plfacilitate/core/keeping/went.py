"""An agenda as it went, part by part: what an office counts by that counts actual minutes.

Owns how pauses and a forgotten end are read. Until the end is said the rest is taken as it was meant when something was
last said: whoever forgets the desk at noon takes nobody's afternoon away. Never reads a clock.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from plfacilitate.core.keeping.run import Run
from plfacilitate.core.keeping.standing import standing

PAUSED = "paused"
"""What a part is that belongs to no segment: a pause, or the time between an end and going on."""


class Part(NamedTuple):
    """A time of the agenda: aware moments, the kind of its segment or `PAUSED`, and its title."""

    starts_at: datetime
    ends_at: datetime
    kind: str
    title: str


def planned(run: Run) -> tuple[Part, ...]:
    """The agenda as it was approved."""
    return tuple(Part(span.starts_at, span.ends_at, span.segment.kind, span.segment.title) for span in run.spans)


def went(run: Run) -> tuple[Part, ...]:
    """The agenda as it went, without a gap; () = nobody kept it."""
    if run.begun_at is None:
        return ()
    last = run.pieces[-1]
    moment = last.ended or last.began
    found: list[Part] = []
    for piece in run.pieces:
        segment = run.spans[piece.segment].segment
        kind, title = (PAUSED, PAUSED) if piece.paused else (segment.kind, segment.title)
        _add(found, Part(piece.began, piece.ended or piece.began, kind, title))
    for line in standing(run, moment).lines if run.ended_at is None else ():
        if line.state in ("running", "paused", "coming"):
            begins = line.begins if line.state == "coming" and line.begins is not None else moment
            segment = line.span.segment
            _add(found, Part(begins, begins + line.rest, segment.kind, segment.title))
            moment = begins + line.rest
    return tuple(part for part in found if part.ends_at - part.starts_at > timedelta())


def _add(found: list[Part], part: Part) -> None:
    """One part more; what lies between is no segment's."""
    if found and found[-1].ends_at < part.starts_at:
        found.append(Part(found[-1].ends_at, part.starts_at, PAUSED, PAUSED))
    found.append(part)
