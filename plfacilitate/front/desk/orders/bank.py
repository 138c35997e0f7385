"""The problem bank: shown, followed up, filed, pointed at a goal, printed.

Owns what is asked of the facilitator; what was typed is kept until it is in the ledger. What may be written is a step's
business (`steps.problems`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from plfacilitate.core.problems.bank import Held, Row
from plfacilitate.core.problems.values import Then, Tried
from plfacilitate.core.protocol import TITLES
from plfacilitate.core.text import cut, fold, plain, tidy
from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.desk.commands import WHY_NOT
from plfacilitate.front.desk.deeds import bank as deeds
from plfacilitate.front.desk.deeds import cohorts as cohort_deeds
from plfacilitate.front.desk.dialogs.form import Field, Form, Values, Wrong
from plfacilitate.front.desk.orders.action_plan import ATTRIBUTES, tag
from plfacilitate.front.desk.orders.cohorts import NO_DAY, a_day
from plfacilitate.front.desk.orders.duedays import dated, due_field
from plfacilitate.front.desk.screens.bank import BankScreen
from plfacilitate.front.desk.screens.popup import PopupScreen
from plfacilitate.front.desk.threads import questions
from plfacilitate.front.widgets.dialogs.base import ask
from plfacilitate.front.widgets.dialogs.choose import Choose, Option
from plfacilitate.front.widgets.dialogs.find import Find
from plfacilitate.steps import cohort_goals
from plfacilitate.steps.problems import Heard

if TYPE_CHECKING:
    from plfacilitate.front.desk.threads.questions import AGoal

Word = TypeVar("Word", bound=str)
_TRIED: Sequence[Tried] = ("yes", "partly", "no")
_THEN: Sequence[Then] = ("keep", "change", "drop")
_HINT = "Tab next field · F2 keeps it · Esc back, the text is kept"


FORMS = {"bank-follow": "bank:follow_up", "bank-file": "bank:file_under", "bank-helps": "bank:add_resource"}


async def show(desk: DeskBase, problem: str = "") -> None:
    """The bank, at a problem where one is named; from a POP-up at the one under its cursor."""
    if not isinstance(desk.screen, BankScreen):
        here = desk.at_problem if isinstance(desk.screen, PopupScreen) else ""
        await desk.push_screen(BankScreen(problem or here))


async def open_form(desk: DeskBase, key: str) -> None:
    """Typed text that waits: its problem, then its form."""
    kind, problem = key.split("/")[:2]
    await desk.push_screen(BankScreen(problem, FORMS[kind]))


# -- what became of it -----------------------------------------------------------------------------------------------


async def follow_up(desk: DeskBase) -> None:
    """Tried? What happened? Keep, change or drop: in one form. In the filter Enter only goes back to the list."""
    if isinstance(desk.screen, BankScreen) and desk.screen.typing:
        await desk.screen.close_filter()
        return
    await _of_promise(desk, "What became of which promise?", _follow_form)


async def _of_promise(desk: DeskBase, title: str, then: Callable[[DeskBase, Row, Held], object]) -> None:
    """The promise of the problem under the cursor; of several the one that is chosen, what waits first."""
    row = desk.banked
    if row is None or not desk.may_write:
        return
    held = sorted(row.held, key=lambda one: not one.standing.waits)
    if not held:
        desk.say(WHY_NOT["promised"])
    elif len(held) == 1:
        desk.call_later(then, desk, row, held[0])
    else:
        by_id = {one.promise.id: one for one in held}
        options = [Option(key, plain(tidy(one.promise.what)), one.standing.state) for key, one in by_id.items()]
        await ask(desk, Choose(title, options), lambda key: desk.call_later(then, desk, row, by_id[key]))


async def _follow_form(desk: DeskBase, row: Row, held: Held) -> None:
    promise, today = held.promise, desk.around.today
    draft = f"bank-follow/{row.problem.id}/{promise.id}"
    fields = (
        Field("tried", "Tried?", hint="y yes · p in part · n no"),
        Field("happened", "What happened", lines=3, hint="what was seen; a number where there is one"),
        Field("then", "And now?", hint="k keep · c change · d drop · empty: not decided"),
        due_field(desk, label="Ask again"),
        Field("who", "Who says so", promise.who or promise.owner),
        Field("day", "Heard on", today.isoformat(), hint="2023-12-06"),
    )

    def write(values: Values) -> None:
        tried, then, day = _meant(values["tried"], _TRIED), _meant(values["then"], _THEN), a_day(values["day"])
        assert tried is not None, "the form took it"
        assert day is not None, "the form took it"
        due = dated(values, today)["due"]
        heard = Heard(tried, values["happened"], then or "", values["who"], due)
        desk.do_deed(deeds.follow_up(row.problem.id, promise.id, heard, day), draft=draft)

    intro = plain(cut(tidy(promise.what), 72 * 2).rstrip())
    form = Form("What became of it?", fields, draft=draft, intro=intro, check=_follow_wrong, hint=_HINT)
    await ask(desk, form, write)


def _meant(text: str, known: Sequence[Word]) -> Word | None:
    """The word whose beginning was typed; None = none."""
    asked = fold(text)
    return next((one for one in known if asked and one.startswith(asked)), None)


def _follow_wrong(values: Values) -> str:
    if _meant(values["tried"], _TRIED) is None:
        return Wrong("tried", "Was it tried? y, p for in part, or n.")
    if values["then"].strip() and _meant(values["then"], _THEN) is None:
        return Wrong("then", "Keep, change or drop? k, c or d, or leave it empty.")
    return Wrong("day", NO_DAY.format(text=plain(values["day"]))) if a_day(values["day"]) is None else ""


# -- where it stands -------------------------------------------------------------------------------------------------


async def file_under(desk: DeskBase) -> None:
    """Theme and attribute."""
    row, bank = desk.banked, desk.bank
    if row is None or bank is None:
        return
    one, draft = row.problem, f"bank-file/{row.problem.id}"
    known = ", ".join(plain(theme) for theme in bank.themes()[:4])
    fields = (
        Field("theme", "Theme", one.theme, hint=f"such as {known}" if known else "such as voice in discussions"),
        Field(
            "attribute", "Attribute", TITLES.get(one.attribute, ""), hint="paths, profiles, progression, environments"
        ),
    )

    def write(values: Values) -> None:
        about = tag(values["attribute"], ATTRIBUTES) or ""
        desk.do_deed(deeds.file_under(one.id, values["theme"], about), draft=draft)

    await ask(desk, Form("Where it stands in the bank", fields, draft=draft, check=_file_wrong), write)


def _file_wrong(values: Values) -> str:
    if tag(values["attribute"], ATTRIBUTES) is None:
        return Wrong("attribute", f"Which one of: {', '.join(TITLES[one] for one in ATTRIBUTES)}? Or leave it empty.")
    return ""


async def add_resource(desk: DeskBase) -> None:
    """A book, an address, a person to ask."""
    row = desk.banked
    if row is None:
        return
    one, draft = row.problem, f"bank-helps/{row.problem.id}"
    fields = (
        Field("title", "What helps", hint="a text, a tool, a protocol, somebody to ask"),
        Field("where", "Where", hint="an address on the web, a shelf, a room"),
    )

    def wrong(values: Values) -> str:
        return "" if tidy(values["title"]) else Wrong("title", "Say what helps.")

    form = Form("What helps", fields, draft=draft, check=wrong)
    await ask(
        desk,
        form,
        lambda values: desk.do_deed(deeds.add_resource(one.id, values["title"], values["where"]), draft=draft),
    )


async def point(desk: DeskBase) -> None:
    """The promise points at a goal of a school's action plan."""
    await _of_promise(desk, "Which promise points at a goal?", _ask_goals)


async def _ask_goals(desk: DeskBase, row: Row, held: Held) -> None:
    desk.feed.ask(questions.goals, lambda found: desk.call_later(_choose_goal, desk, row, held, found))


async def _choose_goal(desk: DeskBase, row: Row, held: Held, found: Sequence[AGoal]) -> None:
    promise, home = held.promise, fold(row.problem.school)
    free = sorted((one for one in found if promise.id not in one.points), key=lambda one: fold(one.school) != home)
    if not free:
        desk.say("There is no goal that it could point at: o on Today shows the action plans, g there writes one.")
        return
    by_key = {f"{one.cohort}:{one.goal.id}": one for one in free}
    options = [Option(key, plain(one.goal.text), plain(one.school)) for key, one in by_key.items()]

    def write(key: str) -> None:
        one = by_key[key]
        saying = partial(cohort_goals.point, goal=one.goal, what="commitment", which=promise.id)
        words = f"The promise points at a goal of {plain(one.school)}"
        desk.do_deed(cohort_deeds.say(one.cohort, saying, words))

    await ask(desk, Find("At which goal does it point?", options, hint="a part of the goal, or a school"), write)


async def write_page(desk: DeskBase) -> None:
    """One page for the owner."""
    if desk.banked is not None:
        desk.do_deed(deeds.write_page(desk.banked.problem.id))
