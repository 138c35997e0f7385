"""The ballot box: answers in, counts out, and nothing that says who, when or in which order."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from plfacilitate.core.refusal import Refused
from plfacilitate.store.ballots import Ballot, answers, box_of, cast_ballot, cast_ballots, draw, empty


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """A box that is not there yet."""
    return box_of(tmp_path / "ledger.db")


def test_a_ballot_sent_again_is_one_and_stays_as_it_was(box: Path) -> None:
    """The number decides; the first answers count."""
    cast_ballot(box, "e", "aa", {"q": 1})
    cast_ballot(box, "e", "aa", {"q": 5})
    assert draw(box, "e") == ("aa",)
    assert answers(box, "e") == [{"q": 1}]


def test_no_box_no_ballots(box: Path) -> None:
    """Drawing from nothing makes no file."""
    assert draw(box, "e") == ()
    assert not box.exists()


def test_events_do_not_mix(box: Path) -> None:
    """Each is counted and emptied alone; with the last ballot the file goes."""
    cast_ballot(box, "one", "aa", {"q": 1})
    cast_ballot(box, "two", "bb", {"q": 2})
    draw(box, "one")
    empty(box, "one")
    assert box.exists()
    assert draw(box, "two") == ("bb",)
    empty(box, "two")
    assert not box.exists()


def test_what_was_set_apart_is_counted_first_and_alone(box: Path) -> None:
    """A counting that was stopped finds the same ballots again; what came since waits for the next."""
    cast_ballot(box, "e", "bb", {"q": 1})
    assert draw(box, "e") == ("bb",)
    cast_ballot(box, "e", "aa", {"q": 2})
    assert draw(box, "e") == ("bb",)
    empty(box, "e")
    assert draw(box, "e") == ("aa",)


def test_the_file_holds_no_time_person_or_order(box: Path) -> None:
    """Four columns, the key first, no hidden row number, no log beside it."""
    for key in ("ff", "11", "aa"):
        cast_ballot(box, "e", key, {"q": 1})
    connection = sqlite3.connect(box)
    columns = [name for _, name, *_ in connection.execute("PRAGMA table_info(ballot)")]
    assert columns == ["event", "key", "batch", "answers"]
    with pytest.raises(sqlite3.OperationalError):
        connection.execute("SELECT rowid FROM ballot")
    assert [key for (key,) in connection.execute("SELECT key FROM ballot")] == ["11", "aa", "ff"]
    connection.close()
    assert not box.with_name("ballots.db-wal").exists()


def test_what_was_emptied_can_t_be_read_in_the_file(box: Path) -> None:
    """Not even with a hex viewer, while another event's ballots are still in it."""
    cast_ballot(box, "other", "00", {"q": "stays"})
    for n in range(50):
        cast_ballot(box, "e", f"{n:032x}", {"q": f"secret words {n}"})
    draw(box, "e")
    empty(box, "e")
    data = b"".join(path.read_bytes() for path in box.parent.iterdir() if path.is_file())
    assert b"stays" in data
    assert b"secret" not in data


def test_a_place_that_can_t_be_written_is_refused(tmp_path: Path) -> None:
    """In one sentence."""
    with pytest.raises(Refused) as no:
        cast_ballot(tmp_path / "nowhere" / "ballots.db", "e", "aa", {})
    assert no.value.refusal.code == "not-written"


def test_a_hall_that_answers_at_once_loses_no_ballot(box: Path) -> None:
    """Everybody is sent home at the same minute: whoever only looks must not keep others from putting theirs in."""
    numbers = [f"{n:032x}" for n in range(60)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: cast_ballot(box, "e", number, {"q": 1}), numbers))
    assert list(draw(box, "e")) == numbers


def test_of_one_giver_one_ballot_lies_in_a_box(box: Path) -> None:
    """Under the number of the first it can be changed, under another it is not taken; another box is another matter."""
    first = Ballot("vote", "a" * 32, {"dots": ["x"]}, again=True, mark="lan")
    assert cast_ballots(box, [first, first._replace(answers={"dots": ["y"]})]) == ["in", "in"]
    assert cast_ballots(box, [first._replace(key="b" * 32), first._replace(event="other")]) == ["second", "in"]
    assert cast_ballots(box, [first._replace(key="c" * 32, mark="sean")]) == ["in"]
    draw(box, "vote")
    assert answers(box, "vote") == [{"dots": ["y"]}, {"dots": ["x"]}]


def test_marks_go_with_the_ballots(box: Path) -> None:
    """What was counted leaves none, and the file goes with the last."""
    cast_ballots(box, [Ballot("vote", "a" * 32, {"dots": ["x"]}, mark="lan")])
    draw(box, "vote")
    empty(box, "vote")
    assert not box.exists()
