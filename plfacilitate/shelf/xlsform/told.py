"""What is said of a form as it is read: what is wrong, what is left out, how something was understood.

Owns how a remark names its place: sheet, row, column. Never decides which of the three it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from plfacilitate.core.refusal import Fault
from plfacilitate.core.text import plain


class Remark(NamedTuple):
    """One sentence on a place of the workbook. `row` counts from 1, 0 = the sheet as a whole; `column` may be ""."""

    sheet: str
    row: int
    column: str
    sentence: str

    def fault(self, file: str) -> Fault:
        """The remark as every file's remarks are said: `form.xlsx survey:12: relevant: …`."""
        return Fault(f"{file} {self.sheet}", self.row, plain(self.column[:40]), self.sentence)


@dataclass(slots=True)
class Told:
    """What is said. With `faults` nothing of the form is taken; `left` could not be carried over, `notes` was, thus."""

    faults: list[Remark] = field(default_factory=list)
    left: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)

    def fault(self, sheet: str, row: int, column: str, sentence: str) -> None:
        """What keeps the form from being taken."""
        self.faults.append(Remark(sheet, row, column, sentence))

    def leave(self, sheet: str, row: int, column: str, sentence: str) -> None:
        """What could not be carried over."""
        self.left.append(Remark(sheet, row, column, sentence))

    def note(self, sheet: str, row: int, column: str, sentence: str) -> None:
        """How something was understood."""
        self.notes.append(Remark(sheet, row, column, sentence))


def together(remarks: Iterable[Remark]) -> Iterator[str]:
    """Remarks as lines, in the order of the sheets; what is said of several rows in one: `survey rows 3, 5-7, hint: …`."""
    said: dict[tuple[str, str, str], list[int]] = {}
    for one in remarks:
        said.setdefault((one.sheet, one.column, one.sentence), []).append(one.row)
    for (sheet, column, sentence), rows in said.items():
        place = f"{sheet}{_rows(sorted(set(rows) - {0}))}{f', {plain(column[:40])}' if column else ''}"
        yield f"{place}: {sentence}"


def _rows(rows: list[int]) -> str:
    if not rows:
        return ""
    spans = []
    for _, run in groupby(enumerate(rows), lambda pair: pair[1] - pair[0]):
        numbers = [row for _, row in run]
        spans.append(str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}")
    return f" row{'s' if len(rows) > 1 else ''} {', '.join(spans)}"
