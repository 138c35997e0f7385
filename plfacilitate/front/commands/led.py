"""`plfacilitate protocol led EVENT`: what was led, how long each step took, what was written down.

Owns how it is printed, and its JSON contract. Never leads anything: that is done at the desk.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import typer

from plfacilitate.core.running import tables
from plfacilitate.core.running.run import Run
from plfacilitate.core.timing import countdown
from plfacilitate.front.commands import say
from plfacilitate.front.commands.attendance import Name
from plfacilitate.front.commands.common import AsJson, reading
from plfacilitate.steps.events import find_event
from plfacilitate.steps.run import read_runs

_COMMITMENTS = tuple((name, "") for name in ("entry", "what", "who", "first_step", "due"))


def led(ctx: typer.Context, event: Name, as_json: AsJson = False) -> None:
    """What was led at an event: the steps, and what was written down."""
    with reading(ctx) as (around, ledger):
        found = find_event(ledger, event)
        runs = read_runs(ledger, found.id).runs
    now = around.clock()
    if as_json:
        say.document(_document(runs, found.zone, now))
        return
    if not runs:
        say.line("No protocol was led here.")
    for run in runs:
        _print(run, found.zone, now)


def _print(run: Run, zone: ZoneInfo, now: datetime) -> None:
    began = run.began_at.astimezone(zone)
    ended = f"{run.ended_at.astimezone(zone):%H:%M}" if run.ended_at is not None else "goes on"
    say.line(f"{run.protocol.title}: {began:%H:%M}–{ended}, {len(run.groups)} group(s)")
    for group in run.groups:
        for one in group.stints:
            spent = countdown(int(one.watch.spent_at(now).total_seconds()))
            whose = f" ({one.place.whose})" if one.place.whose else ""
            say.line(f"  {group.number}  {spent:>6} of {one.minutes} min  {one.place.step.title}{whose}")
    for line in run.captured:
        say.line(f"  - {line.kind}, {f'group {line.group}' if line.group else 'all'}: {line.told}")


def _document(runs: tuple[Run, ...], zone: ZoneInfo, now: datetime) -> dict[str, object]:
    """The three tables of the programme parcel, and whose each commitment is."""
    promised = (line for run in runs for line in run.captured if line.kind == "commitment")
    rows = {
        "runs": (tables.RUNS, tables.run_rows(runs, zone)),
        "steps": (tables.STEPS, tables.step_rows(runs, zone, now)),
        "captures": (tables.CAPTURES, tables.capture_rows(runs, zone)),
        "commitments": (_COMMITMENTS, ((one.entry, one.text, one.who, one.first_step, one.due) for one in promised)),
    }
    return {
        name: [dict(zip((column for column, _ in columns), row, strict=True)) for row in found]
        for name, (columns, found) in rows.items()
    }
