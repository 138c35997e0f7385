"""Handing over from the desk: what is brought is looked together here, and the carrier brings it.

Owns the words of the toasts. When a bundle counts as handed over is a step's business (`steps.sending`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from plfacilitate.core.text import plain, tidy
from plfacilitate.front.desk.threads.carrier import Carrier, Errand
from plfacilitate.front.desk.threads.hands import Deed, Done, Work

if TYPE_CHECKING:
    from plfacilitate.steps.deliver import Parcel


def hand_over(event: str, address: str, carrier: Carrier) -> Deed:
    """Everything of this event that waits is on its way there."""

    def deed(work: Work) -> Done:
        from plfacilitate.courier.address import lasting
        from plfacilitate.shelf.waits import Wait
        from plfacilitate.steps.sending import loads, wait_on

        place = lasting(address)
        found = loads(work.around.workspace, _waiting(work, event))
        now = work.hand.clock()
        wait = Wait("", place, "on its way", now, now, 0)
        wait_on(work.around.workspace, [one.parcel for one in found], wait)
        carrier.say(event, "on its way")
        carrier.bring(Errand(event, place, tuple(found)))
        return Done("")

    return deed


def go_on(carrier: Carrier) -> Deed:
    """What was on its way when the desk was closed is tried again; of the rest it is known why it waits."""

    def deed(work: Work) -> Done:
        from plfacilitate.shelf.waits import read_waits
        from plfacilitate.steps.deliver import waiting
        from plfacilitate.steps.sending import loads

        waits = {one.bundle: one for one in read_waits(work.around.workspace.outbox)}
        groups: dict[tuple[str, str], list[Parcel]] = {}
        for parcel in waiting(work.ledger, work.around.workspace) if waits else ():
            wait = waits.get(parcel.bundle)
            if wait is None:
                continue
            tried = f"{wait.tried_at.astimezone(ZoneInfo(work.around.tz)):%d %b %H:%M}"
            carrier.say(parcel.event, f"{wait.why} Tried {tried}.")
            if wait.again_at is not None:
                groups.setdefault((parcel.event, wait.address), []).append(parcel)
        for (event, address), parcels in groups.items():
            found = [one for one in parcels if (work.around.workspace.outbox / one.file).exists()]
            carrier.bring(Errand(event, address, tuple(loads(work.around.workspace, found))))
        return Done("")

    return deed


def mark_handed_over(event: str, where: str) -> Deed:
    """Uploaded or mailed by hand."""

    def deed(work: Work) -> Done:
        from plfacilitate.steps import deliver

        for parcel in _waiting(work, event):
            deliver.mark_handed_over(work.ledger, work.hand, parcel, tidy(where))
        return Done(f"Marked as handed over to {plain(tidy(where))}", (), event)

    return deed


def write_mail(event: str) -> Deed:
    """A mail to the office beside the parcels, opened where the system knows a mail program."""

    def deed(work: Work) -> Done:
        import webbrowser

        from plfacilitate.steps.mailing import write_mail as step

        path = step(work.ledger, work.around.workspace, work.hand, event)
        opened = webbrowser.open(path.as_uri())
        said = "opened as a draft" if opened else f"lies at {plain(str(path))}"
        return Done(f"The mail is written and {said}: send it, then mark it as handed over", (), event)

    return deed


def _waiting(work: Work, event: str) -> Sequence[Parcel]:
    from plfacilitate.steps import deliver

    return [one for one in deliver.parcels_of(work.fold(event)) if one.newest and one.handed_over is None]
