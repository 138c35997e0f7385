"""`plfacilitate problem follow|tag|resource|return|undo`: what became of a problem, written down.

Owns how each is asked for and answered. Never decides what may be said (`steps.problems`).
"""

from __future__ import annotations

from typing import Annotated, cast

import typer

from plfacilitate.core.problems.values import THEN, TRIED, Then, Tried
from plfacilitate.core.problems.words import promise_words, when
from plfacilitate.core.protocol import TITLES
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import plain
from plfacilitate.front.commands.cohort_open import one_of, said
from plfacilitate.front.commands.common import AsJson, day_said
from plfacilitate.front.commands.problem_open import ATTRIBUTES, Problem, here_is
from plfacilitate.steps import problems as step
from plfacilitate.steps.events import find_event
from plfacilitate.steps.problem_bank import find_problem


def follow(
    ctx: typer.Context,
    problem: Problem,
    tried: Annotated[str, typer.Option(metavar="yes|partly|no", help="Whether it was tried.")],
    what: Annotated[str, typer.Option(metavar="TEXT", help="What happened.")] = "",
    then: Annotated[str, typer.Option(metavar="keep|change|drop", help="What was decided; else nothing yet.")] = "",
    again: Annotated[str, typer.Option(metavar="DATE|WORDS", help="When to ask again; until then it waits.")] = "",
    who: Annotated[str, typer.Option(metavar="NAME", help="Who said so.")] = "",
    on: Annotated[str, typer.Option(metavar="DATE", help="When it was heard, YYYY-MM-DD.")] = "today",
    commitment: Annotated[str, typer.Option(metavar="ID", help="Which, where several things were promised.")] = "",
    as_json: AsJson = False,
) -> None:
    """What became of a promise, as heard on a day."""
    one_of("--tried", tried, TRIED)
    one_of("--then", then, THEN)
    if then == "drop" and again:
        raise typer.BadParameter("what is dropped is not asked after again: --then drop goes without --again")
    with here_is(ctx, problem) as here:
        promise = step.the_promise(here.row, commitment)
        heard = step.Heard(cast(Tried, tried), what, cast(Then, then), who, again)
        day = day_said(on, here.around.today)
        entries = here.write([step.follow_up(here.hand, promise, heard, day, today=here.around.today)])
        held = next(one for one in here.row.held if one.promise.id == promise.id)
    said(entries, promise_words(held), as_json)


def tag(
    ctx: typer.Context,
    problem: Problem,
    theme: Annotated[str | None, typer.Option(metavar="TEXT", help="Its theme, in a word or two; '' = none.")] = None,
    attribute: Annotated[
        str | None, typer.Option(metavar="ID", help="Which of the four attributes it is about; '' = none.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """What a problem is found under."""
    if attribute:
        one_of("--attribute", attribute, ATTRIBUTES)
    with here_is(ctx, problem) as here:
        entries = here.write([step.file_under(here.hand, here.row, theme=theme, attribute=attribute)])
        one = here.row.problem
    under = " · ".join(filter(None, (one.theme, TITLES.get(one.attribute, one.attribute)))) or "nothing"
    said(entries, f"“{step.shown(one)}” stands under: {under}", as_json)


def resource(
    ctx: typer.Context,
    problem: Problem,
    title: Annotated[str, typer.Argument(metavar="TITLE", help="What helps.")],
    where: Annotated[str, typer.Argument(metavar="[WHERE]", help="An address, or a place.")] = "",
    as_json: AsJson = False,
) -> None:
    """Something that helps with a problem."""
    with here_is(ctx, problem) as here:
        entries = here.write([step.add_resource(here.hand, here.row, title, where)])
        one = here.row.problem
    said(entries, f"“{step.shown(one)}”: {len(one.helps)} that help(s)", as_json)


def bring_back(
    ctx: typer.Context,
    problem: Problem,
    event: Annotated[str, typer.Argument(metavar="EVENT", help="The later POP-up's id, or the beginning of it.")],
    as_: Annotated[
        str, typer.Option("--as", metavar="PROBLEM", help="It is open there already: the beginning of that one's id.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """It is back at a later POP-up."""
    with here_is(ctx, problem) as here:
        found = find_event(here.ledger, event)
        if as_:
            later = find_problem(here.bank, as_)
            if later.problem.event != found.id:
                raise Refused("problem-elsewhere", problem=step.shown(later.problem), title=plain(found.title))
            drafts = step.continue_from(here.hand, here.bank, later, here.row)
        else:
            step.check_open(found)
            drafts = step.bring_back(here.hand, here.bank, here.row, found.id)
        entries = here.write(drafts)
        one = here.row.problem
    said(entries, f"“{step.shown(one)}” goes on at {plain(found.title)}, {when(found.day)}", as_json)


def undo(
    ctx: typer.Context,
    problem: Problem,
    entry: Annotated[str, typer.Option(metavar="ID", help="Another one, by the beginning of its entry's id.")] = "",
    as_json: AsJson = False,
) -> None:
    """The last of these, taken back."""
    with here_is(ctx, problem) as here:
        entries = here.write(step.take_back(here.ledger, here.hand, here.reader.newest(here.row), entry))
        one = here.row
    said(entries, f"Taken back. “{step.shown(one.problem)}” is {one.words}.", as_json)
