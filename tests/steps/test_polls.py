"""Polls written down: counted once, in whatever moment they were stopped, one at a time, and with no trace in the box."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plfacilitate.core.entry import Entry
from plfacilitate.core.evaluation import Given
from plfacilitate.core.plan import Plan, Question, ReadyPoll
from plfacilitate.core.polls.asking import MOST_CHOICES, choices_of, kind_of, question_of
from plfacilitate.core.polls.fold import PollFold
from plfacilitate.core.polls.picture import Poll, PollPicture
from plfacilitate.core.refusal import Refused
from plfacilitate.steps import polls as steps
from plfacilitate.steps.capture import Hand, undo
from plfacilitate.steps.events import Schedule, close_event, open_event, read_event, schedule_event
from plfacilitate.steps.review_rounds import still_asked
from plfacilitate.steps.rounds import check_may_take_back
from plfacilitate.steps.unname import take_names_out
from plfacilitate.store import ballots
from plfacilitate.store.ballots import Ballot, box_of, cast_ballots, draw, lying, peek
from plfacilitate.store.ledger import Ledger
from tests.conftest import ROOT
from tests.front.door.day import OFFICE, plan, surroundings
from tests.played import Chance, Clock

PACE = ReadyPoll("pace", "Pace", (Question("q1", "choice", "How is the pace?", ("slow", "right", "fast")),))
TICKET = ReadyPoll(
    "ticket",
    "Before you go",
    (
        Question("clear", "scale", "How clear was it?"),
        Question("took", "several", "What do you take along?", ("a plan", "a doubt", "a partner")),
        Question("word", "text", "One word"),
    ),
    exit=True,
)


class Room:
    """One laptop with an open event."""

    def __init__(self, folder: Path, of: Plan | None = None) -> None:
        of = of or plan()
        around = surroundings(folder, Clock(datetime(2023, 12, 6, 20, 0, tzinfo=UTC)), Chance())
        self.ledger: Ledger = around.open_ledger()
        self.hand = Hand("facilitator", "facilitator", around.clock, around.chance)
        self.event = schedule_event(
            self.ledger, self.hand, of, OFFICE, Schedule("s1", date(2023, 12, 6), "UTC", "Here")
        )
        open_event(self.ledger, self.hand, read_event(self.ledger, self.event), of, OFFICE)

    def open(self, asked: ReadyPoll) -> Poll:
        """Phones are asked."""
        event = read_event(self.ledger, self.event)
        entry = self.ledger.append_one(steps.open_poll(self.hand, event, self.picture, asked))
        return self.poll(entry.id)

    @property
    def picture(self) -> PollPicture:
        """All polls."""
        return steps.read_polls(self.ledger, self.event).picture()

    def poll(self, poll: str) -> Poll:
        """One poll as it stands."""
        found = self.picture.poll(poll)
        assert found is not None
        return found

    def put(self, poll: Poll, key: str, **answers: Given) -> bool:
        """A ballot from a phone."""
        return cast_ballots(box_of(self.ledger.path), [Ballot(poll.id, key, answers, again=True)]) == ["in"]

    def close(self, poll: Poll) -> Poll:
        """Nobody is asked any more."""
        steps.close_poll(self.ledger, self.hand, self.event, poll)
        return self.poll(poll.id)


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """An open event."""
    return Room(tmp_path)


def test_a_poll_is_counted_once_and_leaves_no_trace(room: Room) -> None:
    """Counts by option, the box file gone, no key and no person in the entry."""
    poll = room.open(PACE)
    assert room.put(poll, "k1", q1=2)
    assert room.put(poll, "k2", q1=3)
    assert room.put(poll, "k1", q1=3)
    over = room.close(poll)
    (found,) = over.results()
    assert found.counts == (("slow", 0), ("right", 0), ("fast", 2))
    assert (over.ballots, over.open, over.came()) == (2, False, 2)
    assert not box_of(room.ledger.path).exists() or lying(box_of(room.ledger.path), [poll.id]) == {}
    (entry,) = room.ledger.entries(event=room.event, kinds=("poll-closed",))
    assert entry.person is None
    assert "k1" not in str(entry.content)


def test_each_kind_of_question_is_counted_its_own_way(room: Room) -> None:
    """Steps and options by their numbers, of several options people and taps apart, texts sorted."""
    poll = room.open(TICKET)
    room.put(poll, "b", clear=5, took=[1, 3], word="zest")
    room.put(poll, "a", clear=4, took=[1], word="Air <b>")
    clear, took, word = room.close(poll).results()
    assert dict(clear.counts) == {"1": 0, "2": 0, "3": 0, "4": 1, "5": 1}
    assert (dict(took.counts), took.given) == ({"a plan": 2, "a doubt": 0, "a partner": 1}, 2)
    assert word.comments == ("Air <b>", "zest")


def test_it_is_seen_as_it_comes_and_nothing_is_taken(room: Room) -> None:
    """A look into the box counts, and the close counts the same again."""
    poll = room.open(PACE)
    room.put(poll, "k1", q1=1)
    box = peek(box_of(room.ledger.path), [poll.id])[poll.id]
    assert poll.results(box)[0].counts[0] == ("slow", 1)
    assert room.close(poll).results()[0].counts[0] == ("slow", 1)


def test_after_the_close_nothing_is_taken(room: Room) -> None:
    """The box is shut for it, and a second close is refused."""
    poll = room.open(PACE)
    over = room.close(poll)
    assert not room.put(poll, "late", q1=1)
    assert (over.ballots, over.results()[0].given) == (0, 0)
    with pytest.raises(Refused) as no:
        room.close(over)
    assert no.value.refusal.code == "poll-over"


@pytest.mark.parametrize("step", ["shut", "draw", "answers", "empty"])
def test_stopped_in_the_middle_of_closing_it_is_counted_once(
    room: Room, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Killed at any moment of the close: done again, each ballot counts once."""
    poll = room.open(PACE)
    for number in range(6):
        room.put(poll, f"k{number}", q1=1 + number % 3)
    with monkeypatch.context() as patch:

        def stop(*_: object) -> None:
            raise KeyboardInterrupt

        patch.setattr(f"plfacilitate.steps.rounds.{step}", stop)
        with pytest.raises(KeyboardInterrupt):
            room.close(poll)
    steps.close_polls(room.ledger, room.hand, room.event)
    over = room.poll(poll.id)
    assert (over.ballots, [many for _, many in over.results()[0].counts]) == (6, [2, 2, 2])
    assert draw(box_of(room.ledger.path), poll.id) == ()


@settings(max_examples=25, deadline=None)
@given(
    sent=st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(1, 3)), max_size=12),
    twice=st.booleans(),
)
def test_whatever_the_order_and_however_often_a_phone_counts_once(
    tmp_path_factory: pytest.TempPathFactory, sent: list[tuple[str, int]], twice: bool
) -> None:
    """The last word of each number counts, resent or not; the order of the phones changes nothing."""
    box = tmp_path_factory.mktemp("box") / "ballots.db"
    for key, option in sent:
        for _ in range(1 + twice):
            cast_ballots(box, [Ballot("p", key, {"q1": option}, again=True)])
    last = dict(sent)
    found = peek(box, ["p"])["p"]
    assert [one["q1"] for one in found] == [last[key] for key in sorted(last)]
    assert ballots.lying(box, ["p"]) == ({"p": len(last)} if last else {})


def test_one_at_a_time(room: Room) -> None:
    """A second poll is refused while one is open, by its name; afterwards it may."""
    poll = room.open(PACE)
    with pytest.raises(Refused, match="Pace"):
        room.open(TICKET)
    room.close(poll)
    assert room.open(TICKET).exit


@pytest.mark.parametrize(
    "asked, code",
    [
        ((), "poll-empty"),
        ((Question("a", "text", "  "),), "poll-empty"),
        ((Question("a", "choice", "Which?"),), "poll-choices"),
        ((Question("a", "several", "Which?", tuple(map(str, range(40)))),), "poll-choices"),
        ((Question("a", "choice", "Which?", ("x" * 5_000, "y")),), "poll-long"),
        ((Question("a", "text", "x" * 5_000),), "poll-long"),
        (tuple(Question(f"q{n}", "text", "?") for n in range(6)), "poll-many"),
    ],
)
def test_what_no_phone_can_be_asked(room: Room, asked: tuple[Question, ...], code: str) -> None:
    """Nothing, nothing to choose from, forty choices, too long, too many."""
    with pytest.raises(Refused) as no:
        room.open(ReadyPoll("", "", asked))
    assert no.value.refusal.code == code
    assert room.picture.polls == ()


def test_the_end_of_the_event_closes_it(room: Room) -> None:
    """Left open, it is counted with the event; then nothing can be opened."""
    poll = room.open(PACE)
    room.put(poll, "k", q1=2)
    close_event(room.ledger, room.hand, read_event(room.ledger, room.event))
    assert (room.poll(poll.id).open, room.poll(poll.id).ballots) == (False, 1)
    with pytest.raises(Refused) as no:
        room.open(PACE)
    assert no.value.refusal.code == "event-closed"


def test_with_names_the_last_word_of_each_counts(room: Room) -> None:
    """Named answers are entries; they can be erased, and nothing lies in the box."""
    poll = room.open(replace(PACE, names=True))
    for person, option in (("p1", 1), ("p2", 2), ("p1", 3)):
        room.ledger.append_one(steps.answer(room.hand, room.event, poll, person, f"Name {person}", {"q1": option}))
    now = room.poll(poll.id)
    assert [(one.who, one.answers["q1"]) for one in now.said] == [("Name p1", 3), ("Name p2", 2)]
    assert [many for _, many in now.results()[0].counts] == [0, 1, 1]
    theirs = [entry.id for entry in room.ledger.entries(person="p1")]
    room.ledger.erase(theirs, reason="asked", by="me")
    over = room.close(room.poll(poll.id))
    assert (over.came(), [many for _, many in over.results()[0].counts]) == (1, [0, 1, 0])


def test_an_opened_poll_is_taken_back_only_while_nobody_has_answered(room: Room) -> None:
    """Else what lies in the box would be lost; undone it is gone, done again it is back."""
    poll = room.open(PACE)
    (begun,) = room.ledger.entries(event=room.event, kinds=("poll-opened",))
    check_may_take_back(room.ledger, [begun])
    first = room.ledger.append_one(undo(room.hand, begun))
    assert room.picture.polls == ()
    room.ledger.append_one(undo(room.hand, first))
    room.put(poll, "k", q1=1)
    with pytest.raises(Refused) as no:
        check_may_take_back(room.ledger, [begun])
    assert no.value.refusal.code == "popup-given"


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_any_order_of_entries_gives_the_same_picture(taken: list[Entry], random: Random) -> None:
    """Entries shuffled, some twice, in any portions."""
    many = list(taken)
    random.shuffle(many)
    fold, other = (PollFold(str(many[0].event)) for _ in range(2))
    for at in range(0, len(many), 3):
        fold.apply(many[max(0, at - 1) : at + 3])
        fold.picture()
    other.apply(taken)
    assert fold.picture() == other.picture()
    assert len(other.picture().polls) == 2


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> list[Entry]:
    """The entries of a day with two polls, one of them named, shown, closed, and an undone third."""
    room = Room(tmp_path_factory.mktemp("day"))
    first = room.open(PACE)
    room.put(first, "k", q1=1)
    room.ledger.append_one(steps.show(room.hand, room.event, first, counts=True, texts=False))
    room.close(first)
    gone = room.open(TICKET)
    room.ledger.append_one(undo(room.hand, next(iter(room.ledger.entries(event=room.event, kinds=("poll-opened",))))))
    (last,) = room.ledger.entries(event=room.event, kinds=("undo",))
    room.ledger.append_one(undo(room.hand, last))
    room.close(gone)
    named = room.open(replace(PACE, names=True))
    room.ledger.append_one(steps.answer(room.hand, room.event, named, "p1", "Ana", {"q1": 1}))
    room.ledger.append_one(undo(room.hand, next(e for e in room.ledger.entries(event=room.event) if e.id == named.id)))
    return list(room.ledger.entries(event=room.event))


@pytest.mark.parametrize(
    "line, kind, ask, options",
    [
        ("How is the pace? slow / right", "choice", "How is the pace?", ("slow", "right")),
        ("What do you take? * a plan / a doubt", "several", "What do you take?", ("a plan", "a doubt")),
        ("How clear? 1-7", "scale", "How clear?", ()),
        ("What will you try on Monday?", "text", "What will you try on Monday?", ()),
        ("One word", "text", "One word", ()),
        ("Why? Because of a thing", "text", "Why? Because of a thing", ()),
    ],
)
def test_a_question_in_one_line(line: str, kind: str, ask: str, options: tuple[str, ...]) -> None:
    """What stands behind the question mark says how it is answered."""
    one = question_of(line, 1)
    assert (one.kind, one.ask, one.options) == (kind, ask, options)
    assert one.kind != "scale" or one.steps == 7


def test_the_exit_ticket_of_the_docs_can_be_typed() -> None:
    """As `docs/polls.md` shows it, line by line."""
    (example,) = re.findall(r"```text\n(.*?)```", (ROOT / "docs" / "polls.md").read_text("utf-8"), re.DOTALL)
    asked = [question_of(line, at) for at, line in enumerate(example.splitlines(), start=1)]
    assert [(one.kind, len(one.options)) for one in asked] == [("scale", 0), ("several", 3), ("choice", 2), ("text", 0)]


def test_a_typed_kind_and_typed_choices() -> None:
    """A word or its first letter; nothing = by the choices; an unknown word is none. Choices each once."""
    assert [kind_of(word, ()) for word in ("", "o", "Several", "1-5", "t", "zebra")] == [
        "text", "choice", "several", "scale", "text", None,
    ]  # fmt: skip
    assert kind_of("", ("a",)) == "choice"
    assert choices_of("yes / no\nno / \n perhaps") == ("yes", "no", "perhaps")
    assert MOST_CHOICES == 10


def test_a_snapshot_holds_what_was_asked(room: Room) -> None:
    """The question of the entry is the question of the plan, and a poll is read again as it was written."""
    poll = room.open(TICKET)
    assert poll.questions == TICKET.questions
    (entry,) = room.ledger.entries(event=room.event, kinds=("poll-opened",))
    assert "said" not in json.dumps(dict(entry.body))


def test_names_are_taken_out_of_what_was_asked_and_answered(room: Room, tmp_path: Path) -> None:
    """Question, choice and texts say it without the name, counts and who answered stay, and nothing of it is left."""
    named = ReadyPoll(
        "who",
        "",
        (Question("q1", "choice", "Did Zebedee speak?", ("Zebedee did", "no")), Question("q2", "text", "Why?")),
    )
    over = room.open(named)
    room.put(over, "a", q1=1, q2="Zebedee was asked")
    room.put(over, "b", q1=1)
    room.close(over)
    said = room.open(replace(named, names=True))
    answers: dict[str, Given] = {"q1": 2, "q2": "Zebedee slept"}
    room.ledger.append_one(steps.answer(room.hand, room.event, said, "p1", "Ana Ruiz", answers))
    workspace = surroundings(tmp_path, room.hand.clock, Chance()).workspace
    take_names_out(room.ledger, workspace, room.hand, room.event, {"Zebedee": "a student"})
    first, second = room.picture.polls
    assert (first.id, second.id) == (over.id, said.id)
    choice, why = first.results()
    assert (choice.ask, choice.counts) == ("Did a student speak?", (("a student did", 2), ("no", 0)))
    assert why.comments == ("a student was asked",)
    assert [(one.who, one.answers) for one in second.said] == [("Ana Ruiz", {"q1": 2, "q2": "a student slept"})]
    assert (first.open, second.open) == (False, True)
    assert not any(b"Zebedee" in (entry.content or b"") for entry in room.ledger.entries())


def test_two_laptops_ask_and_close_without_knowing_of_each_other(room: Room) -> None:
    """Two polls may be open then: phones get the newer one, the end closes both, and counts of one poll are added up."""
    first = room.open(PACE)
    body = {"title": "", "questions": [{"id": "q1", "kind": "text", "ask": "One word"}], "exit": False, "hidden": True}
    second = room.ledger.append_one(room.hand.draft("poll-opened", event=room.event, body=body))
    assert room.picture.open == room.poll(second.id)
    room.put(first, "a", q1=1)
    counted = {
        "poll": first.id,
        "ballots": 2,
        "questions": [{"id": "q1", "kind": "choice", "counts": {"1": 1, "3": 1}}],
    }
    room.ledger.append_one(room.hand.draft("poll-closed", event=room.event, body=counted))
    close_event(room.ledger, room.hand, read_event(room.ledger, room.event))
    assert [one.open for one in room.picture.polls] == [False, False]
    assert ([many for _, many in room.poll(first.id).results()[0].counts], room.poll(first.id).came()) == ([2, 0, 1], 3)


def test_what_another_version_wrote_stops_nothing(room: Room) -> None:
    """Answers that are none count for nothing; a question that can't be read, or of a billion steps, is no entry."""
    poll = room.open(replace(PACE, names=True))
    for at, odd in enumerate(("abc", 99, [1, 1, 7], -1)):
        body = {"poll": poll.id, "who": "", "answers": {"q1": odd, "no such": 1}}
        room.ledger.append_one(room.hand.draft("poll-answer", event=room.event, person=f"p{at}", body=body))
    assert [many for _, many in room.poll(poll.id).results()[0].counts] == [1, 0, 0]
    for asked in ([], "x", [{"id": "a"}], [{"id": "a", "kind": "scale", "ask": "?", "steps": 10**9}]):
        with pytest.raises(Refused):
            room.ledger.append_one(room.hand.draft("poll-opened", event=room.event, body={"questions": asked}))


def test_what_phones_are_still_asked_is_named_before_the_doors_close(tmp_path: Path) -> None:
    """By its name while it is open, and no longer once it was counted; a long name keeps to one line."""
    room = Room(tmp_path)
    assert still_asked(room.ledger, room.event) == ()
    poll = room.open(replace(PACE, title="A name\x1b that is much too long for one line of it"))
    (words,) = still_asked(room.ledger, room.event)
    assert words.startswith('"A name')
    assert "\x1b" not in words
    assert len(words) <= 32
    steps.close_poll(room.ledger, room.hand, room.event, poll)
    assert still_asked(room.ledger, room.event) == ()
