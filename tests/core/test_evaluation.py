"""Reading the counted ballots: one round or several, and every way in which there is nothing to read."""

from __future__ import annotations

from typing import Any

import pytest

from plfacilitate.core.entry import Entry
from plfacilitate.core.evaluation import Answers, evaluation, half_text, said
from plfacilitate.core.plan import Question
from tests.core.entries import entry

ASKED = (
    Question("b", "choice", "What next?", ("zebra", "ant")),
    Question("a", "scale", "How was it?", steps=3, low="poor", high="good"),
    Question("c", "text", "What else?"),
)
Fact = dict[str, Any]
A: Fact = {"id": "a", "kind": "scale", "ask": "How was it?"}
B: Fact = {"id": "b", "kind": "choice", "ask": "What next?"}
C: Fact = {"id": "c", "kind": "text", "ask": "What else?"}


def counted(ballots: int, *questions: Fact) -> Entry:
    """A summary in the ledger."""
    return entry("s", "evaluation-summary", ballots=ballots, questions=list(questions))


def test_the_plan_orders_questions_and_answers() -> None:
    """However the summary has them, with the words of a scale's ends."""
    body = [
        A | {"counts": {"3": 4, "2": 0, "1": 1}},
        B | {"counts": {"ant": 2, "zebra": 3}},
        C | {"comments": ["y", "x"]},
    ]
    found = evaluation(ASKED, [counted(5, *body)], closed=True)
    assert (found.standing, found.ballots, found.kept) == ("counted", 5, 5)
    assert found.questions == (
        Answers("b", "choice", "What next?", (("zebra", 3), ("ant", 2))),
        Answers("a", "scale", "How was it?", (("1", 1), ("2", 0), ("3", 4)), (), "poor", "good"),
        Answers("c", "text", "What else?", (), ("x", "y")),
    )
    assert said(found) == "5 people answered, without names."


def test_rounds_are_one() -> None:
    """Closed, opened again and closed: counts and texts are added; a small round is counted only, and said to be."""
    first = counted(5, A | {"counts": {"1": 5}}, C | {"comments": ["late"]})
    second = counted(6, A | {"counts": {"1": 1, "3": 5}}, C | {"comments": ["early"]})
    found = evaluation(ASKED, [first, second, counted(2)], closed=True)
    assert (found.ballots, found.kept) == (13, 11)
    assert [one.counts for one in found.questions] == [(("1", 6), ("3", 5)), ()]
    assert found.questions[1].comments == ("early", "late")
    assert said(found).startswith("13 people answered, without names. Of these 2 came apart")


@pytest.mark.parametrize(
    "asked, ballots, closed, standing, words",
    [
        ((), None, True, "no-questions", "This plan asks no questions at the end."),
        (ASKED, None, False, "open", "The answers are counted when the doors are closed."),
        (ASKED, None, True, "nobody", "Nobody answered the questions at the end."),
        (ASKED, 0, True, "nobody", "Nobody answered the questions at the end."),
        (ASKED, 1, True, "too-few", "1 person answered: fewer than five are only counted"),
        (ASKED, 4, True, "too-few", "4 people answered: fewer than five are only counted"),
    ],
)
def test_nothing_to_read(
    asked: tuple[Question, ...], ballots: int | None, closed: bool, standing: str, words: str
) -> None:
    """Not asked, not closed, not answered and too few are four things."""
    found = evaluation(asked, [] if ballots is None else [counted(ballots)], closed=closed)
    assert (found.standing, found.questions) == (standing, ())
    assert said(found).startswith(words)


@pytest.mark.parametrize(
    "counts, middle",
    [
        ((("1", 0), ("2", 0)), None),
        ((("1", 2), ("2", 1)), "1"),
        ((("1", 2), ("2", 2)), "1.5"),
        ((("1", 1), ("5", 1)), "3"),
        ((("9", 1), ("10", 3)), "10"),
    ],
)
def test_the_middle_of_a_scale(counts: tuple[tuple[str, int], ...], middle: str | None) -> None:
    """The median, halves and all; nothing where nobody answered."""
    twice = Answers("a", "scale", "?", counts).middle_twice
    assert (half_text(twice) if twice is not None else None) == middle
    assert Answers("a", "choice", "?", counts).middle_twice is None


def test_steps_beyond_nine_stay_in_order() -> None:
    """10 comes after 9."""
    fact = A | {"counts": {"10": 3, "9": 1, "1": 1}}
    (found,) = evaluation((), [counted(5, fact)], closed=True).questions
    assert [name for name, _ in found.counts] == ["1", "9", "10"]
