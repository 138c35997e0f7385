"""How long segments took before: the median of past runs, and an agenda made of it that still fits."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plfacilitate.core.keeping.past import Past, by_place, names, offered, past
from plfacilitate.core.keeping.run import Run
from plfacilitate.core.keeping.spread import least
from plfacilitate.core.plan import SEGMENT_KINDS, Segment, SegmentKind
from tests.core.agendas import Told, run, spans

SEGMENTS = [span.segment for span in spans()]


def day(first: int, *, ended: bool = True) -> Run:
    """A day whose first segment took so many minutes and whose second took fifteen."""
    minute = 510 + first
    told = Told().start(0, "8:30").start(1, f"{minute // 60}:{minute % 60:02}")
    return run(told.end(f"{(minute + 15) // 60}:{(minute + 15) % 60:02}") if ended else told)


def test_two_breaks_are_two_segments() -> None:
    """Known by their title and which of them it is, however they are spelled."""
    assert names([Segment(15, "break", "Break"), Segment(5, "break", " BREAK "), Segment(9, "meal", "Lunch")]) == (
        ("break", 0), ("break", 1), ("lunch", 0),
    )  # fmt: skip


def test_the_median_of_the_runs_and_how_many_they_were() -> None:
    """The lower one of two in the middle."""
    known = past([day(95), day(120), day(80), day(99)])
    assert known[("ownership", 0)] == Past(95, 4)
    assert known[("break", 0)] == Past(15, 4)
    assert by_place(SEGMENTS, known) == {0: Past(95, 4), 1: Past(15, 4)}


def test_what_was_skipped_or_never_left_says_nothing() -> None:
    """A segment that still runs has not shown how long it takes; one of some seconds was none."""
    assert ("break", 0) not in past([day(90, ended=False)])
    assert ("ownership", 0) not in past([run(Told().start(0, "8:30").start(1, "9:00").start(0, "9:10"))])
    assert past([run(Told().start(0, "8:30").start(1, "8:30:20").end("8:50"))]).keys() == {("break", 0)}
    assert past([run(Told())]) == {}


def test_what_took_longer_is_offered_and_the_rest_up_to_lunch_gives_it() -> None:
    """Lunch keeps its time: 95 + 15 + 85 where the plan had 90 + 15 + 90."""
    found = offered(SEGMENTS, past([day(95), day(95), day(95)]))
    now = [found.get(place, segment.minutes) for place, segment in enumerate(SEGMENTS)]
    assert sum(now[:3]) == 195
    assert now[0] > 90
    assert now[3:] == [segment.minutes for segment in SEGMENTS[3:]]


def test_without_a_past_nothing_is_offered() -> None:
    """Nor where it is what was planned."""
    assert offered(SEGMENTS, {}) == {}
    assert offered(SEGMENTS, past([day(90)])) == {}


@given(
    st.lists(st.tuples(st.integers(1, 180), st.sampled_from(SEGMENT_KINDS)), min_size=1, max_size=10),
    st.dictionaries(st.integers(0, 9), st.integers(1, 300)),
)
def test_whatever_the_past_the_parts_between_fixed_times_keep_their_sum(
    parts: list[tuple[int, SegmentKind]], took: dict[int, int]
) -> None:
    """Meals as they are, no minute lost, nothing below its least or what it took."""
    segments = [Segment(minutes, kind, f"Part {place}") for place, (minutes, kind) in enumerate(parts)]
    known = {name: Past(took[place], 1) for place, name in enumerate(names(segments)) if place in took}
    found = offered(segments, known)
    now = [found.get(place, segment.minutes) for place, segment in enumerate(segments)]
    sums: list[tuple[int, int]] = [(0, 0)]
    for before, after, segment in zip((one.minutes for one in segments), now, segments, strict=True):
        if segment.holds:
            assert before == after
            sums.append((0, 0))
        else:
            sums[-1] = (sums[-1][0] + before, sums[-1][1] + after)
            assert after >= min(before, least(segment), took.get(segments.index(segment), before))
    assert all(before == after for before, after in sums)
