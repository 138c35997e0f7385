"""`groups draw|show|move|late|print`."""

from __future__ import annotations

import io
import json
from contextlib import closing

import pypdf
import pytest

from plfacilitate.steps.popup import join, open_problem, read_popup
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


def brought(laptop: Laptop, event: str, *owners: str) -> list[str]:
    """Somebody brings a problem each."""
    with closing(laptop.ledger()) as ledger:
        drafts = [open_problem(laptop.hand(), event, {"owner": one, "problem": "late"}) for one in owners]
        return [one.entry.id for one in ledger.append(drafts) if one.entry is not None]


def members(laptop: Laptop, event: str) -> list[tuple[str, ...]]:
    """Who works on each problem."""
    with closing(laptop.ledger(readonly=True)) as ledger:
        problems = read_popup(ledger, event).picture().problems
        return [tuple(sorted(each.person for each in one.members)) for one in problems]


def test_drawn_groups_take_up_the_problems_of_a_popup(laptop: Laptop, event: str) -> None:
    """Shown first, then done; in another order by name; once more there is nothing to do; taken back in one step."""
    groups = laptop.json("groups", "draw", event, "--count", "3")["groups"]
    assert "no problem is there" in laptop.no("groups", "popup", event, "--take")
    ana, bo = brought(laptop, event, "Ana Ruiz", "Bo Lind")
    shown = laptop.json("groups", "popup", event)
    assert [(row["group"], row["owner"], row["people"]) for row in shown["pairs"]] == [
        (1, "Ana Ruiz", len(groups[0])), (2, "Bo Lind", len(groups[1])),
    ]  # fmt: skip
    assert (shown["moved"], members(laptop, event)) == (0, [(), ()])
    assert "--take does it" in laptop.do("groups", "popup", event)
    assert "people moved, from the groups drawn at" in laptop.do("groups", "popup", event, "--take")
    assert members(laptop, event) == [tuple(sorted(groups[0])), tuple(sorted(groups[1]))]
    assert "works on its problem already" in laptop.no("groups", "popup", event, "--take")
    turned = laptop.json("groups", "popup", event, "--pair", "3=ana", "--pair", f"1={bo[:6]}", "--take")
    assert {row["popup"]: row["group"] for row in turned["pairs"]} == {ana: 3, bo: 1}
    assert members(laptop, event)[1] == tuple(sorted([*groups[0], *groups[1]]))
    laptop.do("groups", "popup", event, "--back")
    assert members(laptop, event) == [tuple(sorted(groups[0])), tuple(sorted(groups[1]))]
    laptop.do("groups", "popup", event, "--back")
    assert members(laptop, event) == [(), ()]
    assert "no drawn groups were taken over" in laptop.no("groups", "popup", event, "--back")


@pytest.mark.parametrize(
    "pair, sentence",
    [
        ("two=Ana", "two=Ana names no group with one problem"),
        ("1=Cy", "1=Cy names no group with one problem"),
        ("1=", "1= names no group with one problem"),
        ("9=Ana", "There is no group 9"),
    ],
)
def test_a_pair_that_says_nothing_clear_is_refused(laptop: Laptop, event: str, pair: str, sentence: str) -> None:
    """And nobody is moved."""
    laptop.do("groups", "draw", event, "--count", "3")
    brought(laptop, event, "Ana Ruiz", "Bo Lind")
    assert sentence in laptop.no("groups", "popup", event, "--pair", pair, "--take")
    assert "one problem only" in laptop.no("groups", "popup", event, "--pair", "1=Ana", "--pair", "1=Bo", "--take")
    assert members(laptop, event) == [(), ()]


def test_an_owner_stays_with_their_problem(laptop: Laptop, event: str) -> None:
    """Whichever group they were drawn into."""
    groups = laptop.json("groups", "draw", event, "--count", "2")["groups"]
    ana, _ = brought(laptop, event, "Ana Ruiz", "Bo Lind")
    owner = groups[1][0]
    with closing(laptop.ledger()) as ledger:
        ledger.append_one(join(laptop.hand(), event, owner, ana, "owner"))
    laptop.do("groups", "popup", event, "--take")
    first, second = members(laptop, event)
    assert owner in first
    assert owner not in second
    assert (len(first), len(second)) == (len(groups[0]) + 1, len(groups[1]) - 1)
