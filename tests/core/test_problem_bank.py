"""The bank: every problem of practice, what it is filed under, what was promised and what became of it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plfacilitate.core.entry import Entry
from plfacilitate.core.problems.bank import Bank
from plfacilitate.core.problems.fold import ProblemFold
from tests.core.entries import entry, undo
from tests.core.popups import OPENED, OTHER, PROMISE
from tests.core.problems import DAY, FORM, LATER, LED, OCCASIONS, RUN, filed, heard, helps, on, problems

DEC_10, DEC_14, DEC_21, JAN_9 = date(2023, 12, 10), date(2023, 12, 14), date(2023, 12, 21), date(2024, 1, 9)


def states(found: Bank) -> dict[str, str]:
    """Problem → state."""
    return {row.problem.id: row.state for row in found.rows}


def test_every_problem_is_in_the_bank_whichever_way_it_came() -> None:
    """Out of a POP-up, out of one form, and a promise that was written down while a protocol was led."""
    found = problems(*DAY)
    assert {key: one.source for key, one in found.items()} == {"p": "popup", "q": "popup", "n": "form", "l": "led"}
    assert (found["p"].title, found["p"].day, found["n"].event) == ("POP-up luncheon", date(2023, 12, 6), None)
    assert (found["l"].problem, found["l"].words) == ("", "Swap classes once")


@pytest.mark.parametrize(
    "today, state",
    [
        (DEC_10, "promised"),
        (date(2023, 12, 12), "promised"),
        (date(2023, 12, 13), "due"),
        (date(2023, 12, 20), "due"),
        (DEC_21, "overdue"),
    ],
)
def test_a_promise_is_due_within_a_week_of_its_day_and_overdue_after_it(today: date, state: str) -> None:
    """The day itself is not late."""
    assert states(on(today, *DAY))["p"] == state


def test_words_that_are_no_day_are_never_due() -> None:
    """`soon` waits, and nobody is reminded of it."""
    found = on(JAN_9, *DAY)
    assert (states(found)["n"], states(found)["q"]) == ("promised", "open")
    assert [one.promise.id for one in found.waiting()] == ["m"]


def test_today_is_told_what_is_overdue_and_what_is_due_the_oldest_day_first() -> None:
    """With the problem that each belongs to; what was tried is no more among it."""
    more = entry("m9", "commitment", at="18:50", popup="q", who="Bo Lind", what="a list", first_step="", due="10 Jan")
    found = on(JAN_9, *DAY, more).waiting()
    assert [(one.problem.id, one.promise.id, one.state, one.due) for one in found] == [
        ("p", "m", "overdue", date(2023, 12, 20)), ("q", "m9", "due", date(2024, 1, 10)),
    ]  # fmt: skip
    assert [one.promise.id for one in on(JAN_9, *DAY, more, heard("h", "2024-01-05", "yes")).waiting()] == ["m9"]


@pytest.mark.parametrize(
    "last, state",
    [
        (heard("h", "2024-01-05", "yes"), "tried"), (heard("h", "2024-01-05", "partly"), "tried"),
        (heard("h", "2024-01-05", "no"), "overdue"), (heard("h", "2024-01-05", "yes", "keep"), "kept"),
        (heard("h", "2024-01-05", "partly", "change"), "changed"), (heard("h", "2024-01-05", "yes", "drop"), "dropped"),
        (heard("h", "2024-01-05", "no", "drop"), "not-kept"), (heard("h", "2024-01-05", "partly", "drop"), "dropped"),
        (heard("h", "2024-01-05", "yes", "drop", due="2024-01-01"), "dropped"),
        (heard("h", "2024-01-05", "no", due="2024-02-20"), "promised"),
        (heard("h", "2024-01-05", "partly", "change", due="2024-01-12"), "due"),
        (heard("h", "2024-01-05", "yes", "keep", due="6 Jan"), "overdue"),
        (entry("h", "commitment-settled", event=None, cohort="c", popup="m", kept=True, note=""), "kept"),
        (entry("h", "commitment-settled", event=None, cohort="c", popup="m", kept=False, note=""), "not-kept"),
    ],
)  # fmt: skip
def test_what_was_heard_last_says_how_a_promise_stands(last: Entry, state: str) -> None:
    """Also the short word of the cohort's board, which says kept or not and no more."""
    assert states(on(JAN_9, *DAY, last))["p"] == state


def test_several_follow_ups_are_a_history_by_the_day_on_which_they_were_heard() -> None:
    """Whatever was written down first."""
    found = problems(
        *DAY, heard("h2", "2024-01-05", "yes", "keep", at="21:01"), heard("h1", "2023-12-20", "no", at="21:02")
    )
    assert [one.entry for one in found["p"].promises[0].followed] == ["h1", "h2"]


def test_a_follow_up_stays_with_the_promise_when_its_words_change() -> None:
    """A new version of a commitment is the same commitment."""
    anew = entry(
        "m2",
        "commitment",
        at="18:40",
        replaces=["m"],
        popup="p",
        who="Ana Ruiz",
        what="pairs, then all",
        first_step="",
        due="",
    )
    (promise,) = problems(*DAY, heard("h", "2024-01-05", "yes"), anew)["p"].promises
    assert (promise.id, promise.entry, promise.what, len(promise.followed)) == ("m", "m2", "pairs, then all", 1)


def test_the_last_word_of_what_a_problem_is_filed_under_counts() -> None:
    """Each by itself, and an undo brings back what was before."""
    told = [*DAY, filed("f1", theme="Talk", attribute="student-ownership"), filed("f2", theme="Student talk")]
    assert (problems(*told)["p"].theme, problems(*told)["p"].attribute) == ("Student talk", "student-ownership")
    assert problems(*told, undo("u", "f2", event=None))["p"].theme == "Talk"


def test_a_problem_that_returned_brings_its_history_along() -> None:
    """And its theme, its attribute and its school, where nothing else is said of it."""
    told = [*DAY, LATER, filed("f1", theme="Talk"), filed("f2", "x", continues="p"), heard("h", "2024-01-05", "yes")]
    found = on(date(2024, 3, 6), *told)
    row = found.row("x")
    assert row is not None
    assert (row.problem.theme, row.problem.school, row.problem.continues) == ("Talk", "Lakeridge", "p")
    assert [one.problem.id for one in found.before("x")] == ["p"]
    assert problems(*told)["p"].goes_on == ("x",)


def test_two_problems_that_each_go_on_from_the_other_stay_two() -> None:
    """Two laptops may have said that; nothing goes round in circles."""
    found = on(
        JAN_9, *DAY, filed("f1", "p", continues="q"), filed("f2", "q", continues="p"), filed("f3", "n", continues="n")
    )
    assert [[one.problem.id for one in found.before(key)] for key in ("p", "q", "n")] == [["q"], ["p"], []]
    assert [row.problem.goes_on for key in ("p", "q", "n") if (row := found.row(key))] == [("q",), ("p",), ()]


def test_the_bank_is_chosen_from_by_theme_school_attribute_and_state() -> None:
    """A theme and a school by the beginnings of their words, however they are written; `settled` is any end."""
    found = on(
        JAN_9,
        *DAY,
        filed("f1", theme="Student talk", attribute="student-ownership"),
        heard("h", "2024-01-05", "yes", "keep"),
    )

    def ids(**asked: str) -> list[str]:
        return [row.problem.id for row in found.chosen(**asked)]

    assert (
        ids(theme="STUDENT")
        == ids(theme="tal stud")
        == ids(attribute="student-ownership")
        == ids(state="settled")
        == ids(state="kept")
        == ["p"]
    )
    assert ids(school="dim") == ["q"]
    assert ids(school="dim", state="kept") == []
    assert (found.themes(), found.schools()) == (("Student talk",), ("Dimmitt", "Lakeridge"))


def test_what_is_late_comes_first() -> None:
    """Then the newest."""
    assert [row.problem.id for row in on(JAN_9, *DAY).rows] == ["p", "l", "n", "q"]


WHOLE = [
    OPENED, OTHER, PROMISE, FORM, RUN, LED, LATER, filed("f1", theme="Talk"), filed("f2", "x", continues="p"),
    heard("h1", "2023-12-20", "no", number=7), heard("h2", "2024-01-05", "partly", number=8), heard("h3", "2024-01-05", "yes", "keep", number=9),
    helps("r1", "Talk moves"), helps("r2", "Gone"), undo("u1", "h3", event=None), undo("u2", "r2", event=None),
    entry("z", "erased", event=None, ids=["q"]),
]  # fmt: skip
EXPECTED = problems(*WHOLE)


@settings(max_examples=60)
@given(st.permutations(WHOLE), st.lists(st.sampled_from(WHOLE)), st.integers(0, len(WHOLE)))
def test_order_repetition_and_merging_change_nothing(order: list[Entry], again: list[Entry], cut: int) -> None:
    """All at once, or part by part from two laptops: the same bank."""
    fold = ProblemFold()
    for part in (order[:cut], again, order[cut:]):
        fold.apply(part)
        fold.problems(OCCASIONS)
    assert {one.id: one for one in fold.problems(OCCASIONS)} == EXPECTED


def test_the_whole_holds_what_it_should() -> None:
    """So that the property above is about something."""
    assert sorted(EXPECTED) == ["l", "n", "p", "x"]
    assert [one.entry for one in EXPECTED["p"].promises[0].followed] == ["h1", "h2"]
    assert [one.title for one in EXPECTED["p"].helps] == ["Talk moves"]
    assert EXPECTED["x"].theme == "Talk"
