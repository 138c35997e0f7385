"""`visit report`: both files, where they are wanted, whole or not at all."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pytest

from plfacilitate.shelf.shipped import folder
from plfacilitate.shelf.visit_report import TEMPLATE
from plfacilitate.shelf.visit_web import LOOK
from plfacilitate.steps import observe
from tests.front.commands.test_visits import observes
from tests.laptops import Laptop
from tests.visits import EXAMPLE


@pytest.fixture
def event(laptop: Laptop) -> str:
    """A site visit that is announced."""
    event = laptop.schedule("site-visit")
    laptop.do("visit", "plan", event, EXAMPLE)
    return event


def read(path: Path) -> str:
    """The text of a PDF."""
    pages = pypdf.PdfReader(io.BytesIO(path.read_bytes())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_a_report_is_two_files(laptop: Laptop, event: str, tmp_path: Path) -> None:
    """A PDF and a page, named after day and school; what is being done is said on stderr."""
    observes(laptop, event, "Dana Whitfield", ended=True)
    observes(laptop, event, "Lan Nguyễn", ended=True)
    ran = laptop.run("visit", "report", event, "--out", tmp_path, "--paper", "a4")
    pdf, page = (tmp_path / f"2023-12-06-lakeridge-elementary-visit-report.{kind}" for kind in ("pdf", "html"))
    assert ran.out.splitlines() == [str(pdf), str(page)]
    assert ran.err.splitlines() == ["reading the visit …", "drawing the PDF …", "making the page …", "writing both …"]
    assert round(pypdf.PdfReader(pdf).pages[0].mediabox.width) == 595
    for text in (read(pdf), page.read_text("utf-8")):
        assert "Lakeridge Elementary" in text
        assert "1 room · 2 observers" in text


def test_words_that_may_be_names_are_said_before_it_is_handed_over(laptop: Laptop, event: str) -> None:
    """With the command that lists them; nothing is said where there are none."""
    observes(laptop, event, "Dana Whitfield", "s3", ended=True)
    assert "may name" not in laptop.run("visit", "report", event).err
    laptop.do("note", "no part of the visit: Zebulon", "--event", event)
    ledger = laptop.ledger()
    (seen,) = observe.read_visit(ledger, event).observations
    ledger.append([observe.line(laptop.hand(), seen, "then S2 and Zebulon read")])
    ledger.close()
    said = laptop.run("visit", "report", event).err
    assert f"1 word in the notes may name somebody. `plfacilitate names {event[:8]}` lists what." in said


def test_the_report_can_be_read_by_a_program(laptop: Laptop, event: str) -> None:
    """One JSON document with where the files lie and everything that they say."""
    observes(laptop, event, "Dana Whitfield", "s3", ended=True)
    answer = laptop.json("visit", "report", event)
    assert Path(answer["pdf"]).is_file()
    assert Path(answer["page"]).is_file()
    assert answer["report"]["rooms"] == 1
    assert "4 of 5 stops: nobody observed there (Room A, Room B, Room C and Room E)." in answer["report"]["absent"]


def test_a_visit_without_observations_says_so(laptop: Laptop, event: str) -> None:
    """On stderr and in both files."""
    ran = laptop.run("visit", "report", event)
    assert "Nobody has observed or asked anything yet" in ran.err
    for name in ran.out.split():
        text = read(Path(name)) if name.endswith(".pdf") else Path(name).read_text("utf-8")
        assert "there is nothing to report" in text


def test_an_event_that_is_no_visit_has_no_report(laptop: Laptop) -> None:
    """And nothing is written."""
    event = laptop.schedule()
    assert "`plfacilitate visit plan" in laptop.no("visit", "report", event).split("reading the visit …")[-1]
    assert not list(Path().glob("*report*"))


def test_a_workspace_may_have_a_look_of_its_own(laptop: Laptop, event: str) -> None:
    """A changed template and a changed style sheet take the place of the shipped ones."""
    own = laptop.workspace.exports / "documents"
    own.mkdir(parents=True)
    shipped = folder("exports") / "documents"
    (own / TEMPLATE).write_text((shipped / TEMPLATE).read_text("utf-8") + "\nOur own look", "utf-8")
    (own / LOOK).write_text("body { color: #123456 }", "utf-8")
    answer = laptop.json("visit", "report", event)
    assert "Our own look" in read(Path(answer["pdf"]))
    assert "#123456" in Path(answer["page"]).read_text("utf-8")


def test_a_folder_that_is_not_there_is_a_sentence(laptop: Laptop, event: str) -> None:
    """No half file, no traceback."""
    said = laptop.no("visit", "report", event, "--out", "nowhere")
    assert "the folder nowhere is not there" in said


def test_ctrl_c_leaves_no_half_file(laptop: Laptop, event: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped while the page is made: neither file is there, and one sentence says that it was stopped."""

    def stopped(*_: object) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr("plfacilitate.steps.visit_report.report_page", stopped)
    ran = laptop.run("visit", "report", event)
    assert (ran.code, ran.out) == (130, "")
    assert "stopped" in ran.err
    assert not list(Path().iterdir())
