"""`plfacilitate print …`: what lies on the table at the door, and what goes home.

Owns the names of the files. Never decides what stands on them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from plfacilitate.core.refusal import Refused
from plfacilitate.front.commands import say
from plfacilitate.front.commands.common import AsJson, given, hand, opened, reading
from plfacilitate.steps.events import find_event, read_kept

app = typer.Typer(no_args_is_help=True, help="Paper: badges, sheet, records.")

MOST_SPARE = 500


@app.command()
def badges(
    ctx: typer.Context,
    event: Annotated[str | None, typer.Argument(metavar="EVENT", help="Whoever is expected there; else all.")] = None,
    labels: Annotated[str, typer.Option(metavar="SHEET", help="The label sheet, as its box names it.")] = "avery-5395",
    skip: Annotated[int, typer.Option(min=0, metavar="N", help="Labels of the first sheet used already.")] = 0,
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where the PDF goes.")] = Path("badges.pdf"),
    as_json: AsJson = False,
) -> None:
    """Name badges with a code, on label sheets."""
    from plfacilitate.shelf.badges import badges as drawn
    from plfacilitate.shelf.badges import labels_named
    from plfacilitate.shelf.write import write_bytes
    from plfacilitate.steps.badges import give_badges

    sheet = labels_named(labels)
    with opened(ctx) as (around, ledger):
        one = find_event(ledger, event) if event is not None else None
        wanted = read_kept(ledger, one.id).persons() if one is not None else None
        people, new = give_badges(ledger, hand(around), wanted)
    if not people:
        raise Refused("nothing-to-do", what="nobody is expected there" if one else "nobody is known yet")
    title = one.title if one is not None else ""
    write_bytes(
        out,
        drawn(
            people, sheet, title, given(ctx).clock(), skip=skip, template=given(ctx).workspace.document("badges.typ")
        ),
    )
    pages = -(-(len(people) + skip % sheet.places) // sheet.places)
    if as_json:
        say.document({"file": str(out), "badges": len(people), "new": new, "pages": pages, "labels": labels})
    else:
        say.line(f"{len(people)} badges, {new} with a new number, on {pages} sheets ({sheet.what}): {out}")
        say.aside("Print them at 100 %, not fitted to the page.")


@app.command("sheet")
def sheet_(
    ctx: typer.Context,
    event: Annotated[str, typer.Argument(metavar="EVENT", help="The event's id, or the beginning of it.")],
    spare: Annotated[
        int, typer.Option(min=0, max=MOST_SPARE, metavar="N", help="Empty rows for people on no list.")
    ] = 12,
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where the PDF goes.")] = Path("sign-in-sheet.pdf"),
    as_json: AsJson = False,
) -> None:
    """The sign-in sheet, to be signed by hand."""
    from plfacilitate.shelf.sheet import write_sheet
    from plfacilitate.steps.paper import paper_sheet
    from plfacilitate.steps.tally import known_people

    with reading(ctx) as (around, ledger):
        one = find_event(ledger, event)
        fold = read_kept(ledger, one.id)
        sheet = paper_sheet(fold, known_people(ledger, [fold]), around.clock(), spare=spare)
    write_sheet(out, sheet, given(ctx).workspace.document("sign-in-sheet.typ"))
    if as_json:
        say.document({"file": str(out), "event": one.id, "people": len(sheet.rows) - spare, "spare": spare})
    else:
        say.line(f"{len(sheet.rows) - spare} people and {spare} empty rows: {out}")


@app.command("records")
def records_(
    ctx: typer.Context,
    event: Annotated[str, typer.Argument(metavar="EVENT", help="The event's id, or the beginning of it.")],
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where the table goes.")] = Path("records.csv"),
    as_json: AsJson = False,
) -> None:
    """What each attendee takes home, for a mail merge."""
    from plfacilitate.shelf.tables_out import write_csv
    from plfacilitate.steps.records import COLUMNS, records

    with reading(ctx) as (around, ledger):
        one = find_event(ledger, event)
        found = records(ledger, one.id, around.clock())
    if not found.rows:
        raise Refused("nothing-to-do", what="nobody has been there and left yet")
    write_csv(out, COLUMNS, found.rows)
    if as_json:
        say.document(
            {"file": str(out), "event": one.id, "people": len(found.rows), "without_email": found.without_email}
        )
        return
    say.line(f"{len(found.rows)} people, {found.without_email} without an e-mail: {out}")
