"""Polls as the desk lists them: at the left what is asked, was asked and lies ready, at the right what came of one.

Owns the order of the lines and their words. Shows no text of an open poll before the wall does: who looks on would see
whose it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from plfacilitate.core.evaluation import Answers
from plfacilitate.core.plan import ENDING, Event, ReadyPoll
from plfacilitate.core.polls.asking import WORDS
from plfacilitate.core.polls.picture import Poll, PollBoard, answer_text

State = Literal["open", "ready", "closed"]
EIGHTHS = " ▏▎▍▌▋▊▉"


class PollLine(NamedTuple):
    """One poll, or one that the plan has ready. `note` = how many answered, or what it is."""

    state: State
    id: str
    text: str
    note: str
    symbol: str
    look: str


class ResultLine(NamedTuple):
    """One line of what came: a heading, words, or an answer with its count and `share` in hundredths of the most."""

    kind: Literal["head", "words", "bar", "text"]
    text: str = ""
    note: str = ""
    share: int = 0
    look: str = ""
    key: str = ""


def poll_lines(board: PollBoard, event: Event, segment: str, now: datetime) -> list[PollLine]:
    """What is open, what is ready (that of the running segment first), what is closed, the newest first."""
    polls = board.picture.polls
    lines = [PollLine("open", one.id, one.name, str(board.came(one)), "●", "in") for one in polls if one.open]
    asked = {one.ready for one in polls if one.ready}
    waiting = [one for one in event.plan.polls if one.id not in asked]
    waiting.sort(key=lambda one: not _likely(one, segment, ending=now >= event.ends_at - ENDING))
    lines += [
        PollLine("ready", one.id, _name(one), "exit" if one.exit else "ready", "○", "expected") for one in waiting
    ]
    closed = [one for one in reversed(polls) if not one.open]
    return lines + [PollLine("closed", one.id, one.name, str(board.came(one)), "✓", "good") for one in closed]


def _likely(one: ReadyPoll, segment: str, *, ending: bool) -> bool:
    return bool(one.segment and one.segment == segment) or (one.exit and ending)


def _name(one: ReadyPoll) -> str:
    return one.title or one.questions[0].ask


def ready_lines(one: ReadyPoll) -> list[ResultLine]:
    """What would be asked."""
    lines = [
        ResultLine("words", f"Ready: Enter asks the phones · {_how(exit_ticket=one.exit, named=one.names)}", look="dim")
    ]
    for question in one.questions:
        lines += [ResultLine("head", question.ask, WORDS[question.kind])]
        lines += [ResultLine("bar", text, key=text) for text in question.options]
    return lines


def result_lines(board: PollBoard, one: Poll, present: int, *, door: bool) -> list[ResultLine]:
    """What came so far of a poll: how many, then question by question. `door` = phones can come through."""
    came = board.came(one)
    of = f"{came} of {present} have answered" if one.open else f"{came} answered"
    wall = "wall: " + (" and ".join(_shown(one)) or "question only")
    lines = [
        ResultLine("words", f"{'● open' if one.open else '✓ closed'} · {of}", look="in" if one.open else "good"),
        ResultLine("words", f"{_how(exit_ticket=one.exit, named=one.named)} · {wall}", look="dim"),
    ]
    if one.open and not door:
        lines.append(ResultLine("words", "⚠ no phone comes through: d in the room opens the doors", look="warn"))
    for answers in board.results(one):
        lines += _question(one, answers)
    return [*lines, *_named(one)]


def _how(*, exit_ticket: bool, named: bool) -> str:
    names = "with names" if named else "no names"
    return f"exit ticket · {names}" if exit_ticket else names


def _shown(one: Poll) -> Iterator[str]:
    if one.on_wall:
        yield "counts"
    if one.texts:
        yield "texts"


def _question(one: Poll, answers: Answers) -> Iterator[ResultLine]:
    yield ResultLine("head", answers.ask, answers.given_text)
    most = max((many for _, many in answers.counts), default=0)
    for at, (text, many) in enumerate(answers.counts):
        words = f"{text}  {end}" if (end := answers.end(at)) else text
        yield ResultLine("bar", words, str(many), many * 100 // most if most else 0, key=f"{answers.id}:{at}")
    if answers.kind == "text" and one.open and not one.texts and not one.named and answers.comments:
        yield ResultLine("words", f"{len(answers.comments)} written: t shows them here and on the wall, closing shows them here",
                         look="dim")  # fmt: skip
    else:
        for at, text in enumerate(answers.comments):
            yield ResultLine("text", text, key=f"{answers.id}:{at}")


def _named(one: Poll) -> Iterator[ResultLine]:
    if one.said:
        yield ResultLine("head", "Who answered what", str(len(one.said)))
    for said in one.said:
        words = (answer_text(each, said.answers[each.id]) for each in one.questions if each.id in said.answers)
        yield ResultLine(
            "text", f"{said.who}: {' · '.join(' + '.join(text.splitlines()) for text in words)}", key=said.person
        )


def bar(share: int, width: int) -> str:
    """A bar of so many hundredths of a width, in eighths of a cell; the least that is there is seen."""
    eighths = max(1, share * width * 8 // 100) if share else 0
    return "█" * (eighths // 8) + (EIGHTHS[eighths % 8] if eighths % 8 else "")


def ready_of(event: Event, poll: str) -> ReadyPoll | None:
    """A poll that the plan has ready; None = it has none of that id."""
    found: Sequence[ReadyPoll] = [one for one in event.plan.polls if one.id == poll]
    return found[0] if found else None
