"""Facilitations and plans that ship: minutes add up, every step can be led from what it says, every plan can be run."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pytest

from plfacilitate.core.protocol import Protocol, Step
from plfacilitate.shelf.protocol_form import Paper, form
from plfacilitate.shelf.protocols import find_protocol
from plfacilitate.shelf.shipped import folder

NUMBERS = ("no", "one", "two", "three", "four", "five", "six")
NOWHERE = Path("/nowhere")
AT = datetime(2023, 12, 6, 16, tzinfo=UTC)
LED = {path.stem: path for path in sorted((folder("protocols") / "facilitation").glob("*.toml"))}
MINUTES = {
    "popup-15": 15, "popup-30": 30, "popup-45": 45,
    "consultancy-50": 50, "consultancy-20": 20, "consultancy-15": 15, "problem-of-practice-30": 30,
    "tuning-75": 75, "tuning-60": 60, "tuning-40": 40, "peeling-the-onion": 40,
    "issaquah-60": 60, "issaquah-35": 35, "chalk-talk": 30, "rounds-debrief": 120, "rounds-debrief-50": 50,
    "troika": 30, "wise-crowds": 60, "one-two-four-all": 12, "triz": 35, "twenty-five-ten": 30,
    "impromptu-networking": 20, "dot-vote": 15, "design-thinking-cycle": 60, "consultancy-question": 30,
    "unfocus-hopes": 45, "unfocus-places": 50, "table-talk": 45,
}  # fmt: skip
"""How long each is said to take by those who use it."""


def led(name: str) -> Protocol:
    """The shipped facilitation of that id."""
    return find_protocol(str(LED[name]), NOWHERE)


def sentences(protocol: Protocol) -> set[str]:
    """What is read aloud and what is said of it, sentence by sentence; a few words in a row are none."""
    said = [protocol.purpose, *(step.prompt for step in protocol.steps)]
    parts = (re.sub(r"\W+", " ", one).strip().casefold() for text in said for one in re.split(r"[.?!:;]+\s", text))
    return {one for one in parts if len(one.split()) >= 4}


def said_twice(protocols: Iterable[Protocol]) -> dict[str, list[str]]:
    """Sentences that stand in several protocols, and in which."""
    where: dict[str, list[str]] = defaultdict(list)
    for protocol in protocols:
        for sentence in sentences(protocol):
            where[sentence].append(protocol.id)
    return {sentence: ids for sentence, ids in where.items() if len(ids) > 1}


def cannot_be_led(step: Step) -> bool:
    """Whether a facilitator would have to make something up: what to say, who has the floor, what to write down."""
    return not (step.prompt and step.speaks and step.captured)


# -- facilitations ---------------------------------------------------------------------------------------------------


def test_all_that_was_promised_is_there() -> None:
    """Each under its name, as long as it is known to be."""
    assert {name: led(name).minutes for name in LED} == MINUTES


@pytest.mark.parametrize("name", LED)
def test_minutes_add_up(name: str) -> None:
    """Those that repeat as often as the file says; how long it is stands in its name where there are several."""
    protocol = led(name)
    assert protocol.led_minutes == protocol.minutes
    written = re.search(r"-(\d+)$", name)
    assert written is None or int(written[1]) == protocol.minutes


@pytest.mark.parametrize("name", LED)
def test_every_step_says_what_a_facilitator_needs(name: str) -> None:
    """Words to read aloud, who speaks, what is captured; where nobody speaks, everybody is silent."""
    protocol = led(name)
    assert [step.id for step in protocol.steps if cannot_be_led(step)] == []
    assert [step.id for step in protocol.steps if step.speaks == "nobody" and not step.silent] == []
    assert 3 <= len(protocol.steps) <= 12


def test_a_step_without_words_is_found() -> None:
    """Each of the three is looked at."""
    whole = Step("a", "A", 1, "everybody", "", "Say your name.", "names")
    assert not cannot_be_led(whole)
    for lacking in (replace(whole, prompt=""), replace(whole, speaks=""), replace(whole, captured="")):
        assert cannot_be_led(lacking)


@pytest.mark.parametrize("name", LED)
def test_what_has_to_lie_ready_is_said(name: str) -> None:
    """At the end of its purpose."""
    assert "Needs" in led(name).purpose


@pytest.mark.parametrize("name", LED)
def test_for_how_many_it_is_reckoned_is_said_in_words_too(name: str) -> None:
    """Where steps repeat: a room with more people has to be told."""
    protocol = led(name)
    written = re.search(r"Reckoned for (\w+) (person|group)s", protocol.purpose)
    said = {(written[2], NUMBERS.index(written[1]))} if written else set()
    assert {(step.repeat, step.times) for step in protocol.steps if step.repeat != "once"} == said


def test_no_sentence_stands_in_two_protocols() -> None:
    """Whoever leads the long form after the short one does not read the same words again."""
    assert said_twice(map(led, LED)) == {}


def test_a_sentence_that_stands_twice_is_found() -> None:
    """In other punctuation too."""
    one = Protocol("one", "", "facilitation", "Needs pens. Ask for a fact first!", "", 1)
    other = replace(one, id="other", purpose="", steps=(Step("a", "", 1, "", "", "Ask for a fact, first. Then stop."),))
    assert said_twice([one, other]) == {"ask for a fact first": ["one", "other"]}


@pytest.mark.parametrize("paper", ["us-letter", "a4"])
@pytest.mark.parametrize("name", LED)
def test_every_facilitation_is_one_page(name: str, paper: Paper) -> None:
    """With every prompt whole on it."""
    protocol = led(name)
    (page,) = pypdf.PdfReader(io.BytesIO(form(protocol, AT, paper=paper))).pages
    text = re.sub(r"\s+", "", page.extract_text())
    assert [step.id for step in protocol.steps if re.sub(r"\s+", "", step.prompt) not in text] == []
