"""Credit by the agenda as it went, where an office counts so: what counts, what is said, and what a forgotten desk costs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from plfacilitate.core.credit import SessionFacts, explain, session_facts, session_line
from plfacilitate.core.keeping.run import Run
from plfacilitate.core.keeping.went import PAUSED, went
from plfacilitate.core.plan import Session
from plfacilitate.core.presence import Mark, Presence, presence
from tests.core.agendas import DAY, PARTS, Told, at, run, spans
from tests.core.credit_kit import PSESD, plan

UTC = ZoneInfo("UTC")
ACTUAL = replace(PSESD, agenda="actual")
OF = plan(Session("s1", "One", "08:30", tuple(span.segment for span in spans())), hours=6)


def facts(kept: Run, *, actual: bool = True) -> SessionFacts:
    """The facts of the day under an office that counts actual, or approved, minutes."""
    return session_facts(
        ACTUAL if actual else PSESD, OF, spans(), event="e", session_id="s1", day=DAY, zone=UTC, held=True, run=kept
    )


def there(came: str, left: str) -> Presence:
    """In and out."""
    return presence(Mark(clock, clock, clock == came, at(clock), "own-phone", "door") for clock in (came, left))


def minutes(kept: Run, came: str = "8:30", left: str = "15:45", *, actual: bool = True) -> int:
    """What somebody gets who was there from then to then."""
    return session_line(facts(kept, actual=actual), there(came, left), person="p").minutes


WHOLE = (
    Told().start(0, "8:41").start(1, "10:15").start(2, "10:25").start(3, "11:50").start(4, "12:35").start(5, "14:00")
)
WHOLE = WHOLE.start(6, "14:15").end("15:30")


def test_an_office_that_says_nothing_counts_the_approved_minutes() -> None:
    """However the day went; and nothing is said of it."""
    of = facts(run(WHOLE), actual=False)
    assert (of.creditable, of.as_it_went, of.begin == facts(run(Told())).begin) == (360, False, True)
    assert minutes(run(WHOLE), actual=False) == 360


def test_one_that_counts_actual_minutes_counts_what_was_held() -> None:
    """94 + 85 + 85 + 75 minutes, begun late and ended early; the line says so."""
    kept = run(WHOLE)
    assert minutes(kept) == 94 + 85 + 85 + 75
    line = session_line(facts(kept), there("8:30", "15:45"), person="p")
    said = explain(facts(kept), line)
    assert said.startswith("agenda as it went 8:41–15:30 = 409 min; lunch −45, breaks −25 → 339 min = 5 h 39 → 5.5 h")
    assert "minutes as the agenda went; approved were 8:30–15:45" in said


def test_who_comes_before_the_real_beginning_misses_nothing() -> None:
    """And who comes after it does."""
    kept = run(WHOLE)
    assert minutes(kept, "8:41") == minutes(kept, "8:30")
    assert minutes(kept, "8:50") == minutes(kept) - 9


def test_a_day_that_took_longer_is_worth_no_more_than_was_approved() -> None:
    """Six hours were approved; the reason says so."""
    kept = run(Told().start(0, "8:30").end("15:45"))
    line = session_line(facts(kept), there("8:30", "15:45"), person="p")
    assert (facts(kept).creditable, line.minutes) == (435, 360)
    assert "cap" in {reason.code for reason in line.reasons}


def test_a_pause_counts_nothing_and_is_named() -> None:
    """A fire alarm of twenty minutes, and the time between the end and going on."""
    kept = run(Told().start(0, "8:30").pause("9:00").resume("9:20").end("10:00").start(2, "10:10").end("11:40"))
    of = facts(kept)
    assert of.creditable == 30 + 40 + 90
    (off,) = [reason for reason in of.uncounted if reason.minutes]
    assert (off.code, off.minutes, off.short) == (PAUSED, 30, "pauses")


def test_an_agenda_that_nobody_kept_counts_as_approved_and_says_so() -> None:
    """There is nothing else to count by."""
    of = facts(run(Told()))
    assert (of.creditable, of.as_it_went) == (360, False)
    assert [reason.code for reason in of.uncounted if not reason.minutes] == ["not-kept"]


def test_whoever_forgets_the_desk_at_noon_takes_nobody_s_afternoon_away() -> None:
    """What was not said is taken as it was meant then, and it is said since when."""
    kept = run(Told().start(0, "8:30").start(1, "10:00").start(2, "10:15").start(3, "11:45"))
    of = facts(kept)
    assert (of.creditable, of.as_it_went) == (360, True)
    assert "after 11:45 nobody said how it went on" in " ".join(reason.text for reason in of.uncounted)


def test_what_lies_ahead_is_taken_as_it_is_meant() -> None:
    """In the middle of a day that is eleven minutes late: lunch waits for nobody, the end is later."""
    parts = went(run(Told().start(0, "8:41")))
    assert [part.kind for part in parts] == [kind for _, kind, _ in PARTS]
    assert (parts[0].ends_at, parts[-1].ends_at) == (at("10:11"), at("15:56"))


@st.composite
def days(draw: st.DrawFn) -> Run:
    """Somebody presses things all day."""
    told, minute = Told(), draw(st.integers(480, 540))
    for _ in range(draw(st.integers(1, 12))):
        clock = f"{minute // 60}:{minute % 60:02}:{draw(st.integers(0, 59)):02}"
        deed = draw(st.sampled_from(["start", "start", "pause", "resume", "end"]))
        if deed == "start":
            told.start(draw(st.integers(0, 6)), clock)
        else:
            getattr(told, deed)(clock)
        minute += draw(st.integers(1, 90))
    return run(told)


@given(days())
def test_the_parts_have_no_gap_and_every_minute_is_counted_or_named(kept: Run) -> None:
    """What counts and what is taken off everybody is the whole agenda, to the minute."""
    parts = went(kept)
    for one, other in pairwise(parts):
        assert one.ends_at == other.starts_at
        assert one.ends_at > one.starts_at
    of = facts(kept)
    assert of.creditable + sum(reason.minutes for reason in of.uncounted) == of.agenda_minutes
    line = session_line(of, there("0:01", "23:59"), person="p")
    capped = sum(reason.minutes for reason in line.reasons if reason.code == "cap")
    assert line.minutes + capped == of.creditable
    assert all(part.ends_at - part.starts_at < timedelta(days=2) for part in parts)
