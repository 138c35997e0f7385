"""The commands of handing over: send, outbox, receipts, mail.

Owns how they are printed, and the waiting between two tries. Never sends anything by itself (`steps`).
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Annotated

import typer

from plfacilitate.core.entry import utc_text
from plfacilitate.core.refusal import Refused
from plfacilitate.core.scheduled import sheet_due
from plfacilitate.front.commands import say
from plfacilitate.front.commands.common import AsJson, hand, opened, reading
from plfacilitate.steps.deliver import Parcel, mark_handed_over, parcels_of, waiting
from plfacilitate.steps.events import events, find_event, read_event, read_fold
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.surroundings import Surroundings

pause = time.sleep
"""Waits so many seconds."""


def send(
    ctx: typer.Context,
    place: Annotated[str | None, typer.Argument(metavar="PLACE", help="A folder, or sftp://…, s3://….")] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="PLACE", help="The same, by name.")] = None,
    event: Annotated[str | None, typer.Option(metavar="EVENT", help="Only what waits of this event.")] = None,
    by_hand: Annotated[
        str | None, typer.Option(metavar="WHERE", help="Nothing is sent: it was uploaded or mailed there by hand.")
    ] = None,
    patient: Annotated[bool, typer.Option("--patient", help="Try again until the place takes it.")] = False,
    as_json: AsJson = False,
) -> None:
    """Hand over all that waits; each file is read back."""
    if sum(given is not None for given in (place, to, by_hand)) != 1:
        raise typer.BadParameter("say where to, once: plfacilitate send PLACE")
    with opened(ctx) as (around, ledger):
        found = waiting(ledger, around.workspace, event=find_event(ledger, event).id if event else None)
        if by_hand is not None:
            if not by_hand.strip():
                raise Refused("option-empty", option="--by-hand")
            for parcel in found:
                mark_handed_over(ledger, hand(around), parcel, by_hand.strip())
            told = [{"bundle": one.bundle, "file": one.file, "where": by_hand.strip()} for one in found]
        else:
            told = _sent(ledger, around, str(place or to), found, patient=patient)
    if as_json:
        say.document(told)
    elif not told:
        say.line("Nothing waits to be sent.")
    for one in [] if as_json else told:
        say.line(f"handed over{' by hand' if by_hand else ''}: {one['file'] if by_hand else one['where']}")


def _sent(
    ledger: Ledger, around: Surroundings, address: str, found: Sequence[Parcel], *, patient: bool
) -> list[dict[str, str]]:
    from plfacilitate.courier.patience import pause_after
    from plfacilitate.steps.sending import PASSING, Sent, access_of
    from plfacilitate.steps.sending import send as step

    told: list[Sent] = []
    for tried in count(1):
        arrived = {one.bundle for one in told}
        try:
            step(
                ledger,
                around.workspace,
                hand(around),
                address,
                bundles=[one for one in found if one.bundle not in arrived],
                access=access_of(around),
                progress=say.aside,
                there=told.extend,
            )
            break
        except Refused as no:
            if not patient or no.refusal.code not in PASSING:
                raise
            seconds = pause_after(tried, around.chance)
            say.aside(f"{no} Tried again in {seconds:.0f} s; Ctrl-C stops, and nothing is lost.")
            pause(seconds)
    return [{"bundle": one.bundle, "file": one.file, "where": one.where} for one in told]


def outbox(ctx: typer.Context, as_json: AsJson = False) -> None:
    """What waits to be handed over, and why."""
    from plfacilitate.shelf.waits import read_waits

    with reading(ctx) as (around, ledger):
        found = [(one, read_event(ledger, one.event)) for one in waiting(ledger, around.workspace)]
        waits = {one.bundle: one for one in read_waits(around.workspace.outbox)}
    if as_json:
        told = []
        for parcel, event in found:
            wait = waits.get(parcel.bundle)
            told.append(
                {
                    "bundle": parcel.bundle,
                    "event": parcel.event,
                    "title": event.title,
                    "parcel": parcel.parcel,
                    "file": parcel.file,
                    "due": due.isoformat() if (due := sheet_due(event)) else None,
                    "place": wait.address if wait else None,
                    "why": wait.why if wait else None,
                    "tried_at": utc_text(wait.tried_at) if wait else None,
                    "again_at": utc_text(wait.again_at) if wait and wait.again_at else None,
                }
            )
        say.document(told)
        return
    if not found:
        say.line("Nothing waits.")
    for parcel, event in found:
        wait = waits.get(parcel.bundle)
        by = f" · due by {day}" if (day := sheet_due(event)) else ""
        say.line(f"{event.title} · {event.day} · {parcel.parcel}{by}")
        if wait is None:
            say.line("  packed, sent nowhere yet: plfacilitate send PLACE")
            continue
        tried = f"{wait.tried_at.astimezone(event.zone):%d %b %H:%M}"
        again = f"{wait.again_at.astimezone(event.zone):%H:%M}" if wait.again_at else "when somebody sends it"
        say.line(f"  {wait.why}")
        say.line(f"  tried {tried}, again {again}")


def receipts(
    ctx: typer.Context,
    place: Annotated[
        str | None, typer.Argument(metavar="PLACE", help="Another place than the one that parcels went to.")
    ] = None,
    trust: Annotated[bool, typer.Option("--trust", help="The office has a new key, and said so.")] = False,
    as_json: AsJson = False,
) -> None:
    """Fetch the office's receipts from where parcels were sent."""
    from plfacilitate.steps.fetching import fetch, sent_to
    from plfacilitate.steps.sending import access_of

    with opened(ctx) as (around, ledger):
        every = [one for event in events(ledger) for one in parcels_of(read_fold(ledger, event.id))]
        open_ = [one for one in every if one.newest and one.handed_over and not one.settled]
        found = fetch(
            ledger,
            around.workspace,
            hand(around, "system"),
            [place] if place else sent_to(open_),
            open_ if place is None else every,
            access=access_of(around),
            trust=trust,
            progress=say.aside,
        )
    for no in found.refused:
        say.aside(f"plfacilitate: {no}")
    if as_json:
        read = [{"bundle": one.bundle, "verdict": one.verdict, "reason": one.reason} for one in found.receipts]
        say.document({"receipts": read, "refused": list(found.refused)})
    else:
        for one in found.receipts:
            say.line(f"receipt for bundle {one.bundle[:8]}: {one.verdict}{': ' + one.reason if one.reason else ''}")
        if not found.receipts:
            say.line("No receipt yet." if open_ else "No parcel waits for a receipt.")
    raise typer.Exit(1 if found.refused else 0)


def mail(
    ctx: typer.Context,
    event: Annotated[str, typer.Argument(metavar="EVENT", help="The event's id, or the beginning of it.")],
    to: Annotated[str, typer.Option(metavar="ADDRESS", help="To whom; else the office's contact.")] = "",
    uploaded: Annotated[
        str, typer.Option(metavar="WHERE", help="The note says that the sheet was uploaded there.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Write a mail to the office, ready to be sent."""
    from plfacilitate.steps.mailing import write_mail

    with opened(ctx) as (around, ledger):
        path = write_mail(
            ledger, around.workspace, hand(around), find_event(ledger, event).id, to=to, uploaded=uploaded
        )
    _mailed(path, as_json=as_json)


def _mailed(path: Path, *, as_json: bool) -> None:
    if as_json:
        say.document({"file": str(path)})
        return
    say.line(str(path))
    say.aside("Open it with your mail program and send it; then: plfacilitate send --by-hand mail")
