"""`plfacilitate cohort join|leave|team|event|contact|undo`: a cohort's year, written down.

Owns how each is asked for and answered. Never decides what may be said (`steps.cohorts`).
"""

from __future__ import annotations

from typing import Annotated, cast

import typer

from plfacilitate.core.cohort.values import CONTACTS, PARTS, ROLES, ContactKind, Part, Role
from plfacilitate.core.entry import Entry
from plfacilitate.core.minutes import day_text, length
from plfacilitate.front.commands import say
from plfacilitate.front.commands.cohort_open import Name, School, here_is, one_of, said
from plfacilitate.front.commands.common import AsJson, day_said
from plfacilitate.steps import cohorts as step
from plfacilitate.steps.correct import person_named
from plfacilitate.steps.events import find_event

On = Annotated[str, typer.Option(metavar="DATE", help="Since when, YYYY-MM-DD; today unless given.")]


def join(ctx: typer.Context, cohort: Name, school: School, on: On = "today", as_json: AsJson = False) -> None:
    """A school is in, also one that left before."""
    with here_is(ctx, cohort) as here:
        day = day_said(on, here.on.today)
        entries = here.write(step.join(here.on, school, day))
    said(entries, f"{school}: in {here.on.facts.cohort.title} since {day_text(day)}.", as_json)


def leave(
    ctx: typer.Context,
    cohort: Name,
    school: School,
    reason: Annotated[str, typer.Option(metavar="WHY", help="In your own words.")],
    on: On = "today",
    as_json: AsJson = False,
) -> None:
    """A school goes on without the cohort; all that was recorded stays."""
    with here_is(ctx, cohort) as here:
        day = day_said(on, here.on.today)
        draft = step.leave(here.on, school, day, reason)
        before = here.school(school)
        entries = here.write(draft)
    if before.waiting:
        say.aside(f"{before.waiting} commitment(s) of {before.name} wait: `plfacilitate cohort school` shows them.")
    said(entries, f"{before.name}: left {here.on.facts.cohort.title} on {day_text(day)}.", as_json)


def team(
    ctx: typer.Context,
    cohort: Name,
    school: School,
    add: Annotated[str, typer.Option(metavar="PERSON", help="Name or e-mail of who comes in.")] = "",
    remove: Annotated[str, typer.Option(metavar="PERSON", help="Name or e-mail of who goes.")] = "",
    as_: Annotated[str, typer.Option("--as", metavar="ROLE", help="administrator, teacher-leader or other.")] = "",
    on: On = "today",
    reason: Annotated[str, typer.Option(metavar="WHY", help="Why somebody goes.")] = "",
    as_json: AsJson = False,
) -> None:
    """Who is in a school's leadership team, and as what."""
    if bool(add) == bool(remove):
        raise typer.BadParameter("name one of: --add PERSON --as ROLE, --remove PERSON")
    role = cast(Role, one_of("--as", as_, ROLES)) if add else None
    with here_is(ctx, cohort) as here:
        day = day_said(on, here.on.today)
        who = person_named(here.ledger, add or remove)
        if role is not None:
            draft = step.add_member(here.on, school, who, role, day)
        else:
            draft = step.remove_member(here.on, school, who, day, reason)
        entries = here.write(draft)
        now = here.school(school)
    for warning in now.warnings:
        say.aside(f"{now.name}: {warning.words}")
    said(entries, f"{now.name}: {len(now.team)} in the team.", as_json)


def event(
    ctx: typer.Context,
    cohort: Name,
    event: Annotated[str, typer.Argument(metavar="EVENT", help="The event's id, or the beginning of it.")],
    as_: Annotated[str, typer.Option("--as", metavar="PART", help=f"What it is: {', '.join(PARTS)}.")],
    school: Annotated[str, typer.Option(metavar="NAME", help="Whose it is; of all schools unless given.")] = "",
    as_json: AsJson = False,
) -> None:
    """An event belongs to a cohort: a session, an Academy day, a meeting."""
    part = cast(Part, one_of("--as", as_, PARTS))
    with here_is(ctx, cohort) as here:
        one = find_event(here.ledger, event)
        entries = here.write(step.link(here.on, one.id, part, school))
    said(entries, f"{one.title} · {one.day}: {part} of {here.on.facts.cohort.title}.", as_json)


def contact(
    ctx: typer.Context,
    cohort: Name,
    school: School,
    minutes: Annotated[int, typer.Option(metavar="N", min=1, max=1440, help="How long, in minutes.")],
    as_: Annotated[str, typer.Option("--as", metavar="KIND", help="coaching, planning or support.")],
    date_: Annotated[
        str, typer.Option("--date", metavar="DATE", help="When, YYYY-MM-DD; today unless given.")
    ] = "today",
    with_: Annotated[str, typer.Option("--with", metavar="WHO", help="Who else was there.")] = "",
    note: Annotated[str, typer.Option(metavar="TEXT", help="What came of it.")] = "",
    as_json: AsJson = False,
) -> None:
    """Coaching, planning or support outside of any event."""
    kind = cast(ContactKind, one_of("--as", as_, CONTACTS))
    with here_is(ctx, cohort) as here:
        day = day_said(date_, here.on.today)
        entries = here.write(step.contact(here.on, school, kind, day, minutes, among=with_, note=note))
        now = here.school(school)
    of = {"coaching": now.coaching_minutes, "planning": now.planning_minutes, "support": now.support_minutes}[kind]
    said(entries, f"{now.name}: {kind}, {length(minutes)} on {day_text(day)}; {length(of)} in all.", as_json)


def undo(
    ctx: typer.Context,
    cohort: Name,
    entry: Annotated[
        str, typer.Argument(metavar="ENTRY", help="The beginning of its id; the newest unless given.")
    ] = "",
    show: Annotated[bool, typer.Option("--list", help="What could be taken back, and nothing is.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take back what was written of a cohort last."""
    with here_is(ctx, cohort) as here:
        if show:
            found = here.reader.fold.newest(here.on.facts.cohort.id)
            rows = [
                (one.id[:8], one.happened_at[:16].replace("T", " "), one.kind, one.by, _about(one)) for one in found
            ]
            if as_json:
                say.document([dict(zip(("entry", "at", "kind", "by", "about"), row, strict=True)) for row in rows])
            else:
                say.table(("entry", "at (UTC)", "what", "by", "about"), rows)
            return
        draft, taken = step.take_back(here.on, here.reader, entry)
        entries = here.write(draft)
    said(entries, f"taken back: {taken.kind} {_about(taken)}".rstrip(), as_json)


def _about(entry: Entry) -> str:
    body = entry.body
    words = [str(body.get(key) or "") for key in ("school", "part", "contact", "text", "date", "dropped")]
    return " · ".join(word for word in words if word)
