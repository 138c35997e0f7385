"""Which hours may be cleared from a laptop: nothing that the office may not have, and a reason for each that stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plfacilitate.core.cleared import cleared_of
from plfacilitate.core.clearing import Held, Verdict, verdicts
from plfacilitate.core.clearing_words import handed, much, programme, which, why
from plfacilitate.core.fold import EventFold
from plfacilitate.core.plan import Event, Plan
from tests.core.entries import entry
from tests.core.plans import OFFICE, PLAN

NOW = datetime(2024, 6, 1, 18, tzinfo=UTC)
THEN = datetime(2023, 12, 7, 1, tzinfo=UTC)
SINGLE = {**PLAN, "sessions": PLAN["sessions"][:1]}


def event(name: str = "e1", session: str = "s1", day: date = date(2023, 12, 6), *, plan: Any = SINGLE) -> Event:
    """A closed event of a plan of one session."""
    return Event(
        id=name, series="run", session_id=session, title=f"Session {session}", day=day, tz="America/Los_Angeles",
        place="Renton", in_service="", claim_code="", plan=Plan.from_json(plan), office=OFFICE, opened_at=THEN,
        closed_at=THEN,
    )  # fmt: skip


def held(one: Event, **parts: Any) -> Held:
    """An event that was handed over and receipted in December."""
    whole: dict[str, Any] = {"entries": 9, "people": 4, "handed_at": THEN, "receipt": "1a2b3c4d5e"} | parts
    return Held(one, **whole)


def decided(*all_held: Held, days: int = 90, without_receipt: bool = False) -> list[Verdict]:
    """The rule, on the first of June."""
    return verdicts(all_held, now=NOW, days=days, without_receipt=without_receipt)


@pytest.mark.parametrize(
    "parts, code",
    [
        ({"unsent": 9, "handed_at": None, "unanswered": 9}, "not-handed-over"),
        ({"unsent": 1, "unanswered": 1}, "changed"),
        ({"late": 1}, "changed"),
        ({"elsewhere": 2, "unanswered": 2}, "elsewhere"),
        ({"unanswered": 9, "receipt": ""}, "no-receipt"),
        ({"waiting": ("day-hours-1.zip",)}, "waits"),
        ({"ballots": 3}, "ballots"),
        ({"cohort": "PSCPL 2023"}, "cohort"),
        ({"handed_at": NOW - timedelta(days=89)}, "young"),
    ],
)
def test_whatever_the_office_may_lack_stays_and_says_why(parts: dict[str, Any], code: str) -> None:
    """One reason each; without it the same event goes."""
    (verdict,) = decided(held(event(), **parts))
    assert [one for one, _ in verdict.stays] == [code]
    assert why(verdict)
    assert decided(held(event()))[0].goes


def test_without_a_receipt_is_a_word_of_its_own_and_excuses_nothing_else() -> None:
    """An office without the program never answers: what was handed over is enough then; what was changed since is not."""
    assert decided(held(event(), unanswered=9, receipt=""), without_receipt=True)[0].goes
    assert not decided(held(event(), unanswered=9, unsent=1), without_receipt=True)[0].goes
    assert not decided(held(event(), unanswered=9, elsewhere=1), without_receipt=True)[0].goes


def test_days_count_from_the_hand_over_or_the_end_whichever_is_later() -> None:
    """To the day; nothing goes before its end, whatever a clock said when it was handed over."""
    assert decided(held(event(), handed_at=NOW - timedelta(days=90)))[0].goes
    assert not decided(held(event(day=date(2024, 5, 30))), days=5)[0].goes
    assert decided(held(event(day=date(2024, 5, 30))), days=0)[0].goes


def test_an_open_event_stays() -> None:
    """Also one whose doors were never opened."""
    for one in (replace(event(), closed_at=None), replace(event(), closed_at=None, opened_at=None)):
        assert [code for code, _ in decided(held(one))[0].stays] == ["open"]


def test_a_plan_of_several_sessions_goes_as_a_whole() -> None:
    """One session that stays keeps the other, and so does one that is still to come; a year later it does not."""
    first, second = event(plan=PLAN), event("e2", "s2", date(2024, 2, 7), plan=PLAN)
    assert [one.goes for one in decided(held(first), held(second))] == [True, True]
    kept = decided(held(first), held(second, unsent=1))
    assert [[code for code, _ in one.stays] for one in kept] == [["series"], ["changed"]]
    assert "Session s2" in why(kept[0])
    assert [code for code, _ in decided(held(first))[0].stays] == ["series"]
    assert "Two" in why(decided(held(first))[0])
    long_ago = event(day=date(2023, 5, 1), plan=PLAN)
    assert decided(held(long_ago))[0].goes


def test_a_day_that_never_was_keeps_nobody() -> None:
    """A session put on a wrong day, never opened, long ago: the others of its series go."""
    never = replace(event("e2", "s2", date(2024, 1, 9), plan=PLAN), opened_at=None, closed_at=None)
    assert decided(held(event(plan=PLAN)), Held(never))[0].goes
    assert not decided(held(event(plan=PLAN)), Held(replace(never, day=date(2024, 5, 9))))[0].goes


def test_days_of_a_plan_with_one_session_go_each_by_itself() -> None:
    """A meeting that is held every week under no number never waits for the last of them."""
    weekly = decided(held(event()), held(event("e2", day=date(2024, 5, 29)), handed_at=NOW - timedelta(days=1)))
    assert [one.goes for one in weekly] == [True, False]


def test_what_was_cleared_before_is_not_shown_and_keeps_nobody() -> None:
    """A second run after one that was broken off in the middle of a series brings it to its end."""
    done = held(event("e2", "s2", plan=PLAN), entries=0, cleared=True, handed_at=None)
    assert [one.held.event.id for one in decided(done, held(event(plan=PLAN)))] == ["e1"]
    assert decided(done, held(event(plan=PLAN)))[0].goes


@settings(max_examples=60)
@given(
    st.lists(
        st.builds(
            held,
            st.sampled_from([event(), event("e2", "s2", plan=PLAN), event("e3", day=date(2024, 5, 1))]),
            unsent=st.integers(0, 1), elsewhere=st.integers(0, 1), unanswered=st.integers(0, 2),
            handed_at=st.sampled_from([None, THEN, NOW]), ballots=st.integers(0, 1),
        ),
        max_size=4, unique_by=lambda one: one.event.id,
    ),
    st.integers(0, 200),
    st.booleans(),
)  # fmt: skip
def test_nothing_unsent_ever_goes(all_held: list[Held], days: int, without_receipt: bool) -> None:
    """Whatever else is chosen."""
    for one in verdicts(all_held, now=NOW, days=days, without_receipt=without_receipt):
        if one.goes:
            assert one.held.handed_at is not None
            assert one.held.unsent + one.held.elsewhere + one.held.ballots == 0
            assert without_receipt or not one.held.unanswered
            assert one.held.handed_at + timedelta(days=days) <= NOW


def test_an_event_that_was_cleared_says_so_and_one_that_is_all_here_does_not() -> None:
    """Another laptop's word about contents that stand here is not believed."""
    said = entry(
        "c", "cleared", at="19:00", ids=["in", "out"], people=2, handed_at="2023-12-07T01:00:00.000000Z", receipt="1a2b3c4d"
    )  # fmt: skip
    marks = [entry("in", person="p"), entry("out", "sign-out", at="18:00", person="p")]
    for here, cleared in (([], True), (marks[:1], True), (marks, False)):
        fold = EventFold("e")
        fold.apply([said, *here])
        assert (fold.cleared is not None) is cleared
    fold = EventFold("e")
    fold.apply([said])
    assert fold.cleared is not None
    assert fold.cleared.sentence(UTC) == (
        "cleared on Wed 6 Dec 2023 after hand-over (receipt 1a2b3c4d); 2 people had been there"
    )


def test_an_erased_person_is_no_sign_that_something_was_cleared() -> None:
    """What was erased for good on purpose is not missing."""
    said = entry("c", "cleared", ids=["in"], people=1, handed_at="2023-12-07T01:00:00.000000Z", receipt="")
    assert cleared_of([said], {"in"}) is None
    fold = EventFold("e")
    fold.apply([said, entry("x", "erased", ids=["in"], reason="asked")])
    assert fold.cleared is None


def test_the_words_of_a_preview_say_what_and_how_much() -> None:
    """Day, title, place; when it was handed over; people and entries; what of the programme stays."""
    one = held(event())
    assert which(one) == "Wed 6 Dec 2023  Session s1, Renton"
    assert handed(one) == "handed over Wed 6 Dec 2023, receipt 1a2b3c4d"
    assert handed(held(event(), receipt="")) == "handed over Wed 6 Dec 2023, no receipt"
    assert much(one) == "4 people, 9 entries"
    counted = {"note": 2, "problem of practice": 3, "protocol that was led": 2}
    assert programme(counted) == "2 notes, 3 problems of practice, 2 protocols that were led"
