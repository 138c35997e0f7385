"""What happens in the room, as entries: each action in one append, each taken back whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from plfacilitate.core.refusal import Refused
from plfacilitate.steps import capture
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.events import read_fold
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.search import catch_up, people
from tests.laptops import Laptop
from tests.played import Clock


class Room:
    """An open event with three people in it."""

    def __init__(self, laptop: Laptop) -> None:
        self.event = laptop.opened()
        self.ledger: Ledger = laptop.ledger()
        self.hand = Hand("Ada", "facilitator", laptop.played, laptop.chance)
        self.start = read_fold(self.ledger, self.event).event
        catch_up(self.ledger.connection)
        self.who = [one.id for one in people(self.ledger.connection)[:3]]

    def at(self, minutes: int) -> datetime:
        """So many minutes after the start."""
        assert self.start is not None
        return self.start.starts_at + timedelta(minutes=minutes)

    def come(self, *minutes: int) -> None:
        """The first comes at the first of these, and so on."""
        self.ledger.append(
            [
                capture.sign_in(self.hand, self.event, who, at=self.at(minute))
                for who, minute in zip(self.who, minutes, strict=False)
            ]
        )

    def inside(self) -> list[bool]:
        """Who is in."""
        fold = read_fold(self.ledger, self.event)
        return [fold.presence(who).is_in for who in self.who]


@pytest.fixture
def room(laptop: Laptop) -> Iterator[Room]:
    """Nobody in yet."""
    made = Room(laptop)
    yield made
    made.ledger.close()


def test_everyone_out_spares_the_exceptions_and_who_came_later(room: Room) -> None:
    """One reason, one group, marked as set by hand."""
    room.come(0, 0, 60)
    fold = read_fold(room.ledger, room.event)
    drafts = capture.everyone_out(room.hand, fold, at=room.at(30), reason=" seen ", but=[room.who[1]])
    (entry,) = capture.written(room.ledger.append(drafts))
    assert entry.person == room.who[0]
    assert (entry.body["reason"], entry.body["closed_by_hand"]) == ("seen", True)
    assert entry.body["group"]
    assert room.inside() == [False, True, True]


def test_one_undo_takes_the_whole_group_back(room: Room) -> None:
    """And an undo of the undo brings it again."""
    room.come(0, 0, 0)
    fold = read_fold(room.ledger, room.event)
    written = capture.written(room.ledger.append(capture.everyone_out(room.hand, fold, at=room.at(30), reason="seen")))
    undone = capture.take_back(room.ledger, room.hand, written)
    assert room.inside() == [True, True, True]
    capture.take_back(room.ledger, room.hand, undone)
    assert room.inside() == [False, False, False]


def test_a_walk_in_with_a_mail_is_the_person_of_the_list(room: Room) -> None:
    """Without one they are somebody new, even of the same name."""
    fields = {"last_name": " Alvarez ", "first_name": "Maria", "email": "MARIA.alvarez@renton.example.org"}
    known, drafts = capture.walk_in(room.hand, room.event, fields)
    assert known in {one.id for one in people(room.ledger.connection)}
    assert drafts[0].body == {"fields": {**fields, "last_name": "Alvarez"}, "walk_in": True}
    first, _ = capture.walk_in(room.hand, room.event, {"last_name": "Alvarez"})
    second, _ = capture.walk_in(room.hand, room.event, {"last_name": "Alvarez"})
    assert len({known, first, second}) == 3
    with pytest.raises(Refused, match="A name is needed"):
        capture.walk_in(room.hand, room.event, {"last_name": "  ", "first_name": "Maria"})


def test_a_sign_out_before_the_sign_in_is_refused(room: Room) -> None:
    """And one of a person who never came."""
    room.come(30)
    fold = read_fold(room.ledger, room.event)
    for who, minute in ((room.who[0], 0), (room.who[1], 60)):
        with pytest.raises(Refused) as no:
            capture.check_sign_out(fold, who, "Somebody", room.at(minute))
        assert no.value.refusal.code == "before-sign-in"
    capture.check_sign_out(fold, room.who[0], "Somebody", room.at(60))


def test_a_correction_needs_a_reason(room: Room) -> None:
    """Blanks are none."""
    room.come(0)
    (mark,) = read_fold(room.ledger, room.event).marks(room.who[0])
    with pytest.raises(Refused, match="needs a reason"):
        capture.correct_mark(room.hand, room.event, room.who[0], mark, at=room.at(5), reason=" \t")


def test_written_says_the_first_no(room: Room) -> None:
    """An action that was refused in part is not told as done."""
    good = capture.sign_in(room.hand, room.event, room.who[0])
    bad = room.hand.draft("sign-in", event=room.event, body={})
    with pytest.raises(Refused) as no:
        capture.written(room.ledger.append([good, bad]))
    assert no.value.refusal.code == "entry-misshapen"


def test_a_note_and_a_problem_are_found_and_travel(room: Room, laptop: Laptop, clock: Clock) -> None:
    """With the segment that ran."""
    clock.set("2023-12-06T09:00:00-08:00")
    laptop.do("note", "The consultancy needs ten minutes more.", "--event", room.event, "--tag", "decision")
    problem = {"owner": "Ana", "problem": "Choosing is unfair.", "how_might_we": "How might we?", "ideas": ["Rotate"]}
    room.ledger.append_one(capture.popup(room.hand, room.event, problem))
    (note,) = laptop.json("search", "consultancy")["texts"]
    assert note["kind"] == "note"
    assert "Personalized learning and racial equity" in note["text"]
    assert [one["kind"] for one in laptop.json("search", "rotate")["texts"]] == ["popup"]
