"""Statements of hours as PDF, read back by another library."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pypdf
import pytest

from plfacilitate.core.designation import Designation
from plfacilitate.core.office import Office
from plfacilitate.core.people import Person
from plfacilitate.core.roll.lines import Figures
from plfacilitate.core.statement import Item, Statement, days_text, statement
from plfacilitate.shelf.offices import find_office
from plfacilitate.shelf.statement import NOT_DOCUMENTATION, statement_pdf
from tests.core.test_roll import line

MARIA = Person(
    "1b2c3d4e-5555-4444-8888-aaaaaaaaaaaa", "Alvarez", "Maria", "maria@example.org", "Campbell Hill", "Renton",
    certificate="402117A", former_name="Garcia",
)  # fmt: skip


@pytest.fixture(scope="module")
def psesd() -> Office:
    """PSESD's own file, whose transcript nobody has approved."""
    return find_office("psesd", Path("/nowhere"))


def item(number: int = 0, title: str = "Cohort", **more: Any) -> Item:
    """An offering of one day."""
    day = date(2023, 9, 6) + timedelta(days=9 * number)
    one = line(
        str(number), day.isoformat(), title=title, designations=(Designation("Equity"), Designation("STEM")), **more
    )
    return Item(one, ("Rafael Gallardo",), (day,), "PSESD", 600, 1)


def made(items: list[Item], office: Office, *, approved: bool = False, person: Person = MARIA) -> Statement:
    """A statement made on the first of June, at an office whose file approves transcripts or not."""
    now = replace(office, transcript_approved=approved)
    return statement(person, items, [office], lambda name: now, at=datetime(2024, 6, 1, tzinfo=UTC), tz="UTC")


def pages(pdf: bytes) -> list[str]:
    """The words of each page, in the order in which they are read."""
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def test_a_statement_says_what_the_state_wants_in_the_order_of_the_form(psesd: Office) -> None:
    """Participant, in-service, hours, signature; and clearly that it is no documentation for the state."""
    (text,) = pages(statement_pdf([made([item()], psesd)]))
    places = [
        text.index(words)
        for words in (
            "Statement of hours", "Participant", "Alvarez, Maria", "Garcia", "Campbell Hill", "402117A", "In-service and clock hours",
            "Cohort", "Instructor: Rafael Gallardo", "5.5 clock hours", "Signature", "I, Maria Alvarez, affirm under penalty of perjury",
            "I earned 5.5 of 6.0", "being there", "not apply for college credit", "Participant Amount paid Date", "page 1 of 1",
        )
    ]  # fmt: skip
    assert places == sorted(places)
    assert "2023-09-06" in text
    assert "PS-0" in text
    assert "Equity STEM" in text
    assert NOT_DOCUMENTATION in text
    assert "ranscript of clock hours" not in text
    assert "Seal" not in text


ACCEPTED = {
    "educator's name": "Alvarez, Maria",
    "certificate number, if possible": "Certificate no. 402117A",
    "course completion date": "2023-09-06",
    "number of hours": "5.5 of 6.0",
    "course title": "Cohort",
    "hour designations": "Equity STEM",
    "logo or seal": "Seal or logo",
    "signature of the organisation's designee": "Designee of Puget Sound",
}
"""What the state wants to see on a transcript before it accepts it, and the words on ours."""


def test_a_certificate_number_is_wanted_and_never_required(psesd: Office) -> None:
    """Without one the statement says that the office doesn't know it."""
    (text,) = pages(statement_pdf([made([item()], psesd, person=replace(MARIA, certificate=""))]))
    assert "Certificate no. not known here" in text


def test_hours_of_a_part_stand_under_their_designation(psesd: Office) -> None:
    """Never more than the person has; without a designation nothing is said."""
    one = item()
    part = (Designation("STEM"), Designation("Equity", 200), Designation("Leadership", 600))
    with_parts = replace(one, line=one.line._replace(designations=part))
    (text,) = pages(statement_pdf([made([with_parts], psesd)]))
    assert "STEM Equity: 2.0 h Leadership: 5.5 h" in text.replace("\N{NO-BREAK SPACE}", " ")
    assert "By designation Equity: 2.0 · Leadership: 5.5 · STEM: 5.5" in text
    (text,) = pages(statement_pdf([made([replace(one, line=one.line._replace(designations=()))], psesd)]))
    assert "By designation" not in text


def test_a_transcript_only_where_the_offices_file_says_so(psesd: Office) -> None:
    """Then with a place for the seal and for the designee's signature; never because of one office of two."""
    (text,) = pages(statement_pdf([made([item()], psesd, approved=True)]))
    assert text.startswith("Transcript of clock hours")
    assert NOT_DOCUMENTATION not in text
    for element in ACCEPTED.values():
        assert element in text
    approved = replace(psesd, transcript_approved=True)
    other = replace(psesd, id="other", transcript_approved=False)
    both = statement(
        MARIA,
        [item()],
        [approved, other],
        {"psesd": approved, "other": other}.get,
        at=datetime(2024, 6, 1, tzinfo=UTC),
        tz="UTC",
    )
    assert not both.transcript
    gone = statement(MARIA, [item()], [approved], lambda name: None, at=both.made_at, tz="UTC")
    assert not gone.transcript, "an office whose file is gone approves nothing"
    assert not made([item(figures=Figures(60, 100, "pending", 0))], psesd, approved=True).transcript, "nothing earned"


def test_forty_offerings_go_over_several_pages_each_with_the_name(psesd: Office) -> None:
    """Every page says whose it is and that it is no documentation; the sum stands once."""
    found = pages(statement_pdf([made([item(number) for number in range(40)], psesd)]))
    assert len(found) > 2
    assert all("Alvarez, Maria" in text and NOT_DOCUMENTATION in text for text in found)
    assert all(f"page {number} of {len(found)}" in text for number, text in enumerate(found, start=1))
    assert all("Completed" in text for text in found[:-1])
    assert sum(text.count("220.0 clock hours") for text in found) == 1


def test_what_waits_and_what_is_credit_stands_apart_with_its_reason(psesd: Office) -> None:
    """It is in no sum."""
    waits = item(1, "Waits", figures=Figures(100, 150, "pending", 0))
    credits_ = item(2, "Credits", figures=Figures(100, 0, "none", 30), codes=("takes-credits",))
    nothing = item(3, "Nothing", figures=Figures(0, 0, "none", 0))
    (text,) = pages(statement_pdf([made([item(), waits, credits_, nothing], psesd)]))
    later = text[text.index("not settled") :]
    for words in ("Waits · waits for a decision", "Credits · quarter credits", "Nothing · no hours", "why"):
        assert words in later
    assert "I earned 5.5 of 6.0" in text


def test_what_people_typed_is_never_markup(psesd: Office) -> None:
    """Long words go on in the next line, commands of the typesetter stay words, control characters are shown."""
    hostile = Person(
        "x" * 30,
        "Wolfeschlegelsteinhausen" * 3,
        "#set page(width: 1pt)",
        "a" * 60 + "@" + "b" * 60,
        "S" * 90,
        "\x1b[31m",
    )
    (text,) = pages(
        statement_pdf([made([item(0, "$x^2$ *bold* #panic()"), item(1, "T" * 120)], psesd, person=hostile)])
    )
    assert "#set page(width: 1pt)" in text
    assert "$x^2$ *bold* #panic()" in text
    assert "⟨001B⟩" in text
    assert "a" * 60 in text.replace(" ", "")


def test_many_in_one_file_begin_each_on_a_page_of_their_own(psesd: Office) -> None:
    """And are counted each by itself."""
    other = replace(MARIA, last_name="Brown", first_name="Dana")
    long = made([item(number) for number in range(12)], psesd)
    found = pages(statement_pdf([made([item()], psesd), long, made([item()], psesd, person=other)]))
    assert len(found) == 4
    assert ["page 1 of 1" in found[0], "page 2 of 2" in found[2], "Brown, Dana" in found[3]] == [True] * 3


@pytest.mark.parametrize(
    "last, first, name",
    [
        ("Núñez", "Ana María", "statement-nunez-ana-maria-1b2c3d4e.pdf"),
        ("../../etc", "pass wd", "statement-etc-pass-wd-1b2c3d4e.pdf"),
        ("CON", "", "statement-con-1b2c3d4e.pdf"),
        ("李", "", "statement-1b2c3d4e.pdf"),
        ("x" * 300, "", f"statement-{'x' * 60}-1b2c3d4e.pdf"),
    ],
)
def test_a_files_name_is_safe_everywhere(psesd: Office, last: str, first: str, name: str) -> None:
    """Plain letters, digits and hyphens, and the person's mark, so that two of one name are two files."""
    person = replace(MARIA, last_name=last, first_name=first)
    assert made([item()], psesd, person=person).file_name == name


def test_days_are_listed_or_counted() -> None:
    """Up to four; more are said from first to last."""
    days = [date(2023, 12, number) for number in range(4, 10)]
    assert days_text(days[:2]) == "Mon 4 Dec 2023, Tue 5 Dec 2023"
    assert days_text(days) == "Mon 4 Dec 2023 to Sat 9 Dec 2023, 6 days"
