"""An overrun spread over what is left: the sum is kept, fixed times stand, nobody gets less than is sensible."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from plfacilitate.core.keeping.run import Run
from plfacilitate.core.keeping.spread import LEAST, LEAST_BREAK, least, retimed, spread
from plfacilitate.core.keeping.standing import MINUTE, Standing, standing
from plfacilitate.core.plan import SEGMENT_KINDS, Segment, SegmentKind, Session
from tests.core.agendas import DAY, Told, at, run, spans

LISTS = st.lists(st.tuples(st.integers(0, 180), st.integers(0, 180)), max_size=12)


@given(LISTS, st.integers(-200, 600))
def test_the_sum_is_kept(parts: list[tuple[int, int]], over: int) -> None:
    """Exactly what is too much is taken, or all that may be; what is given back is given whole."""
    minutes, floors = [one for one, _ in parts], [floor for _, floor in parts]
    new = spread(minutes, floors, over)
    can = sum(max(0, one - floor) for one, floor in parts)
    wanted = min(over, can) if over > 0 else over if sum(minutes) else 0
    assert sum(minutes) - sum(new) == wanted


@given(LISTS, st.integers(1, 600))
def test_nothing_becomes_less_than_its_least_nor_negative(parts: list[tuple[int, int]], over: int) -> None:
    """And nothing longer when time is taken."""
    new = spread([one for one, _ in parts], [floor for _, floor in parts], over)
    for (before, floor), after in zip(parts, new, strict=True):
        assert 0 <= min(before, floor) <= after <= before


@given(st.lists(st.integers(1, 180), min_size=1, max_size=12), st.integers(-200, 600))
def test_it_is_in_proportion_to_the_minute(minutes: list[int], over: int) -> None:
    """Where no least is in the way each gives its share, rounded to a minute either way."""
    whole = sum(minutes)
    over = min(over, whole)
    new = spread(minutes, [0] * len(minutes), over)
    for before, after in zip(minutes, new, strict=True):
        assert abs((before - after) - over * before / whole) <= 1


def test_twelve_minutes_over_a_break_and_two_parts() -> None:
    """The break keeps ten minutes."""
    assert spread([60, 15, 50], [30, 10, 25], 12) == (54, 14, 45)
    assert spread([60, 15, 50], [30, 10, 25], 70) == (30, 10, 25)


@given(st.sampled_from(SEGMENT_KINDS), st.integers(0, 200))
def test_the_least_is_half_and_enough_to_be_something(kind: SegmentKind, minutes: int) -> None:
    """A break is ten minutes, anything else five, and what was planned shorter stays so."""
    floor = least(Segment(minutes, kind, "x"))
    assert floor <= minutes
    assert floor >= min(minutes, LEAST_BREAK if kind == "break" else LEAST)
    assert floor * 2 >= minutes


def late(minutes: int) -> Run:
    """The first segment ran so many minutes too long, and the break begins."""
    return run(Told().start(0, "8:30").start(1, f"10:{minutes:02}"))


def after(kept: Run, moment: str) -> Standing:
    """How the agenda stands once what was found is meant."""
    found = retimed(standing(kept, at(moment)))
    minutes = tuple(found.minutes.get(place, many) for place, many in enumerate(kept.minutes))
    return standing(Run(kept.spans, minutes, kept.pieces, kept.ended_at), at(moment))


def test_a_morning_that_is_late_is_made_up_before_lunch() -> None:
    """The afternoon keeps its minutes, lunch its time."""
    kept = late(12)
    found = retimed(standing(kept, at("10:12")))
    assert (found.wanted, found.had) == (12, 12)
    assert set(found.minutes) <= {1, 2}
    now = after(kept, "10:12")
    assert (now.missed, now.lines[3].begins, now.ends) == ((), at("11:45"), at("15:45"))


def test_what_can_not_be_made_up_is_said_and_not_taken_from_the_afternoon() -> None:
    """50 minutes late before 105 that may give 50: the break gives 5, the protocol 45."""
    kept = late(59)
    found = retimed(standing(kept, at("10:59")))
    assert (found.wanted, found.had, dict(found.minutes)) == (59, 50, {1: 10, 2: 45})
    assert [one.by / MINUTE for one in after(kept, "10:59").missed] == [9, 9]


def test_an_afternoon_that_was_made_longer_is_brought_back_by_itself() -> None:
    """In the morning, with the morning on time."""
    kept = run(Told().start(0, "8:30").retime("9:00", s4=110))
    found = retimed(standing(kept, at("9:00")))
    assert set(found.minutes) <= {4, 5, 6}
    assert sum(kept.minutes[place] - many for place, many in found.minutes.items()) == 20


def test_an_afternoon_that_was_made_shorter_on_purpose_stays_so() -> None:
    """In the morning, with the morning on time: only where one is now is time given back."""
    kept = run(Told().start(0, "8:30").retime("9:00", s4=70))
    assert retimed(standing(kept, at("9:00"))) == ({}, 0, 0)


def test_time_that_was_won_is_given_back_up_to_lunch() -> None:
    """The break began ten minutes early."""
    kept = run(Told().start(0, "8:30").start(1, "9:50"))
    found = retimed(standing(kept, at("9:50")))
    assert found.wanted == -10
    assert after(kept, "9:50").lines[3].begins == at("11:45")
    assert sum(found.minutes.values()) == 15 + 90 + 10


def test_lunch_is_never_cut_even_while_it_runs() -> None:
    """It began late: the afternoon gives what it can."""
    kept = run(Told().start(3, "12:00"))
    found = retimed(standing(kept, at("12:05")))
    assert (found.wanted, found.had, 3 in found.minutes) == (15, 15, False)


def test_the_running_segment_keeps_five_minutes_of_what_is_left() -> None:
    """The last part before the end: only it can give."""
    kept = run(Told().start(6, "14:40"))
    assert dict(retimed(standing(kept, at("15:00"))).minutes) == {6: 65}
    kept = run(Told().start(6, "14:40").retime("15:30", s6=90))
    assert dict(retimed(standing(kept, at("15:50"))).minutes) == {6: 75}


@given(
    st.lists(st.tuples(st.integers(1, 120), st.sampled_from(SEGMENT_KINDS)), min_size=1, max_size=9),
    st.data(),
)
def test_a_spread_keeps_fixed_points_and_never_gives_anything_negative(
    parts: list[tuple[int, SegmentKind]], data: st.DataObject
) -> None:
    """Whatever the agenda and whenever it is asked for."""
    of = spans(*((minutes, kind, f"Part {place}") for place, (minutes, kind) in enumerate(parts)))
    at_place = data.draw(st.integers(0, len(parts) - 1))
    begins = of[at_place].starts_at + timedelta(minutes=data.draw(st.integers(-60, 90)))
    clock = f"{begins:%H:%M}"
    kept = run(Told().start(at_place, clock, f"Part {at_place}"), of=of)
    moment = begins + timedelta(seconds=data.draw(st.integers(0, 7200)))
    before = standing(kept, moment)
    found = retimed(before)
    for place, minutes in found.minutes.items():
        line = before.lines[place]
        assert minutes >= 1
        assert minutes * MINUTE >= line.spent or line.minutes <= minutes
        assert not line.span.segment.holds
        assert line.state in ("running", "coming")
        assert minutes >= min(line.minutes, least(line.span.segment)) or line.state == "running"
    minutes_now = tuple(found.minutes.get(place, many) for place, many in enumerate(kept.minutes))
    now = standing(Run(kept.spans, minutes_now, kept.pieces, kept.ended_at), moment)
    if found.had >= found.wanted:
        assert now.missed == ()
    assert now.ends <= max(before.ends, of[-1].ends_at)
    for one, other in zip(before.lines, now.lines, strict=True):
        if one.span.segment.holds:
            assert one.minutes == other.minutes
            assert other.late <= one.late


def test_a_plan_may_fix_any_segment_and_let_a_meal_move() -> None:
    """A guest who speaks at 11:00 is waited for and never cut; a lunch that is only sandwiches gives its share."""
    guest = Segment(30, "instruction", "Guest", fixed=True)
    picnic = Segment(60, "meal", "Picnic", fixed=False)
    session = Session(
        "s1", "One", "09:00", (Segment(120, "work-time", "Work"), guest, picnic, Segment(60, "protocol", "Talk"))
    )
    of = session.spans(DAY, ZoneInfo("UTC"))
    kept = run(Told().start(0, "9:20", "Work"), of=of)
    found = retimed(standing(kept, at("9:20")))
    assert dict(found.minutes) == {0: 100}
    kept = run(Told().start(1, "11:20", "Guest"), of=of)
    assert dict(retimed(standing(kept, at("11:20"))).minutes) == {2: 50, 3: 50}
    assert [segment.holds for segment in session.agenda] == [False, True, False, False]
