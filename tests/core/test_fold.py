"""The picture of one event: the same in any order and any repetition, piece by piece or at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfacilitate.core.entry import Entry
from plfacilitate.core.fold import EventFold
from plfacilitate.core.scheduled import event_of, sheet_due
from tests.core.entries import entry, undo
from tests.core.plans import OFFICE, PLAN

PEOPLE = ["ada", "ben", "cy"]


def _scheduled(entry_id: str = "s", at: str = "08:00", **parts: Any) -> Entry:
    body = {
        "plan": PLAN, "office": OFFICE, "session": "s1", "series": "x", "title": "One", "date": "2023-12-06",
        "tz": "America/Los_Angeles", "place": "Renton", "in_service": "123", "claim_code": "c",
    }  # fmt: skip
    return entry(entry_id, "event-scheduled", at=at, **(body | parts))


def _opened(entry_id: str, plan: dict[str, Any], **parts: Any) -> Entry:
    return entry(entry_id, "event-opened", plan=plan, office=OFFICE, **parts)


def _folded(*entries: Entry) -> EventFold:
    fold = EventFold("e")
    fold.apply(entries)
    return fold


@st.composite
def days(draw: st.DrawFn) -> list[Entry]:
    """Everything that can happen at an event, in any combination; corrections and undos name what they like."""
    ids = [f"i{n:02}" for n in range(draw(st.integers(0, 14)))]
    found = []
    for n, name in enumerate(ids):
        kind = draw(
            st.sampled_from(
                ["sign-in", "sign-in", "sign-out", "undo", "erased", "expected", "not-expected", "head-count", "flag",
                 "flag-decided", "request", "choice", "note", "event-closed", "event-reopened", "hologram"]
            )
        )  # fmt: skip
        bodies: dict[str, Any] = {
            "undo": st.fixed_dictionaries({"undoes": st.sampled_from(ids)}),
            "erased": st.fixed_dictionaries({"ids": st.lists(st.sampled_from(ids), max_size=1)}),
            "expected": st.fixed_dictionaries({"people": st.lists(st.sampled_from(PEOPLE))}),
            "not-expected": st.fixed_dictionaries({"people": st.lists(st.sampled_from(PEOPLE))}),
            "head-count": st.fixed_dictionaries({"count": st.integers(0, 50)}),
            "flag": st.just({"code": "x", "text": "y", "about": []}),
            "flag-decided": st.fixed_dictionaries({"flag": st.sampled_from(ids), "accepted": st.booleans()}),
            "request": st.fixed_dictionaries({"hundredths": st.integers(0, 600)}),
            "choice": st.fixed_dictionaries({"choice": st.sampled_from(["clock-hours", "quarter-credits"])}),
        }
        body: dict[str, Any] = draw(bodies.get(kind, st.just({})))
        personal = kind in ("sign-in", "sign-out", "request", "choice", "flag")
        replaces = draw(st.lists(st.sampled_from(ids), max_size=1)) if kind in ("sign-in", "sign-out") else []
        found.append(
            entry(
                name, kind, at=f"{draw(st.integers(15, 23))}:{draw(st.integers(0, 59)):02}", seq=n + 1, number=n + 1,
                person=draw(st.sampled_from(PEOPLE)) if personal else None, replaces=replaces,
                device=draw(st.sampled_from("xy")), **body,
            )
        )  # fmt: skip
    return [_scheduled(), *found] if draw(st.booleans()) else found


def _picture(fold: EventFold) -> dict[str, Any]:
    """All that can be asked of a fold."""
    return {
        "people": {
            one: (
                sorted(fold.marks(one), key=lambda mark: mark.entry), fold.presence(one), fold.request(one),
                fold.choice(one), fold.walk_in(one), fold.doubtful(one), fold.versions(one),
            )
            for one in PEOPLE
        },
        "persons": fold.persons(),
        "expected": fold.expected,
        "event": fold.event,
        "flags": fold.flags(),
        "heads": fold.head_count,
        "notes": [one.id for one in fold.facts("note", "hologram")],
    }  # fmt: skip


@given(entries=days(), data=st.data())
def test_order_and_repetition_change_nothing(entries: list[Entry], data: st.DataObject) -> None:
    """Two laptops that got the same entries in different orders show the same room."""
    shuffled = data.draw(st.permutations(entries + entries[:3]))
    assert _picture(_folded(*entries)) == _picture(_folded(*shuffled))


@given(entries=days(), data=st.data())
def test_piece_by_piece_gives_what_at_once_gives(entries: list[Entry], data: st.DataObject) -> None:
    """A screen that looked in between sees the same in the end, and was told of everybody whose line changed."""
    fold = EventFold("e")
    rest = list(entries)
    while rest:
        size = data.draw(st.integers(1, len(rest)))
        piece, rest = rest[:size], rest[size:]
        before = _picture(fold)["people"]
        touched = fold.apply(piece)
        after = _picture(fold)["people"]
        assert {one for one in PEOPLE if before[one] != after[one]} <= touched
    assert _picture(fold) == _picture(_folded(*entries))
    assert fold.seq == max((one.seq for one in entries), default=0)


def test_a_correction_replaces_the_time_and_says_why() -> None:
    """The first version stays behind it, as the root."""
    (mark,) = _folded(
        entry("a", person="ada", at="16:31"),
        entry("b", person="ada", at="16:07", replaces=["a"], means="facilitator", reason="clock was wrong"),
    ).marks("ada")
    assert (mark.entry, mark.root, mark.corrected, mark.reason) == ("b", "a", True, "clock was wrong")
    assert f"{mark.at:%H:%M}" == "16:07"


def test_an_undone_sign_in_is_no_sign_in() -> None:
    """Nor does it make a walk-in; undone again, it is one."""
    came = entry("a", person="ada")
    assert _folded(came).walk_in("ada")
    fold = _folded(came, undo("u", "a"))
    assert (fold.persons(), fold.walk_in("ada"), fold.presence("ada").is_in) == (set(), False, False)
    assert fold.apply([undo("v", "u")]) == {"ada"}
    assert fold.presence("ada").is_in


def test_two_corrections_side_by_side_hold_the_person() -> None:
    """Until somebody decides."""
    fold = _folded(entry("a", person="ada"), entry("b", person="ada", replaces=["a"], at="17:10"))
    assert not fold.doubtful("ada")
    fold.apply([entry("c", person="ada", replaces=["a"], at="17:20")])
    assert fold.doubtful("ada")
    fold.apply([entry("d", person="ada", replaces=["b", "c"], at="17:10")])
    assert not fold.doubtful("ada")


def test_a_correction_of_a_mark_that_is_not_here_holds_the_person() -> None:
    """What it corrects may come yet; then all is clear."""
    fold = _folded(entry("b", person="ada", replaces=["a"]))
    assert fold.doubtful("ada")
    fold.apply([entry("a", person="ada", at="16:00")])
    assert not fold.doubtful("ada")
    assert [mark.entry for mark in fold.marks("ada")] == ["b"]


def test_what_was_erased_is_gone_from_the_room() -> None:
    """At once where it was shown already, and for good where it comes afterwards."""
    came, gone = entry("a", person="ada"), entry("x", "erased", ids=["a"])
    for fold in (_folded(came, gone), _folded(gone, came)):
        assert (fold.persons(), fold.marks("ada"), fold.holder("a")) == (set(), [], None)
    fold = _folded(came)
    assert fold.holder("a") == "ada"
    assert fold.apply([gone]) == {"ada"}


def test_an_erased_undo_undoes_nothing() -> None:
    """Its content is gone, here and in every other ledger."""
    fold = _folded(entry("a", person="ada"), undo("u", "a"))
    assert fold.apply([entry("x", "erased", ids=["u"])]) == {"ada"}
    assert fold.presence("ada").is_in


def test_the_list_follows_what_was_done_not_what_the_clock_said() -> None:
    """Taken off the list after the clock had been put back."""
    on = entry("a", "expected", at="17:00", number=1, people=["ada", "ben"])
    off = entry("b", "not-expected", at="16:00", number=2, people=["ben"])
    assert _folded(off, on).expected == {"ada"}


def test_a_closed_event_that_was_opened_again_is_open() -> None:
    """Although the clock was put back between the two."""
    closed = entry("c", "event-closed", at="23:45", number=5)
    reopened = entry("r", "event-reopened", at="22:50", number=6, reason="too early")
    assert _event(_scheduled(), closed).closed_at == closed.at
    assert _event(_scheduled(), closed, reopened).closed_at is None


def test_what_stood_at_the_first_opening_counts() -> None:
    """Later openings and edits change no credit."""
    first = _opened("o1", {**PLAN, "title": "As opened"}, at="16:00", number=2)
    again = _opened("o2", {**PLAN, "title": "Edited since"}, at="18:00", number=3)
    event = _event(_scheduled(), again, first)
    assert (event.plan.title, event.opened_at) == ("As opened", first.at)


def test_an_opening_without_the_session_does_not_count() -> None:
    """A snapshot that does not hold the session can't be shown: the scheduled one stays."""
    other = {**PLAN, "sessions": PLAN["sessions"][1:], "title": "Another"}
    assert _event(_scheduled(), _opened("o", other)).plan.title == "Institute"


def test_a_corrected_schedule_keeps_the_event() -> None:
    """The number of the approval came later."""
    corrected = {**_scheduled("t", "07:00").body, "in_service": "456"}
    fold = _folded(_scheduled("s"), entry("t", "event-scheduled", at="07:00", replaces=["s"], **corrected))
    assert [one.id for one in fold.facts("event-scheduled")] == ["t"]
    assert fold.event is not None
    assert fold.event.in_service == "456"
    assert event_of([entry("n", "note", text="x")]) is None


@pytest.mark.parametrize("days, later", [(10, 10), (0, None), ("ten", None)])
def test_a_sheet_is_due_only_where_the_office_names_a_day(days: object, later: int | None) -> None:
    """So many days after the event; none where its file says 0, or something that no version of it understands."""
    one = replace(_event(_scheduled()), office={"sheet_due_days": days})
    assert sheet_due(one) == (one.day + timedelta(days=later) if later is not None else None)
    assert sheet_due(replace(one, office={})) is None


def test_a_head_count_is_held_against_who_was_there_then() -> None:
    """Who came later or left later is no gap; one that is made after the end is held against the last minute."""
    marks = [
        entry("a1", person="ada", at="16:30"), entry("a2", "sign-out", person="ada", at="18:30", number=2),
        entry("b1", person="ben", at="16:40", number=3), entry("b2", "sign-out", person="ben", at="23:45", number=4),
        entry("c1", person="cyd", at="19:00", number=5),
    ]  # fmt: skip
    assert _folded(*marks).head_count is None
    fold = _folded(_scheduled("s"), *marks, entry("h", "head-count", at="17:00", number=6, count=3))
    counted = fold.head_count
    assert counted is not None
    assert (counted.heads, counted.then, fold.there(counted.against)) == (3, "then", 2)
    fold.apply([entry("i", "head-count", at="23:59", number=7, count=2)])
    late = fold.head_count
    assert late is not None
    assert fold.event is not None
    assert late.against == fold.event.ends_at - timedelta(minutes=1)
    assert (late.heads, late.then, fold.there(late.against)) == (2, "at the end", 2)


def test_the_last_word_on_hours_and_choice_counts() -> None:
    """By what one laptop wrote last, not by its clock."""
    fold = _folded(
        entry("r1", "request", person="ada", at="18:00", number=1, hundredths=500),
        entry("r2", "request", person="ada", at="17:00", number=2, hundredths=400, reason="left early"),
        entry("c1", "choice", person="ada", at="18:00", number=3, choice="clock-hours"),
        entry("c2", "choice", person="ada", at="18:30", number=4, choice="quarter-credits"),
    )
    request, choice = fold.request("ada"), fold.choice("ada")
    assert request is not None
    assert choice is not None
    assert (request.hundredths, request.reason, choice[1]) == (400, "left early", "quarter-credits")
    assert fold.request("ben") is None
    assert fold.choice("ben") is None


def test_a_word_that_comes_after_somebody_asked_counts_too() -> None:
    """What was asked before is asked again when something came, was taken back or erased."""
    fold = _folded(entry("c1", "choice", person="ada", at="08:00", number=1, choice="clock-hours"))
    said = []
    for more in (
        entry("c2", "choice", person="ada", at="09:00", number=2, choice="quarter-credits"),
        undo("u", "c2"),
        entry("x", "erased", ids=["c1"]),
    ):
        said.append(fold.choice("ada"))
        fold.apply([more])
    assert [one[1] for one in said if one is not None] == ["clock-hours", "quarter-credits", "clock-hours"]
    assert fold.choice("ada") is None


def test_undecided_doubts_come_first() -> None:
    """And the last decision counts."""
    fold = _folded(
        entry("f1", "flag", person="ada", at="16:00", code="one-phone", text="two names"),
        entry("f2", "flag", at="16:01", code="late-code", text=""),
        entry("d1", "flag-decided", at="17:00", number=1, flag="f1", accepted=False),
        entry("d2", "flag-decided", at="16:30", number=2, flag="f1", accepted=True),
    )
    assert [(flag.entry, flag.accepted) for flag in fold.flags()] == [("f2", None), ("f1", True)]


def _event(*entries: Entry) -> Any:
    event = _folded(*entries).event
    assert event is not None
    return event


def test_a_mark_on_a_merged_record_is_seen_at_once() -> None:
    """Somebody looked before it came; what was read then is not what is shown now."""
    fold = _folded(entry("in", person="stays"))
    fold.read_as_one({"other": "stays"})
    assert fold.presence("stays").is_in
    assert fold.apply([entry("out", "sign-out", at="18:00", person="other", number=2)]) == {"stays"}
    assert not fold.presence("stays").is_in
