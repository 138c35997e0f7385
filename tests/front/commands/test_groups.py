"""`groups draw|show|move|late|print`."""

from __future__ import annotations

import io
import json

import pypdf
import pytest

from tests.laptops import PEOPLE, Laptop


@pytest.fixture
def event(laptop: Laptop) -> str:
    """A session with everybody of the demo's list expected."""
    laptop.do("people", "import", PEOPLE)
    event = laptop.schedule()
    laptop.do("event", "expect", event, PEOPLE)
    return event


def test_groups_are_drawn_shown_and_changed(laptop: Laptop, event: str) -> None:
    """At most so many in each; the reason stands below; one person is put elsewhere by name."""
    drawn = laptop.run("groups", "draw", event, "--by", "mix", "--of", "4", "--json").document
    sizes = [len(group) for group in drawn["groups"]]
    assert max(sizes) == 4
    assert max(sizes) - min(sizes) <= 1
    assert "at most 1 more than in another" in drawn["why"]
    mover = drawn["groups"][0][0]
    moved = laptop.run("groups", "move", event, mover, "--to", "2", "--json").document
    assert mover in moved["groups"][1]
    assert "Group 1 (" in laptop.do("groups", "show", event)
    out = laptop.run("groups", "move", event, mover, "--to", "0", "--json").document
    assert out["late"] == [mover]
    placed = laptop.run("groups", "late", event, "--json").document
    assert placed["late"] == []
    assert sum(map(len, placed["groups"])) == sum(sizes)


def test_the_page_holds_every_name(laptop: Laptop, event: str) -> None:
    """One page, every group and every person on it."""
    drawn = laptop.run("groups", "draw", event, "--count", "12", "--json").document
    place = laptop.folder / "groups.pdf"
    said = json.loads(laptop.run("groups", "print", event, "--out", place, "--json").out)
    pages = pypdf.PdfReader(io.BytesIO(place.read_bytes())).pages
    assert (len(pages), said["groups"]) == (1, 12)
    text = " ".join(pages[0].extract_text().split())
    assert all(f"Group {number}" in text for number in range(1, 13))
    assert said["people"] == sum(map(len, drawn["groups"]))


@pytest.mark.parametrize(
    "words, sentence",
    [
        (["draw", "--of", "4", "--count", "3"], "more than one is no number of groups"),
        (["draw"], "no is no number of groups"),
        (["draw", "--count", "900"], "900 groups for"),
        (["draw", "--of", "0"], "0 is no number of groups"),
        (["show"], "There are no groups yet"),
        (["late"], "There are no groups yet"),
        (["print"], "There are no groups yet"),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, list) else "",
)
def test_what_can_not_be_done_is_said(laptop: Laptop, event: str, words: list[str], sentence: str) -> None:
    """One sentence and an exit code; nothing is drawn."""
    ran = laptop.run("groups", words[0], event, *words[1:])
    assert ran.code == 1
    assert sentence in ran.err


def test_a_group_that_is_not_there_takes_nobody(laptop: Laptop, event: str) -> None:
    """Nor does the group in which somebody is already."""
    drawn = laptop.run("groups", "draw", event, "--count", "2", "--by", "random", "--json").document
    someone = drawn["groups"][0][0]
    assert "There is no group 3" in laptop.run("groups", "move", event, someone, "--to", "3").err
    assert "in group 1 already" in laptop.run("groups", "move", event, someone, "--to", "1").err
