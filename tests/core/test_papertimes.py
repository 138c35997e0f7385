"""Times as they are typed off a sheet."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfacilitate.core.papertimes import NOON, Times, Unreadable, clock_text, read_times, read_walk_in

BEGINS, ENDS = 8 * 60 + 30, 15 * 60 + 45
ABOVE = Times(8 * 60 + 25, 15 * 60 + 40)


def read(text: str, begins: int = BEGINS, ends: int = ENDS) -> str:
    """What a text means on a day from 8:30 to 15:45."""
    return str(read_times(text, above=ABOVE, begins=begins, ends=ends))


@pytest.mark.parametrize(
    "text, means",
    [
        ("830 1545", "8:30–15:45"), ("8:30", "8:30–—"), ("8 3", "8:00–15:00"), ("=", "8:25–15:40"), ("= 1530", "8:25–15:30"),
        ("835 =", "8:35–15:40"), ("- 1545", "—–15:45"), ("830 345", "8:30–15:45"), ("8.30–15.45", "8:30–15:45"),
        ("830a 345p", "8:30–15:45"), ("12:05 345", "12:05–15:45"), ("1205pm 3pm", "12:05–15:00"), ("0830 1545", "8:30–15:45"),
    ],
)  # fmt: skip
def test_what_people_type(text: str, means: str) -> None:
    """In and out with and without colons, half of the day or not, as above, one of both only."""
    assert read(text) == means


def test_an_evening_is_an_evening() -> None:
    """`430 730` where the agenda goes from 16:30 to 19:30; a zero in front means the morning."""
    assert read("430 730", 16 * 60 + 30, 19 * 60 + 30) == "16:30–19:30"
    assert read("0430 730", 16 * 60 + 30, 19 * 60 + 30) == "4:30–19:30"


@pytest.mark.parametrize(
    "text", ["", "x", "8300", "830 2560", "1545 830", "8:30 9:00 10:00", "-", "- -", "25", "13p", "٣"]
)
def test_what_is_no_time_is_said(text: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(Unreadable):
        read(text)


def test_as_above_needs_something_above() -> None:
    """The first row has nothing above it."""
    with pytest.raises(Unreadable, match="nothing stands above"):
        read_times("=", above=Times(), begins=BEGINS, ends=ENDS)


@given(st.integers(0, 1439), st.integers(0, 1439))
def test_whatever_is_read_is_a_time_of_the_day(came: int, left: int) -> None:
    """In is before out, and neither leaves the day."""
    try:
        found = read_times(f"{clock_text(came)} {clock_text(left)}", above=Times(), begins=BEGINS, ends=ENDS)
    except Unreadable:
        return
    assert found.came is not None
    assert found.left is not None
    assert 0 <= found.came <= found.left < 2 * NOON


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text breaks it."""
    with suppress(Unreadable):
        assert "–" in read(text)


def test_a_walk_in_s_row_holds_name_e_mail_and_times() -> None:
    """In any order of names, with the times at the end."""
    fields = {"last_name": "Okoro", "first_name": "Ada", "email": "ada@example.org"}
    assert read_walk_in("Okoro, Ada ada@example.org 830 1545") == (fields, "830 1545")
    assert read_walk_in("Ada Okoro <ada@example.org> 8:30") == (fields, "8:30")
    assert read_walk_in("Okoro = 1545") == ({"last_name": "Okoro"}, "= 1545")
