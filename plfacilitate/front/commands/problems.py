"""`plfacilitate problem …`: the problem bank, what was promised, and what became of it.

Owns how it is printed. Never decides how a problem stands (`core.problems`).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from plfacilitate.core.problems.bank import Row
from plfacilitate.core.problems.values import STATES
from plfacilitate.core.problems.words import when
from plfacilitate.core.text import cut, tidy
from plfacilitate.front.commands import problem_deeds, say
from plfacilitate.front.commands.cohort_open import one_of
from plfacilitate.front.commands.common import AsJson, given, reading
from plfacilitate.front.commands.problem_facts import row_facts, story_facts
from plfacilitate.front.commands.problem_lines import story_lines
from plfacilitate.front.commands.problem_open import ATTRIBUTES, Problem
from plfacilitate.front.commands.protocols import PaperSize
from plfacilitate.steps.problem_bank import find_problem, read_bank, read_story

app = typer.Typer(
    no_args_is_help=True,
    help="Problems of practice of all events: list, show, print. What came after: follow, tag, resource, return, undo.",
)


@app.command("list")
def listed(
    ctx: typer.Context,
    theme: Annotated[str, typer.Option(metavar="TEXT", help="Those of a theme, by the beginnings of its words.")] = "",
    school: Annotated[
        str, typer.Option(metavar="SCHOOL", help="Those of a school, by the beginnings of its words.")
    ] = "",
    attribute: Annotated[str, typer.Option(metavar="ID", help="Those about one of the four attributes.")] = "",
    state: Annotated[str, typer.Option(metavar="STATE", help=f"{', '.join(STATES)}, or settled.")] = "",
    as_json: AsJson = False,
) -> None:
    """All problems of practice, those that wait first."""
    if attribute:
        one_of("--attribute", attribute, ATTRIBUTES)
    if state:
        one_of("--state", state, (*STATES, "settled"))
    with reading(ctx) as (around, ledger):
        found = read_bank(ledger, around.today)
    rows = found.chosen(theme=theme, school=school, attribute=attribute, state=state)
    if as_json:
        say.document([row_facts(row) for row in rows])
    elif not rows:
        say.aside("No problem fits that." if found.rows else "No problem of practice was written down yet.")
    else:
        heads = ("problem", "state", "due", "theme", "school", "owner", "what")
        say.table(*_filled(heads, [_line(row) for row in rows]))


def _line(row: Row) -> tuple[str, ...]:
    one = row.problem
    due = when(row.due) if row.due else ""
    owner = one.owner or next((held.promise.who for held in row.held), "")
    texts = (one.theme, one.school, owner)
    state = f"{row.words} →" if one.goes_on else row.words
    return (one.id[:8], state, due, *(_cut(text, 18) for text in texts), _cut(tidy(one.words), 80))


def _cut(text: str, width: int) -> str:
    return cut(text, width).rstrip()


def _filled(heads: Sequence[str], rows: list[tuple[str, ...]]) -> tuple[list[str], list[list[str]]]:
    """The columns in which anything stands: most problems have no theme yet, and a small screen is thankful."""
    kept = [n for n in range(len(heads)) if any(row[n] for row in rows)]
    return [heads[n] for n in kept], [[row[n] for n in kept] for row in rows]


@app.command()
def show(ctx: typer.Context, problem: Problem, as_json: AsJson = False) -> None:
    """One problem from beginning to end."""
    with reading(ctx) as (around, ledger):
        found = read_bank(ledger, around.today)
        told = read_story(ledger, found, find_problem(found, problem))
    if as_json:
        say.document(story_facts(told))
        return
    for line in story_lines(told):
        say.line(line)


@app.command("print")
def printed(
    ctx: typer.Context,
    problem: Problem,
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where the PDF goes.")] = Path("problem.pdf"),
    reply: Annotated[str, typer.Option(metavar="TEXT", help="Where the owner writes to: an e-mail, a desk.")] = "",
    paper: Annotated[PaperSize, typer.Option(metavar="PAPER", help="The paper: us-letter or a4.")] = PaperSize.LETTER,
    as_json: AsJson = False,
) -> None:
    """One page for the owner, as a PDF."""
    from plfacilitate.shelf.problem_page import TEMPLATE, problem_pdf
    from plfacilitate.shelf.write import write_bytes

    with reading(ctx) as (around, ledger):
        found = read_bank(ledger, around.today)
        told = read_story(ledger, found, find_problem(found, problem))
    template = given(ctx).workspace.document(TEMPLATE)
    write_bytes(out, problem_pdf(told, around.clock(), reply=reply, paper=paper.value, template=template))
    if as_json:
        say.document({"problem": told.row.problem.id, "file": str(out)})
    else:
        say.line(f"One page for {told.row.problem.owner or 'the owner'}: {out}")


app.command("follow")(problem_deeds.follow)
app.command("tag")(problem_deeds.tag)
app.command("resource")(problem_deeds.resource)
app.command("return")(problem_deeds.bring_back)
app.command("undo")(problem_deeds.undo)
