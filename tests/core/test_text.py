"""Text from people: safe to show, easy to find."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfacilitate.core.text import cells, cut, fold, plain, tidy

anything = st.text(st.characters(exclude_categories=()))


@given(text=anything)
def test_what_is_plain_moves_nothing_on_a_screen(text: str) -> None:
    """No control, no escape, no bidi or zero-width character is left, and nothing of the rest is lost."""
    shown = plain(text)
    assert not any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") for char in shown)
    assert "\n" not in shown
    assert plain(shown) == shown


@pytest.mark.parametrize(
    "text, shown",
    [
        ("O'Leary", "O'Leary"),
        ("\x1b[31mred", "␛[31mred"),
        ("a\nb\tc", "a␊b␉c"),
        ("abc\u202edef", "abc⟨202E⟩def"),
        ("\u200bzero", "⟨200B⟩zero"),
        ("\x9b2J", "⟨009B⟩2J"),
        ("del\x7f", "del␡"),
        ("Nguyễn 阮 👩‍🏫", "Nguyễn 阮 👩⟨200D⟩🏫"),
    ],
)
def test_what_would_not_be_seen_is_made_visible(text: str, shown: str) -> None:
    """Somebody who types an escape code sees it written, and so does the facilitator."""
    assert plain(text) == shown


@pytest.mark.parametrize(
    "name, found",
    [
        ("O'Leary", "oleary"),
        ("O’Leary", "oleary"),
        ("Núñez", "nunez"),
        ("Nguyễn", "nguyen"),
        ("Đặng", "dang"),
        ("Łukasz Ørsted", "lukasz orsted"),
        ("STRAßE", "strasse"),
        ("van der Berg", "van der berg"),
        ("Garcia-Lopez", "garcia lopez"),
        ("Garcia\u00adLopez", "garcia lopez"),
        ("  Ana   María ", "ana maria"),
        ("İpek", "ipek"),
        ("阮", "阮"),
        ("=1+1", "1 1"),
        ("", ""),
    ],
)
def test_names_are_found_without_case_accents_or_apostrophes(name: str, found: str) -> None:
    """As people type them on a phone."""
    assert fold(name) == found


@given(text=anything)
def test_a_folded_text_is_words_and_single_blanks(text: str) -> None:
    """So it can stand in a search without being taken for its syntax, and folding again changes nothing."""
    folded = fold(text)
    assert folded == " ".join(folded.split())
    assert all(char.isalnum() or char == " " for char in folded)
    assert fold(folded) == folded


@given(text=anything, width=st.integers(1, 40))
def test_what_is_cut_takes_exactly_its_width(text: str, width: int) -> None:
    """Wide characters and combining marks included: columns stay columns."""
    assert cells(cut(text, width)) == width


def test_cutting_says_that_something_was_cut() -> None:
    """An ellipsis in the last cell; nothing where it fits."""
    assert cut("Alvarez, Maria", 8) == "Alvarez…"
    assert cut("Le", 4) == "Le  "
    assert cut("阮阮阮", 4) == "阮… "
    assert cells("e\u0301") == 1


def test_a_field_is_tidied() -> None:
    """Composed characters, single blanks, none outside."""
    assert tidy("  Nu\u0301n\u0303ez \t  Ana ") == "Núñez Ana"
