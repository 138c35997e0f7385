"""What an observer has begun and not noted yet: a half-typed line, words of an item, a snapshot half coded.

Owns how it is written down as a draft, and read again after the desk was killed. Never knows what a key does.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from plfacilitate.core.entry import utc_moment, utc_text
from plfacilitate.core.visiting.observation import Observation

Chosen = tuple[tuple[str, int], ...]
"""What was coded of a snapshot so far: option → how many."""
Slots = Mapping[tuple[str, int], Chosen]
"""Item and number of a snapshot → what was coded of it."""


@dataclass(frozen=True, slots=True)
class Half:
    """A line that is being typed. `began` None = not a letter yet; `entry` is the id that it is going to have."""

    text: str = ""
    began: datetime | None = None
    entry: str = ""
    items: tuple[str, ...] = ()


class Begun(NamedTuple):
    """All of it. `words` = item → words that were begun and left; `slots` = snapshots that were."""

    half: Half
    words: Mapping[str, str]
    slots: Slots


def draft_of(begun: Begun) -> Mapping[str, str]:
    """As the desk keeps it; no words = there is nothing."""
    half = begun.half
    words = {part: text for part, text in begun.words.items() if text}
    slots = [[part, slot, list(chosen)] for (part, slot), chosen in begun.slots.items() if chosen]
    return {
        "text": half.text,
        "began": utc_text(half.began) if half.began is not None and half.text else "",
        "entry": half.entry if half.text else "",
        "items": " ".join(half.items) if half.text else "",
        "words": json.dumps(words) if words else "",
        "begun": json.dumps(slots) if slots else "",
    }


def begun_of(kept: Mapping[str, str], seen: Observation) -> Begun:
    """What is still begun of a draft; what became a line meanwhile, or is of no item that is known, is not."""
    known = {part.id for part in seen.protocol.parts}
    half = _half(kept, known)
    if any(line.entry == half.entry for line in seen.lines):
        half = Half()
    words: dict[str, str] = {}
    slots: dict[tuple[str, int], Chosen] = {}
    try:
        said, begun = json.loads(kept.get("words") or "{}"), json.loads(kept.get("begun") or "[]")
        words = {str(part): str(text) for part, text in said.items() if part in known}
        slots = {
            (str(part), int(slot)): tuple((str(option), int(number)) for option, number in chosen)
            for part, slot, chosen in begun
            if part in known
        }
    except (ValueError, TypeError, AttributeError):
        pass  # not a draft of ours: what could be read of it stays
    return Begun(half, words, slots)


def _half(kept: Mapping[str, str], known: set[str]) -> Half:
    text = kept.get("text", "")
    if not text:
        return Half()
    began = utc_moment(kept["began"]) if kept.get("began") else None
    items = tuple(item for item in kept.get("items", "").split() if item in known)
    return Half(text, began, kept.get("entry", ""), items)
