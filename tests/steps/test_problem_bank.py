"""How a problem of the bank is named."""

from __future__ import annotations

from datetime import date

import pytest

from plfacilitate.core.refusal import Refused
from plfacilitate.steps.problem_bank import find_problem
from tests.core.entries import entry
from tests.core.problems import on

JAN_9 = date(2024, 1, 9)


def test_a_problem_is_named_by_the_beginning_of_its_id_or_of_a_promises() -> None:
    """Four letters at least, and no other problem's: a whole id is never in doubt."""
    ids = ("abcd", "abcd1", "abcx1")
    found = on(JAN_9, *(entry(one, "popup-opened", owner="Bo", problem="Talk", data="", school="") for one in ids),
               entry("zzzz1", "commitment", popup="abcx1", who="Bo", what="a list", first_step="", due=""))  # fmt: skip
    assert [find_problem(found, name).problem.id for name in ("abcd", "abcd1", "abcx", "zzzz")] == [
        "abcd",
        "abcd1",
        "abcx1",
        "abcx1",
    ]
    for name in ("abc", "", "abcd2"):
        with pytest.raises(Refused) as no:
            find_problem(found, name)
        assert no.value.refusal.code == "problem-unknown"
    two = on(
        JAN_9,
        *(entry(one, "popup-opened", owner="Bo", problem="Talk", data="", school="") for one in ("abcd1", "abcd2")),
    )
    with pytest.raises(Refused):
        find_problem(two, "abcd")
