"""Which lines wait for a person: contradictions and missing sign-outs, not the sessions that are still to come."""

from __future__ import annotations

import pytest

from plfacilitate.core.roll.lines import Figures, RollLine
from plfacilitate.office.overview import Some, needs_decision

LINE = RollLine(
    ("alvarez", "maria"), "p", "Alvarez", "Maria", "", "", "", "", "", "s", "PS-1", "Cohort", "plan", "psesd", "psesd 2026-1",
    (), "2023-12-06", Figures(360, 600, "pending", 0), 600, (), "", "", (), (),
)  # fmt: skip


@pytest.mark.parametrize(
    "status, codes, decision",
    [
        ("pending", ("series-incomplete", "to-come"), False),
        ("pending", ("to-come", "left-early"), False),
        ("pending", ("still-in",), False),
        ("pending", ("doubtful",), True),
        ("pending", ("series-incomplete", "doubtful"), True),
        ("pending", ("series-incomplete", "no-sign-out"), True),
        ("pending", ("doubtful-person",), True),
        ("pending", (), True),
        ("earned", ("doubtful",), False),
        ("none", ("no-sign-out",), False),
    ],
)
def test_who_waits_for_a_decision(status: str, codes: tuple[str, ...], decision: bool) -> None:
    """A series that is on course waits for nobody; whatever else keeps hours back waits for a person."""
    line = LINE._replace(figures=Figures(360, 600, status, 0), codes=codes)
    assert needs_decision(line) == decision


def test_the_first_few_are_named_and_all_are_counted() -> None:
    """Five people with six hours each."""
    some = Some()
    for number in range(5):
        some = some.and_(LINE._replace(last_name=f"A{number}"))
    assert some == Some(5, 3000, ("A0, Maria", "A1, Maria", "A2, Maria"))
