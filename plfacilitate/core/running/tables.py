"""The tables of what was led: one row a run, one a step of a group, one a line that was written down.

Owns their columns and rows. Never names a person but who wrote a line down, as a session note does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from plfacilitate.core.running.places import needed
from plfacilitate.core.running.run import Run

Row = Sequence[str | int]

RUNS = (
    ("run", "the run: one leading of a protocol"),
    ("protocol", "the protocol's id"),
    ("version", "a digest of what the protocol said"),
    ("title", ""),
    ("segment", "what was on the agenda when it began; empty = nothing was"),
    ("began", "local time"),
    ("ended", "local time; empty = nobody ended it"),
    ("groups", "how many worked at once, each by its own clock"),
    ("minutes_planned", "all steps in all their turns, at the size that it had last"),
    ("minutes", "from its beginning to its end; empty = nobody ended it"),
)
STEPS = (
    ("run", "the run"),
    ("group", "the group's number"),
    ("step", "the step's id in the protocol"),
    ("turn", "whose turn it was, from 1"),
    ("title", ""),
    ("first_begun", "local time, to the second"),
    ("minutes_planned", "what the protocol says"),
    ("minutes_meant", "the same with the minutes that were added or taken away"),
    ("seconds", "how long the group was at it, without pauses"),
)
CAPTURES = (
    ("entry", "the entry"),
    ("run", "the run"),
    ("at", "local time"),
    ("group", "the group's number; 0 = all of them"),
    ("step", "the step's id in the protocol"),
    ("turn", "whose turn it was, from 1"),
    ("kind", "note, idea, question or commitment"),
    ("text", ""),
    ("by", "who wrote it down"),
)


def run_rows(runs: Iterable[Run], zone: ZoneInfo) -> Iterator[Row]:
    """One row a run."""
    for run in runs:
        over = run.ended_at
        minutes: str | int = int((over - run.began_at) / timedelta(minutes=1)) if over is not None else ""
        yield (
            run.id, run.protocol.id, run.protocol.version, run.protocol.title, run.segment, _minute(run.began_at, zone),
            _minute(over, zone) if over is not None else "", len(run.groups), needed(run.protocol, run.size), minutes,
        )  # fmt: skip


def step_rows(runs: Iterable[Run], zone: ZoneInfo, now: datetime) -> Iterator[Row]:
    """One row a step at which a group was; of one that goes on, as it stands at this moment."""
    for run in runs:
        for group in run.groups:
            for one in group.stints:
                began = one.watch.begun or run.began_at
                yield (
                    run.id, group.number, *one.place.key, one.place.step.title,
                    began.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S"), one.place.step.minutes, one.minutes,
                    int(one.watch.spent_at(now).total_seconds()),
                )  # fmt: skip


def capture_rows(runs: Iterable[Run], zone: ZoneInfo) -> Iterator[Row]:
    """One row a line, in order of time."""
    for run in runs:
        for one in run.captured:
            yield (
                one.entry, run.id, _minute(one.at, zone), one.group, one.step, one.turn, one.kind, one.text, one.by,
            )  # fmt: skip


def _minute(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")
