"""`plfacilitate cohort goal|point|settle`: action plans, what points at them, what became of promises.

Owns how each is asked for and answered. Never decides what may be said (`steps.cohort_goals`).
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, get_args

import typer

from plfacilitate.core.cohort.values import Pointing
from plfacilitate.core.protocol import Attribute, Facet
from plfacilitate.front.commands import say
from plfacilitate.front.commands.cohort_lines import pointing_lines
from plfacilitate.front.commands.cohort_open import Here, Name, School, here_is, one_of, said
from plfacilitate.front.commands.common import AsJson, day_said
from plfacilitate.steps import cohort_goals as step
from plfacilitate.steps.events import find_event

ATTRIBUTES: tuple[str, ...] = get_args(Attribute)
FACETS: tuple[str, ...] = get_args(Facet)


class Deed(StrEnum):
    """What is done to a goal."""

    ADD = "add"
    CHANGE = "change"
    DROP = "drop"


def goal(
    ctx: typer.Context,
    cohort: Name,
    school: School,
    deed: Annotated[Deed, typer.Argument(metavar="add|change|drop", help="What is done.")],
    what: Annotated[str, typer.Argument(metavar="TEXT|GOAL", help="The words of a new goal; else its number or id.")],
    text: Annotated[str | None, typer.Option(metavar="TEXT", help="Other words for a goal that stands.")] = None,
    attribute: Annotated[
        str | None, typer.Option(metavar="ID", help="Which of the four attributes it is about.")
    ] = None,
    facet: Annotated[str | None, typer.Option(metavar="ID", help="Which part of the lens it is about.")] = None,
    measure: Annotated[str | None, typer.Option(metavar="TEXT", help="How one will see it.")] = None,
    due: Annotated[str | None, typer.Option(metavar="DATE", help="By when, YYYY-MM-DD, or `none`.")] = None,
    reason: Annotated[str, typer.Option(metavar="WHY", help="Why a goal is dropped.")] = "",
    as_json: AsJson = False,
) -> None:
    """A school's action plan: a goal set, changed or dropped."""
    for option, given, known in (("--attribute", attribute, ATTRIBUTES), ("--facet", facet, FACETS)):
        if given:
            one_of(option, given, known)
    with here_is(ctx, cohort) as here:
        words = _wording(what if deed == Deed.ADD else text, attribute, facet, measure, due, here.on.today)
        if deed == Deed.ADD:
            draft, verb = step.set_goal(here.on, school, words), "set"
        else:
            found = step.find_goal(here.school(school), what)
            if deed == Deed.CHANGE:
                draft, verb = step.change_goal(here.on, school, found, words), "changed"
            else:
                draft, verb = step.drop_goal(here.on, school, found, reason), "dropped"
        entries = here.write(draft)
        now = here.school(school)
    place, aim = next((n, one) for n, one in enumerate(now.goals, start=1) if entries[0].id in one.goal.heads)
    if deed == Deed.DROP:
        for line in pointing_lines(aim):
            say.aside(f"still points at it: {line}")
    said(entries, f"{now.name}: goal {place} {verb}: {step.shown(aim.goal)} ({aim.goal.id[:8]})", as_json)


def _wording(
    text: str | None, attribute: str | None, facet: str | None, measure: str | None, due: str | None, today: date
) -> step.Wording:
    day = None if due in (None, "none") else day_said(due, today)
    return step.Wording(text, attribute, facet, measure, day, due == "none")


def point(
    ctx: typer.Context,
    cohort: Name,
    school: School,
    goal: Annotated[str, typer.Argument(metavar="GOAL", help="The goal's number in its school's list, or its id.")],
    observation: Annotated[str, typer.Option(metavar="ID", help="An observation, by the beginning of its id.")] = "",
    visit: Annotated[str, typer.Option(metavar="EVENT", help="A site visit as a whole.")] = "",
    commitment: Annotated[str, typer.Option(metavar="ID", help="A commitment, by the beginning of its id.")] = "",
    off: Annotated[bool, typer.Option("--off", help="It points there no more.")] = False,
    as_json: AsJson = False,
) -> None:
    """What was seen or promised points at a goal."""
    if sum(map(bool, (observation, visit, commitment))) != 1:
        raise typer.BadParameter("name one of: --observation ID, --visit EVENT, --commitment ID")
    with here_is(ctx, cohort) as here:
        found = step.find_goal(here.school(school), goal)
        what, which = _pointing(here, observation, visit, commitment)
        if off:
            entries = here.write(*step.point_away(here.on, here.ledger, found, what, which))
        else:
            entries = here.write(step.point(here.on, found, what, which))
    how = "points no more" if off else "points"
    said(entries, f"{what} {which[:8]} {how} at: {step.shown(found)}", as_json)


def _pointing(here: Here, observation: str, visit: str, commitment: str) -> tuple[Pointing, str]:
    if observation:
        return "observation", step.find_observation(here.ledger, observation)
    if visit:
        return "visit", find_event(here.ledger, visit).id
    return "commitment", step.find_promise(here.on.around.promises, commitment)


def settle(
    ctx: typer.Context,
    cohort: Name,
    commitment: Annotated[str, typer.Argument(metavar="COMMITMENT", help="The beginning of its id.")],
    kept: Annotated[bool, typer.Option("--kept/--not-kept", help="Whether it was done.")] = True,
    note: Annotated[str, typer.Option(metavar="TEXT", help="What came of it.")] = "",
    as_json: AsJson = False,
) -> None:
    """What became of a commitment."""
    with here_is(ctx, cohort) as here:
        which = step.find_promise(here.on.around.promises, commitment)
        entries = here.write(step.settle(here.on, which, kept=kept, note=note))
    words = next(one.what for one in here.on.around.promises if one.id == which)
    said(entries, f"{'kept' if kept else 'not kept'}: {words}", as_json)
