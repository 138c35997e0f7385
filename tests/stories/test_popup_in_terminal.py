"""A POP-up of twelve people in three groups: three phones with a real browser, nine by HTTP, real keys at the desk.

From the open call to the follow-up, with door and desk killed while ideas come in: what a phone was told is saved is there.
"""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from plfacilitate.core.people import person_id
from plfacilitate.core.plan import PopupRules
from plfacilitate.core.popup.picture import PopupPicture
from plfacilitate.steps.capture import Hand, written
from plfacilitate.steps.popup import read_popup
from plfacilitate.steps.problem_bank import find_problem, read_bank, read_story
from plfacilitate.steps.problems import Heard, follow_up, the_promise
from plfacilitate.store.ballots import box_of, lying
from plfacilitate.store.surroundings import Surroundings
from tests.front.desk.test_doorkeeper import until
from tests.front.door.day import LAN, LI, MARIA, MARIA_DIMMITT, MARIA_TOO, PEOPLE, SEAN, plan
from tests.front.door.phones import phone_of
from tests.front.door.running import running, ticket_of, today

if sys.platform == "win32":
    pytest.skip("needs a terminal of POSIX", allow_module_level=True)
from tests.front.desk.test_terminal import Window, window

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.requires_chromium
ENTER, DOWN = "\r", "\x1b[B"
OWNERS = {SEAN: "Sean O'Leary", LAN: "Lan Nguyễn", LI: "Li"}
HELPERS = [MARIA, MARIA_TOO, MARIA_DIMMITT, *(person_id(fields) for fields in PEOPLE[7:13])]


@dataclass
class Phone:
    """A phone without JavaScript that follows the forms of its page."""

    http: httpx.Client
    page: str = ""

    def send(self, action: str, **more: str) -> str:
        """Send a form of the page that is open, with what was typed; the next page."""
        self.page = self.http.post(action, data={**self.hidden(action), **more}).text
        return self.page

    def hidden(self, action: str) -> dict[str, str]:
        """What a form of the page holds."""
        form = re.search(rf'<form[^>]*action="{action}".*?</form>', self.page, re.DOTALL)
        assert form is not None, self.page
        found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[0])
        return {name: html.unescape(value) for name, value in found}


def picture(around: Surroundings, event: str) -> PopupPicture:
    """The POP-ups as anybody reads them who opens the ledger."""
    with closing(around.open_ledger(readonly=True)) as ledger:
        return read_popup(ledger, event).picture()


def in_the_box(around: Surroundings, event: str) -> int:
    """How much lies there for what is asked now."""
    asked = [one.open_round for one in picture(around, event).problems]
    return sum(lying(box_of(around.workspace.ledger), [one.id for one in asked if one is not None]).values())


@contextmanager
def browsers(chromium: Path) -> Iterator[Browser]:
    """One browser for all phones that have one."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--host-resolver-rules=MAP door.test 127.0.0.1"]
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield browser
        browser.close()


def brings(page: Page, base: str, ticket: str, person: str, problem: str) -> None:
    """An owner signs in and brings a problem, by taps."""
    page.goto(f"{base}/me?t={ticket}&p={person}")
    page.fill("#signed", OWNERS[person])
    page.click('form[action="/in"] > button')
    page.click("text=Problems of practice")
    page.click("text=I bring a problem of practice")
    page.fill("#problem", problem)
    page.fill("#data", "3 of 28 on Monday")
    page.click("text=Bring it")
    page.locator("[role=status]", has_text="It is saved.").wait_for()


def three(desk: Window, keys: str, sees: list[str]) -> None:
    """The same keys on each of the three problems, from the first on."""
    desk.type("\x1b[H", sees="")
    for at, words in enumerate(sees):
        desk.type((DOWN if at else "") + keys, sees=words)


def test_a_popup_from_the_open_call_to_the_follow_up(tmp_path: Path, chromium: Path) -> None:
    """Twelve people, three groups, one kill -9 of door and desk; nothing that was acknowledged is lost, nobody is named."""
    of = replace(plan(minutes=2 * 1440, starts="00:00"), popup=PopupRules())
    around, event = today(tmp_path, of=of)
    with browsers(chromium) as browser, ExitStack() as held:
        pages = {person: phone_of(browser, script=person != LI).new_page() for person in OWNERS}
        phones = {person: Phone(held.enter_context(httpx.Client(timeout=30))) for person in HELPERS}
        with running(around, event) as door, window(around, event) as desk:
            port, base = door.port, f"http://door.test:{door.port}"
            desk.type("P", sees="No problem of practice")
            _open_call(around, event, base, pages, phones)
            found = picture(around, event)
            assert [len(one.members) for one in found.problems] == [4, 4, 4]
            desk.type("", sees="Li")
            three(desk, "i", ["Phones are asked"] * 3)
            _ideas(around, event, pages, phones)
            desk.type("", sees="8 so far")
            desk.desk.kill()
            door.process.kill()
            door.process.wait()
        assert in_the_box(around, event) == 24
        with running(around, event, port=port), window(around, event) as desk:
            _again(phones)
            assert in_the_box(around, event) == 24
            desk.type("P", sees="8 so far")
            for at in range(3):
                desk.type((DOWN if at else "") + "i", sees="Close it?")
                desk.type("y", sees="Ideas are closed: 8 in all")
            desk.type("\x1b[H" + ENTER + "  " + "c", sees="2 ideas")
            desk.type("First alone" + ENTER, sees="First alone")
            desk.type("\t", sees="")
            three(desk, "v", ["The vote is open"] * 3)
            _votes(pages, phones)
            until(lambda: in_the_box(around, event) == 12, "all have voted")
            for at in range(3):
                desk.type(("\x1b[H" if not at else DOWN) + "v", sees="have voted")
                desk.type("y", sees="The vote is closed: 4 voted")
            desk.type("\x1b[H" + "m", sees="Will try")
            desk.type(ENTER + "Ask Bo" + ENTER + "2030-01-15" + ENTER + ENTER, sees="committed")
            _promises(pages)
            until(lambda: all(one.commitments for one in picture(around, event).problems), "three commitments")
    _judge(around, event)
    _a_month_later(around)


def _open_call(
    around: Surroundings, event: str, base: str, pages: dict[str, Page], phones: dict[str, Phone]
) -> None:  # fmt: skip
    problems = ("Talk dries up", "Homework is late", "Nobody asks")
    for (person, page), problem in zip(pages.items(), problems, strict=True):
        brings(page, base, ticket_of(around, event), person, problem)
    ids = [one.id for one in picture(around, event).problems]
    for at, (person, phone) in enumerate(phones.items()):
        phone.http.base_url = base.replace("door.test", "127.0.0.1")
        phone.page = phone.http.post("/in", data={"t": ticket_of(around, event), "p": person, "signed": "me"}).text
        phone.send("/popup")
        phone.send("/popup/join", g=ids[0] if at == 0 else "?")


def _ideas(around: Surroundings, event: str, pages: dict[str, Page], phones: dict[str, Phone]) -> None:
    for page in pages.values():
        page.click("text=Look again")
        page.fill("#ideas", f"{page.url} one\nand <b>two</b>")
        page.click("text=Send my ideas")
        page.locator("[role=status]", has_text="Saved: 2 ideas.").wait_for()
    for at, phone in enumerate(phones.values()):
        phone.send("/popup")
        form = phone.hidden("/popup/ideas")
        phone.http.post("/popup/ideas", data={**form, "ideas": f"idea {at}"})
        assert (
            "Saved: 2 ideas." in phone.http.post("/popup/ideas", data={**form, "ideas": f"idea {at}\nmore {at}"}).text
        )
    assert in_the_box(around, event) == 24


def _again(phones: dict[str, Phone]) -> None:
    """Phones whose answer was lost send the same form once more."""
    for at, phone in enumerate(phones.values()):
        assert "Saved: 2 ideas." in phone.send("/popup/ideas", ideas=f"idea {at}\nmore {at}")


def _votes(pages: dict[str, Page], phones: dict[str, Phone]) -> None:
    for page in pages.values():
        page.click("text=Look again")
        page.locator("input[type=checkbox]").first.check()
        page.click("text=Put my dots")
        page.locator("[role=status]", has_text="Your dots are saved").wait_for()
        page.locator("input[type=checkbox]").first.uncheck()
        page.locator("input[type=checkbox]").nth(1).check()
        page.click("text=Put my dots")
        page.locator("[role=status]", has_text="Your dots are saved").wait_for()
    for phone in phones.values():
        phone.send("/popup")
        assert "Your dots are saved" in phone.send("/popup/vote", d0="1", d1="1")


def _promises(pages: dict[str, Page]) -> None:
    """The other two owners write theirs by phone."""
    for page in list(pages.values())[1:]:
        page.click("text=Look again")
        page.click("summary")
        page.fill("#what", "Begin on Monday")
        page.fill("#due", "2030-01-20")
        page.click("text=Save")
        page.locator("main", has_text="2030-01-20").wait_for()


def _judge(around: Surroundings, event: str) -> None:
    found = picture(around, event).problems
    assert [len(one.ideas) for one in found] == [8, 8, 8]
    assert [one.vote.ballots for one in found if one.vote is not None] == [4, 4, 4]
    for one in found:
        assert one.vote is not None
        assert [option.dots for option in one.vote.options[:2]] == [3, 4]
    assert {(one.who, one.due) for problem in found for one in problem.commitments} == {
        (OWNERS[SEAN], "2030-01-15"), (OWNERS[LAN], "2030-01-20"), (OWNERS[LI], "2030-01-20"),
    }  # fmt: skip
    assert [each.name for each in found[0].clusters] == ["First alone"]
    with closing(around.open_ledger(readonly=True)) as ledger:
        for entry in ledger.entries(event=event, kinds=("popup-counted",)):
            assert entry.person is None
            assert not any(person in str(entry.content) for person in (*OWNERS, *HELPERS))


def _a_month_later(around: Surroundings) -> None:
    """All three are overdue; one is followed up, and its story has the ideas and dots of the phones."""
    later, hand = date(2030, 2, 14), Hand("facilitator", "facilitator", around.clock, around.chance)
    with closing(around.open_ledger()) as ledger:
        found = read_bank(ledger, later)
        assert {(one.problem.owner, one.state) for one in found.waiting()} == {
            (owner, "overdue") for owner in OWNERS.values()
        }
        row = next(one for one in found.rows if one.problem.owner == OWNERS[SEAN])
        heard = Heard("yes", "Everybody spoke", "keep")
        written(ledger.append([follow_up(hand, the_promise(row), heard, later, today=later)]))
        found = read_bank(ledger, later)
        told = read_story(ledger, found, find_problem(found, row.problem.id))
        assert (told.row.state, len(found.waiting()), [one.dots for one in told.backed[:2]]) == ("kept", 2, [4, 3])
