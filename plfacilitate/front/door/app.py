"""The door's routes: a table of contents.

Owns which address leads to which page, the checks of where a request comes from and goes to, and the pages for addresses that are none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from plfacilitate.front.door.asked import Asked, Peek, nobody
from plfacilitate.front.door.dropping import Box, Drop
from plfacilitate.front.door.farewell import Cast, Farewell
from plfacilitate.front.door.hours_asked import HoursAsked
from plfacilitate.front.door.kiosk import Kiosk
from plfacilitate.front.door.kiosk_leaving import KioskFarewell, KioskHours
from plfacilitate.front.door.kiosk_pass import KioskPasses
from plfacilitate.front.door.kiosk_signing import KioskSigning
from plfacilitate.front.door.leaving import Leaving
from plfacilitate.front.door.network import Hosts
from plfacilitate.front.door.origin import is_foreign
from plfacilitate.front.door.phone_clocks import PhoneClocks
from plfacilitate.front.door.polls import PollDoor
from plfacilitate.front.door.popup import PopupDoor
from plfacilitate.front.door.reception import Reception
from plfacilitate.front.door.signing import Signing
from plfacilitate.front.door.stage import Stage
from plfacilitate.front.door.tables import Tables
from plfacilitate.front.door.visits import Answer, Endpoint, envelope, send_page
from plfacilitate.front.door.wall import Wall
from plfacilitate.front.door.where import Whereabouts
from plfacilitate.front.door.writer import Writer


def door_app(
    reception: Reception, *, nonce: str, hosts: Hosts, cast: Cast, drop: Drop, peek: Peek = nobody,
    where: Whereabouts | None = None,
) -> ASGIApp:  # fmt: skip
    """The whole door as an ASGI app.

    `cast` puts a ballot into the box, `drop` several, `peek` looks at what lies there; `where` is known to whoever opens
    sockets.
    """
    where = where or Whereabouts()
    page = partial(Endpoint, reception)
    box = Box(drop)
    polls = PollDoor(reception, box)
    signing, farewell = Signing(reception), Farewell(reception, cast, polls)
    hours = HoursAsked(reception, farewell)
    kiosk = Kiosk(reception, KioskPasses(reception.gate.secret, reception.gate.event))
    stand = partial(Endpoint, kiosk.library, get=kiosk.home)
    # Who is asked at a kiosk is not asked at a phone once more, and the other way round.
    kiosk_farewell = KioskFarewell(reception, cast, polls, farewell.forms, farewell.done, kiosk=kiosk)
    kiosk_hours = KioskHours(reception, kiosk_farewell, hours.withdrawn)
    at_kiosk = KioskSigning(kiosk, kiosk_hours)
    wall, clocks = Wall(reception, where), PhoneClocks(reception)
    popup = PopupDoor(reception, box)
    stage, tables, asked = Stage(wall), Tables(wall), Asked(wall, peek)
    pages: dict[str, ASGIApp] = {
        "/in": page(post=clocks.listening(signing.sign_in)),
        "/out": page(post=clocks.listening(Leaving(reception, hours).sign_out)),
        "/hours": page(post=hours.say),
        "/answers": page(post=farewell.answers),
        "/record": page(post=farewell.record),
        "/new": page(get=signing.new, post=clocks.listening(signing.add)),
        "/find": page(get=reception.find),
        "/me": page(get=reception.choose),
        "/code": page(get=reception.spoken),
        "/popup": page(post=popup.saving(popup.home)),
        "/popup/new": page(post=popup.saving(popup.new)),
        "/popup/join": page(post=popup.saving(popup.join)),
        "/popup/ideas": page(post=popup.saving(popup.ideas)),
        "/popup/vote": page(post=popup.saving(popup.vote)),
        "/popup/words": page(post=popup.saving(popup.words)),
        "/poll": page(post=polls.home),
        "/poll/answer": page(post=polls.answer),
        "/ticket": page(post=farewell.ticket),
        "/kiosk": stand(get=kiosk.start, post=kiosk.enrol),
        "/kiosk/leave": stand(get=kiosk.leaving, post=kiosk.leave),
        "/kiosk/find": stand(post=at_kiosk.find),
        "/kiosk/me": stand(post=at_kiosk.choose),
        "/kiosk/in": stand(post=at_kiosk.sign_in),
        "/kiosk/out": stand(post=at_kiosk.sign_out),
        "/kiosk/hours": stand(post=kiosk_hours.say),
        "/kiosk/answers": stand(post=kiosk_farewell.answers),
        "/kiosk/ticket": stand(post=kiosk_farewell.ticket),
        "/kiosk/new": stand(post=at_kiosk.new),
        "/kiosk/add": stand(post=at_kiosk.add),
        "/wall": Endpoint(wall.library, get=wall.page),
        "/wall/protocol": Endpoint(stage.library, get=stage.page),
        "/wall/groups": Endpoint(tables.library, get=tables.page),
        "/wall/poll": Endpoint(asked.library, get=asked.page),
        "/alive": _alive(nonce, where, reception.writer),
        "/": page(get=kiosk.kept(reception.start)),
    }
    paths = Paths(pages, page(get=kiosk.kept(reception.arrive)), page(get=reception.nothing))
    return Guard(paths, hosts, reception, where)


def _alive(nonce: str, where: Whereabouts, writer: Writer) -> ASGIApp:
    async def alive(scope: Scope, receive: Receive, send: Send) -> None:
        """Who asks from this very machine learns that it is this door, how it is reached, and what it could not save."""
        if scope["method"] != "GET" or not where.is_own(*_ends(scope)):
            answer = Response(status_code=404)
        else:
            answer = JSONResponse({"nonce": nonce, **where.facts(), "trouble": writer.trouble})
        await answer(scope, receive, send)

    return alive


@dataclass(frozen=True, slots=True)
class Paths:
    """Which page has which address: those of the table, a code in place of an address, or none."""

    pages: Mapping[str, ASGIApp]
    code: ASGIApp
    none: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on to its page."""
        path = scope["path"]
        page = self.pages.get(path)
        if page is None:
            page = self.none if "/" in path[1:] else self.code
        await page(scope, receive, send)


def _ends(scope: Scope) -> tuple[str, str]:
    """The two addresses of a connection; "" where one is not known."""
    client, server = scope.get("client"), scope.get("server")
    return (client[0] if client else "", server[0] if server else "")


@dataclass(frozen=True, slots=True)
class Guard:
    """Lets in what names this door as its Host and comes from its own pages; the rest gets a page that says so."""

    inner: ASGIApp
    hosts: Hosts
    reception: Reception
    where: Whereabouts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or turn it away."""
        if scope["type"] != "http":
            return
        if self.where.reached is None:
            self.where.came(*_ends(scope), self.reception.hand.clock())
        for name, value in scope["headers"]:
            if name == b"host":
                if not self.hosts.allows(value):
                    break
                if is_foreign(scope):
                    await self._turn_away(scope, send, "foreign", 403)
                    return
                await self.inner(scope, receive, send)
                return
        await self._turn_away(scope, send, "host", 421)

    async def _turn_away(self, scope: Scope, send: Send, what: str, status: int) -> None:
        visit = envelope(scope, self.reception.languages)
        pages = self.reception.of(visit.language)
        await send_page(send, Answer(pages.notice(what, visit.again), status), pages.policy)
