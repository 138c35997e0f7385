"""XLSForms as people make them, for tests: rows in, a workbook out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

Rows = Sequence[Sequence[str | int | float]]

YES_NO: Rows = [("yn", "yes", "Yes"), ("yn", "no", "No")]
LIST: Sequence[str] = ("list_name", "name", "label")
HEAD: Sequence[str] = ("type", "name", "label")


def save(path: Path, **sheets: Rows) -> Path:
    """A workbook with these sheets, rows from the first."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for place, cell in enumerate(row):
                sheet.write(at, place, cell)
    book.close()
    return path


def form(path: Path, *survey: Sequence[str | int], choices: Rows = YES_NO, head: Sequence[str] = HEAD) -> Path:
    """A form with these questions under the usual header, and these choices."""
    return save(path, survey=[head, *survey], choices=[LIST, *choices])


def of_guide(page: str, path: Path) -> Path:
    """The form that a page of the guide shows, a table a sheet."""
    sheets = {
        name: [[cell.strip() for cell in line.strip("|").split("|")] for line in _lines(page, name)]
        for name in ("survey", "choices", "settings")
    }
    return save(path, **sheets)


def _lines(page: str, name: str) -> list[str]:
    table = re.search(rf"^`{name}`:\n\n((?:\|.*\n)+)", page, re.MULTILINE)
    assert table, name
    head, _, *rows = table[1].splitlines()
    return [head, *rows]
