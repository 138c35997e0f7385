"""The day as a whole: schedule, doors, head count, undo.

Owns what is asked before. What may be done when is the steps' business.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from plfacilitate.core.keeping.past import Name, Past, offered
from plfacilitate.core.minutes import hours_text, length
from plfacilitate.core.plan import Plan
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import plain, tidy
from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.desk.deeds import attendance as deeds
from plfacilitate.front.desk.deeds import closing
from plfacilitate.front.desk.dialogs.form import Field, Form, Values, Wrong
from plfacilitate.front.desk.threads import questions
from plfacilitate.front.desk.threads.questions import past_minutes
from plfacilitate.front.widgets.dialogs.base import ask
from plfacilitate.front.widgets.dialogs.choose import Choose, Option


async def undo(desk: DeskBase) -> None:
    """Take back the last thing."""
    desk.hands.undo()


async def redo(desk: DeskBase) -> None:
    """Do again what was taken back."""
    desk.hands.redo()


async def head_count(desk: DeskBase) -> None:
    """How many heads are in the room."""
    if desk.event is None:
        return
    event = desk.event.id
    field = Field("count", "Heads", hint=f"{desk.room.present} are signed in")
    form = Form("Head count", (field,), check=_no_number, hint="Enter keeps it · Esc back")
    await ask(desk, form, lambda values: desk.do_deed(deeds.count_heads(event, int(values["count"]))))


def _no_number(values: object) -> str:
    assert isinstance(values, dict)
    text = values["count"].strip()
    return "" if text.isascii() and text.isdigit() and len(text) < 6 else "Type a number, such as 48."


async def open_doors(desk: DeskBase) -> None:
    """Open the event if it is not open, and let phones sign in."""
    event = desk.event
    if event is None:
        return
    if event.opened_at is None:
        desk.do_deed(closing.open_doors(event.id))
    desk.at_door().want(event.id)


async def stop_door(desk: DeskBase) -> None:
    """No phones any more; names can still be signed in."""
    desk.at_door().stop_door()


async def reopen(desk: DeskBase) -> None:
    """Closed by mistake."""
    if desk.event is None:
        return
    event = desk.event.id
    form = Form("Open the event again", (Field("reason", "Reason", hint="why, in a few words"),), check=_reasoned)
    await ask(desk, form, lambda values: desk.do_deed(closing.reopen(event, values["reason"])))


def _reasoned(values: Values) -> str:
    return "" if tidy(values["reason"]) else str(Refused("reason-missing"))


# -- schedule --------------------------------------------------------------------------------------------------------


async def schedule(desk: DeskBase) -> None:
    """A plan, its session, the day and place; the plans are read in the reader's thread."""
    desk.feed.ask(questions.plans, lambda found: desk.call_later(_choose_plan, desk, *found))


async def _choose_plan(desk: DeskBase, plans: Sequence[Plan], broken: Sequence[str]) -> None:
    if broken:
        desk.say(broken[0], severity="error")
    options = [Option(plan.id, plan.title, _size(plan)) for plan in plans]
    by_id = {plan.id: plan for plan in plans}
    dialog = Choose("Schedule: which plan?", options, "There is no plan here: put one into the folder sessions/.")
    await ask(desk, dialog, lambda key: desk.call_later(_choose_session, desk, by_id[key]))


def _size(plan: Plan) -> str:
    number = len(plan.sessions)
    return f"{number} session{'s' if number > 1 else ''}, {hours_text(plan.approved_hundredths)} h"


async def _choose_session(desk: DeskBase, plan: Plan) -> None:
    if len(plan.sessions) == 1:
        _ask_past(desk, plan, plan.sessions[0].id)
        return
    options = [
        Option(one.id, f"{number} · {one.title}", f"{one.starts}, {length(one.minutes)}")
        for number, one in enumerate(plan.sessions, 1)
    ]
    dialog = Choose(f"Schedule: which session of {plain(plan.title)}?", options)
    await ask(desk, dialog, lambda key: _ask_past(desk, plan, key))


def _ask_past(desk: DeskBase, plan: Plan, session: str) -> None:
    """How long its segments took before is asked in the reader's thread; then it is asked where and when."""
    desk.feed.ask(past_minutes(plan.id, session), lambda known: desk.call_later(_where, desk, plan, session, known))


def _took(plan: Plan, session: str, known: Mapping[Name, Past]) -> Mapping[int, int]:
    chosen = plan.session(session)
    return offered(chosen.agenda, known) if chosen is not None else {}


async def _where(desk: DeskBase, plan: Plan, session: str, known: Mapping[Name, Past]) -> None:
    today = desk.now.astimezone(desk.zone).date()
    took = _took(plan, session, known)
    fields: tuple[Field, ...] = (
        Field("place", "Place", hint="where it takes place"),
        Field("day", "Day", today.isoformat()),
        Field("in_service", "In-service no.", hint="of the approval, if there is one"),
        Field("claim_code", "Claim code", hint="what people type into the platform"),
        Field("people", "People file", hint="CSV or XLSX of who is expected; may stay empty"),
    )
    if took:
        fields += (Field("minutes", "Minutes", "before", hint="before = as it took before, plan = as planned"),)

    def write(values: Values) -> None:
        when = date.fromisoformat(values["day"].strip())
        words = {name: values[name] for name in ("place", "in_service", "claim_code")}
        minutes = took if values.get("minutes", "").strip() == "before" else {}
        desk.do_deed(closing.schedule(plan, session, when, words, values["people"].strip(), minutes), draft="schedule")

    intro = "\n".join(filter(None, (plain(plan.title), _took_words(plan, session, took, known))))
    await ask(desk, Form("Schedule", fields, draft="schedule", intro=intro, check=_day_wrong), write)


def _took_words(plan: Plan, session: str, took: Mapping[int, int], known: Mapping[Name, Past]) -> str:
    """`Before it took (3 runs): Welcome 15 → 22, …`; "" where nothing is offered."""
    chosen = plan.session(session)
    if chosen is None or not took:
        return ""
    runs = max(one.runs for one in known.values())
    said = ", ".join(f"{plain(chosen.agenda[at].title)} {chosen.agenda[at].minutes} → {took[at]}" for at in took)
    return f"As it took before (median of {runs} run{'s' if runs > 1 else ''}, made to fit): {said}"


def _day_wrong(values: Values) -> str:
    try:
        date.fromisoformat(values["day"].strip())
    except ValueError:
        return Wrong("day", "The day is written like 2026-12-06.")
    if values.get("minutes", "plan").strip() not in ("before", "plan"):
        return Wrong("minutes", "Type before, or plan.")
    return ""


async def expect(desk: DeskBase) -> None:
    """Who is expected, from a file."""
    if desk.event is None:
        return
    event = desk.event.id
    fields = (Field("file", "People file", hint="CSV or XLSX"),)
    form = Form("Who is expected?", fields, hint="Enter reads it · Esc back", check=_file_wrong)
    await ask(desk, form, lambda values: desk.do_deed(closing.expect_file(event, Path(values["file"].strip()))))


def _file_wrong(values: Values) -> str:
    return "" if Path(values["file"].strip()).is_file() else "There is no such file: check the name and the folder."
