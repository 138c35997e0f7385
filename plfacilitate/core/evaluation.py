"""What was answered, at the end of an event or in a poll: how many, and how it spreads.

Owns the counting of ballots and the reading of what was counted. Never learns who answered, and never puts one person's
answers side by side.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from plfacilitate.core.entry import Entry
from plfacilitate.core.plan import Question

Standing = Literal["no-questions", "open", "nobody", "too-few", "counted"]
"""`open` = not counted before the doors close; `too-few` = so few answered that only their number is kept."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered to one question: of a scale or choice each possible answer and its count, of a text all texts.

    `low` and `high` say what the ends of a scale mean, "" = nothing. `people` = how many answered where one may choose
    several, None = as many as the counts say.
    """

    id: str
    kind: str
    ask: str
    counts: tuple[tuple[str, int], ...] = ()
    comments: tuple[str, ...] = ()
    low: str = ""
    high: str = ""
    people: int | None = None

    @property
    def given(self) -> int:
        """How many answered this question."""
        if self.people is not None:
            return self.people
        return len(self.comments) if self.kind == "text" else sum(count for _, count in self.counts)

    def end(self, at: int) -> str:
        """What the answer at that place means, where it is an end of a scale; "" for every other."""
        if self.kind != "scale":
            return ""
        return self.low if at == 0 else self.high if at == len(self.counts) - 1 else ""

    @property
    def middle_twice(self) -> int | None:
        """Twice the middle (the median) of a scale, so that a half stays whole; None = nobody answered, or no scale."""
        steps = [int(step) for step, count in self.counts if step.isdecimal() for _ in range(count)]
        if self.kind != "scale" or not steps:
            return None
        steps.sort()
        return steps[(len(steps) - 1) // 2] + steps[len(steps) // 2]

    @property
    def given_text(self) -> str:
        """`32 answered, middle 4.5`."""
        middle = f", middle {half_text(self.middle_twice)}" if self.middle_twice is not None else ""
        return f"{self.given} answered{middle}"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The answers of an event. `ballots` = how many people answered, `kept` = whose answers were kept and not only counted."""

    standing: Standing
    ballots: int = 0
    kept: int = 0
    questions: tuple[Answers, ...] = ()


def evaluation(asked: Sequence[Question], counted: Sequence[Entry], *, closed: bool) -> Evaluation:
    """What the summaries of an event say together; `asked` = the event's questions, `counted` = its summary entries.

    There are several where an event was opened again, or closed on two laptops.
    """
    ballots = sum(int(one.body.get("ballots", 0)) for one in counted)
    if not ballots:
        return Evaluation("no-questions" if not asked else "nobody" if closed else "open")
    whole = [one for one in counted if one.body.get("questions")]
    if not whole:
        return Evaluation("too-few", ballots)
    kept = sum(int(one.body.get("ballots", 0)) for one in whole)
    rounds = [{str(fact["id"]): fact for fact in one.body["questions"]} for one in whole]
    ids = [*(one.id for one in asked), *sorted({name for facts in rounds for name in facts})]
    plan = {one.id: one for one in asked}
    questions = [
        together([facts[name] for facts in rounds if name in facts], plan.get(name)) for name in dict.fromkeys(ids)
    ]
    return Evaluation("counted", ballots, kept, tuple(one for one in questions if one is not None))


Given = str | int | list[int]
"""One answer: the number of a step or option from 1, of several options all their numbers, or words."""


def counted(question: Question, ballots: Iterable[Mapping[str, Given]]) -> dict[str, Any]:
    """What some ballots say to one question, as the ledger keeps it: counts, or all texts sorted."""
    given = [ballot[question.id] for ballot in ballots if question.id in ballot]
    fact: dict[str, Any] = {"id": question.id, "kind": question.kind, "ask": question.ask}
    if question.kind == "text":
        return fact | {"comments": sorted(map(str, given))}
    steps = map(str, range(1, question.steps + 1))
    names = list(steps) if question.kind == "scale" else list(question.options)
    found = Counter(number for one in given for number in _numbers(one))
    fact["counts"] = {name: found[number] for number, name in enumerate(names, start=1)}
    return fact | {"people": len(given)} if question.kind == "several" else fact


def _numbers(given: Given) -> set[int]:
    """The steps or options that are meant, each once; what is no number means none."""
    if isinstance(given, list):
        return set(given)
    return {int(given)} if isinstance(given, int) or given.isdecimal() else set()


def together(facts: Sequence[Mapping[str, Any]], question: Question | None) -> Answers | None:
    """One question over all rounds, in the order of the plan's answers; None = it was never put."""
    if not facts:
        return None
    first, found = facts[0], Counter[str]()
    people = [int(fact["people"]) for fact in facts if "people" in fact]
    for fact in facts:
        for answer, count in (fact.get("counts") or {}).items():
            found[str(answer)] += int(count)
    order = list(question.options) if question is not None else []
    names = sorted(found, key=lambda name: (order.index(name) if name in order else len(order), _rank(name)))
    return Answers(
        id=str(first["id"]),
        kind=str(first.get("kind", "")),
        ask=str(first.get("ask", "")),
        counts=tuple((name, found[name]) for name in names),
        comments=tuple(sorted(str(text) for fact in facts for text in fact.get("comments") or ())),
        low=question.low if question is not None else "",
        high=question.high if question is not None else "",
        people=sum(people) if people else None,
    )


def _rank(name: str) -> tuple[int, str]:
    return (int(name) if name.isdecimal() else 0, name)


def half_text(twice: int) -> str:
    """`4` or `4.5` of a number that is given twice."""
    return f"{twice // 2}.5" if twice % 2 else str(twice // 2)


def said(found: Evaluation) -> str:
    """How many answered, in a sentence or two."""
    if found.standing == "no-questions":
        return "This plan asks no questions at the end."
    if found.standing == "open":
        return "The answers are counted when the doors are closed."
    if found.standing == "nobody":
        return "Nobody answered the questions at the end."
    people = "1 person" if found.ballots == 1 else f"{found.ballots} people"
    few = "fewer than five are only counted, because one could guess whose they are."
    if found.standing == "too-few":
        return f"{people} answered: {few}"
    left = found.ballots - found.kept
    return f"{people} answered, without names." + (f" Of these {left} came apart from the rest: {few}" if left else "")
