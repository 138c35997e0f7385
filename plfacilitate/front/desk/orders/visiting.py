"""A site visit at the desk: shown, observed stop by stop, taken from a file, printed.

Owns what Enter means on each line, and who observes where a laptop serves several. Blind: of what others observe it says
names and states only.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from plfacilitate.core.debrief.meetings import waiting_for
from plfacilitate.core.text import fold, plain, tidy
from plfacilitate.core.visiting.observation import NOTHING, Observation
from plfacilitate.core.visiting.plan import Stop
from plfacilitate.core.visiting.standing import standing
from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.desk.deeds import visiting as deeds
from plfacilitate.front.desk.dialogs.form import Field, Form
from plfacilitate.front.desk.dialogs.path import PickFile
from plfacilitate.front.desk.lists.visit_lines import VisitLine, mine
from plfacilitate.front.desk.orders import debriefing, filling, observing, visit_forms
from plfacilitate.front.desk.orders.views import room
from plfacilitate.front.desk.screens.visit import VisitScreen
from plfacilitate.front.widgets.dialogs.base import ask
from plfacilitate.front.widgets.dialogs.choose import Choose, Option
from plfacilitate.front.widgets.dialogs.confirm import Confirm

OTHER, DEBRIEF = "other", "debrief"
ANSWER_SECONDS = 0.05
FORMS = {
    "visit": visit_forms.purpose, "stop": visit_forms.edit_stop, "new": visit_forms.add_stop,
    "summary": visit_forms.sum_up,
}  # fmt: skip


async def show(desk: DeskBase) -> None:
    """The visit of the chosen event."""
    if desk.current_mode != "room":
        await room(desk)
    if not isinstance(desk.screen, VisitScreen):  # it may lie there still, from before another screen was looked at
        await desk.push_screen(VisitScreen())


async def chosen(desk: DeskBase) -> None:
    """Enter on a line: observe at a stop, go on with what has none, write the purpose or a part of the report."""
    line = _line(desk)
    if line is None or not desk.may_write:
        return
    if line.kind == "stop":
        await observe(desk)
    elif line.kind == "talk":
        await _open_talk(desk, line.key)
    elif line.kind == "purpose":
        await visit_forms.purpose(desk)
    elif line.kind == "part":
        await visit_forms.sum_up(desk)


async def open_form(desk: DeskBase, kind: str, stop: str) -> None:
    """A form that was left, over the visit's screen; `stop` is a stop's id, "" = a new one."""
    if not isinstance(desk.screen, VisitScreen):
        await show(desk)
    if desk.visit is None:  # the reader has not answered yet
        desk.set_timer(ANSWER_SECONDS, lambda: desk.call_later(open_form, desk, kind, stop))
        return
    if stop:
        desk.stop = stop
    await FORMS[kind if stop or kind != "stop" else "new"](desk)


# -- observing -------------------------------------------------------------------------------------------------------


async def observe(desk: DeskBase) -> None:
    """Begin at the stop under the cursor, or go on there: whoever has the laptop, unless they are done or not named."""
    found = _stop(desk)
    if found is None:
        return
    stop, there = found
    me = tidy(desk.around.by)
    going = mine(there, me)
    if going:
        await _go_on(desk, going[0].id)
    elif _is_due(stop, there, me):
        await _begin(desk, stop, there, me)
    else:
        await observe_as(desk)


async def observe_as(desk: DeskBase) -> None:
    """Ask who observes at the stop under the cursor: one laptop may serve several, one after the other."""
    found = _stop(desk)
    if found is None:
        return
    stop, there = found
    names = {fold(name): name for name in (*stop.team, tidy(desk.around.by), *(one.observer for one in there))}
    options = [option for name in names.values() if (option := _option(desk, stop, there, name)) is not None]
    options.append(Option(OTHER, "Somebody else", "begins"))
    if desk.visit is not None and standing(stop, there, desk.visit.agreed).state in ("done", "agreed"):
        options.insert(0, Option(DEBRIEF, "The debrief", "everybody is done"))
    chosen = partial(_observer, desk, stop, there)
    await ask(desk, Choose(plain(f"{stop.room}: who observes?"), options), chosen)


def _option(desk: DeskBase, stop: Stop, there: list[Observation], name: str) -> Option | None:
    """Go on, begin, or look at what one has ended oneself; None = another's notes, which stay closed."""
    going = mine(there, name)
    if going:
        return Option(f"go:{going[0].id}", name, f"goes on · {plain(going[0].protocol.title)}")
    own = [one for one in there if fold(one.observer) == fold(name)]
    if not own or _left(stop, there, name):
        return Option(f"begin:{name}", name, "begins")
    if fold(name) == fold(desk.around.by):
        return Option(f"go:{own[-1].id}", name, "done · look at it again")
    return None


def _observer(desk: DeskBase, stop: Stop, there: list[Observation], key: str) -> None:
    kind, _, rest = key.partition(":")
    if kind == "go":
        desk.call_later(_go_on, desk, rest)
    elif kind == "begin":
        desk.call_later(_begin, desk, stop, there, rest)
    elif kind == DEBRIEF:
        desk.call_later(debriefing.show, desk)
    else:
        desk.call_later(_somebody, desk, stop, there)


async def _somebody(desk: DeskBase, stop: Stop, there: list[Observation]) -> None:
    field = Field("observer", "Observer", hint="the name, as the debrief shows it")
    form = Form(
        plain(f"{stop.room}: who observes?"),
        (field,),
        check=lambda values: "" if tidy(values["observer"]) else "Whose eyes are these?",
        hint="Enter begins · Esc back",
    )
    await ask(desk, form, lambda values: desk.call_later(_begin, desk, stop, there, tidy(values["observer"])))


async def _begin(desk: DeskBase, stop: Stop, there: list[Observation], observer: str) -> None:
    """What is left to do there: by observing, else by asking."""
    from plfacilitate.shelf.protocols import kind_of

    left = _left(stop, there, observer) or stop.protocols
    talks = [one for one in left if kind_of(one, desk.around.workspace.protocols) == "interview"]
    if talks and len(talks) == len(left):
        await filling.interview(desk, stop.id, talks[0])
    else:
        await observing.begin(desk, stop.id, observer, tuple(one for one in left if one not in talks))


async def _go_on(desk: DeskBase, observation: str) -> None:
    """A talk, a form and what has ended item by item; else the script."""
    one = desk.visit.observation(observation) if desk.visit is not None else None
    if desk.event is None or one is None:
        return
    if one.protocol.kind == "interview" or one.means == "paper" or one.ended_at is not None:
        await filling.go_on(desk, observation)
    else:
        await observing.show(desk, desk.event.id, observation)


async def _open_talk(desk: DeskBase, observation: str) -> None:
    """What has no stop; another's notes only once somebody says that these are theirs, or everybody is done."""
    picture = desk.visit
    one = picture.observation(observation) if picture is not None else None
    if picture is None or one is None:
        return
    own = fold(one.observer) == fold(desk.around.by)
    if own or not (one.ended_at is None or waiting_for(picture, one.stop, one.protocol.id)):
        await _go_on(desk, observation)
        return
    words = f"These are the notes of {plain(one.observer)}, and not everybody is done. Go on as {plain(one.observer)}?"
    sure = partial(desk.call_later, _go_on, desk, observation)
    await ask(desk, Confirm(plain(one.protocol.title), words), lambda yes: sure() if yes else None)


async def rate(desk: DeskBase) -> None:
    """Item by item through what this laptop's observer noted at the stop under the cursor."""
    found = _stop(desk)
    me = tidy(desk.around.by)
    own = [one for one in found[1] if fold(one.observer) == fold(me)] if found is not None else []
    if len(own) == 1:
        await filling.go_on(desk, own[0].id)
    elif own:
        options = [Option(one.id, one.protocol.title, "open" if one.ended_at is None else "done") for one in own]
        await ask(desk, Choose("Rate which one?", options), lambda key: desk.call_later(filling.go_on, desk, key))
    else:
        desk.say(f"{plain(me)} has noted nothing here yet: Enter begins.")


async def not_begun(desk: DeskBase) -> None:
    """What was begun by mistake on the line under the cursor, while nothing is noted in it."""
    picture, event, line = desk.visit, desk.event, _line(desk)
    if picture is None or event is None or line is None:
        return
    here = picture.at(desk.stop) if desk.stop else [one for one in picture.observations if one.id == line.key]
    empty = [one for one in here if one.ended_at is None and _is_empty(one)]
    if not empty:
        desk.say("Nothing was begun here in which nothing is noted.")
    elif len(empty) == 1:
        desk.do_deed(deeds.take_back_beginning(event.id, empty[0].id))
    else:
        options = [Option(one.id, one.observer, plain(one.protocol.title)) for one in empty]
        dialog = Choose("Begun by mistake: which one?", options)
        await ask(desk, dialog, lambda key: desk.do_deed(deeds.take_back_beginning(event.id, key)))


def _is_empty(one: Observation) -> bool:
    return not one.lines and all(notes == NOTHING for notes in one.notes.values())


# -- paper and talks -------------------------------------------------------------------------------------------------


async def key_in(desk: DeskBase) -> None:
    """A form from paper, of the stop under the cursor; a form is always of a room."""
    if _stop(desk) is None:
        desk.say("Which room is it from? Put the cursor on its stop, then K.")
        return
    await filling.paper(desk, desk.stop)


async def interview(desk: DeskBase) -> None:
    """A talk; where a stop is under the cursor, in its room or beside the way."""
    found = _stop(desk)
    if found is None:
        await filling.interview(desk)
        return
    stop = found[0].id
    options = [
        Option("", "Beside the way", "the principal, students on a tour"),
        Option(stop, found[0].room, "in this room"),
    ]
    dialog = Choose("Interview: where?", options)
    await ask(desk, dialog, lambda key: desk.call_later(filling.interview, desk, key))


def _left(stop: Stop, there: list[Observation], observer: str) -> tuple[str, ...]:
    """The protocols of a stop that this observer has not begun."""
    begun = {one.protocol.id for one in there if fold(one.observer) == fold(observer)}
    return tuple(one for one in stop.protocols if one not in begun)


def _is_due(stop: Stop, there: list[Observation], observer: str) -> bool:
    """Whether this person is to observe there and has not."""
    if stop.team and fold(observer) not in map(fold, stop.team):
        return False
    return bool(_left(stop, there, observer)) or not any(fold(one.observer) == fold(observer) for one in there)


def _stop(desk: DeskBase) -> tuple[Stop, list[Observation]] | None:
    """The stop under the cursor, and what was observed there."""
    picture = desk.visit
    stop = picture.visit.stop(desk.stop) if picture is not None and picture.visit is not None else None
    return (stop, picture.at(stop.id)) if picture is not None and stop is not None else None


def _line(desk: DeskBase) -> VisitLine | None:
    return desk.screen.way.current if isinstance(desk.screen, VisitScreen) else None


# -- stops, file, paper ----------------------------------------------------------------------------------------------


async def take_stop_away(desk: DeskBase) -> None:
    """The stop under the cursor; refused where somebody has observed."""
    if desk.event is not None and desk.stop:
        desk.do_deed(deeds.take_stop_away(desk.event.id, desk.stop))


async def from_file(desk: DeskBase) -> None:
    """The visit as a file says."""
    if desk.event is None:
        return
    event = desk.event.id

    def take(path: Path) -> None:
        desk.do_deed(deeds.from_file(event, path), draft="visit-file")

    await ask(desk, PickFile("Take a visit from its file", (".toml",), draft="visit-file"), take)


async def print_page(desk: DeskBase) -> None:
    """The page for the school, as a PDF."""
    if desk.event is not None:
        desk.say("The page is being drawn …")
        desk.do_deed(deeds.print_page(desk.event.id))
