"""What goes onto the sheet of an event, and what a clerk is to see first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from plfacilitate.core.designation import Designation
from plfacilitate.core.entry import Entry
from plfacilitate.core.fold import EventFold
from plfacilitate.core.people import Person
from plfacilitate.core.plan import Presenter
from plfacilitate.core.sheet import Sheet, SheetDay, SheetRow
from plfacilitate.core.tally import credit_sheet
from plfacilitate.steps.approve import Approval
from plfacilitate.steps.sheet import MANY, sheet_of_event
from tests.core.entries import entry
from tests.core.plans import OFFICE, PLAN

ADA = Person("ada", "Adams", "Ada", email="ada@example.org")
BEN = Person("ben", "Brown", "Ben")
CY = Person("cy", "Cole", "Cy", email="cy@example.org")
APPROVAL = Approval("Ruth", "2023-12-07T00:00:00.000000Z", 3, {})
FIVE = datetime(2023, 12, 7, 1, tzinfo=UTC)
# s1 runs from 8:30 to 10:15, which is 16:30 to 18:15 UTC; the break from 10:00 on does not count.
HEAD: dict[str, Any] = {
    "plan": PLAN | {"sponsor": "PSESD", "presenters": [{"name": "Dana", "position": "Coach", "qualification": "MEd"}],
                    "designations": ["Equity"]},
    "office": OFFICE | {"correction": "Write to us."},
}  # fmt: skip


def _sheet(
    *entries: Entry,
    approval: Approval | None = APPROVAL,
    expected: str = "ada",
    head: dict[str, Any] = HEAD,
    people: Mapping[str, Person] | None = None,
    **more: int,
) -> Sheet:
    fold = EventFold("e")
    body = head | {
        "session": "s1", "series": "x", "title": "One", "date": "2023-12-06", "tz": "America/Los_Angeles",
        "place": "Renton", "in_service": "123", "claim_code": "4711",
    }  # fmt: skip
    fold.apply([entry("s", "event-scheduled", **body), entry("x", "expected", people=expected.split()), *entries])
    known = people or {one.id: one for one in (ADA, BEN, CY)}
    credit = credit_sheet([fold], known, event="e", as_of={}, at=FIVE)
    return sheet_of_event(fold, credit, approval, **more)


def _in(person: str, at: str = "16:30", **parts: Any) -> Entry:
    return entry(f"{person} in {at}", "sign-in", person=person, at=at, **parts)


def _out(person: str, at: str = "18:15", **parts: Any) -> Entry:
    return entry(f"{person} out {at}", "sign-out", person=person, at=at, **parts)


def _row(*entries: Entry) -> SheetRow:
    (row,) = _sheet(_in("ada"), _out("ada"), *entries).rows
    return row


def _told(sheet: Sheet) -> list[tuple[str, str]]:
    return [(one.name, one.sentence) for one in sheet.exceptions]


def test_the_head_says_what_a_claim_is_held_against() -> None:
    """The offering, the day, the place, who gave it, who approved it and by which rule."""
    sheet = _sheet()
    assert (sheet.title, sheet.session_title, sheet.event, sheet.tz) == ("Institute", "One", "e", "America/Los_Angeles")
    begin, end = datetime(2023, 12, 6, 16, 30, tzinfo=UTC), datetime(2023, 12, 6, 18, 15, tzinfo=UTC)
    assert sheet.days == (SheetDay("One", begin, end),)
    assert (sheet.in_service, sheet.claim_code, sheet.place, sheet.made_at) == ("123", "4711", "Renton", FIVE)
    assert (sheet.sponsor, sheet.presenters) == ("PSESD", (Presenter("Dana", "Coach", "MEd"),))
    assert (sheet.designations, sheet.approved_hundredths) == ((Designation("Equity"),), 3000)
    assert (sheet.office_title, sheet.correction) == ("PSESD", "Write to us.")
    assert "2026-1" in sheet.rule
    assert sheet.hours_note == ""
    assert sheet.counting.startswith("105 min on the agenda; ")
    assert sheet.counting.endswith("(−15): 90 min count. Hours go down to whole steps of 30 min.")


def test_an_approval_stands_on_the_sheet_and_where_there_is_none_its_lines_stay_empty() -> None:
    """Nobody's name by mistake."""
    given, none = _sheet(), _sheet(approval=None)
    assert (given.approved_by, given.approved_at, given.version) == ("Ruth", datetime(2023, 12, 7, tzinfo=UTC), 3)
    assert (none.approved_by, none.approved_at, none.version) == ("", None, 1)


def test_everybody_who_made_a_mark_has_a_row() -> None:
    """Who only signed out too, since a clerk must see it; who was expected and never came has none."""
    sheet = _sheet(_in("ada"), _out("ada"), _out("ben"), expected="ada ben cy")
    assert [(row.person.id, len(row.stays)) for row in sheet.rows] == [("ada", 1), ("ben", 0)]


def test_a_row_says_when_by_what_means_and_what_it_gives() -> None:
    """The weakest means first; who signed in on paper and never out has an open stay."""
    sheet = _sheet(
        _in("ada", "16:40"), _out("ada", means="facilitator"), _in("cy", means="paper"),
        entry("r", "request", person="ada", hundredths=100, reason="enough"), expected="ada cy",
    )  # fmt: skip
    ada, cy = sheet.rows
    came, left = datetime(2023, 12, 6, 16, 40, tzinfo=UTC), datetime(2023, 12, 6, 18, 15, tzinfo=UTC)
    assert (ada.stays, ada.signed_at, ada.means) == (((came, left),), came, ("facilitator", "own-phone"))
    assert ada.line is not None
    assert (ada.line.minutes, ada.requested, ada.hundredths) == (80, 100, 100)
    assert "signed in at 8:40: 10 min missed" in ada.note
    assert "break" not in ada.note.lower()
    assert (cy.means, cy.stays[0][1], cy.requested, cy.hundredths) == (("paper",), None, None, None)


@pytest.mark.parametrize(
    "entries, signature, strokes",
    [
        ([], "", ""),
        ([entry("g", "signature", person="ada", typed="Ada Adams")], "Ada Adams", ""),
        ([entry("g", "signature", person="ada", strokes="1.1-2.2")], "drawn on the phone", "1.1-2.2"),
        ([entry("g", "signature", person="ben", typed="Ben")], "", ""),
        ([entry("i", "sign-in", person="ada", at="16:20", initial=True)], "A.A.", ""),
        ([entry("o", "sign-out", person="ada", at="18:20", initial=True)], "", ""),
    ],
)
def test_a_signature_is_what_was_given_at_the_door(entries: list[Entry], signature: str, strokes: str) -> None:
    """Typed, drawn, or initials where the offering was signed before; nothing of anybody else's, and else a line for ink."""
    row = _row(*entries)
    assert (row.signature, row.strokes) == (signature, strokes)


def test_walk_ins_are_named_and_what_is_not_known_of_them() -> None:
    """Without an e-mail the office can't write to them."""
    told = _told(_sheet(_in("ada"), _out("ada"), _in("ben"), _out("ben"), _in("cy"), _out("cy")))
    assert ("Brown, Ben", "Walk-in: was on no list, without an e-mail.") in told
    assert ("Cole, Cy", "Walk-in: was on no list.") in told
    assert not [name for name, _ in told if name == "Adams, Ada"]


def test_what_somebody_decided_or_must_decide_is_named() -> None:
    """A missing sign-out is; that lunch does not count is not."""
    told = _told(_sheet(_in("ada"), _out("ada"), _in("ben"), expected="ada ben"))
    assert [name for name, _ in told] == ["Brown, Ben"]
    assert all(sentence[0].isupper() and sentence.endswith(".") for _, sentence in told)


def test_one_sentence_about_many_is_said_once() -> None:
    """A whole group signed out by one reason leaves room for what is odd; in each row the sentence stands as ever."""
    crowd = {f"p{number}": Person(f"p{number}", f"Person{number}") for number in range(MANY)}
    for many in (MANY, MANY - 1):
        fewer = dict(list(crowd.items())[:many])
        marks = [
            mark
            for one in fewer
            for mark in (_in(one), _out(one, means="facilitator", closed_by_hand=True, reason="the end"))
        ]
        sheet = _sheet(*marks, expected=" ".join(fewer), people=fewer)
        said = "Sign-out 10:15 set by hand by door: the end."
        assert all(said[1:].rstrip(".") in row.note for row in sheet.rows)
        together = [(f"{MANY} people", f"{said} It stands in the row of each.")]
        assert _told(sheet) == (together if many == MANY else [(one.name, said) for one in fewer.values()])


def test_doubts_stay_on_the_sheet_until_somebody_accepts_them() -> None:
    """One of a person under their name, one of nobody under the event."""
    flags = [
        entry("f1", "flag", person="ada", code="x", text="two phones", about=[]),
        entry("f2", "flag", code="x", text="a second door", about=[]),
        entry("f3", "flag", code="x", text="settled", about=[]),
        entry("d1", "flag-decided", flag="f2", accepted=False, reason="no"),
        entry("d2", "flag-decided", flag="f3", accepted=True, reason="yes"),
    ]
    assert set(_told(_sheet(_in("ada"), _out("ada"), *flags))) == {
        ("Adams, Ada", "Two phones (nobody decided yet)."),
        ("Event", "A second door (not accepted)."),
    }


@pytest.mark.parametrize(
    "count, said",
    [(None, []), (1, []), (2, [("Event", "2 heads were counted in the room at 09:00, signed in then: 1.")])],
)
def test_heads_that_are_not_the_names_are_said(count: int | None, said: list[tuple[str, str]]) -> None:
    """Where nobody counted there is nothing to say."""
    counted = [] if count is None else [entry("h", "head-count", count=count)]
    assert _told(_sheet(_in("ada"), _out("ada"), *counted)) == said


@pytest.mark.parametrize(
    "changed, said",
    [(0, []), (1, ["1 change after the approval: not covered by it."]), (2, ["2 changes after the approval: not covered by it."])],
)  # fmt: skip
def test_changes_after_the_approval_are_said(changed: int, said: list[str]) -> None:
    """Nobody has said of those that they are right."""
    assert [sentence for _, sentence in _told(_sheet(changed=changed))] == said


def test_a_copied_ledger_is_said() -> None:
    """All of it counts, and a clerk should know."""
    assert _told(_sheet(forked=0)) == []
    assert _told(_sheet(forked=4)) == [
        ("Event", "Two copies of one ledger were written to: 4 entries of this event, all counted.")
    ]


def test_the_sheet_of_a_part_says_that_hours_belong_to_the_whole() -> None:
    """And from how many minutes on the session counts as attended."""
    whole = HEAD | {"plan": HEAD["plan"] | {"credit": "all-sessions", "attended_at_least": 75}}
    sheet = _sheet(head=whole)
    assert sheet.hours_note.startswith("Hours are counted over all 2 sessions together")
    assert sheet.counting.endswith("90 min count. Attended from 68 min (75 %).")
