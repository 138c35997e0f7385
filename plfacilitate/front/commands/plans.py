"""`plfacilitate plan …`: which plans there are, whether they are right, and putting a session on a day.

Owns how plans and their faults are printed. Never judges a plan (`shelf.plans`).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from plfacilitate.core.agenda import creditable_minutes
from plfacilitate.core.keeping.past import offered
from plfacilitate.core.minutes import hours_text
from plfacilitate.core.plan import Event
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import plain
from plfacilitate.front.commands import say
from plfacilitate.front.commands.common import AsJson, day_said, given, hand, opened
from plfacilitate.shelf.found import candidates
from plfacilitate.shelf.offices import find_office
from plfacilitate.shelf.plans import check_plan_file, find_plan, list_plans
from plfacilitate.steps.events import Schedule, events, read_event, read_fold, schedule_event
from plfacilitate.steps.keeping import past_of, retime

app = typer.Typer(no_args_is_help=True, help="Plans: list, check, schedule, ics.")


@app.command("list")
def listed(ctx: typer.Context, as_json: AsJson = False) -> None:
    """The plans that can be scheduled: yours and the shipped ones."""
    workspace = given(ctx).workspace
    found, broken = list_plans(workspace.sessions)
    for no in broken:
        say.aside(str(no))
    if as_json:
        say.document(
            [
                {
                    "plan": plan.id,
                    "title": plan.title,
                    "kind": plan.kind,
                    "office": plan.office,
                    "approved_hours": plan.approved_hundredths / 100,
                    "credit": plan.credit,
                    "sessions": [
                        {"session": one.id, "title": one.title, "minutes": one.minutes} for one in plan.sessions
                    ],
                }
                for plan in found
            ]
        )
        return
    say.table(
        ("plan", "title", "sessions", "hours", "credit", "office"),
        [
            (plan.id, plan.title, len(plan.sessions), hours_text(plan.approved_hundredths), plan.credit, plan.office)
            for plan in found
        ],
    )


@app.command()
def check(
    ctx: typer.Context,
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILES", help="Plan files; yours and the shipped ones unless given.")
    ] = None,
) -> None:
    """Say what is wrong with plan files, by file, line and key."""
    workspace = given(ctx).workspace
    wrong = 0
    for path in files or candidates(workspace.sessions, "sessions"):
        plan, faults, notes = check_plan_file(path, offices=workspace.exports, protocols=workspace.protocols)
        for remark in [*faults, *notes]:
            say.line(str(remark))
        wrong += len(faults)
        if plan is not None and not faults:
            office = find_office(plan.office, workspace.exports)
            minutes = [creditable_minutes(office, session) for session in plan.sessions]
            say.line(f"{path}: right. {len(minutes)} session(s), {sum(minutes)} min count under {office.rule}.")
    raise typer.Exit(1 if wrong else 0)


@app.command()
def schedule(
    ctx: typer.Context,
    plan: Annotated[str, typer.Argument(metavar="PLAN", help="The plan's id, or a plan file.")],
    on: Annotated[str, typer.Option(metavar="DATE", help="The day, YYYY-MM-DD, or `today`.")],
    at: Annotated[str, typer.Option(metavar="PLACE", help="Where.")] = "",
    session: Annotated[
        str | None, typer.Option(metavar="ID", help="Which session; the first one unless given.")
    ] = None,
    in_service: Annotated[str, typer.Option(metavar="N", help="The in-service number of the approval.")] = "",
    claim_code: Annotated[str, typer.Option(metavar="C", help="What attendees type into the platform.")] = "",
    tz: Annotated[
        str | None, typer.Option(metavar="ZONE", help="The time zone of the place, such as America/Los_Angeles.")
    ] = None,
    as_before: Annotated[
        bool, typer.Option("--as-before", help="Mean the minutes that its segments took before, made to fit.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Put a session of a plan on a day."""
    with opened(ctx) as (around, ledger):
        zone = _zone(around.tz if tz is None else tz)
        folders = around.workspace
        found = find_plan(plan, folders.sessions, offices=folders.exports, protocols=folders.protocols)
        office = find_office(found.office, around.workspace.exports)
        when = Schedule(
            session=found.sessions[0].id if session is None else session,
            day=day_said(on, around.clock().astimezone(zone).date()),
            tz=zone.key,
            place=at,
            in_service=in_service,
            claim_code=claim_code,
        )
        before = {one.id: one for one in events(ledger)}
        event = read_event(ledger, schedule_event(ledger, hand(around), found, office, when))
        took = offered(event.session.agenda, past_of(ledger, found.id, event.session_id, but=event.id))
        if took and as_before:
            ledger.append_one(retime(hand(around), event.id, read_fold(ledger, event.id).run, took))
    if took and not as_before:
        say.aside(f"Before, it took other minutes: {_minutes(event, took)}. --as-before means those.")
    if event.id in before:
        say.aside(_again(before[event.id], event))
    if as_json:
        say.document({"event": event.id})
    else:
        say.line(f"{event.title} on {event.day} at {event.session.starts} ({event.tz}): event {event.id}")


def _minutes(event: Event, took: Mapping[int, int]) -> str:
    """`Welcome 15 → 22, Break 15 → 14`."""
    agenda = event.session.agenda
    return ", ".join(f"{plain(agenda[at].title)} {agenda[at].minutes} → {many}" for at, many in took.items())


def _again(before: Event, event: Event) -> str:
    """What scheduling the same session on the same day again has changed."""
    names = {"tz": "time zone", "place": "place", "in_service": "in-service number", "claim_code": "claim code"}
    changed = [
        f"{label} {plain(getattr(before, name) or 'none')} → {plain(getattr(event, name) or 'none')}"
        for name, label in names.items()
        if getattr(before, name) != getattr(event, name)
    ]
    return f"It was scheduled already: {', '.join(changed) if changed else 'nothing changed'}."


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Refused("zone-unknown", name=name) from None
