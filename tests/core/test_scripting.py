"""Letters for items, numbers for students, and when a glance is due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfacilitate.core.noting.scripting import (
    last_student,
    letters,
    levels_of,
    next_student,
    option_letters,
    slot_at,
    slots_due,
    words_of,
)
from plfacilitate.core.protocol import Item, Option, Prompt, Protocol, Section

NINE = datetime(2023, 12, 6, 9, 0, tzinfo=UTC)


def room(*ids: str) -> Protocol:
    """A protocol of tallies of these ids."""
    items = tuple(Item(one, "tally", one) for one in ids)
    return Protocol("room", "The room", "observation", "p", "s", 20, sections=(Section("one", "One", items=items),))


def test_an_item_has_the_letter_that_its_name_begins_with() -> None:
    """`recall` is r and `use` is u; a second r takes the next letter of its name that is free."""
    assert letters(room("recall", "use", "rushed")) == {"recall": "r", "use": "u", "rushed": "s"}


def test_what_several_ids_share_tells_none_of_them_apart() -> None:
    """`floor-teacher` and `floor-student` are t and s, not f."""
    assert letters(room("floor-teacher", "floor-student", "follows")) == {
        "floor-teacher": "t", "floor-student": "s", "follows": "f"
    }  # fmt: skip


def test_a_wish_is_not_taken_by_somebody_who_could_have_another() -> None:
    """The first letters are given before any second one, whatever the order of the items."""
    assert letters(room("rushed", "recall", "use"))["use"] == "u"


@given(st.lists(st.from_regex(r"[a-z]{1,6}(-[a-z0-9]{1,4})?", fullmatch=True), max_size=80, unique=True))
def test_letters_are_different_and_there_for_the_first_fifty_two(ids: list[str]) -> None:
    """No letter twice, capitals only where the small ones are used up, and the same again for the same protocol."""
    found = letters(room(*ids))
    assert len(set(found.values())) == len(found) == min(52, len(ids))
    assert found == letters(room(*ids))
    assert all(letter.isalpha() and letter.isascii() for letter in found.values())
    if any(letter.isupper() for letter in found.values()):
        assert sum(letter.islower() for letter in found.values()) == 26


def test_options_and_prompts_have_letters_too() -> None:
    """Codes of a snapshot, and the questions of an interview."""
    assert option_letters((Option("on", "On"), Option("off", "Off"))) == {"on": "o", "off": "f"}
    talk = Protocol("t", "T", "interview", "p", "s", 20, levels=("No.", "Yes."),
                    sections=(Section("one", "One", prompts=(Prompt("bell", "Which bell?"),)),))  # fmt: skip
    assert letters(talk) == {"bell": "b"}
    assert levels_of(next(talk.prompts), talk) == ("No.", "Yes.")
    assert words_of(next(talk.prompts)) == "Which bell?"
    assert words_of(Item("a", "tally", "Asks")) == "Asks"


def test_a_new_student_has_the_next_number() -> None:
    """One more than the highest that was used; what only looks like a student is none."""
    assert next_student([]) == "S1"
    assert next_student(["S2 asks S7", "S1: why?"]) == "S8"
    assert next_student(["NaS4", "S12345", "s3", "SS9"]) == "S1"


def test_the_last_student_is_the_one_of_the_newest_text() -> None:
    """The last one in it, where there are several."""
    assert last_student(["T waits", "S2 asks S7", "S9"]) == "S7"
    assert last_student(["T waits"]) == ""


@pytest.mark.parametrize("minutes, due", [(0, 0), (1.99, 0), (2, 1), (3.5, 1), (4, 2), (61, 30)])
def test_a_glance_is_due_every_so_many_minutes(minutes: float, due: int) -> None:
    """The first one after the first interval; the moment of a slot is when it becomes due."""
    item = Item("sweep", "snapshot", "Sweep", every=2)
    assert slots_due(item, NINE, NINE + timedelta(minutes=minutes)) == due
    assert due == 0 or slots_due(item, NINE, slot_at(item, NINE, due)) == due


def test_a_clock_that_was_put_back_makes_nothing_due() -> None:
    """Before the beginning there is no slot."""
    assert slots_due(Item("sweep", "snapshot", "Sweep", every=2), NINE, NINE - timedelta(hours=1)) == 0
