"""The report of a school over its visits, written by the writer thread into the folder of what is printed.

Owns the words of the toast. Never decides what stands in the report.
"""

from __future__ import annotations

from plfacilitate.front.desk.threads.hands import Deed, Done, Work


def write(school: str) -> Deed:
    """Both files in the workspace's folder `printed`. Refused: `not-written`, `school-not-visited`, `sheet-not-drawn`."""

    def deed(work: Work) -> Done:
        from plfacilitate.steps.insights import find_school, read_courses, read_insights, write_insights

        own, now = work.around.workspace, work.hand.clock()
        one = find_school(read_insights(work.ledger, now=now), school)
        folder = own.root / "printed"
        folder.mkdir(parents=True, exist_ok=True)
        files = write_insights(one, read_courses(work.ledger, at=now), own, folder, made_at=now)
        return Done(f"The report: {files.pdf} and, for a browser, {files.page.name}", (), "")

    return deed
