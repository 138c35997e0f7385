"""A POP-up on the phones of the tests: who is in, what is opened and asked for."""

from __future__ import annotations

import html
import re
from dataclasses import replace

from plfacilitate.core.plan import Plan, PopupRules
from plfacilitate.core.popup.picture import PopupPicture, Problem, RoundKind
from plfacilitate.steps import popup as steps
from plfacilitate.steps.events import read_event
from tests.front.door.day import Day, Phone, plan


def popup_plan(*, names: bool = False, stacking: bool = False) -> Plan:
    """A plan that takes problems of practice."""
    return replace(plan(), popup=PopupRules(names, stacking))


def fields(phone: Phone, action: str) -> dict[str, str]:
    """The hidden fields of a form on the page that is open."""
    assert phone.page is not None
    form = re.search(rf'<form[^>]*action="{action}".*?</form>', phone.page.text, re.DOTALL)
    assert form is not None, phone.text
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[0])
    return {name: html.unescape(value) for name, value in found}


async def send(phone: Phone, action: str, **more: str) -> int:
    """Send a form of the page that is open, with what somebody typed; the status."""
    return (await phone.post(action, **{**fields(phone, action), **more})).status_code


async def at_popup(day: Day, person: str) -> Phone:
    """A phone whose owner is in and looks at the problems."""
    phone = await day.signed_in(person)
    assert await send(phone, "/popup") == 200
    return phone


def picture(day: Day) -> PopupPicture:
    """The POP-ups as the desk reads them."""
    return steps.read_popup(day.desk, day.event).picture()


def first(day: Day) -> Problem:
    """The first problem."""
    return picture(day).problems[0]


def opened(day: Day, owner: str = "Ana Ruiz", problem: str = "Talk dries up", data: str = "3 of 28 spoke") -> Problem:
    """A problem that was brought at the desk."""
    day.desk.append_one(steps.open_problem(day.hand, day.event, {"owner": owner, "problem": problem, "data": data}))
    return next(one for one in picture(day).problems if one.problem == problem)


def begin(day: Day, problem: Problem, kind: RoundKind) -> None:
    """The desk asks the phones."""
    event = read_event(day.desk, day.event)
    now = picture(day).problem(problem.id)
    assert now is not None
    day.desk.append_one(steps.begin_round(day.hand, event, now, kind))


def end(day: Day, problem: Problem, kind: RoundKind) -> Problem:
    """The desk closes what it asked."""
    now = picture(day).problem(problem.id)
    assert now is not None
    steps.end_round(day.desk, day.hand, day.event, now, kind)
    over = picture(day).problem(problem.id)
    assert over is not None
    return over
