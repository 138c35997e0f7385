"""The choices of a form: which lists it has, and whether a list is yes and no, levels in their order, or neither.

Owns what counts as levels. Never decides what becomes of a question (`questions`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from plfacilitate.core.text import cut, fold
from plfacilitate.shelf.xlsform.told import Told
from plfacilitate.shelf.xlsform.words import words
from plfacilitate.shelf.xlsform.workbook import CHOICES, Row, Workbook

FEWEST_LEVELS, MOST_LEVELS = 3, 7
_YES = frozenset({"yes", "y", "true", "si", "oui", "ja", "seen", "observed", "evident", "present"})
_NO = frozenset({"no", "n", "false", "non", "nein", "not seen", "not observed", "not evident", "absent", "not present"})
_NEITHER = frozenset({
    "n a", "na", "not applicable", "does not apply", "non applicable", "no aplica", "unable to observe",
    "could not observe", "not observable", "not observed", "no opportunity",
})  # fmt: skip
_NUMBERED_NAME = re.compile(
    r"(?:(?:level|lvl|l|score|rating|rate|stage|step|points?|likert)[ _.-]?)?(\d{1,2})", re.IGNORECASE
)
_NUMBERED_LABEL = re.compile(
    r"(?:(?:level|stage|step|score)\s*)?(\d{1,2})\s*(?:[-\u2013\u2014:.)=]\s*|\s+|$)(.*)", re.IGNORECASE
)
_OWN = ("list_name", "name", "label")


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: the row it stands in, its name and what people read."""

    row: int
    name: str
    text: str


class Levels(NamedTuple):
    """Choices as levels: what each says, the lowest first; the number of the first; choices that are no level."""

    texts: tuple[str, ...]
    first: int
    beside: tuple[Choice, ...]


def read_choices(book: Workbook, told: Told) -> dict[str, list[Choice]]:
    """Each list of choices by its name, in the order of the sheet."""
    found: dict[str, list[Choice]] = {}
    carried = ""
    for row in book.choices.rows:
        carried = row.get("list_name") or carried
        if not row.get("name") and not row.get("label"):
            continue  # what stands beside it alone names no answer
        if not carried:
            told.fault(CHOICES, row.number, "list_name", "is empty: which list does this answer belong to?")
            continue
        if not row.get("list_name"):
            told.note(CHOICES, row.number, "list_name", f"is empty: taken as one more of “{_cut(carried)}”.")
        found.setdefault(carried, []).append(_choice(book, row, told))
    _say_columns(book, told)
    return found


def _choice(book: Workbook, row: Row, told: Told) -> Choice:
    said, language = book.said(row, "label")
    found = words(said)
    if found.refers:
        told.leave(
            CHOICES,
            row.number,
            "label",
            f"names another answer, [{_cut(found.refers[0])}]: it stands there as it is.",
        )
    if not found.text:
        told.note(CHOICES, row.number, "label", "is empty: the name stands in its place.")
    elif language != book.language:
        told.note(CHOICES, row.number, "label", f"is taken in {_cut(language) or 'the column label'}: it has no other.")
    text = found.text or words(row.get("name")).text or "?"
    return Choice(row.number, row.get("name") or text, text)


def _say_columns(book: Workbook, told: Told) -> None:
    """What the sheet holds beside names and labels: pictures, and what cascades look up."""
    for column, title in book.choices.filled():
        if column not in _OWN:
            what = "pictures and sounds" if column.startswith("media::") else "what stands in this column"
            told.leave(CHOICES, 0, title, f"{what} can't be carried over.")


def _cut(text: str) -> str:
    return cut(text, 30).strip()


# -- what a list is ----------------------------------------------------------------------------------------------------


def is_yes_no(choices: Sequence[Choice]) -> bool:
    """Whether they are yes and no, perhaps with one that says it does not apply."""
    for said in ([fold(_bare(one.text)) for one in choices], [fold(one.name) for one in choices]):
        yes, rest = [one for one in said if one in _YES], [one for one in said if one not in _YES]
        if len(yes) != 1 or not 1 <= len(rest) <= 2:
            continue
        no = [one for one in rest if one in _NO]
        if no and (len(rest) == 1 or any(one in _NEITHER and one != no[0] for one in rest)):
            return True
    return False


def levels_of(choices: Sequence[Choice], *, ordered: bool = False) -> Levels | None:
    """The choices as levels, where 3 to 7 of them are numbered in a row from 0 or 1; None = they are none.

    `ordered` = the form says itself that they are a scale in their order, numbered or not.
    """
    beside = tuple(one for one in choices if {fold(_bare(one.text)), fold(one.name)} & _NEITHER)
    kept = [one for one in choices if one not in beside]
    if not FEWEST_LEVELS <= len(kept) <= MOST_LEVELS:
        return None
    numbered = _by_name(kept) or _by_label(kept)
    if numbered is None:
        return Levels(tuple(one.text for one in kept), 1, beside) if ordered else None
    first = min(numbered)
    if first not in (0, 1) or sorted(numbered) != list(range(first, first + len(kept))):
        return None
    return Levels(tuple(_bare(numbered[number].text) for number in sorted(numbered)), first, beside)


def _by_name(choices: Sequence[Choice]) -> Mapping[int, Choice] | None:
    return _numbers([(_NUMBERED_NAME.fullmatch(one.name), one) for one in choices])


def _by_label(choices: Sequence[Choice]) -> Mapping[int, Choice] | None:
    return _numbers([(_NUMBERED_LABEL.fullmatch(one.text), one) for one in choices])


def _numbers(matches: Sequence[tuple[re.Match[str] | None, Choice]]) -> Mapping[int, Choice] | None:
    found = {int(match[1]): one for match, one in matches if match}
    return found if len(found) == len(matches) else None


def _bare(text: str) -> str:
    """What a level says, without the number in front of it, which is counted anyway; the number where it says no more."""
    match = _NUMBERED_LABEL.fullmatch(text)
    return match[2].strip() or text if match else text
