"""The doors of an event open: by whose plan and rule, and whether a door may open them by itself.

Owns where the snapshots of an opening come from. Imports what reads files only when an event really opens: a door that
finds its event open does without.
"""

from __future__ import annotations

from plfacilitate.core.office import Office
from plfacilitate.core.plan import Event, Plan
from plfacilitate.core.refusal import Refused
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.events import find_event, open_event
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.workspace import Workspace


def plan_and_office(workspace: Workspace, event: Event) -> tuple[Plan, Office]:
    """The plan and the office's rule as the files have them now; what was scheduled where a file is gone."""
    from plfacilitate.shelf.offices import find_office
    from plfacilitate.shelf.plans import find_plan

    try:
        plan = find_plan(event.plan.id, workspace.sessions, offices=workspace.exports)
    except Refused as no:
        if no.refusal.code != "plan-unknown":
            raise
        plan = event.plan
    if plan.session(event.session_id) is None:
        plan = event.plan
    try:
        return plan, find_office(plan.office, workspace.exports)
    except Refused as no:
        if no.refusal.code != "office-unknown":
            raise
        return event.plan, Office.from_json(event.office)


def event_for_door(ledger: Ledger, hand: Hand, workspace: Workspace, name: str) -> tuple[Event, bool]:
    """The event that a door is to serve, and whether it was opened for it just now.

    On its day a door opens its event; on any other day somebody has to mean it. Refused: `event-unknown`,
    `event-not-open`.
    """
    event = find_event(ledger, name)
    if event.opened_at is not None or event.closed_at is not None:
        return event, False
    if hand.clock().astimezone(event.zone).date() != event.day:
        raise Refused("event-not-open", title=event.title, day=event.day, event=event.id[:8])
    return open_event(ledger, hand, event, *plan_and_office(workspace, event)), True
