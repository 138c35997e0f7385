"""The door's sockets: one for this laptop alone, one on the address that phones reach.

Owns which addresses are listened on and how the second socket follows the laptop into another network. Never listens
on every card unless it was told to, and never cuts a connection that runs.
"""

from __future__ import annotations

import errno
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress

from plfacilitate.core.refusal import Refused
from plfacilitate.front.door.network import LOOPBACK

PORT = 8100
LAST_PORT = 8120
EVERYWHERE = ("0.0.0.0", "::", "")  # noqa: S104 (only where --host says so)
_TAKEN = (errno.EADDRINUSE, errno.EACCES)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket on that port, or on the next free one where a foreign program has it.

    Refused: `port-unusable` where there is none, or the host is not this laptop's.
    """
    return listen_on([host], port)[0]


def listen_on(hosts: Sequence[str], port: int) -> list[socket.socket]:
    """The same for several addresses, on one port."""
    last = OSError()
    for candidate in _numbers(port):
        try:
            return _bind_all(hosts, candidate)
        except (OSError, OverflowError) as error:
            last = error if isinstance(error, OSError) else OSError(str(error))
            if isinstance(error, OverflowError) or error.errno not in _TAKEN:
                break
    raise Refused(
        "port-unusable",
        host=hosts[-1] or "this laptop",
        port=port,
        detail=str(last.strerror or last),
        number=last.errno,
    )


def _numbers(port: int) -> Iterator[int]:
    yield port
    yield from (one for one in range(PORT, LAST_PORT + 1) if one > port)
    yield from (0, 0, 0)  # any; another program may have the same number on the second address


def _bind_all(hosts: Sequence[str], port: int) -> list[socket.socket]:
    bound: list[socket.socket] = []
    try:
        for host in hosts:
            bound.append(_bind(host, bound[0].getsockname()[1] if bound else port))
    except BaseException:
        for one in bound:
            one.close()
        raise
    return bound


def _bind(host: str, port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform == "win32":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:  # a door that was killed a moment ago leaves connections behind that would hold the port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(1024)
    except BaseException:
        listener.close()
        raise
    return listener


class Listening:
    """The sockets of one door. `host` is what `--host` says; None = the best address, and the loopback for the desk."""

    def __init__(self, host: str | None) -> None:
        """Nothing is opened yet."""
        self.follows = host is None
        self.host = host
        self.inner: socket.socket | None = None  # the loopback's; None where `host` is it, or everything
        self.outer: socket.socket | None = None  # the one by which phones come
        self.ip = ""  # what the outer one listens on

    @property
    def port(self) -> int:
        """Where this machine reaches the door."""
        one = self.inner or self.outer
        return int(one.getsockname()[1]) if one else 0

    @property
    def outer_port(self) -> int:
        """Where phones reach it: the same, unless a foreign program had it on that address."""
        one = self.outer or self.inner
        return int(one.getsockname()[1]) if one else 0

    def open(self, best: str, port: int) -> None:
        """Listen; `best` is this laptop's best address, which counts where no host was named. Refused: `port-unusable`."""
        if self.host is not None:
            self._open_named(self.host, port)
        elif best == LOOPBACK:
            self.inner = listen(LOOPBACK, port)
        else:
            try:
                self.inner, self.outer = listen_on([LOOPBACK, best], port)
                self.ip = best
            except Refused as no:
                if no.refusal.details.get("number") != errno.EADDRNOTAVAIL:
                    raise
                self.inner = listen(LOOPBACK, port)  # the address has gone this very moment

    def _open_named(self, host: str, port: int) -> None:
        alone = host in (*EVERYWHERE, LOOPBACK, "localhost", "::1")
        if alone:
            self.outer = listen(host, port)
        else:
            self.inner, self.outer = listen_on([LOOPBACK, host], port)
        self.ip = host

    def follow(self, best: str) -> bool:
        """Listen on another address where the best one is another now; True = `outer` has changed.

        The old socket is left to the caller, who stops taking phones by it. An address that can't be listened on yet is
        tried again at the next turn.
        """
        # Windows lets go of a socket whose card went away, even if it comes back within the second.
        dead = self.outer is not None and self.outer.fileno() < 0
        if not self.follows or (best == (self.ip or LOOPBACK) and not dead):
            return False
        if best == LOOPBACK:
            self.outer, self.ip = None, ""
            return True
        try:
            found = listen(best, self.port)
        except Refused:
            return False
        self.outer, self.ip = found, best
        return True

    def close(self) -> None:
        """Let go of both."""
        for one in (self.inner, self.outer):
            if one is not None:
                with suppress(OSError):
                    one.close()
