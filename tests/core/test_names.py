"""A whole name, taken apart."""

from __future__ import annotations

import pytest

from plfacilitate.core.names import split_name


@pytest.mark.parametrize(
    "whole, last, first",
    [
        ("Garcia, Maria", "Garcia", "Maria"),
        ("Maria Garcia", "Garcia", "Maria"),
        ("Anneke van der Berg", "van der Berg", "Anneke"),
        ("Paloma de la Cruz", "de la Cruz", "Paloma"),
        ("Monique St. Clair", "St. Clair", "Monique"),
        ("Ana Lucía Lopez", "Lopez", "Ana Lucía"),
        ("Samuel Reed Jr.", "Reed Jr.", "Samuel"),
        ("Samuel Reed, Jr.", "Reed, Jr.", "Samuel"),
        ("Van Nguyen", "Nguyen", "Van"),
        ("Sokhanvar", "Sokhanvar", ""),
        ("Sokhanvar,", "Sokhanvar", ""),
        (", Maria", "Maria", ""),
        ("  Lee ,  Bo ", "Lee", "Bo"),
        ("", "", ""),
    ],
)
def test_a_whole_name_is_taken_apart(whole: str, last: str, first: str) -> None:
    """By its comma, else at the last word, with particles and suffixes."""
    assert split_name(whole) == (last, first)
