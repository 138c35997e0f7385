"""A protocol on paper: one page to fill in by hand.

Owns what stands on the form. The look is `exports/documents/protocol.typ`. Never changes what the protocol says.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from plfacilitate.core.protocol import LOOK_FOR, Group, Item, Option, Prompt, Protocol, Result, Section, Step, tags
from plfacilitate.core.results.outcomes import MET, NOT_YET, PARTLY, known
from plfacilitate.core.results.words import group_words, rule
from plfacilitate.shelf.shipped import folder
from plfacilitate.shelf.typeset import printable, typeset

TEMPLATE = "protocol.typ"
Paper = Literal["us-letter", "a4"]
_LONGEST = 600  # characters of one text on the form
_MOST_ROWS = 60  # of a grid: what goes on longer is noted on a second form
_HEAD = {
    "observation": ("School", "Room or stop", "Observer", "Date", "From", "To"),
    "interview": ("School", "Who is asked", "Asked by", "Date", "From", "To"),
    "facilitation": ("Group", "Topic", "Facilitator", "Date", "From", "To"),
}
_CAPTURE = {
    "tick": "Tick whatever happened in the interval.",
    "one": "Tick the one that fits best at that moment.",
    "count": "Write for how many students each holds at that moment.",
}


def form(
    protocol: Protocol,
    made_at: datetime,
    *,
    paper: Paper = "us-letter",
    template: Path | None = None,
    kind: Literal["pdf", "png"] = "pdf",
) -> bytes:
    """The protocol as a form; `png` gives it as a picture. Refused: `sheet-not-drawn`."""
    source = template or folder("exports") / "documents" / TEMPLATE
    return typeset(source, "form", printed(protocol, paper), made_at, kind=kind)


def printed(protocol: Protocol, paper: Paper) -> dict[str, Any]:
    """Everything that the template prints."""
    return {
        "paper": paper,
        "wide": any(item.kind == "rating" for item in protocol.items),
        "title": _said(protocol.title),
        "purpose": _said(protocol.purpose),
        "source": _said(protocol.source),
        "version": f"{protocol.id} {protocol.version}",
        "head": list(_HEAD[protocol.kind]),
        "ladder": [_said(level) for level in protocol.levels],
        "sections": [_section(section, protocol) for section in protocol.sections],
        "steps": [_step(step) for step in protocol.steps],
        "results": [_result(result, protocol) for result in known(protocol)],
    }


def _section(section: Section, protocol: Protocol) -> dict[str, Any]:
    rows = [_item(item, protocol.minutes) for item in section.items]
    rows += [_prompt(prompt) for prompt in section.prompts]
    return {"title": _said(section.title), "about": _said(section.about), "rows": rows}


def _item(item: Item, minutes: int) -> dict[str, Any]:
    answers = LOOK_FOR if item.kind == "look-for" else tuple(option.text for option in item.options)
    about = [item.help, _here(item.judgement), _CAPTURE[item.capture] if item.kind == "snapshot" else ""]
    if item.kind == "choice":
        about.append("Several may fit." if item.several else "")
    return {
        "kind": item.kind,
        "text": _said(item.text),
        "about": _said(" ".join(filter(None, about))),
        "tags": " · ".join(tags(item)),
        "levels": [_said(level) for level in item.levels],
        "answers": [_said(answer) for answer in answers] if item.kind != "snapshot" else [],
        "codes": [_code(option) for option in item.options] if item.kind == "snapshot" else [],
        "times": _times(item.every, minutes) if item.kind == "snapshot" else [],
    }


def _code(option: Option) -> dict[str, str]:
    return {"id": printable(option.id, 24), "text": _said(option.text), "about": _said(_here(option.judgement))}


def _times(every: int, minutes: int) -> list[str]:
    """The beginning of each interval, in minutes since the start."""
    return [str(at) for at in range(0, max(minutes, every), every)][:_MOST_ROWS]


def _prompt(prompt: Prompt) -> dict[str, Any]:
    return {
        "kind": "prompt",
        "text": _said(prompt.title),
        "ask": _said(prompt.ask),
        "about": _said(" ".join(filter(None, [_shown(prompt.show), _here(prompt.judgement)]))),
        "who": _said(", ".join(prompt.who)),
        "tags": " · ".join(tags(prompt)),
    }


def _shown(show: str) -> str:
    return f"Ask to see: {show.rstrip('.')}." if show else ""


def _step(step: Step) -> dict[str, Any]:
    texts = ("title", "speaks", "silent", "prompt", "captured")
    return {name: _said(getattr(step, name)) for name in texts} | {
        "minutes": step.minutes,
        "repeat": step.whom,
    }


def _result(result: Result, protocol: Protocol) -> dict[str, Any]:
    """The rule in words, and for each group what belongs to it and a place for what it comes to."""
    return {
        "title": _said(result.title),
        "ask": _said(result.ask),
        "rule": _said(rule(result, protocol)),
        "groups": [_group(place, group, result, protocol) for place, group in enumerate(result.groups, start=1)],
    }


def _group(place: int, group: Group, result: Result, protocol: Protocol) -> dict[str, Any]:
    counted = {"archetype", "counts"} if group.items else set()
    return {
        "title": _said(f"{place} {group.title}" if result.rule == "level" else group.title),
        "about": _said(group_words(group, result, protocol)),
        "boxes": {"readiness": [MET, PARTLY, NOT_YET], "level": [""]}.get(result.rule, []),
        "of": len(group.items) if result.rule in counted else 0,
    }


def _here(judgement: str) -> str:
    return f"Here: {judgement.rstrip('.')}." if judgement else ""


def _said(text: str) -> str:
    return printable(text, _LONGEST)
