"""Whatever keys are pressed, in whatever order: a stamped line stays, and a half-typed one is still there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from plfacilitate.core.entry import Draft, Entry, content_of, utc_text
from plfacilitate.core.protocol import Protocol
from plfacilitate.core.visiting.fold import VisitFold
from plfacilitate.front.desk.observing.modes import Answering, Mode, Words, Writing
from plfacilitate.front.desk.observing.notebook import Notebook
from plfacilitate.front.desk.observing.sitting import Pen, Sitting
from plfacilitate.steps import observe
from plfacilitate.steps.capture import Hand, undo
from tests.core.test_observation import TALK
from tests.front.desk.observing import ROOM
from tests.played import Chance

NINE = datetime(2023, 12, 6, 9, 0, tzinfo=UTC)
LETTERS = [*"retsngwbhap12y-@#/? xk"]
KEYS = [
    "tab",
    "shift+tab",
    "enter",
    "escape",
    "backspace",
    "delete",
    "f6",
    "f2",
    "left",
    "right",
    "down",
    "ctrl+z",
    "ctrl+y",
]


@dataclass
class Table:
    """A ledger of its own, an observer, and the field in front of them, in which the cursor is always at the end."""

    now: datetime = NINE
    entries: list[Entry] = field(default_factory=list)
    protocol: Protocol = ROOM

    def __post_init__(self) -> None:
        """The observation begins."""
        self.hand = Hand("f", "facilitator", lambda: self.now, Chance())
        begun = observe.begin(self.hand, "e", self.protocol, observer="Ada")
        self.observation = begun.id
        self.write([begun])
        self.sitting = self.sit()

    def sit(self, kept: dict[str, str] | None = None) -> Sitting:
        """Somebody sits down."""
        return Sitting(Notebook(self.fold, self.observation, self.hand), Pen(self.send, self.back, self.again), kept)

    @property
    def fold(self) -> VisitFold:
        """What is durable, read anew."""
        found = VisitFold("e")
        found.apply(self.entries)
        return found

    def write(self, drafts: Sequence[Draft]) -> list[Entry]:
        """They are durable."""
        new = []
        for draft in drafts:
            at, number = utc_text(draft.happened_at), len(self.entries) + 1
            new.append(
                Entry(number, draft.id, "d", number, at, draft.event, draft.kind, None, draft.by, draft.means, at,
                      draft.replaces, content_of(draft, at))
            )  # fmt: skip
            self.entries.append(new[-1])
        return new

    def send(self, drafts: Sequence[Draft]) -> None:
        """Notes come."""
        self.write(drafts)
        self.sitting.kept([draft.id for draft in drafts])

    def back(self) -> None:
        """The newest is taken back."""
        newest = self.fold.newest(self.observation)
        self.sitting.taken_back(self.write([undo(self.hand, newest)]) if newest is not None else [], "")

    def again(self, taken: Entry) -> None:
        """It counts again."""
        self.sitting.given_again(self.write([undo(self.hand, taken)]))

    def press(self, key: str) -> None:
        """A key, as the field deals with it."""
        sitting, letter = self.sitting, key if len(key) == 1 else ""
        text = sitting.text
        if not sitting.press(key, letter, text):
            sitting.typed(text + letter if letter else text[:-1] if key == "backspace" else text)
        elif sitting.insert:
            sitting.typed(sitting.text + sitting.insert)

    def half(self) -> str:
        """The half-typed line, wherever it waits."""
        return self.sitting.draft["text"]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([*LETTERS, *KEYS]), max_size=60), st.integers(0, 3000))
def test_no_sequence_of_keys_loses_a_stamped_line_or_the_half_typed_one(keys: list[str], pace: int) -> None:
    """Lines only go by undo; a half-typed one only by Enter, and then it is a line; the ledger has what the screen has."""
    table = Table()
    for key in keys:
        table.now += timedelta(milliseconds=pace)
        sitting = table.sitting
        lines, half = [line.text for line in sitting.book.seen.lines], table.half()
        writes = isinstance(sitting.mode, Writing) and sitting.rewording is None
        table.press(key)
        after = [line.text for line in sitting.book.seen.lines]
        if writes and key == "enter" and half.strip():
            assert after == [*lines, half.strip()]
            assert table.half() == ""
        elif key not in ("ctrl+z", "ctrl+y"):
            assert len(after) == len(lines)
            assert writes or table.half() == half
            assert not writes or len(key) == 1 or key == "backspace" or table.half() == half
        durable = table.fold.observation(table.observation)
        assert durable == sitting.book.seen
    assert [line.text for line in table.sit(dict(table.sitting.draft)).book.seen.lines] == [
        line.text for line in table.sitting.book.seen.lines
    ]
    assert table.sit(dict(table.sitting.draft)).half.text == table.half()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*LETTERS, *KEYS]), max_size=40))
def test_escape_leads_out_of_every_mode(keys: list[str]) -> None:
    """Three times at most, and one types again; the half-typed line is in the field."""
    table = Table()
    for key in keys:
        table.press(key)
    for _ in range(3):
        if not isinstance(table.sitting.mode, Writing) or table.sitting.rewording is not None:
            table.press("escape")
    assert isinstance(table.sitting.mode, Writing)
    assert table.sitting.text == table.half()


@given(st.lists(st.sampled_from([*LETTERS, "enter", "tab"]), max_size=30))
def test_undo_leads_back_to_the_beginning_and_redo_to_the_end(keys: list[str]) -> None:
    """As often as something was noted, and not once more."""
    table = Table()
    for key in keys:
        table.now += timedelta(seconds=2)
        table.press(key)
    while not isinstance(table.sitting.mode, Writing):
        table.press("escape")
    end = table.sitting.book.seen
    written = len(table.entries)
    for _ in range(written + 1):
        table.press("ctrl+z")
    assert table.sitting.book.seen.lines == ()
    assert all(table.sitting.book.seen.of(part.id).answer is None for part in ROOM.parts)
    assert table.sitting.book.seen.open_states == ()
    for _ in range(written + 1):
        table.press("ctrl+y")
    assert table.sitting.book.seen == end


def test_words_and_answers_of_an_item_are_no_line() -> None:
    """Letters typed into an item's words are the item's; the line that waits gets none of them."""
    table = Table()
    for key in ["x", "tab", table.sitting.letters["task"], "k", "k"]:
        table.press(key)
    assert type(table.sitting.mode) is Words
    assert (table.half(), table.sitting.text) == ("x", "kk")
    for key in ["enter", "tab", "g"]:
        table.press(key)
    mode: Mode = table.sitting.mode
    assert isinstance(mode, Answering)
    assert (table.half(), table.sitting.text) == ("x", "x")


def test_once_it_has_ended_answers_still_come_and_marks_do_not() -> None:
    """A tap or a stopwatch after the lesson would be of no moment of it; a rating from memory is one."""
    table = Table()
    letters = {item.kind: table.sitting.letters[item.id] for item in ROOM.items}
    table.sitting.end()
    for kind in ("tally", "state"):
        for key in ("tab", letters[kind]):
            table.press(key)
        assert "has ended" in table.sitting.said
        table.press("escape")
    assert len(table.entries) == 2
    for key in ("tab", letters["rating"], "1"):
        table.press(key)
    assert len(table.entries) == 3


def test_another_level_leaves_the_words_of_an_answer() -> None:
    """In a talk both are one answer; what was written on the form stays beside the level that is put right here."""
    table = Table(protocol=TALK)
    table.write([observe.note(table.hand, table.sitting.book.seen, "bell", 2, words="moved")])
    table.sitting = table.sit()
    for key in ("tab", table.sitting.letters["bell"], "1"):
        table.press(key)
    answer = table.sitting.book.seen.of("bell").answer
    assert answer is not None
    assert (answer.value, answer.note) == (1, "moved")
