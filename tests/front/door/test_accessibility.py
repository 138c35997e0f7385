"""Every page and state by axe-core in a real Chromium: WCAG 2.2 AA, on a narrow phone, dark and light, both languages."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from plfacilitate.core.evaluation import Given
from plfacilitate.core.polls.picture import PollPicture
from plfacilitate.core.running.places import Size
from plfacilitate.shelf.protocols import find_protocol
from plfacilitate.steps import groups, polls, run
from plfacilitate.steps.capture import Hand, sign_in
from plfacilitate.steps.events import read_event
from plfacilitate.store.ballots import Ballot, box_of, cast_ballots
from tests.front.door.day import LAN, MARIA, SEAN
from tests.front.door.judge import faults
from tests.front.door.phones import phone
from tests.front.door.running import ending_in, running, today
from tests.front.door.tour import TICKET, tour

pytestmark = pytest.mark.requires_chromium


@pytest.mark.parametrize("language", ["en", "es"])
def test_nothing_is_wrong_on_any_page(tmp_path: Path, chromium: Path, language: str) -> None:
    """Nothing sticks out at 320 pixels, all is large enough for a thumb, and axe has nothing to say in either scheme."""
    found: list[str] = []
    with phone(chromium, width=320, language=language, bypass_csp=True) as context:
        page = context.new_page()
        seen = 0
        for name in tour(page, tmp_path):
            seen += 1
            found += faults(page, name, language=language, widths=[320])
    assert found == []
    assert seen == 48


SCREEN = ["meta-refresh", "region"]
"""What is not meant for a projector's page: it is looked at by all and read out to nobody, so that it may come anew."""


@pytest.mark.parametrize("language", ["en", "es"])
def test_nothing_is_wrong_on_the_projector_s_pages(tmp_path: Path, chromium: Path, language: str) -> None:
    """The code, a led protocol, groups, a poll with its counts: axe has nothing to say, nothing sticks out."""
    around, event = today(tmp_path, of=replace(ending_in(12 * 60), polls=(TICKET,)))
    found: list[str] = []
    with (
        running(around, event) as door,
        phone(chromium, width=1280, language=language, bypass_csp=True) as context,
    ):
        page = context.new_page()

        def look(name: str) -> None:
            page.goto(f"{door.url}/wall{name}")
            found.extend(faults(page, name, language=language, widths=[1280], but=SCREEN))

        for name in ("", "/protocol", "/groups", "/poll"):
            look(name)
        with closing(around.open_ledger()) as ledger:
            hand = Hand("facilitator", "facilitator", around.clock, around.chance)
            ledger.append([sign_in(hand, event, one) for one in (SEAN, LAN, MARIA)])
            troika = find_protocol("troika", tmp_path)
            ledger.append_one(run.begin(hand, event, troika, segment="All", size=Size(3)))
            ledger.append(groups.draw(hand, event, groups.read_groups(ledger, event), way="mix", size=2))
            asked = polls.open_poll(hand, read_event(ledger, event), PollPicture(event), TICKET)
            ledger.append_one(asked)
            answers: dict[str, Given] = {"useful": 4, "took": [1, 2], "say": "Ask my team <b>first</b>"}
            cast_ballots(box_of(ledger.path), [Ballot(asked.id, f"{at:032x}", answers) for at in range(5)])
            for name in ("/protocol", "/groups", "/poll"):
                look(name)
            (poll,) = polls.read_polls(ledger, event).picture().polls
            ledger.append_one(polls.show(hand, event, poll, counts=True, texts=True))
            look("/poll")
            page.screenshot(path=tmp_path / "poll.png")
    assert found == []


def test_the_judge_sees_what_is_wrong(chromium: Path) -> None:
    """Else an empty list would say nothing: too wide, too small, too pale in the dark, and without a language."""
    with phone(chromium, width=320, bypass_csp=True) as context:
        page = context.new_page()
        page.set_content(
            "<title>x</title><style>@media (prefers-color-scheme:dark){p{color:#eee;background:#fff}}</style>"
            "<main><h1>x</h1><p style='width:900px'>pale</p><button style='height:20px'>b</button></main>"
        )
        found = " ".join(faults(page, "bad", language="en", widths=[320]))
    assert "another language" in found
    assert "sticks out at 320" in found
    assert "too small at 320" in found
    assert "dark: color-contrast" in found
    assert "light: color-contrast" not in found
