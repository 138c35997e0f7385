"""The evaluation's summary on paper: what the participants answered, for the committee and its minutes.

Owns which words are printed and how they are cut; the look is `exports/documents/evaluation.typ`. Never counts a ballot,
and never hands a text from people to the typesetter as anything but data.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from plfacilitate.core.evaluation import Answers, Evaluation, said
from plfacilitate.core.minutes import clock, day_text, hours_text, minute_of
from plfacilitate.core.plan import Event
from plfacilitate.shelf.shipped import folder
from plfacilitate.shelf.typeset import printable, typeset

TEMPLATE = "evaluation.typ"
_LINE, _COMMENT = 160, 4_000  # characters; more is cut, and `…` says so


@dataclass(frozen=True, slots=True)
class Answered:
    """An event and what was answered at its end.

    `signed_in` = how many people were there. `state` = ids of the questions that the state asks; the others are the plan's.
    """

    event: Event
    evaluation: Evaluation
    signed_in: int
    office_title: str
    state: Collection[str]
    made_at: datetime


def evaluation_pdf(one: Answered, template: Path | None = None, *, kind: Literal["pdf", "png"] = "pdf") -> bytes:
    """The summary as a PDF: the same bytes for the same answers. `template` None = the shipped look.

    Refused: `sheet-not-drawn`.
    """
    source = template or folder("exports") / "documents" / TEMPLATE
    return typeset(source, "evaluation", printed(one), one.made_at, kind=kind)


def printed(one: Answered) -> dict[str, Any]:
    """Everything that the template prints, as texts, and each count as a number."""
    event, found = one.event, one.evaluation
    heading = " · ".join(dict.fromkeys((event.plan.title, event.title)))
    return {
        "name": f"Evaluation: {_line(heading)}",
        "author": _line(one.office_title or event.plan.sponsor or "plfacilitate"),
        "title": _line(event.plan.title),
        "session": _line(event.title) if event.title != event.plan.title else "",
        "running": f"Evaluation · {_line(heading, 90)} · {_day(event)}",
        "facts": [[label, _line(value)] for label, value in _facts(one) if value],
        "objectives": [_line(text, 400) for text in event.plan.objectives],
        "summary": said(found),
        "parts": [
            {"title": title, "questions": [_question(each) for each in questions]}
            for title, questions in (
                ("What the state asks of every offering", [q for q in found.questions if q.id in one.state]),
                ("What this plan asks", [q for q in found.questions if q.id not in one.state]),
            )
            if questions
        ],
        "foot": f"Without names · counted as of {_moment(one)}",
    }


def _facts(one: Answered) -> list[tuple[str, str]]:
    event = one.event
    approved = event.plan.approved_hundredths
    span = f"{clock(minute_of(event.starts_at), event.zone)}–{clock(minute_of(event.ends_at), event.zone)}"
    return [
        ("When", f"{_day(event)}, {span}"),
        ("In-service no.", event.in_service),
        ("Where", event.place),
        ("Approved", f"{hours_text(approved)} clock hours" if approved else ""),
        ("Presented by", ", ".join(someone.name for someone in event.plan.presenters)),
        ("Answered", f"{one.evaluation.ballots} of {one.signed_in} who signed in"),
    ]


def _question(one: Answers) -> dict[str, Any]:
    return {
        "ask": _line(one.ask, 400),
        "given": one.given_text,
        "counts": [[_line(answer), count, _line(one.end(at))] for at, (answer, count) in enumerate(one.counts)],
        "comments": [_line(text, _COMMENT) for text in one.comments],
        "most": max((count for _, count in one.counts), default=0),
    }


def _day(event: Event) -> str:
    return f"{day_text(event.day)} {event.day.year}"


def _moment(one: Answered) -> str:
    local = one.made_at.astimezone(one.event.zone).date()
    return f"{day_text(local)} {local.year}, {clock(minute_of(one.made_at), one.event.zone)}"


def _line(text: str, longest: int = _LINE) -> str:
    return printable(text, longest)
