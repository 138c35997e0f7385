"""One person at one session: every minute that did not count has its reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from plfacilitate.core.credit import (
    ABSENT,
    Line,
    Reason,
    explain,
    overlap,
    presenters_alone,
    session_line,
)
from plfacilitate.core.plan import Presenter, Segment
from plfacilitate.core.presence import Presence, presence
from tests.core.credit_kit import PSESD, facts, here, institute, mark, minutes_present, plan, session, throughout

ONE = plan(session(1), hours=6)
DAY_FACTS = facts(ONE)


def line(found: Presence, **more: object) -> Line:
    """The line of a person at the one-day offering of six hours."""
    return session_line(DAY_FACTS, found, person="p", **more)  # type: ignore[arg-type]  # passed on as they come


def why(of: Line) -> dict[str, int]:
    """Codes and minutes of what is not off for everybody."""
    assert of.agenda_minutes - sum(reason.minutes for reason in of.reasons) == of.minutes
    return {reason.code: reason.minutes for reason in of.reasons if reason.code not in ("meal", "break")}


def texts(of: Line) -> list[str]:
    """What a clerk reads, without what is off for everybody."""
    return [reason.text for reason in of.reasons if reason.code not in ("meal", "break")]


def test_lunch_and_breaks_are_reasons_with_their_times() -> None:
    """They are the same for everybody."""
    everybody = line(throughout(DAY_FACTS)).reasons
    assert [(reason.code, reason.minutes) for reason in everybody] == [("meal", 45), ("break", 30)]
    assert [reason.text for reason in everybody] == [
        "lunch 11:45–12:30 does not count",
        "breaks 10:00–10:15 and 14:00–14:15 do not count",
    ]


def test_being_there_throughout_earns_everything() -> None:
    """Six hours, nothing to remark."""
    found = line(throughout(DAY_FACTS))
    assert (found.minutes, found.hundredths, found.hours, found.status, why(found)) == (360, 600, 6.0, "earned", {})


def test_late_and_early_are_told_apart() -> None:
    """In 8:37, out 15:31: 339 minutes, 5.5 hours."""
    found = line(here("8:37", "15:31"))
    assert why(found) == {"late": 7, "left-early": 14, "rounding": 0}
    assert texts(found) == [
        "signed in at 8:37: 7 min missed",
        "signed out at 15:31: 14 min missed",
        "339 min rounded down to 5.5 h",
    ]
    assert (found.hundredths, found.status) == (550, "earned")


def test_seconds_are_dropped() -> None:
    """In at 8:37:59 counts from 8:37, out at 15:31:59 until 15:31."""
    assert why(line(here("8:37:59", "15:31:59"))) == {"late": 7, "left-early": 14, "rounding": 0}


def test_coming_during_a_break_misses_only_counted_minutes() -> None:
    """In at 10:10, in the break: the 90 minutes before it are missed, not the 10 of the break."""
    assert why(line(here("10:10", "15:45")))["late"] == 90


def test_leaving_and_coming_back_is_away() -> None:
    """Away 11:00 to 13:00: 45 minutes before lunch and 30 after it."""
    found = line(here("8:30", "11:00", "13:00", "15:45"))
    assert why(found) == {"away": 75, "rounding": 0}
    assert texts(found)[0] == "away from 11:00 to 13:00: 75 min missed"


def test_away_during_lunch_costs_nothing() -> None:
    """Lunch does not count anyway."""
    assert why(line(here("8:30", "11:45", "12:30", "15:45"))) == {}


def test_time_before_and_after_the_agenda_earns_nothing() -> None:
    """From 7:00 to 18:00 is six hours still."""
    assert line(here("7:00", "18:00")).minutes == 360


def test_coming_after_the_end_is_late_for_all_of_it() -> None:
    """There, but not in counted time."""
    found = line(here("15:50", "16:10"))
    assert (why(found), found.status) == ({"late": 360}, "none")


def test_no_sign_in_at_a_session_that_took_place() -> None:
    """All counted minutes, one reason, nothing earned."""
    found = line(ABSENT)
    assert (found.minutes, found.status, why(found)) == (0, "none", {"not-there": 360})


def test_a_forgotten_sign_out_is_never_filled() -> None:
    """The open stay counts nothing and the line waits."""
    found = line(here("8:30", "12:00", "12:40"))
    assert (found.minutes, found.hundredths, found.status) == (180, 300, "pending")
    assert why(found) == {"away": 10, "no-sign-out": 170}
    assert texts(found)[1] == "signed in at 12:40 and never signed out: 170 min wait until somebody sets the time"


def test_still_in_while_the_session_runs() -> None:
    """Nobody forgot anything: the line waits, in other words."""
    running = facts(ONE, held=False)
    found = session_line(running, here("8:30"), person="p")
    assert (found.status, why(found)) == ("pending", {"still-in": 360})
    assert texts(found) == ["in since 8:30: counts at the sign-out"]


def test_not_signed_in_while_the_session_runs() -> None:
    """Nothing is decided yet."""
    found = session_line(facts(ONE, held=False), ABSENT, person="p")
    assert (found.status, why(found)) == ("pending", {"to-come": 360})


def test_gone_home_while_the_session_runs_has_earned_what_was_attended() -> None:
    """It can only grow."""
    found = session_line(facts(ONE, held=False), here("8:30", "12:00"), person="p")
    assert (found.minutes, found.hundredths, found.status) == (180, 300, "earned")


def test_a_sign_out_set_by_hand_is_marked() -> None:
    """Who, when and why stand in the line; the minutes count."""
    out = mark("15:45", is_in=False, by_hand=True, reason="everyone still here")
    found = line(presence([mark("8:30", is_in=True), out]))
    assert (found.minutes, found.status, why(found)) == (360, "earned", {"closed-by-hand": 0})
    assert texts(found) == ["sign-out 15:45 set by hand by door: everyone still here"]


def test_corrected_times_are_marked() -> None:
    """Both ends, each with its reason."""
    came = mark("8:30", is_in=True, corrected=True, reason="queue at the door")
    found = line(presence([came, mark("15:45", is_in=False, corrected=True)]))
    assert texts(found) == ["sign-in set to 8:30 by door: queue at the door", "sign-out set to 15:45 by door"]


def test_only_the_corrected_end_is_marked() -> None:
    """The other one was scanned."""
    found = line(presence([mark("8:30", is_in=True, corrected=True), mark("15:45", is_in=False)]))
    assert texts(found) == ["sign-in set to 8:30 by door"]


def test_two_ins_and_a_stray_out_are_remarks() -> None:
    """They cost nothing and are seen."""
    marks = [mark("8:20", is_in=False), mark("8:30", is_in=True), mark("8:31", is_in=True), mark("15:45", is_in=False)]
    found = line(presence(marks))
    assert (found.minutes, found.status) == (360, "earned")
    assert why(found) == {"out-before-in": 0, "two-ins": 0}


def test_a_stray_out_alone_is_remarked_too() -> None:
    """Not there, and why a clerk may find a time on a sheet."""
    assert why(line(presence([mark("15:45", is_in=False)]))) == {"not-there": 360, "out-before-in": 0}


def test_two_versions_of_a_time_hold_the_line() -> None:
    """The figure stands as it is, the line waits for a decision."""
    found = line(presence([mark("8:30", is_in=True, doubtful=True), mark("15:45", is_in=False)]))
    assert (found.hundredths, found.status, why(found)) == (600, "pending", {"doubtful": 0})
    assert texts(found) == ["two versions of the sign-in (8:30) wait for a decision"]


def test_held_reasons_hold_and_remarks_do_not() -> None:
    """Doubts that credit can't see come from outside."""
    reason = Reason("flag", 0, "same phone as Brown")
    assert line(throughout(DAY_FACTS), held_reasons=(reason,)).status == "pending"
    found = line(throughout(DAY_FACTS), remarks=(reason,))
    assert (found.status, why(found)) == ("earned", {"flag": 0})


def test_fewer_hours_asked_for() -> None:
    """The lesser of earned and asked for; what was there stays in the minutes."""
    found = line(here("8:37", "15:31"), requested=500)
    assert (found.minutes, found.eligible, found.hundredths, found.status) == (339, 550, 500, "earned")
    assert texts(found)[-1] == "asked for 5.0 h, fewer than the 5.5 h earned"


@pytest.mark.parametrize("asked, given", [(600, 550), (550, 550), (525, 500), (0, 0), (-100, 0)])
def test_what_is_asked_for_is_never_more_than_earned_and_keeps_the_step(asked: int, given: int) -> None:
    """More than earned changes nothing; a quarter hour goes down to the half."""
    found = line(here("8:37", "15:31"), requested=asked)
    assert (found.hundredths, found.status) == (given, "earned" if given else "none")


def test_asking_for_exactly_what_was_earned_is_not_worth_a_word() -> None:
    """Nobody asked for fewer."""
    assert "requested" not in why(line(throughout(DAY_FACTS), requested=600))


def test_less_than_a_step_is_nothing() -> None:
    """29 minutes are 0.0 hours, with the reason."""
    found = line(here("8:30", "8:59"))
    assert (found.minutes, found.hundredths, found.status) == (29, 0, "none")
    assert texts(found)[-1] == "29 min rounded down to 0.0 h"


def test_no_more_than_was_approved() -> None:
    """A day that is longer than its approval: the rest is capped."""
    found = session_line(short := facts(plan(session(1), hours=5.5)), throughout(short), person="p")
    assert (found.minutes, found.hundredths, why(found)) == (330, 550, {"cap": 30})
    assert texts(found) == ["no more than 5.5 h were approved"]


def test_no_more_than_a_days_limit() -> None:
    """Some offices count so many hours a day and no more."""
    limited = facts(ONE, office=replace(PSESD, day_cap=400))
    found = session_line(limited, throughout(limited), person="p")
    assert (found.minutes, found.hundredths, why(found)) == (240, 400, {"day-cap": 120})


def test_an_offices_least_for_a_person() -> None:
    """Where there is one, less than it gives nothing and says so."""
    strict = facts(ONE, office=replace(PSESD, person_minimum=60))
    found = session_line(strict, minutes_present(strict, 0, 59), person="p")
    assert (found.minutes, found.hundredths, found.status) == (59, 0, "none")
    assert texts(found)[-1] == "59 min: psesd gives nobody hours for less than 60 min"
    assert session_line(strict, minutes_present(strict, 0, 60), person="p").hundredths == 100
    assert "person-minimum" not in why(session_line(strict, ABSENT, person="p"))


def test_nothing_was_approved() -> None:
    """A meeting without approval gives no hours, whoever was there."""
    meeting = facts(plan(session(1), hours=0))
    found = session_line(meeting, throughout(meeting), person="p")
    assert (found.minutes, found.hundredths, found.status) == (0, 0, "none")
    assert why(found) == {"cap": 360, "not-approved": 0}


def test_a_session_counts_from_a_share_where_the_plan_says_so() -> None:
    """269 of 360 minutes are below three quarters, 270 are not."""
    of = facts(plan(session(1), hours=6, attended_at_least=75))
    below = session_line(of, here("8:30", "13:59"), person="p")
    assert (below.minutes, below.hundredths, below.status) == (0, 0, "none")
    assert texts(below)[-1] == "269 of 360 min are less than the 75 % (270 min) that the programme asks for"
    enough = session_line(of, here("8:30", "14:00"), person="p")
    assert (enough.minutes, enough.hundredths, enough.status) == (270, 450, "earned")


def test_an_offering_of_exactly_an_hour_can_be_approved() -> None:
    """60 minutes are enough, and the explanation has nothing to take off."""
    hour = facts(plan(session(1, (60, "instruction")), hours=1))
    found = session_line(hour, throughout(hour), person="p")
    assert (found.hundredths, found.status, found.reasons) == (100, "earned", ())
    assert explain(hour, found) == "agenda 8:30–9:30 = 60 min = 1 h → 1.0 h under psesd 2026-1."


def test_a_meal_that_is_not_lunch_is_a_meal() -> None:
    """The segment's title decides, and one break is a break."""
    agenda = (Segment(60, "instruction", ""), Segment(30, "meal", "Dinner"), Segment(10, "break", ""))
    evening = facts(plan(replace(session(1), agenda=agenda, starts="17:00"), hours=1))
    assert [reason.text for reason in evening.uncounted] == [
        "meal 18:00–18:30 does not count",
        "break 18:30–18:40 does not count",
    ]


def test_business_of_the_association_never_counts() -> None:
    """It stands in the agenda and in the reasons."""
    of = facts(plan(session(1, (120, "instruction"), (30, "business")), hours=2))
    found = session_line(of, throughout(of), person="p")
    assert (found.minutes, why(found)) == (120, {"business": 30})
    assert texts(found) == ["business 10:30–11:00 does not count"]


def test_who_takes_credits_leaves_the_table() -> None:
    """The minutes stay, the hours go to the university's list."""
    of = plan(session(1), hours=6, choice=("clock-hours", "quarter-credits"))
    found = session_line(facts(of), throughout(facts(of)), person="p", choice="quarter-credits")
    assert (found.minutes, found.hundredths, found.eligible, found.status) == (360, 0, 600, "none")
    assert why(found) == {"takes-credits": 0}


def test_credits_can_only_be_taken_where_the_plan_offers_them() -> None:
    """A choice that nobody had changes nothing."""
    assert line(throughout(DAY_FACTS), choice="quarter-credits").status == "earned"


def test_a_presenter_alone_gets_nothing() -> None:
    """Hours may not go to an instructor who is the only one there."""
    found = line(throughout(DAY_FACTS), presenter_alone=True)
    assert (found.hundredths, found.status, why(found)) == (0, "none", {"presenter-alone": 0})


def test_presenters_are_alone_until_somebody_else_is_there() -> None:
    """Names are compared as people write them."""
    of = replace(ONE, presenters=(Presenter("Rafael Núñez", "Director", ""), Presenter("Dana O'Leary", "Coach", "")))
    assert presenters_alone(of, {"a": "rafael nunez", "b": "Dana O’Leary"}) == {"a", "b"}
    assert presenters_alone(of, {"a": "Rafael Núñez", "c": "Maria Garcia"}) == frozenset()
    assert presenters_alone(of, {}) == frozenset()


def test_a_session_of_a_series_waits_for_the_others() -> None:
    """With all-sessions the hours are shown as they would be."""
    of = facts(institute())
    found = session_line(of, here("8:37", "15:45"), person="p")
    assert (found.hundredths, found.status) == (550, "pending")
    assert texts(found)[-2:] == [
        "353 min rounded down to 5.5 h here; the series is rounded as a whole",
        "counts once all 5 sessions are attended",
    ]


def test_a_session_of_a_series_that_counts_by_itself_waits_for_nobody() -> None:
    """With each-session the hours are earned at once."""
    of = facts(plan(hours=30))
    found = session_line(of, throughout(of), person="p")
    assert (found.hundredths, found.status, why(found)) == (600, "earned", {})


def test_two_places_at_once_are_found() -> None:
    """A remark with the times; neither line changes by itself."""
    other = facts(ONE, event="other")
    assert overlap(DAY_FACTS, here("8:30", "12:00"), other, here("12:00", "15:45")) is None
    found = overlap(DAY_FACTS, here("8:30", "12:00"), other, here("11:40", "15:45"))
    assert found is not None
    assert (found.code, found.minutes) == ("overlap", 0)
    assert found.text == "signed in at Session 1 at the same time, from 11:40 to 12:00"


def test_the_night_in_which_clocks_go_forward() -> None:
    """An agenda of 120 minutes from 1:30 ends at 4:30 by the wall; in at 3:15 is 45 minutes late."""
    of = facts(plan(session(1, (120, "instruction"), starts="01:30"), hours=2), day=(day := date(2018, 3, 11)))
    found = session_line(of, here("3:15", "4:30", day=day), person="p")
    assert (found.agenda_minutes, found.minutes) == (120, 75)
    assert explain(of, found) == "agenda 1:30–4:30 = 120 min; in 3:15 −45 → 75 min = 1 h 15 → 1.0 h under psesd 2026-1."


def test_the_night_in_which_clocks_go_back() -> None:
    """An agenda of 120 minutes from 0:30 ends at 1:30 by the wall, the second time round."""
    of = facts(plan(session(1, (120, "instruction"), starts="00:30"), hours=2), day=date(2018, 11, 4))
    assert (of.agenda_minutes, session_line(of, throughout(of), person="p").minutes) == (120, 120)
    assert explain(of, session_line(of, throughout(of), person="p")).startswith("agenda 0:30–1:30 = 120 min")


def test_an_agenda_over_midnight() -> None:
    """From 23:00 for two hours; out at 0:30 of the next day."""
    of = facts(plan(session(1, (120, "instruction"), starts="23:00"), hours=2))
    out = mark("0:30", is_in=False, day=date(2017, 12, 7))
    found = session_line(of, presence([mark("23:10", is_in=True), out]), person="p")
    assert (found.minutes, why(found)) == (80, {"late": 10, "left-early": 30, "rounding": 0})


def test_the_zone_is_the_events_own() -> None:
    """The same minutes in Tokyo; the times in the reasons are Tokyo's."""
    of = facts(ONE, zone=ZoneInfo("Asia/Tokyo"))
    found = session_line(of, minutes_present(of, 7, 435), person="p")
    assert texts(found)[0] == "signed in at 8:37: 7 min missed"


@pytest.mark.parametrize(
    "came, left, minutes",
    [
        ("8:30:59", "15:45", 360),
        ("8:31", "15:45", 359),
        ("8:30", "15:44:59", 359),
        ("8:30", "15:45:00", 360),
        ("9:00:59", "15:45", 330),
        ("9:01", "15:45", 329),
    ],
)
def test_a_minute_more_or_less_at_the_borders(came: str, left: str, minutes: int) -> None:
    """Seconds are dropped: whoever signs in within a minute was there from its beginning, and out likewise."""
    assert session_line(facts(plan()), here(came, left), person="p").minutes == minutes


def test_a_wish_between_two_steps_says_what_became_of_it() -> None:
    """Asked for 4.3, given 4.0: the clerk reads why beside it."""
    of = facts(plan())
    (remark,) = (one for one in session_line(of, throughout(of), person="p", requested=430).reasons if not one.minutes)
    assert remark.text == "asked for 4.3 h, fewer than the 6.0 h earned: rounded down to 4.0 h"
