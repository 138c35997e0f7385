"""A hall full of phones: `python -m bench.hall_phones PLACE PORT EVENT FILE`, a thousand flows from the code to "you are in".

Owns the phones' side: each scans the code of the moment, types its name, picks itself and signs in, over a connection of
its own, so many at a time. A wrong answer fails the bench.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
import time
from pathlib import Path
from typing import Self
from urllib.parse import quote_plus

from bench.figures import percentile
from bench.prepared import SIGNED_IN
from bench.workspace import now
from plfacilitate.seal.codes import code_at
from plfacilitate.seal.keys import load_or_make_secret

AT_ONCE = 300
_TICKET = re.compile(rb'name="t" value="([^"]+)"')


class Phone:
    """One phone's connection."""

    def __init__(self, port: int) -> None:
        self._port = port

    async def __aenter__(self) -> Self:
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._writer.close()

    async def ask(self, method: str, path: str, form: str = "") -> bytes:
        """The body of the answer; anything but a good one is an error."""
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\n"
        if form:
            head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(form)}\r\n"
        self._writer.write(f"{head}\r\n{form}".encode())
        top = await self._reader.readuntil(b"\r\n\r\n")
        body = await self._reader.readexactly(int(top.lower().partition(b"content-length:")[2].split(b"\r")[0]))
        if not top.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"{method} {path}: {top[:80]!r} {body[:200]!r}")
        return body


async def _flow(port: int, secret: bytes, event: str, person: str, name: str) -> None:
    async with Phone(port) as phone:
        page = await phone.ask("GET", f"/{code_at(secret, event, now())}")
        found = _TICKET.search(page)
        if found is None:
            raise RuntimeError(f"no form for the name: {page[:300]!r}")
        ticket = found[1].decode()
        page = await phone.ask("GET", f"/find?t={ticket}&q={quote_plus(name)}")
        if f"p={person}".encode() not in page:
            raise RuntimeError(f"{name} was not found")
        page = await phone.ask("POST", "/in", f"t={ticket}&p={person}&signed={quote_plus(name)}")
        if SIGNED_IN.encode() not in page:
            raise RuntimeError(f"not in: {page[:300]!r}")


async def _hall(port: int, secret: bytes, event: str, people: list[tuple[str, str]]) -> list[float]:
    gate, times = asyncio.Semaphore(AT_ONCE), list[float]()

    async def one(person: str, name: str) -> None:
        async with gate:
            started = time.perf_counter()
            await _flow(port, secret, event, person, name)
            times.append(time.perf_counter() - started)

    await asyncio.gather(*(one(person, name) for person, name in people))
    return times


def main(place: str, port: str, event: str, people: str) -> int:
    secret = load_or_make_secret(Path(place) / "workspace" / "keys", "door", os.urandom)
    waiting = [(str(person), str(name)) for person, name in json.loads(Path(people).read_text())]
    started = time.perf_counter()
    times = asyncio.run(_hall(int(port), secret, event, waiting))
    told = {"count": len(times), "p50": percentile(times, 50), "p99": percentile(times, 99)}
    print(json.dumps({**told, "seconds": time.perf_counter() - started}))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
