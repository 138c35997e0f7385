"""A walk through every page and state of the door in a real browser, for whoever wants to look at each of them."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from plfacilitate.core.plan import PopupRules, Question, ReadyPoll
from plfacilitate.core.popup.picture import RoundKind
from plfacilitate.seal.codes import spoken_at
from plfacilitate.steps.capture import Hand, sign_in
from plfacilitate.steps.events import close_event, read_event
from plfacilitate.steps.polls import open_poll, read_polls
from plfacilitate.steps.popup import begin_round, end_round, read_popup
from plfacilitate.store.surroundings import Surroundings
from tests.front.door.day import LAN, MARIA, SEAN
from tests.front.door.running import code_of, ending_in, now, running, secret_of, ticket_of, today

if TYPE_CHECKING:
    from playwright.sync_api import Page

QUESTIONS = (
    Question("useful", "scale", "How useful was today for your work with students?", low="not at all", high="very much",
             said={"es": {"ask": "¿Qué tan útil fue hoy para su trabajo con estudiantes?", "low": "nada", "high": "mucho",
                          "options": []}}),
    Question("next", "choice", "What should come next?", ("More time with my team", "More examples from classrooms"),
             said={"es": {"ask": "¿Qué debería seguir?", "options": ["Más tiempo con mi equipo", "Más ejemplos de clases"]}}),
    Question("say", "text", "What will you try first?", said={"es": {"ask": "¿Qué probará primero?", "options": []}}),
)  # fmt: skip


TICKET = ReadyPoll(
    "ticket", "Before you go",
    (QUESTIONS[0], Question("took", "several", "What do you take along?", ("a plan", "a partner to try it with", "a doubt")),
     QUESTIONS[2]), exit=True,
)  # fmt: skip


def tour(page: Page, root: Path) -> Iterator[str]:
    """Open one page after the other; gives the name of each when it is there."""
    of = replace(ending_in(12 * 60), choice=("clock-hours", "quarter-credits"), questions=QUESTIONS)
    around, event = today(root / "running", of=of)
    with running(around, event) as door:
        base = f"http://door.test:{door.port}"
        yield from _arriving(page, base, around, event)
        yield from _coming(page, base, around, event)
        yield from _leaving(page, base, around, event)
    around, event = today(root / "ending", of=ending_in(10))
    with running(around, event) as door:
        yield from _ending(page, f"http://door.test:{door.port}", around, event)
    around, event = today(root / "popup", of=replace(ending_in(12 * 60), popup=PopupRules()))
    with running(around, event) as door:
        yield from _popup(page, f"http://door.test:{door.port}", around, event)
    around, event = today(root / "poll", of=replace(ending_in(12 * 60), polls=(TICKET,)))
    with running(around, event) as door:
        yield from _poll(page, f"http://door.test:{door.port}", around, event)
    around, event = today(root / "full", of=ending_in(60))
    with running(around, event) as door:
        yield from _full(page, f"http://door.test:{door.port}", around, event)
    around, event = today(root / "over", of=ending_in(-5))
    with running(around, event, closed_seconds=20) as door:
        yield from _over(page, f"http://door.test:{door.port}", around, event)


def _arriving(page: Page, base: str, around: Surroundings, event: str) -> Iterator[str]:
    page.goto(base + "/")
    yield "start"
    page.goto(base + "/WRONG")
    yield "wrong-code"
    page.fill("#code", "AAAAAA")
    page.click('form[action="/code"] button')
    yield "wrong-letters"
    page.fill("#code", spoken_at(secret_of(around), event, now()))
    page.click('form[action="/code"] button')
    page.locator("#q").wait_for()
    yield "search-by-letters"
    page.goto(f"{base}/me?t=AAAA&p={MARIA}")
    yield "no-form"


def _coming(page: Page, base: str, around: Surroundings, event: str) -> Iterator[str]:
    def scan() -> None:
        page.goto(f"{base}/{code_of(around, event)}")

    scan()
    yield "search"
    page.fill("#q", "garcia")
    page.click("form#f button")
    yield "found"
    page.fill("#q", "zzzz")
    page.click("form#f button")
    yield "nobody"
    page.fill("#q", "red")
    page.click("form#f button")
    yield "odd-name"
    ticket = page.get_attribute('input[name="t"]', "value")
    page.goto(f"{base}/me?t={ticket}&p={MARIA}")
    yield "person"
    page.click("#draw")
    page.locator("#pad").wait_for()
    yield "person-drawing"
    page.click("#draw")
    page.click("summary")
    page.fill("#email", "me@this")
    page.fill("#signed", "Maria Garcia")
    page.click('form[action="/in"] > button')
    yield "person-fault"
    page.fill("#email", "maria@new.example")
    page.click('form[action="/in"] > button')
    yield "in"
    scan()
    yield "is-in"
    page.goto(f"{base}/new?t={ticket_of(around, event)}&q=Zo%C3%AB%20Zed")
    yield "new"
    page.fill("#first_name", "Lan")
    page.fill("#last_name", "Nguyễn")
    page.fill("#email", "nobody@")
    page.evaluate("document.querySelector('#f').noValidate = true")
    page.click('form[action="/new"] > button')
    yield "new-fault"
    page.fill("#email", "")
    page.fill("#signed", "Lan")
    page.click('form[action="/new"] > button')
    yield "new-alike"


def _leaving(page: Page, base: str, around: Surroundings, event: str) -> Iterator[str]:
    page.goto(f"{base}/{code_of(around, event)}")
    page.click('form[action="/out"] > button')
    yield "hours"
    page.locator("summary").nth(0).click()
    page.locator("summary").nth(1).click()
    page.fill("#hours", "99")
    page.check('input[value="clock-hours"]')
    page.click('form[action="/hours"] > button')
    yield "hours-fault"
    page.fill("#hours", "")
    page.click('form[action="/hours"] > button')
    yield "questions"
    page.fill("textarea", "One thing")
    page.click('form[action="/answers"] > button >> nth=0')
    yield "record"
    page.goto(f"{base}/{code_of(around, event)}")
    yield "is-out"
    page.goto(f"{base}/me?t={ticket_of(around, event)}&p={LAN}")
    yield "person-plain"


def _popup(page: Page, base: str, around: Surroundings, event: str) -> Iterator[str]:
    """A problem of practice, from the page after the sign-in to the commitment."""

    def again() -> None:
        page.click('form[action="/popup"] > button >> nth=0')

    page.goto(f"{base}/me?t={ticket_of(around, event)}&p={SEAN}")
    page.fill("#signed", "Sean")
    page.click('form[action="/in"] > button')
    yield "in-popup"
    again()
    yield "popup-none"
    page.click('form[action="/popup/new"] > button')
    page.evaluate("document.querySelector('#f').noValidate = true")
    page.click('form[action="/popup/new"] > button')
    yield "popup-new-fault"
    page.fill("#problem", "After ten minutes the same three students talk and all others wait. I tried cards.")
    page.fill("#data", "3 of 28 spoke on Monday")
    page.click('form[action="/popup/new"] > button')
    page.click("summary")
    yield "popup-owner"
    page.fill("#how_might_we", "How might we hear everybody before the loudest have settled it?")
    page.fill("#what", "Pairs before the whole class")
    page.fill("#due", "2030-01-15")
    page.click('form[action="/popup/words"] > button')
    yield "popup-promised"
    _ask(around, event, "ideas")
    again()
    page.fill("#ideas", "Pairs first\nA stick that goes round\nWrite, then talk")
    yield "popup-ideas"
    page.click('form[action="/popup/ideas"] > button')
    yield "popup-ideas-saved"
    _close(around, event, "ideas")
    _ask(around, event, "vote")
    again()
    for box in page.locator("input[type=checkbox]").all():
        box.check()
    page.click('form[action="/popup/vote"] > button')
    yield "popup-vote-fault"
    page.locator("input[type=checkbox]").nth(1).uncheck()
    page.click('form[action="/popup/vote"] > button')
    yield "popup-voted"
    _close(around, event, "vote")
    again()
    yield "popup-result"
    page.click('button[name="other"]')
    yield "popup-list"


def _poll(page: Page, base: str, around: Surroundings, event: str) -> Iterator[str]:
    """A poll from the page after the sign-in, then an exit ticket on the way out."""

    def again() -> None:
        page.click('form[action="/poll"] > button >> nth=0')

    page.goto(f"{base}/me?t={ticket_of(around, event)}&p={SEAN}")
    page.fill("#signed", "Sean")
    page.click('form[action="/in"] > button')
    yield "in-poll"
    again()
    yield "poll-none"
    ask_phones(around, event, TICKET)
    again()
    yield "poll"
    page.click('form[action="/poll/answer"] > button')
    yield "poll-fault"
    page.locator("input[type=checkbox]").first.check()
    page.fill("textarea", "zest")
    page.click('form[action="/poll/answer"] > button')
    yield "poll-saved"
    page.goto(f"{base}/me?t={ticket_of(around, event)}&p={LAN}")
    page.fill("#signed", "Lan")
    page.click('form[action="/in"] > button')
    page.goto(f"{base}/me?t={ticket_of(around, event)}&p={LAN}")
    yield "is-in-poll"
    page.click('form[action="/out"] > button')
    page.click('form[action="/hours"] > button')
    yield "ticket"


def ask_phones(around: Surroundings, event: str, asked: ReadyPoll) -> None:
    """The desk asks a poll."""
    ledger = around.open_ledger()
    picture = read_polls(ledger, event).picture()
    ledger.append_one(open_poll(_hand(around), read_event(ledger, event), picture, asked))
    ledger.close()


def _ask(around: Surroundings, event: str, kind: RoundKind) -> None:
    """The desk asks the phones."""
    ledger = around.open_ledger()
    (problem,) = read_popup(ledger, event).picture().problems
    ledger.append_one(begin_round(_hand(around), read_event(ledger, event), problem, kind))
    ledger.close()


def _close(around: Surroundings, event: str, kind: RoundKind) -> None:
    """And not any more."""
    ledger = around.open_ledger()
    (problem,) = read_popup(ledger, event).picture().problems
    end_round(ledger, _hand(around), event, problem, kind)
    ledger.close()


def _ending(page: Page, base: str, around: Surroundings, event: str) -> Iterator[str]:
    _came(around, event, SEAN, hours=1)
    page.goto(f"{base}/{code_of(around, event)}")
    yield "search-ending"
    ticket = page.get_attribute('input[name="t"]', "value")
    page.goto(f"{base}/me?t={ticket}&p={SEAN}")
    yield "leaving-ending"
    page.goto(f"{base}/me?t={ticket}&p={LAN}")
    yield "coming-ending"


def _full(page: Page, base: str, around: Surroundings, event: str) -> Iterator[str]:
    """Nothing can be written: another program holds the ledger for longer than the door waits."""
    page.goto(f"{base}/me?t={ticket_of(around, event)}&p={LAN}")
    page.fill("#signed", "Lan")
    with sqlite3.connect(around.workspace.ledger, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with page.expect_response("**/in") as told:
            page.click('form[action="/in"] > button')
        assert told.value.status == 503
        yield "not-saved"
        other.execute("ROLLBACK")


def _over(page: Page, base: str, around: Surroundings, event: str) -> Iterator[str]:
    _came(around, event, SEAN, hours=3)
    ticket = ticket_of(around, event)
    page.goto(f"{base}/me?t={ticket}&p={SEAN}")
    page.click('form[action="/out"] > button')
    yield "hours-over"
    page.click('form[action="/hours"] > button')
    yield "record-over"
    ledger = around.open_ledger()
    close_event(ledger, _hand(around), read_event(ledger, event))
    ledger.close()
    page.goto(base + "/")
    yield "closed"


def _came(around: Surroundings, event: str, person: str, *, hours: int) -> None:
    """The desk signs somebody in, some hours ago."""
    ledger = around.open_ledger()
    ledger.append([sign_in(_hand(around), event, person, at=now() - timedelta(hours=hours))])
    ledger.close()


def _hand(around: Surroundings) -> Hand:
    return Hand("facilitator", "facilitator", around.clock, os.urandom)
