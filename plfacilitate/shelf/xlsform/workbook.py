"""A form's workbook: the sheets survey, choices and settings as rows whose cells are found by what their column is.

Owns what a form's columns are called, and which of several languages is read. Never knows what a type means.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import cut, fold, plain
from plfacilitate.shelf.opened import opened
from plfacilitate.shelf.xlsform.told import Told
from plfacilitate.shelf.xlsx_in import Grid, grids

MOST_BYTES = 32 * 1024 * 1024  # of the file, and of each part unpacked: a large form has one
MOST_ROWS = 5_000
SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"

_OTHER_NAMES = {
    "command": "type", "tag": "name", "value": "name", "caption": "label", "relevance": "relevant",
    "skip_logic": "relevant", "bind::relevant": "relevant", "bind::required": "required", "read_only": "readonly",
    "bind::readonly": "readonly", "calculate": "calculation", "bind::calculate": "calculation",
    "bind::constraint": "constraint", "control::appearance": "appearance", "body::appearance": "appearance",
    "jr:count": "repeat_count", "count": "repeat_count", "image": "media::image", "audio": "media::audio",
    "video": "media::video", "big-image": "media::big-image", "list": "list_name", "title": "form_title",
    "set_form_title": "form_title", "set_form_id": "form_id", "id_string": "form_id",
}  # fmt: skip
_SPOKEN = ("label", "hint", "guidance_hint")
_OLE = b"\xd0\xcf\x11\xe0"


class Row(NamedTuple):
    """A row of a sheet: its number from 1, and its filled cells by column and language ("" = the column names none)."""

    number: int
    cells: Mapping[tuple[str, str], str]

    def get(self, column: str) -> str:
        """The cell of a column, in whatever language comes first; "" = empty."""
        return next((text for (name, _), text in self.cells.items() if name == column), "")

    @property
    def columns(self) -> list[str]:
        """The columns that are filled, each once."""
        return list(dict.fromkeys(name for name, _ in self.cells))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its columns as the form calls them (column, language → title), and its rows below the header."""

    name: str
    titles: Mapping[tuple[str, str], str]
    rows: Sequence[Row]

    def filled(self) -> list[tuple[str, str]]:
        """The columns that hold something, each with its title, in the order of the sheet."""
        used = {column for row in self.rows for column in row.cells}
        return [(column[0], title) for column, title in self.titles.items() if column in used]

    def has(self, column: str) -> bool:
        """Whether there is such a column, in any language."""
        return any(name == column for name, _ in self.titles)


@dataclass(frozen=True, slots=True)
class Workbook:
    """The three sheets; choices and settings may be empty. `language` is the one that is read, "" = the one without a name."""

    file: str
    survey: Sheet
    choices: Sheet
    settings: Mapping[str, str]
    language: str

    def said(self, row: Row, column: str) -> tuple[str, str]:
        """The cell of a column in the form's language, else in the first that has it, with the language it is in."""
        for language in (self.language, ""):
            if text := row.cells.get((column, language), ""):
                return text, self.language
        return next(((text, lang) for (name, lang), text in row.cells.items() if name == column), ("", self.language))


def read_workbook(path: Path, told: Told) -> Workbook:
    """The form's sheets. Refused: `file-missing`, `file-is-folder`, `file-empty`, `file-unreadable`."""
    _check(path)
    found = grids(path, (SURVEY, CHOICES, SETTINGS), most_rows=MOST_ROWS, most_bytes=MOST_BYTES)
    file = plain(path.name)
    if SURVEY not in found:
        detail = "it has no sheet called survey, so it is no XLSForm: call the sheet with the questions so."
        raise Refused("file-unreadable", file=plain(str(path)), detail=detail)
    survey, choices, settings = (_sheet(name, found.get(name), told) for name in (SURVEY, CHOICES, SETTINGS))
    said = {column: settings.rows[0].get(column) for column in settings.rows[0].columns} if settings.rows else {}
    for row in settings.rows[1:]:
        told.note(SETTINGS, row.number, "", "only the first row of settings counts.")
    language = _language(survey, said.get("default_language", ""), told)
    return Workbook(file, survey, choices, said, language)


def _check(path: Path) -> None:
    """Refuse what is no workbook, by its first bytes and its size, before anything of it is read."""
    with opened(path) as file:
        try:
            start, size = file.read(8), path.stat().st_size
        except OSError as no:
            raise Refused("file-unreadable", file=plain(str(path)), detail=f"{no.strerror}.") from no
    shown = plain(str(path))
    if not start:
        raise Refused("file-empty", file=shown)
    if start.startswith(_OLE):
        detail = "it is an old Excel file (.xls) or has a password: save it as .xlsx without one."
    elif not start.startswith(b"PK"):
        detail = "it is no Excel workbook: an XLSForm is one .xlsx with the sheets survey and choices, not CSV files."
    elif size > MOST_BYTES:
        detail = "it is far larger than a form: is it the right file?"
    else:
        return
    raise Refused("file-unreadable", file=shown, detail=detail)


def _sheet(name: str, grid: Grid | None, told: Told) -> Sheet:
    if grid is None or not grid.rows:
        return Sheet(name, {}, ())
    at, header = grid.rows[0]
    places: dict[int, tuple[str, str]] = {}
    for place, title in enumerate(header):
        column = column_of(title)
        if not column[0]:
            continue
        if column in places.values():
            told.note(name, at, title, "stands here twice: the first one counts.")
            continue
        places[place] = column
    _merged(name, grid, told)
    rows = []
    for number, cells in grid.rows[1:]:
        filled = {column: cells[place].strip() for place, column in places.items() if place < len(cells)}
        if filled := {column: text for column, text in filled.items() if text}:
            rows.append(Row(number, filled))
    return Sheet(name, {column: header[place] for place, column in places.items()}, rows)


def _merged(name: str, grid: Grid, told: Told) -> None:
    for ref in grid.merged:
        row = re.search(r"\d{1,7}", ref, re.ASCII)
        sentence = f"the cells {plain(ref[:20])} are merged: what they say counts for the first of them only."
        told.note(name, int(row[0]) if row else 0, "", sentence)


def column_of(title: str) -> tuple[str, str]:
    """What a column is called and the language it is in: `Label::English (en)` is `label` in `English (en)`."""
    title = " ".join(title.split())
    parts = [part.strip() for part in title.split("::")]
    if len(parts) == 1 and title.partition(":")[0].strip().casefold() in _SPOKEN:
        parts = [part.strip() for part in title.split(":", 1)]
    name = parts[0].casefold().replace(" ", "_")
    name = _OTHER_NAMES.get(name, name)
    if len(parts) > 1 and name in ("media", "bind", "control", "body", "instance"):
        name = f"{name}::{parts.pop(1).casefold()}"
        name = _OTHER_NAMES.get(name, name)
    return name, parts[1] if len(parts) > 1 else ""


def _language(survey: Sheet, wanted: str, told: Told) -> str:
    """The language to read: the form's default one, else the column without a name, else the first there is."""
    languages = list(dict.fromkeys(language for name, language in survey.titles if name == "label"))
    if len(languages) < 2:
        return languages[0] if languages else ""
    chosen = next((one for one in languages if wanted and _names(one) & _names(wanted)), None)
    if chosen is None:
        chosen = "" if "" in languages else languages[0]
        if wanted:
            sentence = f"“{cut(wanted, 30).strip()}” is none of the form's languages: {_called(chosen)} was taken."
            told.note(SETTINGS, 0, "default_language", sentence)
    others = ", ".join(_called(one) for one in languages if one != chosen)
    told.leave(SURVEY, 0, "label", f"the form speaks {_called(chosen)} here; the words in {others} are left out.")
    return chosen


def _names(language: str) -> set[str]:
    """`English (en)` is known as all of it, as English and as en."""
    name, _, code = language.partition("(")
    return {fold(language), fold(name), fold(code)} - {""}


def _called(language: str) -> str:
    return plain(language[:30]) if language else "the language of the column label"
