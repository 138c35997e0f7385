"""The answers of a sheet as a result reads them: what was asked of whom, what counts, what is still open.

Owns which answers a rule may use. Never says what they come to (`core.results.outcomes`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from plfacilitate.core.protocol import LOOK_FOR, Group, Item, Prompt, Protocol, Result
from plfacilitate.core.visiting.observation import Observation

SEEN, NOT_SEEN, NOT_APPLICABLE = LOOK_FOR
NUMBERED = ("look-for", "rating")
"""Kinds of items that a result can read, beside prompts of an interview with a ladder."""


class Sheet(NamedTuple):
    """What one person answered, or what holds for one room: item → level, or word of a look-for. `who` "" = nobody's."""

    who: str
    values: Mapping[str, object]


class Reading(NamedTuple):
    """One answer to one item. `level` None = a look-for. `counts` = for the group, `partly` = at least for a part of it."""

    part: Item | Prompt
    level: int | None
    counts: bool
    partly: bool


class Stand(NamedTuple):
    """How a group stands: the answers that it has, what does not apply, what is open, what only others were asked.

    `enough` = something may be said of it.
    """

    group: Group
    readings: tuple[Reading, ...]
    void: tuple[Item | Prompt, ...]
    open: tuple[Item | Prompt, ...]
    enough: bool

    @property
    def counting(self) -> tuple[Reading, ...]:
        """The answers that count for it."""
        return tuple(one for one in self.readings if one.counts)

    @property
    def lacking(self) -> tuple[Reading, ...]:
        """The answers that do not."""
        return tuple(one for one in self.readings if not one.counts)

    @property
    def asked(self) -> int:
        """How many answers there could be."""
        return len(self.readings) + len(self.open)


def sheet_of(seen: Observation) -> Sheet:
    """The answers of an observation or interview as they stand."""
    answers = {part.id: seen.of(part.id).answer for part in seen.protocol.parts}
    return Sheet(seen.respondent, {item: one.value for item, one in answers.items() if one is not None})


def stand(group: Group, result: Result, protocol: Protocol, sheets: Sequence[Sheet], *, whole: bool = False) -> Stand:
    """How a group stands by all answers of these sheets; an item is open where nobody who was asked has answered it.

    `whole` = it is open also where none of these people was to be asked.
    """
    readings: list[Reading] = []
    void, unanswered = [], []
    for part in _parts(group, protocol):
        asked = any(protocol.asks(part, one.who) for one in sheets)
        values = [value for one in sheets if (value := _value(part, one)) is not None]
        readings += [_read(part, value, group, result) for value in values if value != NOT_APPLICABLE]
        if (asked or whole) and not values:
            unanswered.append(part)
        elif values and all(value == NOT_APPLICABLE for value in values):
            void.append(part)
    enough = len(readings) >= result.needs if result.needs else not unanswered
    return Stand(group, tuple(readings), tuple(void), tuple(unanswered), enough and bool(readings))


def _parts(group: Group, protocol: Protocol) -> list[Item | Prompt]:
    wanted = frozenset(group.items)
    return [part for part in protocol.parts if part.id in wanted]


def _value(part: Item | Prompt, sheet: Sheet) -> int | str | None:
    """The answer as far as a rule can read it; None = none, or words without a level."""
    value = sheet.values.get(part.id)
    if isinstance(part, Item) and part.kind == "look-for":
        return value if isinstance(value, str) and value in LOOK_FOR else None
    return value if isinstance(value, int) else None


def _read(part: Item | Prompt, value: int | str, group: Group, result: Result) -> Reading:
    if isinstance(value, str):
        return Reading(part, None, value == SEEN, value == SEEN)
    counts = value >= group.counts_from
    return Reading(part, value, counts, counts or bool(result.partly_from and value >= result.partly_from))
