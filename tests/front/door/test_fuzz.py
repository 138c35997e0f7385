"""Whatever comes in: a page, never an error; and never an entry without a good ticket."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfacilitate.core.plan import Question
from tests.front.door.day import MARIA, SEAN, Day, open_day, plan
from tests.played import Clock

PATHS = (
    "/",
    "/in",
    "/out",
    "/new",
    "/hours",
    "/answers",
    "/record",
    "/find",
    "/me",
    "/code",
    "/alive",
    "/x",
    "/a/b",
    "/%ff",
    "/../in",
    "/in/",
    "/wall",
    "/kiosk",
    "/kiosk/find",
    "/kiosk/me",
    "/kiosk/in",
    "/kiosk/out",
    "/kiosk/new",
    "/kiosk/add",
    "/kiosk/leave",
)
KNOWN = (200, 303, 400, 403, 404, 405, 409, 410, 413, 415, 421, 422, 429)
names = st.sampled_from(
    ["t", "p", "q", "code", "sure", "last_name", "first_name", "email", "school", "certificate", "x", "l", "b", "hours",
     "reason", "choice", "signed", "strokes", "to", "save", "skip", "a_useful", "a_say", "c", "pin", "name", "key"]
)  # fmt: skip
odd = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="\x00\x1b\u202e'\"<>&=+-@%[]*\\\ud7ff\U0001f600", max_size=20),
    st.sampled_from(
        [
            MARIA,
            SEAN,
            "garcia",
            "gar",
            "x" * 300,
            "a@b",
            "NEAR(x)",
            '"',
            "*",
            "-1",
            "~",
            "TICKET",
            "TICKET~2",
            "es",
            "4.5",
            "clock-hours",
            "1.1-2.2",
            "1.1-2.2_",
            "9" * 17_000,
        ]
    ),
)
forms = st.dictionaries(names, odd, max_size=6)


@given(
    asked=st.lists(
        st.tuples(st.sampled_from(PATHS), st.sampled_from(["GET", "POST", "HEAD", "PUT"]), forms, st.booleans()),
        min_size=1,
        max_size=12,
    )
)
def test_every_route_takes_everything(
    asked: list[tuple[str, str, dict[str, str], bool]], fuzzed: tuple[asyncio.Runner, Day, str]
) -> None:
    """Any form at any route by any method gets a page of ours; a form without the real ticket writes nothing."""
    runner, day, ticket = fuzzed
    for path, method, form, with_ticket in asked:
        sent = {name: value.replace("TICKET", ticket) for name, value in form.items()}
        if with_ticket:
            sent["t"] = ticket
            sent["l"] = day.reception.gate.farewell(MARIA, day.clock(), day.around.chance)
        before = day.desk.count()
        page = runner.run(_send(day, path, method, sent))
        assert page.status_code in KNOWN, (page.status_code, page.text)
        assert len(page.content) < 30_000
        if not with_ticket and sent.get("t") != ticket:
            assert day.desk.count() == before


async def _send(day: Day, path: str, method: str, form: dict[str, str]) -> httpx.Response:
    phone = day.phone(address="127.0.0.1")
    if method == "POST":
        return await phone.http.post(path, data=form)
    return await phone.http.request(method, path, params=form)


@given(body=st.binary(max_size=400), query=st.binary(max_size=100))
def test_bytes_that_are_no_form_are_a_page(body: bytes, query: bytes, fuzzed: tuple[asyncio.Runner, Day, str]) -> None:
    """Not even text: read as far as it can be, answered with a page, nothing written."""
    runner, day, _ = fuzzed
    before = day.desk.count()
    for path in ("/in", "/out", "/new", "/find"):
        status = runner.run(_raw(day, path, body, query))
        assert status in KNOWN
    assert day.desk.count() == before


async def _raw(day: Day, path: str, body: bytes, query: bytes) -> int:
    statuses: list[int] = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, object]) -> None:
        if message["type"] == "http.response.start":
            statuses.append(int(str(message["status"])))

    scope = {
        "type": "http", "method": "GET" if path == "/find" else "POST", "path": path, "raw_path": path.encode(),
        "query_string": query, "root_path": "", "scheme": "http", "client": ("1.2.3.4", 1), "server": ("x", 1),
        "headers": [(b"host", b"door.test"), (b"content-type", b"application/x-www-form-urlencoded"),
                    (b"cookie", body[:50])],
    }  # fmt: skip
    await day.app(scope, receive, send)
    return statuses[0]


@pytest.fixture
def fuzzed(tmp_path: Path, clock: Clock) -> Iterator[tuple[asyncio.Runner, Day, str]]:
    """One open door for all examples, with the loop it runs on and a good ticket; no limit on how often it is asked."""
    with asyncio.Runner() as runner:
        asked = (Question("useful", "scale", "Useful?"), Question("say", "text", "Say"))
        of = replace(plan(), choice=("clock-hours", "quarter-credits"), questions=asked)
        opened = open_day(tmp_path, clock, of=of)
        day = runner.run(opened.__aenter__())
        limits = day.reception.limits
        for limit in (limits.searches, limits.wrong_codes, limits.wrong_spoken):
            limit._most = 10**9

        async def ticket() -> str:
            return (await day.scanned()).ticket

        yield runner, day, runner.run(ticket())
        runner.run(opened.__aexit__(None, None, None))
