"""The HTTP server under the door: a burst of connections, and connections that never say anything."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterator

import pytest
from starlette.types import Receive, Scope, Send

from plfacilitate.front.door import server as under_test
from plfacilitate.front.door.listening import listen
from plfacilitate.front.door.server import server_of

REQUEST = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"


async def _hello(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"5")]})
    await send({"type": "http.response.body", "body": b"hello"})


@pytest.fixture(params=["asyncio", "uvloop"])
def runner(request: pytest.FixtureRequest) -> Iterator[asyncio.Runner]:
    """Both loops that a door may run on."""
    factory = None
    if request.param == "uvloop":
        factory = pytest.importorskip("uvloop", reason="Windows has none").new_event_loop
    with asyncio.Runner(loop_factory=factory) as opened:
        yield opened


async def _served(visit: Callable[[int], Awaitable[None]]) -> None:
    """Run a server while `visit` is given its port."""
    ready = asyncio.Event()
    listener = listen("127.0.0.1", 0)
    server = server_of(_hello, ready.set)
    running = asyncio.create_task(server.serve(sockets=[listener]))
    await ready.wait()
    try:
        await asyncio.wait_for(visit(listener.getsockname()[1]), 60)
    finally:
        server.should_exit = True
        await running


def test_a_burst_of_connections_is_taken_in(runner: asyncio.Runner) -> None:
    """Two hundred phones connect before the first one asks; all are answered, and again on the same connection."""

    async def visit(port: int) -> None:
        phones = await asyncio.gather(*(asyncio.open_connection("127.0.0.1", port) for _ in range(200)))
        for _ in range(2):
            for _reader, writer in phones:
                writer.write(REQUEST)
            for reader, _writer in phones:
                assert (await reader.readuntil(b"hello")).startswith(b"HTTP/1.1 200")
        for _reader, writer in phones:
            writer.close()

    runner.run(_served(visit))


def test_a_page_and_its_head_come_together(runner: asyncio.Runner) -> None:
    """One packet on a bad network instead of two; the head alone comes where nothing else is wanted."""

    async def visit(port: int) -> None:
        loop = asyncio.get_running_loop()
        with socket.create_connection(("127.0.0.1", port)) as phone:
            phone.setblocking(False)
            for request, end in ((REQUEST, b"hello"), (REQUEST.replace(b"GET", b"HEAD"), b"\r\n\r\n")):
                await loop.sock_sendall(phone, request)
                first = await loop.sock_recv(phone, 10_000)
                assert first.startswith(b"HTTP/1.1 200")
                assert first.endswith(end)

    runner.run(_served(visit))


@pytest.mark.parametrize(
    "said", [b"", b"GET / HT", REQUEST + b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nx"]
)
def test_who_never_finishes_a_request_is_let_go(
    runner: asyncio.Runner, said: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A connection that keeps us waiting is closed; one that was answered may stay."""
    monkeypatch.setattr(under_test, "PATIENCE_SECONDS", 0.3)
    monkeypatch.setattr(under_test, "SWEEP_TICKS", 1)

    async def visit(port: int) -> None:
        good, to_good = await asyncio.open_connection("127.0.0.1", port)
        to_good.write(REQUEST)
        await good.readuntil(b"hello")
        bad, to_bad = await asyncio.open_connection("127.0.0.1", port)
        to_bad.write(said)
        with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
            await bad.readexactly(10_000)
        to_good.write(REQUEST)
        await good.readuntil(b"hello")
        to_good.close()
        to_bad.close()

    runner.run(_served(visit))


def test_no_handles_left_is_no_end(runner: asyncio.Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the system has no more handles the next phone waits a moment and is answered then."""
    failing = [OSError(24, "Too many open files")] * 2
    accept = socket.socket.accept

    def accept_or_fail(listener: socket.socket) -> object:
        if failing:
            raise failing.pop()
        return accept(listener)

    async def visit(port: int) -> None:
        monkeypatch.setattr(socket.socket, "accept", accept_or_fail)
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(REQUEST)
        await reader.readuntil(b"hello")
        writer.close()

    runner.run(_served(visit))
