"""`plfacilitate visit …`: where a team goes and how far it is, the page that tells the school, the report.

Owns how a visit is printed. Never says what anybody noted, and never changes a visit by itself (`steps.visiting`).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from plfacilitate.core.plan import Event
from plfacilitate.core.refusal import Refused
from plfacilitate.core.visiting.fold import VisitFold
from plfacilitate.core.visiting.itinerary import ends
from plfacilitate.core.visiting.observation import Observation
from plfacilitate.core.visiting.plan import Stop, Visit
from plfacilitate.core.visiting.standing import Standing, clock_there, next_stop, standing
from plfacilitate.front.commands import agreement, say, visit_report
from plfacilitate.front.commands.common import AsJson, given, hand, opened, reading
from plfacilitate.front.commands.protocols import PaperSize
from plfacilitate.shelf.visits import check_visit_file, read_visit_file
from plfacilitate.steps.capture import written
from plfacilitate.steps.events import find_event
from plfacilitate.steps.observe import read_visit
from plfacilitate.steps.visiting import allowed_rooms
from plfacilitate.steps.visiting import announce as announced

app = typer.Typer(no_args_is_help=True, help="Visits: check, plan, show, announce, agreement, report.")
Name = Annotated[str, typer.Argument(metavar="EVENT", help="The event's id, or the beginning of it.")]


@app.command()
def check(
    ctx: typer.Context, files: Annotated[list[Path], typer.Argument(metavar="FILES", help="Visit files.")]
) -> None:
    """Say what is wrong with visit files, by file, line and key."""
    wrong = 0
    for path in files:
        visit, faults, notes = check_visit_file(path, protocols=given(ctx).workspace.protocols)
        for remark in [*faults, *notes]:
            say.line(str(remark))
        wrong += len(faults)
        if visit is not None:
            say.line(f"{path}: right. {visit.school}, {len(visit.stops)} stop(s), rooms {visit.rooms}.")
    raise typer.Exit(1 if wrong else 0)


@app.command()
def plan(
    ctx: typer.Context,
    event: Name,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The visit's file.")],
    as_json: AsJson = False,
) -> None:
    """Announce a visit as its file says, also once more."""
    with opened(ctx) as (around, ledger):
        one = find_event(ledger, event)
        visit = read_visit_file(file, protocols=around.workspace.protocols, allowed=allowed_rooms(one))
        fold = read_visit(ledger, one.id)
        again = fold.visit is not None
        draft = announced(hand(around), one, fold, visit)
        if draft is not None:
            written(ledger.append([draft]))
    if as_json:
        say.document({"event": one.id, "stops": len(visit.stops), "rooms": visit.rooms, "changed": draft is not None})
        return
    how = "as it was" if draft is None else "announced anew" if again else "announced"
    say.line(f"{visit.school}, {one.day}: {how}. {len(visit.stops)} stop(s), rooms {visit.rooms}.")


@app.command()
def show(ctx: typer.Context, event: Name, as_json: AsJson = False) -> None:
    """The way of a visit: who observes where, what is open."""
    with reading(ctx) as (around, ledger):
        one = find_event(ledger, event)
        fold = read_visit(ledger, one.id)
        now = clock_there(one, around.clock())
    visit = _planned(one, fold)
    stands = [standing(stop, fold.observations, fold.agreed) for stop in visit.stops]
    coming = next_stop(visit, stands, now)
    if as_json:
        say.document(_facts(one, visit, stands, fold) | {"next": coming or None})
        return
    for line in _head(one, visit):
        say.line(line)
    if visit.stops:
        rows = [_row(stop, one, stop.id == coming) for stop, one in zip(visit.stops, stands, strict=True)]
        say.table(("", "time", "room", "who", "with", "how far"), rows)
    for line in _elsewhere(visit, fold.observations):
        say.line(line)


@app.command()
def announce(
    ctx: typer.Context,
    event: Name,
    paper: Annotated[PaperSize, typer.Option(metavar="PAPER", help="The paper: us-letter or a4.")] = PaperSize.LETTER,
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where the PDF goes.")] = Path("site-visit.pdf"),
    as_json: AsJson = False,
) -> None:
    """A page for the school: who comes when, and what for."""
    from plfacilitate.shelf.visit_page import TEMPLATE, page
    from plfacilitate.shelf.write import write_bytes

    with reading(ctx) as (around, ledger):
        one = find_event(ledger, event)
        visit = _planned(one, read_visit(ledger, one.id))
    own = around.workspace
    write_bytes(
        out, page(one, visit, around.clock(), own.protocols, paper=paper.value, template=own.document(TEMPLATE))
    )
    if as_json:
        say.document({"file": str(out), "event": one.id, "stops": len(visit.stops), "paper": paper.value})
    else:
        say.line(f"{visit.school}, {one.day}: {out}")


app.command("agreement")(agreement.agreement)
app.command("report")(visit_report.report)


def _planned(event: Event, fold: VisitFold) -> Visit:
    visit = fold.visit
    if visit is None:
        raise Refused("visit-missing", title=event.title, event=event.id[:8])
    return visit


def _head(event: Event, visit: Visit) -> Iterator[str]:
    yield f"{visit.school} · {event.day} · {event.title}"
    yield visit.purpose
    yield from (f"  look for: {look_for}" for look_for in visit.look_fors)
    if visit.hosts:
        yield f"  hosts: {', '.join(visit.hosts)}"
    if visit.debrief:
        yield f"  debrief: {visit.debrief}"
    yield f"  rooms in reports: {visit.rooms}"


def _row(stop: Stop, one: Standing, coming: bool) -> tuple[str, ...]:
    time = f"{stop.starts}–{ends(stop)}".rstrip("–") or "—"
    return (
        ">" if coming else "",
        time,
        stop.room,
        ", ".join(stop.team) or "whoever is there",
        ", ".join(stop.protocols) or "—",
        one.words,
    )


def _elsewhere(visit: Visit, observations: list[Observation]) -> Iterator[str]:
    """Interviews and whatever has no stop of the way."""
    for one in observations:
        if visit.stop(one.stop) is None:
            who = f" with {one.respondent}" if one.respondent else ""
            yield f"{one.protocol.title}{who}: {one.observer}, {_how(one)}"


def _how(one: Observation) -> str:
    return "open" if one.ended_at is None else "ended"


def _facts(event: Event, visit: Visit, stands: list[Standing], fold: VisitFold) -> dict[str, object]:
    return {
        "event": event.id,
        "date": event.day.isoformat(),
        **{name: value for name, value in visit.to_json().items() if name != "stops"},
        "stops": [_stop_facts(visit, stop, one) for stop, one in zip(visit.stops, stands, strict=True)],
        "observations": [_observation_facts(one) for one in fold.observations],
        "summary": dict(fold.summary),
    }


def _stop_facts(visit: Visit, stop: Stop, one: Standing) -> dict[str, object]:
    known: dict[str, object] = next(each for each in visit.to_json()["stops"] if each["id"] == stop.id)
    return {
        **known,
        "label": visit.label(stop.id),
        "state": one.state,
        "observing": list(one.observing),
        "done": one.done,
        "people": one.people,
        "agreed": one.agreed,
    }


def _observation_facts(one: Observation) -> dict[str, object]:
    return {
        "observation": one.id,
        "stop": one.stop,
        "observer": one.observer,
        "respondent": one.respondent,
        "protocol": one.protocol.id,
        "version": one.protocol.version,
        "state": _how(one),
        "started_at": one.started_at.isoformat(),
        "ended_at": one.ended_at.isoformat() if one.ended_at else None,
    }
