"""What Enter does on each step of closing the day.

Owns the questions before a step that can't be taken back.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from plfacilitate.core.text import has_password, plain
from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.desk.deeds import closing as deeds
from plfacilitate.front.desk.deeds import handing, receipts
from plfacilitate.front.desk.dialogs.form import Field, Form, Values, Wrong
from plfacilitate.front.desk.dialogs.sure import if_sure, long_before_end
from plfacilitate.front.desk.lists.closing import Name, Step
from plfacilitate.front.desk.orders import day, reviewing, signing, unnaming, visiting
from plfacilitate.front.desk.painting.sheethours import still_open, totals
from plfacilitate.front.widgets.dialogs.base import ask
from plfacilitate.front.widgets.dialogs.confirm import Confirm

NOBODY = frozenset({"root", "admin", "administrator", "user"})
"""Names of accounts, which are nobody's word."""


async def do_step(desk: DeskBase, step: Step) -> None:
    """Do this step, or say what has to come before it."""
    if not desk.may_write:
        desk.say("This desk is open to read only.")
    elif desk.room.cleared:
        desk.say(desk.room.cleared)
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
    field = Field("name", "Approved by", "" if name.lower() in NOBODY else name, hint="the name on the sheet")
    doubts = sum(1 for row in desk.room.rows if row.doubtful)
    intro = f"{sum(1 for row in desk.room.rows if row.came)} people signed in. Their times and hours are right."
    if desk.hours:
        intro = f"{totals(desk.hours)}. These times and hours are right."
    if open_still := still_open(desk.room):
        intro += f"\nStill open: {open_still}."
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
        Field("to", "To", hint="a folder, a stick, sftp://… or s3://…"),
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
    if has_password(values["to"]):
        return Wrong("to", "Leave the password out: plfacilitate place login keeps it in the system's keyring.")
    given = [name for name in ("to", "by_hand") if values[name].strip()]
    return "" if len(given) == 1 else "Fill in one of the two."


async def _confirm(desk: DeskBase, event: str, values: Values) -> None:
    to, by_hand = values["to"].strip(), values["by_hand"].strip()
    draft = f"hand-over:{event}"
    words = f"Send the bundles, the sheet and the table to {to}?"
    if not to:
        words = f"Mark all as handed over to {by_hand}, by {desk.around.by} and now?"

    def write(sure: bool) -> None:
        if sure and to:
            desk.do_deed(handing.hand_over(event, to, desk.carrier), draft=draft)
        elif sure:
            desk.do_deed(handing.mark_handed_over(event, by_hand), draft=draft)

    await ask(desk, Confirm("Hand over", f"{plain(words)} It can't be taken back."), write)


async def stop_sending(desk: DeskBase) -> None:
    """What is on its way stays here; what is there already stays there."""
    if desk.event is not None:
        desk.carrier.stop(desk.event.id)


async def write_mail(desk: DeskBase) -> None:
    """Sheet, table and parcel as a mail that is ready to be sent."""
    if desk.event is not None:
        desk.do_deed(handing.write_mail(desk.event.id))


async def _receipt(desk: DeskBase) -> None:
    """Every receipt that lies where the parcels were sent; asked for a place only where some are missing there."""
    if desk.event is None:
        return
    event = desk.event.id

    def nothing_there(words: str) -> None:
        desk.call_later(_where_receipts, desk, event, words)

    desk.do_deed(receipts.look_for_receipts(event, desk.carrier, nothing_there))


async def _where_receipts(desk: DeskBase, event: str, words: str) -> None:
    field = Field("file", "Receipts", hint="a folder, or one file")
    form = Form("Read the receipts", (field,), intro=words, check=_there, hint="Enter looks there · Esc back")

    def chosen(values: Values) -> None:
        desk.do_deed(receipts.read_receipts(event, Path(values["file"].strip())))

    await ask(desk, form, chosen)


def _there(values: Values) -> str:
    name = values["file"].strip()
    return "" if name and Path(name).exists() else "There is no such file or folder: check the name."


_DOES: Mapping[Name, Callable[[DeskBase], Awaitable[None]]] = {
    "still-in": signing.everyone_out,
    "not-seen": _look,
    "walk-ins": _look,
    "doubles": _look,
    "doubts": reviewing.next_doubt,
    "requests": _look,
    "head-count": day.head_count,
    "observers": visiting.show,
    "names": unnaming.look,
    "close": _close,
    "approve": _approve,
    "pack": _pack,
    "hand-over": hand_over,
    "receipt": _receipt,
}
