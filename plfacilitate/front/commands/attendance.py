"""`plfacilitate attendance …`: ins and outs that were taken down elsewhere, and corrections.

Owns how they are printed. Never decides what a mark is worth.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from plfacilitate.core.entry import Entry
from plfacilitate.core.minutes import hours_text
from plfacilitate.core.plan import Event
from plfacilitate.core.refusal import Refused
from plfacilitate.front.commands import say
from plfacilitate.front.commands.common import AsJson, hand, opened
from plfacilitate.steps.correct import Correction, person_named
from plfacilitate.steps.correct import correct as step
from plfacilitate.steps.events import find_event, local_time
from plfacilitate.steps.intake import import_attendance

app = typer.Typer(no_args_is_help=True, help="Attendance: import, correct.")
Name = Annotated[str, typer.Argument(metavar="EVENT", help="The event's id, or the beginning of it.")]


@app.command("import")
def import_(
    ctx: typer.Context,
    event: Name,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV or XLSX with email or name, in, out, means.")],
    reason: Annotated[str, typer.Option(metavar="WHY", help="Needed where the sheet is approved already.")] = "",
    as_json: AsJson = False,
) -> None:
    """Take in a paper sheet keyed later, or another system's scans."""
    with opened(ctx) as (around, ledger):
        found = import_attendance(ledger, hand(around), find_event(ledger, event).id, file, reason=reason)
    for note in found.notes:
        say.aside(str(note))
    if as_json:
        say.document({"rows": found.rows, "new": found.new, "known": found.known})
    else:
        say.line(f"{found.rows} rows: {found.new} times new, {found.known} here already.")


@app.command()
def correct(
    ctx: typer.Context,
    event: Name,
    person: Annotated[str, typer.Argument(metavar="PERSON", help="The person's id, e-mail, or name.")],
    reason: Annotated[str, typer.Option(metavar="WHY", help="In your own words.")],
    in_: Annotated[str | None, typer.Option("--in", metavar="HH:MM", help="The right sign-in.")] = None,
    out: Annotated[str | None, typer.Option(metavar="HH:MM", help="The right sign-out.")] = None,
    hours: Annotated[str | None, typer.Option(metavar="H", help="Hours asked for, fewer than earned: 4.5.")] = None,
    choice: Annotated[
        str | None, typer.Option(metavar="C", help="clock-hours or quarter-credits, where the plan offers it.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Set a person's times, hours or choice right, with a reason."""
    what = Correction(in_, out, hours, choice)
    if what == Correction():
        raise Refused("nothing-to-do", what="--in, --out, --hours or --choice says what is right")
    with opened(ctx) as (around, ledger):
        found, who = find_event(ledger, event), person_named(ledger, person)
        written = step(ledger, hand(around), found, who, what, reason=reason)
    if as_json:
        said = [{"entry": one.id, "kind": one.kind, "said": _said(one, found)} for one in written]
        say.document({"event": found.id, "person": who.id, "written": said})
    for one in [] if as_json else written:
        say.line(f"{who.spoken}: {one.kind} {_said(one, found)}.")


def _said(entry: Entry, event: Event) -> str:
    if entry.kind == "request":
        return f"{hours_text(entry.body['hundredths'])} h"
    return str(entry.body.get("choice") or local_time(event, entry.at))
