"""What was laid open stays what it was: who may still change it, and what does not count that came afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from typing import Any

from plfacilitate.core.debrief.meetings import debrief, held_already, laid_open, waiting_for
from plfacilitate.core.entry import Entry, utc_text
from plfacilitate.core.visiting.fold import VisitFold, VisitPicture
from tests.core.entries import entry, undo
from tests.core.test_debrief import NOW, ROOM, began, ended, noted, picture, planned

BOTH = (
    planned(), began("ada"), noted("ada", "what", 1), ended("ada"), began("ben"), noted("ben", "what", 4), ended("ben"),
)  # fmt: skip


def agreed(at: str = "10:00", item: str = "what", value: Any = 3) -> Entry:
    """The first word of the debrief."""
    return entry(f"agreed {item} {value} {at}", "agreed", at=at, stop="r4", protocol="room", item=item, value=value)


def later(one: Entry, minutes: int) -> Entry:
    """The same, written so many minutes after it happened."""
    return one._replace(recorded_at=utc_text(one.at + timedelta(minutes=minutes)))


def seen(found: VisitPicture, who: str) -> Any:
    """An observation."""
    one = found.observation(who)
    assert one is not None
    return one


def level(found: VisitPicture, who: str, item: str = "what") -> Any:
    """What somebody's answer is."""
    answer = seen(found, who).of(item).answer
    return answer.value if answer is not None else None


def test_notes_lie_open_once_all_have_ended() -> None:
    """Not while one goes on, not where one was alone, and each is told beside whose."""
    found = picture(*BOTH)
    assert laid_open(found, seen(found, "ada")) == ("ben",)
    found = picture(*BOTH[:-1])
    assert laid_open(found, seen(found, "ada")) == ()
    found = picture(*BOTH[:4])
    assert laid_open(found, seen(found, "ada")) == ()


def test_laid_open_by_hand_is_open_for_those_who_had_ended() -> None:
    """Who goes on still writes; that the note was taken back makes nobody blind again."""
    opens = entry("opens", "note", at="09:40", text="…", tag="decision", stop="r4", protocol="room")
    found = picture(*BOTH, began("cem", "09:10"), opens)
    assert laid_open(found, seen(found, "ada")) == ("ben",)
    assert laid_open(found, seen(found, "cem")) == ()
    found = picture(*BOTH, began("cem", "09:10"), opens, undo("no", "opens"))
    assert waiting_for(found, "r4", "room") == ("cem",)
    assert laid_open(found, seen(found, "ada")) == ("ben",)


def test_who_begins_afterwards_opens_nothing_for_change() -> None:
    """Neither a third one nor one of them, who sits down once more."""
    found = picture(*BOTH, began("cem", "09:45"))
    assert laid_open(found, seen(found, "ada")) == ("ben",)
    found = picture(*BOTH, began("ada", "09:45", key="ada2"))
    assert laid_open(found, seen(found, "ada")) == ("ben",)


def test_another_version_of_the_protocol_is_not_laid_beside_it() -> None:
    """Versions are not compared."""
    changed = replace(ROOM, title="Another room")
    found = picture(*BOTH[:4], began("ben", protocol=changed), ended("ben"))
    assert laid_open(found, seen(found, "ada")) == ()


def test_a_second_observation_of_one_who_lies_open_is_known() -> None:
    """It would stand in the place of the first; where no stop is named it is another lesson."""
    found = picture(*BOTH)
    first = held_already(found, "r4", "room", "ADA")
    assert first is not None
    assert first.id == "ada"
    assert held_already(found, "r4", "room", "cem") is None
    assert held_already(picture(*BOTH[:4]), "r4", "room", "ada") is None


def test_what_came_after_the_debrief_does_not_count_and_is_said() -> None:
    """An answer, an answer taken back, an end taken back: the originals stay."""
    new = noted("ada", "what", 2, at="10:10")
    gone = undo("u1", noted("ben", "what", 4).id)._replace(recorded_at=new.recorded_at)
    open_end = undo("u2", ended("ben").id)._replace(recorded_at=new.recorded_at)
    found = picture(*BOTH, agreed(), new, gone, open_end)
    assert (level(found, "ada"), level(found, "ben"), seen(found, "ben").ended_at) == (1, 4, ended("ben").at)
    assert (seen(found, "ada").late, seen(found, "ben").late) == (1, 2)
    held = debrief(found, "r4", "room", NOW)
    assert held is not None
    assert held.aside == (
        "ada: 1 thing was changed after the debrief had begun, on another laptop: the originals count.",
        "ben: 2 things were changed after the debrief had begun, on another laptop: the originals count.",
    )


def test_when_it_was_written_decides_not_when_it_is_said_to_have_been() -> None:
    """A form keyed in late bears the time of the lesson."""
    assert level(picture(*BOTH, agreed(), later(noted("ada", "what", 2, at="09:29"), 90)), "ada") == 1


def test_a_rating_after_the_lesson_and_before_the_debrief_counts() -> None:
    """Also where its observer had ended, on a laptop that knew nothing of the other."""
    assert level(picture(*BOTH, noted("ada", "what", 2, at="09:50"), agreed()), "ada") == 2


def test_who_had_not_ended_at_the_debrief_counts_up_to_their_end() -> None:
    """Nothing of theirs was shown."""
    cem = (began("cem", "09:10"), noted("cem", "what", 2, at="10:05"), ended("cem", "10:20"))
    found = picture(*BOTH, agreed(), *cem, noted("cem", "what", 3, at="10:30"))
    assert (level(found, "cem"), seen(found, "cem").late) == (2, 1)


def test_a_second_observation_after_the_debrief_does_not_take_the_place_of_the_first() -> None:
    """It is named instead."""
    again = (
        began("ada", "09:00", key="ada2")._replace(recorded_at=agreed("10:30").recorded_at),
        noted("ada2", "what", 4, at="10:31"),
        ended("ada2", "10:32"),
    )
    held = debrief(picture(*BOTH, agreed(), *again), "r4", "room", NOW)
    assert held is not None
    assert [voice.seen.id for voice in held.voices] == ["ada", "ben"]
    assert held.aside == ("ada observed here again after the debrief had begun: what was noted before it counts.",)


def test_what_stands_in_place_of_something_erased_counts() -> None:
    """Names are taken out after the debrief, too."""
    anew = noted("ada", "free", "S4 reads", at="09:05")._replace(recorded_at=agreed("11:00").recorded_at)
    before = noted("ada", "free", "Maria reads", at="09:05")
    erased = entry("erased", "erased", at="11:00", ids=[before.id], reason="r", instead=[anew.id])
    entries = [*BOTH, before, agreed(), anew, erased]
    assert level(picture(*entries), "ada", "free") == "S4 reads"
    assert level(picture(*entries[:-1]), "ada", "free") == "Maria reads"


def test_any_order_and_one_by_one_gives_the_same_picture() -> None:
    """Beginning, ends, debrief, late answers and what takes them back."""
    late = noted("ada", "what", 2, at="10:10")
    taken = undo("u", noted("ben", "what", 4).id)._replace(recorded_at=late.recorded_at)
    back = undo("uu", "u")._replace(recorded_at=later(late, 1).recorded_at)
    rest = BOTH[:1] + BOTH[2:4] + BOTH[5:]
    expected = picture(*BOTH, agreed(), late, taken, back)
    assert (level(expected, "ada"), level(expected, "ben")) == (1, 4)
    for order in permutations([BOTH[1], BOTH[4], agreed(), late, taken, back]):
        fold = VisitFold("e")
        for one in (*order[:3], *rest, *order[3:]):
            fold.apply([one])
            fold.picture()
        assert fold.picture() == expected
