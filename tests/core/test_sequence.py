"""The order in which things were done, where a clock was put back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plfacilitate.core.entry import Entry
from plfacilitate.core.sequence import as_it_went
from tests.core.entries import entry


def _ids(*entries: Entry) -> list[str]:
    return [one.id for one in as_it_went(entries)]


def test_between_two_laptops_the_clocks_decide() -> None:
    """Nothing else is known."""
    assert _ids(entry("b", at="10:00", device="x"), entry("a", at="09:00", device="y")) == ["a", "b"]


def test_what_one_laptop_wrote_stays_in_its_order() -> None:
    """Closed at 15:45, then the clock is put back and the event is opened again at 14:50."""
    closed, reopened = entry("c", at="15:45", number=7), entry("r", at="14:50", number=8)
    assert _ids(reopened, closed) == ["c", "r"]


def test_a_clock_put_back_is_believed_to_have_gone_on() -> None:
    """What the other laptop did in between comes before it only if it was earlier than what had been reached."""
    first, later = entry("a", at="15:45", number=1, device="x"), entry("b", at="14:50", number=2, device="x")
    assert _ids(first, later, entry("o", at="15:00", device="y")) == ["o", "a", "b"]
    assert _ids(first, later, entry("o", at="15:50", device="y")) == ["a", "b", "o"]


@given(
    parts=st.lists(st.tuples(st.sampled_from("xyz"), st.integers(1, 9), st.integers(0, 23)), unique_by=lambda p: p[:2]),
    data=st.data(),
)
def test_the_order_comes_from_the_set(parts: list[tuple[str, int, int]], data: st.DataObject) -> None:
    """In whatever order entries arrive, and a laptop's own order is always kept."""
    entries = [entry(f"{d}{n}", at=f"{h:02}:00", device=d, number=n) for d, n, h in parts]
    ordered = as_it_went(entries)
    assert ordered == as_it_went(data.draw(st.permutations(entries)))
    for device in "xyz":
        numbers = [one.number for one in ordered if one.device == device]
        assert numbers == sorted(numbers)
