"""One problem of practice on a page for its owner, and what stands on it as texts.

Owns which words are printed and how they are cut; the look is `exports/documents/problem.typ`. Never says who gave an
idea or a dot.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from plfacilitate.core.problems.bank import Held, Row
from plfacilitate.core.problems.story import Story
from plfacilitate.core.problems.values import BankProblem
from plfacilitate.core.problems.words import day_or_words, heard_words, when
from plfacilitate.core.protocol import TITLES
from plfacilitate.shelf.protocol_form import Paper
from plfacilitate.shelf.shipped import folder
from plfacilitate.shelf.typeset import printable, typeset

TEMPLATE = "problem.typ"
_LONG, _LINE = 4_000, 400  # letters: of a problem in its owner's words, of an idea
_MOST = 20  # options with dots, or ideas; how many more there are is said


def problem_pdf(
    told: Story,
    made_at: datetime,
    *,
    reply: str = "",
    paper: Paper = "us-letter",
    template: Path | None = None,
    kind: Literal["pdf", "png"] = "pdf",
) -> bytes:
    """The page as a PDF: the same bytes for the same story. `reply` = where to write to. Refused: `sheet-not-drawn`."""
    source = template or folder("exports") / "documents" / TEMPLATE
    return typeset(source, "problem", printed(told, reply) | {"paper": paper}, made_at, kind=kind)


def printed(told: Story, reply: str = "") -> dict[str, Any]:
    """Everything that is printed, as texts; people's words are data and nothing else."""
    one = told.row.problem
    backed, ideas = told.backed[:_MOST], told.ideas[:_MOST]
    more = len(told.backed) + len(told.ideas) - len(backed) - len(ideas)
    return {
        "name": f"Problem of practice: {_line(one.words, 80)}",
        "who": " · ".join(filter(None, (_line(one.owner), _line(one.school)))),
        "met": " · ".join(filter(None, (_line(one.title), when(one.day)))),
        "about": _about(one),
        "problem": _long(one.problem),
        "data": _long(one.data),
        "how_might_we": _long(one.how_might_we),
        "backed": [
            {"text": _line(each.text), "dots": each.dots, "ideas": [_line(idea) for idea in each.ideas[:_MOST]]}
            for each in backed
        ],
        "ideas": [_line(idea) for idea in ideas],
        "more": f"and {more} more" if more else "",
        "test": _long(one.test),
        "promises": [_promise(held) for held in told.row.held],
        "goals": [_long(goal) for goal in told.goals],
        "helps": [{"title": _line(each.title), "where": _line(each.where)} for each in one.helps],
        "before": _others(told.before),
        "after": _others(told.after),
        "reply": _line(reply),
        "foot": f"{_line(one.words, 70)} · {one.id[:8]}",
    }


def _about(one: BankProblem) -> str:
    return " · ".join(filter(None, (_line(one.theme), TITLES.get(one.attribute, _line(one.attribute)))))


def _promise(held: Held) -> dict[str, Any]:
    one = held.promise
    return {
        "what": _long(one.what), "who": _line(one.who), "first_step": _long(one.first_step), "due": _line(day_or_words(one.due, one.day)),
        "heard": [_long(heard_words(each)) for each in one.followed],
    }  # fmt: skip


def _others(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Problems before and after this one, as one knows them again."""
    return [
        {
            "day": when(row.problem.day), "title": _line(row.problem.title), "problem": _line(row.problem.words),
            "promises": [_promise(held) for held in row.held],
        }
        for row in rows
    ]  # fmt: skip


def _long(text: str) -> str:
    """A text in paragraphs, each as it is printed."""
    return "\n".join(printable(part, _LONG) for part in text[:_LONG].splitlines()) + ("…" if len(text) > _LONG else "")


def _line(text: str, longest: int = _LINE) -> str:
    return printable(" ".join(text.split()), longest)
