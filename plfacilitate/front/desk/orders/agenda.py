"""The agenda: its screen, and what its keys ask for.

Owns what is asked before. What may be done when is the step's business.
"""

from __future__ import annotations

from plfacilitate.core.keeping.past import by_place
from plfacilitate.core.keeping.run import MOST_MINUTES
from plfacilitate.core.keeping.standing import Line
from plfacilitate.core.text import plain
from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.desk.deeds import agenda as deeds
from plfacilitate.front.desk.dialogs.form import Field, Form, Values, Wrong
from plfacilitate.front.desk.lists.agenda import at_clock, title_of
from plfacilitate.front.desk.orders.correcting import REASON, timed
from plfacilitate.front.widgets.dialogs.base import ask


async def show(desk: DeskBase) -> None:
    """The agenda of the day; from there back again."""
    from plfacilitate.front.desk.screens.agenda import AgendaScreen

    if isinstance(desk.screen, AgendaScreen):
        await desk.pop_screen()
    else:
        await desk.push_screen(AgendaScreen())


async def move_on(desk: DeskBase) -> None:
    """The next segment begins."""
    if desk.watched:
        desk.do_deed(deeds.move_on(desk.watched))


async def start(desk: DeskBase) -> None:
    """The segment under the cursor begins."""
    if desk.watched and desk.segment is not None:
        desk.do_deed(deeds.start(desk.watched, desk.segment))


async def pause(desk: DeskBase) -> None:
    """The clock stands still, or goes on."""
    if desk.watched:
        desk.do_deed(deeds.pause(desk.watched))


async def longer(desk: DeskBase) -> None:
    """One minute more."""
    if desk.watched:
        desk.do_deed(deeds.add(desk.watched, 1))


async def shorter(desk: DeskBase) -> None:
    """One minute less."""
    if desk.watched:
        desk.do_deed(deeds.add(desk.watched, -1))


async def spread(desk: DeskBase) -> None:
    """What is left is made to fit."""
    if desk.watched:
        desk.do_deed(deeds.spread(desk.watched))


async def set_minutes(desk: DeskBase) -> None:
    """So many minutes for the segment under the cursor; what it took before is offered."""
    line = _line(desk)
    if line is None:
        return
    event, place, segment = desk.watched or "", line.place, line.span.segment
    before = by_place([span.segment for span in desk.room.run.spans], desk.past).get(place)
    told = [f"Planned are {segment.minutes} min, meant now {line.minutes}."]
    if before is not None:
        told.append(f"It took {before.minutes} min before (median of {before.runs}).")
    value = before.minutes if before is not None else line.minutes
    form = Form(
        plain(segment.title), (Field("minutes", "Minutes", str(value)),), intro=" ".join(told), check=_no_minutes,
        hint="Enter keeps it · Esc back",
    )  # fmt: skip
    await ask(desk, form, lambda values: desk.do_deed(deeds.set_minutes(event, {place: int(values["minutes"])})))


def _no_minutes(values: Values) -> str:
    text = values["minutes"].strip()
    right = text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_MINUTES
    return "" if right else Wrong("minutes", f"Type whole minutes, from 1 to {MOST_MINUTES}.")


async def take_past(desk: DeskBase) -> None:
    """What is still to come is meant to take what it took before, made to fit."""
    if desk.watched:
        before = by_place([span.segment for span in desk.room.run.spans], desk.past)
        desk.do_deed(deeds.take_past(desk.watched, {place: one.minutes for place, one in before.items()}))


async def began_at(desk: DeskBase) -> None:
    """The segment under the cursor began at another time."""
    line, event = _line(desk), desk.event
    if line is None or event is None:
        return
    said = line.begins if line.state != "coming" and line.begins is not None else line.span.starts_at
    fields = (Field("time", "Began at", at_clock(min(said, desk.now), event)), REASON)

    def write(values: Values) -> None:
        desk.do_deed(deeds.began_at(event.id, line.place, values["time"], values["reason"]))

    await ask(desk, Form(f"When did it begin? {plain(title_of(line))}", fields, check=timed(event)), write)


async def sound(desk: DeskBase) -> None:
    """The bell on or off, also for the days to come."""
    desk.chime.on = not desk.chime.on
    desk.remember(desk.settings._replace(sound=desk.chime.on))
    desk.say("Sound on: once at orange, twice at red, three times at the end" if desk.chime.on else "Sound off")


def _line(desk: DeskBase) -> Line | None:
    """The segment under the cursor."""
    now = desk.standing
    return now.lines[desk.segment] if now is not None and desk.segment is not None else None
