"""The modes of somebody who observes, and what the meaning of a key depends on.

Owns the values. All modes but writing last for one mark, unless the observer stays with the marks. What a key does in
them is said in `keys` and `answers`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, NamedTuple

from plfacilitate.core.noting.scripting import levels_of, option_letters, slots_due, words_of
from plfacilitate.core.protocol import LOOK_FOR, Item, Prompt, Protocol
from plfacilitate.core.text import fold
from plfacilitate.core.visiting.observation import Observation

Part = Item | Prompt
Value = str | int | tuple[str, ...] | Mapping[str, object] | None


@dataclass(frozen=True, slots=True)
class Writing:
    """Keys are letters of the line."""


@dataclass(frozen=True, slots=True)
class Which:
    """The next letter is an item. `codes` = it is what a line is coded to; `stay` = and so is the one after it.

    `found` None = letters are items; else what was typed to find one. `at` = the line of the list that Enter takes.
    """

    codes: bool = False
    stay: bool = False
    found: str | None = None
    at: int = -1


@dataclass(frozen=True, slots=True)
class Answering:
    """The next keys answer this item. `chosen` = option → 1 or how many; `last` was pressed last; `typed` = digits.

    A snapshot's `slot` counts from 1, and `at` is the moment at which somebody looked.
    """

    part: str
    at: datetime
    stay: bool = False
    chosen: tuple[tuple[str, int], ...] = ()
    last: str = ""
    typed: str = ""
    slot: int = 0


@dataclass(frozen=True, slots=True)
class Words:
    """The field takes the words of this item; the half-typed line waits."""

    part: str
    stay: bool = False


Mode = Writing | Which | Answering | Words


class Act(NamedTuple):
    """What a key asked for. `value` by the item's kind; a `moment` where it is not now."""

    kind: Literal["note", "state", "code", "words", "half", "skip"]
    part: str = ""
    value: Value = None
    moment: datetime | None = None


class Step(NamedTuple):
    """What a key came to: the mode from now on, what is to be done, and what is said."""

    mode: Mode
    act: Act | None = None
    said: str = ""


class Sight(NamedTuple):
    """What a key's meaning depends on. `skipped` slots are not asked for again; `halves` were begun and left."""

    seen: Observation
    letters: Mapping[str, str]
    now: datetime
    skipped: frozenset[tuple[str, int]] = frozenset()
    halves: Mapping[tuple[str, int], tuple[tuple[str, int], ...]] = {}

    @property
    def protocol(self) -> Protocol:
        """What is observed by."""
        return self.seen.protocol

    def part(self, part_id: str) -> Part:
        """The item or prompt of an id that is known to exist."""
        found = self.protocol.item(part_id) or self.protocol.prompt(part_id)
        assert found is not None, "only ids of the protocol go round"
        return found

    def due(self) -> Item | None:
        """The snapshot whose newest slot is due and was neither given nor skipped; None = none is."""
        return next((item for item in self.protocol.items if item.kind == "snapshot" and self.waits(item)), None)

    def waits(self, item: Item) -> int:
        """The newest slot of a snapshot where it is due still; 0 = it is not."""
        slot = slots_due(item, self.seen.started_at, self.now)
        given = {glance.slot for glance in self.seen.of(item.id).glances}
        return slot if slot and slot not in given and (item.id, slot) not in self.skipped else 0

    def missing(self, item: Item) -> tuple[int, ...]:
        """Older slots of a snapshot that have no glance."""
        given = {glance.slot for glance in self.seen.of(item.id).glances}
        until = slots_due(item, self.seen.started_at, self.now)
        return tuple(one for one in range(1, until) if one not in given and (item.id, one) not in self.skipped)

    def matches(self, text: str) -> tuple[Part, ...]:
        """The items in which every typed word begins a word, of the text, of the id or of the section's title."""
        asked = fold(text).split()
        found = []
        for section in self.protocol.sections:
            for part in section.parts:
                words = fold(f"{part.id} {words_of(part)} {section.title}").split()
                if all(any(word.startswith(one) for word in words) for one in asked):
                    found.append(part)
        return tuple(found)


def how(part: Part, protocol: Protocol) -> str:
    """How an item is answered; a prompt by its ladder where it has one, else in words."""
    if isinstance(part, Prompt):
        return "rating" if protocol.levels else "text"
    return part.kind


def answers(part: Part, protocol: Protocol) -> list[tuple[str, str, str]]:
    """Key, id and text of each answer that is one key long; none where it is digits or words."""
    if isinstance(part, Item) and part.options:
        given = option_letters(part.options)
        return [(given.get(option.id, ""), option.id, option.text) for option in part.options]
    if isinstance(part, Item) and part.kind == "look-for":
        return [(str(number), word, word) for number, word in enumerate(LOOK_FOR, 1)]
    levels = levels_of(part, protocol)
    return [(_level_key(number), str(number), text) for number, text in enumerate(levels, 1)]


def _level_key(number: int) -> str:
    return str(number) if number < 10 else chr(ord("a") + number - 10) if number < 36 else ""


def named(options: Sequence[str], part: Item) -> str:
    """The letters of some options, in the order of the protocol."""
    given = option_letters(part.options)
    return " ".join(given.get(option.id, option.id) for option in part.options if option.id in options)


def opened(item: Part, sight: Sight, *, stay: bool, slot: int = 0) -> Answering:
    """An item with what was answered already, or begun and left. `slot` 0 = the one that a snapshot is at."""
    mode = Answering(item.id, sight.now, stay)
    notes = sight.seen.of(item.id)
    if isinstance(item, Item) and item.kind == "snapshot":
        given = {glance.slot: glance for glance in notes.glances}
        if not slot:
            due = slots_due(item, sight.seen.started_at, sight.now)
            slot = due if due and due not in given and (item.id, due) not in sight.skipped else due + 1
        stands = tuple(given[slot].codes.items()) if slot in given else ()
        return replace(mode, slot=slot, chosen=sight.halves.get((item.id, slot), stands))
    if isinstance(item, Item) and item.kind == "choice" and notes.answer is not None:
        value = notes.answer.value
        stands = tuple((one, 1) for one in value) if isinstance(value, tuple) else ()
        return replace(mode, chosen=stands)
    return mode


def after(stay: bool, codes: bool = False) -> Mode:
    """The mode after a mark: the marks again where somebody stays with them, else writing."""
    return Which(stay=True, codes=codes) if stay else Writing()
