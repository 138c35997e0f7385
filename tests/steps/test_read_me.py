"""The pages of plain text that go with a packed day."""

from __future__ import annotations

from plfacilitate.core.evaluation import Answers, Evaluation
from plfacilitate.core.office import Column
from plfacilitate.core.sheet import FIELDS
from plfacilitate.core.sheet_words import MEANINGS
from plfacilitate.steps.read_me import evaluation_page, meaning
from tests.core.test_calendar import event


def test_every_field_of_a_table_has_a_meaning() -> None:
    """And no meaning is left of a field that is gone; a field of a later version says so."""
    assert list(MEANINGS) == list(FIELDS)
    assert "doesn't know" in meaning(Column("New", "new"))


def test_the_committee_reads_counts_and_comments() -> None:
    """Each question with its counts, what the ends of a scale mean, and comments that stay text."""
    scale = Answers("q1", "scale", "Were the objectives met?", (("1", 0), ("5", 12)), low="not at all", high="in full")
    free = Answers("q2", "text", "What would you change?", comments=("More time\x1b[31m", "Nothing"))
    page = evaluation_page(event(), Evaluation("counted", 12, 12, (scale, free)))
    assert "Were the objectives met? (12 answered, middle 5)\n     0  1  not at all\n    12  5  in full\n" in page
    assert "  - More time" in page
    assert "\x1b" not in page
