"""What the clerk holds, as pages: looked at once, and their text read back by another program."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import pypdf
import pytest
from PIL import Image

from plfacilitate.shelf import evaluation_page, sheet, statement
from plfacilitate.shelf.shipped import folder
from tests.goldens import check_golden
from tests.pictures import check_picture, differing, drawn
from tests.whole_pages import COMMENTS, whole_evaluation, whole_sheet, whole_statement

DOCUMENTS = folder("exports") / "documents"


def _statement(*, approved: bool) -> tuple[str, dict[str, Any], datetime]:
    one = whole_statement(approved=approved)
    return (
        "statement",
        {"name": statement.title_of(one), "author": "PSESD", "people": [statement.printed(one)]},
        one.made_at,
    )


PAPERS: Mapping[str, Callable[[], tuple[str, dict[str, Any], datetime]]] = {
    "sheet": lambda: ("sheet", sheet.printed(whole_sheet()), whole_sheet().made_at),
    "statement": lambda: _statement(approved=False),
    "transcript": lambda: _statement(approved=True),
    "evaluation": lambda: ("evaluation", evaluation_page.printed(whole_evaluation()), whole_evaluation().made_at),
}
TEMPLATES = {"sheet": sheet.TEMPLATE, "statement": statement.TEMPLATE, "evaluation": evaluation_page.TEMPLATE}
# Of the sheet: exceptions, a page with every kind of row, the end.
PAGES = [("sheet", 1), ("sheet", 4), ("sheet", 6), ("statement", 1), ("transcript", 1), ("evaluation", 1)]


@pytest.fixture(scope="module")
def looked_at() -> dict[str, list[Image.Image]]:
    """Every page of every paper."""
    found = {}
    for name, paper in PAPERS.items():
        what, data, made_at = paper()
        found[name] = drawn(DOCUMENTS / TEMPLATES[what], what, data, made_at)
    return found


@pytest.mark.parametrize("name, number", PAGES)
def test_a_page_looks_as_it_did_when_somebody_looked(
    looked_at: dict[str, list[Image.Image]], name: str, number: int
) -> None:
    """Nothing moved, nothing is cut, nothing lies over anything else."""
    check_picture(f"{name}-{number}", looked_at[name][number - 1])


def test_a_picture_sees_a_word_that_moved(looked_at: dict[str, list[Image.Image]]) -> None:
    """A page two dots lower is another page; one whose edges are a little softer is the same."""
    page = looked_at["statement"][0]
    lower = Image.new("L", page.size, 255)
    lower.paste(page, (0, 2))
    assert differing(page, lower)
    softer = page.point(lambda dot: min(255, dot + 8))
    assert not differing(page, softer)


def _text(pdf: bytes) -> str:
    return "\f\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def test_the_whole_sheet_is_read_back_in_last_name_order() -> None:
    """Seventy people over six pages, each row once and in order, exceptions before the first of them."""
    one = whole_sheet()
    words = " ".join(_text(sheet.sheet_pdf(one)).split())
    table = words[words.index("School · e-mail") :]
    places = [table.index(f"{at} {row.person.last_name[:12]}") for at, row in enumerate(one.ordered, start=1)]
    assert len(places) > 60
    assert places == sorted(places)
    head = words[: words.index("School · e-mail")]
    assert all(" ".join(notice.sentence.split()) in head for notice in one.exceptions)
    for said in (
        "version 2: replaces earlier ones",
        "STEM, Equity (2.0 h), Leadership (1.5 h)",
        "formerly Nguyễn Phúc Vĩnh San",
    ):
        assert said in words
    assert words.count("signed 8:") > 50


@pytest.mark.parametrize("name", ["statement", "transcript", "evaluation"])
def test_a_paper_reads_as_its_golden(name: str) -> None:
    """What another program and a screen reader find."""
    pdf = {
        "statement": lambda: statement.statement_pdf([whole_statement(approved=False)]),
        "transcript": lambda: statement.statement_pdf([whole_statement(approved=True)]),
        "evaluation": lambda: evaluation_page.evaluation_pdf(whole_evaluation()),
    }[name]()
    check_golden(f"pages/{name}.txt", _text(pdf).encode())


def test_every_comment_stands_on_the_summary_as_it_was_written() -> None:
    """Commands of the typesetter and formulas are words, controls are shown."""
    words = _text(evaluation_page.evaluation_pdf(whole_evaluation())).replace("\n", " ").replace(" ", "")
    for comment in COMMENTS:
        assert comment.replace("\x1b", "⟨001B⟩").replace(" ", "") in words
