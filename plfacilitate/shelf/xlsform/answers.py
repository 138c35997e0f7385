"""What a question of a form is answered with: as an item of an observation, or as a prompt of an interview.

Owns what each type of question becomes. Never reads a row's other columns (`questions` does).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from plfacilitate.core.protocol import Item, Option, Prompt
from plfacilitate.core.text import cut
from plfacilitate.shelf.xlsform.choices import FEWEST_LEVELS, MOST_LEVELS, Choice, Levels, is_yes_no, levels_of
from plfacilitate.shelf.xlsform.told import Told
from plfacilitate.shelf.xlsform.types import Type
from plfacilitate.shelf.xlsform.words import Ids
from plfacilitate.shelf.xlsform.workbook import SURVEY, Row

COUNTED_AS_THEY_COME = frozenset({"tally", "counter"})
ON_A_SCALE = frozenset({"likert"})
"""Appearances that say what a number or a list of choices is."""


class Draft(NamedTuple):
    """A question before it is known what it becomes."""

    row: Row
    id: str
    text: str
    help: str
    attribute: str | None
    facet: str | None

    def item(self, kind: str) -> Item:
        """It as an item of a kind."""
        return Item(self.id, kind, self.text, self.help, attribute=self.attribute, facet=self.facet)  # type: ignore[arg-type]  # checked in _tag


@dataclass(slots=True)
class Answers:
    """Makes items and prompts of the questions of one form."""

    lists: Mapping[str, Sequence[Choice]]
    told: Told
    ids: Ids
    ladder: tuple[str, ...] = ()  # the levels on which every answer of an interview is placed

    def prompt(self, one: Draft, kind: Type) -> Prompt:
        """The prompt of an interview."""
        if kind.kind in ("one", "several", "rank") and not self.ladder:
            answers = ", ".join(f"“{_cut(choice.text)}”" for choice in self.choices(one.row, kind))
            self.told.leave(
                SURVEY, one.row.number, "type", f"offers {answers}; an interview notes what is said, in words."
            )
        elif kind.kind != "text" and not self.ladder:
            self.told.note(SURVEY, one.row.number, "type", f"{kind.said}: noted in words.")
        ask = f"{one.text} ({one.help})" if one.help else one.text
        return Prompt(one.id, ask, attribute=one.attribute, facet=one.facet)  # type: ignore[arg-type]  # checked in _tag

    def items(self, one: Draft, kind: Type) -> Iterable[Item]:
        """The item of an observation; two where an answer outside of a list has words of its own."""
        match kind.kind:
            case "one" | "several":
                return self._selected(one, kind)
            case "integer":
                return [self._integer(one)]
            case "range":
                return [self._range(one)]
            case "acknowledge":
                return [one.item("look-for")]
            case "rank":
                return [self._ranked(one, kind)]
            case _:
                if kind.kind != "text":
                    self.told.note(SURVEY, one.row.number, "type", f"{kind.said}: noted in words.")
                return [one.item("text")]

    def choices(self, row: Row, kind: Type) -> Sequence[Choice]:
        """The list of a question; a fault where there is none."""
        found = self.lists.get(kind.list) or next(
            (choices for name, choices in self.lists.items() if name.casefold() == kind.list.casefold()), None
        )
        if found:
            return found
        close = difflib.get_close_matches(kind.list, self.lists, n=1)
        hint = f" Did you mean {_cut(close[0])}?" if close else ""
        self.told.fault(SURVEY, row.number, "type", f"there is no list “{_cut(kind.list)}” on the sheet choices.{hint}")
        return ()

    def _selected(self, one: Draft, kind: Type) -> Iterable[Item]:
        choices = self.choices(one.row, kind)
        several = kind.kind == "several"
        scale = bool(set(one.row.get("appearance").casefold().split()) & ON_A_SCALE)
        levels = None if several or kind.other else levels_of(choices, ordered=scale)
        if len(choices) < 2 and not kind.other:
            self.told.note(SURVEY, one.row.number, "type", "has one answer only: taken as seen or not seen.")
            return [one.item("look-for")]
        if not several and not kind.other and is_yes_no(choices):
            return [one.item("look-for")]
        if levels is not None:
            return [self._rating(one, levels)]
        options = _options(choices)
        if kind.other:
            options = (*options, Option(_other(options), "Other"))
        item = replace(one.item("choice"), options=options, several=several)
        if not kind.other:
            return [item]
        self.told.note(
            SURVEY, one.row.number, "type", "the words behind “Other” have a line of their own, which may be left open."
        )
        return [
            item,
            Item(self.ids.take(f"{one.id}-other", f"q{one.row.number}-other"), "text", f"{one.text} (other, in words)"),
        ]

    def _rating(self, one: Draft, levels: Levels) -> Item:
        if levels.beside:
            texts = ", ".join(f"“{_cut(choice.text)}”" for choice in levels.beside)
            self.told.leave(
                SURVEY, one.row.number, "type", f"{texts} is no level: leave the line open, and say so in its words."
            )
        begins = "" if levels.first == 1 else f" Level 1 here is {levels.first} there."
        self.told.note(SURVEY, one.row.number, "type", f"taken as a rating with {len(levels.texts)} levels.{begins}")
        return replace(one.item("rating"), levels=levels.texts)

    def _integer(self, one: Draft) -> Item:
        if set(one.row.get("appearance").casefold().split()) & COUNTED_AS_THEY_COME:
            return one.item("tally")
        self.told.note(
            SURVEY, one.row.number, "type", "taken as a number of students; make it a tally if it counts how often."
        )
        return one.item("count")

    def _range(self, one: Draft) -> Item:
        start, end, step = _steps(one.row.get("parameters"))
        levels = int(end - start) + 1 if step == 1 and start in (0, 1) and end == int(end) else 0
        if FEWEST_LEVELS <= levels <= MOST_LEVELS:
            begins = "" if start == 1 else " Level 1 here is 0 there."
            self.told.note(
                SURVEY,
                one.row.number,
                "type",
                f"taken as a rating: say in the file what is seen on each level.{begins}",
            )
            return replace(one.item("rating"), levels=tuple(str(int(start) + number) for number in range(levels)))
        sentence = f"goes from {start:g} to {end:g} in steps of {step:g}; here any whole number is taken."
        self.told.leave(SURVEY, one.row.number, "parameters", sentence)
        return one.item("count")

    def _ranked(self, one: Draft, kind: Type) -> Item:
        named = ", ".join(choice.text for choice in self.choices(one.row, kind))
        self.told.leave(SURVEY, one.row.number, "type", "puts answers in an order; here the order is noted in words.")
        return replace(one.item("text"), help=f"{one.help} To be put in order: {named}.".strip())


def _options(choices: Sequence[Choice]) -> tuple[Option, ...]:
    """Choices as options. One that is a mere number could be taken for another's place: it gets a letter in front."""
    ids, options = Ids(), []
    for place, choice in enumerate(choices, start=1):
        number = choice.name.isascii() and choice.name.isdecimal() and choice.name != str(place)
        options.append(Option(ids.take(f"n{choice.name}" if number else choice.name, f"o{place}"), choice.text))
    return tuple(options)


def _other(options: Sequence[Option]) -> str:
    ids = Ids()
    for option in options:
        ids.take(option.id, "o")
    return ids.take("other", "other")


_PARAMETER = re.compile(r"(start|end|step)\s*=\s*(-?\d{1,9}(?:\.\d{1,9})?)", re.IGNORECASE | re.ASCII)


def _steps(parameters: str) -> tuple[float, float, float]:
    """Where a range begins and ends and how it goes; 1 to 10 by 1 where it does not say."""
    said = {name.lower(): float(number) for name, number in _PARAMETER.findall(parameters)}
    return said.get("start", 1.0), said.get("end", 10.0), said.get("step", 1.0)


def _cut(text: str) -> str:
    return cut(text, 40).strip()
