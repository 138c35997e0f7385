"""The printed sheet: everything a clerk needs, legible, the same bytes everywhere, and names stay names."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import cairosvg
import pypdf
import pytest
import typst
from PIL import Image

from plfacilitate.core.people import Person
from plfacilitate.core.refusal import Refused
from plfacilitate.core.sheet import Notice, Sheet
from plfacilitate.shelf.sheet import TEMPLATE, drawn_svg, printed, sheet_pdf, write_sheet
from plfacilitate.shelf.shipped import folder
from tests.goldens import check_golden
from tests.sheets import ROWS, SHEET, by_hand, of_days, row


def pages(sheet: Sheet) -> list[str]:
    """The text of each page as another program reads it."""
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(sheet_pdf(sheet))).pages]


def text(sheet: Sheet) -> str:
    """All pages, with every run of blanks and line ends as one blank."""
    return " ".join(" ".join(pages(sheet)).split())


def many(count: int) -> Sheet:
    """A sheet of several pages."""
    return replace(
        SHEET, rows=tuple(row(f"Name{number:03}", "Ana", note="late" * (number % 3)) for number in range(count))
    )


def test_a_clerk_finds_every_fact_of_the_day() -> None:
    """Title, number, code, agenda, place, sponsor, presenters, approval, rule, version, how to correct."""
    found = text(SHEET)
    for fact in (
        "Puget Sound Personalized Learning Institute", "Session 3: Student ownership in practice", "2023-4417", "482913",
        "Wed 6 Dec 2023, 8:30–15:45", "Renton, Cedar room", "PSESD", "Jordan Ellis, Director, M.Ed.",
        "Amara Nwosu, Professor", "Equity", "30.0 clock hours", "psesd 2026-1", "Sheet version 2",
        "Approved by Dana Brown, Wed 6 Dec 2023, 16:02.", "write to the office within 30 days",
        "9 people signed in, 44.5 clock hours in all, 1 waiting for a decision.",
    ):  # fmt: skip
        assert fact in found


def test_a_clerk_finds_every_fact_of_a_person() -> None:
    """Name, former name, school, e-mail, certificate, times, minutes, hours, evidence, signature, note."""
    found = text(SHEET)
    for fact in (
        "Okonkwo-Reyes, Adaeze", "formerly Okonkwo", "facilitator, own phone", "sign-out set by hand", "388452G",
        "Lakeridge Elementary", "maria.garcia@renton.example.org", "9:31", "299", "4.5", "Lan Nguyễn", "signed 9:31",
        "Núñez, Iñaki", "O'Leary, Siobhán", "van der Berg, Anneke",
    ):  # fmt: skip
        assert fact in found


def test_one_person_is_a_person() -> None:
    """At the head and in the sum; three hundred are people."""
    one = printed(replace(SHEET, rows=SHEET.rows[:1]))
    assert one["summary"].startswith("1 person signed in, ")
    assert one["total"].startswith("1 person, ")
    many = printed(replace(SHEET, rows=SHEET.rows[:1] * 300))
    assert many["summary"].startswith("300 people signed in, ")


def test_exceptions_come_first_and_people_by_last_name() -> None:
    """What needs a look stands above the first row."""
    sheet = replace(SHEET, rows=(*ROWS, row("Abdi", "Hodan")))
    found = text(sheet)
    assert (
        found.index("Please look at these first (2)")
        < found.index("Sign-out was set by hand to 15:47.")
        < found.index("Abdi, Hodan")
    )
    order = [
        found.index(f"{one.person.name} ")
        for one in sheet.ordered
        if one.person.last_name not in ("Adams", "Okonkwo-Reyes")
    ]
    assert order == sorted(order)


def test_whoever_waits_has_no_figure() -> None:
    """`waits` where the hours would be, `none` where the sign-out would be."""
    assert "8:11none" in text(SHEET).replace(" ", "")
    assert "waits" in text(SHEET)


def test_every_page_says_what_it_belongs_to() -> None:
    """Loose pages find each other: heading, column titles, number of pages."""
    found = pages(many(60))
    assert len(found) > 3
    for number, page in enumerate(found, start=1):
        assert f"page {number} of {len(found)}" in page
        assert "Certificate" in page
        assert "2023-4417" in page
        assert "Student ownership in practice" in page


def test_a_note_stays_on_the_page_of_its_person() -> None:
    """Both lines of a row are kept together, wherever the page ends."""
    for count in (14, 15, 16, 17):
        sheet = replace(SHEET, rows=tuple(row(f"Zed{number:02}", note=f"note{number:02}") for number in range(count)))
        for page in pages(sheet):
            assert {part[3:5] for part in page.split() if part.startswith("Zed")} == {
                part[4:6] for part in page.split() if part.startswith("note")
            }


def test_nothing_is_smaller_than_nine_points() -> None:
    """It is read at a desk, and from a bad copy."""
    sizes: set[float] = set()

    def seen(words: str, _: list[float], matrix: list[float], font: Any, size: float) -> None:
        if words.strip():
            sizes.add(round(abs(size * matrix[3]), 1))

    for page in pypdf.PdfReader(io.BytesIO(sheet_pdf(SHEET))).pages:
        page.extract_text(visitor_text=seen)
    assert min(sizes) >= 9


def test_names_stay_names() -> None:
    """What looks like markup, code or an escape is printed as it was typed, controls made visible."""
    hostile = ['#read("/etc/passwd")', "$a^2$ *b* _c_ `d`", "@ref <label> [x]", "= Title", "\\u{41} //x", '"]}, {"']
    rows = tuple(row(name, f"first{number}") for number, name in enumerate(hostile))
    found = text(replace(SHEET, rows=(*rows, row("\x1b[31mred", "\u202eevil"))))
    for number, name in enumerate(hostile):
        assert f"{name}, first{number}".replace(" ", "") in found.replace(" ", "")
    assert "⟨001B⟩[31mred" in found
    assert "⟨202E⟩evil" in found


LONG = replace(
    SHEET,
    title="T" * 300,
    place="P" * 300,
    exceptions=(Notice("N" * 300, "S" * 700),),
    rows=(
        row(
            "X" * 300,
            "Y" * 300,
            school="S" * 300,
            email=f"{'m' * 150}@{'d' * 150}",
            certificate="9" * 60,
            note="n" * 800,
        ),
        row("Word " * 60, "Ana", former_name="F" * 300),
    ),
)


def test_names_of_three_hundred_letters_stay_in_their_place() -> None:
    """Nothing is printed into the margins; what is cut says so."""
    for sheet in (LONG, replace(LONG, hours_note="H" * 300)):
        data: Any = typst.compile(
            (folder("exports") / "documents" / TEMPLATE).read_bytes(),
            format="png",
            ppi=36,
            sys_inputs={"sheet": json.dumps(printed(sheet))},
            ignore_system_fonts=True,
        )
        for page in data if isinstance(data, list) else [data]:
            picture = Image.open(io.BytesIO(page)).convert("L")
            width, height = picture.size
            for margin in ((0, 0, 15, height), (width - 15, 0, width, height)):
                assert picture.crop(margin).getextrema() == (255, 255)
    assert "…" in text(LONG)


def test_what_is_copied_out_is_what_was_written() -> None:
    """No invisible character gets into an address on its way to the clerk's form."""
    address = "bartholomew.featherstonehaugh@longvalley.k12.example.org"
    found = pages(replace(SHEET, rows=(row("B", email=address),)))
    assert address in "".join("".join(found).split())
    assert not {char for page in found for char in page if char in "\u200b\u00ad\u2060\ufeff"}


def test_a_sheet_to_be_signed_by_hand_has_lines_and_no_figures() -> None:
    """Printed before the day: names are there, times and signatures are not."""
    found = text(by_hand())
    assert "to be signed by hand" in found
    assert "Garcia, Maria" in found
    assert "Facilitator: signature and date" in found
    assert "clock hours in all" not in found
    assert "Approved by" not in found


def test_a_statement_stands_above_the_names() -> None:
    """What everybody puts their name to."""
    found = text(replace(SHEET, statement="I was here at these times."))
    assert found.index("I was here at these times.") < found.index("Garcia, Maria")


def test_a_sheet_whose_hours_belong_to_the_series_shows_minutes_only() -> None:
    """And says where the hours are."""
    found = text(replace(SHEET, hours_note="Hours are counted over all 5 sessions."))
    assert "Hours are counted over all 5 sessions." in found
    assert "Asked" not in found
    assert "44.5" not in found


def test_a_sheet_of_several_days_dates_its_times() -> None:
    """Each stay on its own line with its day; times that all days share are said once."""
    found = text(of_days(2))
    assert "Wed 6 Dec 2023, Wed 13 Dec 2023, 8:30–15:45" in found
    assert "12/13 8:11" in found


def test_an_empty_sheet_is_a_sheet() -> None:
    """Nobody came: that is worth a page too."""
    assert "Signature" in text(replace(SHEET, rows=(), exceptions=(), presenters=()))


def test_the_same_sheet_is_the_same_bytes() -> None:
    """Twice here, and in a fresh process with another clock zone, language and folder."""
    data = sheet_pdf(SHEET)
    assert sheet_pdf(SHEET) == data
    code = "import hashlib; from tests.sheets import SHEET; from plfacilitate.shelf.sheet import sheet_pdf; "
    code += "print(hashlib.sha256(sheet_pdf(SHEET)).hexdigest())"
    environment = {**os.environ, "TZ": "Asia/Tokyo", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "7"}
    run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True, text=True)
    assert run.stdout.strip() == hashlib.sha256(data).hexdigest()


def test_the_sheet_reads_as_its_golden() -> None:
    """The text of the PDF, page by page: what another program and a screen reader find."""
    check_golden("sign-in-sheet.txt", "\f\n".join(pages(SHEET)).encode())


def test_the_sheet_can_be_filed_and_read_aloud() -> None:
    """Title, language and tags are in it: PDF/A for seven years, PDF/UA for people who listen."""
    reader = pypdf.PdfReader(io.BytesIO(sheet_pdf(SHEET)))
    assert reader.metadata is not None
    assert reader.metadata.title is not None
    assert reader.metadata.title.startswith("Sign-in sheet: Puget Sound")
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"].startswith("en")
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in sheet_pdf(SHEET)
    assert b"pdfaid" in sheet_pdf(SHEET)


@pytest.mark.parametrize("name", ["\U00013000", "\ue000", "\U0001f600", "王伟", "سلام"])
def test_a_letter_that_no_font_has_does_not_keep_a_sheet_from_being_printed(name: str) -> None:
    """Then it is a plain PDF, whose text is still whole."""
    assert "Garcia" in text(replace(SHEET, rows=(*ROWS, row(name, "Ana"))))


def test_a_workspace_may_have_its_own_look(tmp_path: Path) -> None:
    """An office's template, with the same data."""
    template = tmp_path / "own.typ"
    template.write_text("#let sheet = json(bytes(sys.inputs.sheet))\nOur sheet: #sheet.title", "utf-8")
    write_sheet(tmp_path / "a.pdf", SHEET, template)
    assert "Our sheet: Puget Sound" in pypdf.PdfReader(tmp_path / "a.pdf").pages[0].extract_text()


@pytest.mark.parametrize("template", ["#nonsense", None])
def test_a_look_that_cannot_be_used_is_one_sentence(tmp_path: Path, template: str | None) -> None:
    """An error in it, or no such file; no sheet is left half-written."""
    path = tmp_path / "own.typ"
    if template is not None:
        path.write_text(template, "utf-8")
    with pytest.raises(Refused) as caught:
        write_sheet(tmp_path / "a.pdf", SHEET, path)
    assert caught.value.refusal.code == "sheet-not-drawn"
    assert str(caught.value).endswith(".")
    assert not (tmp_path / "a.pdf").exists()


def test_a_person_is_never_somebody_else() -> None:
    """Two of one name in one school are told apart by their e-mail."""
    twins = tuple(replace(ROWS[3], person=Person(f"p{n}", "Kim", "Ji-woo", f"kim{n}@example.org")) for n in (1, 2))
    found = text(replace(SHEET, rows=twins))
    assert found.index("kim1@example.org") < found.index("kim2@example.org")


def test_a_drawn_signature_stands_on_the_sheet_as_it_was_drawn() -> None:
    """Ink where the finger went, none elsewhere; the words that stand for it are for those who can't see it."""
    svg = drawn_svg("100.100-500.100_300.20-300.220")
    shown = Image.open(io.BytesIO(cairosvg.svg2png(svg.encode(), background_color="white"))).convert("L")
    ink = shown.tobytes()  # a byte a pixel, row by row
    dark = [ink[(y + 6) * shown.width + x + 6] for x, y in ((100, 100), (300, 100), (500, 100), (300, 30), (300, 210))]
    light = [ink[(y + 6) * shown.width + x + 6] for x, y in ((50, 50), (400, 180), (200, 30))]
    assert max(dark) < 100
    assert min(light) > 200
    signed = replace(SHEET.rows[0], signature="drawn on the phone", strokes="100.100-500.100")
    assert "drawn on the phone" not in text(replace(SHEET, rows=(signed,)))


@pytest.mark.parametrize("strokes", ["", "x", "1.1-", "1.1_", "1.1-1", "1.1<script>", "٣.٣-٤.٤", "1000.1-2.2"])
def test_what_is_no_drawing_is_not_drawn(strokes: str) -> None:
    """A ledger that came from elsewhere may hold anything: the sheet leaves a line for ink."""
    assert drawn_svg(strokes) == ""
