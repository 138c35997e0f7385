"""The forms of a site visit: what it is for, a stop, what the team writes into the report.

Owns the fields, and what is wrong with what was typed. What may be announced is a step's business (`steps.visiting`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from plfacilitate.core.text import plain, tidy
from plfacilitate.core.visiting.itinerary import clock_time, troubles
from plfacilitate.core.visiting.plan import PARTS, ROOMS, Rooms, Stop, Visit
from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.desk.deeds import visiting as deeds
from plfacilitate.front.desk.dialogs.form import Field, Form, Values, Wrong
from plfacilitate.front.desk.screens.visit import VisitScreen
from plfacilitate.front.widgets.dialogs.base import ask

NEW = Stop("", "")
NO_TIME = "{text} is no time of day: write it as 9:05."


# -- purpose and look-fors -------------------------------------------------------------------------------------------


async def purpose(desk: DeskBase) -> None:
    """School, purpose, look-fors, hosts, debrief; and rooms, where the office leaves a choice."""
    from plfacilitate.steps.visiting import allowed_rooms

    if desk.event is None:
        return
    event, allowed = desk.event.id, allowed_rooms(desk.event)
    known = _visit(desk)
    visit = known or Visit(desk.event.place, "", rooms=allowed)
    fields = [
        Field("school", "School", visit.school),
        Field(
            "purpose",
            "Purpose",
            visit.purpose,
            lines=3,
            hint="what the team wants to learn; the school reads it before",
        ),
        Field("look_fors", "Look-fors", "\n".join(visit.look_fors), lines=4, hint="one a line"),
        Field("hosts", "Hosts", "; ".join(visit.hosts), hint="who receives the team; semicolons between several"),
        Field("debrief", "Debrief", visit.debrief, hint="when it begins, such as 12:25"),
    ]
    if allowed == "named":
        fields.append(Field("rooms", "Rooms", visit.rooms, hint="in the report: anonymous or named"))
    draft = f"visit:{event}"

    def write(values: Values) -> None:
        desk.do_deed(
            deeds.announce(event, lambda now: _purposeful(now or visit, values), "The visit is announced so"),
            draft=draft,
        )

    form = Form(
        "What the visit is for",
        fields,
        draft=draft,
        check=lambda values: _purpose_wrong(visit, values),
        begin="purpose" if visit.school else "school",
        hint="Tab next field · F2 keeps it · Esc back, the text is kept",
    )
    await ask(desk, form, write)


def _purposeful(visit: Visit, values: Values) -> Visit:
    return replace(
        visit,
        school=tidy(values["school"]),
        purpose=tidy(values["purpose"]),
        look_fors=tuple(filter(None, map(tidy, values["look_fors"].splitlines()))),
        hosts=_parted(values["hosts"], ";"),
        debrief=_time(values["debrief"]) or "",
        rooms=_rooms(values.get("rooms", visit.rooms)) or visit.rooms,
    )


def _purpose_wrong(visit: Visit, values: Values) -> str:
    missing = next((name for name in ("school", "purpose") if not tidy(values[name])), "")
    if missing:
        return Wrong(missing, "Say at least which school, and what for.")
    if _time(values["debrief"]) is None:
        return Wrong("debrief", NO_TIME.format(text=plain(values["debrief"])))
    if _rooms(values.get("rooms", visit.rooms)) is None:
        return Wrong("rooms", "Rooms are anonymous or named.")
    return _not_walkable(_purposeful(visit, values))


# -- stops -----------------------------------------------------------------------------------------------------------


async def add_stop(desk: DeskBase) -> None:
    """One stop more; without a visit its purpose first."""
    if _visit(desk) is None:
        await purpose(desk)
    else:
        await _stop_form(desk, NEW)


async def edit_stop(desk: DeskBase) -> None:
    """The stop under the cursor."""
    visit = _visit(desk)
    stop = visit.stop(desk.stop) if visit is not None else None
    if stop is not None:
        await _stop_form(desk, stop)


async def _stop_form(desk: DeskBase, stop: Stop) -> None:
    from plfacilitate.shelf.protocols import for_stops

    visit, event = _visit(desk), desk.event
    if visit is None or event is None:
        return
    own = desk.around.workspace.protocols
    fields = (
        Field("room", "Room", stop.room, hint="how the team finds it"),
        Field("starts", "Begins", stop.starts, hint="such as 9:05; empty = whenever"),
        Field("minutes", "Minutes", str(stop.minutes or ""), hint="empty = as long as it takes"),
        Field("host", "Teacher", stop.host),
        Field("subject", "Subject", stop.subject),
        Field("grade", "Grade", stop.grade),
        Field("team", "Who", _listed(stop.team), hint="names with commas; empty = whoever is there"),
        Field("protocols", "With", _listed(stop.protocols), hint=", ".join(for_stops(own))),
    )
    draft = f"stop:{event.id}:{stop.id}"
    form = Form(
        plain(f"{stop.room}: put right") if stop.id else "One stop more",
        fields,
        draft=draft,
        check=lambda values: _stop_wrong(visit, stop, values, own),
    )
    await ask(desk, form, lambda values: desk.do_deed(deeds.put_stop(event.id, _made(stop, values)), draft=draft))


def _made(stop: Stop, values: Values) -> Stop:
    return replace(
        stop,
        room=tidy(values["room"]),
        starts=_time(values["starts"]) or "",
        minutes=int(values["minutes"].strip() or 0),
        host=tidy(values["host"]),
        subject=tidy(values["subject"]),
        grade=tidy(values["grade"]),
        team=_names(values["team"]),
        protocols=tuple(dict.fromkeys(_names(values["protocols"]))),
    )


def _stop_wrong(visit: Visit, stop: Stop, values: Values, own: Path) -> str:
    from plfacilitate.shelf.protocols import unfit

    if not tidy(values["room"]):
        return Wrong("room", "Which room is it?")
    if _time(values["starts"]) is None:
        return Wrong("starts", NO_TIME.format(text=plain(values["starts"])))
    minutes = values["minutes"].strip()
    if minutes and not (minutes.isascii() and minutes.isdigit() and 0 < int(minutes) <= 24 * 60):
        return Wrong("minutes", f"{plain(minutes)} is no number of minutes.")
    made = _made(stop, values)
    for one in made.protocols:
        if one not in stop.protocols and (wrong := unfit(one, own)):
            return Wrong("protocols", wrong)
    return _not_walkable(visit.with_stop(replace(made, id=made.id or "new")))


def _not_walkable(visit: Visit) -> str:
    return next((trouble.sentence for trouble in troubles(visit)), "")


# -- for the report ---------------------------------------------------------------------------------------------


async def sum_up(desk: DeskBase) -> None:
    """What the team writes into the report, beginning with the part under the cursor."""
    visit = desk.visit
    if desk.event is None or visit is None:
        return
    event, draft = desk.event.id, f"summary:{desk.event.id}"
    line = desk.screen.way.current if isinstance(desk.screen, VisitScreen) else None
    hints = {
        "patterns": "what several rooms have in common, with what was seen; no single teacher",
        "adoption": "is it there: where, how often",
        "adherence": "how is it done where it is there",
        "next": "what the school would do next week, next month, by the end of the year",
    }
    fields = [
        Field(name, title, visit.summary.get(name, ""), lines=3, hint=hints[name]) for name, title in PARTS.items()
    ]
    form = Form(
        "For the report",
        fields,
        draft=draft,
        begin=line.key if line is not None and line.kind == "part" else "",
        hint="Tab next field · F2 keeps it · Esc back, the text is kept",
    )
    await ask(desk, form, lambda values: desk.do_deed(deeds.sum_up(event, values), draft=draft))


def _visit(desk: DeskBase) -> Visit | None:
    return desk.visit.visit if desk.visit is not None else None


def _time(text: str) -> str | None:
    """A typed time as `HH:MM`; empty for none, None for what is no time."""
    return clock_time(text) if text.strip() else ""


def _rooms(text: str) -> Rooms | None:
    return next((rooms for rooms in ROOMS if rooms == text.strip().casefold()), None)


def _names(text: str) -> tuple[str, ...]:
    """Names between commas; between semicolons where a name has a comma of its own."""
    return _parted(text, ";" if ";" in text else ",")


def _parted(text: str, mark: str) -> tuple[str, ...]:
    return tuple(filter(None, map(tidy, text.split(mark))))


def _listed(names: Sequence[str]) -> str:
    """As `_names` reads it back."""
    if any("," in name for name in names):
        return "; ".join(names) + (";" if len(names) == 1 else "")
    return ", ".join(names)
