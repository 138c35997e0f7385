"""`evaluation EVENT`: what was answered at the end, its JSON a contract with whoever reads it."""

from __future__ import annotations

import pypdf

from plfacilitate.store.ballots import box_of, cast_ballot
from tests.laptops import Laptop
from tests.played import Clock

SAID = "\x1b[31mGood day"


def answer(laptop: Laptop, event: str, people: int) -> None:
    """So many people answer, and the doors are closed."""
    for number in range(people):
        ballot: dict[str, str | int] = {
            "useful": 4 + number % 2,
            "next": 2,
            "try": SAID if number == 0 else f"text {number}",
        }
        cast_ballot(box_of(laptop.workspace.ledger), event, f"{number:032x}", ballot)
    laptop.do("event", "close", event)


def test_the_document_word_for_word(laptop: Laptop, clock: Clock) -> None:
    """Every key and value; a scale with its middle, a choice with all its options, a text with all that was written."""
    event = laptop.opened("pspl-institute")
    answer(laptop, event, 6)
    assert laptop.json("evaluation", event) == {
        "event": event,
        "standing": "counted",
        "ballots": 6,
        "kept": 6,
        "questions": [
            {
                "id": "useful",
                "kind": "scale",
                "ask": "How useful was today for your work with students?",
                "answered": 6,
                "counts": {"1": 0, "2": 0, "3": 0, "4": 3, "5": 3},
                "middle": 4.5,
                "comments": [],
            },
            {
                "id": "next",
                "kind": "choice",
                "ask": "What would help you most next time?",
                "answered": 6,
                "counts": {
                    "More time with my team": 0,
                    "More examples from classrooms": 6,
                    "More of what we did today": 0,
                },
                "middle": None,
                "comments": [],
            },
            {
                "id": "try",
                "kind": "text",
                "ask": "What will you try first?",
                "answered": 6,
                "counts": {},
                "middle": None,
                "comments": [SAID, *(f"text {number}" for number in range(1, 6))],
            },
        ],
    }


def test_for_people(laptop: Laptop, clock: Clock) -> None:
    """Bars need no terminal here: counts, the words of the ends, and texts with nothing that a terminal obeys."""
    event = laptop.opened("pspl-institute")
    answer(laptop, event, 6)
    printed = laptop.do("evaluation", event)
    assert "6 people answered, without names." in printed
    assert "Good day" in printed
    assert "\x1b" not in printed


def test_not_closed_not_answered_and_not_asked(laptop: Laptop) -> None:
    """Each has its sentence, and its word in the document."""
    event, silent = laptop.opened("pspl-institute"), laptop.opened("pscpl-cohort")
    assert "counted when the doors are closed" in laptop.do("evaluation", event)
    assert "asks no questions" in laptop.do("evaluation", silent)
    laptop.do("event", "close", event)
    assert "Nobody answered" in laptop.do("evaluation", event)
    assert [laptop.json("evaluation", one)["standing"] for one in (event, silent)] == ["nobody", "no-questions"]


def test_fewer_than_five_are_only_counted(laptop: Laptop) -> None:
    """Nobody's answers can be guessed."""
    event = laptop.opened("pspl-institute")
    answer(laptop, event, 4)
    assert "4 people answered: fewer than five are only counted" in laptop.do("evaluation", event)
    assert laptop.json("evaluation", event)["questions"] == []


def packed_page(laptop: Laptop, event: str) -> str:
    """The words of the evaluation's page beside the parcels of a day."""
    laptop.do("approve", event)
    laptop.do("pack", event)
    (page,) = laptop.workspace.outbox.glob("*-evaluation.pdf")
    return " ".join("".join(one.extract_text() for one in pypdf.PdfReader(page).pages).split())


def test_the_clerk_holds_a_page_for_the_committee(laptop: Laptop, clock: Clock) -> None:
    """Counts and comments, how many of those who were there, and where the committee signs; the mail names it."""
    event = laptop.opened("pspl-institute")
    laptop.attend(event, "maria.alvarez@renton.example.org, 8:20, 15:40")
    answer(laptop, event, 6)
    said = packed_page(laptop, event)
    for words in ("6 of 1 who signed in", "6 answered, middle 4.5", "⟨001B⟩[31mGood day", "Reviewed by the committee"):
        assert words in said
    (read_me,) = laptop.workspace.outbox.glob("*-read-me.txt")
    assert "-evaluation.pdf\n  what the participants answered at the end, without names, for the committee" in (
        read_me.read_text("utf-8")
    )


def test_of_fewer_than_five_the_page_says_only_how_many(laptop: Laptop) -> None:
    """That they were asked belongs to the minutes; what they said does not."""
    event = laptop.opened("pspl-institute")
    laptop.attend(event, "maria.alvarez@renton.example.org, 8:20, 15:40")
    answer(laptop, event, 4)
    said = packed_page(laptop, event)
    assert "4 people answered: fewer than five are only counted" in said
    assert "text 1" not in said
