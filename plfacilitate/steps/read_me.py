"""The page of plain text that goes with a packed day: what the files are, and what each column means.

Owns its words. Never computes anything, and never writes a file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import wrap

from plfacilitate.core.minutes import day_text
from plfacilitate.core.office import Column
from plfacilitate.core.plan import Event
from plfacilitate.core.sheet_words import MEANINGS
from plfacilitate.core.tally import CreditSheet
from plfacilitate.core.text import plain

_WIDTH = 78


def read_me(event: Event, credit: CreditSheet, files: Sequence[tuple[str, str]]) -> str:
    """What lies here and what each column of the table means, with its CEDS id. `files` = name and what it is."""
    return "\n".join((*_head(event, "Read this first"), *_files(files), *_columns(credit.office.columns), *_check()))


def what_it_is(path: Path) -> str:
    """A file beside the bundles, in a few words."""
    kinds = {
        "-sign-in-sheet.pdf": "the sign-in sheet, exceptions first",
        "-series.csv": "hours over all sessions",
        "-evaluation.pdf": "what the participants answered at the end, without names, for the committee",
        "-read-me.txt": "what these files are, and what each column means",
    }
    return next((what for ending, what in kinds.items() if path.name.endswith(ending)), _table(path))


def _table(path: Path) -> str:
    return f"the office's table of hours{', the same for a spreadsheet' if path.suffix == '.xlsx' else ''}"


def _head(event: Event, about: str) -> Iterator[str]:
    yield plain(event.plan.title)
    yield f"{plain(event.title)}, {day_text(event.day)} {event.day.year}"
    if event.in_service:
        yield f"In-service no. {plain(event.in_service)}"
    yield from ("", about, "=" * len(about), "")


def _files(files: Sequence[tuple[str, str]]) -> Iterator[str]:
    for name, what in files:
        yield name
        yield from wrap(what, _WIDTH, initial_indent="  ", subsequent_indent="  ")
    yield ""


def _columns(columns: Sequence[Column]) -> Iterator[str]:
    yield "The columns of the table, from left to right. CEDS is the number of the same element in the"
    yield "Common Education Data Standards (https://ceds.ed.gov), where there is one."
    yield ""
    for column in columns:
        known = f" [CEDS {plain(column.ceds)}]" if column.ceds else ""
        yield from wrap(
            f"{plain(column.title)}: {meaning(column)}{known}", _WIDTH, initial_indent="  ", subsequent_indent="      "
        )
    yield ""


def _check() -> Iterator[str]:
    yield "Is it whole? `plfacilitate verify FILE` says of the bundle (.zip, or .zip.age where it is"
    yield "sealed) whether anything is missing or was changed, and whether these files belong to it."
    yield "A figure is wrong? Don't change it here: the sheet says at its end how it is corrected."
    yield ""


def meaning(column: Column) -> str:
    """What a column of the office's table means; a field that nobody here knows says so."""
    return MEANINGS.get(column.field, "a field that this version doesn't know; left empty")
