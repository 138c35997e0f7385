"""What a phone asked and what it gets, between HTTP and the door.

Owns reading a request (sizes, form, cookie) and sending a page with its headers. Never decides what a request means,
and never lets an error of ours reach a phone as anything but a page.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol
from urllib.parse import parse_qsl, quote

from starlette.types import Receive, Scope, Send

from plfacilitate.front.door.languages import SOURCE, wanted
from plfacilitate.front.door.pages import Again

MOST_BYTES = 32 * 1024  # of one form
MOST_FIELDS = 60
LANGUAGE_COOKIE = "language"
_REPEATED = ("t", "p", "q", "code")  # what a page needs to be asked for again in another language
_MOST_REPEATED = 200
_NOTHING: Mapping[str, str] = MappingProxyType({})

log = logging.getLogger(__name__)


class Visit(NamedTuple):
    """One request. `fields` are those of the form or the query; `cookies` the raw header; `address` the phone's.

    `language` is what its page is written in. `switched` = the switch of the language was tapped: whatever else the
    form says is shown again and not done.
    """

    fields: Mapping[str, str] = _NOTHING
    code: str = ""
    cookies: str = ""
    address: str = ""
    method: str = "GET"
    path: str = "/"
    language: str = SOURCE
    switched: bool = False

    def cookie(self, name: str) -> str:
        """The value of a cookie; "" where the phone sent none."""
        return _cookie(self.cookies, name)

    @property
    def again(self) -> Again:
        """What the switch of the language sends: the same request with what made it what it is."""
        kept = {
            name: self.fields[name] for name in _REPEATED if len(self.fields.get(name, "")) in range(1, _MOST_REPEATED)
        }
        # One slash at the beginning: two would name another machine.
        path = "/" + quote(self.path[:_MOST_REPEATED].lstrip("/\\"))
        return Again("post" if self.method == "POST" else "get", path, kept)


@dataclass(frozen=True, slots=True)
class Answer:
    """One page. `cookie` is a whole Set-Cookie header, "" = none; `file` the name that it is saved by, "" = shown.

    `location` = the address of ours that the browser goes on to, "" = it stays.
    """

    page: bytes
    status: int = 200
    cookie: str = ""
    file: str = ""
    location: str = ""


Handler = Callable[[Visit], Awaitable[Answer]]


class Face(Protocol):
    """Pages in one language, as far as every request may need them."""

    @property
    def policy(self) -> str:
        """The Content-Security-Policy of these pages."""

    def notice(self, what: str, again: Again) -> bytes:
        """A page that says one thing."""


class Library(Protocol):
    """Who has the pages, as the event stands now."""

    @property
    def languages(self) -> Collection[str]:
        """The codes of the languages that there are."""

    def of(self, language: str) -> Face:
        """The pages in that language."""


@dataclass(frozen=True, slots=True)
class Mistake(Exception):
    """A request that can't be read: the status and the page (by its word) that say so."""

    status: int
    what: str


class Endpoint:
    """The handlers of one address as an ASGI app: one request in, one page out."""

    def __init__(self, pages: Library, *, get: Handler | None = None, post: Handler | None = None) -> None:
        """`pages` gives the pages as they are now: they change with the event. A method without a handler is a 405."""
        self._handlers = {"GET": get, "HEAD": get, "POST": post}
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        visit = envelope(scope, self._pages.languages)
        try:
            handler = self._handlers.get(visit.method) or _not_so
            visit = await read(scope, receive, visit, self._pages.languages)
            answer = await handler(visit)
        except Mistake as no:
            answer = Answer(self._pages.of(visit.language).notice(no.what, visit.again), no.status)
        except Exception:
            log.exception("a page failed")
            answer = Answer(self._pages.of(visit.language).notice("failed", visit.again), 503)
        cookie = f"{LANGUAGE_COOKIE}={visit.language}; Path=/; HttpOnly; SameSite=Lax" if visit.switched else ""
        await send_page(send, answer, self._pages.of(visit.language).policy, cookie)


async def _not_so(visit: Visit) -> Answer:
    raise Mistake(405, "nothing")


def envelope(scope: Scope, languages: Collection[str]) -> Visit:
    """What a request says before its form is read: where to, from where, in which language."""
    cookies = accepts = ""
    for name, value in scope["headers"]:
        if name == b"cookie":
            cookies = value.decode("latin-1")
        elif name == b"accept-language":
            accepts = value.decode("latin-1")
    client = scope.get("client")
    chosen = _cookie(cookies, LANGUAGE_COOKIE) if cookies else ""
    return Visit(
        code=scope["path"][1:],
        cookies=cookies,
        address=client[0] if client else "",
        method=scope["method"],
        path=scope["path"],
        language=chosen if chosen in languages else wanted(accepts, tuple(languages)),
    )


def _cookie(cookies: str, name: str) -> str:
    for part in cookies.split(";"):
        key, _, value = part.strip().partition("=")
        if key == name:
            return value
    return ""


async def read(scope: Scope, receive: Receive, visit: Visit, languages: Collection[str]) -> Visit:
    """The whole request. Raises Mistake."""
    query = scope["query_string"]
    if visit.method == "POST":
        given = dict(scope["headers"])
        length = given.get(b"content-length", b"")
        if not given.get(b"content-type", b"").lower().startswith(b"application/x-www-form-urlencoded"):
            raise Mistake(415, "form")
        if length.isdigit() and int(length) > MOST_BYTES:
            raise Mistake(413, "form")
        query = await _body(receive)
    said = fields(query)
    to = said.pop("to", "")
    switched = to in languages
    return visit._replace(fields=said, switched=switched, language=to if switched else visit.language)


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


async def send_page(send: Send, answer: Answer, policy: str, cookie: str = "") -> None:
    """Send a page with the headers that every page has. `cookie` = one more Set-Cookie header, "" = none."""
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", b"%d" % len(answer.page)),
        (b"cache-control", b"no-store"),
        (b"content-security-policy", policy.encode("latin-1")),
        (b"referrer-policy", b"same-origin"),
        (b"x-content-type-options", b"nosniff"),
    ]
    headers += [(b"set-cookie", one.encode("latin-1")) for one in (answer.cookie, cookie) if one]
    if answer.location:
        headers.append((b"location", answer.location.encode("latin-1")))
    if answer.file:
        headers.append((b"content-disposition", f'attachment; filename="{answer.file}"'.encode("ascii", "replace")))
    if answer.status == 413:  # what is left of the form is not read
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.page})
