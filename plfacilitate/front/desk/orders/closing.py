"""What Enter does on each step of closing the day.

Owns the questions before a step that can't be taken back.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from plfacilitate.core.text import plain
from plfacilitate.front.desk import deeds_of_closing as deeds
from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.desk.closing import Name, Step
from plfacilitate.front.desk.dialogs.base import ask
from plfacilitate.front.desk.dialogs.confirm import Confirm
from plfacilitate.front.desk.dialogs.form import Field, Form, Values
from plfacilitate.front.desk.orders import day, reviewing, signing
from plfacilitate.front.desk.orders.sure import if_sure, long_before_end


async def do_step(desk: DeskBase, step: Step) -> None:
    """Do this step, or say what has to come before it."""
    if not desk.may_write:
        desk.say("This desk is open to read only.")
    elif step.ready or (step.name == "approve" and step.done):
        await _DOES[step.name](desk)
    elif not step.done:
        desk.say(f"{step.text}: the steps above come first.")


async def _look(desk: DeskBase) -> None:
    """Nothing to do: the people are listed below."""
    desk.screen.focus_next()


async def _close(desk: DeskBase) -> None:
    event = desk.event
    if event is not None:
        question = long_before_end(desk, event)
        await if_sure(desk, "Close the doors", question, lambda: desk.do_deed(deeds.close_doors(event.id)))


async def _approve(desk: DeskBase) -> None:
    if desk.event is None:
        return
    event, name = desk.event.id, desk.around.by
    field = Field("name", "Approved by", name)
    doubts = sum(1 for row in desk.room.rows if row.doubtful)
    intro = f"{sum(1 for row in desk.room.rows if row.came)} people signed in. Their times and hours are right."
    if doubts:
        intro += f"\n⚑ {doubts} of them still wait for a decision: their hours stay pending."
    form = Form("Approve the sheet", (field,), intro=intro, hint="Enter approves · Esc back", check=_named)
    await ask(desk, form, lambda values: desk.do_deed(deeds.approve(event, values["name"])))


def _named(values: Values) -> str:
    return "" if values["name"].strip() else "Whose word is it? Type a name."


async def _pack(desk: DeskBase) -> None:
    if desk.event is not None:
        desk.work("packing")
        desk.do_deed(deeds.pack(desk.event.id, desk.work))


async def hand_over(desk: DeskBase) -> None:
    """To a folder, or marked by hand; the sending itself is confirmed."""
    if desk.event is None:
        return
    event = desk.event.id
    fields = (
        Field("to", "To", hint="a folder, such as a stick or the office's share"),
        Field("by_hand", "Or by hand", hint="where it was uploaded or mailed to"),
    )
    form = Form(
        "Hand over",
        fields,
        draft=f"hand-over:{event}",
        check=_one_of_both,
        hint="Enter next, then done · Esc back, the text is kept",
    )

    def chosen(values: Values) -> None:
        desk.call_later(_confirm, desk, event, values)

    await ask(desk, form, chosen)


def _one_of_both(values: Values) -> str:
    given = [name for name in ("to", "by_hand") if values[name].strip()]
    return "" if len(given) == 1 else "Fill in one of the two."


async def _confirm(desk: DeskBase, event: str, values: Values) -> None:
    to, by_hand = values["to"].strip(), values["by_hand"].strip()
    draft = f"hand-over:{event}"
    words = f"Send the bundles, the sheet and the table to {to}?" if to else f"Mark all as handed over to {by_hand}?"

    def write(sure: bool) -> None:
        if sure and to:
            desk.work("sending")
            desk.do_deed(deeds.send(event, to, desk.work), draft=draft)
        elif sure:
            desk.do_deed(deeds.mark_handed_over(event, by_hand), draft=draft)

    await ask(desk, Confirm("Hand over", f"{plain(words)} It can't be taken back."), write)


async def _receipt(desk: DeskBase) -> None:
    field = Field("file", "Receipt", hint="the file that the office sent")
    form = Form("Read the receipt", (field,), check=_there, hint="Enter reads it · Esc back")
    await ask(desk, form, lambda values: desk.do_deed(deeds.take_receipt(Path(values["file"].strip()))))


def _there(values: Values) -> str:
    name = values["file"].strip()
    return "" if name and Path(name).is_file() else "There is no such file: check the name and the folder."


_DOES: Mapping[Name, Callable[[DeskBase], Awaitable[None]]] = {
    "still-in": signing.everyone_out,
    "not-seen": _look,
    "walk-ins": _look,
    "doubles": _look,
    "doubts": reviewing.next_doubt,
    "requests": _look,
    "head-count": day.head_count,
    "close": _close,
    "approve": _approve,
    "pack": _pack,
    "hand-over": hand_over,
    "receipt": _receipt,
}
