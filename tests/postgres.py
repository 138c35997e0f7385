"""A real PostgreSQL for tests: a cluster in a folder of its own, on loopback, that ends with who started it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest

WHERE_DEBIAN_KEEPS_IT = Path("/usr/lib/postgresql")
_FAST = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")
_ALWAYS = (
    "listen_addresses = '127.0.0.1'", "unix_socket_directories = ''", "max_connections = 40", "log_min_messages = fatal",
    "jit = off", "shared_buffers = 32MB",
)  # fmt: skip
# Whoever has a password must say it; the owner of the cluster need not.
_WHO_MAY = "host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n"
_numbers = count(1)


class Server:
    """One cluster. `port` is its own."""

    def __init__(self, binaries: Path, folder: Path) -> None:
        self.binaries = binaries
        self.folder = folder
        self._free: list[str] = []
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]

    def run(self, program: str, *arguments: str) -> None:
        """Run one of its programs as somebody who may: PostgreSQL never runs as root."""
        command = [str(self.binaries / program), *arguments]
        who = "postgres" if _is_root() else None
        # not a pipe: the server would hold it open for as long as it lives
        with (self.folder / "said.txt").open("w+b") as said:
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, check=False, timeout=110, cwd=self.folder,
                user=who, group=who, extra_groups=() if who else None,
            )  # fmt: skip
            said.seek(0)
            assert done.returncode == 0, said.read().decode(errors="replace")

    def make(self, settings: tuple[str, ...] = _FAST) -> None:
        """Make the cluster."""
        self.run(
            "initdb", "-D", str(self.data), "-U", "postgres", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C"
        )
        with (self.data / "postgresql.conf").open("a") as file:
            file.write("\n".join([*_ALWAYS, *settings, f"port = {self.port}", ""]))
        (self.data / "pg_hba.conf").write_text(_WHO_MAY)

    @property
    def data(self) -> Path:
        """Where the cluster lies."""
        return self.folder / "data"

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.run("pg_ctl", "start", "-w", "-s", "-D", str(self.data), "-l", str(self.folder / "log.txt"))

    def stop(self, mode: str = "fast") -> None:
        """Stop it: `fast` ends every connection, `immediate` is a crash."""
        self.run("pg_ctl", "stop", "-w", "-s", "-D", str(self.data), "-m", mode)

    def address(self, database: str = "postgres", user: str = "postgres") -> str:
        """The address of a database."""
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}"

    def do(self, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """A statement as its owner."""
        with psycopg.connect(self.address(database), autocommit=True) as db:
            found = db.execute(statement.encode())
            return found.fetchall() if found.description else []

    @contextmanager
    def lent(self) -> Iterator[str]:
        """The address of an empty database for a while: to make each anew would be most of a test's time."""
        address = self._free.pop() if self._free else self.database()
        yield address
        self.do("DROP SCHEMA IF EXISTS plfacilitate CASCADE", address.rpartition("/")[2])
        self._free.append(address)

    def database(self, like: str = "") -> str:
        """A new database, empty or a copy of the one at an address that nobody is connected to; its address."""
        name = f"d{os.getpid()}_{next(_numbers)}"
        self.do(f"CREATE DATABASE {name} TEMPLATE {like.rpartition('/')[2] or 'template0'}")
        return self.address(name)


def binaries() -> Path | None:
    """Where PostgreSQL's own programs are, the newest of them; None where it is not installed."""
    found = shutil.which("pg_ctl")
    if found and shutil.which("initdb"):
        return Path(found).parent
    kept = sorted(WHERE_DEBIAN_KEEPS_IT.glob("*/bin/initdb"), key=lambda one: int(one.parts[-3].split(".")[0]))
    return kept[-1].parent if kept else None


@contextmanager
def server(settings: tuple[str, ...] = _FAST) -> Iterator[Server]:
    """A cluster that runs; skips the test where there is no PostgreSQL."""
    there = binaries()
    if there is None:
        pytest.skip("no PostgreSQL here: install it (Debian: apt-get install postgresql) to run its tests")
    folder = Path(tempfile.mkdtemp(prefix="plf-pg-"))
    if _is_root():
        shutil.chown(folder, "postgres")
    running = Server(there, folder)
    try:
        running.make(settings)
        running.start()
        yield running
    finally:
        if (running.data / "postmaster.pid").exists():
            running.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)


def durable() -> AbstractContextManager[Server]:
    """A cluster as an office would have it: what is committed is on the disk."""
    return server(settings=())


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0
