"""Polls at the desk: ask, open what is ready, show on the wall, close.

Owns what is asked of the facilitator. What was typed is kept until it is in the ledger.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from plfacilitate.core.plan import Question, ReadyPoll
from plfacilitate.core.polls.asking import MOST_QUESTIONS, STEPS, checked, choices_of, kind_of, question_of, steps_of
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import plain, tidy
from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.desk.deeds import polls as deeds
from plfacilitate.front.desk.dialogs.form import Field, Form, Values, Wrong
from plfacilitate.front.desk.lists.poll_lines import ready_of
from plfacilitate.front.desk.orders import notes
from plfacilitate.front.desk.screens.polls import PollsScreen
from plfacilitate.front.widgets.dialogs.base import ask
from plfacilitate.front.widgets.dialogs.confirm import Confirm


async def show(desk: DeskBase) -> None:
    """The polls of the event."""
    if desk.event is not None and not isinstance(desk.screen, PollsScreen):
        await desk.push_screen(PollsScreen())


async def _open(desk: DeskBase, asked: ReadyPoll, draft: str = "") -> None:
    """Ask the phones, and look at what comes."""
    if desk.event is not None:
        desk.do_deed(deeds.ask(desk.event.id, asked, notes.segment_of(desk)), draft=draft)
        await show(desk)


async def new(desk: DeskBase) -> None:
    """One question: its words, its choices, and its kind where the choices don't say it."""
    event = desk.event
    if event is None:
        return
    draft = f"poll-new:{event.id}"
    fields = (
        Field("ask", "Question", hint="How is the pace?"),
        Field("options", "Choices", hint="slow / right / fast · none: in words"),
        Field("kind", "Kind", hint="one · several · 1-5 · text · or nothing"),
    )
    form = Form(
        "Ask the phones", fields, draft=draft, check=_question_wrong,
        hint="Enter next, then phones are asked · Esc back, the text is kept",
    )  # fmt: skip

    def write(values: Values) -> None:
        desk.call_later(_open, desk, ReadyPoll("", "", (_question(values),)), draft)

    await ask(desk, form, write)


def _question(values: Values) -> Question:
    options = choices_of(values["options"])
    kind = kind_of(values["kind"], options)
    if kind is None:
        raise Refused("poll-kind", kind=plain(values["kind"]))
    steps = steps_of(values["kind"]) if kind == "scale" else STEPS
    return checked(Question("q1", kind, tidy(values["ask"]), options if kind in ("choice", "several") else (), steps))


def _question_wrong(values: Values) -> str:
    try:
        _question(values)
    except Refused as no:
        fields = {"poll-kind": "kind", "poll-choices": "options"}
        return Wrong(fields.get(no.refusal.code, "ask"), str(no))
    return ""


async def exit_ticket(desk: DeskBase) -> None:
    """One to five questions, one a line; who signs out is shown them too."""
    event = desk.event
    if event is None:
        return
    draft = f"poll-exit:{event.id}"
    fields = (
        Field("title", "Title", "Exit ticket"),
        Field(
            "questions",
            "Questions",
            lines=6,
            hint="How clear was it? 1-5",
        ),
    )
    form = Form(
        "Exit ticket", fields, draft=draft, check=_ticket_wrong, begin="questions",
        intro="Behind a question mark: 1-5, or choices between slashes, * before several; nothing = in words.",
        hint="F2 asks the phones · Esc back, the text is kept",
    )  # fmt: skip

    def write(values: Values) -> None:
        asked = ReadyPoll("", tidy(values["title"]), _questions(values), exit=True)
        desk.call_later(_open, desk, asked, draft)

    await ask(desk, form, write)


def _questions(values: Values) -> tuple[Question, ...]:
    lines = [line for line in values["questions"].splitlines() if line.strip()]
    if not lines:
        raise Refused("poll-empty")
    if len(lines) > MOST_QUESTIONS:
        raise Refused("poll-many", count=len(lines), most=MOST_QUESTIONS)
    return tuple(question_of(line, number) for number, line in enumerate(lines, start=1))


def _ticket_wrong(values: Values) -> str:
    try:
        _questions(values)
    except Refused as no:
        return Wrong("questions", str(no))
    return ""


async def open_ready(desk: DeskBase, poll: str) -> None:
    """One that the plan has ready."""
    found = ready_of(desk.event, poll) if desk.event is not None else None
    if found is not None and desk.may_write:
        await _open(desk, found)


async def wall_counts(desk: DeskBase) -> None:
    """Counts on the wall, or not."""
    _turn(desk, "counts")


async def wall_texts(desk: DeskBase) -> None:
    """What was written on the wall, or not."""
    _turn(desk, "texts")


def _turn(desk: DeskBase, what: str) -> None:
    one = desk.poll
    if one is None or desk.event is None:
        return
    if what == "counts" and not one.open:
        desk.say("It is closed: the wall shows its counts.")
    else:
        desk.do_deed(deeds.turn(desk.event.id, one.id, what))


async def close(desk: DeskBase) -> None:
    """Closed and counted, after a question."""
    one, board, event = desk.poll, desk.polls, desk.event
    if one is None or board is None or event is None:
        return
    came = board.came(one)
    words = f"{came} of {desk.room.present} have answered. Close it and count? It can't be opened again."
    deed = deeds.close(event.id, one.id)
    await ask(desk, Confirm("Close", words), lambda yes: desk.do_deed(deed) if yes else None)


FORMS: Mapping[str, Callable[[DeskBase], Awaitable[None]]] = {"poll-new": new, "poll-exit": exit_ticket}
