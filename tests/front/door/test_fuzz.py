"""Whatever comes in: a page, never an error; never an entry or a ballot without a good ticket, and no word unescaped."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plfacilitate.core.evaluation import Given
from plfacilitate.core.plan import Question
from plfacilitate.front.door.app import Guard, Paths, door_app
from plfacilitate.front.door.network import Hosts
from plfacilitate.front.door.where import Whereabouts
from plfacilitate.steps.events import close_event, read_event
from plfacilitate.store.ballots import Ballot, Fate, box_of, cast_ballot, cast_ballots
from tests.front.door.day import MARIA, Day, open_day, plan
from tests.front.door.requests import (
    ALIEN,
    FORMS,
    MARKUP,
    METHODS,
    NEEDED,
    POPUPS,
    Asked,
    poll,
    popups,
    requests,
    tokens,
)
from tests.played import Clock

KNOWN = (200, 303, 400, 403, 404, 405, 409, 410, 413, 415, 421, 422, 429)
SECRETS = (
    "good form", "good farewell", "good ballot", "good kiosk", "good kiosk form", "good code", "good letters", "good pin",
    "good key", "good guest", "good voter", "good slip", "good dots", "good answer", "guest of somebody else", "old guest",
    "guest of another event", "dots of another vote", "slip of another event", "forged form", "later form", "form of another lateness", "old form", "other form", "form of another event", "form of another door",
    "farewell of somebody else", "old farewell", "farewell of another event", "ballot of another event", "forged ballot",
    "kiosk of another event", "old kiosk", "forged kiosk", "kiosk form of another event", "old code",
    "code of another event",
)  # fmt: skip


@dataclass(slots=True)
class Fuzzed:
    """One door for all examples, with the loop that it runs on, its secrets, and the numbers of its ballots."""

    runner: asyncio.Runner
    day: Day
    known: Mapping[str, str]
    ballots: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Got:
    """What the door sent."""

    status: int = 0
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""
    starts: int = 0

    def header(self, name: bytes) -> list[str]:
        """Every value of a header."""
        return [value.decode("latin-1") for key, value in self.headers if key == name]


def test_the_list_of_addresses_is_the_door_s_own(open_door: Fuzzed) -> None:
    """An address that is added to the door is asked here too; the secrets are all the day has."""
    guard = open_door.day.app
    assert isinstance(guard, Guard)
    paths = guard.inner
    assert isinstance(paths, Paths)
    assert {*paths.pages, "/{code}"} == set(FORMS)
    assert set(open_door.known) == set(SECRETS)


@pytest.mark.parametrize("path", sorted(FORMS))
def test_one_field_at_a_time(path: str, open_door: Fuzzed) -> None:
    """The right form with one field that is markup, or a secret that is good for something else, old or forged."""
    cookies = ["good kiosk"] if path.startswith("/kiosk") else []
    asked = [
        Asked(path, method, [(name, value, True), *_right(path)], cookies, address="127.0.0.1")
        for name in [*FORMS[path], "to", "code", "t", "p", "l", "q"]
        for value in (*MARKUP, *SECRETS)
        for method in (("POST",) if path in NEEDED else ("GET", "POST"))
    ]
    asked += [
        Asked(path, one, _right(path)[:at] + _right(path)[at + 1 :], cookies) for at in range(9) for one in METHODS
    ]
    open_door.runner.run(_ask(open_door, asked))


def _right(path: str) -> list[tuple[str, str, bool]]:
    return [(name, value, True) for name, value in FORMS[path].items()]


@settings(max_examples=500)
@given(asked=st.lists(requests(SECRETS), min_size=1, max_size=8))
def test_an_open_door_takes_everything(asked: list[Asked], open_door: Fuzzed) -> None:
    """Any request at any address: a page of ours; nothing is written without the ticket that it needs."""
    open_door.runner.run(_ask(open_door, asked))


@settings(max_examples=100)
@given(asked=st.lists(requests(SECRETS), min_size=1, max_size=8))
def test_a_closed_door_takes_everything_and_writes_nothing(asked: list[Asked], closed_door: Fuzzed) -> None:
    """After the close hours may still be attested by who is out; nobody gets in and nothing is answered."""
    door = closed_door
    marks = len(door.day.entries("sign-in", "sign-out"))
    door.runner.run(_ask(door, asked))
    assert len(door.day.entries("sign-in", "sign-out")) == marks
    assert door.ballots == []


def test_a_form_that_is_right_is_let_in(open_door: Fuzzed) -> None:
    """Else the fuzz would only look at closed doors: every address that writes does so for its own form."""
    door = open_door
    for path in (
        "/in",
        "/new",
        "/kiosk/in",
        "/kiosk/add",
        "/out",
        "/hours",
        "/answers",
        "/poll/answer",
        "/ticket",
        *POPUPS,
    ):
        form = _right(path)
        cookies = ["good kiosk"] if path.startswith("/kiosk") else []
        before = (door.day.desk.count(), len(door.ballots))
        if path == "/kiosk/in":
            form[1] = ("p", MARIA, True)
        if path == "/kiosk/add":
            form[1] = ("last_name", "Zee", True)
        door.runner.run(_ask(door, [Asked(path, "POST", form, cookies)]))
        assert (door.day.desk.count(), len(door.ballots)) != before, path


def test_a_form_that_is_right_is_let_in_at_a_kiosk(open_door: Fuzzed) -> None:
    """The same for who leaves there: the form is theirs as long as nobody else has come."""
    door = open_door
    form = [*_right("/kiosk/in")[:1], ("p", MARIA, True)]
    door.runner.run(_ask(door, [Asked("/kiosk/in", "POST", form, ["good kiosk"])]))
    door.day.clock.forward(hours=2)
    for path in ("/kiosk/out", "/kiosk/hours", "/kiosk/ticket", "/kiosk/answers"):
        before = (door.day.desk.count(), len(door.ballots))
        door.runner.run(_ask(door, [Asked(path, "POST", _right(path), ["good kiosk"])]))
        assert (door.day.desk.count(), len(door.ballots)) != before, path


async def _ask(door: Fuzzed, asked: list[Asked]) -> None:
    for one in asked:
        entries, ballots = door.day.desk.count(), len(door.ballots)
        got = await _sent(door, one)
        _is_a_page(one, got)
        if not one.may_write():
            assert door.day.desk.count() == entries, one
            assert len(door.ballots) == ballots, one


async def _sent(door: Fuzzed, one: Asked) -> Got:
    form, got = one.bytes_of(door.known), Got()
    size = max(1, len(form) // one.pieces + 1)
    parts = [form[start : start + size] for start in range(0, len(form), size)] or [b""]
    messages: list[dict[str, Any]] = [
        {"type": "http.request", "body": part, "more_body": at < len(parts)} for at, part in enumerate(parts, 1)
    ]
    if one.breaks_off:
        messages[-1:] = [{"type": "http.disconnect"}]

    async def receive() -> dict[str, Any]:
        return messages.pop(0) if messages else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            got.starts, got.status, got.headers = got.starts + 1, message["status"], list(message["headers"])
        else:
            got.body += message.get("body", b"")

    await door.day.app(one.scope(door.known, form), receive, send)
    return got


class _Looks(HTMLParser):
    """What a browser would make of a page, as far as somebody could have brought it in."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.aliens: list[str] = []
        self.leads: list[str] = []
        self.scripts: list[str] = []
        self.words: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag
        self.scripts += [""] if tag == "script" else []
        self.aliens += [one for one in (tag, *(name for name, _ in attrs)) if one.startswith((ALIEN, "on", "'", '"'))]
        self.leads += [value or "" for name, value in attrs if name in ("href", "action", "src", "formaction")]

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_comment(self, data: str) -> None:
        self.aliens.append(data)

    def handle_data(self, data: str) -> None:
        if self._inside == "script":
            self.scripts[-1] += data
        elif self._inside != "style":
            self.words.append(data)


def _is_a_page(one: Asked, got: Got) -> None:
    """One answer, small, with its policy; nothing of the visitor's is markup, header, address or control character."""
    assert got.starts == 1, one
    assert got.status in KNOWN, (got.status, one, got.body)
    assert len(got.body) < 30_000, one
    assert b"Traceback" not in got.body
    assert not [name for name, value in got.headers if b"\r" in value or b"\n" in value or name.startswith(b"zq")], one
    assert not [cookie for cookie in got.header(b"set-cookie") if cookie.startswith((ALIEN, "="))], one
    assert all(re.fullmatch(r"/kiosk(/leave|\?to=en)?", place) for place in got.header(b"location")), one
    if one.path == "/alive":  # for programs
        return
    (policy,) = got.header(b"content-security-policy")
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    page = _Looks()
    page.feed(got.body.decode("utf-8"))
    page.close()
    assert page.aliens == [], one
    assert [lead for lead in page.leads if lead.startswith("//") or not lead.startswith(("/", "data:,"))] == [], one
    assert all(_digest(script) in policy for script in page.scripts), one
    said = "".join(page.words).replace("\n", "")
    assert [char for char in said if unicodedata.category(char) in ("Cc", "Cf", "Co", "Cs")] == [], one


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


# -- the doors ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def open_door(tmp_path: Path, clock: Clock) -> Iterator[Fuzzed]:
    """An open event with questions, choices and somebody who is out; no limit on how often its door is asked."""
    yield from _door(tmp_path, clock, closed=False)


@pytest.fixture
def closed_door(tmp_path: Path, clock: Clock) -> Iterator[Fuzzed]:
    """The same after the close."""
    yield from _door(tmp_path, clock, closed=True)


def _door(root: Path, clock: Clock, *, closed: bool) -> Iterator[Fuzzed]:
    asked = (
        Question("useful", "scale", "Useful?"),
        Question("next", "choice", "What next?", ("More", "Less")),
        Question("say", "text", "Say"),
    )
    of = replace(plan(), choice=("clock-hours", "quarter-credits"), questions=asked)
    with asyncio.Runner() as runner:
        opened = open_day(root, clock, of=of)
        day = runner.run(opened.__aenter__())
        door = Fuzzed(runner, day, tokens(day))
        put = partial(cast_ballot, box_of(day.around.workspace.ledger), day.event)

        def cast(number: str, given: Mapping[str, Given]) -> None:
            door.ballots.append(number)
            put(number, given)

        bring = partial(cast_ballots, box_of(day.around.workspace.ledger))

        def drop(ballots: Sequence[Ballot]) -> list[Fate]:
            door.ballots += [one.key for one in ballots]
            return bring(ballots)

        where = Whereabouts("http://192.168.1.20:8100", "Wi-Fi", reachable=True, own=("192.168.1.20",))
        day.app = door_app(day.reception, nonce="n0", hosts=Hosts(("door.test",)), cast=cast, drop=drop, where=where)
        limits = day.reception.limits
        for limit in (limits.searches, limits.wrong_codes, limits.wrong_spoken):
            limit._most = 10**9
        day.by_hand("sign-in", person=MARIA)
        popups(day)
        poll(day)
        day.clock.forward(hours=3)
        door.known = tokens(day)
        day.by_hand("sign-out", person=MARIA)
        if closed:
            close_event(day.desk, day.hand, read_event(day.desk, day.event))
        yield door
        runner.run(opened.__aexit__(None, None, None))
