"""A school's action plan at the desk: goals, what points at them, what became of a promise.

Owns what is asked. What may be written is a step's business (`steps.cohort_goals`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple, get_args

from plfacilitate.core.cohort.goals import Aim
from plfacilitate.core.cohort.picture import SchoolPicture
from plfacilitate.core.cohort.values import Goal, Pointing
from plfacilitate.core.entry import Draft
from plfacilitate.core.minutes import day_text
from plfacilitate.core.protocol import TITLES, Attribute, Facet
from plfacilitate.core.text import cut, fold, plain, tidy
from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.desk.deeds import cohorts as deeds
from plfacilitate.front.desk.dialogs.form import Field, Form, Values, Wrong
from plfacilitate.front.desk.orders.cohorts import NO_DAY, a_day, waits
from plfacilitate.front.desk.threads import questions
from plfacilitate.front.widgets.dialogs.base import ask
from plfacilitate.front.widgets.dialogs.choose import Choose, Option
from plfacilitate.steps import cohort_goals as steps
from plfacilitate.steps.cohorts import Writing

ATTRIBUTES: tuple[Attribute, ...] = get_args(Attribute)
FACETS: tuple[Facet, ...] = get_args(Facet)
NEW = Goal("", "", "", "", "", "", None, "", ())
NO_GOAL = "No goal yet: g writes one."


# -- goals -----------------------------------------------------------------------------------------------------------


async def new_goal(desk: DeskBase) -> None:
    """One goal more."""
    if desk.school is not None:
        await _goal_form(desk, NEW)


async def change_goal(desk: DeskBase) -> None:
    """Other words for a goal; what points at it stays."""
    await _which(desk, "Which goal says something else?", partial(_goal_form, desk))


async def _goal_form(desk: DeskBase, goal: Goal) -> None:
    if desk.school is None:
        return
    cohort, school = desk.school
    draft = f"goal:{cohort.cohort.id}:{school.key}:{goal.id}"
    fields = (
        Field("text", "Goal", goal.text, lines=3, hint="what will be different for students"),
        Field(
            "attribute", "Attribute", TITLES.get(goal.attribute, ""), hint="paths, profiles, progression, environments"
        ),
        Field("facet", "Facet", TITLES.get(goal.facet, ""), hint="strengths, culture, who chooses, who is heard"),
        Field("measure", "Seen by", goal.measure, hint="how anybody would know"),
        Field("due", "Due", goal.due.isoformat() if goal.due else "", hint="2024-06-14; may stay empty"),
    )

    def write(values: Values) -> None:
        words = steps.Wording(
            tidy(values["text"]), tag(values["attribute"], ATTRIBUTES), tag(values["facet"], FACETS), values["measure"],
            a_day(values["due"]), not values["due"].strip(),
        )  # fmt: skip

        def saying(on: Writing) -> Draft:
            return (
                steps.change_goal(on, school.name, goal, words) if goal.id else steps.set_goal(on, school.name, words)
            )

        desk.do_deed(deeds.say(cohort.cohort.id, saying, "The goal stands so"), draft=draft)

    title = f"A goal of {plain(school.name)}"
    hint = "Tab next field · F2 keeps it · Esc back, the text is kept"
    await ask(desk, Form(title, fields, draft=draft, check=_goal_wrong, hint=hint), write)


def tag(text: str, known: Sequence[str]) -> str | None:
    """The attribute or facet that is meant by a word of it; "" = none, None = no or several ones fit."""
    asked = fold(text)
    if not asked:
        return ""
    exact = [one for one in known if asked in (fold(TITLES[one]), fold(one))]
    found = exact or [one for one in known if asked in fold(TITLES[one])]
    return found[0] if len(found) == 1 else None


def _goal_wrong(values: Values) -> str:
    if not tidy(values["text"]):
        return Wrong("text", "What is the goal?")
    for name, known in (("attribute", ATTRIBUTES), ("facet", FACETS)):
        if tag(values[name], known) is None:
            return Wrong(name, f"Which one of: {', '.join(TITLES[one] for one in known)}? Or leave it empty.")
    due = values["due"].strip()
    return Wrong("due", NO_DAY.format(text=plain(due))) if due and a_day(due) is None else ""


async def drop_goal(desk: DeskBase) -> None:
    """A goal is dropped, with a reason; it stays in the plan, and so does what points at it."""
    await _which(desk, "Which goal is dropped?", partial(_drop, desk))


async def _drop(desk: DeskBase, goal: Goal) -> None:
    if desk.school is None:
        return
    cohort, school = desk.school
    aim = next((one for one in school.goals if one.goal.id == goal.id), None)
    intro = f"{cut(goal.text, 70).rstrip()}{_still(aim)}"

    def write(values: Values) -> None:
        saying = partial(steps.drop_goal, school=school.name, goal=goal, reason=values["reason"])
        desk.do_deed(deeds.say(cohort.cohort.id, saying, "The goal is dropped"))

    def wrong(values: Values) -> str:
        return "" if tidy(values["reason"]) else Wrong("reason", "Say why: it stands beside the goal.")

    await ask(desk, Form("Drop this goal", (Field("reason", "Reason"),), intro=plain(intro), check=wrong), write)


def _still(aim: Aim | None) -> str:
    if aim is None or not aim.pointed_at:
        return ""
    seen, promised = len(aim.evidence), len(aim.commitments)
    parts = [f"{seen} seen" if seen else "", f"{promised} promised" if promised else ""]
    return f" · points at it and stays: {', '.join(filter(None, parts))}"


async def _which(desk: DeskBase, title: str, then: Callable[[Goal], object]) -> None:
    """One of the goals that stand; where there is but one, it is that one."""
    if desk.school is None:
        return
    goals = {aim.goal.id: aim.goal for aim in desk.school[1].standing_goals}
    if len(goals) == 1:
        desk.call_later(then, *goals.values())
        return
    options = [Option(key, plain(goal.text)) for key, goal in goals.items()]
    await ask(desk, Choose(title, options, NO_GOAL), lambda key: desk.call_later(then, goals[key]))


# -- what points at a goal -------------------------------------------------------------------------------------------


class Pointed(NamedTuple):
    """Something that can point at a goal."""

    what: Pointing
    id: str
    words: str


async def point(desk: DeskBase) -> None:
    """A visit, something that was filled in there, or a promise points at a goal."""
    await _which(desk, "At which goal?", partial(_from_what, desk))


async def _from_what(desk: DeskBase, goal: Goal) -> None:
    if desk.school is None:
        return
    _, school = desk.school
    visits = {one.event: f"site visit of {day_text(one.day)}" for one in school.visits if one.state == "held"}
    desk.feed.ask(
        questions.observed_at(tuple(visits)),
        lambda found: desk.call_later(_choose_pointed, desk, goal, _pointable(school, goal, visits, found)),
    )


def _pointable(
    school: SchoolPicture, goal: Goal, visits: dict[str, str], observed: Sequence[questions.Observed]
) -> list[Pointed]:
    """Visits, then what was filled in at each, then promises; not what points at this goal already."""
    aim = next((one for one in school.goals if one.goal.id == goal.id), None)
    there: set[str] = set()
    if aim is not None:
        there = {one.id for one in aim.evidence} | {one.id for one in aim.commitments}
    found = []
    for event, words in visits.items():
        found.append(Pointed("visit", event, words))
        found += [Pointed("observation", one.id, f"   {one.words}") for one in observed if one.event == event]
    found += [Pointed("commitment", one.id, f"promised: {one.what}") for one in school.commitments]
    return [one for one in found if one.id not in there]


async def _choose_pointed(desk: DeskBase, goal: Goal, found: Sequence[Pointed]) -> None:
    options = [Option(f"{one.what}:{one.id}", plain(one.words)) for one in found]
    by_key = {f"{one.what}:{one.id}": one for one in found}
    empty = "Nothing was held or promised yet that could point at it."
    await ask(desk, Choose("What points at it?", options, empty), lambda key: _write_pointed(desk, goal, by_key[key]))


def _write_pointed(desk: DeskBase, goal: Goal, one: Pointed) -> None:
    if desk.school is not None:
        saying = partial(steps.point, goal=goal, what=one.what, which=one.id)
        words = f"{plain(one.words.strip())} points at the goal"
        desk.do_deed(deeds.say(desk.school[0].cohort.id, saying, words))


# -- promises --------------------------------------------------------------------------------------------------------


async def settle(desk: DeskBase) -> None:
    """What became of a promise."""
    if desk.school is None:
        return
    options = waits(desk.school[1])
    dialog = Choose("Which promise?", options, "Nothing is promised that waits for an answer.")
    await ask(desk, dialog, lambda key: desk.call_later(_became, desk, key))


async def _became(desk: DeskBase, commitment: str) -> None:
    fields = (Field("kept", "Kept?", hint="y or n"), Field("note", "What happened"))

    def wrong(values: Values) -> str:
        return "" if fold(values["kept"])[:1] in ("y", "n") else Wrong("kept", "Was it kept? y or n.")

    def write(values: Values) -> None:
        if desk.school is None:
            return
        kept = fold(values["kept"])[:1] == "y"
        saying = partial(steps.settle, commitment=commitment, kept=kept, note=values["note"])
        desk.do_deed(deeds.say(desk.school[0].cohort.id, saying, "Kept" if kept else "Not kept, and said so"))

    await ask(desk, Form("What became of it?", fields, check=wrong), write)
