"""`plfacilitate credit EVENT|SERIES`: hours, with a reason behind every figure.

Owns the JSON contract of credit lines. Never computes anything.
"""

from __future__ import annotations

from typing import Annotated

import typer

from plfacilitate.core.credit import SessionFacts, explain, explain_series
from plfacilitate.core.minutes import hours_text
from plfacilitate.core.tally import UNIT, CreditLine, CreditSheet
from plfacilitate.front.commands import say
from plfacilitate.front.commands.common import AsJson, reading
from plfacilitate.steps.correct import person_named
from plfacilitate.steps.tally import credit as tally


def credit(
    ctx: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="EVENT|SERIES", help="An event's id; or of a series its plan or in-service number.")
    ],
    person: Annotated[
        str | None, typer.Option(metavar="PERSON", help="Only this person, explained: id, e-mail or name.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Hours per person, and why they are what they are."""
    with reading(ctx) as (around, ledger):
        only = person_named(ledger, person) if person is not None else None
        sheet = tally(ledger, name, at=around.clock(), person=only.id if only else None)
    if only is not None and not sheet.lines:
        say.aside(f"{only.name} is not on this list: neither expected nor ever signed in.")
    if as_json:
        say.document(document(sheet))
        return
    say.line(f"{heading(sheet)} · {sheet.office.rule}")
    if only is not None:
        for line in sheet.lines:
            say.line(f"{line.person.name}: {explained(sheet, line)}")
        return
    say.table(
        ("name", "school", "min", "hours", "status", "why"),
        [
            (
                one.person.name,
                one.person.school,
                one.line.minutes,
                hours_text(one.line.hundredths),
                one.line.status,
                "; ".join(reason.text for reason in one.line.reasons if reason.code not in ("meal", "break")),
            )
            for one in sheet.lines
        ],
    )


def heading(sheet: CreditSheet) -> str:
    """What a sheet is about: the session and its day, or the offering."""
    if sheet.event is not None:
        return f"{sheet.event.title} · {sheet.event.day}"
    return f"{sheet.events[0].plan.title} · {len(sheet.events)} event(s)"


def explained(sheet: CreditSheet, line: CreditLine) -> str:
    """The line as one sentence of figures."""
    if isinstance(sheet.facts, SessionFacts):
        return explain(sheet.facts, line.line)
    return explain_series(sheet.facts, line.line)


def document(sheet: CreditSheet) -> dict[str, object]:
    """The sheet as JSON: a contract with whoever reads it."""
    return {
        "event": sheet.event.id if sheet.event else None,
        "series": sheet.series,
        "office": sheet.office.id,
        "rule": sheet.office.rule,
        "as_of": dict(sheet.as_of),
        "unit": UNIT,
        "lines": [
            {
                "person": one.person.id,
                "name": one.person.name,
                "email": one.person.email,
                "minutes": one.line.minutes,
                "hours": one.line.hundredths / 100,
                "status": one.line.status,
                "reasons": [
                    {"code": reason.code, "minutes": reason.minutes, "text": reason.text} for reason in one.line.reasons
                ],
                "explained": explained(sheet, one),
            }
            for one in sheet.lines
        ],
    }
