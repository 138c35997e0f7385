"""`plfacilitate event …`: which events there are, who is expected, opening and closing.

Owns how an event is printed. Never decides when one may open or close (`steps.events`).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from plfacilitate.core.fold import EventFold
from plfacilitate.core.keeping.standing import MINUTE
from plfacilitate.core.plan import Event
from plfacilitate.core.scheduled import sheet_due
from plfacilitate.front.commands import say
from plfacilitate.front.commands.common import AsJson, hand, opened, reading
from plfacilitate.steps import events as step
from plfacilitate.steps.deliver import Parcel, parcels_of
from plfacilitate.steps.intake import expect_from_file, expect_same, expect_school

app = typer.Typer(no_args_is_help=True, help="Events: list, show, expect, open, close, reopen, began, ics.")
Name = Annotated[str, typer.Argument(metavar="EVENT", help="The event's id, or the beginning of it.")]


@app.command("list")
def listed(ctx: typer.Context, as_json: AsJson = False) -> None:
    """All events, the earliest first."""
    with reading(ctx) as (_, ledger):
        found = step.events(ledger)
    if as_json:
        say.document([facts(event) for event in found])
    elif not found:
        say.aside("No event is scheduled yet: `plfacilitate plan schedule PLAN --on DATE` makes one.")
    else:
        say.table(
            ("event", "date", "starts", "title", "place", "state"),
            [(one.id[:8], one.day, one.session.starts, one.title, one.place, state(one)) for one in found],
        )


def _went(fold: EventFold) -> list[dict[str, object]]:
    """How each segment of the agenda went, as far as it was kept at the desk; `began` None = it was not begun."""
    event, run = fold.event, fold.run
    assert event is not None, "an event that is shown is known"
    moment = (run.ended_at or run.pieces[-1].ended or run.pieces[-1].began) if run.pieces else event.starts_at
    told: list[dict[str, object]] = []
    for place, (span, minutes) in enumerate(zip(run.spans, run.minutes, strict=True)):
        began = run.watches[place].begun
        left = began is not None and run.running != place
        told.append(
            {
                "title": span.segment.title,
                "kind": span.segment.kind,
                "planned": span.segment.minutes,
                "meant": minutes,
                "began": None if began is None else step.local_time(event, began),
                "took": int(run.spent(place, moment) // MINUTE) if left else None,
            }
        )
    return told


def _how_it_went(went: Mapping[str, object]) -> str:
    if went["began"] is None:
        return ""
    took = f"took {went['took']} of {went['planned']} min" if went["took"] is not None else "runs"
    return f" · began {went['began']}, {took}"


@app.command()
def show(ctx: typer.Context, event: Name, as_json: AsJson = False) -> None:
    """One event: agenda, who is expected, who is in."""
    with reading(ctx) as (_, ledger):
        fold = step.read_fold(ledger, step.find_event(ledger, event).id)
    assert fold.event is not None, "find_event has just read it"
    one, found = fold.event, parcels_of(fold)
    if as_json:
        agenda = {"agenda": _went(fold), "parcels": [parcel_facts(parcel) for parcel in found]}
        say.document(facts(one) | counts(fold) | {"cleared": _cleared(fold)} | agenda)
        return
    say.line(f"{one.title} · {one.day} · {one.place or 'no place named'} · {state(one)}")
    for span, went in zip(one.spans, _went(fold), strict=True):
        local = f"{step.local_time(one, span.starts_at)}–{step.local_time(one, span.ends_at)}"
        say.line(f"  {local}  {span.segment.kind:<12} {span.segment.title}{_how_it_went(went)}")
    say.line(f"Who was there was {cleared.sentence(one.zone)}." if (cleared := fold.cleared) else _numbers(fold))
    for parcel in found:
        if parcel.newest:
            say.line(f"  {parcel.parcel}: {how_far(one, parcel)}")
    due = sheet_due(one)
    if due is not None and one.closed_at is not None and not any(parcel.settled for parcel in found):
        say.line(f"  the office wants the sheet by {due}")


def _numbers(fold: EventFold) -> str:
    numbers = counts(fold)
    return f"{numbers['in']} in, {numbers['expected']} expected, {numbers['walk_ins']} walk-ins"


def _cleared(fold: EventFold) -> dict[str, object] | None:
    """What was cleared of it as JSON: then the counts beside it say what is left here, not what was."""
    one = fold.cleared
    if one is None:
        return None
    return {
        "at": one.at.isoformat(), "people": one.people, "entries": one.entries,
        "handed_over_at": one.handed_at.isoformat(), "receipt": one.receipt or None,
    }  # fmt: skip


@app.command()
def expect(
    ctx: typer.Context,
    event: Name,
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="A people file: everybody in it is expected.")
    ] = None,
    school: Annotated[str | None, typer.Option(metavar="NAME", help="Everybody known of this school.")] = None,
    same_as: Annotated[str | None, typer.Option(metavar="EVENT", help="The same people as at another event.")] = None,
    as_json: AsJson = False,
) -> None:
    """Put people on an event's list: of a file, a school, another event."""
    if (file is not None) + (school is not None) + (same_as is not None) != 1:
        raise typer.BadParameter("name one of: a people file, --school, --same-as")
    with opened(ctx) as (around, ledger):
        one = step.find_event(ledger, event)
        writer = hand(around)
        if file is not None:
            added = expect_from_file(ledger, writer, one.id, file)
        elif school is not None:
            added = expect_school(ledger, writer, one.id, school)
        else:
            added = expect_same(ledger, writer, one.id, step.find_event(ledger, str(same_as)).id)
        expected = len(step.read_fold(ledger, one.id).expected)
    if as_json:
        say.document({"event": one.id, "added": added, "expected": expected})
    else:
        say.line(f"{added} added, {expected} expected in all.")


@app.command("open")
def open_(ctx: typer.Context, event: Name, as_json: AsJson = False) -> None:
    """Open the doors. The plan and the rule as they are now are kept with the event."""
    from plfacilitate.steps.opening import plan_and_office

    with opened(ctx) as (around, ledger):
        one = step.find_event(ledger, event)
        plan, office = plan_and_office(around.workspace, one)
        one = step.open_event(ledger, hand(around), one, plan, office)
    _said(one, as_json)


@app.command()
def close(ctx: typer.Context, event: Name, as_json: AsJson = False) -> None:
    """Nobody signs in any more."""
    with opened(ctx) as (around, ledger):
        one = step.close_event(ledger, hand(around), step.find_event(ledger, event))
        waiting = step.still_in(step.read_fold(ledger, one.id))
    if waiting:
        say.aside(f"{len(waiting)} signed in and never out: set their times before you approve.")
    _said(one, as_json)


@app.command()
def reopen(
    ctx: typer.Context,
    event: Name,
    reason: Annotated[str, typer.Option(metavar="WHY", help="In your own words.")],
    as_json: AsJson = False,
) -> None:
    """Closed by mistake: open again, with a reason."""
    with opened(ctx) as (around, ledger):
        one = step.reopen_event(ledger, hand(around), step.find_event(ledger, event), reason)
    _said(one, as_json)


def _said(one: Event, as_json: bool) -> None:
    if as_json:
        say.document(facts(one))
    else:
        say.line(f"{one.title} · {one.day}: {state(one)}.")


def state(event: Event) -> str:
    """`scheduled`, `open` or `closed`."""
    if event.closed_at is not None:
        return "closed"
    return "scheduled" if event.opened_at is None else "open"


def facts(event: Event) -> dict[str, object]:
    """An event as the JSON of several commands."""
    return {
        "event": event.id,
        "series": event.series,
        "plan": event.plan.id,
        "session": event.session_id,
        "title": event.title,
        "date": event.day.isoformat(),
        "starts": event.session.starts,
        "ends": step.local_time(event, event.ends_at),
        "tz": event.tz,
        "place": event.place,
        "in_service": event.in_service,
        "claim_code": event.claim_code,
        "office": event.plan.office,
        "state": state(event),
    }


def parcel_facts(parcel: Parcel) -> dict[str, object]:
    """A packed bundle as JSON."""
    return {
        "bundle": parcel.bundle,
        "parcel": parcel.parcel,
        "file": parcel.file,
        "packed_at": parcel.packed_at.isoformat(),
        "handed_over_at": parcel.handed_over.isoformat() if parcel.handed_over else None,
        "where": parcel.where,
        "verdict": parcel.verdict,
        "newest": parcel.newest,
    }


def how_far(event: Event, parcel: Parcel) -> str:
    """Packed, handed over, answered: with the times of the place."""
    told = [f"packed {step.local_time(event, parcel.packed_at)}"]
    if parcel.handed_over is not None:
        told.append(f"handed over {step.local_time(event, parcel.handed_over)} to {parcel.where}")
    if parcel.verdict:
        told.append(f"the office says: {parcel.verdict}")
    return ", ".join(told)


def counts(fold: EventFold) -> dict[str, int]:
    """How many are expected, came, are in, walked in."""
    persons = fold.persons()
    return {
        "expected": len(fold.expected),
        "came": sum(1 for person in persons if fold.presence(person).stays),
        "in": len(step.still_in(fold)),
        "walk_ins": sum(1 for person in persons if fold.walk_in(person)),
        "entries": fold.count(),
    }
