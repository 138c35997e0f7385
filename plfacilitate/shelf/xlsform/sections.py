"""The rows of a survey sheet as sections with questions: groups opened and closed, notes put where they help.

Owns what becomes of groups, repeats and notes. Never reads what a question means (`questions`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from plfacilitate.core.protocol import Item, Prompt, Section
from plfacilitate.core.text import cut
from plfacilitate.shelf.xlsform.questions import Reader
from plfacilitate.shelf.xlsform.types import Type, close_to, type_of
from plfacilitate.shelf.xlsform.words import Ids, words
from plfacilitate.shelf.xlsform.workbook import SURVEY, Row

_YES = frozenset({"yes", "true", "true()", "1", "y", "x"})


@dataclass(slots=True)
class _Part:
    """A section as it fills up."""

    name: str
    title: str
    about: list[str] = field(default_factory=list)
    parts: list[Item | Prompt] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Group:
    """A group that is open: its row, its name and its title."""

    row: int
    name: str
    title: str


@dataclass(slots=True)
class Walk:
    """One walk down the survey sheet. `purpose` are the notes that stand before everything else."""

    reader: Reader
    found: list[_Part] = field(default_factory=list)
    open: list[_Group] = field(default_factory=list)
    purpose: list[str] = field(default_factory=list)
    fresh: bool = True  # the next question begins a section

    def rows(self, rows: Sequence[Row]) -> list[Section]:
        """All rows, in order, as sections that are not empty."""
        for row in rows:
            self._row(row)
        for group in self.open:
            self.reader.told.note(
                SURVEY, group.row, "type", f"“{_cut(group.title)}” is never ended: it ends with the sheet."
            )
        self._leave_waiting()
        ids = Ids()
        return [
            Section(
                ids.take(one.name, f"part{place}"),
                one.title,
                " ".join(one.about),
                tuple(part for part in one.parts if isinstance(part, Item)),
                tuple(part for part in one.parts if isinstance(part, Prompt)),
            )
            for place, one in enumerate((one for one in self.found if one.parts), start=1)
        ]

    def _row(self, row: Row) -> None:
        said = row.get("type")
        if said.startswith("#"):
            return  # a remark of whoever wrote the form
        if row.get("disabled").casefold() in _YES:
            self.reader.left(
                row,
                "disabled",
                f"“{_cut(self.reader.words(row, 'label') or row.get('name'))}” is switched off in the form.",
            )
            return
        if not said:
            if row.get("name") or row.get("label"):
                self.reader.fault(row, "type", "is empty: what kind of question is this?")
            return
        kind = type_of(said)
        if kind is None:
            close = close_to(said)
            hint = f" Did you mean {close}?" if close else " https://xlsform.org lists all there are."
            self.reader.fault(row, "type", f"“{_cut(said)}” is no type of question.{hint}")
        else:
            self._typed(row, kind)

    def _typed(self, row: Row, kind: Type) -> None:
        if kind.kind == "left":
            what = self.reader.words(row, "label") or row.get("name")
            self.reader.left(row, "type", f"“{_cut(what)}” ({_cut(kind.said)}) is left out: {kind.why}")
        elif kind.kind == "kept":
            self.reader.note(row, "type", "when something is noted is kept here anyway.")
        elif kind.kind.startswith("begin"):
            self._begin(row, kind)
        elif kind.kind == "end":
            self._end(row)
        elif kind.kind == "note":
            self._note(row)
        else:
            self._question(row, kind)

    def _begin(self, row: Row, kind: Type) -> None:
        self._leave_waiting()
        title = self.reader.words(row, "label") or words(row.get("name")).text or "Group"
        self.open.append(_Group(row.number, row.get("name") or title, title))
        self.fresh = True
        if kind.kind == "begin-repeat":
            self.reader.left(row, "type", f"“{_cut(title)}” is asked again and again there; here once.")
        elif kind.kind == "begin-grid":
            self.reader.left(
                row, "type", f"“{_cut(title)}” is a grid there; here its questions stand one below the other."
            )
        elif len(self.open) > 1:
            outer = self.open[-2].title
            self.reader.note(
                row, "type", f"stands inside of “{_cut(outer)}”: sections here have none inside, so it follows it."
            )
        for column, sentence in _ON_GROUPS.items():
            if typed := row.get(column):
                self.reader.left(row, column, sentence.format(f"“{cut(typed, 60).strip()}”"))

    def _end(self, row: Row) -> None:
        self._leave_waiting()
        if not self.open:
            self.reader.note(row, "type", "ends a group that was never begun: passed over.")
            return
        self.open.pop()
        self.fresh = True

    def _note(self, row: Row) -> None:
        """The purpose, what a section is about, or a help to the next question, by where it stands."""
        text = self.reader.words(row, "label")
        if hint := self.reader.words(row, "hint"):
            text = f"{text} {hint}".strip()
        for column, sentence in _ON_GROUPS.items():
            if column != "appearance" and (typed := row.get(column)):
                self.reader.left(row, column, sentence.format(f"“{cut(typed, 60).strip()}”"))
        if not text:
            return
        if not self.open and not self.found:
            self.purpose.append(text)
        else:
            self.reader.waiting.append(text)

    def _question(self, row: Row, kind: Type) -> None:
        section = self._section()
        if not section.parts and self.reader.waiting:
            section.about += self.reader.waiting
            self.reader.waiting.clear()
        section.parts += self.reader.question(row, kind)

    def _section(self) -> _Part:
        """The section that the next question belongs to; a new one where a group began or ended since the last."""
        if not self.fresh and self.found:
            return self.found[-1]
        self.fresh = False
        name = self.open[-1].name if self.open else "general"
        title = ": ".join(group.title for group in self.open) or "General"
        again = any(one.title == title for one in self.found)
        self.found.append(_Part(name, f"{title} (continued)" if again else title))
        return self.found[-1]

    def _leave_waiting(self) -> None:
        """Notes at the end of a section belong to what it is about."""
        if self.reader.waiting and self.found:
            self.found[-1].about += self.reader.waiting
        elif self.reader.waiting:
            self.purpose += self.reader.waiting
        self.reader.waiting.clear()


_ON_GROUPS = {
    "relevant": "shown only where {}; here it is always there.",
    "repeat_count": "asked {} times; here once.",
    "appearance": "{} is a look of other programs.",
}


def _cut(text: str) -> str:
    return cut(text, 40).strip()
