"""Forms of other sites' pages: turned away, in the app and from a real browser."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from plfacilitate.front.door.origin import is_foreign
from plfacilitate.seal.codes import pin_of
from tests.front.door.day import MARIA, SEAN, SECRET, Day
from tests.front.door.running import code_of, running, ticket_of, today

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HOST = b"192.168.1.20:8100"


@pytest.mark.parametrize(
    "said, foreign",
    [
        ({}, False),
        ({"origin": b"http://192.168.1.20:8100"}, False),
        ({"origin": b"HTTPS://192.168.1.20:8100"}, False),
        ({"origin": b"http://192.168.1.20:8100", "sec-fetch-site": b"same-origin"}, False),
        ({"sec-fetch-site": b"none"}, False),
        ({"origin": b"null"}, True),
        ({"origin": b"http://192.168.1.20"}, True),
        ({"origin": b"http://192.168.1.20:8100.evil.example"}, True),
        ({"origin": b"http://evil.example"}, True),
        ({"origin": b"file://192.168.1.20:8100"}, True),
        ({"origin": b"http://192.168.1.20:8100", "sec-fetch-site": b"cross-site"}, True),
        ({"sec-fetch-site": b"same-site"}, True),
        ({"origin": b"\xff\xfe"}, True),
    ],
)
def test_what_the_headers_say(said: dict[str, bytes], foreign: bool) -> None:
    """Only for what may change something; a page that is only looked at may be linked from anywhere."""
    headers = [(b"host", HOST), *((name.encode(), value) for name, value in said.items())]
    assert is_foreign({"method": "POST", "headers": headers}) is foreign
    assert not is_foreign({"method": "GET", "headers": headers})


FORMS = ("/in", "/out", "/new", "/hours", "/answers", "/record", "/kiosk", "/kiosk/in", "/kiosk/find", "/kiosk/leave")


@pytest.mark.parametrize("path", FORMS)
async def test_no_form_of_another_site_is_taken(day: Day, path: str) -> None:
    """Not even with a good ticket, a kiosk's pass and the PIN."""
    phone = await day.scanned()
    ticket = phone.ticket
    fields = {"t": ticket, "p": SEAN, "q": "sean", "last_name": "Zed", "pin": pin_of(SECRET, day.event)}
    page = await phone.http.post(path, data=fields, headers={"origin": "http://evil.example"})
    assert page.status_code == 403
    assert "set-cookie" not in page.headers
    assert day.entries("sign-in", "sign-out", "signature") == []
    page = await phone.http.post("/in", data={"t": ticket, "p": SEAN}, headers={"origin": "http://door.test"})
    assert page.status_code == 200


@contextmanager
def _evil(page: str) -> Iterator[int]:
    """Another site on this machine, with one page; gives its port."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.requires_chromium
@pytest.mark.parametrize("policy", ["unsafe-url", "no-referrer"])
def test_a_browser_tells_a_foreign_page_from_ours(tmp_path: Path, browser: Browser, policy: str) -> None:
    """The same form with the same good ticket: refused from another site, however it hides; taken from our own page."""
    around, event = today(tmp_path)
    with running(around, event) as door:
        base = f"http://door.test:{door.port}"
        ticket = ticket_of(around, event)
        form = (
            f'<meta name="referrer" content="{policy}"><form method="post" action="{base}/in"><input name="t" '
            f'value="{ticket}"><input name="p" value="{MARIA}"><button>Win a prize</button></form>'
        )
        page = browser.new_page()
        with _evil(form) as port:
            page.goto(f"http://evil.test:{port}/")
            page.click("button")
            page.locator("main", has_text="did not come from a page of this door").wait_for()
        ledger = around.open_ledger(readonly=True)
        assert list(ledger.entries(event=event, kinds=("sign-in",))) == []
        sent: list[str | None] = []
        page.on(
            "request", lambda request: sent.append(request.header_value("origin")) if request.method == "POST" else None
        )
        page.goto(f"{base}/{code_of(around, event)}")
        page.fill("#q", "leary")
        page.keyboard.press("Enter")
        page.locator("ul.people a").click()
        page.fill("#signed", "Sean O'Leary")
        page.click("form#f > button")
        page.locator("main", has_text="You are in at").wait_for()
        assert sent == [base]
        assert [entry.person for entry in ledger.entries(event=event, kinds=("sign-in",))] == [SEAN]
        ledger.close()
        assert door.end() == 0
