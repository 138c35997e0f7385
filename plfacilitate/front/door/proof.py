"""Proof that a phone reaches this laptop: one page under an address that nobody can guess, until another machine came.

Owns that page and what counts as proof. A request of this laptop itself never does: it crosses neither the Wi-Fi nor a
firewall.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Collection
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>It works</title><style>body{font:1.5rem/1.4 system-ui,sans-serif;margin:2rem;color-scheme:light dark}</style>
<h1>✓ This phone reaches the laptop.</h1><p>Phones in this network can sign in. You can close this page.</p></html>
"""
SECONDS = 10.0  # a phone that has asked and says nothing more is let go


class Proof:
    """Listens while the block runs. `own` are the addresses of this laptop."""

    def __init__(self, listener: socket.socket, secret: str, own: Collection[str]) -> None:
        self._came = threading.Event()
        self._phone = ""
        self._own = frozenset(own)
        self._path = f"/{secret}"
        self._server = _server(listener, self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.1,), name="proof", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def wait(self, seconds: float) -> str:
        """The address of the first other machine that came; "" when none did in so many seconds."""
        self._came.wait(seconds)
        return self._phone

    def shows(self, path: str, client: str) -> bool:
        """Whether this is the right address; another machine that asks for it is the proof."""
        if path.casefold() != self._path.casefold():
            return False
        if client not in self._own and not client.startswith("127.") and not self._came.is_set():
            self._phone = client
            self._came.set()
        return True


def _server(listener: socket.socket, proof: Proof) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        timeout = SECONDS
        server_version, sys_version = "plfacilitate", ""

        def do_GET(self) -> None:
            right = proof.shows(self.path, str(self.client_address[0]))
            body = PAGE.encode() if right else b""
            self.send_response(HTTPStatus.OK if right else HTTPStatus.NOT_FOUND)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the library's word)
            """Nothing is said on the terminal, where the code stands."""

    server = ThreadingHTTPServer(("", 0), Handler, bind_and_activate=False)
    server.daemon_threads = True
    server.socket.close()
    server.socket = listener
    server.server_address = listener.getsockname()[:2]
    return server
