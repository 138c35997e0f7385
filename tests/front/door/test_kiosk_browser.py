"""The kiosk and the projector's page in a real Chromium of a tablet's size: a scanner, axe-core, back by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plfacilitate.seal.codes import pin_of
from plfacilitate.steps.badges import give_badges
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.events import read_fold
from tests.front.door.day import LAN, LI, SEAN
from tests.front.door.judge import faults
from tests.front.door.running import Door, ending_in, running, secret_of, today
from tests.front.door.tour import QUESTIONS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from plfacilitate.store.surroundings import Surroundings

pytestmark = pytest.mark.requires_chromium


def _badges(around: Surroundings) -> dict[str, str]:
    with closing(around.open_ledger()) as ledger:
        people, _ = give_badges(ledger, Hand("facilitator", "facilitator", around.clock, around.chance))
    return {one.id: one.badge for one in people}


def _begin(page: Page, door: Door, around: Surroundings, event: str) -> None:
    page.goto(f"http://door.test:{door.port}/kiosk")
    page.fill("#pin", pin_of(secret_of(around), event))
    page.fill("#name", "left door")
    page.keyboard.press("Enter")
    page.locator("#q").wait_for()


@pytest.mark.parametrize("script", [True, False])
def test_a_scanner_signs_in_one_after_the_other(tmp_path: Path, browser: Browser, script: bool) -> None:
    """Bursts of digits and Enter, nothing touched; then it goes back by itself and shows nobody any more."""
    around, event = today(tmp_path)
    badges = _badges(around)
    with running(around, event) as door:
        context = browser.new_context(viewport={"width": 1024, "height": 768}, java_script_enabled=script)
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        _begin(page, door, around, event)
        for person, name in ((SEAN, "Sean O'Leary"), (LAN, "Lan Nguyễn"), (LI, "Li")):
            page.keyboard.type(badges[person])
            page.keyboard.press("Enter")
            page.locator(".done", has_text=re.compile(rf"You are in at\s+\d+:\d\d\s+{name}")).wait_for()
        page.locator("h1", has_text="Welcome. Please sign in here").wait_for(timeout=15_000)
        assert "Li" not in page.inner_text("main").split()
        assert page.evaluate("document.activeElement.id") == "q" if script else True
        context.close()
        assert complaints == []
        assert door.end() == 0
    with closing(around.open_ledger(readonly=True)) as ledger:
        fold = read_fold(ledger, event)
        came = [fold.presence(one).stays[0].came for one in (SEAN, LAN, LI)]
        assert {(mark.means, mark.by) for mark in came} == {("kiosk", "kiosk left door")}
        assert fold.flags() == []


def test_what_somebody_types_is_not_swept_away(tmp_path: Path, browser: Browser) -> None:
    """Where JavaScript runs the page waits for who is typing; what nobody goes on with is gone after a while."""
    around, event = today(tmp_path)
    with running(around, event) as door:
        context = browser.new_context()
        context.clock.install()
        page = context.new_page()
        _begin(page, door, around, event)
        page.fill("#q", "leary")
        page.keyboard.press("Enter")
        page.locator(".people button").click()
        page.fill("#signed", "Sean O'Leary")
        page.click("form#f > button")
        page.locator(".done").wait_for()
        page.keyboard.type("ng")
        context.clock.run_for(10_000)
        assert page.input_value("#q") == "ng"
        context.clock.run_for(25_000)
        page.locator("h1", has_text="Welcome").wait_for()
        assert page.input_value("#q") == ""
        context.close()
        assert door.end() == 0


def test_who_leaves_is_gone_from_the_screen(tmp_path: Path, browser: Browser) -> None:
    """A badge that is scanned at another's hours is the next person; left alone they go, and back shows nobody's."""
    from playwright.sync_api import Error

    around, event = today(tmp_path)
    badges = _badges(around)
    with running(around, event) as door:
        context = browser.new_context(viewport={"width": 1024, "height": 768})
        context.clock.install()
        page = context.new_page()
        _begin(page, door, around, event)
        for person in (SEAN, LAN):
            page.keyboard.type(badges[person])
            page.keyboard.press("Enter")
            page.locator(".done").wait_for()
        _leave(page, "leary")
        page.locator(".figure", has_text="clock hours").wait_for()
        page.screenshot(path=tmp_path / "hours.png")
        assert page.evaluate("document.scrollingElement.scrollHeight") <= 768, (
            "the whole page is on the tablet's screen"
        )
        page.keyboard.type(badges[LI])
        page.keyboard.press("Enter")
        page.locator(".done", has_text=re.compile(r"You are in at\s+\d+:\d\d\s+Li")).wait_for()
        _leave(page, "nguyen")
        page.locator(".figure").wait_for()
        context.clock.run_for(40_000)
        assert page.locator(".figure").count() == 1
        context.clock.run_for(10_000)
        page.locator("h1", has_text="Welcome").wait_for()
        _leave(page, "li")
        page.locator(".figure").wait_for()
        page.click("text=Done, next person")
        page.locator("h1", has_text="Welcome").wait_for()
        with suppress(Error):  # what was not kept can't be shown without asking the door again
            page.go_back()
        page.wait_for_url("chrome-error:**")
        page.reload()
        page.locator("#q").wait_for()
        assert "clock hours" not in page.content()
        context.close()
        assert door.end() == 0


def _leave(page: Page, name: str) -> None:
    page.fill("#q", name)
    page.keyboard.press("Enter")
    page.locator(".people button").first.click()
    page.click('form[action="/kiosk/out"] > button')


def _tour(page: Page, door: Door, around: Surroundings, event: str) -> Iterator[str]:
    page.goto(f"http://door.test:{door.port}/kiosk")
    yield "pin"
    page.fill("#pin", "000000")
    page.keyboard.press("Enter")
    page.locator(".warn").wait_for()
    yield "wrong pin"
    _begin(page, door, around, event)
    yield "start"
    page.goto(f"http://door.test:{door.port}/kiosk/leave")
    yield "leave"
    page.goto(f"http://door.test:{door.port}/kiosk")
    page.fill("#q", "zzzz")
    page.keyboard.press("Enter")
    page.locator(".warn").wait_for()
    yield "nobody"
    page.click('form[action="/kiosk/new"] button')
    page.locator("#last_name").wait_for()
    yield "new"
    page.fill("#last_name", "O'Leary")
    page.fill("#first_name", "Sean")
    page.fill("#signed", "Sean O'Leary")
    page.click("form#f > button")
    page.locator(".people").wait_for()
    yield "alike"
    page.click(".people button")
    page.locator("#signed").wait_for()
    yield "person"
    page.fill("#signed", "Sean O'Leary")
    page.click("form#f > button")
    page.locator(".done").wait_for()
    yield "in"
    page.fill("#q", "leary")
    page.keyboard.press("Enter")
    page.click(".people button")
    page.locator('form[action="/kiosk/out"]').wait_for()
    yield "is in"
    yield from _leaving(page)
    page.goto(f"{door.url}/wall")
    yield "wall"


def _leaving(page: Page) -> Iterator[str]:
    page.click("form#f button")
    page.locator("h1", has_text=re.compile(r"\d+:\d\d")).wait_for()
    page.click("summary")
    yield "hours"
    page.click('button[name="show"]')
    page.fill("#hours", "99")
    page.click("form#f > button")
    page.locator(".fault").wait_for()
    yield "fewer"
    page.fill("#hours", "")
    page.click("form#f > button")
    page.locator('button[name="choice"]').first.wait_for()
    yield "choice"
    page.click('button[name="choice"] >> nth=0')
    page.locator("textarea").wait_for()
    yield "questions"
    page.click("form#f > button")
    page.locator(".done").wait_for()
    yield "out"


@pytest.mark.parametrize("language, widths", [("en", (320, 768, 1024)), ("es", (1024, 768, 320))])
def test_nothing_is_wrong_on_any_page(tmp_path: Path, browser: Browser, language: str, widths: tuple[int, ...]) -> None:
    """Every page of the kiosk and the projector's: WCAG 2.2 AA, nothing sticks out, large enough for a thumb."""
    of = replace(ending_in(12 * 60), choice=("clock-hours", "quarter-credits"), questions=QUESTIONS)
    around, event = today(tmp_path, of=of)
    found: list[str] = []
    names = []
    with running(around, event) as door:
        context = browser.new_context(viewport={"width": 1024, "height": 768}, locale=language, bypass_csp=True)
        context.set_default_timeout(20_000)
        page = context.new_page()
        for name in _tour(page, door, around, event):
            names.append(name)
            # A projector's page is nobody's to read in peace: it may come anew.
            found += faults(page, name, language=language, widths=widths, but=["meta-refresh"])
        context.close()
        assert door.end() == 0
    assert found == []
    assert len(names) == 16
