"""The projector's page of a protocol that is led: the step, every clock, nobody's name, and only for who may see it."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from plfacilitate.core.protocol import Step
from plfacilitate.core.running.places import Size
from plfacilitate.core.running.run import Run
from plfacilitate.front.door.app import door_app
from plfacilitate.front.door.network import Hosts
from plfacilitate.front.door.where import Whereabouts
from plfacilitate.seal.codes import wall_key
from plfacilitate.shelf.protocols import find_protocol
from plfacilitate.steps import run as steps
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.run import read_runs
from tests.front.door.day import PEOPLE, SEAN, SECRET, Day, text_of
from tests.front.door.running import now, running, today

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BOXES = "all => all.map(one => one.getBoundingClientRect()).map(({x, y, width, height}) => ({x, y, width, height}))"
TROIKA = find_protocol("troika", Path("/nowhere"))


@pytest.fixture
async def stage(day: Day) -> Day:
    """The day with a door that knows where it is."""
    where = Whereabouts("http://192.168.1.20:8100", "Wi-Fi", reachable=True, own=("192.168.1.20",))
    day.app = door_app(
        day.reception,
        nonce="n0",
        hosts=Hosts(("door.test",)),
        cast=lambda number, given: None,
        drop=lambda ballots: [],
        where=where,
    )
    return day


async def _page(day: Day, address: str = "127.0.0.1", **query: str) -> httpx.Response:
    return await day.phone(address=address).get("/wall/protocol", **query)


def led(day: Day, clocks: int) -> Run:
    """A troika begins; gives it as it stands."""
    day.desk.append([steps.begin(day.hand, day.event, TROIKA, size=Size(clocks))])
    return found(day)


def found(day: Day) -> Run:
    """What is led."""
    (only,) = read_runs(day.desk, day.event).runs
    return only


async def test_only_who_may_see_the_wall_sees_it(stage: Day) -> None:
    """This laptop and the key; to a phone it does not exist."""
    key = wall_key(SECRET, stage.event)
    assert (await _page(stage)).status_code == 200
    assert (await _page(stage, "192.168.1.50", key=key)).status_code == 200
    assert (await _page(stage, "192.168.1.50")).status_code == 404
    assert (await _page(stage, "192.168.1.50", key=key[:-1])).status_code == 404


async def test_nothing_is_led(stage: Day) -> None:
    """It says so, and looks again."""
    page = await _page(stage)
    assert "No protocol is led now." in text_of(page)
    assert 'content="5"' in page.text


async def test_one_clock_with_its_step(stage: Day) -> None:
    """Title, prompt, who speaks and who is silent, and what is left; orange, red, and then it counts up."""
    led(stage, 1)
    said = text_of(await _page(stage))
    step = TROIKA.steps[0]
    for words in (step.title, step.prompt, f"speaks: {step.speaks}", f"silent: {step.silent}", "2:00"):
        assert words in said
    looks = []
    for seconds in (90, 26, 10):
        stage.clock.forward(seconds=seconds)
        page = await _page(stage)
        looks += re.findall(r'<li class="(\w+)"', page.text)
    assert looks == ["calm", "close", "over"]
    assert "+0:06" in page.text
    stage.desk.append([steps.pause(stage.hand, found(stage), [1])])
    stage.clock.forward(minutes=5)
    page = await _page(stage)
    assert "+0:06" in page.text
    assert "paused" in text_of(page)


async def test_groups_at_different_steps(stage: Day) -> None:
    """A clock each, with the step beside the number; no step stands large, for there is not one for all."""
    run = led(stage, 3)
    stage.clock.forward(seconds=30)
    stage.desk.append([steps.move(stage.hand, run, [2], run.places[3])])
    said = text_of(await _page(stage))
    assert f"Group 2 · {run.places[3].step.title} 4:00" in said
    assert f"Group 1 · {run.places[0].step.title} 1:30" in said
    assert TROIKA.steps[0].prompt not in said


async def test_it_shows_nobody_and_nothing_that_was_written_down(stage: Day) -> None:
    """Lines are the facilitator's; what is erased or ended is not led any more."""
    await stage.signed_in(SEAN)
    run = led(stage, 2)
    stage.desk.append(steps.capture(stage.hand, run, "Sean said it", place=run.places[0]))
    text = (await _page(stage)).text
    for fields in PEOPLE:
        assert not any(value and value in text for value in fields.values())
    assert "Sean" not in text
    stage.desk.append([steps.end(stage.hand, run)])
    assert "No protocol is led now." in (await _page(stage)).text


async def test_markup_in_a_protocol_stays_text(stage: Day) -> None:
    """Whatever a file says is shown and never done."""
    nasty = replace(TROIKA, title="<script>alert(1)</script>", steps=(Step("s", "<b>x</b>\x1b[31m", 2, "{{ 7*7 }}"),))
    stage.desk.append([steps.begin(stage.hand, stage.event, nasty)])
    text = (await _page(stage)).text
    assert "<script" not in text
    assert "&lt;b&gt;x&lt;/b&gt;␛[31m" in text
    assert "{{ 7*7 }}" in text


@pytest.mark.requires_chromium
@pytest.mark.parametrize("clocks, apart", [(1, False), (4, True), (6, True), (12, False), (40, True)])
def test_everything_fits_the_wall(tmp_path: Path, browser: Browser, clocks: int, apart: bool) -> None:
    """In a real browser without scripts: every clock is inside the picture, nothing comes from elsewhere."""
    around, event = today(tmp_path)
    ledger = around.open_ledger()
    hand = Hand("desk", "facilitator", now, os.urandom)
    ledger.append([steps.begin(hand, event, TROIKA, size=Size(clocks), at=now() - timedelta(seconds=70))])
    (run,) = read_runs(ledger, event).runs
    if apart:
        ledger.append([steps.move(hand, run, [2], run.places[2])])
    ledger.close()
    with running(around, event) as door:
        context = browser.new_context(viewport={"width": 1280, "height": 720}, java_script_enabled=False)
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(f"{door.url}/wall/protocol")
        boxes: list[dict[str, float]] = page.locator("li").evaluate_all(BOXES)  # at once: the page comes anew
        if shots := os.environ.get("STAGE_SHOTS"):
            page.screenshot(path=f"{shots}/stage-{clocks}.png")
        with page.expect_request(re.compile("/wall/protocol"), timeout=10_000):
            pass
        context.close()
        assert door.end() == 0
    assert complaints == []
    assert len(boxes) == clocks
    for box in boxes:
        assert box["x"] >= 0
        assert box["y"] >= 0
        assert box["x"] + box["width"] <= 1280
        assert box["y"] + box["height"] <= 720
