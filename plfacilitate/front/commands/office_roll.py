"""`plfacilitate office roll`: what everybody has earned, by offering, person, year and designation.

Owns what can be asked for, and which files are written. Never computes a figure (`core.roll`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from plfacilitate.core.people import Person
from plfacilitate.core.refusal import Refused
from plfacilitate.core.roll import tables
from plfacilitate.front.commands import say
from plfacilitate.front.commands.common import AsJson, RegisterUrl, given
from plfacilitate.front.commands.office_roll_answer import Answer
from plfacilitate.front.commands.office_roll_facts import answer_facts
from plfacilitate.front.commands.office_roll_lines import print_answer
from plfacilitate.office.roll import find_person, find_series, purged_remark, read_offering, series_of
from plfacilitate.office.rolling import PersonRoll, Roll, Wanted
from plfacilitate.office.rolling import roll as rolled
from plfacilitate.store.register import Register, open_register

OfferingName = Annotated[
    str,
    typer.Option(
        "--series",
        "--event",
        metavar="NAME",
        help="One offering: in-service number, plan, or the id of an event of it.",
    ),
]
Year = Annotated[
    str,
    typer.Option(metavar="YEAR", help="Completed in 2023, or in the school year 2023-24 (September to August)."),
]
_YEAR = re.compile(r"(\d{4})(?:-(\d\d))?", re.ASCII)


def roll(
    ctx: typer.Context,
    register: RegisterUrl,
    person: Annotated[str, typer.Option(metavar="PERSON", help="One person: id, e-mail or name.")] = "",
    series: OfferingName = "",
    year: Year = "",
    issue: Annotated[
        bool, typer.Option("--issue", help="Keep what has changed as the next version of each offering's roll.")
    ] = False,
    csv: Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="All lines as a table.")] = None,
    xlsx: Annotated[
        Path | None, typer.Option("--xlsx", metavar="FILE", help="A workbook: lines, people, university.")
    ] = None,
    university: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Those who take quarter credits, as CSV.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Hours of every person and offering, with what changed."""
    around = given(ctx)
    check_year(year)
    at = around.clock()
    opened = open_register(register, around.chance, make=False)
    try:
        who = find_person(opened, person) if person else None
        chosen = _chosen(opened, who, series)
        wanted = Wanted(
            register, at, frozenset([who.id]) if who else frozenset(), year, issued_by=around.by if issue else ""
        )
        with rolled(wanted, chosen, around.chance, progress=_progress) as found:
            _write(found, csv, xlsx, university)
            one = read_offering(opened, chosen[0], at=at) if series and len(chosen) == 1 else None
            forked = sum(len(opened.forked(event.id)) for event in one.events) if one is not None else 0
            answer = Answer(found, who, one, in_full=bool(who or series), forked=forked)
            if as_json:
                say.document(answer_facts(answer))
            else:
                print_answer(answer)
                if not series and (remark := purged_remark(opened)):
                    say.line(remark)
    finally:
        opened.close()


def check_year(text: str) -> None:
    """See that a text is a year. Refused: `year-unreadable`."""
    found = _YEAR.fullmatch(text)
    if text and (found is None or (found[2] and (int(found[1]) + 1) % 100 != int(found[2]))):
        raise Refused("year-unreadable", text=text)


def _chosen(register: Register, who: Person | None, name: str) -> Sequence[str]:
    named = [find_series(register, name)] if name else None
    if who is None:
        return named or register.all_series()
    theirs = series_of(register, who)
    return theirs if named is None else [one for one in theirs if one in named]


def _progress(done: int, of: int) -> None:
    if of > 1000:
        say.aside(f"{done} of {of} offerings")


def _write(found: Roll, csv: Path | None, xlsx: Path | None, university: Path | None) -> None:
    from plfacilitate.shelf.tables_out import Page, write_book, write_csv

    if csv is not None:
        write_csv(csv, tables.HEADER, _rows(found))
    if university is not None:
        write_csv(university, tables.UNIVERSITY, _credits(found))
    if xlsx is not None:
        pages = [
            Page("Roll", tables.HEADER, _rows(found)),
            Page("People", tables.PEOPLE, (tables.person_row(one.lines, _looks(one)) for one in found.people())),
            Page("University", tables.UNIVERSITY, _credits(found)),
        ]
        write_book(xlsx, pages)
    for path in filter(None, (csv, university, xlsx)):
        say.aside(f"written: {path}")


def _rows(found: Roll) -> Iterator[tables.Row]:
    return (tables.row(line, one.about(line)) for one in found.people() for line in one.lines)


def _credits(found: Roll) -> Iterator[tables.Row]:
    return (
        tables.university_row(line, one.about(line))
        for one in found.people()
        for line in one.lines
        if line.takes_credits
    )


def _looks(one: PersonRoll) -> str:
    return " ".join(look.sentence for look in one.looks)
