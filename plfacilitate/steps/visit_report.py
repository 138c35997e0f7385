"""The report of a visit, made and written: a PDF to print and a page to send.

Owns the names of both files. Never decides what stands in them (`core.report.whole`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from plfacilitate.core.debrief.meetings import still_blind
from plfacilitate.core.plan import Event
from plfacilitate.core.report.whole import VisitReport, visit_report
from plfacilitate.core.text import fold
from plfacilitate.core.visiting.fold import VisitFold
from plfacilitate.shelf.protocol_form import Paper
from plfacilitate.shelf.visit_report import TEMPLATE, report_pdf
from plfacilitate.shelf.visit_web import LOOK, report_page
from plfacilitate.shelf.write import write_bytes
from plfacilitate.steps.visiting import as_allowed
from plfacilitate.store.workspace import Workspace

Progress = Callable[[str], None]
"""Told in words what is being done; may raise to stop, and then no half file lies anywhere."""


class Written(NamedTuple):
    """Where both files lie."""

    pdf: Path
    page: Path


def report_of(event: Event, fold: VisitFold, made_at: datetime) -> VisitReport:
    """What the report of an event's visit says as it stands.

    Notes that others of the same room may not read yet are left out: whoever scores blind could read them in the report.
    A closed event opens none: who was not done may key in a sheet from paper afterwards. To lay the notes open at the
    debrief does.
    """
    picture = as_allowed(event, fold.picture())
    return visit_report(
        picture, title=event.title, place=event.place, day=event.day, zone=event.zone, made_at=made_at,
        held=still_blind(picture),
    )  # fmt: skip


def write_report(
    report: VisitReport,
    workspace: Workspace,
    folder: Path,
    *,
    paper: Paper = "us-letter",
    progress: Progress = lambda text: None,
) -> Written:
    """Both files in a folder, each in one step. Refused: `not-written`, `sheet-not-drawn`."""
    stem = file_stem(report)
    written = Written(folder / f"{stem}.pdf", folder / f"{stem}.html")
    progress("drawing the PDF …")
    pdf = report_pdf(report, paper=paper, template=workspace.document(TEMPLATE))
    progress("making the page …")
    page = report_page(report, workspace.document(LOOK))
    progress("writing both …")
    write_bytes(written.pdf, pdf)
    write_bytes(written.page, page)
    return written


def file_stem(report: VisitReport) -> str:
    """`2023-12-06-dimmitt-middle-school-visit-report`: day and school."""
    return "-".join(filter(None, (str(report.day), name_of(report.school), "visit-report")))


def name_of(school: str) -> str:
    """Letters, digits and hyphens for a file, whatever a school is called; "" = it has none."""
    words = "".join(char if char.isascii() else "-" for char in fold(school)).replace("-", " ").split()
    return "-".join(words)[:60].strip("-")
