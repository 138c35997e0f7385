"""Days for tests of clearing at the desk: handed over and answered months ago, without a bundle being made."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from plfacilitate.steps import approve, capture, events
from plfacilitate.steps.tally import as_of
from tests.front.desk.day import Day, busy_day, institute


def handed_over(day: Day, *, answered: bool = True) -> None:
    """Close, approve, hand over; and the office says that it has it, unless not `answered`."""
    hand, event = day.hand(), day.event
    found = events.read_event(day.ledger, event)
    if found.closed_at is None:
        events.close_event(day.ledger, hand, found)
    approve.approve(day.ledger, hand, event)
    upto = as_of(day.ledger)
    bundle = f"{event[:8]}-{sum(upto.values())}"
    told = {"bundle": bundle, "file": f"{bundle}.zip", "parcel": "hours", "sheet": f"{bundle}-sign-in-sheet.pdf"}
    body = {**told, "covers": {device: [1, last] for device, last in upto.items()}, "as_of": upto}
    day.ledger.append([hand.draft("packed", event=event, body=body)])
    day.ledger.append(
        [hand.draft("handed-over", event=event, body={"bundle": bundle, "where": "F:/office", "how": "read back"})]
    )
    if answered:
        receipt = {"receipt": f"1a2b3c4d-{bundle}", "verdict": "accepted", "register": "r", "epoch": "1", "have": upto}
        day.ledger.append([hand.draft("receipted", event=event, body={"bundle": bundle, **receipt})])


def months_later(folder: Path) -> Day:
    """Three days of a plan with one session: one may go, one was corrected since, one has no receipt; 100 days on."""
    plan = institute()
    single = replace(plan, credit="each-session", choice=("clock-hours",), sessions=(plan.sessions[2],))
    day = busy_day(folder, of=single)
    first, chen = day.event, day.person("Chen").id
    day.ledger.append([capture.note(day.hand(), first, "Wei will lead the next one")])
    handed_over(day)
    for number, answered in ((13, True), (20, False)):
        day.schedule("s3", date(2023, 12, number))
        day.open()
        day.clock.forward(days=7)
        day.comes(chen, "8:05")
        handed_over(day, answered=answered)
        if answered:
            day.leaves(chen, "15:00")
    day.event = first
    day.clock.forward(days=100)
    return day
