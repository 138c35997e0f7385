"""Every protocol that ships: right, in its folder, with a source; levels that differ in what is done, not in how much."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from plfacilitate.core.protocol import TITLES, Protocol, Section
from plfacilitate.core.results.words import rule
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

SYSTEMS: Mapping[str, Mapping[str, str]] = {
    "guidebook-seven-lessons": {
        "understand the current state": "current-state",
        "focused, coherent, aligned vision": "vision",
        "infrastructure and technology": "technology",
        "human capital": "human-capital",
        "people and partnerships": "people-partners",
        "change management and stakeholders": "change",
        "continuous improvement and learning": "improvement",
    },
    "stakeholder-appetite": {
        "students": "students",
        "instructional staff": "instructional-staff",
        "principals and leadership teams": "principals",
        "parents and families": "families",
        "district staff and affiliates": "district-staff",
        "community partners": "community-partners",
    },
    "citybridge-design-review": {
        "student-centered": "student-centered",
        "high expectations": "high-expectations",
        "self-pacing and mastery-based credit": "self-pacing",
        "blended instruction": "blended",
        "student ownership": "ownership",
        "financial sustainability": "financial",
        "scalable": "scalable",
    },
    "colorado-readiness": {
        "ready to launch": "launch",
        "students, parents, community": "inclusion",
        "shared across partners": "sharing",
        "design parameters: a menu": "menu",
        "policy, scale, funding": "barriers",
    },
    "colorado-five-outcomes": {
        "academic": "academic",
        "professional": "professional",
        "entrepreneurial": "entrepreneurial",
        "self-knowledge": "personal",
        "drive to contribute": "civic",
    },
    "dallas-enablers": {
        "robust, flexible infrastructure": "infrastructure",
        "invested community": "community",
        "human capital supports": "human-capital",
        "culture of innovation": "innovation",
        "rich instruction model": "instruction",
    },
    "denver-look-fors": {
        "new ways to learn and to demonstrate individual mastery": "mastery",
        "individualized learning paths": "paths",
        "strategic use of time, physical space, technology and community": "resources",
        "evolving teacher-leader and student roles": "roles",
    },
    "denver-readiness": {
        "school leadership": "leadership",
        "teacher engagement and readiness": "teachers",
        "professional learning structures": "professional-learning",
        "continuous improvement": "improvement",
        "collaborate": "collaboration",
        "community engagement": "community",
    },
    "henry-county-tenets": {
        "learner profiles and personalized learning plans": "profiles-plans",
        "competency-based, flexible pacing": "competency-pacing",
        "authentic, project-based learning": "authentic",
        "21st century skills": "skills",
        "technology-enabled learning": "technology",
        "mindsets and behaviors": "mindsets",
    },
    "lake-county-visit": {
        "student-directed learning": "student-directed",
        "learner profiles and personalized learning paths": "profiles-paths",
        "competency-based learning": "competency",
        "flexible learning environments": "environments",
    },
}
"""Instrument, the parts that its system names, and the section that each of them has."""
ABOUT_CLASSROOMS: Mapping[str, tuple[str, ...]] = {
    "citybridge-design-review": ("student-centered", "high-expectations", "self-pacing", "blended", "ownership"),
    "colorado-five-outcomes": ("academic", "professional", "entrepreneurial", "personal", "civic"),
    "dallas-enablers": ("instruction",),
    "denver-look-fors": ("mastery", "paths", "resources", "roles"),
    "denver-readiness": ("teachers",),
    "henry-county-tenets": ("profiles-plans", "competency-pacing", "authentic", "skills", "technology"),
    "lake-county-visit": ("student-directed", "profiles-paths", "competency", "environments"),
}
"""Sections in which students are asked and what they do is looked at."""


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


def test_there_is_time_for_every_question_around_a_visit() -> None:
    """Three minutes and a half for a question with something to see, or the purpose says how many to pick."""
    for path in FILES:
        protocol = shipped(path)
        if path.stem in ("return-from-visit", "student-tour", "citybridge-design-review"):
            enough = protocol.minutes >= 3.5 * protocol.size
            assert enough or "pick four or five" in protocol.purpose


def test_a_study_tour_gives_as_well_as_takes() -> None:
    """It asks what the hosts want to know, leaves them a question, and says who else hears of it."""
    tour = shipped(folder("protocols") / "observation" / "oakland-study-tour.toml")
    assert {item.id for item in tour.items} >= {"brought", "hosts-ask", "left", "taken", "shared"}


def test_the_framework_has_twenty_five_elements_and_data() -> None:
    """Five areas of five, then formative and academic data; every prompt says whom to ask and what to ask to see."""
    protocol = shipped(folder("protocols") / "interview" / "implementation-framework.toml")
    assert [len(section.prompts) for section in protocol.sections] == [5, 5, 5, 5, 5, 2]
    assert all(prompt.who and prompt.show and prompt.title for prompt in protocol.prompts)


# -- the systems of the seeds ----------------------------------------------------------------------------------------


def of_system(name: str) -> Protocol:
    """The shipped protocol of that id."""
    return shipped(next(path for path in FILES if path.stem == name))


def size(section: Section) -> int:
    """How many items or prompts a section has."""
    return len(section.items) + len(section.prompts)


def lacking(protocol: Protocol, parts: Mapping[str, str]) -> list[str]:
    """The parts that have no section of their own, stand under another name, or have fewer than two items."""
    found = {section.id: section for section in protocol.sections}
    return [
        part
        for part, at in parts.items()
        if at not in found or part not in found[at].title.casefold() or size(found[at]) < 2
    ]


def asks_a_student(section: Section) -> bool:
    """Whether it has a question that is put to a student."""
    written = any(item.kind == "text" and item.text.startswith("Ask a student: ") for item in section.items)
    return written or any(prompt.who == ("student",) for prompt in section.prompts)


def looks_at_students(section: Section) -> bool:
    """Whether it has something that students do: seen, counted or rated, or asked of those who plan it."""
    marked = (
        " ".join([item.text, *item.levels, *(option.text for option in item.options)])
        for item in section.items
        if item.kind != "text"
    )
    asked = (prompt.ask for prompt in section.prompts if prompt.who != ("student",))
    return any("student" in text.casefold() for text in (*marked, *asked))


@pytest.mark.parametrize("name", SYSTEMS)
def test_every_named_part_is_there(name: str) -> None:
    """Under the name that the system gave it, with two items or more."""
    assert lacking(of_system(name), SYSTEMS[name]) == []


@pytest.mark.parametrize("name", SYSTEMS)
def test_a_part_that_is_taken_away_is_missed(name: str) -> None:
    """The whole of it, or all of its items but one."""
    protocol = of_system(name)
    for part, at in SYSTEMS[name].items():
        gone = tuple(section for section in protocol.sections if section.id != at)
        thin = tuple(
            replace(section, items=section.items[:1], prompts=section.prompts[:1]) if section.id == at else section
            for section in protocol.sections
        )
        assert lacking(replace(protocol, sections=gone), SYSTEMS[name]) == [part]
        assert lacking(replace(protocol, sections=thin), SYSTEMS[name]) == [part]


@pytest.mark.parametrize("name", ABOUT_CLASSROOMS)
def test_a_part_about_classrooms_looks_at_students_and_asks_one(name: str) -> None:
    """Both of it, in each of them."""
    found = {section.id: section for section in of_system(name).sections}
    assert [at for at in ABOUT_CLASSROOMS[name] if not looks_at_students(found[at])] == []
    assert [at for at in ABOUT_CLASSROOMS[name] if not asks_a_student(found[at])] == []


def test_what_a_classroom_visitor_notes_says_which_attribute_it_speaks_to() -> None:
    """The crosswalk: every item of a system's look-fors has its attribute of the four."""
    looked = [protocol for protocol in map(of_system, SYSTEMS) if protocol.kind == "observation"]
    assert [(one.id, item.id) for one in looked for item in one.items if item.attribute is None] == []


def test_the_guidebook_has_nineteen_takeaways() -> None:
    """Two, two, three, three, two, three and four, each with its number, and the key questions of every lesson."""
    protocol = of_system("guidebook-seven-lessons")
    taken = [len(section.prompts) for section in protocol.sections]
    assert taken == [2, 2, 3, 3, 2, 3, 4]
    numbers = [f"{lesson}.{at}" for lesson, most in enumerate(taken, start=1) for at in range(1, most + 1)]
    assert [prompt.title.split()[0] for prompt in protocol.prompts] == numbers
    assert all(section.about.startswith("Key questions: ") for section in protocol.sections)


def test_every_group_is_asked_for_its_appetite_in_concept_and_in_practice() -> None:
    """What it thinks of the idea, and what it would do."""
    for section in of_system("stakeholder-appetite").sections:
        assert [prompt.title.split(":")[0] for prompt in section.prompts] == ["In concept", "In practice"]


def test_appetite_in_concept_and_in_practice_are_counted_apart() -> None:
    """One question of each group in the one, one in the other."""
    protocol = of_system("stakeholder-appetite")
    (result,) = protocol.results
    asked = zip(*([prompt.id for prompt in section.prompts] for section in protocol.sections), strict=True)
    assert [group.items for group in result.groups] == list(asked)


def test_lake_county_tells_adoption_from_adherence() -> None:
    """In each element two look-fors for what is there and one rating for what is done with it; the rule says so."""
    protocol = of_system("lake-county-visit")
    for at in SYSTEMS["lake-county-visit"].values():
        (section,) = (one for one in protocol.sections if one.id == at)
        noted = [(item.kind, item.text.split(": ")[0]) for item in section.items]
        assert noted == [
            ("look-for", "Adoption"), ("look-for", "Adoption"), ("rating", "Adherence"), ("text", "Ask a student"),
        ]  # fmt: skip
    counted = {group.title: group.items for group in protocol.results[0].groups}
    assert [len(items) for items in counted.values()] == [8, 4, 1, 0]
    assert "never added up" in rule(protocol.results[0], protocol)


def test_henry_county_hears_of_all_five_groups_and_all_four_skills() -> None:
    """Mindsets and behaviors of students, teachers, principals, parents and central office; each skill counted."""
    found = {section.id: section for section in of_system("henry-county-tenets").sections}
    said = [item.text.split(":")[0] for item in found["mindsets"].items]
    assert said == ["Students", "Teachers", "Principal", "Parent", "Central office"]
    counted = [item.text.split(":")[0] for item in found["skills"].items if item.kind == "tally"]
    assert counted == ["Communication", "Collaboration", "Creativity", "Critical thinking"]


@pytest.mark.parametrize("name, parts", [("denver-readiness", 6), ("colorado-readiness", 5)])
def test_readiness_is_read_criterion_by_criterion(name: str, parts: int) -> None:
    """Each section is a criterion of the rule with all that is asked in it, and the rule makes no sum of them."""
    protocol = of_system(name)
    (result,) = protocol.results
    asked = [tuple(prompt.id for prompt in section.prompts) for section in protocol.sections]
    assert [group.items for group in result.groups] == asked
    assert len(asked) == parts
    assert "No sum and no average" in rule(result, protocol)
