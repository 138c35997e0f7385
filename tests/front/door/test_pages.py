"""The pages themselves: small, self-contained, readable without anything."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import AsyncIterator
from html.parser import HTMLParser

import httpx
import pytest

from plfacilitate.front.door.pages import TEMPLATES, masked
from tests.front.door.day import LI, MARIA, ODD, Day


async def _all_pages(day: Day) -> AsyncIterator[httpx.Response]:
    """Every page that there is, at least once."""
    phone = await day.scanned()
    ticket = phone.ticket
    yield await phone.get("/")
    yield await phone.get(f"/{day.code}")
    yield await phone.get("/find", t=ticket, q="garcia")
    yield await phone.get("/find", t=ticket, q="nobody at all")
    yield await phone.get("/me", t=ticket, p=MARIA)
    yield await phone.get("/new", t=ticket, q="x")
    yield await phone.post("/new", t=ticket, last_name="")
    yield await phone.post("/new", t=ticket, last_name="Garcia", first_name="Maria")
    yield await phone.post("/in", t=ticket, p=MARIA)
    yield await phone.get(f"/{day.code}")
    yield await phone.post("/out", t=ticket, p=MARIA)
    yield await phone.get(f"/{day.code}")
    yield await phone.get("/A-WRONG-CODE")
    yield await phone.get("/no/such/page")
    yield await phone.get("/in")
    yield await day.phone(host="elsewhere.example").get("/")


class _Reader(HTMLParser):
    """Which tags are open, and what refers to where."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.labelled: set[str] = set()
        self.inputs: set[str] = set()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Note the tag."""
        given = dict(attributes)
        self.links += [value or "" for name, value in attributes if name in ("href", "src", "action")]
        assert not [name for name in given if name.startswith("on") or name == "style"]
        if tag == "label":
            self.labelled.add(given.get("for") or "")
        if tag in ("input", "textarea") and given.get("type") not in ("hidden", "radio"):
            self.inputs.add(given.get("id") or "?")
        if tag not in ("meta", "link", "input", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Tags close in order."""
        assert self.open.pop() == tag


async def test_every_page_is_small_whole_and_needs_nothing_else(day: Day) -> None:
    """Under 30 KB, well formed, no outside address, no script but our own, every field with its label."""
    script = (TEMPLATES / "door.js").read_text("utf-8").strip()
    async for page in _all_pages(day):
        assert len(page.content) < 30_000
        assert "<script" not in page.text.replace(f"<script>{script}</script>", "")
        reader = _Reader()
        reader.feed(page.text)
        assert reader.open == []
        assert reader.inputs <= reader.labelled
        assert all(link.startswith(("/", "data:,")) for link in reader.links)
        assert not re.search(r"https?://|@import|url\(", page.text)


async def test_every_page_has_its_headers(day: Day) -> None:
    """Not stored, framed by nobody, and the style's own digest is what the policy allows."""
    style = (TEMPLATES / "style.css").read_text("utf-8").strip()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    async for page in _all_pages(day):
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        policy = page.headers["content-security-policy"]
        assert policy.count("script-src 'sha256-") == 1
        assert "unsafe" not in policy
        assert policy.startswith("default-src 'none'; ")
        assert f"style-src 'sha256-{digest}'" in policy
        assert f"<style>{style}</style>" in page.text


async def test_names_are_text_on_every_page(day: Day) -> None:
    """Markup, formulas, escapes and bidi marks in a name stay what they are: letters."""
    phone = await day.scanned()
    ticket = phone.ticket
    await phone.get("/find", t=ticket, q="red")
    for page in (phone.page, await phone.get("/me", t=ticket, p=ODD), await phone.post("/in", t=ticket, p=ODD)):
        assert page is not None
        assert "&lt;b&gt;[red]" in page.text
        assert "<b>[red]" not in page.text
        assert "\x1b" not in page.text
        assert "\u202e" not in page.text
        assert "␛[31m" in page.text


async def test_a_one_word_name_greets_by_that_word(day: Day) -> None:
    """Li has no first name."""
    phone = await day.signed_in(LI)
    await day.scanned(phone)
    assert "Hello Li" in phone.text


@pytest.mark.parametrize(
    "email, others, mask",
    [
        ("maria@x.org", [], "m•••a@x.org"),
        ("maria@x.org", ["mona@x.org"], "ma•••a@x.org"),
        ("maria@x.org", ["maria@y.org"], "m•••a@x.org"),
        ("a@x.org", [], "a•••a@x.org"),
        ("ab@x.org", ["ab@x.org"], "a•••b@x.org"),
        ("no-at-sign", [], "n•••n"),
    ],
)
def test_a_masked_email_tells_apart_and_hides(email: str, others: list[str], mask: str) -> None:
    """As few letters as do it, and never all."""
    assert masked(email, others) == mask


async def test_the_page_follows_the_event(day: Day) -> None:
    """Moved to another room: the heading says so at the next page."""
    phone = await day.scanned()
    assert phone.page is not None
    assert "Renton · Wednesday, 6 December" in phone.page.text
    (scheduled,) = day.entries("event-scheduled")
    day.by_hand("event-scheduled", body={**scheduled.body, "place": "Kent"}, replaces=[scheduled.id])
    await phone.get(f"/{day.code}")
    assert "Kent · Wednesday, 6 December" in phone.page.text
