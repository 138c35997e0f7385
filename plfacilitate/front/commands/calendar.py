"""`plfacilitate plan ics` and `event ics`: days for people's own calendars.

Owns the name of the file. Never decides what stands in it (`core.calendar`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from plfacilitate.front.commands import say
from plfacilitate.front.commands.common import AsJson, reading

Out = Annotated[Path, typer.Option("--out", metavar="FILE", help="Where the calendar goes.")]


def plan_ics(
    ctx: typer.Context,
    plan: Annotated[str, typer.Argument(metavar="PLAN", help="A plan, or the in-service number of one run of it.")],
    out: Out = Path("sessions.ics"),
    as_json: AsJson = False,
) -> None:
    """All days of a plan, for people's own calendars."""
    _write(ctx, plan, out, as_json=as_json)


def event_ics(
    ctx: typer.Context,
    event: Annotated[str, typer.Argument(metavar="EVENT", help="The event's id, or the beginning of it.")],
    out: Out = Path("session.ics"),
    as_json: AsJson = False,
) -> None:
    """One day, for people's own calendars."""
    _write(ctx, event, out, as_json=as_json)


def _write(ctx: typer.Context, name: str, out: Path, *, as_json: bool) -> None:
    from plfacilitate.core.calendar import calendar
    from plfacilitate.shelf.write import write_bytes
    from plfacilitate.steps.calendar import dated_events

    with reading(ctx) as (_, ledger):
        found = dated_events(ledger, name)
    write_bytes(out, calendar(found[0].event.plan.title, found))
    off = sum(one.off for one in found)
    if as_json:
        say.document({"file": str(out), "events": len(found), "cancelled": off})
        return
    say.line(f"{len(found)} event(s){f', {off} of them cancelled' if off else ''}: {out}")
