"""`plfacilitate visit report`: what a team saw, as a PDF and as a page for a browser.

Owns where both files go unless somebody says so. Never decides what stands in them (`core.report.whole`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from plfacilitate.core.refusal import Refused
from plfacilitate.core.report.words import count
from plfacilitate.front.commands import say
from plfacilitate.front.commands.common import AsJson, given, reading
from plfacilitate.front.commands.protocols import PaperSize
from plfacilitate.steps.events import find_event
from plfacilitate.steps.observe import read_visit


def report(
    ctx: typer.Context,
    event: Annotated[str, typer.Argument(metavar="EVENT", help="The event's id, or the beginning of it.")],
    paper: Annotated[PaperSize, typer.Option(metavar="PAPER", help="The paper: us-letter or a4.")] = PaperSize.LETTER,
    out: Annotated[
        Path, typer.Option(metavar="DIR", help="The folder for both files; this one unless given.")
    ] = Path(),
    as_json: AsJson = False,
) -> None:
    """What was seen, as a PDF and as a page for a browser."""
    from plfacilitate.steps.unname import names_noted
    from plfacilitate.steps.visit_report import report_of, write_report

    say.aside("reading the visit …")
    with reading(ctx) as (around, ledger):
        one = find_event(ledger, event)
        fold = read_visit(ledger, one.id)
        if fold.visit is None and not fold.observations:
            raise Refused("visit-missing", title=one.title, event=one.id[:8])
        found = report_of(one, fold, around.clock())
        names = len(names_noted(ledger, fold))
    files = write_report(found, given(ctx).workspace, out, paper=paper.value, progress=say.aside)
    if names:
        words = f"{count(names, 'word')} in the notes may name somebody"
        say.aside(f"Before you hand it over: {words}. `plfacilitate names {one.id[:8]}` lists what.")
    if as_json:
        say.document({"event": one.id, "pdf": str(files.pdf), "page": str(files.page), "report": found.to_json()})
        return
    if found.empty:
        say.aside("Nobody has observed or asked anything yet: the report says so.")
    say.line(str(files.pdf))
    say.line(str(files.page))
