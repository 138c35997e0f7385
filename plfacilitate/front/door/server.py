"""The HTTP server under the door: uvicorn, told to be fair and patient but not endlessly so.

Owns how connections are taken in, how much and how slowly a phone may send, and that signals are the door's business.
Never looks into a request.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
from collections.abc import Callable, Iterator
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

PATIENCE_SECONDS = 20.0  # for a request to arrive whole; a connection that says nothing is closed after it too
MOST_BYTES = 96 * 1024  # of one request with its headers; the form itself has a limit of its own
SWEEP_TICKS = 20  # of uvicorn's tenth of a second
ACCEPTED_AT_ONCE = 64

log = logging.getLogger(__name__)


def server_of(app: ASGIApp, ready: Callable[[], None]) -> DoorServer:
    """A server for the app; `ready` is called when it takes phones."""
    config = uvicorn.Config(
        app,
        http=_Connection,
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=10,
        backlog=1024,
    )
    return DoorServer(config, ready)


class _Connection(HttpToolsProtocol):
    """One phone's connection, with the time since when a request is awaited from it."""

    waiting_since: float | None = None
    _fed = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """The clock starts before the first byte."""
        super().connection_made(transport)
        self.waiting_since = self.loop.time()

    def on_message_begin(self) -> None:
        """And anew with each request."""
        super().on_message_begin()
        self.waiting_since = self.loop.time()

    def on_message_complete(self) -> None:
        """The request is whole: now the phone waits, not we."""
        super().on_message_complete()
        self.waiting_since = None
        self._fed = 0

    def data_received(self, data: bytes) -> None:
        """Take in a part of a request; one that has no end is cut off."""
        self._fed += len(data)
        if self._fed > MOST_BYTES:
            self.transport.abort()
            return
        super().data_received(data)


class DoorServer(uvicorn.Server):
    """Says when it takes phones, accepts a burst at once, and lets go of connections that never finish a request."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Nothing: the door hears them, and a stop is no failure."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer."""
        loop = asyncio.get_running_loop()
        if sockets and type(loop).__module__.startswith("uvloop"):
            # uvloop takes in one connection a turn: of 300 that come at once the last would wait for 300 turns.
            self.servers: list[Any] = [_Acceptor(loop, listener, self._connection) for listener in sockets]
            self.started = True
        else:
            await super().startup(sockets)
        self._ready()

    async def on_tick(self, counter: int) -> bool:
        """Ten times a second; now and then look for connections that keep us waiting."""
        if counter % SWEEP_TICKS == 0:
            self._sweep(asyncio.get_running_loop().time())
        return await super().on_tick(counter)

    def _connection(self) -> _Connection:
        return _Connection(config=self.config, server_state=self.server_state, app_state={})

    def _sweep(self, now: float) -> None:
        for connection in list(self.server_state.connections):
            since = getattr(connection, "waiting_since", None)
            if since is not None and now - since > PATIENCE_SECONDS:
                connection.transport.abort()


class _Acceptor:
    """Takes in all connections that wait, whenever some do. Looks like an asyncio server to uvicorn."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, listener: socket.socket, connection: Callable[[], asyncio.Protocol]
    ) -> None:
        self._loop = loop
        self._listener = listener
        self._connection = connection
        self._tasks: set[asyncio.Task[Any]] = set()
        listener.setblocking(False)
        loop.add_reader(listener.fileno(), self._accept)

    def _accept(self) -> None:
        for _ in range(ACCEPTED_AT_ONCE):
            try:
                phone, _address = self._listener.accept()
            except (BlockingIOError, InterruptedError, ConnectionAbortedError):
                return
            except OSError:  # no more handles: the next ones wait in the queue for a moment
                log.warning("no more connections can be taken in for a moment")
                self._loop.remove_reader(self._listener.fileno())
                self._loop.call_later(0.5, self._again)
                return
            phone.setblocking(False)
            task = self._loop.create_task(self._loop.connect_accepted_socket(self._connection, phone))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def _again(self) -> None:
        if self._listener.fileno() >= 0:
            self._loop.add_reader(self._listener.fileno(), self._accept)

    def close(self) -> None:
        """Take in nobody any more."""
        if self._listener.fileno() >= 0:
            self._loop.remove_reader(self._listener.fileno())

    async def wait_closed(self) -> None:
        """There is nothing to wait for."""
