"""The board of a cohort: shown, turned; schools in and out, events that are theirs, work with a school written down.

Owns what is asked. What may be written is a step's business (`steps.cohorts`).
"""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from plfacilitate.core.cohort.picture import CohortPicture, SchoolPicture
from plfacilitate.core.cohort.values import CONTACTS, PART_WORDS, PARTS, ContactKind, Part
from plfacilitate.core.entry import Draft
from plfacilitate.core.minutes import day_text, length
from plfacilitate.core.text import plain, tidy
from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.desk.deeds import cohorts as deeds
from plfacilitate.front.desk.dialogs.form import Field, Form, Values, Wrong
from plfacilitate.front.desk.dialogs.path import PickFile
from plfacilitate.front.desk.screens.cohort import CohortScreen
from plfacilitate.front.desk.threads import questions
from plfacilitate.front.widgets.dialogs.base import ask
from plfacilitate.front.widgets.dialogs.choose import Choose, Option
from plfacilitate.steps import cohorts as steps

if TYPE_CHECKING:
    from plfacilitate.core.plan import Event

NO_DAY = "{text} is no day: write it as 2023-12-06."
WHOLE = "the whole cohort"


async def show(desk: DeskBase) -> None:
    """The first cohort's board."""
    if not isinstance(desk.screen, CohortScreen):
        await desk.push_screen(CohortScreen())


async def turn(desk: DeskBase) -> None:
    """The next cohort."""
    if isinstance(desk.screen, CohortScreen):
        desk.screen.turn()


def a_day(text: str) -> date | None:
    """A day as it is typed, `2023-12-06`; None = it is none."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


# -- work with a school ----------------------------------------------------------------------------------------------


async def contact(desk: DeskBase) -> None:
    """Coaching, planning or support, with its minutes."""
    if desk.school is None or not desk.may_write:
        return
    cohort, school = desk.school
    draft = f"contact:{cohort.cohort.id}:{school.key}"
    fields = (
        Field("minutes", "Minutes", hint="45, or 1:15"),
        Field("kind", "What", "coaching", hint=", ".join(CONTACTS)),
        Field("day", "Day", cohort.today.isoformat(), hint="2023-12-06"),
        Field("among", "With", hint="who was there; may stay empty"),
        Field("note", "Note", lines=3, hint="what it was about"),
    )

    def write(values: Values) -> None:
        kind, day, minutes = _kind(values["kind"]), a_day(values["day"]), in_minutes(values["minutes"])
        assert kind is not None, "the form took it"
        assert day is not None, "the form took it"

        def saying(on: steps.Writing) -> Draft:
            return steps.contact(on, school.name, kind, day, minutes, among=values["among"], note=values["note"])

        words = f"{kind.capitalize()} of {length(minutes)} with {plain(school.name)}"
        desk.do_deed(deeds.say(cohort.cohort.id, saying, words), draft=draft)

    form = Form(f"What was done with {plain(school.name)}", fields, draft=draft, check=_contact_wrong)
    await ask(desk, form, write)


def in_minutes(text: str) -> int:
    """Whole minutes of `45` or `1:15`; 0 = it is no length."""
    hours, colon, rest = text.strip().rpartition(":")
    if not (rest.isascii() and rest.isdigit() and len(rest) <= 4) or (
        colon and not (hours.isascii() and hours.isdigit())
    ):
        return 0
    return int(rest) + 60 * int(hours or 0) if not colon or int(rest) < 60 else 0


def _kind(text: str) -> ContactKind | None:
    found = [kind for kind in CONTACTS if tidy(text) and kind.startswith(tidy(text).casefold())]
    return found[0] if len(found) == 1 else None


def _contact_wrong(values: Values) -> str:
    if not in_minutes(values["minutes"]):
        return Wrong("minutes", "How long did it take? Write 45, or 1:15.")
    if _kind(values["kind"]) is None:
        return Wrong("kind", f"Was it {', '.join(CONTACTS[:-1])} or {CONTACTS[-1]}?")
    return Wrong("day", NO_DAY.format(text=plain(values["day"]))) if a_day(values["day"]) is None else ""


# -- schools in and out ----------------------------------------------------------------------------------------------


async def join(desk: DeskBase) -> None:
    """A school joins, or comes back."""
    found = _board(desk)
    if found is None:
        return
    fields = (Field("name", "School"), Field("day", "From", found.today.isoformat(), hint="2023-12-06"))

    def write(values: Values) -> None:
        day = a_day(values["day"])
        assert day is not None, "the form took it"
        saying = partial(steps.join, name=values["name"], day=day)
        desk.do_deed(deeds.say(found.cohort.id, saying, f"{plain(tidy(values['name']))} is in"))

    await ask(desk, Form(f"A school joins {plain(found.cohort.title)}", fields, check=_join_wrong), write)


def _join_wrong(values: Values) -> str:
    if not tidy(values["name"]):
        return Wrong("name", "Which school?")
    return Wrong("day", NO_DAY.format(text=plain(values["day"]))) if a_day(values["day"]) is None else ""


async def leave(desk: DeskBase) -> None:
    """The school goes on without the cohort; all that was recorded stays."""
    if desk.school is None:
        return
    cohort, school = desk.school
    fields = (Field("reason", "Reason"), Field("day", "From", cohort.today.isoformat(), hint="2023-12-06"))

    def wrong(values: Values) -> str:
        if not tidy(values["reason"]):
            return Wrong("reason", "Say why: it stands beside the school.")
        return Wrong("day", NO_DAY.format(text=plain(values["day"]))) if a_day(values["day"]) is None else ""

    def write(values: Values) -> None:
        day = a_day(values["day"])
        assert day is not None, "the form took it"
        saying = partial(steps.leave, name=school.name, day=day, reason=values["reason"])
        desk.do_deed(deeds.say(cohort.cohort.id, saying, f"{plain(school.name)} left"))

    await ask(desk, Form(f"{plain(school.name)} leaves the cohort", fields, check=wrong), write)


def _board(desk: DeskBase) -> CohortPicture | None:
    return desk.screen.shown if isinstance(desk.screen, CohortScreen) else None


async def from_file(desk: DeskBase) -> None:
    """A cohort begun, or brought up to date, from its file."""
    dialog = PickFile("A cohort, as its file says", (".toml",), draft="cohort-file")
    await ask(desk, dialog, lambda path: _start(desk, path))


def _start(desk: DeskBase, path: Path) -> None:
    desk.do_deed(deeds.from_file(path), draft="cohort-file")


# -- events ----------------------------------------------------------------------------------------------------------


async def link(desk: DeskBase) -> None:
    """An event is a session, an Academy day, a visit … of this cohort."""
    found = _board(desk)
    if found is not None:
        desk.feed.ask(questions.events, lambda events: desk.call_later(_which_event, desk, found, events))


async def _which_event(desk: DeskBase, found: CohortPicture, events: list[Event]) -> None:
    mine = {one.event: one for one in found.meetings if one.event}
    by_id = {one.id: one for one in events}
    options = [
        Option(one.id, f"{day_text(one.day)} {plain(one.title)}", mine[one.id].name if one.id in mine else "")
        for one in reversed(events)
    ]
    dialog = Choose(
        "Which event belongs to the cohort?", options, "There is no event yet: s on Today puts one on a day."
    )
    await ask(desk, dialog, lambda key: desk.call_later(_as_what, desk, found, by_id[key]))


async def _as_what(desk: DeskBase, found: CohortPicture, event: Event) -> None:
    options = [Option(part, PART_WORDS[part]) for part in PARTS]
    dialog = Choose(f"What is {plain(event.title)} to the cohort?", options)
    await ask(desk, dialog, lambda key: desk.call_later(_whose, desk, found, event, _part(key)))


def _part(key: str) -> Part:
    return next(part for part in PARTS if part == key)


async def _whose(desk: DeskBase, found: CohortPicture, event: Event, part: Part) -> None:
    options = [Option("", WHOLE), *(Option(one.name, plain(one.name)) for one in found.schools)]

    def write(school: str) -> None:
        saying = partial(steps.link, event=event.id, part=part, name=school)
        words = f"{plain(event.title)} is a {PART_WORDS[part]} of {plain(school) or WHOLE}"
        desk.do_deed(deeds.say(found.cohort.id, saying, words))

    await ask(desk, Choose("Whose is it?", options), write)


def waits(school: SchoolPicture) -> list[Option]:
    """What the school promised and nobody has said the end of."""
    return [
        Option(one.id, plain(one.what), day_text(one.due) if one.due else one.due_text)
        for one in school.commitments
        if one.waits
    ]
