"""`plfacilitate office statement`: statements of hours on paper, one person's or a whole offering's.

Owns the files' places and what is said meanwhile. Never decides what stands on one (`core.statement`).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from plfacilitate.core.designation import listed
from plfacilitate.core.minutes import hours_text
from plfacilitate.core.refusal import Refused
from plfacilitate.core.roll.tables import status_text
from plfacilitate.core.statement import Statement, days_text
from plfacilitate.front.commands import say
from plfacilitate.front.commands.common import AsJson, RegisterUrl, given
from plfacilitate.front.commands.office_roll import OfferingName, Year, check_year
from plfacilitate.office.papers import office_file, write_each
from plfacilitate.office.roll import find_person, find_series, purged_remark, read_offering
from plfacilitate.office.statement import Asked, statement_of, statements_of
from plfacilitate.store.register import Register, open_register

MAIL = (
    "email", "first_name", "last_name", "school", "title", "in_service", "days", "completed", "minutes", "hours", "status",
    "how_counted", "designations", "platform", "correction", "file",
)  # fmt: skip


def statement(
    ctx: typer.Context,
    register: RegisterUrl,
    person: Annotated[
        str, typer.Argument(metavar="[PERSON]", help="Id, e-mail or name; without, everybody of one offering.")
    ] = "",
    series: OfferingName = "",
    year: Year = "",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="PATH", help="The PDF; the folder for one PDF each.")
    ] = None,
    one_file: Annotated[bool, typer.Option("--one-file", help="Everybody of an offering in one PDF.")] = False,
    mail: Annotated[
        Path | None, typer.Option("--mail", metavar="FILE", help="A table for a mail merge beside the PDFs.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Statements of hours: one person's, or everybody's of an offering."""
    around = given(ctx)
    check_year(year)
    if not person and not series:
        raise Refused("nothing-to-do", what="name a person, or an offering with --series")
    asked = Asked(around.clock(), around.tz, lambda office: office_file(office, around.workspace.exports), year)
    opened = open_register(register, around.chance, make=False)
    try:
        found = _found(opened, asked, person, series)
        remark = purged_remark(opened) if person and not series else ""
    finally:
        opened.close()
    if remark:
        say.aside(remark)
    if not found:
        raise Refused("nothing-to-do", what="there are no hours to state")
    template = around.workspace.document("statement.typ")
    single = bool(person) or one_file
    files = (
        _one(found, out, template)
        if single
        else list(write_each(found, out or Path("statements"), template, say.aside))
    )
    if mail is not None:
        _mail(mail, found, files)
    doubts = [look.sentence for one in found for look in one.looks]
    for doubt in doubts:
        say.aside(f"⚑ Look before it is handed out: {doubt}")
    if as_json:
        say.document(
            {
                "files": [str(file) for file in dict.fromkeys(files)],
                "people": len(found),
                "transcripts": sum(one.transcript for one in found),
                "mail": str(mail) if mail else None,
                "look_at": doubts,
            }
        )
        return
    for file in dict.fromkeys(files) if single else ():
        say.line(str(file))
    if not single:
        say.line(f"{len(found)} statements in {files[0].parent}")
    if mail is not None:
        say.line(str(mail))


def _found(register: Register, asked: Asked, person: str, series: str) -> list[Statement]:
    chosen = find_series(register, series) if series else ""
    if person:
        one = statement_of(register, find_person(register, person), asked, chosen)
        return [one] if one is not None else []
    offering = read_offering(register, chosen, at=asked.at)
    return list(statements_of(offering, asked)) if offering is not None else []


def _one(found: Sequence[Statement], out: Path | None, template: Path | None) -> list[Path]:
    from plfacilitate.shelf.statement import statement_pdf
    from plfacilitate.shelf.write import write_bytes

    path = out or Path(found[0].file_name if len(found) == 1 else "statements.pdf")
    many = len(found)

    def waited(seconds: int) -> None:
        say.aside(
            f"{many} {'statement' if many == 1 else 'statements'} into one file: {seconds} s so far, ctrl+c stops"
        )

    write_bytes(path, statement_pdf(found, template, meanwhile=waited))
    return [path] * len(found)


def _mail(path: Path, found: Sequence[Statement], files: Sequence[Path]) -> None:
    from plfacilitate.shelf.tables_out import write_csv

    rows = [
        (
            line.email, line.first_name, line.last_name, line.school, line.title, line.in_service, days_text(item.days),
            line.completed, line.figures.minutes, hours_text(line.figures.hundredths), status_text(line), line.explained,
            listed(line.designations), ", ".join(one.platforms), " ".join(one.corrections), str(file),
        )
        for one, file in zip(found, files, strict=True)
        for item in (*one.earned, *one.others)
        for line in (item.line,)
    ]  # fmt: skip
    write_csv(path, MAIL, rows)
