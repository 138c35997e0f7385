"""Lines that were written down while a protocol was led: read, said in other words, made a commitment, taken away.

Owns what is asked before. What a line becomes is the step's business.
"""

from __future__ import annotations

from plfacilitate.core.running.run import Captured, Run
from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.desk.deeds import running as deeds
from plfacilitate.front.desk.dialogs.form import Field, Form, Values, Wrong
from plfacilitate.front.desk.orders.duedays import dated, due_field
from plfacilitate.front.desk.screens.run import RunScreen
from plfacilitate.front.widgets.dialogs.base import ask

DRAFT = "led-line"
_HINT = "Enter next, then kept · Esc back, the text is kept"


async def show(desk: DeskBase) -> None:
    """Everything that was written down, step by step; from there a line is put right."""
    from plfacilitate.front.desk.dialogs.written import Wanted, WrittenDown

    screen = desk.screen
    run = screen.led if isinstance(screen, RunScreen) else None
    if not isinstance(screen, RunScreen) or run is None:
        return

    def wanted(found: Wanted) -> None:
        if found.what == "away":
            desk.do_deed(deeds.taken_away(run, found.line.entry))
        elif found.what == "promise" or found.line.kind == "commitment":
            desk.call_later(_promise, desk, run, found.line)
        else:
            desk.call_later(_reword, desk, run, found.line)

    await ask(desk, WrittenDown(run, screen.zone, may_write=desk.may_write), wanted)


async def _reword(desk: DeskBase, run: Run, line: Captured) -> None:
    draft = _draft(run, line)
    form = Form(
        "In other words", (Field("text", "", line.text, lines=4, enter_saves=True),), draft=draft,
        check=lambda values: "" if values["text"].strip() else "A line needs a word; x takes it away.",
        hint="Enter keeps it · Esc back, the text is kept",
    )  # fmt: skip
    await ask(desk, form, lambda values: desk.do_deed(deeds.reworded(run, line.entry, values["text"]), draft=draft))


async def _promise(desk: DeskBase, run: Run, line: Captured) -> None:
    """Whose it is, the first step, by when; what is left empty can be said later."""
    draft = _draft(run, line)
    fields = (
        Field("what", "Will try", line.text, hint="what will be tried"),
        Field("who", "Who", line.who, hint="or empty: not said yet"),
        Field("first_step", "First step", line.first_step),
        due_field(desk, line.due),
    )
    form = Form("Commitment", fields, draft=draft, check=_wrong, hint=_HINT)

    def write(values: Values) -> None:
        desk.do_deed(deeds.promised(run, line.entry, dated(values, desk.around.today)), draft=draft)

    await ask(desk, form, write)


def _wrong(values: Values) -> str:
    return "" if values["what"].strip() else Wrong("what", "Say at least what will be tried.")


def _draft(run: Run, line: Captured) -> str:
    return f"{DRAFT}:{run.event}:{run.id}:{line.entry}"
