"""One row of a form that asks something: its words, its attribute and facet, and what of it is left out.

Owns what is said of a question's other columns. Never knows in which section it stands, nor what it is answered with
(`answers`).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import get_args

from plfacilitate.core.protocol import TITLES, Attribute, Facet, Item, Prompt
from plfacilitate.core.text import cut, fold
from plfacilitate.shelf.xlsform.answers import COUNTED_AS_THEY_COME, ON_A_SCALE, Answers, Draft
from plfacilitate.shelf.xlsform.told import Told
from plfacilitate.shelf.xlsform.types import Type
from plfacilitate.shelf.xlsform.words import words
from plfacilitate.shelf.xlsform.workbook import SURVEY, Row, Workbook

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
    """Reads rows of one form; `waiting` are the notes that help with the next question."""

    book: Workbook
    answers: Answers
    told: Told
    interview: bool
    waiting: list[str] = field(default_factory=list)

    def left(self, row: Row, column: str, sentence: str) -> None:
        """What could not be carried over."""
        self.told.leave(SURVEY, row.number, column, sentence)

    def note(self, row: Row, column: str, sentence: str) -> None:
        """How something was understood."""
        self.told.note(SURVEY, row.number, column, sentence)

    def fault(self, row: Row, column: str, sentence: str) -> None:
        """What keeps the form from being taken."""
        self.told.fault(SURVEY, row.number, column, sentence)

    def words(self, row: Row, column: str) -> str:
        """A text of a row in the form's language, plain; what of it could not be kept is said."""
        said, language = self.book.said(row, column)
        found = words(said)
        for name in map(_cut, found.refers):
            self.left(row, column, f"shows the answer of {name}; [{name}] stands in its place.")
        if found.cut:
            self.left(row, column, f"is too long: only its first {len(found.text) - 1} letters are here.")
        if said and language != self.book.language:
            self.note(row, column, f"is taken in {_cut(language) or 'the column label'}: it has no other.")
        return found.text

    def question(self, row: Row, kind: Type) -> Iterable[Item | Prompt]:
        """What a row becomes: nothing, one, or two where an answer outside of a list has words of its own."""
        text = self.words(row, "label")
        if not text:
            text = words(row.get("name")).text
            if text:
                self.note(row, "label", "is empty: the name stands in its place.")
            else:
                self.fault(row, "label", "is empty, and so is the name: what is asked?")
        if not row.get("name"):
            self.note(row, "name", "is empty: the id was made from the label.")
        one_id = self.answers.ids.take(row.get("name") or text, f"q{row.number}")
        one = Draft(row, one_id, text, self._help(row), *self._tags(row))
        if row.get("name") not in ("", one.id):
            self.note(row, "name", f"is {one.id} here.")
        self._say_columns(row, kind)
        return [self.answers.prompt(one, kind)] if self.interview else self.answers.items(one, kind)

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
            self.fault(row, column, f"“{_cut(typed)}” is not one of {', '.join(known)}.{hint}")
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
                sentence = f"shows “{_cut(row.get(column))}”: pictures and sounds can't be carried over."
                self.left(row, column, sentence)
        looks = [one for one in row.get("appearance").split() if one.casefold() not in self._used(kind)]
        if looks:
            self.left(row, "appearance", f"“{_cut(' '.join(looks))}” is a look of other programs.")

    def _used(self, kind: Type) -> frozenset[str]:
        """Appearances that were understood or make no difference."""
        meant = {"integer": COUNTED_AS_THEY_COME, "one": ON_A_SCALE}.get(kind.kind, frozenset())
        return _NO_DIFFERENCE | (frozenset() if self.interview else meant)

    def say_unknown_columns(self) -> None:
        """Columns that nothing here understands, each once."""
        for column, title in self.book.survey.filled():
            if column not in _PASSED_OVER and not column.startswith("media::"):
                self.told.leave(SURVEY, 0, title, "what stands in this column is not understood here.")


def _cut(text: str) -> str:
    return cut(text, 40).strip()
