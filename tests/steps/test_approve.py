"""What is still open before a sheet is approved, and what came after."""

from __future__ import annotations

from typing import Any

import pytest

from plfacilitate.core.fold import EventFold
from plfacilitate.core.refusal import Refused
from plfacilitate.steps import capture
from plfacilitate.steps.approve import Checklist, approval, approve, changed_since, checklist
from plfacilitate.steps.deliver import mark_handed_over, waiting
from plfacilitate.steps.events import read_fold
from tests.core.entries import entry
from tests.laptops import Laptop
from tests.played import Clock


def _fold(*entries: Any) -> EventFold:
    fold = EventFold("e")
    fold.apply(entries)
    return fold


def test_the_list_before_closing_names_everybody_who_is_open() -> None:
    """Who is still in, who never came, who was on no list, whose times wait for a decision, and every open doubt."""
    fold = _fold(
        entry("x", "expected", people=["ada", "ben", "dan", "eve", "fay"]),
        entry("1", "sign-in", person="ada", at="17:00"),
        entry("2", "sign-in", person="cy", at="17:00"),
        entry("3", "sign-out", person="cy", at="18:00"),
        entry("4", "sign-in", person="dan", at="17:00"),
        entry("5", "sign-out", person="dan", at="18:00"),
        entry("6", "sign-out", person="dan", at="18:10", replaces=["5"]),
        entry("7", "sign-out", person="dan", at="18:20", replaces=["5"]),
        entry("8", "sign-out", person="eve", at="18:00"),
        entry("f1", "flag", code="x", text="open", about=[]),
        entry("f2", "flag", code="x", text="settled", about=[]),
        entry("d", "flag-decided", flag="f2", accepted=False, reason="no"),
        entry("h", "head-count", count=7),
    )
    assert checklist(fold) == Checklist(
        still_in=("ada",),
        not_seen=("ben", "eve", "fay"),
        walk_ins=("cy",),
        doubtful=("dan",),
        doubts=("f1",),
        came=3,
    )


def test_the_newest_approval_is_the_one_that_stands() -> None:
    """None before anybody approved."""
    assert approval(_fold()) is None
    first = entry("a1", "approved", at="17:00", by_name="Ruth", sheet_version=1, as_of={"d": 4})
    second = entry("a2", "approved", at="18:00", number=2, by_name="Ada", sheet_version=2, as_of={"d": 9})
    found = approval(_fold(second, first))
    assert found is not None
    assert (found.by, found.version, found.as_of) == ("Ada", 2, {"d": 9})


def test_only_what_the_sheet_is_made_of_counts_as_a_change_after_it(laptop: Laptop, clock: Clock) -> None:
    """Neither a note, nor what is packed, nor another day; a mark that was made or taken back does, but not the last one before it."""
    event, other = laptop.opened(), laptop.schedule(on="2023-12-13")
    ledger, hand = laptop.ledger(), laptop.hand()
    with pytest.raises(Refused) as no:
        approve(ledger, hand, event)
    assert no.value.refusal.code == "not-closed"
    laptop.do("event", "close", event)
    who = min(read_fold(ledger, event).expected)
    for version in (1, 2, 3):
        ledger.append([capture.sign_in(hand, event, who)])
        assert approve(ledger, hand, event).body["sheet_version"] == version
    found = approval(read_fold(ledger, event))
    assert found is not None
    ledger.append([capture.note(hand, event, "warm"), capture.sign_in(hand, other, who)])
    laptop.do("pack", event)
    assert changed_since(ledger, event, found) == 0
    mark = ledger.append_one(capture.sign_in(hand, event, who))
    assert changed_since(ledger, event, found) == 1
    ledger.append_one(capture.undo(hand, mark))
    assert changed_since(ledger, event, found) == 2
    for parcel in waiting(ledger, laptop.workspace, event=event):
        by_hand = mark_handed_over(ledger, hand, parcel, "the platform")
        taken_back = ledger.append_one(capture.undo(hand, by_hand))
        ledger.append_one(capture.undo(hand, taken_back))
    assert changed_since(ledger, event, found) == 2, "a hand-over that is taken back and given back is no correction"
