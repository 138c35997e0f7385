"""Every protocol that ships: right, in its folder, with a source; levels that differ in what is done, not in how much."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest

from plfacilitate.core.protocol import TITLES, Protocol
from plfacilitate.shelf.protocols import check_protocol_file
from plfacilitate.shelf.shipped import folder

FILES = sorted(folder("protocols").glob("*/*.toml"))
QUANTITY = frozenset(
    re.findall(
        r"\w+",
        """
    a an the no not none nobody few fewer little less some several many more most much mostly all every each any
    both half always often usually frequently regularly sometimes occasionally rarely seldom never hardly
    consistently partly partially largely fully completely entirely clearly very well highly somewhat one two three
    four five majority minority student students teacher teachers adult adults class
        """,
    )
)
"""Words by which poor rubrics tell their levels apart, and the people whom they are about."""


def shipped(path: Path) -> Protocol:
    """The protocol of a file."""
    protocol, _, _ = check_protocol_file(path)
    assert protocol is not None
    return protocol


def acts(level: str) -> frozenset[str]:
    """What is left of a level when words of quantity are taken out."""
    return frozenset(re.findall(r"[a-z']+", level.casefold())) - QUANTITY


def alike(first: str, second: str) -> bool:
    """Whether two levels say the same thing of different amounts: more than half of their words are the same."""
    one, other = acts(first), acts(second)
    return len(one & other) > len(one | other) / 2


def ladders(protocol: Protocol) -> list[tuple[str, ...]]:
    """All levels that are told apart: of each rating, of an interview."""
    return [one for one in (protocol.levels, *(item.levels for item in protocol.items)) if one]


def test_there_are_protocols_to_look_at() -> None:
    """The instruments of the first hour."""
    assert {path.stem for path in FILES} >= {
        "four-attributes", "psesd-lens", "implementation-framework", "interval-coding", "time-on-task",
        "questions-and-talk", "return-from-visit", "student-tour",
    }  # fmt: skip


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_shipped_protocol_is_right(path: Path) -> None:
    """Without a fault or a note, in the folder of its kind, with its source named and its words called our own."""
    protocol, faults, notes = check_protocol_file(path)
    assert (faults, notes) == ([], [])
    assert protocol is not None
    assert protocol.kind == path.parent.name
    assert "our own words" in protocol.source


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_levels_name_different_acts(path: Path) -> None:
    """Words of quantity taken out, no level is another one over again."""
    for levels in ladders(shipped(path)):
        assert all(acts(level) for level in levels), levels
        assert [pair for pair in combinations(levels, 2) if alike(*pair)] == []


@pytest.mark.parametrize(
    "first, second",
    [
        ("Some students set goals.", "Most students set goals."),
        ("Teacher rarely asks open questions.", "Teacher consistently asks open questions."),
        ("Few students choose their own task.", "All students choose their own tasks."),
    ],
)
def test_levels_that_differ_in_amount_only_are_found(first: str, second: str) -> None:
    """What the test above is there to stop."""
    assert alike(first, second)


def test_the_four_attributes_have_their_fourteen_components() -> None:
    """Four, three, two and five, each item under the attribute that it speaks to."""
    protocol = shipped(folder("protocols") / "observation" / "four-attributes.toml")
    assert [len(section.items) for section in protocol.sections] == [4, 3, 2, 5]
    for section in protocol.sections:
        assert {item.attribute for item in section.items} == {section.id}
        assert all(item.kind == "rating" and len(item.levels) == 4 for item in section.items)


def test_the_lens_looks_through_all_its_facets() -> None:
    """Four choices apart from one another: what, how, when, where."""
    protocol = shipped(folder("protocols") / "observation" / "psesd-lens.toml")
    facets = {item.facet for item in protocol.items if item.facet}
    assert facets == {"strengths-and-needs", "culture-and-identity", "who-chooses", "who-is-heard"}
    assert facets <= set(TITLES)
    chosen = [item.id for item in protocol.items if item.kind == "rating"]
    assert chosen == ["chooses-what", "chooses-how", "chooses-when", "chooses-where"]


@pytest.mark.parametrize("name, asked", [("return-from-visit", "principal"), ("student-tour", "student")])
def test_talks_around_a_visit_say_whom_to_ask_and_what_to_see(name: str, asked: str) -> None:
    """Principals on their return, students on a tour: a dozen questions at most, all four facets among them."""
    protocol = shipped(folder("protocols") / "interview" / f"{name}.toml")
    prompts = list(protocol.prompts)
    assert 10 <= len(prompts) <= 12
    assert all(prompt.title and prompt.show and asked in prompt.who for prompt in prompts)
    assert {prompt.facet for prompt in prompts} >= {
        "strengths-and-needs", "culture-and-identity", "who-chooses", "who-is-heard",
    }  # fmt: skip
    assert protocol.levels == ()


def test_the_framework_has_twenty_five_elements_and_data() -> None:
    """Five areas of five, then formative and academic data; every prompt says whom to ask and what to ask to see."""
    protocol = shipped(folder("protocols") / "interview" / "implementation-framework.toml")
    assert [len(section.prompts) for section in protocol.sections] == [5, 5, 5, 5, 5, 2]
    assert all(prompt.who and prompt.show and prompt.title for prompt in protocol.prompts)
