"""Ins and outs made into stays."""

from __future__ import annotations

from itertools import permutations
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from plfacilitate.core.presence import Mark, Presence, presence
from tests.core.credit_kit import at, mark


def stays(of: Presence) -> list[tuple[str, str | None]]:
    """Stays as the ids of their marks without day and kind, which the kit writes as clock times."""
    return [(_clock(stay.came), _clock(stay.left) if stay.left else None) for stay in of.stays]


def odd(of: Presence) -> list[tuple[str, str]]:
    """What was odd, and at what time."""
    return [(code, _clock(one)) for code, one in of.odd]


def _clock(of: Mark) -> str:
    return of.entry.split("-")[3]


def pair(*marks: str) -> Presence:
    """A presence from texts such as `in 8:30`."""
    made = [mark(clock, is_in=way == "in") for way, clock in (one.split() for one in marks)]
    found = presence(made)
    for order in permutations(made):
        assert presence(order) == found, "the order of arrival must not matter"
    return found


def test_one_in_and_one_out_are_a_stay() -> None:
    """The plain day."""
    found = pair("in 8:30", "out 15:45")
    assert stays(found) == [("8:30", "15:45")]
    assert odd(found) == []
    assert not found.is_in
    assert (found.first_in, found.last_out) == (at("8:30"), at("15:45"))


def test_nobody_is_nowhere() -> None:
    """Without marks there is no stay, no first and no last."""
    found = presence([])
    assert (found.stays, found.is_in, found.first_in, found.last_out) == ((), False, None, None)


def test_an_in_alone_is_an_open_stay() -> None:
    """Nobody guesses the out."""
    found = pair("in 8:30")
    assert stays(found) == [("8:30", None)]
    assert odd(found) == [("no-sign-out", "8:30")]
    assert found.is_in
    assert found.last_out is None


def test_the_first_of_two_ins_counts() -> None:
    """A second scan while in is a remark."""
    found = pair("in 8:30", "in 8:31", "out 15:45")
    assert stays(found) == [("8:30", "15:45")]
    assert odd(found) == [("two-ins", "8:31")]


def test_an_out_without_an_in_counts_nothing() -> None:
    """It neither opens nor closes a stay."""
    found = pair("out 8:20", "in 8:30", "out 15:45")
    assert stays(found) == [("8:30", "15:45")]
    assert odd(found) == [("out-before-in", "8:20")]


def test_leaving_and_returning_at_one_instant_keeps_both_stays() -> None:
    """Times typed by hand have no seconds: out 12:00 and in 12:00 are a leave and a return."""
    found = pair("in 8:30", "out 12:00", "in 12:00", "out 15:45")
    assert stays(found) == [("8:30", "12:00"), ("12:00", "15:45")]
    assert odd(found) == []


def test_a_return_typed_by_hand_in_the_minute_of_the_scan_keeps_both_stays() -> None:
    """The scan says 12:00:40, the hand says 12:00: the return comes after the leaving all the same."""
    found = pair("in 8:30", "out 12:00:40", "in 12:00", "out 15:45")
    assert stays(found) == [("8:30", "12:00:40"), ("12:00", "15:45")]
    assert odd(found) == []


def test_a_double_scan_just_before_leaving_stays_a_double_scan() -> None:
    """In at 15:45:05 while in, out at 15:45:50: the seconds tell, so nobody is left in the room."""
    found = pair("in 8:30", "in 15:45:05", "out 15:45:50")
    assert stays(found) == [("8:30", "15:45:50")]
    assert odd(found) == [("two-ins", "15:45:05")]


def test_out_and_in_at_one_instant_with_nothing_after_is_a_return() -> None:
    """Whoever was in, went out and came in is in; somebody has to say when they left."""
    found = pair("in 8:30", "out 12:00", "in 12:00")
    assert stays(found) == [("8:30", "12:00"), ("12:00", None)]
    assert found.is_in


def test_in_and_out_at_one_instant_before_anything_else_is_a_short_visit() -> None:
    """Whoever was not in came and went; the next in begins a stay of its own."""
    found = pair("in 8:30", "out 8:30", "in 9:00", "out 15:45")
    assert stays(found) == [("8:30", "8:30"), ("9:00", "15:45")]


def test_a_stray_out_at_the_instant_of_the_first_in_does_not_cost_the_day() -> None:
    """The next mark is an out, so the in of that minute is the one that counts."""
    found = pair("in 8:30", "out 8:30", "out 15:45")
    assert stays(found) == [("8:30", "15:45")]
    assert odd(found) == [("out-before-in", "8:30")]


def test_two_versions_of_a_mark_are_named() -> None:
    """The stay stands, and the doubt with it."""
    found = presence([mark("8:30", is_in=True), mark("15:45", is_in=False, doubtful=True)])
    assert stays(found) == [("8:30", "15:45")]
    assert odd(found) == [("doubtful", "15:45")]


CLOCKS = st.builds("{}:{:02}:{:02}".format, st.integers(8, 10), st.integers(0, 3), st.sampled_from([0, 5, 40]))


@given(st.lists(st.tuples(CLOCKS, st.booleans()), max_size=8), st.randoms())
def test_every_mark_is_in_a_stay_or_named_and_stays_are_in_order(ways: list[tuple[str, bool]], chance: Random) -> None:
    """Nothing is dropped silently, whatever was scanned and in whatever order it came."""
    made = [mark(clock, is_in=is_in, entry=f"{place:02}") for place, (clock, is_in) in enumerate(ways)]
    found = presence(made)
    chance.shuffle(made)
    assert presence(made) == found
    used = [stay.came for stay in found.stays] + [stay.left for stay in found.stays if stay.left]
    loose = [one for code, one in found.odd if code in ("two-ins", "out-before-in")]
    assert sorted(one.entry for one in used + loose) == [f"{place:02}" for place in range(len(ways))]
    assert all(stay.left is not None for stay in found.stays[:-1])
    minutes = [
        moment.replace(second=0) for stay in found.stays for moment in (stay.came.at, (stay.left or stay.came).at)
    ]
    assert minutes == sorted(minutes)
