"""What a plan file looks like.

Owns the keys of `sessions/*.toml` and what each may hold. Imported only where a file is read, since pydantic is heavy.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from plfacilitate.core.plan import PLAN_LANGUAGE, Choice, CreditMode, SegmentKind
from plfacilitate.core.polls.asking import MOST_QUESTIONS
from plfacilitate.shelf.shapes import ClockTime, Id, Minutes, Number, Shape, Text, wrong

EXAMPLES: Mapping[str, str] = {
    "id": 'id = "my-plan"',
    "title": 'title = "A title that people read"',
    "office": 'office = "psesd"',
    "approved_hours": "approved_hours = 5.5 (or 0 where no clock hours were approved)",
    "credit": 'credit = "all-sessions" or credit = "each-session"',
    "session": "[[session]] with id, title, starts and agenda",
    "starts": 'starts = "08:30"',
    "agenda": 'agenda = [ { minutes = 90, kind = "instruction", title = "Welcome" } ]',
    "minutes": "minutes = 45",
    "ask": 'ask = "How useful was today?"',
    "options": 'options = ["Yes", "No"]',
    "poll": "[[poll]] with id and question",
    "question": 'question = [ { kind = "choice", ask = "How is the pace?", options = ["slow", "fast"] } ]',
    "exit": "exit = true",
    "hidden": "hidden = false",
    "segment": 'segment = "the title of a segment"',
    "language": 'language = "en"',
    "kind": 'kind = "instruction"',
    "popup": "[popup] with names = false and stacking = false",
    "names": "names = true",
    "stacking": "stacking = true",
    "protocol": 'protocol = "consultancy-50"',
    "name": 'name = "First Last"',
}
_CHOICE: tuple[Choice, ...] = ("clock-hours",)


class SegmentShape(Shape):
    """One line of an agenda."""

    minutes: Minutes
    kind: SegmentKind
    title: str = ""
    protocol: Id | None = None
    fixed: bool | None = None


class PopupShape(Shape):
    """How POP-ups go."""

    names: bool = False
    stacking: bool = False


class SessionShape(Shape):
    """One day; without a title it has the plan's."""

    id: Id
    title: str = ""
    starts: ClockTime
    agenda: Annotated[list[SegmentShape], Field(min_length=1)]


class PresenterShape(Shape):
    """Who presents."""

    name: Text
    position: str = ""
    qualification: str = ""


class SaidShape(Shape):
    """A question in another language; what is left out stays as it was."""

    ask: Text
    low: str = ""
    high: str = ""
    options: list[Text] = Field(default_factory=list)


class AskedShape(Shape):
    """What every question says."""

    ask: Text
    options: list[Text] = Field(default_factory=list)
    steps: Annotated[int, Field(ge=2, le=10)] = 5
    low: str = ""
    high: str = ""
    said: dict[str, SaidShape] = Field(default_factory=dict)


class QuestionShape(AskedShape):
    """A question at the end."""

    id: Id
    kind: Literal["scale", "choice", "text"]


class PollQuestionShape(AskedShape):
    """A question of a poll; without an id it is known by its place."""

    id: Id | None = None
    kind: Literal["scale", "choice", "several", "text"]


class PollShape(Shape):
    """A poll or exit ticket that is ready."""

    id: Id
    title: str = ""
    exit: bool = False
    names: bool = False
    hidden: bool = True
    segment: str = ""
    question: Annotated[list[PollQuestionShape], Field(min_length=1, max_length=MOST_QUESTIONS)]


def _language(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", value, re.ASCII):
        raise wrong('must be the code of a language such as "en" or "es".')
    return value


def _designation(value: object) -> object:
    if isinstance(value, str) and value.strip():
        return {"name": value}
    if not isinstance(value, dict) or "name" not in value:
        raise wrong('must be a text such as "Equity", or a table such as { name = "Equity", hours = 2.0 }.')
    return value


class DesignationShape(Shape):
    """A designation of the approval; without hours the whole offering carries it."""

    name: Text
    hours: Number | None = None


class PlanShape(Shape):
    """The whole file. Hours and shares are numbers as written."""

    id: Id
    title: Text
    kind: Text = "session"
    office: Id
    approved_hours: Number
    credit: CreditMode | None = None
    attended_at_least: Number | None = None
    choice: list[Choice] = Field(default_factory=lambda: list(_CHOICE), min_length=1)
    designations: list[Annotated[DesignationShape, BeforeValidator(_designation)]] = Field(default_factory=list)
    objectives: list[Text] = Field(default_factory=list)
    presenters: list[PresenterShape] = Field(default_factory=list)
    sponsor: str = ""
    source: str = ""
    language: Annotated[str, BeforeValidator(_language)] = PLAN_LANGUAGE
    popup: PopupShape | None = None
    names_on_wall: bool = False
    question: list[QuestionShape] = Field(default_factory=list)
    poll: list[PollShape] = Field(default_factory=list)
    session: Annotated[list[SessionShape], Field(min_length=1)]
