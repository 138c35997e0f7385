"""The painter and the reader thread: the same picture whatever the order, and only what changed is made anew."""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Mapping
from functools import partial
from pathlib import Path

from plfacilitate.core.entry import Entry
from plfacilitate.core.people import Person
from plfacilitate.front.desk.lists.board import Board, layout, matches, shortened
from plfacilitate.front.desk.painting.painter import DOUBTS, Painter
from plfacilitate.front.desk.painting.pictures import RoomPicture
from plfacilitate.store import search
from tests.conftest import ROOT
from tests.front.desk.day import Day, crowd


def painter(day: Day) -> Painter:
    """A painter that looks names up in the day's ledger."""

    def names(ids: Collection[str]) -> Mapping[str, Person]:
        return {one.id: one for one in search.people(day.ledger.connection, ids)}

    return Painter(day.event, names)


def whole(day: Day) -> RoomPicture:
    """The room, painted in one go."""
    one = painter(day)
    one.take(day.ledger.entries(event=day.event))
    return one.picture(0)


def test_entry_by_entry_in_any_order_gives_the_same_room(busy: Day) -> None:
    """Rows, counts and doubts don't depend on the order in which entries came, nor on repetition."""
    expected = whole(busy)
    entries = list(busy.ledger.entries(event=busy.event))
    for seed in range(5):
        shuffled: list[Entry] = random.Random(seed).sample(entries * 2, len(entries) * 2)
        one = painter(busy)
        for entry in shuffled:
            one.take([entry])
        assert one.picture(0)._replace(last="") == expected._replace(last="")


def test_unchanged_lines_are_the_same_objects(busy: Day) -> None:
    """A sign-in makes one new line; all the others are reused as they are."""
    one = painter(busy)
    one.take(busy.ledger.entries(event=busy.event))
    before = one.picture(0)
    seen = busy.ledger.head_seq()
    busy.comes(busy.person("Diaz").id, "10:40")
    assert one.take(busy.ledger.entries(since=seen))
    after = one.picture(0)
    changed = [new.name for old, new in zip(before.rows, after.rows, strict=True) if old is not new]
    assert changed == ["Diaz, Rosa"]
    assert after.present == before.present + 1


def test_a_crowd_is_glanced_at_before_it_is_counted(tmp_path: Path) -> None:
    """The first lines are there at once, in the right order and state, marked as not complete."""
    day = crowd(tmp_path, 300, seen=50)
    one = painter(day)
    one.begin(day.ledger.entries(event=day.event))
    glance = one.glance(partial(search.first_people, day.ledger.connection))
    one.finish()
    full = one.picture(0)
    assert not glance.complete
    assert glance.rows == full.rows[:100]
    assert full.complete
    assert (full.present, full.expected, len(full.rows)) == (50, 300, 300)
    assert full == whole(day)


def test_a_walk_in_who_is_undone_leaves_the_board(busy: Day) -> None:
    """Nobody stays on the board who is neither expected nor has a mark that stands."""
    from plfacilitate.steps import capture

    one = painter(busy)
    one.take(busy.ledger.entries(event=busy.event))
    walked = next(row for row in one.picture(0).rows if row.walk_in)
    mark = next(e for e in busy.ledger.entries(event=busy.event, kinds=("sign-in",)) if e.person == walked.person)
    seen = busy.ledger.head_seq()
    busy.ledger.append([capture.undo(busy.hand(), mark)])
    one.take(busy.ledger.entries(since=seen))
    assert walked.person not in {row.person for row in one.picture(0).rows}
    assert one.picture(0).walk_ins == 0


def test_a_name_that_comes_later_takes_its_place(busy: Day) -> None:
    """Somebody whose record was not searchable yet is shown nameless, then in last-name order."""
    known: dict[str, Person] = {}
    one = Painter(busy.event, lambda ids: {key: person for key, person in known.items() if key in ids})
    one.take(busy.ledger.entries(event=busy.event))
    lacking = [one.lacks_names]
    known.update({person.id: person for person in search.people(busy.ledger.connection)})
    one.take(())
    assert [*lacking, one.lacks_names] == [True, False]
    assert one.picture(0).rows == whole(busy).rows
    assert one.picture(0).last == whole(busy).last


def test_two_versions_of_a_time_are_a_doubt(busy: Day) -> None:
    """Two laptops corrected the same sign-in: the line asks for a decision."""
    from plfacilitate.steps import capture
    from plfacilitate.steps.events import read_fold

    person = busy.person("Brown").id
    (mark,) = read_fold(busy.ledger, busy.event).marks(person)
    for minute in ("8:01", "8:02"):
        draft = capture.correct_mark(busy.hand(), busy.event, person, mark, at=busy.moment(minute), reason="heard so")
        busy.ledger.append_one(draft)
    row = whole(busy).row(person)
    assert row is not None
    assert (row.state, row.word) == ("flag", "two versions of a time")


def test_the_filter_forgives_case_and_accents_and_begins_words(busy: Day) -> None:
    """`nun`, `NGUY`, `dim late` find Núñez, Nguyễn and the late one of Dimmitt; the middle of a word does not."""
    rows = whole(busy).rows

    def found(text: str) -> list[str]:
        return [row.name for row in rows if matches(row, text.casefold().split())]

    assert found("nun") == ["Núñez, Sofía"]
    assert found("NGUY") == ["Nguyễn, Lan"]
    assert found("dim late") == ["Chen, Wei"]
    assert found("walk") == ["Evers, Ingrid"]
    assert found("unez") == []


def test_columns_fill_every_width_exactly() -> None:
    """No width between a narrow window and a wide one leaves a gap or runs over."""
    for width in range(34, 240):
        plan = layout(width)
        taken = (
            3 + plan.name + (plan.place and plan.place + 1) + 6 + (plan.left and 6) + (plan.means and 8) + plan.word + 1
        )
        assert taken == width
        assert plan.name >= 10


def test_a_state_is_shortened_by_its_end() -> None:
    """What is less important goes first; what still does not fit is cut visibly."""
    assert shortened("left 5 h 40 min early", 14) == "left early    "
    assert shortened("out · late 7 min", 8) == "out     "
    assert shortened("late 1 h 01 min", 14) == "late 1 h 01   "
    assert shortened("late 31 min", 14) == "late 31 min   "
    assert shortened("same phone as Brown", 12) == "same phone …"


def test_each_doubt_of_the_door_has_a_word_that_fits_a_small_window() -> None:
    """Whatever the door flags is told on the board without being cut."""
    rooms = ("front/door/*.py", "steps/signatures.py", "steps/walk_ins.py")
    door = "".join(path.read_text("utf-8") for room in rooms for path in (ROOT / "plfacilitate").glob(room))
    flagged = set(re.findall(r'(?:yield|"code":)\s+\(?\s*"([a-z-]+)"', door)) - {"laptop-clock"}  # that one is nobody's
    assert flagged == set(DOUBTS)
    assert all(len(word) <= layout(43).word for word in DOUBTS.values())


def test_board_keeps_its_help() -> None:
    """The board says what it is."""
    assert "space to mark" in Board.HELP
