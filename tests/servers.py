"""Real servers on loopback: SFTP (asyncssh's own) in a thread, S3 (moto's) in a process, and a wire that can be cut."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import asyncssh

USER, PASSWORD = "clerk", "correct horse"


class _Door(asyncssh.SSHServer):
    """Lets the clerk in, by password or by one of the keys that it knows."""

    def __init__(self, keys: set[str]) -> None:
        self._keys = keys

    def public_key_auth_supported(self) -> bool:
        """By key."""
        return True

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        """One clerk, some keys."""
        return username == USER and key.get_fingerprint() in self._keys

    def password_auth_supported(self) -> bool:
        """By password."""
        return True

    def validate_password(self, username: str, password: str) -> bool:
        """One clerk, one password."""
        return (username, password) == (USER, PASSWORD)


class SftpServer:
    """An SFTP server over a folder; `full` makes it take no more."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.key = asyncssh.generate_private_key("ssh-ed25519")
        self.full = False
        self.lets_in: set[str] = set()
        """Fingerprints of the clerk's keys."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server = self._call(self._listen())
        self.port = self._server.get_port()

    def _call(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(20)

    async def _listen(self) -> asyncssh.SSHAcceptor:
        outer = self

        class Files(asyncssh.SFTPServer):
            """The folder, and nothing above it."""

            def __init__(self, chan: Any) -> None:
                super().__init__(chan, chroot=os.fsencode(outer.folder))

            def write(self, file_obj: Any, offset: int, data: bytes) -> Any:
                """Full is full."""
                if outer.full:
                    raise asyncssh.SFTPFailure("Failure")
                return super().write(file_obj, offset, data)

        return await asyncssh.listen(
            "127.0.0.1", 0, server_factory=lambda: _Door(outer.lets_in), server_host_keys=[self.key], sftp_factory=Files
        )

    def known_line(self, port: int = 0) -> str:
        """The line of known_hosts that makes it known, also by another port of a wire to it."""
        return f"[127.0.0.1]:{port or self.port} {self.key.export_public_key('openssh').decode()}"

    def close(self) -> None:
        """End it."""

        async def end() -> None:
            self._server.close()
            await self._server.wait_closed()

        self._call(end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()


@contextmanager
def s3_server() -> Iterator[int]:
    """Moto's server in a process of its own; gives its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = f"from moto.server import main; main(['-H', '127.0.0.1', '-p', '{port}'])"
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 60
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
                break
            except OSError:
                assert time.monotonic() < until, "moto did not start"
                time.sleep(0.05)
        yield port
    finally:
        process.kill()
        process.wait()


class Wire:
    """A wire on loopback to a server: cut after so many bytes towards it; mended by `whole`."""

    def __init__(self, port: int) -> None:
        self._to = port
        self.left = 1 << 60
        self.passed = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def cut_after(self, count: int) -> None:
        """Let so many bytes pass towards the server, then nothing."""
        self.left, self.passed = count, 0

    def whole(self) -> None:
        """Mended; counts anew."""
        self.left, self.passed = 1 << 60, 0

    def close(self) -> None:
        """Take it away."""
        self._listener.close()
        self._hang_up()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            if self.left <= 0:
                near.close()
                continue
            far = socket.create_connection(("127.0.0.1", self._to))
            for end in (near, far):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._open.append(end)
            threading.Thread(target=self._pump, args=(near, far, True), daemon=True).start()
            threading.Thread(target=self._pump, args=(far, near, False), daemon=True).start()

    def _pump(self, source: socket.socket, to: socket.socket, counted: bool) -> None:
        with suppress(OSError):
            while data := source.recv(1 << 14):
                if counted:
                    data = data[: max(0, self.left)]
                    self.left -= len(data)
                    self.passed += len(data)
                to.sendall(data)
                if counted and self.left <= 0:
                    break
        if counted and self.left <= 0:
            self._hang_up()
        for end in (source, to):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _hang_up(self) -> None:
        for end in self._open:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self._open.clear()
