"""`poll …`: opened, closed and read from the command line; its JSON a contract with whoever reads it."""

from __future__ import annotations

from zipfile import ZipFile

import pytest

from plfacilitate.core.evaluation import Given
from plfacilitate.store.ballots import Ballot, box_of, cast_ballots
from tests.laptops import Laptop


@pytest.fixture
def event(laptop: Laptop) -> str:
    """An open event whose plan has two polls ready."""
    return laptop.opened("network-meeting", session="n1")


def give(laptop: Laptop, poll: str, *answers: dict[str, Given]) -> None:
    """So many phones answer."""
    ballots = [Ballot(poll, f"{at:032x}", one) for at, one in enumerate(answers)]
    cast_ballots(box_of(laptop.workspace.ledger), ballots)


def test_a_ready_one_from_opening_to_the_document(laptop: Laptop, event: str) -> None:
    """Opened by its id, seen as it comes, closed, and the document word for word."""
    listed = laptop.json("poll", "list", event)
    assert [one["id"] for one in listed["ready"]] == ["kept", "exit"]
    poll = laptop.json("poll", "open", event, "--ready", "kept")["poll"]
    give(laptop, poll, {"q1": 1}, {"q1": 1}, {"q1": 4})
    assert laptop.json("poll", "show", event)["questions"][0]["counts"]["kept"] == 2
    over = laptop.json("poll", "close", event, "--yes")
    assert over == {
        "event": event,
        "poll": poll,
        "title": "",
        "exit": False,
        "names": False,
        "open": False,
        "answered": 3,
        "questions": [
            {
                "id": "q1",
                "kind": "choice",
                "ask": "What became of our last commitment?",
                "answered": 3,
                "counts": {"kept": 2, "changed": 0, "dropped": 0, "not begun": 1},
                "texts": [],
            }
        ],
        "said": [],
    }
    assert laptop.json("poll", "show", event, "kept") == over
    assert laptop.json("poll", "show", event, poll[:8]) == over


def test_one_made_up_at_the_command_line(laptop: Laptop, event: str) -> None:
    """A single question with its choices, and several in one line each."""
    laptop.do("poll", "open", event, "--ask", "How is the pace?", "--choice", "slow / right", "--choice", "fast")
    assert laptop.no("poll", "open", event, "--ask", "Another?").startswith('One poll at a time: "How is the pace?"')
    laptop.do("poll", "close", event, "--yes")
    laptop.do("poll", "open", event, "--exit", "--ask", "How clear? 1-5", "--ask", "One word")
    found = laptop.json("poll", "show", event)
    assert [(one["kind"], len(one["counts"])) for one in found["questions"]] == [("scale", 5), ("text", 0)]


@pytest.mark.parametrize(
    "words, says",
    [
        (("open", "--ask", "  "), "the question has no words"),
        (("open",), "the question has no words"),
        (("open", "--ask", "Which?", "--kind", "zebra"), '"zebra" is none'),
        (("open", "--ask", "Which?", "--kind", "one"), "needs 2 to 10 choices"),
        (("open", "--ready", "nothing"), 'no poll "nothing"'),
        (("close", "--yes"), "Nothing is asked"),
        (("show",), "Nothing is asked"),
        (("show", "abcd"), 'no poll "abcd"'),
    ],
)
def test_what_is_refused(laptop: Laptop, event: str, words: tuple[str, ...], says: str) -> None:
    """One sentence, and nothing is opened."""
    assert says in laptop.no("poll", words[0], event, *words[1:])
    assert laptop.json("poll", "list", event)["polls"] == []


def test_the_programme_gets_counts_and_texts_and_the_office_nothing(laptop: Laptop, event: str) -> None:
    """As a table of its own; the parcel for clock hours holds no content of it. Words are found by the search."""
    poll = laptop.json("poll", "open", event, "--ready", "exit")["poll"]
    give(laptop, poll, {"useful": 4, "next": "Ask the zebra"}, {"useful": 4, "next": "=1+1"})
    laptop.do("event", "close", event)
    assert [hit["kind"] for hit in laptop.json("search", "zebra")["texts"]] == ["poll-closed"]
    assert [hit["kind"] for hit in laptop.json("search", "useful meeting")["texts"]] == ["poll-opened"]
    laptop.do("approve", event)
    packed = laptop.json("pack", event)
    by = {
        name: path
        for path in laptop.workspace.outbox.glob("*.zip")
        for name in ("hours", "programme")
        if name in path.name
    }
    assert packed
    with ZipFile(by["programme"]) as zipped:
        table = zipped.read("polls/polls.csv").decode("utf-8-sig")
        assert "polls/poll-names.csv" not in zipped.namelist()
    assert "Ask the zebra" in table
    assert ",4,2" in table
    assert "\n=1+1" not in table
    assert ",=1+1" not in table
    with ZipFile(by["hours"]) as zipped:
        assert not any("poll" in name for name in zipped.namelist())
        assert not any(b"zebra" in zipped.read(name) for name in zipped.namelist())
