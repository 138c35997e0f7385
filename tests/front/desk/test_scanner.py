"""A scanner told from a person by the time between keys."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plfacilitate.core.badges import is_badge
from plfacilitate.front.desk import commands
from plfacilitate.front.desk.scanner import GAP_SECONDS, Scanner
from plfacilitate.front.widgets.linelist import LineList

BADGES = st.text("0123456789", min_size=4, max_size=32)
QUICK = st.floats(0, GAP_SECONDS * 0.9)
SLOW = st.floats(GAP_SECONDS * 1.5, 3)


def heard(scanner: Scanner, keys: list[str], gaps: list[float], at: float = 10.0) -> list[str]:
    """What a scanner hears of keys with these pauses before them."""
    found: list[str] = []
    for key, gap in zip(keys, gaps, strict=True):
        at += gap
        found.append(scanner.hear(key, at))
    return found


@given(BADGES, st.data())
def test_quick_digits_and_enter_are_a_scan(number: str, data: st.DataObject) -> None:
    """Whatever the number, and whatever the pauses within a burst."""
    gaps = data.draw(st.lists(QUICK, min_size=len(number), max_size=len(number)))
    scanner = Scanner()
    assert heard(scanner, [*number, "enter"], [1.0, *gaps])[-1] == "scan"
    assert scanner.read == number


@given(BADGES, st.data())
def test_digits_that_a_person_types_are_no_scan(number: str, data: st.DataObject) -> None:
    """Every pause is a finger's: nothing is swallowed."""
    gaps = data.draw(st.lists(SLOW, min_size=len(number) + 1, max_size=len(number) + 1))
    found = heard(Scanner(), [*number, "enter"], gaps)
    assert set(found[:-1]) == {"begins"}
    assert found[-1] == ""


@given(BADGES)
def test_an_enter_that_comes_later_is_a_person_s(number: str) -> None:
    """Digits may have been pasted; the Enter was pressed."""
    assert heard(Scanner(), [*number, "enter"], [1.0, *[0.0] * (len(number) - 1), 0.4])[-1] == ""


@given(st.lists(st.sampled_from([*"0123456789abcn/", "enter", "escape", "up"]), max_size=30), st.data())
def test_only_digits_between_two_pauses_are_ever_a_scan(keys: list[str], data: st.DataObject) -> None:
    """Any keys with any pauses: what is read is a badge, and the very keys before the Enter."""
    gaps = data.draw(st.lists(st.one_of(QUICK, SLOW), min_size=len(keys), max_size=len(keys)))
    scanner = Scanner()
    found = heard(scanner, keys, gaps)
    for at, what in enumerate(found):
        assert (what == "scan") <= (keys[at] == "enter")
    if "scan" in found:
        last = len(found) - 1 - found[::-1].index("scan")
        assert is_badge(scanner.read)
        assert keys[last - len(scanner.read) : last] == list(scanner.read)


def test_a_scanner_that_ends_with_two_enters_is_one_scan() -> None:
    """The second does nothing, nor does a line feed."""
    keys, gaps = [*"4711", "enter", "enter", "ctrl+j"], [1.0, *[0.01] * 6]
    assert heard(Scanner(), keys, gaps)[-3:] == ["scan", "tail", "tail"]


def test_three_digits_are_no_badge() -> None:
    """A head count that was typed quickly is a head count."""
    assert heard(Scanner(), [*"123", "enter"], [1.0, 0.0, 0.0, 0.0])[-1] == ""


def test_no_command_has_a_digit_for_a_key() -> None:
    """In the table of commands and in every list."""
    keys = {key for command in commands.COMMANDS for key in command.keys.split(",")}
    keys |= {key for binding in LineList.BINDINGS for key in getattr(binding, "key", "").split(",")}
    assert not [key for key in keys if key.isdigit()]
