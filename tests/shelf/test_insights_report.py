"""The report of a school over its visits: the same bytes for the same figures, and people's words are data."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from html.parser import HTMLParser

import pypdf
import pytest

from plfacilitate.core.insights.attending import Course, Group, Sitting, Standings
from plfacilitate.core.insights.whole import NOBODY, School, insights
from plfacilitate.core.protocol import Protocol
from plfacilitate.core.refusal import Refused
from plfacilitate.shelf.insights_report import insights_pdf, printed
from plfacilitate.shelf.insights_web import insights_page
from tests.conftest import ROOT
from tests.core.test_insights import CHOICE, FIRST, only, rooms, sheet, walk
from tests.visits import MADE_AT

NASTY = '</style><script>alert(1)</script>#panic("x") $ {{7*7}} `raw` \u202e'


def school(name: str = "Lakeridge", protocol: Protocol = CHOICE) -> School:
    """Three visits: one of five rooms, one of two, one of five again."""
    five = [sheet(n, protocol=protocol, says="seen" if n < 2 else "not seen", what=1 + n % 2) for n in range(5)]
    more = [sheet(n, protocol=protocol, says="seen", what=3) for n in range(5)]
    visits = [
        walk(*each, number=number, school=name, now=MADE_AT)
        for number, each in enumerate((five, rooms(["seen", "not seen"], protocol=protocol), more))
    ]
    return only(insights(visits))


def came(name: str, people: int) -> Course:
    """A session to which so many of a school came."""
    group = Group(name, 1, people, people, 600 * people, 0, 0, withheld=people < 5)
    standing = Standings(name, 1, people, people, 0, 0, 600 * people, 0, withheld=people < 5)
    sitting = Sitting("e", "x", "Session 1", FIRST, group, (group,))
    return Course("x", "The Institute", (sitting,), standing, (standing,))


def pages(data: bytes) -> str:
    """The text of a PDF."""
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    return " ".join(text.replace("\u200b", "").split())


def test_both_say_the_same() -> None:
    """What changed stands first, on paper and as a page."""
    one = school()
    texts = (pages(insights_pdf(one, [], MADE_AT)), insights_page(one, []).decode())
    for text in texts:
        for said in (
            "Lakeridge",
            "What changed",
            "40 % → 100 %",
            "What to look at next",
            NOBODY,
            "Achievement stays empty",
        ):
            assert said in re.sub(r"<[^>]+>", "", text)


def test_the_same_figures_are_the_same_bytes() -> None:
    """No clock and no chance is in it but the moment that is handed in."""
    assert insights_pdf(school(), [], MADE_AT) == insights_pdf(school(), [], MADE_AT)
    assert insights_page(school(), []) == insights_page(school(), [])


def test_words_from_people_are_data() -> None:
    """Neither the typesetter nor a browser runs what a school or an instrument is called."""
    one = school(NASTY, replace(CHOICE, title=NASTY))
    text = pages(insights_pdf(one, [came(NASTY, 6)], MADE_AT))
    assert '#panic("x")' in text
    page = insights_page(one, [came(NASTY, 6)]).decode()
    assert "<script" not in page
    assert "\u202e" not in page
    assert page.count("</style>") == 1


def test_the_page_fetches_and_runs_nothing() -> None:
    """Its own rule says so, and there is nothing with an address in it."""
    found: list[tuple[str, dict[str, str | None]]] = []

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, dict(attrs)))

    Tags().feed(insights_page(school(), []).decode())
    assert not {"script", "link", "img", "iframe", "a"} & {tag for tag, _ in found}
    assert any("default-src 'none'" in str(attrs.get("content")) for tag, attrs in found if tag == "meta")
    plots = [attrs for tag, attrs in found if tag == "svg" and "aria-hidden" not in attrs]
    assert plots
    assert all(
        (attrs["role"] == "img" and "40 %" in str(attrs["aria-label"])) or attrs["aria-label"] for attrs in plots
    )


def test_each_visit_has_its_place_in_a_plot() -> None:
    """A number, a span or neither; in per cent of the scale."""
    page = printed(school(), [])
    (row,) = [row for row in page["facets"][2]["rows"] if row["label"] == "look-fors seen"]
    assert [(one["share"], one["said"]) for one in row["points"]] == [
        (40, "40 %"),
        (-1, "in one of 2 rooms"),
        (100, "100 %"),
    ]
    (row,) = [row for row in page["facets"][2]["rows"] if row["label"] == "levels of 3"]
    assert [(one["share"], one["low"], one["high"]) for one in row["points"]] == [
        (0, 0, 50),
        (-1, -1, -1),
        (100, 100, 100),
    ]


@pytest.mark.parametrize("people, told", [(4, False), (5, True)])
def test_who_came_is_told_of_five_or_more(people: int, told: bool) -> None:
    """And of this school alone."""
    said = str(printed(school(), [came("lakeridge", people), came("Olympic", 9)])["courses"])
    assert ("5 of 5 came" in said) == told
    assert "9 of 9" not in said


def test_one_visit_has_no_change() -> None:
    """That is what stands there, and no empty list."""
    one = only(insights([walk(*rooms(["seen"] * 5))]))
    assert (printed(one, [])["changed"], printed(one, [])["unchanged"]) == ([], "One visit: no change to show.")
    assert "One visit: no change to show." in pages(insights_pdf(one, [], MADE_AT))


def test_what_to_look_at_next_are_gaps_and_questions() -> None:
    """What nobody observed, what one room alone has, where the levels are low although it is there."""
    low = [sheet(n, says="seen", what=1) for n in range(5)]
    said = printed(only(insights([walk(*low)])), [])["next"]
    assert said[0].startswith("Nobody observed competency-based progression, flexible learning environments")
    assert said[-1] == (
        "Who chooses: a look-for was seen in 100 % of the rooms, the levels are at median 1 of 3. What would one level "
        "further look like here?"
    )
    alone = printed(only(insights([walk(sheet(0, says="seen"))])), [])["next"]
    assert "Used in one room only: Who chooses. The same instrument in five rooms shows how they spread." in alone


def test_a_look_that_can_not_be_read_is_refused() -> None:
    """In one sentence."""
    with pytest.raises(Refused, match="can't be read"):
        insights_page(school(), [], ROOT / "tests")
