"""A school's leadership team at the desk: somebody added, in another role, or out of it.

Owns what is asked. What may be written is a step's business (`steps.cohorts`).
"""

from __future__ import annotations

from functools import partial

from plfacilitate.core.cohort.values import ROLE_WORDS, ROLES, Role
from plfacilitate.core.entry import Draft
from plfacilitate.core.people import Person
from plfacilitate.core.text import plain
from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.desk.deeds import cohorts as deeds
from plfacilitate.front.desk.dialogs.pick import Picker, Stranger
from plfacilitate.front.desk.painting.pictures import Match
from plfacilitate.front.widgets.dialogs.base import ask
from plfacilitate.front.widgets.dialogs.choose import Choose, Option
from plfacilitate.steps import cohorts as steps

ADD, OUT = "+", "-"


async def team(desk: DeskBase) -> None:
    """Who is in it; somebody more, or what one of them is."""
    if desk.school is None:
        return
    _, school = desk.school
    mates = [
        Option(mate.person, plain(mate.name), " and ".join(ROLE_WORDS[role] for role in mate.roles))
        for mate in school.team
    ]
    dialog = Choose(f"The team of {plain(school.name)}", [Option(ADD, "Somebody more …"), *mates])
    await ask(desk, dialog, lambda key: desk.call_later(_chosen, desk, key))


async def _chosen(desk: DeskBase, person: str) -> None:
    if person == ADD:
        dialog = Picker("Who is in the team?", "in")
        await ask(desk, dialog, lambda found: desk.call_later(_found, desk, found))
    else:
        await _role(desk, person, [Option(OUT, "in the team no more")])


async def _found(desk: DeskBase, found: Match | Stranger) -> None:
    if isinstance(found, Match):
        await _role(desk, found.person, [])


async def _role(desk: DeskBase, person: str, more: list[Option]) -> None:
    options = [*(Option(role, ROLE_WORDS[role]) for role in ROLES), *more]
    await ask(desk, Choose("As what?", options), partial(_write, desk, person))


def _write(desk: DeskBase, person: str, key: str) -> None:
    if desk.school is None:
        return
    cohort, school = desk.school
    words = f"{{name}} is in the team of {_braced(plain(school.name))}"

    def saying(on: steps.Writing, who: Person) -> Draft:
        if key == OUT:
            return steps.remove_member(on, school.name, who, cohort.today)
        return steps.add_member(on, school.name, who, _as(key), cohort.today)

    words = f"{words} no more" if key == OUT else f"{words}, {ROLE_WORDS[_as(key)]}"
    desk.do_deed(deeds.about(cohort.cohort.id, person, saying, words))


def _as(key: str) -> Role:
    return next(role for role in ROLES if role == key)


def _braced(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
