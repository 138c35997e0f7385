"""What must hold for every agenda, every office and every presence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from plfacilitate.core.credit import CODES, Line, SessionFacts, series_facts, series_line, session_line
from plfacilitate.core.office import Office
from plfacilitate.core.plan import SEGMENT_KINDS, Plan
from plfacilitate.core.presence import Presence, Stay, presence
from tests.core.credit_kit import PSESD, facts, minutes_present, plan, session

DAYS = st.sampled_from(
    [date(2017, 12, 6), date(2018, 3, 11), date(2018, 11, 4)]
)  # a plain one, both switches of clocks
STARTS = st.sampled_from(["00:30", "01:30", "08:30", "22:45"])
KINDS = st.sampled_from(SEGMENT_KINDS)
OFFICES = st.builds(
    lambda counts, step, how, least, cap: replace(
        PSESD, counts=tuple(sorted(counts)), round_step_minutes=step, round=how, person_minimum=least, day_cap=cap
    ),
    st.sets(KINDS, min_size=1),
    st.sampled_from([1, 10, 15, 30, 60]),
    st.sampled_from(["total", "day", "session"]),
    st.sampled_from([None, 45, 60]),
    st.sampled_from([None, 300, 550]),
)
AGENDAS = st.lists(st.tuples(st.integers(1, 120), KINDS), min_size=1, max_size=6)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Up to four sessions, approved for more or less than they hold."""
    sessions = [session(n + 1, *draw(AGENDAS), starts=draw(STARTS)) for n in range(draw(st.integers(1, 4)))]
    return plan(
        *sessions,
        hours=draw(st.integers(0, 80)) / 4,
        credit=draw(st.sampled_from(["each-session", "all-sessions"])),
        attended_at_least=draw(st.sampled_from([None, 50, 75, 100])),
    )


@st.composite
def series(draw: st.DrawFn) -> tuple[Office, Plan, list[SessionFacts], dict[str, Presence], dict[str, int]]:
    """An offering with its events, make-ups and concurrent sessions among them, and one person's day at each."""
    office, of = draw(OFFICES), draw(plans())
    numbers = draw(st.lists(st.integers(1, len(of.sessions)), min_size=1, max_size=5))
    events = [
        facts(of, number, office=office, day=draw(DAYS), held=draw(st.booleans()), event=f"event-{place}")
        for place, number in enumerate(numbers)
    ]
    came = {one.event: draw(presences(one)) for one in events}
    wishes = draw(st.dictionaries(st.sampled_from([one.event for one in events]), st.integers(0, 800)))
    return office, of, events, came, wishes


@st.composite
def presences(draw: st.DrawFn, of: SessionFacts) -> Presence:
    """In and out any number of times around the agenda; an odd number of marks leaves the person in."""
    return minutes_present(of, *sorted(draw(st.lists(st.integers(-30, of.agenda_minutes + 30), max_size=6))))


def less(of: Presence, which: int, minutes: int) -> Presence:
    """The same presence with one stay shortened by so many minutes at both ends, or gone if nothing is left."""
    stays = list(of.stays)
    stay = stays.pop(which % len(stays))
    cut = timedelta(minutes=minutes)
    if stay.left is not None and stay.came.at + cut < stay.left.at - cut:
        shorter = Stay(stay.came._replace(at=stay.came.at + cut), stay.left._replace(at=stay.left.at - cut))
        stays.append(shorter)
    return presence(one for stay in stays for one in (stay.came, stay.left) if one is not None)


def sound(line: Line, approved_minutes: int, approved_hundredths: int) -> None:
    """The laws that every line obeys."""
    assert line.agenda_minutes - sum(reason.minutes for reason in line.reasons) == line.minutes
    assert all(reason.minutes >= 0 and reason.text and reason.code in CODES for reason in line.reasons)
    assert 0 <= line.minutes <= approved_minutes
    assert 0 <= line.hundredths <= line.eligible <= approved_hundredths
    assert line.eligible * 60 <= line.minutes * 100, "rounding goes down"
    assert (line.status == "none") <= (line.hundredths == 0)
    assert (line.status == "earned") <= (line.hundredths > 0)


@given(series())
def test_a_series_line_is_sound(
    case: tuple[Office, Plan, list[SessionFacts], dict[str, Presence], dict[str, int]],
) -> None:
    """Minutes add up, nothing exceeds the approval, nothing is rounded up."""
    office, of, events, came, wishes = case
    line = series_line(series_facts(office, of, events), came, person="p", requested=wishes)
    sound(line, of.approved_hundredths * 60 // 100, of.approved_hundredths)


@given(series())
def test_a_session_line_is_sound(
    case: tuple[Office, Plan, list[SessionFacts], dict[str, Presence], dict[str, int]],
) -> None:
    """The same for every session by itself; and no more than the session holds."""
    _, of, events, came, wishes = case
    for one in events:
        line = session_line(one, came[one.event], person="p", requested=wishes.get(one.event))
        sound(line, min(one.creditable, of.approved_hundredths * 60 // 100), of.approved_hundredths)
        assert line.hundredths <= wishes.get(one.event, line.hundredths)


@given(series(), st.integers(0, 9), st.integers(0, 9), st.integers(0, 200))
def test_credit_never_grows_when_presence_shrinks(
    case: tuple[Office, Plan, list[SessionFacts], dict[str, Presence], dict[str, int]],
    where: int,
    which: int,
    minutes: int,
) -> None:
    """A stay shortened or dropped gives the same or less, in minutes and in hours."""
    office, of, events, came, wishes = case
    one = events[where % len(events)]
    if not came[one.event].stays:
        return
    shrunk = came | {one.event: less(came[one.event], which, minutes)}
    whole = series_facts(office, of, events)
    for before, after in (
        (
            series_line(whole, came, person="p", requested=wishes),
            series_line(whole, shrunk, person="p", requested=wishes),
        ),
        (session_line(one, came[one.event], person="p"), session_line(one, shrunk[one.event], person="p")),
    ):
        assert after.minutes <= before.minutes
        assert after.eligible <= before.eligible
        assert after.hundredths <= before.hundredths


@given(series(), st.randoms(use_true_random=False))
def test_the_order_of_marks_and_events_does_not_matter(
    case: tuple[Office, Plan, list[SessionFacts], dict[str, Presence], dict[str, int]],
    chance: Random,
) -> None:
    """Shuffled, the same line to the last reason."""
    office, of, events, came, wishes = case
    shuffled = {}
    for event, found in came.items():
        marks = [one for stay in found.stays for one in (stay.came, stay.left) if one] + [one for _, one in found.odd]
        marks = list({one.entry: one for one in marks}.values())
        chance.shuffle(marks)
        shuffled[event] = presence(marks)
    line = series_line(series_facts(office, of, events), came, person="p", requested=wishes)
    assert series_line(series_facts(office, of, events[::-1]), shuffled, person="p", requested=wishes) == line


@given(plans(), OFFICES)
def test_everybody_who_was_there_throughout_gets_what_the_agenda_holds(of: Plan, office: Office) -> None:
    """Full presence is the agenda's counted minutes within the limits, and nobody is late."""
    events = [facts(of, number, office=office) for number in range(1, len(of.sessions) + 1)]
    came = {one.event: minutes_present(one, 0, one.agenda_minutes) for one in events}
    line = series_line(series_facts(office, of, events), came, person="p")
    day = office.day_cap * 60 // 100 if office.day_cap else 10_000
    held = sum(min(day, one.creditable) for one in events)
    assert line.minutes == min(held, of.approved_hundredths * 60 // 100)
    assert not {"late", "left-early", "away", "not-there", "below-share"} & {reason.code for reason in line.reasons}
