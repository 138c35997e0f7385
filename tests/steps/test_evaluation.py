"""Counting the ballots: one entry, nobody's answers side by side, and again after a stop in the middle."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from plfacilitate.core.plan import Question
from plfacilitate.core.shapes import misshapen
from plfacilitate.steps import evaluation
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.evaluation import STATE, Ballot, count_ballots, questions, summary
from plfacilitate.steps.events import read_event
from plfacilitate.store.ballots import box_of, cast_ballot
from plfacilitate.store.ledger import Ledger
from tests.front.door.day import prepare, surroundings
from tests.played import Chance, Clock

ASKED = (Question("a", "scale", "?", steps=3), Question("b", "choice", "?", ("x", "y")), Question("c", "text", "?"))


def test_counts_and_sorted_comments() -> None:
    """Whoever said what can't be told from it."""
    ballots: list[Ballot] = [{"a": 1, "c": "z"}, {"a": 3, "b": 2, "c": "a"}, {"b": 2}, {}, {"a": 3}]
    body = summary(ASKED, ballots)
    assert body["ballots"] == 5
    assert [one.get("counts", one.get("comments")) for one in body["questions"]] == [
        {"1": 1, "2": 0, "3": 2}, {"x": 0, "y": 2}, ["a", "z"],
    ]  # fmt: skip
    assert misshapen("evaluation-summary", None, "e", body) is None


def test_fewer_than_five_are_not_summarised() -> None:
    """Their number alone is said."""
    assert summary(ASKED, [{"a": 1}] * 4) == {"ballots": 4, "questions": []}


@pytest.fixture
def ledger(tmp_path: Path, clock: Clock) -> Ledger:
    """An open event's ledger."""
    around = surroundings(tmp_path, clock, Chance())
    prepare(around)
    return around.open_ledger()


def _event(ledger: Ledger) -> str:
    return str(next(iter(ledger.entries(kinds=("event-opened",)))).event)


def test_stopped_in_the_middle_it_is_still_one_entry(
    ledger: Ledger, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The entry was written and the box not yet emptied: the second time only empties it."""
    event = _event(ledger)
    box, hand = box_of(ledger.path), Hand("f", "facilitator", clock, Chance())
    for n in range(6):
        cast_ballot(box, event, f"{n:032x}", {"state-suggestions": f"comment {n}"})

    def stops(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(evaluation, "empty", stops)
        with pytest.raises(KeyboardInterrupt):
            count_ballots(ledger, hand, read_event(ledger, event))
    assert count_ballots(ledger, hand, read_event(ledger, event))
    assert not count_ballots(ledger, hand, read_event(ledger, event))
    assert len(list(ledger.entries(event=event, kinds=("evaluation-summary",)))) == 1
    assert not box.exists()
    ledger.close()


def test_nobody_can_be_linked_to_an_answer(ledger: Ledger, clock: Clock) -> None:
    """Of a finished ledger and everything beside it: no order, no time, no id leads from a person to an answer."""
    event = _event(ledger)
    hand = Hand("f", "facilitator", clock, Chance())
    people = [f"person-{n}" for n in range(8)]
    numbers = [sha256(person.encode()).hexdigest()[:32] for person in people]
    for n, person in enumerate(people):
        ledger.append_one(hand.draft("sign-in", event=event, person=person))
        ledger.append_one(hand.draft("sign-out", event=event, person=person))
        cast_ballot(box_of(ledger.path), event, numbers[n], {"state-suggestions": f"{'hgfedcba'[n]} said"})
    office = {**read_event(ledger, event).office, "evaluation": "door"}
    opened = next(iter(ledger.entries(event=event, kinds=("event-opened",))))
    ledger.append_one(
        hand.draft("event-opened", event=event, body={**opened.body, "office": office}, replaces=[opened.id])
    )
    count_ballots(ledger, hand, read_event(ledger, event))
    (entry,) = ledger.entries(event=event, kinds=("evaluation-summary",))
    assert entry.person is None
    (comments,) = [one["comments"] for one in entry.body["questions"] if one["kind"] == "text"]
    assert comments == sorted(comments)  # not the order of the sign-outs, which was the other way round
    path = ledger.path
    ledger.close()
    everything = b"".join(file.read_bytes() for file in path.parent.rglob("*") if file.is_file())
    for number in numbers:
        assert number.encode() not in everything
        assert bytes.fromhex(number) not in everything


def test_the_state_s_questions_come_where_the_office_leaves_them_to_the_door(ledger: Ledger) -> None:
    """Psesd asks by its own platform: then there are none of them."""
    event = read_event(ledger, _event(ledger))
    assert event.office["evaluation"] == "provider"
    assert not [one for one in questions(event) if one in STATE]
    ledger.close()
