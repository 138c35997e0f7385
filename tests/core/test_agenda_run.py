"""How an agenda went: in any order, on two laptops, with pauses, jumps, undo, a wrong clock, past midnight."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from plfacilitate.core.entry import Entry
from plfacilitate.core.fold import EventFold
from plfacilitate.core.keeping.run import Run, run_of
from tests.core.agendas import PARTS, Told, at, run, spans
from tests.core.entries import entry, undo
from tests.core.plans import OFFICE, PLAN


def minutes(of: Run, place: int, clock: str) -> float:
    """How many minutes a segment had run."""
    return of.spent(place, at(clock)) / timedelta(minutes=1)


def test_nothing_runs_before_somebody_says_so() -> None:
    """However late it is."""
    kept = run(Told())
    assert (kept.begun_at, kept.running, kept.ended_at) == (None, None, None)
    assert kept.minutes == tuple(part[0] for part in PARTS)


def test_a_segment_runs_until_the_next_one_begins() -> None:
    """It never moves on by itself, hours after its end."""
    kept = run(Told().start(0, "8:30"))
    assert (kept.running, minutes(kept, 0, "14:30")) == (0, 360)
    kept = run(Told().start(0, "8:30").start(1, "10:04"))
    assert (kept.running, minutes(kept, 0, "14:30"), minutes(kept, 1, "10:10")) == (1, 94, 6)


def test_a_pause_takes_its_time_out_of_the_segment() -> None:
    """And the next segment's beginning ends the pause."""
    kept = run(Told().start(0, "8:30").pause("8:40").resume("8:55"))
    assert (minutes(kept, 0, "9:00"), kept.paused) == (15, False)
    kept = run(Told().start(0, "8:30").pause("8:40").start(1, "9:00"))
    assert (minutes(kept, 0, "9:30"), minutes(kept, 1, "9:05"), kept.paused) == (10, 5, False)


def test_what_one_goes_back_to_is_gone_on_with() -> None:
    """Its clock goes on from where it was."""
    kept = run(Told().start(0, "8:30").start(2, "9:00").start(0, "9:30"))
    assert (minutes(kept, 0, "9:40"), minutes(kept, 2, "9:40"), minutes(kept, 1, "9:40")) == (40, 30, 0)


def test_the_end_is_the_end_until_a_segment_is_gone_on_with() -> None:
    """A jump back after the end opens it again."""
    kept = run(Told().start(6, "14:15").end("15:40"))
    assert (kept.running, kept.ended_at) == (None, at("15:40"))
    kept = run(Told().start(6, "14:15").end("15:40").start(6, "15:42"))
    assert (kept.running, kept.ended_at, minutes(kept, 6, "15:50")) == (6, None, 93)


def test_a_pause_or_an_end_of_nothing_is_nothing() -> None:
    """Before the beginning and after the end."""
    assert run(Told().pause("8:00").end("8:01").resume("8:02")).begun_at is None
    ended = run(Told().start(0, "8:30").end("9:00").pause("9:01").resume("9:02").end("9:03"))
    assert ended.ended_at == at("9:00")


def test_two_laptops_that_say_the_same_say_it_once() -> None:
    """Whoever was first is believed; the second changes nothing."""
    one, two = Told("a").start(0, "8:30").start(1, "10:00"), Told("b").start(0, "8:30:20").start(1, "9:59:50")
    both = run(one, two)
    assert [(piece.segment, piece.began) for piece in both.pieces] == [(0, at("8:30")), (1, at("9:59:50"))]


def test_a_laptop_whose_clock_was_put_back_still_moves_on() -> None:
    """It began at 10:00 by a clock an hour fast; by the right one the next segment begins at 9:10."""
    kept = run(Told().start(0, "10:00").start(1, "9:10"))
    assert kept.running == 1
    assert all(piece.length(at("11:00")) >= timedelta() for piece in kept.pieces)


def test_a_beginning_that_is_set_by_hand_was_when_it_was() -> None:
    """Entered at 10:30, for 10:05."""
    kept = run(Told().start(0, "8:30").start(2, "10:20").start(1, "10:05", set=True))
    assert [piece.segment for piece in kept.pieces] == [0, 1, 2]
    assert minutes(kept, 1, "11:00") == 15


def test_other_minutes_are_the_last_word_on_each_segment() -> None:
    """Never negative, never more than a day, none for segments that are not there."""
    kept = run(Told().retime("9:00", s0=95, s2=80).retime("9:05", s0=100).retime("9:06", s1=-4, s3=99999, s40=7))
    assert kept.minutes == (100, 0, 80, 1440, 90, 15, 90)


def test_a_segment_is_known_by_its_title_where_the_agenda_became_another() -> None:
    """What names no segment of the agenda is passed over."""
    told = Told().start(4, "8:30", "Consultancy").start(1, "9:00", "Something else")
    assert run(told).running == 2


def test_it_goes_on_past_midnight_and_through_the_switch_of_the_clocks() -> None:
    """Minutes really pass, whatever the wall says."""
    for zone, day, length in (
        ("America/Los_Angeles", date(2018, 3, 11), 180),
        ("America/Los_Angeles", date(2018, 11, 4), 180),
        ("Pacific/Auckland", date(2023, 12, 6), 180),
    ):
        night = spans(
            (120, "instruction", "Ownership"),
            (60, "work-time", "Break"),
            starts="23:30",
            zone=zone,
            day=day - timedelta(days=1),
        )
        assert (night[-1].ends_at - night[0].starts_at) / timedelta(minutes=1) == length


def _scheduled() -> Entry:
    body: dict[str, Any] = {
        "plan": PLAN, "office": OFFICE, "session": "s1", "series": "x", "title": "One", "date": "2023-12-06",
        "tz": "America/Los_Angeles", "place": "Renton", "in_service": "123", "claim_code": "c",
    }  # fmt: skip
    return entry("s", "event-scheduled", at="07:00", device="z", **body)


@st.composite
def told(draw: st.DrawFn) -> list[Entry]:
    """Anything that two laptops may say, with undos and versions."""
    entries: list[Entry] = []
    for number in range(draw(st.integers(0, 12))):
        device = draw(st.sampled_from("ab"))
        moment = f"{draw(st.integers(8, 15)):02}:{draw(st.integers(0, 59)):02}"
        kind = draw(
            st.sampled_from(
                [
                    "segment-started",
                    "segment-started",
                    "agenda-paused",
                    "agenda-resumed",
                    "agenda-retimed",
                    "agenda-ended",
                ]
            )
        )
        place = draw(st.integers(0, 8))
        body: dict[str, Any] = {}
        if kind == "segment-started":
            body = {"segment": place, "title": PARTS[min(place, 6)][2]}
        elif kind == "agenda-retimed":
            body = {"minutes": {str(place): draw(st.integers(-10, 300))}}
        if draw(st.booleans()) and kind == "segment-started":
            body["set"] = True
        replaces = [draw(st.sampled_from(entries)).id] if entries and draw(st.integers(0, 5)) == 0 else []
        entries.append(
            entry(f"i{number:02}", kind, at=moment, device=device, number=number + 1, replaces=replaces, **body)
        )
        if draw(st.integers(0, 6)) == 0:
            entries.append(undo(f"u{number:02}", entries[-1].id, device=device, number=number + 1))
    return entries


@given(told(), st.integers(0, 2**16))
def test_any_order_and_any_repetition_give_the_same_run(entries: list[Entry], seed: int) -> None:
    """Folded at once, shuffled, doubled, piece by piece."""
    scheduled = _scheduled()
    once = EventFold("e")
    once.apply([scheduled, *entries])
    mixed = [*entries, scheduled, *entries]
    Random(seed).shuffle(mixed)
    other = EventFold("e")
    for one in mixed:
        other.apply([one])
        assert isinstance(other.run, Run)
    assert other.run == once.run


@given(told())
def test_pieces_stand_in_order_and_never_overlap(entries: list[Entry]) -> None:
    """Each ends where the next one begins, or before; only the last goes on; no minutes below nought."""
    kept = run_of(spans(), entries)
    for one, other in pairwise(kept.pieces):
        assert one.ended is not None
        assert one.began <= one.ended <= other.began
    assert all(0 <= many <= 1440 for many in kept.minutes)
    whole = sum((piece.length(at("20:00")) for piece in kept.pieces), timedelta())
    spent = sum((kept.spent(place, at("20:00")) for place in range(7)), timedelta())
    assert spent + sum((piece.length(at("20:00")) for piece in kept.pieces if piece.paused), timedelta()) == whole


def test_what_is_undone_never_happened() -> None:
    """A next pressed by mistake: the segment before runs on, from its own beginning."""
    fold = EventFold("e")
    fold.apply([_scheduled()])
    started = Told().start(0, "8:30", "Welcome").start(1, "9:00", "Break").entries
    fold.apply(started)
    assert fold.run.running == 1
    fold.apply([undo("u", started[1].id, number=3, at="09:01")])
    assert (fold.run.running, fold.run.spent(0, at("9:30"))) == (0, timedelta(hours=1))
    fold.apply([entry("x", "erased", ids=[started[0].id], number=4, at="09:02")])
    assert fold.run.running is None
