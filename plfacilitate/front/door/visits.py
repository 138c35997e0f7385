"""What a phone asked and what it gets, between HTTP and the door.

Owns reading a request (sizes, form, cookie) and sending a page with its headers. Never decides what a request means,
and never lets an error of ours reach a phone as anything but a page.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from starlette.types import Receive, Scope, Send

from plfacilitate.front.door.pages import Pages

MOST_BYTES = 32 * 1024  # of one form
MOST_FIELDS = 40

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Visit:
    """One request. `fields` are those of the form or the query; `cookies` the raw header; `address` the phone's."""

    fields: Mapping[str, str] = field(default_factory=dict)
    code: str = ""
    cookies: str = ""
    address: str = ""

    def cookie(self, name: str) -> str:
        """The value of a cookie; "" where the phone sent none."""
        for part in self.cookies.split(";"):
            key, _, value = part.strip().partition("=")
            if key == name:
                return value
        return ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One page. `cookie` is a whole Set-Cookie header, "" = none."""

    page: bytes
    status: int = 200
    cookie: str = ""


Handler = Callable[[Visit], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Mistake(Exception):
    """A request that can't be read: the status and the page (by its word) that say so."""

    status: int
    what: str


class Endpoint:
    """The handlers of one address as an ASGI app: one request in, one page out."""

    def __init__(self, pages: Callable[[], Pages], *, get: Handler | None = None, post: Handler | None = None) -> None:
        """`pages` gives the pages as they are now: they change with the event. A method without a handler is a 405."""
        self._handlers = {"GET": get, "HEAD": get, "POST": post}
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            handler = self._handlers.get(scope["method"]) or _not_so
            answer = await handler(await read(scope, receive))
        except Mistake as no:
            answer = Answer(self._pages().notice(no.what), no.status)
        except Exception:
            log.exception("a page failed")
            answer = Answer(self._pages().notice("failed"), 503)
        await send_page(send, answer, self._pages().policy)


async def _not_so(visit: Visit) -> Answer:
    raise Mistake(405, "nothing")


async def read(scope: Scope, receive: Receive) -> Visit:
    """The request as a Visit. Raises Mistake."""
    cookies, length, kind = "", b"", b""
    for name, value in scope["headers"]:
        if name == b"cookie":
            cookies = value.decode("latin-1")
        elif name == b"content-length":
            length = value
        elif name == b"content-type":
            kind = value
    query = scope["query_string"]
    if scope["method"] == "POST":
        if not kind.lower().startswith(b"application/x-www-form-urlencoded"):
            raise Mistake(415, "form")
        if length.isdigit() and int(length) > MOST_BYTES:
            raise Mistake(413, "form")
        query = await _body(receive)
    client = scope.get("client")
    return Visit(
        fields(query),
        str(scope.get("path_params", {}).get("code", "")),
        cookies,
        client[0] if client else "",
    )


async def _body(receive: Receive) -> bytes:
    message = await _next(receive)
    body: bytes = message.get("body", b"")
    while message.get("more_body"):
        message = await _next(receive)
        body += message.get("body", b"")
        if len(body) > MOST_BYTES:
            break
    if len(body) > MOST_BYTES:
        raise Mistake(413, "form")
    return body


async def _next(receive: Receive) -> Any:
    message = await receive()
    if message["type"] == "http.disconnect":
        raise Mistake(400, "form")
    return message


def fields(query: bytes) -> dict[str, str]:
    """The fields of a form, the first of each name. Raises Mistake where there are too many."""
    if not query:
        return {}
    if b"%" not in query and b"+" not in query and query.count(b"&") < MOST_FIELDS:  # nothing in it to decode
        plain_pairs = [part.partition("=") for part in query.decode("utf-8", "replace").split("&")]
        return {name: value for name, _, value in reversed(plain_pairs) if name}
    try:
        pairs = parse_qsl(query.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        raise Mistake(400, "form") from None
    return dict(reversed(pairs))


async def send_page(send: Send, answer: Answer, policy: str) -> None:
    """Send a page with the headers that every page has."""
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", b"%d" % len(answer.page)),
        (b"cache-control", b"no-store"),
        (b"content-security-policy", policy.encode("latin-1")),
        (b"referrer-policy", b"no-referrer"),
        (b"x-content-type-options", b"nosniff"),
    ]
    if answer.cookie:
        headers.append((b"set-cookie", answer.cookie.encode("latin-1")))
    if answer.status == 413:  # what is left of the form is not read
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.page})
