"""The phones' clocks tell when the laptop's is wrong: one doubt, in minutes, and nobody is kept out."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plfacilitate.front.door.phone_clocks import off
from plfacilitate.steps.events import read_fold
from tests.front.door.day import LAN, LI, MARIA, MARIA_TOO, SEAN, Day
from tests.front.door.running import code_of, running, today

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.mark.parametrize(
    "ahead, minutes",
    [
        ([], 0),
        ([600, 600], 0),
        ([600, 600, 600], 10),
        ([-3600, -3601, -3599, -3600], -60),
        ([119, 119, 119], 0),
        ([121, 121, 121], 2),
        ([600, 600, 0], 0),
        ([600, -600, 600], 0),
        ([600, 600, 600, 0, 0, 0, 0], 0),
        ([600, 600, 600, 600, -900, 2], 10),
        ([5.0e9, 5.0e9, 0], 0),
    ],
)
def test_three_in_one_direction_and_most_of_all(ahead: list[float], minutes: int) -> None:
    """One phone that is wrong is the phone's affair."""
    assert off(ahead) == minutes


async def _signs_in(day: Day, person: str, ahead: timedelta, *, raw: str = "") -> None:
    phone = await day.scanned()
    said = raw or str(int((day.clock() + ahead).timestamp() * 1000))
    page = await phone.post("/in", t=phone.ticket, p=person, c=said)
    assert page.status_code == 200


async def test_three_phones_are_one_doubt(day: Day) -> None:
    """Said once, with the minutes, about the event and nobody in it."""
    for person in (MARIA, SEAN):
        await _signs_in(day, person, timedelta(minutes=7))
        assert day.entries("flag") == []
    for person in (LAN, LI, MARIA_TOO):
        await _signs_in(day, person, timedelta(minutes=7))
    (flag,) = day.entries("flag")
    assert flag.person is None
    assert flag.means == "system"
    assert flag.body["code"] == "laptop-clock"
    assert flag.body["text"] == "The phones say that this laptop's clock is 7 minutes behind."
    assert [one.code for one in day.fold().flags()] == ["laptop-clock"]


async def test_it_is_told_which_way(day: Day) -> None:
    """A laptop that is an hour ahead."""
    for person in (MARIA, SEAN, LAN):
        await _signs_in(day, person, -timedelta(hours=1))
    (flag,) = day.entries("flag")
    assert flag.body["text"] == "The phones say that this laptop's clock is 60 minutes ahead."


async def test_right_clocks_and_nonsense_say_nothing(day: Day) -> None:
    """Seconds apart, no number, far too long; one phone that sends its form ten times is one phone."""
    people = (MARIA, SEAN, LAN, LI, MARIA_TOO)
    for person, raw in zip(people, ("", "x", "-5", "9" * 400, "1e300"), strict=True):
        await _signs_in(day, person, timedelta(seconds=30), raw=raw)
    phone = await day.scanned()
    for _ in range(10):
        said = str(int(day.clock().timestamp() * 1000) + 600_000)
        await phone.post("/out", t=phone.ticket, p=MARIA, c=said)
        await phone.get(f"/{day.code}")
    assert [flag.body["code"] for flag in day.entries("flag")].count("laptop-clock") == 0


@pytest.mark.requires_chromium
def test_a_browser_sends_its_clock(tmp_path: Path, browser: Browser) -> None:
    """Three phones whose clocks are nine minutes ahead of this machine's, without a word of JavaScript from the test."""
    around, event = today(tmp_path)
    with running(around, event) as door:
        for typed in ("leary", "nguyen", "brown0"):
            context = browser.new_context()
            context.clock.install(time=around.clock() + timedelta(minutes=9))
            page = context.new_page()
            page.goto(f"http://door.test:{door.port}/{code_of(around, event)}")
            page.fill("#q", typed)
            page.keyboard.press("Enter")
            page.locator("ul.people a").first.click()
            page.fill("#signed", "Me Myself")
            page.click("form#f > button")
            page.locator("main", has_text="You are in at").wait_for()
            context.close()
        ledger = around.open_ledger(readonly=True)
        flags = [one for one in read_fold(ledger, event).flags() if one.code == "laptop-clock"]
        ledger.close()
        assert [one.text for one in flags] == ["The phones say that this laptop's clock is 9 minutes behind."]
        assert door.end() == 0
