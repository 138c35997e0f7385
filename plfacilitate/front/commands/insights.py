"""`plfacilitate insights`: what many visits show together, school by school, and who came to the sessions.

Owns how it is printed. Never computes a figure (`core.insights`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from plfacilitate.core.insights.attending import Course, hours_said, standing_text
from plfacilitate.core.insights.documents import document
from plfacilitate.core.insights.lines import ONE_VISIT, Line
from plfacilitate.core.insights.marks import MEANING, SYMBOLS
from plfacilitate.core.insights.whole import NO_ACHIEVEMENT, NO_VISIT, NOBODY, READ, Apart, Insights, Pattern, School
from plfacilitate.core.refusal import Refused
from plfacilitate.core.report.words import count
from plfacilitate.front.commands import say
from plfacilitate.front.commands.common import AsJson, reading
from plfacilitate.front.commands.protocols import PaperSize

app = typer.Typer(help="What many visits show together; on paper: report.", invoke_without_command=True)

SchoolName = Annotated[str, typer.Option(metavar="NAME", help="One school only.")]
Since = Annotated[str, typer.Option(metavar="DATE", help="From this day on, as 2026-09-01.")]


@app.callback()
def insights(ctx: typer.Context, school: SchoolName = "", since: Since = "", as_json: AsJson = False) -> None:
    """What many visits show together, and who came."""
    if ctx.invoked_subcommand is not None:
        return
    from plfacilitate.steps.insights import find_school, read_courses, read_insights

    day = day_of(since)
    with reading(ctx) as (around, ledger):
        now = around.clock()
        found = read_insights(ledger, since=day, now=now)
        courses = read_courses(ledger, at=now, since=day)
    shown = (find_school(found, school),) if school else found.schools
    if as_json:
        say.document(document(found, shown, courses))
        return
    _say_failed(found)
    if not shown and not found.failed:
        say.line(NO_VISIT if day is None else f"No visit has been observed since {day}.")
    for one in shown:
        _school(one)
    for course in courses:
        _course(course)
    if shown:
        _read()


@app.command()
def report(
    ctx: typer.Context,
    school: Annotated[str, typer.Argument(metavar="SCHOOL", help="The school's name.")],
    since: Since = "",
    paper: Annotated[PaperSize, typer.Option(metavar="PAPER", help="The paper: us-letter or a4.")] = PaperSize.LETTER,
    out: Annotated[
        Path, typer.Option(metavar="DIR", help="The folder for both files; this one unless given.")
    ] = Path(),
    as_json: AsJson = False,
) -> None:
    """A school over its visits, as a PDF and as a page for a browser."""
    from plfacilitate.steps.insights import find_school, read_courses, read_insights, write_insights

    day = day_of(since)
    say.aside("reading the visits …")
    with reading(ctx) as (around, ledger):
        now = around.clock()
        found = read_insights(ledger, since=day, now=now)
        one = find_school(found, school)
        courses = read_courses(ledger, at=now, since=day)
    _say_failed(found)
    files = write_insights(one, courses, around.workspace, out, made_at=now, paper=paper.value, progress=say.aside)
    if as_json:
        say.document({"pdf": str(files.pdf), "page": str(files.page), **document(found, [one], courses)})
        return
    say.line(str(files.pdf))
    say.line(str(files.page))


def day_of(text: str) -> date | None:
    """The day that somebody typed; None = none. Refused: `day-unreadable`."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as no:
        raise Refused("day-unreadable", text=text) from no


def _say_failed(found: Insights) -> None:
    for event, why in found.failed:
        say.aside(f"{SYMBOLS['failed']} Visit {event[:8]} can't be read and is in no figure: {why}")


def _school(one: School) -> None:
    first, last = one.visits[0].day, one.visits[-1].day
    say.line(f"{one.name} · {count(len(one.visits), 'visit')} · {first}{f' to {last}' if last != first else ''}")
    if one.held:
        say.line(f"  {count(one.held, 'sheet')} left out as long as somebody's sheet of the same room is missing.")
    for pattern in one.patterns:
        _pattern(pattern)
    if len(one.visits) == 1:
        say.line(f"  {ONE_VISIT.capitalize()}.")
    say.line()
    say.line("  Adoption (is it there?) · adherence (how is it done?)")
    for each in one.apart:
        _apart(each)
    say.line(f"    {SYMBOLS['empty']} {NO_ACHIEVEMENT}")
    say.line()
    say.line("  How far observers of one room agreed")
    for agreeing in one.agreement:
        say.line(f"    {agreeing.title} · {agreeing.scale}: {agreeing.said}")
        for point in agreeing.points if len(agreeing.points) > 1 else ():
            say.line(f"      {point.day}  {point.said}")
    if not one.agreement:
        say.line(f"    {SYMBOLS['empty']} nowhere two watched the same lesson")
    for words in one.versions:
        say.line(f"  {words}")
    say.line()


def _pattern(one: Pattern) -> None:
    if not one.lines:
        say.line(f"  {SYMBOLS['empty']} {one.title}: {NOBODY.lower()}")
        return
    say.line(f"  {one.title}")
    for each in one.lines:
        _line(each, "look-fors seen" if each.by.scale == "look-for" else f"levels of {each.by.steps}")


def _line(one: Line, what: str) -> None:
    told = one.whole
    say.line(f"    {told.symbol} {what}: {told.said} · {one.title}")
    rests = [one.rests] + ([one.change] if len(one.points) > 1 else [])
    say.line(f"      {' · '.join(filter(None, rests))}")


def _apart(one: Apart) -> None:
    say.line(f"    {one.title}")
    if one.adoption is None:
        say.line(f"      {SYMBOLS['empty']} adoption: it has no look-fors")
    else:
        _side("adoption", one.adoption)
    if not one.adherence:
        say.line(f"      {SYMBOLS['empty']} adherence: it has no levels")
    for each in one.adherence:
        _side(f"adherence, levels of {each.by.steps}", each)
    for words in one.empty:
        say.line(f"      {SYMBOLS['empty']} {words}")


def _side(what: str, one: Line) -> None:
    told = one.whole
    say.line(f"      {told.symbol} {what}: {told.said}{f' · {one.rests}' if one.rests else ''}")


def _course(one: Course) -> None:
    say.line(one.title)
    for sitting in one.sittings:
        say.line(f"  {sitting.day}  {sitting.title}")
        rows = []
        for group in (sitting.whole, *sitting.groups):
            name = group.name or "everybody"
            if group.withheld:
                rows.append([SYMBOLS["withheld"], name, "too few to show", ""])
            else:
                came = f"{group.came} of {group.expected} came"
                rows.append([SYMBOLS["told"], name, came, hours_said(group)])
        _rows(rows)
    for sentence in one.cleared:
        say.line(f"  {sentence}")
    if not one.sittings:
        say.line()
        return
    say.line("  Standing")
    sessions = len(one.sittings)
    _rows([[SYMBOLS["withheld" if each.withheld else "told"], each.name or "everybody",
            standing_text(each, sessions=sessions), "" if each.withheld else hours_said(each)] for each in (one.whole, *one.standings)])  # fmt: skip
    say.line()


def _rows(rows: Sequence[Sequence[str]]) -> None:
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for row in rows:
        say.line("    " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _read() -> None:
    say.line(" · ".join(f"{SYMBOLS[state]} {words}" for state, words in MEANING.items()))
    for words in READ:
        say.line(words)
