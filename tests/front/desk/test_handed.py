"""How far a day has come, read out of its entries: where it was handed over to, by whom, and what the office says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from plfacilitate.front.desk.lists.closing import Step, steps
from plfacilitate.front.desk.painting.handed import delivery_of
from plfacilitate.front.desk.painting.pictures import Delivery, Reached, RoomPicture
from plfacilitate.steps.events import read_event, read_fold
from tests.front.desk.day import Day


@pytest.fixture
def note(busy: Day) -> Callable[..., Delivery]:
    """Writes an entry about the hand-over of an approved and packed day, and reads how far that is."""
    hand = busy.hand()

    def written(kind: str, **body: object) -> Delivery:
        busy.ledger.append_one(hand.draft(kind, event=busy.event, body=body))
        return delivery_of(read_fold(busy.ledger, busy.event))

    written("approved", by_name="Ruth", sheet_version=1, as_of={})
    for parcel in ("hours", "programme"):
        written("packed", bundle=parcel, parcel=parcel, file=f"{parcel}.zip", as_of={}, covers={})
    return written


def said(busy: Day, delivery: Delivery, name: str) -> Step:
    """A step of the checklist."""
    event = read_event(busy.ledger, busy.event)
    return next(one for one in steps(RoomPicture(event=event, delivery=delivery)) if one.name == name)


def test_where_it_went_by_whom_and_when(busy: Day, note: Callable[..., Delivery]) -> None:
    """Brought there and read back, or as somebody says; not before both bundles are there."""
    first = note("handed-over", bundle="hours", where="sftp://office.example.org/in/hours.zip", how="read back")
    assert (first.handed_at, first.waiting) == (None, 1)
    both = note("handed-over", bundle="programme", where="sftp://office.example.org/in/p.zip", how="read back")
    assert both.reached == Reached("sftp://office.example.org/in", busy.hand().by, by_hand=False)
    step = said(busy, both, "hand-over")
    assert (step.done, step.detail.startswith("read back at sftp://office.example.org/in, ")) == (True, True)
    busy.at("16:20")
    marked = note("handed-over", bundle="programme", where="the platform", how="by hand")
    by = busy.hand().by
    assert said(busy, marked, "hand-over").detail == f"by hand: the platform, says {by}, Wed 6 Dec 16:20"


def test_what_the_office_has_not_taken_is_no_end_of_the_day(busy: Day, note: Callable[..., Delivery]) -> None:
    """Held or refused stands there with its reason, until a newer answer says that it is taken."""
    for parcel in ("hours", "programme"):
        note("handed-over", bundle=parcel, where="the platform", how="by hand")
    note("receipted", bundle="hours", receipt="r", verdict="accepted", reason="")
    held = note("receipted", bundle="programme", receipt="r", verdict="held", reason="laptop one is not accepted yet.")
    assert (held.receipted_at, held.answer) == (None, "held: laptop one is not accepted yet.")
    step = said(busy, held, "receipt")
    assert (step.done, step.ready) == (False, True)
    assert step.detail == "held: laptop one is not accepted yet. Enter looks for a newer answer"
    taken = note("receipted", bundle="programme", receipt="r", verdict="already-here", reason="")
    assert (taken.receipted_at is not None, taken.answer) == (True, "")
    assert said(busy, taken, "receipt").done
