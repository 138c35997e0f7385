"""What a protocol file looks like.

Owns the keys of `protocols/*/*.toml` and what each may hold. Imported only where a file is read, since pydantic is
heavy.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from plfacilitate.core.protocol import (
    Attribute,
    Capture,
    CaptureKind,
    Facet,
    ItemKind,
    ProtocolKind,
    Repeat,
    Rule,
    Share,
)
from plfacilitate.shelf.shapes import Id, Minutes, Shape, Text

EXAMPLES: Mapping[str, str] = {
    "id": 'id = "my-protocol"',
    "title": 'title = "A title that people read"',
    "kind": 'kind = "look-for" for an item, kind = "observation" for a protocol',
    "purpose": 'purpose = "What it helps to see"',
    "source": 'source = "Our own" or who described it first',
    "minutes": "minutes = 20",
    "text": 'text = "What is looked for"',
    "ask": 'ask = "What did you learn today?"',
    "speaks": 'speaks = "the presenter"',
    "rule": 'rule = "readiness", or archetype, level, counts',
}


class OptionShape(Shape):
    """One answer, one code."""

    id: Id
    text: Text
    judgement: str = ""


class ItemShape(Shape):
    """One thing that is noted; which keys go with which kind is checked in `shelf.protocols`."""

    id: Id
    kind: ItemKind
    text: Text
    help: str = ""
    levels: list[Text] = Field(default_factory=list)
    options: list[OptionShape] = Field(default_factory=list)
    several: bool = False
    every: Annotated[int, Field(ge=1, le=120)] | None = None
    capture: Capture | None = None
    group: str = ""
    attribute: Attribute | None = None
    facet: Facet | None = None
    judgement: str = ""


class PromptShape(Shape):
    """One question."""

    id: Id
    ask: Text
    title: str = ""
    who: list[Text] = Field(default_factory=list)
    show: str = ""
    attribute: Attribute | None = None
    facet: Facet | None = None
    judgement: str = ""


class SectionShape(Shape):
    """A part: items or prompts."""

    id: Id
    title: Text
    about: str = ""
    item: list[ItemShape] = Field(default_factory=list)
    prompt: list[PromptShape] = Field(default_factory=list)


class StepShape(Shape):
    """One step."""

    id: Id
    title: Text
    minutes: Minutes
    speaks: Text
    silent: str = ""
    prompt: str = ""
    captured: str = ""
    repeat: Repeat = "once"
    times: Annotated[int, Field(ge=1, le=60)] = 1
    captured_as: CaptureKind | None = None


class GroupShape(Shape):
    """What a result tells apart; how its items go together with the rule is checked in `shelf.protocol_results`."""

    id: Id
    title: Text
    items: list[Text] = Field(default_factory=list)
    counts_from: int | None = None
    about: str = ""
    elsewhere: str = ""


class ResultShape(Shape):
    """What the answers come to. `counts_from` holds for each group that does not say its own."""

    id: Id
    title: Text
    rule: Rule
    ask: str = ""
    counts_from: int | None = None
    partly_from: int | None = None
    holds: Share | None = None
    between: Share | None = None
    needs: Annotated[int, Field(ge=1, le=200)] | None = None
    group: list[GroupShape] = Field(default_factory=list)


class ProtocolShape(Shape):
    """The whole file."""

    id: Id
    title: Text
    kind: ProtocolKind
    purpose: Text
    source: Text
    minutes: Minutes
    who: list[Text] = Field(default_factory=list)
    levels: list[Text] = Field(default_factory=list)
    section: list[SectionShape] = Field(default_factory=list)
    step: list[StepShape] = Field(default_factory=list)
    result: list[ResultShape] = Field(default_factory=list)
