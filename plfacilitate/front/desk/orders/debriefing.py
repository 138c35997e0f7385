"""The debrief at the desk: which one, laying notes open, agreeing on an item.

Owns what is asked. What was typed is kept until it is in the ledger.
"""

from __future__ import annotations

from plfacilitate.core.debrief.compared import Talk, agreed_text, title_of
from plfacilitate.core.debrief.differing import kind_of, listed
from plfacilitate.core.debrief.meetings import Debrief, Meeting, meetings
from plfacilitate.core.noting.filling import Unclear, hint, read
from plfacilitate.core.protocol import Item, Prompt
from plfacilitate.core.text import plain, tidy
from plfacilitate.core.visiting.fold import Agreed, VisitPicture
from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.desk.deeds import debrief as deeds
from plfacilitate.front.desk.dialogs.agreeing import Agreeing, Figures
from plfacilitate.front.desk.dialogs.form import Field, Values
from plfacilitate.front.desk.lists.talks import place_text
from plfacilitate.front.desk.orders.views import back
from plfacilitate.front.desk.screens.debrief import DebriefScreen
from plfacilitate.front.widgets.dialogs.base import ask
from plfacilitate.front.widgets.dialogs.choose import Choose, Option
from plfacilitate.front.widgets.dialogs.confirm import Confirm

Place = tuple[str, str, str]
"""Event, stop, protocol."""


async def show(desk: DeskBase) -> None:
    """The debrief of the visit, of the stop under the cursor where there is one."""
    if desk.event is not None:
        await desk.push_screen(DebriefScreen(desk.stop))


async def go_on_with(desk: DeskBase, place: str) -> None:
    """What was being agreed on: stop, protocol and item, with colons between."""
    stop, _, rest = place.partition(":")
    protocol, _, item = rest.partition(":")
    await desk.push_screen(DebriefScreen(stop, protocol, item))


async def choose(desk: DeskBase) -> None:
    """Which stop and protocol."""
    screen, picture = desk.screen, desk.visit
    if not isinstance(screen, DebriefScreen) or picture is None:
        return
    found = list(meetings(picture))
    if not screen.protocol:
        found.sort(key=lambda one: one.stop != screen.stop)  # the stop under the cursor comes first
    options = [Option(str(number), *_words(picture, one)) for number, one in enumerate(found)]
    dialog = Choose("Which debrief?", options, "Nobody has observed anything yet.")

    def chosen(key: str | None) -> None:
        if key is not None:
            screen.turn_to(found[int(key)].stop, found[int(key)].protocol)
        elif not screen.protocol:
            desk.call_later(back, desk)  # none was chosen yet, so there is nothing to go back to

    await desk.push_screen(dialog, chosen)
    dialog.set_focus(dialog.first())


def _words(picture: VisitPicture, one: Meeting) -> tuple[str, str]:
    note = f"waits for {listed(one.waits)}" if one.waits and not one.opened else f"{len(one.names)} observed"
    return plain(f"{place_text(picture, one.stop)} · {one.title}"), plain(note)


async def lay_open(desk: DeskBase) -> None:
    """Show the notes before everybody is done, once somebody says y."""
    table, event = desk.table, desk.event
    if table is None or event is None:
        return
    one = table.meeting
    words = (
        f"{plain(listed(one.waits))} {'is' if len(one.waits) == 1 else 'are'} not done yet. Who has seen what others"
        " noted does not score blind any more. A note will say that the notes were laid open.\n\nLay them open?"
    )
    deed = deeds.lay_open(event.id, one.stop, one.protocol, one.title, one.waits)
    await ask(desk, Confirm("Lay the notes open", words), lambda yes: desk.do_deed(deed) if yes else None)


async def agree(desk: DeskBase, typed: str = "") -> None:
    """What is agreed on the item under the cursor: a value as it would be noted, and why. `typed` = the value begun."""
    found = _under_cursor(desk)
    if found is None:
        return
    screen, place, opened, one = found
    part, levels = one.part, len(opened.protocol.levels)
    if bool(typed) and (typed in ("y", "n", "-")) != (kind_of(part) == "look-for"):
        return
    draft = ":".join(("agreed", *place, part.id))
    if typed and desk.drafts.read(draft):
        desk.drafts.keep(draft, {**desk.drafts.read(draft), "value": typed})
    fields = _fields(opened, part, typed)
    said = zip(opened.voices, one.said, strict=True)
    whole = bool(typed) and kind_of(part) in ("look-for", "rating", "prompt")  # one key says it: on to the reason
    form = Agreeing(
        title_of(part),
        fields,
        draft=draft,
        intro=plain(" · ".join(f"{voice.name} {mine.text or 'left it out'}" for voice, mine in said)),
        check=lambda values: _wrong(part, levels, values),
        begin="note" if whole else fields[0].name,
        hint=f"Enter {'next, then ' if len(fields) > 1 and not whole else ''}agreed · Esc back, the text is kept",
    )

    def write(values: Values) -> None:
        value, words = _read(part, levels, values)
        shown = agreed_text(part, value, opened.protocol)
        desk.do_deed(deeds.agree(*place, part.id, title_of(part), value, words, shown), draft=draft)
        screen.go_on()

    await ask(desk, form, write)


def _fields(opened: Debrief, part: Item | Prompt, typed: str) -> list[Field]:
    stands, levels = opened.agreed.get(part.id), len(opened.protocol.levels)
    valued = _takes_value(part, levels)
    words = stands.note if stands is not None else ""
    note = Field("note", "Why" if valued else "In words", words, hint="what settled it, in a few words")
    if not valued:
        return [note]
    return [Field("value", "Agreed", typed or _standing(stands), hint=hint(part, levels=levels)), note]


async def take_away(desk: DeskBase) -> None:
    """What was agreed on the item under the cursor does not stand any more."""
    found = _under_cursor(desk)
    if found is not None:
        _, place, opened, one = found
        if one.part.id in opened.agreed:
            desk.do_deed(deeds.take_agreed_away(*place, one.part.id, title_of(one.part)))


def _under_cursor(desk: DeskBase) -> tuple[DebriefScreen, Place, Debrief, Talk] | None:
    """The screen, its event, stop and protocol, and the item on which the cursor stands now; None = nothing is laid open."""
    screen, event = desk.screen, desk.event
    if not isinstance(screen, DebriefScreen) or event is None:
        return None
    screen.repaint()
    table = desk.table
    if table is None or table.debrief is None or table.talk is None:
        return None
    return screen, (event.id, table.meeting.stop, table.meeting.protocol), table.debrief, table.talk


async def figures(desk: DeskBase) -> None:
    """Every figure of agreement."""
    if desk.table is not None and desk.table.debrief is not None:
        await ask(desk, Figures(desk.table.debrief), None)


# -- what is typed ---------------------------------------------------------------------------------------------------


def _takes_value(part: Item | Prompt, levels: int) -> bool:
    """Words and what was seen glance by glance are agreed on in words."""
    return kind_of(part) not in ("text", "snapshot") and (isinstance(part, Item) or bool(levels))


def _standing(stands: Agreed | None) -> str:
    """What is agreed already, as it is typed."""
    if stands is None or stands.value is None:
        return ""
    return " ".join(stands.value) if isinstance(stands.value, tuple) else str(stands.value)


def _read(part: Item | Prompt, levels: int, values: Values) -> tuple[str | int | tuple[str, ...] | None, str]:
    """The value and the words. Raises `Unclear`."""
    text, note = values.get("value", "").strip(), tidy(values["note"])
    if not text:
        return None, note
    said = read(part, text, levels=levels)[0]
    value = said.value if isinstance(said.value, str | int | tuple) else None
    return value, " ".join(filter(None, (said.words, note)))


def _wrong(part: Item | Prompt, levels: int, values: Values) -> str:
    try:
        value, words = _read(part, levels, values)
    except Unclear as no:
        return f"{str(no)[:1].upper()}{str(no)[1:]}."
    return "" if value is not None or words else "Say what is agreed, or in words why nothing is."
