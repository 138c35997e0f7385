"""`plfacilitate visit agreement EVENT`: where observers of one room differ, and how far they agree.

Owns how a debrief is printed. Shows nothing of notes that are still blind, and names rooms as a report does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated

import typer

from plfacilitate.core.debrief.compared import agreed_text, title_of
from plfacilitate.core.debrief.meetings import Debrief, Meeting, debrief, meetings
from plfacilitate.core.debrief.pooled import Agreement
from plfacilitate.core.results.raters import at_debrief
from plfacilitate.core.results.words import rated_words
from plfacilitate.core.results.words import said as outcome_words
from plfacilitate.core.text import tidy
from plfacilitate.core.visiting.fold import VisitPicture
from plfacilitate.front.commands import say
from plfacilitate.front.commands.common import AsJson, reading
from plfacilitate.steps.events import find_event
from plfacilitate.steps.observe import read_visit

Name = Annotated[str, typer.Argument(metavar="EVENT", help="The event's id, or the beginning of it.")]


def agreement(ctx: typer.Context, event: Name, as_json: AsJson = False) -> None:
    """How far observers agree, and what to talk about."""
    with reading(ctx) as (around, ledger):
        one = find_event(ledger, event)
        picture = read_visit(ledger, one.id).picture()
        now = around.clock()
    found = [
        (meeting, debrief(picture, meeting.stop, meeting.protocol, now) if _may_be_seen(meeting) else None)
        for meeting in meetings(picture)
    ]
    if as_json:
        facts = [_facts(picture, meeting, laid_open) for meeting, laid_open in found]
        say.document({"event": one.id, "debriefs": facts})
        return
    if not found:
        say.line(f"{one.title}: nobody has observed anything yet.")
    for meeting, laid_open in found:
        say.line(f"{_place(picture, meeting.stop)} · {meeting.title} · {', '.join(meeting.names)}")
        for line in _blind(meeting) if laid_open is None else _lines(laid_open):
            say.line(f"  {line}")


def _may_be_seen(meeting: Meeting) -> bool:
    return not meeting.waits or meeting.opened


def _place(picture: VisitPicture, stop: str) -> str:
    if not stop:
        return "No stop"
    return picture.visit.label(stop) if picture.visit is not None else "a room"


def _blind(meeting: Meeting) -> Iterable[str]:
    yield f"blind until all are done: waiting for {', '.join(meeting.waits)}"


def _lines(found: Debrief) -> Iterable[str]:
    yield from found.aside
    if len(found.voices) < 2:
        yield "one observer: there is nothing to compare"
        return
    for come in at_debrief(found):
        for name, outcome in come.each:
            yield f"{name}: {outcome_words(outcome)}"
        yield from filter(None, [rated_words(come)])
    differing = [one for one in found.talks if one.differs]
    yield f"{len(differing)} of {len(found.talks)} to talk about, {len(found.agreed)} agreed"
    for one in differing:
        said = " · ".join(
            f"{voice.name} {said.text or '—'}" for voice, said in zip(found.voices, one.said, strict=True)
        )
        agreed = found.agreed.get(one.part.id)
        value = agreed_text(one.part, agreed.value, found.protocol) if agreed is not None else ""
        settled = f" · agreed: {tidy(f'{value} {agreed.note}')}" if agreed is not None else ""
        yield f"  {title_of(one.part)}: {said} ({one.why}){settled}"
    for part in found.sections:
        for each in part.agreements:
            yield f"{part.title}: {_words(each)}"
    for each in found.pooled:
        yield f"All: {_words(each)}"


def _words(one: Agreement) -> str:
    between = f" ({', '.join(one.between)})" if len(one.between) > 2 else f" ({' and '.join(one.between)})"
    return f"{one.scale.title}{between}: {one.words}"


def _facts(picture: VisitPicture, meeting: Meeting, found: Debrief | None) -> Mapping[str, object]:
    facts: dict[str, object] = {
        "stop": meeting.stop,
        "room": _place(picture, meeting.stop),
        "protocol": meeting.protocol,
        "observers": list(meeting.names),
        "waiting_for": list(meeting.waits),
        "laid_open_early": meeting.opened,
    }
    if found is None:
        return facts
    facts["aside"] = list(found.aside)
    facts["items"] = [
        {
            "item": one.part.id,
            "section": one.section,
            "said": {voice.name: said.text for voice, said in zip(found.voices, one.said, strict=True)},
            "apart": round(one.gap, 4),
            "why": one.why,
            "agreed": found.agreed[one.part.id]._asdict() if one.part.id in found.agreed else None,
        }
        for one in found.talks
    ]
    facts["results"] = [
        {"result": one.result.id, "said": {name: outcome.said for name, outcome in one.each}, "agreement": one.said}
        for one in at_debrief(found)
    ]
    facts["sections"] = {part.id: [_measures(one) for one in part.agreements] for part in found.sections}
    facts["all"] = [_measures(one) for one in found.overall]
    return facts


def _measures(one: Agreement) -> Mapping[str, object]:
    return {
        "scale": one.scale.title,
        "items": one.items,
        "between": list(one.between),
        "measures": {
            figure.name: {"value": figure.measure.value, "n": figure.measure.n, "few": figure.measure.few}
            for figure in one.figures
        },
    }
