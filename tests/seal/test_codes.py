"""The codes on the wall: changing, hard to guess, and kind to clocks that are put right."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfacilitate.seal import codes

SECRET = b"s" * 32
NOW = datetime(2026, 12, 6, 16, 0, 0, tzinfo=UTC)


def later(**parts: float) -> datetime:
    """So much after NOW."""
    return NOW + timedelta(**parts)


def test_a_code_holds_its_step_and_changes_with_the_next() -> None:
    """The same for thirty seconds, another one afterwards."""
    assert codes.code_at(SECRET, "e1", NOW) == codes.code_at(SECRET, "e1", later(seconds=29.9))
    assert codes.code_at(SECRET, "e1", NOW) != codes.code_at(SECRET, "e1", later(seconds=30))


def test_a_code_has_100_bits_in_letters_that_make_a_small_qr() -> None:
    """Capitals and figures of base32: a QR packs two of them into eleven bits."""
    seen = {codes.code_at(SECRET, "e1", later(minutes=at)) for at in range(500)}
    assert len(seen) == 500
    assert all(len(code) == 20 for code in seen)
    assert {letter for code in seen for letter in code} == set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")


@pytest.mark.parametrize("seconds, late", [(0, 0), (29, 0), (30, 1), (60, 2), (89, 2), (90, None), (3600, None)])
def test_a_code_says_how_late_it_comes(seconds: int, late: int | None) -> None:
    """Two steps back are forgiven and counted; a photograph of the wall sent to a friend is not."""
    assert codes.code_check(SECRET, "e1", codes.code_at(SECRET, "e1", NOW), later(seconds=seconds)) == late


def test_a_clock_put_back_an_hour_locks_nobody_out() -> None:
    """Scanned at 9:00 by the wrong clock, opened at 8:00 by the right one: good, and the number says what happened."""
    shown = codes.code_at(SECRET, "e1", NOW)
    assert codes.code_check(SECRET, "e1", shown, NOW - timedelta(hours=1)) == -120
    assert codes.code_check(SECRET, "e1", shown, NOW - timedelta(seconds=30)) == -1
    assert codes.code_check(SECRET, "e1", shown, NOW - timedelta(hours=2)) is None


def test_a_code_opens_one_event_of_one_laptop_only() -> None:
    """Another room's code and another laptop's are no good here."""
    assert codes.code_check(SECRET, "e2", codes.code_at(SECRET, "e1", NOW), NOW) is None
    assert codes.code_check(b"t" * 32, "e1", codes.code_at(SECRET, "e1", NOW), NOW) is None


def test_a_code_of_another_step_length_is_another_code() -> None:
    """The wall and the door must be told the same step."""
    slow = codes.code_at(SECRET, "e1", NOW, step_seconds=60)
    assert codes.code_check(SECRET, "e1", slow, later(seconds=59), step_seconds=60) == 0
    assert codes.code_check(SECRET, "e1", slow, NOW) is None


@given(st.text(max_size=40))
def test_nonsense_opens_nothing(text: str) -> None:
    """Whatever stands in an address."""
    assert codes.code_check(SECRET, "e1", text, NOW) is None
    assert codes.spoken_check(SECRET, "e1", text, NOW) is None


def test_the_spoken_code_is_six_letters_that_nobody_mistakes() -> None:
    """No vowels, no I, L or O, for ten minutes."""
    spoken = codes.spoken_at(SECRET, "e1", NOW)
    assert (
        spoken
        == codes.spoken_at(SECRET, "e1", later(minutes=9, seconds=59))
        != codes.spoken_at(SECRET, "e1", later(minutes=10))
    )
    assert len(spoken) == 6
    seen = {letter for at in range(300) for letter in codes.spoken_at(SECRET, "e1", later(hours=at))}
    assert seen == set(codes.SPOKEN_LETTERS)
    assert not seen & set("AEIOUL0123456789")


def test_the_spoken_code_is_good_one_step_longer() -> None:
    """Read out at the end of its ten minutes and typed in the next ones."""
    spoken = codes.spoken_at(SECRET, "e1", NOW)
    assert codes.spoken_check(SECRET, "e1", spoken, later(minutes=9)) == 0
    assert codes.spoken_check(SECRET, "e1", spoken, later(minutes=19)) == 1
    assert codes.spoken_check(SECRET, "e1", spoken, later(minutes=20)) is None
    assert codes.spoken_check(SECRET, "e1", spoken, NOW - timedelta(hours=1)) == -6


def test_the_spoken_code_is_taken_as_people_type_it() -> None:
    """Small letters, a blank or a hyphen in the middle."""
    spoken = codes.spoken_at(SECRET, "e1", NOW)
    assert codes.spoken_check(SECRET, "e1", f" {spoken[:3].lower()} {spoken[3:]} ", NOW) == 0
    assert codes.spoken_check(SECRET, "e1", f"{spoken[:3]}-{spoken[3:]}", NOW) == 0


@pytest.mark.parametrize("seconds, left", [(0, 30), (1, 29), (29.5, 1), (30, 30)])
def test_the_wall_counts_down(seconds: float, left: int) -> None:
    """Whole seconds until the next code, never none."""
    assert codes.seconds_left(later(seconds=seconds)) == left
