"""A mail to the office with what it uses: sheet, table, the parcel of hours, and a plain note.

Owns what stands in the note. Never sends it: a person does, with their own mail program, and marks it then.
"""

from __future__ import annotations

from pathlib import Path

from plfacilitate.core.plan import Event
from plfacilitate.core.refusal import Refused
from plfacilitate.core.scheduled import sheet_due
from plfacilitate.core.text import plain, tidy
from plfacilitate.shelf import mail
from plfacilitate.steps.approve import Approval, approval
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.deliver import parcels_of
from plfacilitate.steps.events import local_time, read_kept
from plfacilitate.steps.read_me import what_it_is
from plfacilitate.steps.sending import beside
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.workspace import Workspace


def write_mail(
    ledger: Ledger, workspace: Workspace, hand: Hand, event: str, *, to: str = "", uploaded: str = ""
) -> Path:
    """Lay the mail of a packed event beside its parcels; gives where it lies.

    `to` = "" is the office's own contact. `uploaded` = where the sheet was uploaded to by hand, "" = the note says
    nothing of that. Refused: `event-cleared`, `not-packed`, `outbox-missing`, `mail-address`, `not-written`.
    """
    fold = read_kept(ledger, event)
    mine = [one for one in parcels_of(fold) if one.parcel == "hours" and one.newest and one.device == ledger.device]
    approved = approval(fold)
    if not mine or fold.event is None or approved is None:
        raise Refused("not-packed", title=fold.event.title if fold.event else event)
    parcel, found = mine[-1], fold.event
    bundle = workspace.outbox / parcel.file
    if not bundle.exists():
        raise Refused("outbox-missing", file=parcel.file)
    papers = beside(workspace, parcel)
    fits = sum(path.stat().st_size for path in (*papers, bundle)) <= mail.BIGGEST
    path = workspace.outbox / f"{bundle.name.removesuffix('.age').removesuffix('.zip')}.eml"
    contact = str(found.office.get("contact", ""))
    mail.write_mail(
        path,
        to.strip() or (contact if mail.is_address(contact) else ""),
        f"Sign-in sheet: {found.plan.title}, {found.title}, {found.day}"
        + (f" ({found.in_service})" if found.in_service else ""),
        _note(found, approved, papers, bundle if fits else None, hand.by, uploaded),
        (*papers, *((bundle,) if fits else ())),
        hand.clock(),
        parcel.bundle,
    )
    return path


def _note(
    event: Event,
    approved: Approval,
    papers: list[Path],
    bundle: Path | None,
    by: str,
    uploaded: str,
) -> str:
    sheet = f"version {approved.version} of the sheet, approved by {plain(approved.by)}"
    lines = [
        f"{plain(event.plan.title)}: {plain(event.title)}",
        f"{event.day}, {local_time(event, event.starts_at)} to {local_time(event, event.ends_at)}, {plain(event.place)}",
        *([f"In-service number: {plain(event.in_service)}"] if event.in_service else []),
        "",
        f"With this mail: {sheet}.",
        *([f"The sheet was uploaded: {plain(tidy(uploaded))}."] if uploaded.strip() else []),
        "",
        *(f"  {path.name}: {what_it_is(path)}" for path in papers),
        *(
            [f"  {bundle.name}: the same for the office's program, with the proof that nothing was changed"]
            if bundle
            else ["The parcel for the office's program is too big for a mail and comes by another road."]
        ),
        "",
        *([f"The sheet is due by {due}.", ""] if (due := sheet_due(event)) else []),
        plain(by),
    ]
    return "\n".join(lines) + "\n"
