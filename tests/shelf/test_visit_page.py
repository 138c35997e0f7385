"""The page for the school: all of it on one page, text of people as text, nothing that was seen."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pytest

from plfacilitate.core.refusal import Refused
from plfacilitate.core.visiting.plan import Stop, Visit
from plfacilitate.shelf.protocol_form import Paper
from plfacilitate.shelf.visit_page import page
from plfacilitate.shelf.visits import read_visit_file
from tests.steps.test_visiting import event
from tests.visits import EXAMPLE

NOWHERE = Path("/nowhere")
AT = datetime(2023, 12, 1, 16, tzinfo=UTC)
VISIT = read_visit_file(EXAMPLE, protocols=NOWHERE, allowed="anonymous")


def words(text: str) -> str:
    """A text without what a line break adds or takes."""
    return re.sub(r"\s+", "", text)


def printed(visit: Visit, paper: Paper = "us-letter") -> list[str]:
    """The text of each page."""
    made = page(event(), visit, AT, NOWHERE, paper=paper)
    return [words(one.extract_text()) for one in pypdf.PdfReader(io.BytesIO(made)).pages]


@pytest.mark.parametrize("paper", ["us-letter", "a4"])
def test_the_school_reads_who_comes_when_and_what_for(paper: Paper) -> None:
    """One page, with what is written down and what is not."""
    (text,) = printed(VISIT, paper)
    wanted = [VISIT.school, VISIT.purpose, *VISIT.look_fors, *VISIT.hosts, "12:25", "Wednesday, December 6, 2023"]
    for stop in VISIT.stops:
        wanted += [stop.room, stop.host, stop.subject, *stop.team]
    wanted += ["09:00–09:20", "Reading, grade 1", "What we write down", "they become S1, S2", "names no teacher"]
    wanted += ["Questions and talk time", "page 1 of 1"]
    assert [one for one in wanted if words(one) not in text] == []


def test_named_rooms_are_announced_as_such() -> None:
    """The school knows before."""
    (text,) = printed(replace(VISIT, rooms="named"))
    assert words("The report calls rooms by their names") in text


def test_text_of_people_is_never_markup() -> None:
    """What was typed is printed as it stands, control characters made visible."""
    visit = Visit(
        "*S* #let x = 1", "$x$ <b>", ("_look_",), stops=(Stop("a", "[Room] \x1b[31m", team=("A] #panic()",)),)
    )
    (text,) = printed(visit)
    for said in ("*S*#letx=1", "$x$<b>", "_look_", "[Room]⟨001B⟩[31m", "A]#panic()"):
        assert said in text


def test_a_visit_of_which_little_is_known_has_no_empty_headings() -> None:
    """No stops, no look-fors, no hosts."""
    (text,) = printed(Visit("Lakeridge", "To see"))
    assert "Wherewecome" not in text
    assert "Whatwelookfor" not in text
    assert "Youreceiveus" not in text


def test_a_long_visit_gets_smaller_before_it_becomes_two_pages() -> None:
    """Fifteen stops fit; sixty go on, none left out."""
    stops = [replace(VISIT.stops[0], id=f"s{n}", room=f"Room {n}.") for n in range(60)]
    assert len(printed(replace(VISIT, stops=tuple(stops[:15])))) == 1
    pages = printed(replace(VISIT, stops=tuple(stops)))
    assert len(pages) > 1
    assert all(f"Room{n}." in "".join(pages) for n in range(60))


def test_the_same_visit_prints_the_same_bytes() -> None:
    """No clock and no chance but those that are handed in."""
    assert page(event(), VISIT, AT, NOWHERE) == page(event(), VISIT, AT, NOWHERE)


def test_a_protocol_that_is_not_here_is_called_by_its_id() -> None:
    """The laptop that prints may not have it."""
    (text,) = printed(replace(VISIT, stops=(replace(VISIT.stops[0], protocols=("elsewhere",)),)))
    assert "elsewhere" in text


def test_a_template_that_is_missing_has_its_sentence(tmp_path: Path) -> None:
    """An office's own copy may be gone."""
    with pytest.raises(Refused, match="can't be printed"):
        page(event(), VISIT, AT, NOWHERE, template=tmp_path / "none.typ")
