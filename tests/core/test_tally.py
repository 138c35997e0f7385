"""Which rule a series is counted by, where its sessions were opened under several."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from plfacilitate.core.fold import EventFold
from plfacilitate.core.tally import CreditSheet, credit_sheet
from tests.core.entries import entry
from tests.core.plans import OFFICE, PLAN


def _event(name: str, day: str, scheduled: str, opened: str | None = None) -> EventFold:
    """An event of the series, put on a day under one version of the rule and opened under another; None = not opened.

    The number of a version is the share of a session that its plan asks for.
    """
    body: dict[str, Any] = {
        "plan": PLAN, "session": "s1", "series": "x", "title": name, "date": day, "tz": "America/Los_Angeles",
        "place": "Renton", "in_service": "123", "claim_code": "",
    }  # fmt: skip
    entries = [entry(f"{name} s", "event-scheduled", event=name, office=OFFICE | {"version": scheduled}, **body)]
    if opened is not None:
        plan, office = PLAN | {"attended_at_least": int(opened[1:])}, OFFICE | {"version": opened}
        entries.append(entry(f"{name} o", "event-opened", at="17:30", event=name, plan=plan, office=office))
    fold = EventFold(name)
    fold.apply(entries)
    return fold


def _series(*folds: EventFold) -> CreditSheet:
    return credit_sheet(folds, {}, event=None, as_of={}, at=datetime(2024, 3, 1, tzinfo=UTC))


def test_the_latest_opening_of_a_series_says_by_which_rule_its_hours_are_counted() -> None:
    """Neither the first session nor one that nobody opened yet: whoever signed in last signed under this rule."""
    first, second = _event("b", "2023-12-06", "v0", "v1"), _event("a", "2024-01-10", "v0", "v2")
    coming = _event("c", "2024-02-07", "v3")
    for folds in ((first, second, coming), (coming, second, first)):
        found = _series(*folds)
        assert (found.office.version, found.facts.rule.share) == ("v2", 2)
        assert [event.id for event in found.events] == ["b", "a", "c"]


def test_of_sessions_that_nobody_opened_the_latest_says_the_rule() -> None:
    """Nobody signed anything yet: the newest word of the office."""
    assert _series(_event("b", "2024-01-10", "v2"), _event("a", "2023-12-06", "v1")).office.version == "v2"


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")])
def test_of_two_openings_at_one_time_every_laptop_takes_the_same(names: tuple[str, str]) -> None:
    """In whatever order they came to it."""
    both = [_event(name, "2023-12-06", "v0", {"a": "v1", "b": "v2"}[name]) for name in names]
    assert _series(*both).office.version == "v2"
