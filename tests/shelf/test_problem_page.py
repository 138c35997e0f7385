"""The owner's page: one, whatever stands on it, or one that says that it goes on; people's words are never markup."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import pypdf
import pytest

from plfacilitate.core.problems.bank import Row
from plfacilitate.core.problems.story import Backed, Story
from plfacilitate.core.problems.values import Helps
from plfacilitate.shelf.problem_page import printed, problem_pdf
from tests.core.problems import DAY, LATER, filed, heard, on

AT = datetime(2024, 1, 9, 18, 0, tzinfo=UTC)
HISTORY = heard("h", "2024-01-05", "partly", note="Six of nine groups went on", due="20 Feb", who="Ana Ruiz")


def told(key: str = "p", **changed: str) -> Story:
    """A story of the bank, with some of its words changed."""
    bank = on(
        date(2024, 3, 6), *DAY, LATER, filed("f1", theme="Student talk"), filed("f2", "x", continues="p"), HISTORY
    )
    row = bank.row(key)
    assert row is not None
    one = row.problem._replace(helps=(Helps("r", "Talk moves", "shelf 2"),), **changed)  # type: ignore[arg-type]  # texts of it
    backed = (Backed("Before they speak", 3, ("pairs first", "wait longer")), Backed("ask them", 1))
    return Story(Row(one, row.state, row.due, row.held), backed, before=bank.before(key))


def pages(story: Story) -> list[str]:
    """The text of each page as another program reads it, on one line."""
    made = problem_pdf(story, AT, reply="ann@example.org")
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(made)).pages]


def test_everything_that_the_owner_needs_stands_on_one_page() -> None:
    """From the problem to where to write back."""
    (text,) = pages(told())
    for words in (
        "Talk dries up", "Ana Ruiz · Lakeridge · Student talk", "POP-up luncheon · Wed 6 Dec 2023", "3 of 28 spoke",
        "How might we hear everybody?", "3 Before they speak pairs first · wait longer", "1 ask them", "pairs first", "Monday",
        "Wed 20 Dec 2023", "tried in part: Six of nine groups went on (Ana Ruiz) · ask again Tue 20 Feb 2024",
        "Talk moves · shelf 2", "Send it to ann@example.org",
    ):  # fmt: skip
        assert words in text


def test_a_problem_that_returned_brings_its_history_onto_the_page() -> None:
    """What was promised and tried when it was here before."""
    (text,) = pages(told("x"))
    assert "Talk dries up again" in text
    assert "Wed 6 Dec 2023 · POP-up luncheon Talk dries up pairs first" in text


@pytest.mark.parametrize("letters, count", [(1_000, 1), (3_900, 2)])
def test_long_texts_become_smaller_and_then_go_on_on_a_page_that_says_so(letters: int, count: int) -> None:
    """The last word stands there in any case, and nothing is cut off by an edge."""
    long = "word " * (letters // 5) + "END"
    found = pages(told(problem=long, data=long, test=long))
    assert (len(found) > 1) is (count > 1)
    assert " ".join(found).count("END") == 3
    if count > 1:
        assert "continued on page 2" in found[0]
        assert "continued" in found[-1]


def test_a_text_that_is_cut_says_so() -> None:
    """A paste of a whole book is no page: its beginning, and a sign that there was more."""
    assert printed(told(problem="x" * 5_000))["problem"].endswith("…")
    assert printed(told(problem="x" * 4_000))["problem"].endswith("x")


def test_what_people_wrote_stays_what_they_wrote() -> None:
    """Markup, code and control characters of no kind do anything."""
    hostile = '#import "/etc/passwd" $x^2$ *bold* \\ <b> [x](y) \x1b[31m @ref'
    (text,) = pages(told(problem=hostile, data=hostile))
    assert text.count('#import "/etc/passwd" $x^2$ *bold* \\ <b> [x](y) ⟨001B⟩[31m @ref') >= 2


def test_the_page_is_the_same_to_the_byte() -> None:
    """For the same story at the same moment."""
    assert problem_pdf(told(), AT) == problem_pdf(told(), AT)
