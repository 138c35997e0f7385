"""What opens, closes and packs an event from the desk, each as one function for the writer thread.

Owns the words of the toasts. What must come before what is the steps' business.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from plfacilitate.core.entry import Entry
from plfacilitate.core.plan import Plan
from plfacilitate.core.text import plain, tidy
from plfacilitate.front.desk.threads.hands import Deed, Done, Work
from plfacilitate.steps import events

Progress = Callable[[str], None]
"""Told in words what is being done, from the writer's thread; "" = nothing any more."""


def schedule(
    plan: Plan,
    session: str,
    on: date,
    fields: Mapping[str, str],
    people: str = "",
    minutes: Mapping[int, int] = MappingProxyType({}),
) -> Deed:
    """Put a session of a plan on a day. `fields`: place, in_service, claim_code; `people` = a file of who is expected.

    `minutes` are meant for segments of its agenda from the beginning; what was approved stays as it is.
    """

    def deed(work: Work) -> Done:
        from plfacilitate.shelf.offices import find_office
        from plfacilitate.steps.intake import expect_from_file
        from plfacilitate.steps.keeping import retime

        office = find_office(plan.office, work.around.workspace.exports)
        when = events.Schedule(session=session, day=on, tz=work.around.tz, **{k: tidy(v) for k, v in fields.items()})
        before = work.ledger.head_seq()
        event = events.schedule_event(work.ledger, work.hand, plan, office, when)
        said = f"{plain(events.read_event(work.ledger, event).title)} is on {on:%d %b}"
        if minutes:
            work.write([retime(work.hand, event, work.fold(event).run, minutes)])
        if people:
            said += f", {expect_from_file(work.ledger, work.hand, event, Path(people))} expected"
        return Done(said, _written(work, event, before, "event-scheduled", "expected", "agenda-retimed"), event)

    return deed


def expect_file(event: str, path: Path) -> Deed:
    """The people of a file are expected."""

    def deed(work: Work) -> Done:
        from plfacilitate.steps.intake import expect_from_file

        before = work.ledger.head_seq()
        added = expect_from_file(work.ledger, work.hand, event, path)
        return Done(f"{added} people expected", _written(work, event, before, "expected"), event)

    return deed


def open_doors(event: str) -> Deed:
    """The event is open: plan and rule as they are now count from here on."""

    def deed(work: Work) -> Done:
        from plfacilitate.steps.opening import plan_and_office

        found = events.read_event(work.ledger, event)
        before = work.ledger.head_seq()
        events.open_event(work.ledger, work.hand, found, *plan_and_office(work.around.workspace, found))
        return Done("The doors are open", _written(work, event, before, "event-opened"), event)

    return deed


def close_doors(event: str) -> Deed:
    """Nobody signs in any more."""

    def deed(work: Work) -> Done:
        before = work.ledger.head_seq()
        events.close_event(work.ledger, work.hand, events.read_event(work.ledger, event))
        return Done("The doors are closed", _written(work, event, before, "event-closed"), event)

    return deed


def reopen(event: str, reason: str) -> Deed:
    """Closed by mistake."""

    def deed(work: Work) -> Done:
        before = work.ledger.head_seq()
        events.reopen_event(work.ledger, work.hand, events.read_event(work.ledger, event), reason)
        return Done("The event is open again", _written(work, event, before, "event-reopened"), event)

    return deed


def approve(event: str, name: str) -> Deed:
    """The facilitator's word that the sheet is right."""

    def deed(work: Work) -> Done:
        from plfacilitate.steps.approve import approve as step

        entry = step(work.ledger, replace(work.hand, by=tidy(name)), event)
        return Done("The sheet is approved", (entry,), event)

    return deed


def pack(event: str, progress: Progress) -> Deed:
    """Sheet, table and bundles into the outbox."""

    def deed(work: Work) -> Done:
        from plfacilitate.steps.office_keys import own_key
        from plfacilitate.steps.pack import pack as step

        key = own_key(work.around, work.ledger)
        try:
            packed = step(work.ledger, work.around.workspace, work.hand, key, event, progress=progress)
        finally:
            progress("")
        return Done(f"Packed: {len(packed.files)} files in the outbox", (), event)

    return deed


def take_receipt(path: Path) -> Deed:
    """Read the office's answer."""

    def deed(work: Work) -> Done:
        from plfacilitate.steps import deliver

        receipt = deliver.take_receipt(work.ledger, work.around.workspace, work.hand, path)
        return Done(f"Receipt read: {plain(receipt.verdict)}")

    return deed


def _written(work: Work, event: str, since: int, *kinds: str) -> tuple[Entry, ...]:
    """What a step has just written for an event: what an undo would void."""
    found = work.ledger.entries(since=since, event=event, kinds=kinds)
    return tuple(entry for entry in found if entry.device == work.ledger.device)
