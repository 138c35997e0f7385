"""`plfacilitate cohort …`: schools that go through a year together, where each stands, what is next.

Owns how a cohort is printed. Never decides what a line of the board says (`core.cohort`).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from plfacilitate.core.cohort.picture import CohortPicture, SchoolPicture
from plfacilitate.core.cohort.standing import Attended
from plfacilitate.core.minutes import day_text, length
from plfacilitate.core.text import plain
from plfacilitate.front.commands import cohort_deeds, cohort_goals, say
from plfacilitate.front.commands.cohort_facts import picture_facts, school_facts
from plfacilitate.front.commands.cohort_lines import school_lines
from plfacilitate.front.commands.cohort_open import Name, School
from plfacilitate.front.commands.common import AsJson, hand, opened, reading
from plfacilitate.shelf.cohorts import check_cohort_file, read_cohort_file
from plfacilitate.steps.cohort_reading import read_cohorts
from plfacilitate.steps.cohort_start import Started
from plfacilitate.steps.cohort_start import start as begin
from plfacilitate.steps.cohorts import school_named

app = typer.Typer(
    no_args_is_help=True,
    help="Cohorts: check, start, list, show, school, join, leave, team. Its year: event, contact, goal, point, settle, undo.",
)

NONE = "—"


@app.command()
def check(files: Annotated[list[Path], typer.Argument(metavar="FILES", help="Cohort files.")]) -> None:
    """Say what is wrong with cohort files, by file, line and key."""
    wrong = 0
    for path in files:
        found, faults, notes = check_cohort_file(path)
        for remark in [*faults, *notes]:
            say.line(str(remark))
        wrong += len(faults)
        if found is not None:
            people = sum(len(school.team) for school in found.schools)
            one = found.cohort
            said = f"{len(found.schools)} school(s), {people} people, {one.starts} to {one.ends}"
            say.line(f"{path}: right. {one.title}, {said}.")
    raise typer.Exit(1 if wrong else 0)


@app.command()
def start(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The cohort's file.")],
    as_json: AsJson = False,
) -> None:
    """Begin a cohort as its file says; again brings it up to date."""
    found = read_cohort_file(file)
    with opened(ctx) as (around, ledger):
        done = begin(ledger, hand(around), found, around.today)
    for remark in done.remarks:
        say.aside(remark)
    if as_json:
        say.document(
            {
                "cohort": done.cohort, "new": done.new, "changed": done.changed, "schools": done.schools,
                "people": done.people, "members": done.members, "events": done.events, "remarks": list(done.remarks),
            }
        )  # fmt: skip
    else:
        say.line(_started(done, found.cohort.title))


def _started(done: Started, title: str) -> str:
    if not done.changed:
        return f"{title}: as it was."
    parts = [
        (done.schools, "school(s)"), (done.members, "in teams"), (done.people, "of them new here"), (done.events, "event(s)"),
    ]  # fmt: skip
    added = ", ".join(f"{count} {what}" for count, what in parts if count)
    return f"{title}: {'started' if done.new else 'brought up to date'}{' with ' + added if added else ''}."


@app.command("list")
def listed(ctx: typer.Context, as_json: AsJson = False) -> None:
    """All cohorts, the earliest first."""
    with reading(ctx) as (around, ledger):
        reader = read_cohorts(ledger)
        found = [reader.picture(facts, around.today) for facts in reader.cohorts]
    if as_json:
        say.document([_line_facts(one) for one in found])
    elif not found:
        say.aside("There is no cohort yet: `plfacilitate cohort start FILE` begins one.")
    else:
        rows = [
            (one.cohort.id, one.cohort.starts, one.cohort.ends, len(one.schools), one.stage.words, one.cohort.title)
            for one in found
        ]
        say.table(("cohort", "from", "to", "schools", "stage", "title"), rows)


def _line_facts(one: CohortPicture) -> dict[str, object]:
    cohort = one.cohort
    return {
        "cohort": cohort.id, "title": cohort.title, "starts": cohort.starts.isoformat(), "ends": cohort.ends.isoformat(),
        "schools": len(one.schools), "left": len(one.left), "stage": one.stage.words,
    }  # fmt: skip


@app.command()
def show(ctx: typer.Context, cohort: Name, as_json: AsJson = False) -> None:
    """Where each school of a cohort stands, and what is next."""
    with reading(ctx) as (around, ledger):
        reader = read_cohorts(ledger)
        found = reader.picture(reader.find(cohort), around.today)
    if as_json:
        say.document(picture_facts(found))
        return
    one = found.cohort
    about = f"{len(found.schools)} school(s), {found.fellows} Teacher Leadership Fellows"
    say.line(f"{one.title} · {one.starts} to {one.ends} · {about} · {found.stage.words}")
    if found.schools:
        heads = ("school", "team", "sessions", "academy", "visits", "planning", "coaching", "goals", "due", "next")
        say.table(*_filled(heads, [_row(school) for school in found.schools]))
    for school in found.schools:
        for warning in school.warnings:
            say.line(f"  ! {school.name}: {warning.words}")
    for school in found.left:
        say.line(f"left: {school.name}, {day_text(school.left or one.ends)}: {school.reason}")
    for remark in found.remarks:
        say.line(f"? {plain(remark)}")


def _filled(heads: Sequence[str], rows: list[tuple[str, ...]]) -> tuple[list[str], list[list[str]]]:
    """The columns in which anything stands: a year begins with few of them, and a small screen is thankful."""
    kept = [n for n in range(len(heads)) if any(row[n] != NONE for row in rows)]
    return [heads[n] for n in kept], [[row[n] for n in kept] for row in rows]


def _row(school: SchoolPicture) -> tuple[str, ...]:
    """A line that still fits beside what is next: `5/5 3/5` = who came of the team, session by session."""
    late = "!" if school.overdue else ""
    return (
        school.name,
        f"{len(school.team)}{'!' if school.warnings else ''}",
        _shares(school.sessions),
        _shares(school.academy),
        f"{school.visits_held}/{school.visits_planned}" if school.visits_planned else NONE,
        length(school.planning_minutes) if school.planning_minutes else NONE,
        length(school.coaching_minutes) if school.coaching_minutes else NONE,
        f"{school.with_evidence}/{len(school.standing_goals)}" if school.standing_goals else NONE,
        f"{school.waiting}{late}" if school.waiting else NONE,
        school.next[0].words,
    )


def _shares(held: Sequence[Attended]) -> str:
    return " ".join(f"{len(one.came)}/{len(one.team)}" for one in held) or NONE


@app.command()
def school(ctx: typer.Context, cohort: Name, school: School, as_json: AsJson = False) -> None:
    """Everything of one school."""
    with reading(ctx) as (around, ledger):
        reader = read_cohorts(ledger)
        facts = reader.find(cohort)
        found = reader.picture(facts, around.today)
    key, _ = school_named(facts, school)
    one = found.school(key)
    assert one is not None, "a school that has a spell has a picture"
    if as_json:
        say.document(school_facts(one))
        return
    for line in school_lines(found, one):
        say.line(line)


app.command("join")(cohort_deeds.join)
app.command("leave")(cohort_deeds.leave)
app.command("team")(cohort_deeds.team)
app.command("event")(cohort_deeds.event)
app.command("contact")(cohort_deeds.contact)
app.command("goal")(cohort_goals.goal)
app.command("point")(cohort_goals.point)
app.command("settle")(cohort_goals.settle)
app.command("undo")(cohort_deeds.undo)
