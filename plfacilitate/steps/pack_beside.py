"""What lies beside the bundles for people: the sign-in sheet, the office's table, a page that explains it all.

Owns which files those are and what they are called. Never computes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from plfacilitate.core import parcels
from plfacilitate.core.evaluation import evaluation
from plfacilitate.core.sheet import table
from plfacilitate.shelf.evaluation_page import TEMPLATE as EVALUATION
from plfacilitate.shelf.evaluation_page import Answered, evaluation_pdf
from plfacilitate.shelf.sheet import TEMPLATE, write_sheet
from plfacilitate.shelf.tables_out import write_csv, write_xlsx
from plfacilitate.shelf.write import write_bytes
from plfacilitate.steps.evaluation import STATE_IDS, questions
from plfacilitate.steps.pack_day import Day
from plfacilitate.steps.read_me import read_me, what_it_is
from plfacilitate.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Beside:
    """What lies beside the bundles for people. `pages` say what all this is, and what was answered at the end."""

    sheet: Path
    tables: tuple[Path, ...]
    pages: tuple[Path, ...]

    @property
    def files(self) -> tuple[Path, ...]:
        """All of them."""
        return (self.sheet, *self.tables, *self.pages)

    def digests(self) -> dict[str, str]:
        """SHA-256 of each by its name: the signed manifest of the hours says which files belong to it."""
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in self.files}


def lay_beside(workspace: Workspace, day: Day, stem: str) -> Beside:
    """Write the sheet, the tables and the pages into the outbox. Refused: `not-written`, `sheet-not-drawn`."""
    header, rows = table(day.sheet, day.credit.office.columns)
    sheet = workspace.outbox / f"{stem}-sign-in-sheet.pdf"
    tables: tuple[Path, ...] = (workspace.outbox / f"{stem}-hours.csv", workspace.outbox / f"{stem}-hours.xlsx")
    write_sheet(sheet, day.sheet, workspace.document(TEMPLATE))
    write_csv(tables[0], header, rows)
    write_xlsx(tables[1], header, rows, sheet="Hours")
    for series in day.series_rows():
        whole = workspace.outbox / f"{stem}-series.csv"
        write_csv(whole, [name for name, _ in parcels.CREDIT], series)
        tables = (*tables, whole)
    return Beside(sheet, tables, tuple(_pages(workspace, day, stem, (sheet, *tables))))


def _pages(workspace: Workspace, day: Day, stem: str, papers: Sequence[Path]) -> Iterator[Path]:
    answered = evaluation(questions(day.event), day.fold.facts("evaluation-summary"), closed=True)
    told = [(path.name, what_it_is(path)) for path in papers]
    if answered.ballots:
        page = workspace.outbox / f"{stem}-evaluation.pdf"
        paper = Answered(day.event, answered, day.sheet.signed_in, day.sheet.office_title, STATE_IDS, day.sheet.made_at)
        write_bytes(page, evaluation_pdf(paper, workspace.document(EVALUATION)))
        told.append((page.name, what_it_is(page)))
        yield page
    first = workspace.outbox / f"{stem}-read-me.txt"
    write_bytes(first, read_me(day.event, day.credit, told).encode())
    yield first
