"""Polls as a screen shows them: what is asked, whether phones can answer, what was counted.

Owns the frozen values and how counts from several places become one. Never says who answered where no names are asked
for: nobody knows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from plfacilitate.core.evaluation import Answers, Given, counted, together
from plfacilitate.core.plan import Question

Ballot = Mapping[str, Given]
"""The answers of one person: question → answer."""


def answer_text(question: Question, given: Given) -> str:
    """One answer in words: of a scale its step, of options their words, one a line. A number that is none says so."""
    if isinstance(given, str):
        return given
    numbers = given if isinstance(given, list) else [given]
    if question.kind == "scale":
        return "\n".join(map(str, numbers))
    return "\n".join(question.options[at - 1] if 1 <= at <= len(question.options) else f"{at}?" for at in numbers)


def numbered(question: Question, fact: Mapping[str, Any]) -> Mapping[str, Any]:
    """What was counted, by the numbers of the options: their words stand in the question alone."""
    if question.kind not in ("choice", "several"):
        return fact
    return {**fact, "counts": {str(at): fact["counts"][text] for at, text in enumerate(question.options, start=1)}}


def worded(question: Question, fact: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same with the options' words, as the question says them now."""
    if question.kind not in ("choice", "several"):
        return fact
    counts = fact.get("counts") or {}
    return {**fact, "counts": {text: int(counts.get(str(at), 0)) for at, text in enumerate(question.options, start=1)}}


def _by_words(text: str) -> tuple[str, str]:
    return (text.casefold(), text)


class Said(NamedTuple):
    """What somebody answered with their name. `who` = the name as it was given, `entry` = where it stands."""

    person: str
    who: str
    answers: Ballot
    entry: str = ""


class Poll(NamedTuple):
    """One poll or exit ticket.

    `ready` = the id that the plan knows it by, "" = made up in the room. `hidden` = the wall shows no count before it is
    closed; `shown` = a key said otherwise, None = none did; `texts` = what was written stands on the wall. `counted` =
    what was counted when it was closed, once for each laptop that closed it; `ballots` = how many these were. `said` =
    the answers with names, by names.
    """

    id: str
    title: str
    questions: tuple[Question, ...]
    exit: bool = False
    named: bool = False
    hidden: bool = True
    ready: str = ""
    segment: str = ""
    opened_at: str = ""
    open: bool = True
    closed_at: str = ""
    shown: bool | None = None
    texts: bool = False
    ballots: int = 0
    counted: tuple[Sequence[Mapping[str, Any]], ...] = ()
    said: tuple[Said, ...] = ()

    @property
    def name(self) -> str:
        """What it is called where there is one line for it."""
        return self.title or self.questions[0].ask

    @property
    def on_wall(self) -> bool:
        """Whether the room may see the counts."""
        return not self.open or (not self.hidden if self.shown is None else self.shown)

    def results(self, box: Sequence[Ballot] = ()) -> tuple[Answers, ...]:
        """What came so far, question by question; `box` = the ballots that lie there without a name."""
        found = []
        for at, question in enumerate(self.questions):
            facts = [worded(question, one) for facts in self.counted for one in facts if one.get("id") == question.id]
            facts.append(counted(question, [one.answers for one in self.said]))
            facts.append(counted(question, box))
            answers = together(facts, question)
            assert answers is not None, f"question {at} was counted a line above"
            found.append(replace(answers, comments=tuple(sorted(answers.comments, key=_by_words))))
        return tuple(found)

    def came(self, box: int = 0) -> int:
        """How many have answered; `box` = how many ballots lie there."""
        return self.ballots + len(self.said) + box


class PollPicture(NamedTuple):
    """All polls of an event, in the order in which they were opened."""

    event: str
    polls: tuple[Poll, ...] = ()

    @property
    def open(self) -> Poll | None:
        """What phones are asked now; None = nothing. Of two that were opened on two laptops the newer one."""
        return next((one for one in reversed(self.polls) if one.open), None)

    def poll(self, poll: str) -> Poll | None:
        """The poll of that id, or None."""
        return next((one for one in self.polls if one.id == poll), None)


class PollBoard(NamedTuple):
    """The same as a desk sees it. `box` = poll → the ballots that lie in the box, in no order but their numbers'."""

    picture: PollPicture
    box: Mapping[str, Sequence[Ballot]] = {}

    def results(self, poll: Poll) -> tuple[Answers, ...]:
        """What came so far."""
        return poll.results(self.box.get(poll.id, ()))

    def came(self, poll: Poll) -> int:
        """How many have answered so far."""
        return poll.came(len(self.box.get(poll.id, ())))
