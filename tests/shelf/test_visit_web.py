"""The page of a visit's report by axe-core in a real Chromium: WCAG 2.2 AA, narrow and wide, dark and light."""

from __future__ import annotations

from pathlib import Path

import pytest

from plfacilitate.core.report.whole import VisitReport
from plfacilitate.shelf.visit_web import report_page
from tests.front.door.judge import faults
from tests.front.door.phones import phone
from tests.shelf.test_visit_report import hostile
from tests.visits import few, picture, report

pytestmark = pytest.mark.requires_chromium

REPORTS = {
    "a visit": report(),
    "few rooms": report(few(3)),
    "nothing yet": report(picture([], agreed={}, summary={})),
    "hostile": hostile(),
}


@pytest.mark.parametrize("name", REPORTS)
def test_nothing_is_wrong_on_the_page(tmp_path: Path, chromium: Path, name: str) -> None:
    """Nothing sticks out on a phone or a desk, axe has nothing to say, and no outside address is asked for."""
    path = written(tmp_path, REPORTS[name])
    asked: list[str] = []
    with phone(chromium, width=320, bypass_csp=True) as context:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri())
        found = faults(page, name, language="en", widths=[320, 1200])
    assert [one for one in found if "too large" not in one] == []
    assert asked == [path.as_uri()]


def test_the_page_prints_dark_on_light(tmp_path: Path, chromium: Path) -> None:
    """Whatever scheme the machine is in, paper is white."""
    with phone(chromium, width=1000) as context:
        page = context.new_page()
        page.goto(written(tmp_path, report()).as_uri())
        page.emulate_media(media="print", color_scheme="dark")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def written(folder: Path, of: VisitReport) -> Path:
    """The page as a file."""
    path = folder / "report.html"
    path.write_bytes(report_page(of))
    return path
