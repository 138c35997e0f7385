"""The report of a visit, written by the writer thread into the folder of what is printed.

Owns the words of the toast. Never decides what stands in the report.
"""

from __future__ import annotations

from plfacilitate.front.desk.threads.hands import Deed, Done, Work


def write(event: str) -> Deed:
    """Both files in the workspace's folder `printed`. Refused: `not-written`, `sheet-not-drawn`, `visit-missing`."""

    def deed(work: Work) -> Done:
        from plfacilitate.core.refusal import Refused
        from plfacilitate.core.report.words import count
        from plfacilitate.steps.events import read_event
        from plfacilitate.steps.unname import names_noted
        from plfacilitate.steps.visit_report import report_of, write_report

        found, fold, own = read_event(work.ledger, event), work.visit(event), work.around.workspace
        if fold.visit is None and not fold.observations:
            raise Refused("visit-missing", title=found.title, event=event[:8])
        folder = own.root / "printed"
        folder.mkdir(parents=True, exist_ok=True)
        report = report_of(found, fold, work.hand.clock())
        files = write_report(report, own, folder)
        said = "The report says that there is nothing yet" if report.empty else "The report"
        names = len(names_noted(work.ledger, fold))
        first = f". Before you hand it over: {count(names, 'word')} in the notes may name somebody" if names else ""
        return Done(f"{said}: {files.pdf} and, for a browser, {files.page.name}{first}", (), event)

    return deed
