"""Texts in which somebody's name stands.

Owns which kinds hold words that people wrote, and what counts as a name in them. Never changes one: a person looks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from plfacilitate.core.people import Person
from plfacilitate.core.text import fold

TEXT_KINDS = (
    "note", "popup", "popup-opened", "popup-changed", "popup-idea", "popup-counted", "popup-cluster", "commitment",
    "visit-planned", "observation-started", "line", "observed", "agreed", "visit-summary", "captured", "school-left",
    "contact", "goal", "evaluation-summary", "commitment-settled", "problem-filed", "problem-resource", "poll-opened", "poll-answer",
    "poll-closed",
)  # fmt: skip


def mentions(body: Mapping[str, object], who: Person) -> bool:
    """Whether a text mentions the person by their last name and, where they have one, their first."""
    return says(" ".join(texts(body)), who)


def says(text: str, who: Person) -> bool:
    """Whether a text holds the person's last name and, where they have one, their first, as words of their own."""
    words = fold(text).split()
    return all(word in words for word in fold(f"{who.last_name} {who.first_name}").split())


def texts(body: Mapping[str, object]) -> Iterable[str]:
    """All texts of a body, also those inside of its parts."""
    for value in body.values():
        parts: Sequence[object] = value if isinstance(value, list) else [value]
        for part in parts:
            if isinstance(part, Mapping):
                yield from texts(part)
            elif isinstance(part, str):
                yield part
