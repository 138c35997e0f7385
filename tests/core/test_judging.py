"""The gentle question about judging words: asked about a verdict, never about what somebody said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfacilitate.core.noting.judging import hint
from plfacilitate.core.text import cells


@pytest.mark.parametrize(
    "line, word",
    [
        ("Great discussion in the back row", "great"),
        ("nice job by the teacher", "nice job"),
        ("12 students off task", "off task"),
        ("bad behaviour at table 3", "bad behaviour"),
        ("Ss engaged", "engaged"),
        ("S2 is bored.", "bored"),
        ("seems to wait for help", "seems"),
        ("T should call on more girls", "should"),
        ('T praises: "good"; a great moment', "great"),
        ("T is enthusiastic and the class is great", "enthusiastic"),
    ],
)  # fmt: skip
def test_a_judging_word_is_asked_about(line: str, word: str) -> None:
    """The first one that stands in the line is named."""
    assert hint(line).startswith(f"“{word}” ")


@pytest.mark.parametrize(
    "line",
    [
        "T: good job, S3",
        "S3: this is boring",
        "Teacher: you should read it twice",
        'S1 writes "I feel great" on the board',
        "S1 says “this is great",
        "T greets: good morning",
        "11 of 24 raise a hand, T calls on S4",
        "reads about the Great Depression",
        "S5 shares the goods of the market table, goodness",
        "S2 writes well-being",
        "",
    ],
)  # fmt: skip
def test_what_was_said_or_counted_is_left_alone(line: str) -> None:
    """Speech, quotes, counts, and words that only look like it."""
    assert hint(line) == ""


@given(st.text(max_size=200))
def test_any_line_gives_one_short_line_or_nothing(text: str) -> None:
    """It fits on a small terminal whatever was typed, and a quote never is asked about."""
    asked = hint(text)
    assert "\n" not in asked
    assert cells(asked) <= 68
    assert hint('"' + text.replace('"', "")) == "" or any(mark in text for mark in "“”„«»")
