"""`plfacilitate clear`: hours that the office has, cleared from this laptop after a look at what would go.

Owns how the preview is printed, and the question. What goes is `core.clearing`'s rule; the doing is `steps.clear`'s.
"""

from __future__ import annotations

from typing import Annotated

import typer

from plfacilitate.core.clearing import DAYS, Verdict
from plfacilitate.core.clearing_words import FOR_GOOD, OLD_COPY, handed, much, programme, which, why
from plfacilitate.core.directory import described
from plfacilitate.core.report.words import count
from plfacilitate.front.commands import say
from plfacilitate.front.commands.common import AsJson, hand, opened
from plfacilitate.steps.clear import Chosen, Done, Preview, preview
from plfacilitate.steps.clear import clear as clear_now
from plfacilitate.steps.copies import old_ledgers
from plfacilitate.steps.events import find_event

SHOWN = 20  # names of people that are printed; the rest is counted


def clear(
    ctx: typer.Context,
    older_than: Annotated[
        int, typer.Option("--older-than", min=0, metavar="DAYS", help="Only what was handed over so many days ago.")
    ] = DAYS,
    event: Annotated[str | None, typer.Option("--event", metavar="EVENT", help="Only this event.")] = None,
    without_receipt: Annotated[
        bool, typer.Option("--without-receipt", help="Also where the office has given no receipt.")
    ] = False,
    people: Annotated[
        bool, typer.Option("--people", help="Also people of whom nothing else is here and who are expected nowhere.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do it without asking.")] = False,
    as_json: AsJson = False,
) -> None:
    """Hours the office has, off this laptop: shown first.

    Without --yes it shows what would go, and asks.
    """
    with opened(ctx) as (around, ledger):
        one = find_event(ledger, event) if event is not None else None
        chosen = Chosen(older_than, without_receipt, one.id if one is not None else "", people)
        found = preview(ledger, around.workspace, around.clock(), chosen)
        if not as_json:
            _print(found, chosen)
        done = None
        if yes or (not as_json and _goes(found, chosen) and _sure(found, chosen)):
            going = [each.event.id for each in found.going]
            done = clear_now(ledger, around.workspace, hand(around), chosen, only=going)
    if as_json:
        say.document(_document(found, chosen, done))
    elif done is not None:
        _print_done(done, old_ledgers(around.workspace))
    elif _goes(found, chosen):
        say.line("Nothing was cleared.")


def say_aside(names: list[str]) -> None:
    """Name the ledgers that a restore laid aside here."""
    for name in names:
        say.aside(
            f"{name} in the workspace was laid aside by a restore and holds what it held: delete it when you can."
        )


def _goes(found: Preview, chosen: Chosen) -> bool:
    return bool(found.going or (chosen.people and found.left))


def _sure(found: Preview, chosen: Chosen) -> bool:
    what = [count(found.entries, "entry", "entries")] if found.entries else []
    what += [count(len(found.left), "person", "people")] if chosen.people and found.left else []
    try:
        return typer.confirm(f"Clear {' and '.join(what)} from this laptop for good?", default=False, err=True)
    except typer.Abort:  # nobody there to answer
        return False


def _print(found: Preview, chosen: Chosen) -> None:
    if found.going:
        say.line(f"These hours go from this laptop ({count(found.entries, 'entry', 'entries')}):")
        say.table(
            ("event", "what", "", ""), [(one.event.id[:8], which(one), handed(one), much(one)) for one in found.going]
        )
        for one in found.going:
            if stays := programme(found.stays[one.event.id]):
                say.line(f"  of {one.event.id[:8]} stays: {stays}")
    staying = [one for one in found.verdicts if not one.goes]
    if staying:
        say.line("These stay:")
        say.table(("event", "what", "why"), [(one.held.event.id[:8], which(one.held), why(one)) for one in staying])
    if not found.verdicts:
        say.line("No event here holds hours that could be cleared.")
    if found.done:
        say.line(f"{count(len(found.done), 'event')} {'was' if len(found.done) == 1 else 'were'} cleared before.")
    _print_people(found, chosen)
    if _goes(found, chosen):
        say.aside(FOR_GOOD)
        say.aside(OLD_COPY)


def _print_people(found: Preview, chosen: Chosen) -> None:
    if not found.left:
        return
    many = count(len(found.left), "person", "people")
    if not chosen.people:
        say.line(f"{many} would be left of whom nothing else is here: --people clears them too.")
        return
    say.line(f"{many} of whom nothing else is here and who are expected nowhere go too:")
    for one in found.left[:SHOWN]:
        say.line(f"  {described(one)}")
    if len(found.left) > SHOWN:
        say.line(f"  and {len(found.left) - SHOWN} more")


def _print_done(done: Done, aside: list[str]) -> None:
    people = f" and {count(done.people, 'person', 'people')}" if done.people else ""
    say.line(
        f"{count(done.entries, 'entry', 'entries')} of {count(len(done.events), 'event')}{people} cleared,"
        f" {count(len(done.copies), 'copy', 'copies')} deleted."
    )
    say.aside("Backups, and copies that were handed over before, still hold what they held.")
    say_aside(aside)


def _document(found: Preview, chosen: Chosen, done: Done | None) -> dict[str, object]:
    return {
        "older_than": chosen.days,
        "goes": [
            _facts(one) | {"programme": dict(found.stays[one.held.event.id])} for one in found.verdicts if one.goes
        ],
        "stays": [
            _facts(one) | {"why": [{"code": code, "text": text} for code, text in one.stays]}
            for one in found.verdicts
            if not one.goes
        ],
        "people": [one.id for one in found.left],
        "cleared_before": [one.id for one in found.done],
        "cleared": None
        if done is None
        else {"events": done.events, "entries": done.entries, "people": done.people, "copies": done.copies},
    }


def _facts(one: Verdict) -> dict[str, object]:
    held = one.held
    return {
        "event": held.event.id,
        "title": held.event.title,
        "date": held.event.day.isoformat(),
        "handed_over_at": held.handed_at.isoformat() if held.handed_at else None,
        "receipt": held.receipt or None,
        "people": held.people,
        "entries": held.entries,
    }
