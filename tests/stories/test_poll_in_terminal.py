"""A quick poll and an exit ticket with three phones in a real browser and real keys at the desk; both killed in between."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plfacilitate.core.plan import Question, ReadyPoll
from plfacilitate.core.polls.picture import PollPicture
from plfacilitate.steps.polls import read_polls
from plfacilitate.store.ballots import box_of, peek
from plfacilitate.store.surroundings import Surroundings
from tests.front.desk.test_doorkeeper import until
from tests.front.door.day import LAN, LI, SEAN, plan
from tests.front.door.phones import phone_of
from tests.front.door.running import running, ticket_of, today

if sys.platform == "win32":
    pytest.skip("needs a terminal of POSIX", allow_module_level=True)
from tests.front.desk.test_terminal import Window, window
from tests.stories.test_popup_in_terminal import browsers

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.requires_chromium
ENTER = "\r"
EXIT = ReadyPoll(
    "exit",
    "Before you go",
    (
        Question("clear", "scale", "How clear was it?"),
        Question("took", "several", "What do you take along?", ("a plan", "a doubt")),
        Question("word", "text", "One word"),
    ),
    exit=True,
)


def picture(around: Surroundings, event: str) -> PollPicture:
    """The polls as anybody reads them who opens the ledger."""
    with closing(around.open_ledger(readonly=True)) as ledger:
        return read_polls(ledger, event).picture()


def in_the_box(around: Surroundings, event: str) -> int:
    """How many ballots lie there."""
    return sum(
        map(len, peek(box_of(around.workspace.ledger), [one.id for one in picture(around, event).polls]).values())
    )


def comes(page: Page, base: str, ticket: str, person: str) -> None:
    """Somebody signs in by taps."""
    page.goto(f"{base}/me?t={ticket}&p={person}")
    page.fill("#signed", "me")
    page.click('form[action="/in"] > button')
    page.locator("main.done").wait_for()


def saved(page: Page) -> None:
    """The page says that it is saved."""
    page.locator("[role=status]", has_text="Your answer is saved.").wait_for()


def test_from_the_question_to_the_counts(tmp_path: Path, chromium: Path) -> None:
    """Asked by a key, answered by taps, door and desk killed, changed, closed, counted once; then an exit ticket at the door."""
    of = replace(plan(minutes=2 * 1440, starts="00:00"), polls=(EXIT,))
    around, event = today(tmp_path, of=of)
    with browsers(chromium) as browser:
        pages = {person: phone_of(browser, script=person != LI).new_page() for person in (SEAN, LAN, LI)}
        with running(around, event) as door, window(around, event) as desk:
            port = door.port
            for person, page in pages.items():
                comes(page, f"http://door.test:{port}", ticket_of(around, event), person)
            _ask(desk, pages)
            desk.desk.kill()
            door.process.kill()
            door.process.wait()
        assert in_the_box(around, event) == 3
        with running(around, event, port=port) as door, window(around, event) as desk:
            pages[SEAN].locator("input[type=radio]").nth(2).check()
            pages[SEAN].click("text=Send my answer")
            saved(pages[SEAN])
            assert in_the_box(around, event) == 3
            wall = browser.new_page()
            wall.goto(f"{door.url}/wall/poll")
            _show_and_close(desk, wall)
            desk.type("\x1b[H" + ENTER, sees="0 of 3 have answered")
            pages[LAN].goto(f"http://door.test:{port}/me?t={ticket_of(around, event)}&p={LAN}")
            _leave(pages[LAN])
            desk.type("", sees="1 written")
            desk.type("t", sees="<b>zest</b>")
            wall.reload()
            assert "<b>zest</b>" in wall.inner_text("main")
            desk.type("c", sees="Close it and count?")
            desk.type("y", sees="closed · 1 answered")
            until(lambda: picture(around, event).open is None, "both are closed")
    _judge(around, event)


def _ask(desk: Window, pages: Mapping[str, Page]) -> None:
    """A question from the room; everybody answers from the page of the morning."""
    desk.type("A", sees="Ask the phones")
    desk.type("How is the pace?" + ENTER + "slow / right / fast" + ENTER + ENTER, sees="0 of 3 have answered")
    for at, page in enumerate(pages.values()):
        page.click("text=Is something asked?")
        page.locator("input[type=radio]").nth(at % 2).check()
        page.click("text=Send my answer")
        saved(page)
    desk.type("", sees="3 of 3 have answered")


def _show_and_close(desk: Window, wall: Page) -> None:
    """The wall says how many, then by a key how it stands; a close is asked about."""
    assert "3 of 3 have answered" in wall.inner_text("main")
    assert wall.locator(".gone").count() == 0
    desk.type("V", sees="3 of 3 have answered")
    desk.type("w", sees="wall: counts")
    wall.reload()
    assert wall.locator(".gone").count() == 3
    desk.type("c", sees="Close it and count?")
    desk.type("y", sees="closed · 3 answered")


def _leave(page: Page) -> None:
    """Out, the hours, the exit ticket, the record."""
    page.click("text=Leaving now")
    page.click('form[action="/hours"] > button')
    page.locator("h2", has_text="Before you go").wait_for()
    page.locator("input[type=radio]").nth(4).check()
    page.locator("input[type=checkbox]").nth(1).check()
    page.fill("textarea", "<b>zest</b>")
    page.click("text=Send, and show my record")
    page.locator("text=Your times").first.wait_for()


def _judge(around: Surroundings, event: str) -> None:
    pace, ticket = picture(around, event).polls
    assert [many for _, many in pace.results()[0].counts] == [1, 1, 1]
    clear, took, word = ticket.results()
    assert (clear.counts[-1], took.counts, word.comments) == (
        ("5", 1),
        (("a plan", 0), ("a doubt", 1)),
        ("<b>zest</b>",),
    )
    assert in_the_box(around, event) == 0
    with closing(around.open_ledger(readonly=True)) as ledger:
        for entry in ledger.entries(event=event, kinds=("poll-closed",)):
            assert entry.person is None
            assert not any(person in str(entry.content) for person in (SEAN, LAN, LI))
