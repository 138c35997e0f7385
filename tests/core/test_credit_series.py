"""Several sessions, one line: make-ups, missed sessions, limits of the whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from plfacilitate.core.credit import Line, SessionFacts, Standing, series_facts, series_line, session_line
from plfacilitate.core.office import Office, Round
from plfacilitate.core.plan import Plan
from plfacilitate.core.presence import Presence
from tests.core.credit_kit import DAY, PSESD, facts, here, institute, minutes_present, plan, session, throughout


def run(of: Plan, *, held: int = 5, office: Office = PSESD) -> list[SessionFacts]:
    """One event a session, the first `held` of them over."""
    return [facts(of, number, office=office, held=number <= held) for number in range(1, len(of.sessions) + 1)]


def total(of: Plan, events: list[SessionFacts], came: dict[str, Presence], **more: object) -> Line:
    """The series line, with the law of sums checked."""
    office = events[0].rule.office if events else PSESD
    found = series_line(series_facts(office, of, events), came, person="p", **more)  # type: ignore[arg-type]  # passed on
    assert found.agenda_minutes - sum(reason.minutes for reason in found.reasons) == found.minutes
    return found


def at_all(events: Iterable[SessionFacts], without: Iterable[int] = ()) -> dict[str, Presence]:
    """There throughout, except at some numbers."""
    return {one.event: throughout(one) for one in events if one.number not in set(without)}


def codes(of: Line) -> list[str]:
    """Codes of what is not off for everybody."""
    return [reason.code for reason in of.reasons if reason.code not in ("meal", "break")]


def text(of: Line, code: str) -> str:
    """The sentence of the one reason with this code."""
    (reason,) = (reason for reason in of.reasons if reason.code == code)
    return reason.text


def test_all_five_sessions_earn_thirty_hours() -> None:
    """And every session's line is earned with them."""
    of = institute()
    events = run(of)
    found = total(of, events, at_all(events))
    assert (found.minutes, found.hundredths, found.status, codes(found)) == (1800, 3000, "earned", [])
    assert found.standing == Standing(5, 5, all_sessions=True)
    one = session_line(events[0], throughout(events[0]), person="p", standing=found.standing)
    assert (one.hundredths, one.status) == (600, "earned")


def test_lunch_and_breaks_are_summed_over_the_sessions() -> None:
    """One reason a kind, not one a day."""
    of = institute()
    off = total(of, run(of), at_all(run(of))).reasons
    assert [(reason.code, reason.minutes, reason.text) for reason in off] == [
        ("meal", 225, "lunch in 5 of 5 sessions"),
        ("break", 150, "breaks in 5 of 5 sessions"),
    ]


def test_on_course_after_three_of_five() -> None:
    """Hours as they would be; sessions to come take their minutes and no blame."""
    of = institute()
    events = run(of, held=3)
    found = total(of, events, at_all(events[:3]))
    assert (found.minutes, found.hundredths, found.status) == (1080, 1800, "pending")
    assert found.standing is not None
    assert found.standing.text == "3 of 5 sessions, on course"
    assert text(found, "series-incomplete") == "counts once all 5 sessions are attended: 3 of 5 sessions, on course"
    assert [reason.minutes for reason in found.reasons if reason.code == "to-come"] == [360, 360]


def test_sessions_that_are_not_scheduled_are_still_to_come() -> None:
    """The plan has five, the ledger knows one."""
    of = institute()
    events = run(of)[:1]
    found = total(of, events, at_all(events))
    assert (found.agenda_minutes, found.minutes, found.status) == (5 * 435, 360, "pending")
    assert next(reason.text for reason in found.reasons if reason.code == "to-come") == "session 2: not scheduled yet"


def test_a_missed_session_ends_the_credit_of_the_whole() -> None:
    """No credit without a make-up; the other sessions' lines say so and wait."""
    of = institute()
    events = run(of, held=3)
    found = total(of, events, at_all(events[:3], without=[2]))
    assert (found.hundredths, found.status, found.minutes) == (0, "none", 720)
    assert text(found, "missed-session") == "missed session 2: no credit without a make-up session"
    assert found.standing is not None
    assert found.standing.text == "2 of 5 sessions; missed session 2: no credit without a make-up session"
    one = session_line(events[0], throughout(events[0]), person="p", standing=found.standing)
    assert (one.status, one.hundredths) == ("pending", 600)
    assert "missed session 2" in text(one, "series-incomplete")
    two = session_line(events[1], Presence((), ()), person="p", standing=found.standing)
    assert (two.status, codes(two)) == ("none", ["not-there"])


def test_two_missed_sessions_are_named_together() -> None:
    """In order of the plan."""
    of = institute()
    found = total(of, run(of), at_all(run(of), without=[4, 2, 5]))
    assert text(found, "missed-session") == "missed sessions 2, 4 and 5: no credit without make-up sessions"


def test_a_session_attended_too_little_is_missed() -> None:
    """269 of 360 minutes: its minutes don't count and the series ends there."""
    of = institute()
    events = run(of)
    found = total(of, events, at_all(events) | {"event-3": here("8:30", "13:59", day=events[2].day)})
    assert (found.status, found.minutes) == ("none", 1440)
    assert text(found, "below-share").startswith("session 3: 269 of 360 min")
    assert "missed session 3" in text(found, "missed-session")


def test_a_make_up_session_saves_the_series() -> None:
    """A second event of the missed session, attended: earned, with a remark."""
    of = institute()
    makeup = facts(of, 2, day=date(2018, 1, 12), event="make-up")
    events = [*run(of), makeup]
    came = at_all(events, without=[2]) | {"make-up": throughout(makeup)}
    found = total(of, events, came)
    assert (found.hundredths, found.status) == (3000, "earned")
    assert text(found, "make-up") == "session 2: counts by the make-up session on Fri 12 Jan"


def test_of_two_events_of_one_session_the_better_counts_and_never_both() -> None:
    """Both attended: 360 minutes of that session, not 655."""
    of = institute()
    makeup = facts(of, 2, day=date(2018, 1, 12), event="make-up")
    events = [*run(of), makeup]
    came = at_all(events) | {"event-2": here("8:30", "14:30", day=events[1].day)}
    found = total(of, events, came)
    assert (found.minutes, found.hundredths) == (1800, 3000)
    assert codes(found) == ["make-up"]


def test_an_unneeded_make_up_is_not_worth_a_word() -> None:
    """The first event was better, so nothing was made up."""
    of = institute()
    events = [*run(of), facts(of, 2, day=date(2018, 1, 12), event="make-up")]
    assert codes(total(of, events, at_all(events) | {"make-up": here("8:40", "15:45", day=date(2018, 1, 12))})) == []


def test_a_make_up_that_is_still_to_come_keeps_the_series_open() -> None:
    """The missed session can be made up, and the line says when."""
    of = institute()
    makeup = facts(of, 2, day=date(2018, 1, 12), event="make-up", held=False)
    events = [*run(of), makeup]
    found = total(of, events, at_all(events, without=[2]))
    assert (found.status, found.hundredths) == ("pending", 2400)
    assert found.standing is not None
    assert found.standing.text == "4 of 5 sessions; missed session 2: to be made up on Fri 12 Jan"


def test_the_next_of_several_make_ups_is_named() -> None:
    """Not the last one."""
    of = institute()
    days = (date(2018, 2, 9), date(2018, 1, 12))
    later = [facts(of, 2, day=day, event=f"make-up {day}", held=False) for day in days]
    events = [*run(of), *later]
    found = total(of, events, at_all(run(of), without=[2]))
    assert found.standing is not None
    assert found.standing.text.endswith("to be made up on Fri 12 Jan")


def test_a_forgotten_sign_out_is_neither_attended_nor_missed() -> None:
    """The series waits for the decision."""
    of = institute()
    events = run(of)
    found = total(of, events, at_all(events) | {"event-4": here("8:30", day=events[3].day)})
    assert (found.status, found.minutes) == ("pending", 1440)
    assert text(found, "no-sign-out").startswith("session 4: signed in at 8:30 and never signed out")
    assert found.standing is not None
    assert found.standing.text == "4 of 5 sessions, on course"


def test_a_make_up_settles_an_old_doubt() -> None:
    """Nobody needs to find out about a forgotten sign-out once the whole session was made up."""
    of = institute()
    makeup = facts(of, 2, day=date(2018, 1, 12), event="make-up")
    events = [*run(of), makeup]
    open_stay = {"event-2": here("8:30", day=events[1].day)}
    assert total(of, events, at_all(events) | open_stay).status == "earned"
    partly = open_stay | {"make-up": here("8:40", "15:45", day=makeup.day)}
    assert total(of, events, at_all(events) | partly).status == "pending"


def test_each_session_counts_by_itself_where_the_plan_says_so() -> None:
    """Two of four attended: twelve hours, whatever happened to the others."""
    of = plan(*(session(number) for number in range(1, 5)), hours=24)
    events = run(of, held=3)
    found = total(of, events, at_all(events, without=[2, 4]))
    assert (found.minutes, found.hundredths, found.status) == (720, 1200, "earned")
    assert found.standing is not None
    assert found.standing.text == "2 of 4 sessions"
    assert codes(found) == ["not-there", "to-come"]


def test_forty_minutes_of_one_session_are_half_an_hour_where_no_share_is_stated() -> None:
    """PSESD's rule alone; with a share of three quarters nothing."""
    of = plan(hours=30)
    events = run(of)
    came = {"event-1": minutes_present(events[0], 0, 40)}
    assert total(of, events, came).hundredths == 50
    strict = replace(of, attended_at_least=75)
    found = total(strict, run(strict), came)
    assert (found.hundredths, found.status) == (0, "none")


def test_nothing_yet_is_not_nothing() -> None:
    """Before the first session a person's line waits."""
    of = plan()
    events = run(of, held=0)
    found = total(of, events, {})
    assert (found.hundredths, found.status) == (0, "pending")


def test_the_whole_is_capped_at_the_approved_hours() -> None:
    """Five days of six hours, 28 approved."""
    of = institute(approved_hundredths=2800)
    events = run(of)
    found = total(of, events, at_all(events))
    assert (found.minutes, found.hundredths, codes(found)) == (1680, 2800, ["cap"])


def test_a_days_limit_holds_over_all_sessions_of_the_day() -> None:
    """Two sessions of six hours on one day, eight counted."""
    office = replace(PSESD, day_cap=800)
    of = plan(session(1), session(2, starts="16:00"), hours=12)
    events = [facts(of, 1, office=office), facts(of, 2, office=office, day=DAY)]
    found = total(of, events, at_all(events))
    assert (found.minutes, found.hundredths, codes(found)) == (480, 800, ["day-cap"])


@pytest.mark.parametrize("how, hundredths", [("total", 550), ("day", 500), ("session", 450)])
def test_the_three_ways_of_rounding(how: Round, hundredths: int) -> None:
    """Two sessions of 115 minutes on one day and one of 110 on another, 340 in all."""
    office = replace(PSESD, round=how)
    of = plan(*(session(number, (120, "instruction")) for number in (1, 2, 3)), hours=6)
    events = [
        facts(of, 1, office=office),
        replace(facts(of, 2, office=office, day=DAY)),
        facts(of, 3, office=office),
    ]
    events[1] = facts(replace(of, sessions=(of.sessions[0], session(2, (120, "instruction"), starts="13:00"))), 2,
                      office=office, day=DAY)  # fmt: skip
    came = {one.event: minutes_present(one, 5 if one.number < 3 else 10, 120) for one in events}
    found = total(of, events, came)
    assert (found.minutes, found.hundredths) == (340, hundredths)


def test_minutes_in_two_sessions_at_once_count_once() -> None:
    """Two breakouts that overlap by an hour."""
    of = plan(session(1, (120, "instruction")), session(2, (120, "instruction"), starts="09:30"), hours=4)
    events = [facts(of, 1), facts(of, 2, day=DAY)]
    found = total(of, events, at_all(events))
    assert (found.minutes, found.hundredths) == (180, 300)
    assert text(found, "overlap") == "60 min in two sessions at the same time: they count once"


def test_only_the_minutes_in_both_places_are_doubled() -> None:
    """An hour at each, with ten minutes in both."""
    of = plan(session(1, (120, "instruction")), session(2, (120, "instruction"), starts="09:30"), hours=4)
    events = [facts(of, 1), facts(of, 2, day=DAY)]
    came = {"event-1": here("9:00", "10:00"), "event-2": here("9:50", "10:50")}
    found = total(of, events, came)
    assert (found.minutes, [r.minutes for r in found.reasons if r.code == "overlap"]) == (110, [10])


def test_one_of_two_sessions_at_the_same_time_is_not_doubled() -> None:
    """Most people choose one."""
    of = plan(session(1, (120, "instruction")), session(2, (120, "instruction"), starts="09:30"), hours=4)
    events = [facts(of, 1), facts(of, 2, day=DAY)]
    assert codes(total(of, events, at_all(events, without=[2]))) == ["not-there"]


def test_exactly_the_days_limit_is_not_over_it() -> None:
    """Six hours of six."""
    office = replace(PSESD, day_cap=600)
    events = run(institute(), office=office)
    assert codes(total(institute(), events, at_all(events))) == []


def test_a_single_session_is_told_as_it_is_by_itself() -> None:
    """No number in front, and the times of lunch."""
    of = plan(session(1), hours=6)
    events = run(of)
    found = total(of, events, {"event-1": here("8:37", "15:45")})
    assert [reason.text for reason in found.reasons] == [
        "lunch 11:45–12:30 does not count",
        "breaks 10:00–10:15 and 14:00–14:15 do not count",
        "signed in at 8:37: 7 min missed",
        "353 min rounded down to 5.5 h",
    ]


def test_a_session_of_which_nothing_counts_is_attended_by_being_there() -> None:
    """An evening of the association in a series: it gives nothing and is no hindrance."""
    of = institute(sessions=(session(1), session(2, (60, "business"))))
    events = run(of)
    assert total(of, events, at_all(events)).status == "earned"


def test_fewer_hours_asked_for_at_one_session() -> None:
    """That session counts what was asked for, the others all they have."""
    of = institute()
    events = run(of)
    found = total(of, events, at_all(events), requested={"event-2": 400, "event-3": 600})
    assert (found.minutes, found.eligible, found.hundredths, found.status) == (1800, 3000, 2800, "earned")
    assert text(found, "requested") == "session 2: asked for 4.0 h of 360 min"


def test_a_wish_at_one_of_two_events_of_a_session_does_not_bind_the_other() -> None:
    """Nothing asked for at the first, all of it at the make-up: the make-up counts."""
    of = institute()
    makeup = facts(of, 2, day=date(2018, 1, 12), event="make-up")
    events = [*run(of), makeup]
    came = at_all(events) | {"make-up": here("8:30", "15:45", day=makeup.day)}
    assert total(of, events, came, requested={"event-2": 0}).hundredths == 3000
    assert total(of, events, came, requested={"event-2": 0, "make-up": 500}).hundredths == 2900


def test_credit_takers_are_told_what_is_missing_of_the_whole() -> None:
    """Credits come from the whole; short of it a person decides."""
    of = institute()
    events = run(of)
    found = total(of, events, at_all(events), choice="quarter-credits")
    assert (found.hundredths, found.status, codes(found)) == (0, "none", ["takes-credits"])
    late = at_all(events) | {"event-1": minutes_present(events[0], 21, 435)}
    found = total(of, events, late, choice="quarter-credits")
    assert text(found, "credits-short") == "21 min short of the whole: a person decides"


def test_what_is_to_come_is_not_short_yet() -> None:
    """After three full sessions nothing is missing."""
    of = institute()
    events = run(of, held=3)
    for known in (events, events[:3]):
        assert "credits-short" not in codes(total(of, known, at_all(events[:3]), choice="quarter-credits"))
    makeup = facts(of, 2, day=date(2018, 1, 12), event="make-up", held=False)
    came = at_all(events[:3], without=[2])
    assert "credits-short" not in codes(total(of, [*events, makeup], came, choice="quarter-credits"))


def test_an_offices_least_for_a_person_looks_at_the_whole() -> None:
    """Two sessions of 40 minutes are 80 together, which is enough."""
    office = replace(PSESD, person_minimum=60)
    of = plan(session(1), session(2), hours=12)
    events = run(of, office=office)
    both = {one.event: minutes_present(one, 0, 40) for one in events}
    assert total(of, events, both).hundredths == 100
    one = total(of, events, {"event-1": both["event-1"]})
    assert (one.hundredths, one.status, codes(one)[-1]) == (0, "none", "person-minimum")


def test_events_may_come_in_any_order_and_foreign_ones_are_passed_over() -> None:
    """An event of a session that the plan no longer has does not count."""
    of = institute()
    events = run(of)
    foreign = replace(facts(of, 1, event="foreign", day=DAY + timedelta(days=90)), session_id="s9")
    came = at_all(events) | {"foreign": throughout(foreign)}
    assert total(of, [foreign, *reversed(events)], came) == total(of, events, came)


def test_a_make_up_that_was_too_short_is_told_of() -> None:
    """Nothing counts either way; but "no sign-in" would not be true of somebody who came to the make-up."""
    of = institute()
    makeup = facts(of, 2, day=date(2018, 1, 12), event="make-up")
    came = at_all(run(of), without=[2]) | {"make-up": here("8:30", "12:00", day=makeup.day)}
    found = total(of, [*run(of), makeup], came)
    assert codes(found) == ["left-early", "below-share", "missed-session"]
    assert found.status == "none"


def test_of_two_events_alike_the_first_counts() -> None:
    """There throughout at both: nothing was made up."""
    of = institute()
    events = [*run(of), facts(of, 2, day=date(2018, 1, 12), event="make-up")]
    assert codes(total(of, events, at_all(events))) == []


def test_a_question_about_the_make_up_keeps_the_series_open() -> None:
    """Too little of the first event, and no sign-out at the second: neither attended nor missed until it is settled."""
    of = institute()
    makeup = facts(of, 2, day=date(2018, 1, 12), event="make-up")
    came = at_all(run(of)) | {
        "event-2": here("8:30", "12:00", day=run(of)[1].day), "make-up": here("8:30", day=makeup.day)
    }  # fmt: skip
    found = total(of, [*run(of), makeup], came)
    assert (found.status, found.hundredths) == ("pending", 2400)
    assert found.standing is not None
    assert found.standing.missed == ()


def test_an_open_question_of_one_session_is_not_forgotten_at_the_next() -> None:
    """No sign-out at the first, late at the second: the whole waits."""
    of = plan()
    events = run(of)
    came = at_all(events) | {"event-1": here("8:30"), "event-2": here("8:37", "15:45", day=events[1].day)}
    assert total(of, events, came).status == "pending"


def test_nobody_is_at_a_session_for_its_lunch_alone() -> None:
    """Not a minute counts, so that it is not attended, whatever share is asked for."""
    of = plan()
    events = run(of)
    found = total(of, events, {"event-1": here("11:50", "12:20")})
    assert found.standing is not None
    assert (found.minutes, found.standing.attended) == (0, 0)


def test_a_wish_for_less_than_nothing_gives_nothing() -> None:
    """Whatever another program wrote down."""
    of = plan()
    events = run(of)
    found = total(of, events, {"event-1": throughout(events[0])}, requested={"event-1": -300})
    assert (found.hundredths, found.status) == (0, "none")


def test_credits_are_short_of_what_was_approved_not_of_what_was_offered() -> None:
    """Thirty hours offered, 28 approved: whoever has 28 has the whole."""
    of = institute(approved_hundredths=2800)
    events = run(of)
    late = at_all(events) | {"event-1": here("9:30", "15:45")}
    assert "credits-short" not in codes(total(of, events, late, choice="quarter-credits"))
    later = late | {"event-2": here("9:40", "15:45", day=events[1].day)}
    assert text(total(of, events, later, choice="quarter-credits"), "credits-short").startswith("10 min short")


@pytest.mark.parametrize("left", ["14:30", None])
def test_what_a_make_up_may_still_bring_is_counted_once(left: str | None) -> None:
    """Half an hour was missed for good; of session 2 no more than its own minutes can still come."""
    of = institute()
    events = [*run(of), facts(of, 2, day=date(2018, 1, 12), event="make-up", held=False)]
    came = at_all(run(of)) | {"event-1": here("9:00", "15:45")}
    if left:
        came["event-2"] = here("8:30", left, day=events[1].day)
    else:  # neither of its two events was held
        events[1] = facts(of, 2, held=False)
        del came["event-2"]
    found = total(of, events, came, choice="quarter-credits")
    assert text(found, "credits-short").startswith("30 min short")


def test_a_session_attended_too_little_gives_no_room_to_two_at_once() -> None:
    """An hour at each of two that overlap by half is 90 minutes; 40 at a third that don't count change nothing."""
    of = plan(
        session(1, (60, "instruction")), session(2, (60, "instruction"), starts="09:00"),
        session(3, (240, "instruction"), starts="11:00"), hours=6, attended_at_least=75,
    )  # fmt: skip
    events = [facts(of, number, day=DAY) for number in (1, 2, 3)]
    came = at_all(events[:2]) | {"event-3": here("11:00", "11:40")}
    assert total(of, events, came).minutes == 90


def test_a_break_gives_no_room_to_two_at_once() -> None:
    """The hour that both count is there once, whatever the one has for a break afterwards."""
    of = plan(
        session(1, (60, "instruction"), (60, "break"), (60, "instruction")), session(2, (60, "instruction")), hours=3
    )
    events = [facts(of, number, day=DAY) for number in (1, 2)]
    assert total(of, events, at_all(events)).minutes == 120


def test_each_session_is_rounded_by_itself_below_a_days_limit_too() -> None:
    """100 and 50 minutes of one day: an hour and a half, and half an hour."""
    office = replace(PSESD, round="session", day_cap=800)
    of = plan(session(1, (100, "instruction")), session(2, (50, "instruction"), starts="13:00"), hours=10)
    events = [facts(of, number, office=office, day=DAY) for number in (1, 2)]
    assert total(of, events, at_all(events)).hundredths == 200


def test_a_presenter_has_no_hours_of_the_sessions_to_which_nobody_came() -> None:
    """Those of the others stand; a day still on may yet see somebody; with no other session there is no line."""
    of = institute(credit="each-session")
    events = run(of, held=2)
    came = {one.event: throughout(one) for one in events[:3]}
    found = total(of, events, came, alone=frozenset({events[1].event}))
    assert (found.minutes, found.hundredths, found.status) == (720, 1200, "earned")
    assert text(found, "presenter-alone") == "session 2: presented, and no participant was there"
    assert found.standing is not None
    assert found.standing.missed == (2,)
    still = total(of, events, came, alone=frozenset({events[2].event}))
    assert (still.minutes, still.standing.missed if still.standing else None) == (720, ())
    always = total(of, events, came, alone=frozenset(came))
    assert (always.hundredths, always.status, text(always, "presenter-alone")[:9]) == (0, "none", "presented")
