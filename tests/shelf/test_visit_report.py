"""The report of a visit as PDF and as a page: all that it says, people's words as nothing but words, the same bytes."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pypdf
import pytest

from plfacilitate.core.refusal import Refused
from plfacilitate.core.report.instruments import ONE_ROOM
from plfacilitate.core.report.look_fors import NO_ITEM
from plfacilitate.core.report.talks import ONE_ALONE
from plfacilitate.core.report.whole import VisitReport
from plfacilitate.shelf.protocol_form import Paper
from plfacilitate.shelf.visit_report import report_pdf
from plfacilitate.shelf.visit_web import report_page
from tests.goldens import check_golden
from tests.visits import LESSON, SUMMARY, VISIT, few, lessons, named, observation, picture, report, talks

HOSTILE = '#eval("1+1") *bold* $x$ @ref </style><script>alert(1)</script> <img src=x onerror=alert(1)> & =1+1 \x1b[31m \u202egnp.exe {{7*7}} %s'


def paged(of: VisitReport, paper: Paper = "us-letter") -> list[str]:
    """The text of each page of the PDF, with every run of blanks as one."""
    pages = pypdf.PdfReader(io.BytesIO(report_pdf(of, paper=paper))).pages
    return [" ".join(page.extract_text().split()) for page in pages]


def printed(of: VisitReport) -> str:
    """The text of the whole PDF."""
    return " ".join(paged(of))


class Read(HTMLParser):
    """What a browser would read out: text, headings in order, tags and their attributes."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.words: list[str] = []
        self.headings: list[int] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(page.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag opens."""
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_data(self, data: str) -> None:
        """Text, entities turned back."""
        self.words.append(data)

    @property
    def text(self) -> str:
        """All of it, with every run of blanks as one."""
        return " ".join(" ".join(self.words).split())


def web(of: VisitReport) -> Read:
    """The page, read."""
    return Read(report_page(of))


def hostile() -> VisitReport:
    """A visit in which everybody typed what breaks other programs."""
    item = replace(next(LESSON.items), text=f"Says {HOSTILE}")
    section = replace(LESSON.sections[0], items=(item, *LESSON.sections[0].items[1:]), title=f"Title {HOSTILE}")
    protocol = replace(LESSON, sections=(section, LESSON.sections[1]), source=HOSTILE)
    sheets = [
        replace(observation(f"h{n}", f"s{n}", protocol=protocol, says=("seen", HOSTILE), expects=HOSTILE,
                lines=[(1, HOSTILE, ("why",))], observer=f"O{HOSTILE}"))
        for n in range(5)
    ]  # fmt: skip
    visit = replace(VISIT, school=f"School {HOSTILE}", purpose=HOSTILE, look_fors=(HOSTILE,))
    return report(picture([*sheets, *talks()], visit, {}, dict.fromkeys(SUMMARY, HOSTILE)), title=HOSTILE)


@pytest.mark.parametrize("read", [printed, lambda of: web(of).text], ids=["pdf", "page"])
def test_everything_that_the_report_says_is_there(read: object) -> None:
    """Figures, words of the levels, quotes with room and minute, what the team wrote, what is missing, how to read it."""
    assert callable(read)
    text = read(report())
    found = report()
    wanted = [
        "Dimmitt Middle School", "Wed 6 Dec 2023", "To see who chooses what students work on.", "rooms seen, of 6 stops",
        "Observed by Ada, Ben.", *SUMMARY.values(), "Seen in some of the 4 rooms where it could be, not in all.",
        "1 · Teacher names topic and text.", "82 % · 165 of 200 looks", "Room C, minute 4", "T: you may decide",
        "0.4 times in ten minutes", "Vision 4 1 – 3 steps", "It hangs in the hall.",
        "Answered by nobody: Budget.", "Patterns, not verdicts", "fewer than 5 rooms", NO_ITEM,
        *found.absent, f"lesson, version {LESSON.version}", found.instruments[0].agreement,
    ]  # fmt: skip
    assert [one for one in wanted if re.sub(r"\s", "", one) not in re.sub(r"\s", "", text)] == []


def test_the_first_page_is_read_in_a_minute() -> None:
    """School, figures, look-fors, what the team wrote and how to read it; no single finding before the second page."""
    first, second, *_ = paged(report())
    for said in ("Dimmitt Middle School", *SUMMARY.values(), "What was looked for", "How to read this", "page 1 of"):
        assert said in first
    assert len(first.split()) < 400
    assert "Room C, minute 4" not in first
    assert "What was seen" in second


@pytest.mark.parametrize("read", [printed, lambda of: web(of).text], ids=["pdf", "page"])
def test_what_is_told_nothing_of_is_one_line(read: object) -> None:
    """Instruments of one room by their titles, with neither source nor version; who was asked alone as well."""
    assert callable(read)
    others = [
        observation(f"x{n}", "s1", protocol=replace(LESSON, id=f"other{n}", title=f"Another {n}", source="Its book."))
        for n in range(2)
    ]
    asked = replace(talks()[0], protocol=replace(talks()[0].protocol, source="Their book."))
    text = read(report(picture([*lessons(), *others, asked])))
    about = "1 room · 1 observer · 20 minutes of watching"
    assert f"Another 0 ({about}); Another 1 ({about}). {ONE_ROOM}" in text
    assert f"{asked.protocol.title}. {ONE_ALONE}" in text
    assert "Its book." not in text
    assert "Their book." not in text


def test_read_across_names_items_and_repeats_no_sentence() -> None:
    """What was found on an item stands under its instrument."""
    text = printed(report())
    assert "– Who chooses: Student says what to do next; What: topic and text" in text
    assert text.count("Level 1 in 1 room, level 2 in 2 rooms and level 3 in 2 rooms.") == 2


def test_many_who_were_asked_are_numbered() -> None:
    """Seven side by side: heads are numbers, and above the table each number has its name."""
    asked = [replace(one, id=f"{one.id}-{n}", respondent=f"teacher {n}") for n in range(3) for one in talks()[:1]]
    found = report(
        picture([*talks(), *asked, *(replace(one, id=f"x{one.id}", respondent="coach") for one in asked[:1])])
    )
    assert len(found.talks[0].asked) == 7
    for text in (printed(found), web(found).text):
        assert "Asked: 1 principal, 2 teacher leader 1," in text
        assert re.search(r"Element 1 2 3 4 5 6 7 apart|1 2 3 4 5 6 7 apart", text)


@pytest.mark.parametrize("paper, size", [("us-letter", (612, 792)), ("a4", (595, 842))])
def test_both_papers_fit(paper: Paper, size: tuple[int, int]) -> None:
    """Every page has the size that was asked for, and its number."""
    reader = pypdf.PdfReader(io.BytesIO(report_pdf(report(), paper=paper)))
    for number, page in enumerate(reader.pages, start=1):
        assert (round(page.mediabox.width), round(page.mediabox.height)) == size
        assert f"page {number} of {len(reader.pages)}" in page.extract_text()


def test_people_s_words_are_words_in_the_pdf() -> None:
    """Markup, code and control characters are printed as they were typed, made visible."""
    text = re.sub(r"\s", "", printed(hostile()))
    assert text.count(re.sub(r"\s", "", '#eval("1+1") *bold* $x$ @ref')) > 10
    assert "⟨001B⟩[31m" in text
    assert "⟨202E⟩" in text


def test_people_s_words_are_words_on_the_page() -> None:
    """No tag, no attribute and no rule of the page comes from what somebody typed."""
    ours, theirs = web(report()), web(hostile())
    assert theirs.tags <= ours.tags
    assert theirs.attributes <= ours.attributes
    assert "<script>alert(1)</script>" in theirs.text
    assert "\x1b" not in theirs.text
    assert "\u202e" not in theirs.text


def test_the_pdf_can_be_read_aloud_and_kept() -> None:
    """PDF/A and PDF/UA: titles, order and language are in it."""
    for of in (report(), report(few(3)), report(picture([], agreed={}, summary={}))):
        assert b"pdfuaid" in report_pdf(of)


def test_the_page_is_whole_in_itself() -> None:
    """Nothing is fetched, nothing runs, nothing is sent."""
    page = report_page(report()).decode("utf-8")
    assert not re.search(r"<script|<link|<img|<iframe|<form|@import|url\(|\bon\w+=|https?://(?!www\.w3)", page)
    assert "default-src 'none'" in page


def test_a_style_sheet_can_not_end_the_style() -> None:
    """An office's own look is a look, whatever stands in it."""
    look = Path("own.css")
    look.write_text("p { content: '</style><script>alert(1)</script>' }", "utf-8")
    assert "script" not in Read(report_page(report(), look)).tags


def test_headings_are_in_order() -> None:
    """One first, and none that skips a step on its way down."""
    headings = web(report()).headings
    assert headings.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(headings))


def test_names_are_nowhere_in_either_file() -> None:
    """Hosts, rooms, subjects and grades of the way: not in the text, not in the file's own words about itself."""
    words = "Rosa Garcia, Room 204: Mr. Müller-Ojeda and Kofi in the Library, Portable B"
    sheets = [*lessons(), observation("x", "s5", expects=words, lines=[(1, words, ("why",))])]
    found = report(picture(sheets, summary=dict.fromkeys(SUMMARY, words)), title=words)
    pdf = pypdf.PdfReader(io.BytesIO(report_pdf(found)))
    meta = " ".join(str(value) for value in (pdf.metadata or {}).values())
    for text in (printed(found), meta, report_page(found).decode()):
        for name in (
            "Garcia",
            "Rosa",
            "204",
            "Ojeda",
            "Kofi",
            "Library",
            "Portable",
            "Chemistry",
            "Grade 11",
            "Vandermeer",
        ):
            assert name.casefold() not in text.casefold(), name


def test_names_of_rooms_stand_where_that_was_agreed() -> None:
    """With the time of day."""
    assert "Room 204, 9:04" in printed(report(named()))


def test_an_empty_visit_is_one_page_that_says_so() -> None:
    """And lists the stops that nobody saw."""
    (page,) = paged(report(picture([], agreed={}, summary={})))
    assert "there is nothing to report" in page
    assert "6 of 6 stops" in page
    assert "not written this yet" not in page


def test_five_hundred_lines_stay_readable() -> None:
    """Some are quoted; how many more there are is said in both files."""
    lines = [(minute / 50, f"S{minute}: line {minute} " + "word " * 200, ("why",)) for minute in range(500)]
    found = report(picture([*lessons(), observation("long", "s5", lines=lines)]))
    assert "and 501 notes more" in printed(found)
    assert "and 501 notes more" in web(found).text
    assert len(paged(found)) < 8


def test_the_same_report_is_the_same_bytes() -> None:
    """On any machine; the page is a golden."""
    assert report_pdf(report()) == report_pdf(report())
    check_golden("visit-report.html", report_page(report()))
    check_golden("visit-report.txt", "\n\n".join(paged(report())).encode())
    check_golden("visit-report-few.txt", "\n\n".join(paged(report(few(3)))).encode())


def test_a_template_that_is_none_is_a_sentence(tmp_path: Path) -> None:
    """Which file, and what is wrong with it."""
    (tmp_path / "own.typ").write_text("#let x = ", "utf-8")
    with pytest.raises(Refused, match=r"own\.typ"):
        report_pdf(report(), template=tmp_path / "own.typ")
    with pytest.raises(Refused, match=r"own\.css"):
        report_page(report(), tmp_path / "own.css")
