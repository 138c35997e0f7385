"""Two phones at once in a real Chromium, and one that is interrupted: nothing lost, nothing doubled, no false "in"."""

from __future__ import annotations

import re
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plfacilitate.front.door.languages import load
from plfacilitate.store.surroundings import Surroundings
from tests.front.door.day import LAN, LI, MARIA, MARIA_DIMMITT, MARIA_TOO, SEAN
from tests.front.door.phones import phone_of
from tests.front.door.running import Door, code_of, running, ticket_of, today

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.requires_chromium
_TAP = "document.querySelector('form[data-once] > button').click()"
_REMEMBER = (  # what the page says while it is on its way
    "addEventListener('submit', () => queueMicrotask(() => "
    "localStorage.setItem('said', document.getElementById('wait').textContent)))"
)


@dataclass(frozen=True, slots=True)
class Hall:
    """A door that runs, a browser, and the language of its phones."""

    around: Surroundings
    event: str
    door: Door
    browser: Browser
    language: str

    @property
    def base(self) -> str:
        """How phones name the door."""
        return f"http://door.test:{self.door.port}"

    def say(self, sentence: str) -> re.Pattern[str]:
        """A sentence of the door in the language of the phones."""
        return re.compile(re.escape(load(self.language)(sentence)).replace("\\ ", r"\s+"))

    @contextmanager
    def phones(self, count: int) -> Iterator[list[Page]]:
        """So many phones, none of which was here before."""
        contexts = [phone_of(self.browser, language=self.language) for _ in range(count)]
        yield [context.new_page() for context in contexts]
        for context in contexts:
            context.close()

    def person(self, page: Page, person: str) -> None:
        """Open somebody's page, by a ticket of this phone's own, and sign."""
        page.goto(f"{self.base}/me?t={ticket_of(self.around, self.event)}&p={person}")
        if page.locator("#signed").count():
            page.fill("#signed", "Somebody")

    def see(self, page: Page, sentence: str) -> None:
        """Wait until the page says so."""
        page.locator("main", has_text=self.say(sentence)).wait_for()

    def count(self, person: str, *kinds: str) -> list[int]:
        """How many entries there are of each kind for this person."""
        with closing(self.around.open_ledger(readonly=True)) as ledger:
            return [sum(one.person == person for one in ledger.entries(kinds=(kind,))) for kind in kinds]


def _swallow(door: Door, route: Route) -> None:
    """Bring a form to the door, and lose the answer on the way back."""
    host = {"Host": f"door.test:{door.port}", "Content-Type": "application/x-www-form-urlencoded"}
    form = urllib.request.Request(door.url + "/in", route.request.post_data_buffer, host)
    with urllib.request.urlopen(form) as answer:
        assert answer.status == 200
    route.abort("connectionreset")


@pytest.fixture(params=["en", "es"])
def hall(request: pytest.FixtureRequest, tmp_path: Path, browser: Browser) -> Iterator[Hall]:
    """An open event in each language."""
    around, event = today(tmp_path)
    with running(around, event) as door:
        yield Hall(around, event, door, browser, request.param)
        assert door.end() == 0


def test_two_phones_and_one_name(hall: Hall) -> None:
    """Both find the name; one signs in, and the other is told since when that person is in."""
    with hall.phones(2) as (one, other):
        for page in (one, other):
            page.goto(f"{hall.base}/{code_of(hall.around, hall.event)}")
            page.fill("#q", "leary")
            page.keyboard.press("Enter")
            page.tap(".people a")
            page.fill("#signed", "Sean O'Leary")
        one.tap("form[data-once] > button")
        hall.see(one, "You are in at")
        other.tap("form[data-once] > button")
        hall.see(other, "You are in since")
        assert one.inner_text(".time") == other.inner_text(".time")
        other.goto(f"{hall.base}/me?t={ticket_of(hall.around, hall.event)}&p={SEAN}")
        hall.see(other, "You are in since")
    assert hall.count(SEAN, "sign-in", "signature") == [1, 1]


def test_one_person_by_two_phones_at_the_same_moment(hall: Hall) -> None:
    """Tapped together, several times: one entry for each person, and both phones show the same time."""
    people = (SEAN, LAN, LI, MARIA, MARIA_TOO, MARIA_DIMMITT)
    with hall.phones(2) as pages:
        for person in people:
            for page in pages:
                page.context.clear_cookies()
                hall.person(page, person)
            at = max(page.evaluate("Date.now()") for page in pages) + 250
            for page in pages:
                page.evaluate(f"setTimeout(() => {_TAP}, {at} - Date.now())")
            for page in pages:
                page.locator(".done .time").wait_for()
            assert len({page.inner_text(".time") for page in pages}) == 1
    assert [hall.count(person, "sign-in", "signature") for person in people] == [[1, 1]] * len(people)


def test_back_twice_and_reload(hall: Hall) -> None:
    """A double tap, a reload of the page that a form led to, back and once more: one entry, the same time."""
    with hall.phones(1) as (page,):
        page.goto(hall.base + "/")
        hall.person(page, MARIA)
        page.dblclick("form[data-once] > button")
        hall.see(page, "You are in at")
        time = page.inner_text(".time")
        page.reload()
        hall.see(page, "You are in at")
        page.go_back()
        hall.see(page, "You are in since")
        assert time in page.inner_text(".who")
        assert page.locator('form[action="/in"]').count() == 0
    assert hall.count(MARIA, "sign-in", "signature", "sign-out") == [1, 1, 0]


def test_a_screen_that_was_locked(hall: Hall) -> None:
    """The phone sleeps for ten minutes over an open form: it says not yet in, and what is sent then counts."""
    with hall.phones(1) as (page,):
        page.context.clock.install()
        hall.person(page, LAN)
        hall.see(page, "You are not in yet: the next page says so, with the time.")
        frozen = page.context.new_cdp_session(page)
        frozen.send("Page.setWebLifecycleState", {"state": "frozen"})
        assert hall.count(LAN, "sign-in") == [0]
        page.context.clock.fast_forward(10 * 60 * 1000)
        frozen.send("Page.setWebLifecycleState", {"state": "active"})
        assert page.input_value("#signed") == "Somebody"
        hall.see(page, "You are not in yet: the next page says so, with the time.")
        page.tap("form[data-once] > button")
        hall.see(page, "You are in at")
    assert hall.count(LAN, "sign-in", "signature") == [1, 1]


def test_a_network_that_goes_away(hall: Hall) -> None:
    """Offline before the tap: never a page that says in; online again the same form is one entry."""
    with hall.phones(1) as (page,):
        page.add_init_script(_REMEMBER)
        hall.person(page, SEAN)
        page.context.set_offline(offline=True)
        page.tap("form[data-once] > button")
        page.locator("body.neterror").wait_for()
        assert page.locator(".done").count() == 0
        assert hall.count(SEAN, "sign-in") == [0]
        page.context.set_offline(offline=False)
        page.go_back()
        page.locator("form[data-once] > button").wait_for()
        hall.see(page, "You are not in yet: the next page says so, with the time.")
        assert hall.say("Saving … Not yet: wait for the next page.").search(
            page.evaluate("localStorage.getItem('said')")
        )
        page.fill("#signed", "Sean O'Leary")
        page.tap("form[data-once] > button")
        hall.see(page, "You are in at")
    assert hall.count(SEAN, "sign-in", "signature") == [1, 1]


def test_an_answer_that_never_came(hall: Hall) -> None:
    """Saved, but the network broke before the page came back: a reload is the same entry."""
    with hall.phones(1) as (page,):
        hall.person(page, LI)
        page.route("**/in", partial(_swallow, hall.door))
        page.tap("form[data-once] > button")
        page.locator("body.neterror").wait_for()
        page.unroute("**/in")
        assert hall.count(LI, "sign-in") == [1]
        page.reload()
        hall.see(page, "You are in at")
        page.go_back()
        hall.see(page, "You are in since")
    assert hall.count(LI, "sign-in", "signature", "sign-out") == [1, 1, 0]
