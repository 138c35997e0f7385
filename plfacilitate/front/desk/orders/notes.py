"""Notes and problems of practice, from any screen.

Owns their fields. What was typed is kept until it is in the ledger.
"""

from __future__ import annotations

from collections.abc import Mapping

from plfacilitate.core.minutes import clock, minute_of
from plfacilitate.core.text import plain, tidy
from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.desk.deeds import attendance as deeds
from plfacilitate.front.desk.dialogs.form import Field, Form, Wrong
from plfacilitate.front.desk.dialogs.noting import NoteForm
from plfacilitate.front.desk.lists.agenda import title_of
from plfacilitate.front.desk.orders.duedays import dated, due_field
from plfacilitate.front.desk.screens.notes import NotesScreen
from plfacilitate.front.widgets.dialogs.base import ask


def segment_of(desk: DeskBase) -> str:
    """What runs now: what is written down is tagged with it."""
    now = desk.standing
    return title_of(now.running) if now is not None else ""


async def note(desk: DeskBase) -> None:
    """A note, something for the parking lot, or a decision: stamped now, tagged with the segment that runs."""
    if not desk.may_write:
        desk.say(desk.why_not_write)
        return
    event = desk.event.id if desk.event is not None else None
    segment = segment_of(desk)
    draft = f"note:{event or ''}"

    def write(values: Mapping[str, str]) -> None:
        desk.do_deed(deeds.note(event, values["text"], segment, values["tag"]), draft=draft)

    await ask(desk, NoteForm(draft=draft, intro=_stamp(desk, segment)), write)


async def show(desk: DeskBase) -> None:
    """All notes of the event."""
    if desk.event is not None and not isinstance(desk.screen, NotesScreen):
        await desk.push_screen(NotesScreen())


async def next_kind(desk: DeskBase) -> None:
    """Another kind of notes is listed."""
    if isinstance(desk.screen, NotesScreen):
        desk.screen.turn()


def _stamp(desk: DeskBase, segment: str) -> str:
    zone = desk.event.zone if desk.event is not None else desk.zone
    return f"{clock(minute_of(desk.now), zone)}  {plain(segment) or 'outside the agenda'}"


async def popup(desk: DeskBase) -> None:
    """A problem of practice: owner, problem, how might we, ideas, commitment."""
    event = desk.event.id if desk.event is not None else None
    segment = segment_of(desk)
    draft = f"popup:{event or ''}"
    fields = (
        Field("owner", "Owner", hint="whose problem it is"),
        Field("problem", "Problem", lines=3, hint="what happens, and what was tried"),
        Field("how_might_we", "How might we", hint="one sentence"),
        Field("ideas", "Ideas", lines=4, hint="one a line"),
        Field("what", "Commitment", hint="what will be tried"),
        Field("first_step", "First step"),
        Field("who", "Who"),
        due_field(desk),
    )
    form = Form(
        "POP-up: a problem of practice",
        fields,
        draft=draft,
        intro=_stamp(desk, segment),
        check=_popup_wrong,
        hint="Tab next field · F2 keeps it · Esc back, the text is kept",
    )
    await ask(
        desk,
        form,
        lambda values: desk.do_deed(deeds.popup(event, _body(dated(values, desk.around.today), segment)), draft=draft),
    )


def _popup_wrong(values: Mapping[str, str]) -> str:
    missing = next((name for name in ("owner", "problem") if not values[name].strip()), "")
    return Wrong(missing, "Say at least whose problem it is, and what.") if missing else ""


def _body(values: Mapping[str, str], segment: str) -> dict[str, object]:
    commitment = {key: tidy(values[key]) for key in ("what", "first_step", "who", "due")}
    return {
        "owner": tidy(values["owner"]),
        "problem": values["problem"].strip(),
        "how_might_we": tidy(values["how_might_we"]),
        "ideas": [tidy(line) for line in values["ideas"].splitlines() if line.strip()],
        "commitment": commitment if any(commitment.values()) else None,
        "segment": segment,
    }
