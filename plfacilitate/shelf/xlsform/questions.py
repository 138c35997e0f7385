"""One question of a form as an item of an observation or a prompt of an interview, and what of it is left out.

Owns what each type of question becomes. Never knows in which section it stands.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, get_args

from plfacilitate.core.protocol import TITLES, Attribute, Facet, Item, Option, Prompt
from plfacilitate.core.text import cut, fold
from plfacilitate.shelf.xlsform.choices import FEWEST_LEVELS, MOST_LEVELS, Choice, Levels, is_yes_no, levels_of
from plfacilitate.shelf.xlsform.told import Remark, Told
from plfacilitate.shelf.xlsform.types import Type
from plfacilitate.shelf.xlsform.words import Ids, words
from plfacilitate.shelf.xlsform.workbook import SURVEY, Row, Workbook

_COUNTED_AS_THEY_COME = frozenset({"tally", "counter"})
_ON_A_SCALE = frozenset({"likert"})
_NO_DIFFERENCE = frozenset({"multiline"})  # every text has as many lines as it needs
_TAGS: Mapping[str, tuple[str, ...]] = {"attribute": get_args(Attribute), "facet": get_args(Facet)}
_SAID: Mapping[str, str] = {
    "relevant": "asked only where {}; here it is always there.",
    "constraint": "takes only what fits {}; here any answer is taken.",
    "calculation": "worked out as {}; nothing is worked out here.",
    "default": "begins with the answer {}; here it begins empty.",
    "choice_filter": "offers only answers that fit {}; here it offers all of them.",
    "repeat_count": "asked {} times; here once.",
    "trigger": "worked out anew by {}; nothing is worked out here.",
}
_PASSED_OVER = frozenset({
    "type", "name", "label", "hint", "guidance_hint", "appearance", "parameters", "attribute", "facet", "required",
    "required_message", "requiredmsg", "constraint_message", "constraining_message", "readonly", "disabled",
    *_SAID,
})  # fmt: skip
_NOBODY_MUST = frozenset({"", "no", "false", "false()", "0", "n"})


@dataclass(slots=True)
class Reader:
    """Reads rows of one form; `about` are the notes that wait for the next question."""

    book: Workbook
    lists: Mapping[str, Sequence[Choice]]
    told: Told
    interview: bool
    ids: Ids = field(default_factory=Ids)
    waiting: list[str] = field(default_factory=list)

    def left(self, row: Row, column: str, sentence: str) -> None:
        """What could not be carried over."""
        self.told.left.append(Remark(SURVEY, row.number, column, sentence))

    def note(self, row: Row, column: str, sentence: str) -> None:
        """How something was understood."""
        self.told.notes.append(Remark(SURVEY, row.number, column, sentence))

    def fault(self, row: Row, column: str, sentence: str) -> None:
        """What keeps the form from being taken."""
        self.told.faults.append(Remark(SURVEY, row.number, column, sentence))

    def words(self, row: Row, column: str) -> str:
        """A text of a row in the form's language, plain; what of it could not be kept is said."""
        said, language = self.book.said(row, column)
        found = words(said)
        for name in found.refers:
            self.left(
                row,
                column,
                f"shows the answer of {cut(name, 40).strip()}; [{cut(name, 40).strip()}] stands in its place.",
            )
        if found.cut:
            self.left(
                row,
                column,
                f"is longer than a form has room for: only its first {len(found.text) - 1} letters are here.",
            )
        if said and language != self.book.language:
            self.note(row, column, f"is taken in {cut(language, 30).strip() or 'the column label'}: it has no other.")
        return found.text

    def question(self, row: Row, kind: Type) -> Iterable[Item | Prompt]:
        """What a row becomes: nothing, one, or two where an answer outside of a list has words of its own."""
        text = self.words(row, "label")
        if not text:
            text = words(row.get("name")).text
            sentence = (
                "is empty: the name stands in its place." if text else "is empty, and so is the name: what is asked?"
            )
            (self.note if text else self.fault)(row, "label", sentence)
            text = text or "?"
        if not row.get("name"):
            self.note(row, "name", "is empty: the id was made from the label.")
        one = Draft(
            row, self.ids.take(row.get("name") or text, f"q{row.number}"), text, self._help(row), *self._tags(row)
        )
        if len(row.get("name")) > 56 or (row.get("name") and one.id != row.get("name")):
            self.note(row, "name", f"is {one.id} here.")
        self._say_columns(row, kind)
        if self.interview:
            return [self._prompt(one, kind)]
        return self._items(one, kind)

    def _help(self, row: Row) -> str:
        """The hints, after the notes that stood before the question."""
        said = [*self.waiting, self.words(row, "hint"), self.words(row, "guidance_hint")]
        self.waiting.clear()
        return " ".join(dict.fromkeys(one for one in said if one))

    def _tags(self, row: Row) -> list[str | None]:
        return [self._tag(row, column, known) for column, known in _TAGS.items()]

    def _tag(self, row: Row, column: str, known: Sequence[str]) -> str | None:
        typed = row.get(column)
        if not typed:
            return None
        found = next((one for one in known if fold(typed) in (fold(one), fold(TITLES[one]))), None)
        if found is None:
            close = difflib.get_close_matches(fold(typed).replace(" ", "-"), known, n=1)
            hint = f" Did you mean {close[0]}?" if close else ""
            self.fault(row, column, f"“{cut(typed, 40).strip()}” is not one of {', '.join(known)}.{hint}")
        return found

    # -- what is said of a row ----------------------------------------------------------------------------------------

    def _say_columns(self, row: Row, kind: Type) -> None:
        """What a question does in its form and can't do here."""
        if row.get("required").casefold() not in _NOBODY_MUST:
            self.left(row, "required", "must be answered there; here any question may be left open.")
        for column, sentence in _SAID.items():
            if typed := row.get(column):
                self.left(row, column, sentence.format(f"“{cut(typed, 60).strip()}”"))
        if row.get("readonly").casefold() not in _NOBODY_MUST:
            self.left(row, "readonly", "can be read there and not answered; here it is a question like the others.")
        for column in row.columns:
            if column.startswith("media::"):
                self.left(
                    row,
                    column,
                    f"shows “{cut(row.get(column), 40).strip()}”: pictures and sounds can't be carried over.",
                )
        looks = [one for one in row.get("appearance").split() if one.casefold() not in self._used(kind)]
        if looks:
            self.left(row, "appearance", f"“{cut(' '.join(looks), 40).strip()}” is a look of other programs.")

    def _used(self, kind: Type) -> frozenset[str]:
        """Appearances that were understood or make no difference."""
        meant = {"integer": _COUNTED_AS_THEY_COME, "one": _ON_A_SCALE}.get(kind.kind, frozenset())
        return _NO_DIFFERENCE | (frozenset() if self.interview else meant)

    def say_unknown_columns(self) -> None:
        """Columns that nothing here understands, each once."""
        for (column, _), title in self.book.survey.titles.items():
            if column not in _PASSED_OVER and not column.startswith("media::"):
                self.told.left.append(Remark(SURVEY, 0, title, "what stands in this column is not understood here."))

    # -- an interview --------------------------------------------------------------------------------------------------

    def _prompt(self, one: Draft, kind: Type) -> Prompt:
        if kind.kind in ("one", "several", "rank"):
            answers = ", ".join(f"“{cut(choice.text, 40).strip()}”" for choice in self._choices(one.row, kind))
            self.left(one.row, "type", f"offers {answers}; an interview notes what is said, in words.")
        elif kind.kind != "text":
            self.note(one.row, "type", f"{kind.said}: noted in words.")
        ask = f"{one.text} ({one.help})" if one.help else one.text
        return Prompt(one.id, ask, attribute=one.attribute, facet=one.facet)  # type: ignore[arg-type]  # checked in _tag

    # -- an observation ------------------------------------------------------------------------------------------------

    def _items(self, one: Draft, kind: Type) -> Iterable[Item]:
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
                    self.note(one.row, "type", f"{kind.said}: noted in words.")
                return [one.item("text")]

    def _choices(self, row: Row, kind: Type) -> Sequence[Choice]:
        """The list of a question; a fault where there is none."""
        found = self.lists.get(kind.list) or next(
            (choices for name, choices in self.lists.items() if name.casefold() == kind.list.casefold()), None
        )
        if found:
            return found
        close = difflib.get_close_matches(kind.list, self.lists, n=1)
        hint = f" Did you mean {cut(close[0], 40).strip()}?" if close else ""
        self.fault(row, "type", f"there is no list “{cut(kind.list, 40).strip()}” on the sheet choices.{hint}")
        return ()

    def _selected(self, one: Draft, kind: Type) -> Iterable[Item]:
        choices = self._choices(one.row, kind)
        several = kind.kind == "several"
        scale = bool(set(one.row.get("appearance").casefold().split()) & _ON_A_SCALE)
        levels = None if several or kind.other else levels_of(choices, ordered=scale)
        if len(choices) < 2 and not kind.other:
            self.note(one.row, "type", "has one answer only: taken as seen or not seen.")
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
        self.note(one.row, "type", "the words behind “Other” have a line of their own, which may be left open.")
        return [
            item,
            Item(self.ids.take(f"{one.id}-other", f"q{one.row.number}-other"), "text", f"{one.text} (other, in words)"),
        ]

    def _rating(self, one: Draft, levels: Levels) -> Item:
        if levels.beside:
            texts = ", ".join(f"“{cut(choice.text, 30).strip()}”" for choice in levels.beside)
            self.left(one.row, "type", f"{texts} is no level: leave the line open, and say so in its words.")
        begins = "" if levels.first == 1 else f" Level 1 here is {levels.first} there."
        self.note(one.row, "type", f"taken as a rating with {len(levels.texts)} levels.{begins}")
        return replace(one.item("rating"), levels=levels.texts)

    def _integer(self, one: Draft) -> Item:
        if set(one.row.get("appearance").casefold().split()) & _COUNTED_AS_THEY_COME:
            return one.item("tally")
        self.note(one.row, "type", "taken as a number of students; make it a tally if it counts how often.")
        return one.item("count")

    def _range(self, one: Draft) -> Item:
        start, end, step = _steps(one.row.get("parameters"))
        levels = int(end - start) + 1 if step == 1 and start in (0, 1) and end == int(end) else 0
        if FEWEST_LEVELS <= levels <= MOST_LEVELS:
            begins = "" if start == 1 else " Level 1 here is 0 there."
            self.note(one.row, "type", f"taken as a rating: say in the file what is seen on each level.{begins}")
            return replace(one.item("rating"), levels=tuple(str(int(start) + number) for number in range(levels)))
        self.left(
            one.row,
            "parameters",
            f"goes from {start:g} to {end:g} in steps of {step:g}; here any whole number is taken.",
        )
        return one.item("count")

    def _ranked(self, one: Draft, kind: Type) -> Item:
        named = ", ".join(choice.text for choice in self._choices(one.row, kind))
        self.left(one.row, "type", "puts answers in an order; here the order is noted in words.")
        return replace(one.item("text"), help=f"{one.help} To be put in order: {named}.".strip())


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
