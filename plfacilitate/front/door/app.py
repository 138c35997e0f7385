"""The door's routes: a table of contents.

Owns which address leads to which page, the check of the Host header, and the pages for addresses that are none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from plfacilitate.front.door.network import Hosts
from plfacilitate.front.door.reception import Reception
from plfacilitate.front.door.visits import Answer, Endpoint, Handler, send_page


def door_app(reception: Reception, *, nonce: str, hosts: Hosts) -> ASGIApp:
    """The whole door as an ASGI app."""
    page = _pages_of(reception)
    routes = [
        Route("/in", page(reception.sign_in), methods=["POST"]),
        Route("/out", page(reception.sign_out), methods=["POST"]),
        Route("/new", page(reception.add), methods=["POST"]),
        Route("/new", page(reception.new), methods=["GET"]),
        Route("/find", page(reception.find), methods=["GET"]),
        Route("/me", page(reception.choose), methods=["GET"]),
        Route("/code", page(reception.spoken), methods=["GET"]),
        Route("/alive", _alive(nonce), methods=["GET"]),
        Route("/", page(reception.start), methods=["GET"]),
        Route("/{code}", page(reception.arrive), methods=["GET"]),
    ]

    async def nothing(request: Request, error: Exception) -> Response:
        status = getattr(error, "status_code", 404)
        headers = {"content-security-policy": reception.pages.policy, "cache-control": "no-store"}
        return Response(reception.pages.notice("nothing"), status, headers, "text/html")

    inner = Starlette(routes=routes, exception_handlers={404: nothing, 405: nothing})
    inner.router.redirect_slashes = False
    return Guard(inner, hosts, reception)


def _pages_of(reception: Reception) -> Callable[[Handler], Endpoint]:
    def page(handler: Handler) -> Endpoint:
        return Endpoint(handler, lambda: reception.pages)

    return page


def _alive(nonce: str) -> Callable[[Request], Response]:
    def alive(request: Request) -> Response:
        """Who asks from this very machine learns that it is this door; nobody else does."""
        client = request.client.host if request.client else ""
        server = request.scope.get("server") or ("", 0)
        try:
            here = ip_address(client).is_loopback or client == server[0]
        except ValueError:
            here = False
        return JSONResponse({"nonce": nonce}) if here else Response(status_code=404)

    return alive


@dataclass(frozen=True, slots=True)
class Guard:
    """Lets in what names this door as its Host; the rest gets a page that says so."""

    inner: ASGIApp
    hosts: Hosts
    reception: Reception

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or turn it away."""
        if scope["type"] != "http":
            return
        for name, value in scope["headers"]:
            if name == b"host":
                if not self.hosts.allows(value):
                    break
                await self.inner(scope, receive, send)
                return
        pages = self.reception.pages
        await send_page(send, Answer(pages.notice("host"), 421), pages.policy)
