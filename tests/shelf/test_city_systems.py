"""Instruments of city systems: each named part is there, with what students do and a question to ask one of them."""

from __future__ import annotations

from collections import Counter

import pytest

from plfacilitate.core.protocol import Item, Protocol, Section
from plfacilitate.core.results.words import rule
from plfacilitate.shelf.protocols import check_protocol_file
from plfacilitate.shelf.shipped import folder

LOOKED_FOR = {
    "pinellas-look-fors": ("mastery-based-advancement", "blended-flexible-environments", "collaborative-learning"),
    "riverside-look-fors": (
        "learning-profiles", "personalized-learning-plans", "individual-mastery", "flexible-environments",
        "socially-engaged-contributors",
    ),
    "new-orleans-look-fors": (
        "learning-profiles", "real-time-feedback", "progress-by-mastery", "different-environments",
    ),
    "oakland-study-tour": (
        "contextualized-learning", "flexible-learning-environment", "personalized-learning-paths",
        "competency-based-progression", "learning-profiles", "social-emotional-learning",
    ),
}  # fmt: skip
"""What a system names for its classrooms, in its order."""

ASKED_ABOUT = {
    "chicago-phases": (
        "initial-engagement-and-exposure", "small-scale-innovations", "whole-school-design", "planning",
    ),
    "new-england-levers": (
        "proficiency-based-graduation", "multiple-and-flexible-pathways", "learner-centered-accountability",
        "community-driven", "leadership-driven", "early-adoption",
    ),
    "new-orleans-exposure": ("knowledge", "vision", "pilots", "support"),
    "henry-county-consultancy": ("question", "data", "tried"),
}  # fmt: skip
"""What a system names for itself and its schools, asked in an interview or a self-assessment."""

NAMED = LOOKED_FOR | ASKED_ABOUT
SEEN = [(protocol, part) for protocol, parts in LOOKED_FOR.items() for part in parts]
TOLD = [(protocol, part) for protocol, parts in ASKED_ABOUT.items() for part in parts]
ASK = "Ask a student: "


def shipped(protocol: str) -> Protocol:
    """The shipped protocol of that id."""
    (path,) = folder("protocols").glob(f"*/{protocol}.toml")
    found, _, _ = check_protocol_file(path)
    assert found is not None
    return found


def part(protocol: str, wanted: str) -> Section:
    """One named part of a protocol."""
    return next(section for section in shipped(protocol).sections if section.id == wanted)


def everything_said(protocol: Protocol) -> list[str]:
    """Questions, items and levels, as they would be compared."""
    said = [prompt.ask for prompt in protocol.prompts] + list(protocol.levels)
    for item in protocol.items:
        said += [item.text, *item.levels]
    return [one.casefold().strip(" .?") for one in said]


@pytest.mark.parametrize("protocol", NAMED)
def test_every_named_part_is_there_in_order(protocol: str) -> None:
    """A person who knows the system finds its parts, and finds them where they expect them."""
    sections = [section.id for section in shipped(protocol).sections]
    assert [one for one in sections if one in NAMED[protocol]] == list(NAMED[protocol])


@pytest.mark.parametrize("protocol, wanted", SEEN)
def test_a_part_has_what_students_do_and_a_question_to_one(protocol: str, wanted: str) -> None:
    """Something that can be seen, counted or timed, and words of a student; both under an attribute."""
    items = part(protocol, wanted).items
    assert [item.id for item in items if item.kind == "text" and item.text.startswith(ASK)]
    assert [item.id for item in items if item.kind != "text" and says_student(item)]
    assert [item.id for item in items if item.attribute is None] == []
    assert {item.facet for item in items} - {None}


@pytest.mark.parametrize("protocol, wanted", TOLD)
def test_a_part_asks_adults_what_students_do_and_asks_a_student(protocol: str, wanted: str) -> None:
    """What adults tell of students, and what a student alone is asked."""
    prompts = part(protocol, wanted).prompts
    to_student = [prompt for prompt in prompts if prompt.who == ("student",)]
    of_students = [one for one in prompts if one not in to_student and "student" in f"{one.ask} {one.show}".casefold()]
    assert to_student
    assert of_students
    assert all(prompt.facet for prompt in to_student)


@pytest.mark.parametrize("protocol", ["new-england-levers", "new-orleans-exposure", "chicago-phases"])
def test_a_rule_says_what_a_tie_is(protocol: str) -> None:
    """Where answers decide on an archetype or a level, the rule in the file has a word for what lies between."""
    found = shipped(protocol)
    assert ["between A and B" in rule(one, found) for one in found.results] == [True]


def test_every_archetype_is_asked_of_everybody_and_of_a_student() -> None:
    """Whoever rates can be placed: three questions of each list go to all, one more to a student."""
    found = shipped("new-england-levers")
    for group in found.results[0].groups:
        asked = [prompt.who for one in group.items if (prompt := found.prompt(one)) is not None]
        assert len(asked) == 4
        assert asked.count(("student",)) == 1
        assert len({who for who in asked if who != ("student",)}) == 1


def test_the_levels_of_exposure_are_three() -> None:
    """Every answer of the exposure check is placed on one of them."""
    assert len(shipped("new-orleans-exposure").levels) == 3


def test_several_groups_rate_the_same_lever() -> None:
    """Leaders, board and community answer apart, as do teachers and students."""
    for lever in ASKED_ABOUT["new-england-levers"][:3]:
        groups = {who for prompt in part("new-england-levers", lever).prompts for who in prompt.who}
        assert groups >= {"principal", "school board member", "community member", "teacher", "student"}


def says_student(item: Item) -> bool:
    """Whether it is about what students do, in its own words or those of its levels."""
    return any("student" in text.casefold() for text in (item.text, item.help, *item.levels))


def test_no_sentence_stands_in_two_instruments() -> None:
    """An item that fits everywhere says nothing of the system it was written for."""
    said = Counter[str]()
    for path in folder("protocols").glob("*/*.toml"):
        protocol, _, _ = check_protocol_file(path)
        assert protocol is not None
        said.update(set(everything_said(protocol)))
    assert [text for text, times in said.items() if times > 1] == []
