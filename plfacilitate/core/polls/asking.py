"""What a poll may ask, how a line that was typed becomes a question, and which answers are taken.

Owns the limits and that little language: `How is the pace? too slow / right / too fast`. Never opens a poll.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from plfacilitate.core.evaluation import Given
from plfacilitate.core.plan import Question, QuestionKind
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import plain, tidy

MOST_QUESTIONS = 5
FEWEST_CHOICES, MOST_CHOICES = 2, 10
"""Choices of one question: one is none, and more than ten are not compared on a phone."""
MOST_ASK, MOST_CHOICE = 300, 120
"""Letters of a question, and of one of its choices: they are read from the wall."""
MOST_SAID = 1_000
"""Letters of one written answer."""
STEPS = 5

WORDS: Mapping[QuestionKind, str] = {
    "choice": "one choice", "several": "several", "scale": "scale", "text": "a word or a line",
}  # fmt: skip
_CALLED: Mapping[str, QuestionKind] = {
    "o": "choice", "one": "choice", "choice": "choice", "s": "several", "several": "several", "n": "scale",
    "scale": "scale", "numbers": "scale", "t": "text", "text": "text", "word": "text", "words": "text", "line": "text",
}  # fmt: skip
_SCALE = re.compile(r"1\s*(?:-|–|\.\.|to)\s*([2-9]|10)", re.ASCII)


def kind_of(typed: str, choices: Sequence[str]) -> QuestionKind | None:
    """The kind that somebody means by a word or its first letter; "" = by the choices. None = no kind is called so."""
    words = tidy(typed).casefold().split()
    if not words:
        return "choice" if choices else "text"
    return "scale" if words[0][0].isdigit() else _CALLED.get(words[0])


def steps_of(typed: str) -> int:
    """How many steps a scale has that was typed as `1-5`, 5 where nothing else is said."""
    found = _SCALE.search(tidy(typed))
    return int(found[1]) if found else STEPS


def choices_of(typed: str) -> tuple[str, ...]:
    """Choices as they were typed: one a line, or between slashes; each once."""
    parts = (tidy(part) for line in typed.splitlines() for part in line.split("/"))
    return tuple(dict.fromkeys(part for part in parts if part))


def question_of(line: str, number: int) -> Question:
    """A question that was typed in one line: behind its mark stand choices, `1-5`, or nothing. Refused: as `checked`.

    A star before the choices = several may be taken.
    """
    ask, mark, rest = tidy(line).partition("?")
    rest = rest.strip()
    several, rest = rest.startswith("*"), rest.removeprefix("*").strip()
    if _SCALE.fullmatch(rest):
        return checked(Question(f"q{number}", "scale", f"{ask}{mark}", steps=steps_of(rest)))
    choices = choices_of(rest)
    if len(choices) < FEWEST_CHOICES and not several:  # words that go on behind a question mark are no choice
        return checked(Question(f"q{number}", "text", tidy(line)))
    return checked(Question(f"q{number}", "several" if several else "choice", f"{ask}{mark}", choices))


def checked(one: Question) -> Question:
    """The question, if phones can be asked it. Refused: `poll-empty`, `poll-choices`, `poll-long`."""
    if not tidy(one.ask):
        raise Refused("poll-empty")
    if one.kind in ("choice", "several") and not FEWEST_CHOICES <= len(one.options) <= MOST_CHOICES:
        raise Refused("poll-choices", count=len(one.options), fewest=FEWEST_CHOICES, most=MOST_CHOICES)
    long = next((text for text, most in _lengths(one) if len(text) > most), "")
    if long:
        raise Refused("poll-long", text=f"{plain(long)[:40]}…", ask=MOST_ASK, choice=MOST_CHOICE)
    return one


def _lengths(one: Question) -> list[tuple[str, int]]:
    return [(one.ask, MOST_ASK), *((text, MOST_CHOICE) for text in (*one.options, one.low, one.high))]


def answers_of(questions: Sequence[Question], fields: Mapping[str, str]) -> dict[str, Given]:
    """Question → what a form says to it: the number of a step or option, several of them, or a text. What is none is left out.

    A text is cut at 1,000 letters.
    """
    found: dict[str, Given] = {}
    for one in questions:
        given, most = fields.get(f"a_{one.id}", ""), one.steps if one.kind == "scale" else len(one.options)
        if one.kind == "text":
            text = tidy(given)[:MOST_SAID]
            if text:
                found[one.id] = text
        elif one.kind == "several":
            taken = [at for at in range(1, most + 1) if fields.get(f"a_{one.id}_{at}")]
            if taken:
                found[one.id] = taken
        elif given.isascii() and given.isdigit() and len(given) < 4 and 1 <= int(given) <= most:
            found[one.id] = int(given)
    return found


def too_long(questions: Sequence[Question], fields: Mapping[str, str]) -> bool:
    """Whether something that was written had to be cut."""
    return any(one.kind == "text" and len(tidy(fields.get(f"a_{one.id}", ""))) > MOST_SAID for one in questions)
