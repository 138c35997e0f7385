"""The HTTP server under the door: uvicorn, told to be fair and patient but not endlessly so.

Owns how connections are taken in, how much and how slowly a phone may send, and that signals are the door's business.
Never looks into a request.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import ssl
from collections.abc import Callable, Iterator
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

PATIENCE_SECONDS = 20.0  # for a request to arrive whole; a connection that says nothing is closed after it too
MOST_BYTES = 96 * 1024  # of one request with its headers; the form itself has a limit of its own
HANDSHAKE_SECONDS = 10.0
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
        super().connection_made(_Gathering(transport))  # type: ignore[arg-type]  # it has all that uvicorn asks for
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


class _Gathering:
    """A transport that holds the head of a page for a moment: head and page go out as one packet."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._loop = asyncio.get_running_loop()
        self._head = b""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Send it with what is held; the first part waits for the next one, until the end of this turn of the loop."""
        if self._head:
            data, self._head = self._head + data, b""
            self._transport.write(data)
        else:
            self._head = data
            self._loop.call_soon(self._send)

    def _send(self) -> None:
        if self._head:
            head, self._head = self._head, b""
            self._transport.write(head)

    def close(self) -> None:
        """Send what is held, then close."""
        self._send()
        self._transport.close()

    def abort(self) -> None:
        """Close at once."""
        self._head = b""
        self._transport.abort()


class DoorServer(uvicorn.Server):
    """Says when it takes phones, accepts a burst at once, and lets go of connections that never finish a request."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready
        self.secure: dict[socket.socket, ssl.SSLContext] = {}  # sockets by which phones speak https

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Nothing: the door hears them, and a stop is no failure."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer."""
        self.servers: list[Any] = []
        for listener in sockets or ():
            await self.take_in(listener, self.secure.get(listener))
        self.started = True
        self._ready()

    async def take_in(self, listener: socket.socket, tls: ssl.SSLContext | None = None) -> None:
        """Take in phones by this socket, too; with `tls` they speak https there."""
        loop = asyncio.get_running_loop()
        if type(loop).__module__.startswith("uvloop"):
            # uvloop takes in one connection a turn: of 300 that come at once the last would wait for 300 turns.
            self.servers.append(_Acceptor(loop, listener, self._connection, tls))
            return
        patience = HANDSHAKE_SECONDS if tls else None
        self.servers.append(
            await loop.create_server(
                self._connection, sock=listener, ssl=tls, ssl_handshake_timeout=patience, backlog=self.config.backlog
            )
        )

    def turn_away(self, listener: socket.socket) -> None:
        """Take in nobody by this socket any more; who came by it already stays."""
        number = listener.fileno()
        for one in list(self.servers):
            if any(each.fileno() == number for each in one.sockets):
                self.servers.remove(one)
                one.close()
        listener.close()

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
        self,
        loop: asyncio.AbstractEventLoop,
        listener: socket.socket,
        connection: Callable[[], asyncio.Protocol],
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._loop = loop
        self._tls = tls
        self.sockets = (listener,)
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
            task = self._loop.create_task(self._welcome(phone))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _welcome(self, phone: socket.socket) -> None:
        patience = HANDSHAKE_SECONDS if self._tls else None
        with contextlib.suppress(OSError, ssl.SSLError, TimeoutError):  # it spoke no https, or went away again
            await self._loop.connect_accepted_socket(
                self._connection, phone, ssl=self._tls, ssl_handshake_timeout=patience
            )

    def _again(self) -> None:
        if self._listener.fileno() >= 0:
            self._loop.add_reader(self._listener.fileno(), self._accept)

    def close(self) -> None:
        """Take in nobody any more."""
        if self._listener.fileno() >= 0:
            self._loop.remove_reader(self._listener.fileno())

    async def wait_closed(self) -> None:
        """There is nothing to wait for."""
