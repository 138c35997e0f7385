"""The number on a badge: digits that a scanner types, one person's, safe against a slip of the finger."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plfacilitate.core.badges import DIGITS, badge_number, check_digit, is_badge, spaced

PEOPLE = st.text(min_size=1, max_size=40)
# Luhn's rule can't see 09 and 90 swapped.
BLIND = {("0", "9"), ("9", "0")}


@given(PEOPLE)
def test_a_number_is_digits_only_and_always_the_same(person: str) -> None:
    """Two laptops that print badges agree without talking."""
    number = badge_number(person)
    assert number == badge_number(person)
    assert len(number) == DIGITS
    assert is_badge(number)


@given(PEOPLE, st.integers(0, DIGITS - 1), st.integers(1, 9))
def test_one_wrong_digit_is_nobodys_number(person: str, place: int, more: int) -> None:
    """What was typed from a badge by hand and is off by one digit can't sign somebody else in."""
    number = badge_number(person)
    wrong = number[:place] + str((int(number[place]) + more) % 10) + number[place + 1 :]
    assert check_digit(wrong[:-1]) != wrong[-1]


@given(PEOPLE, st.integers(0, DIGITS - 2))
def test_two_swapped_digits_are_nobodys_number(person: str, place: int) -> None:
    """But for the one pair that the rule can't see."""
    number = badge_number(person)
    one, other = number[place], number[place + 1]
    swapped = number[:place] + other + one + number[place + 2 :]
    if one != other and (one, other) not in BLIND:
        assert check_digit(swapped[:-1]) != swapped[-1]


def test_the_check_digit_is_luhns() -> None:
    """The example that everybody uses: 7992739871 has the check digit 3."""
    assert check_digit("7992739871") == "3"


def test_a_number_that_is_taken_is_given_to_nobody_else() -> None:
    """The next one is taken instead."""
    first = badge_number("ada")
    second = badge_number("ada", {first})
    assert second != first
    assert badge_number("ada", {second}) == first


def test_what_a_scanner_types_is_told_from_what_people_type() -> None:
    """Digits of other systems are badges too; names, figures of other scripts and short numbers are not."""
    assert is_badge("0042")
    assert not any(map(is_badge, ("", "12", "12a4", "١٢٣٤", "²²²²", "1" * 33, "12 34")))


def test_people_read_it_out_in_fours() -> None:
    """Twelve digits in a row are hard on the eye."""
    assert spaced("123456789012") == "1234 5678 9012"
    assert spaced("12345") == "1234 5"
