"""A real OpenSSH server for tests, and its agent: on loopback, of a user's own, gone with the test that started them."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncssh
import pytest

ROOT = Path(__file__).resolve().parent.parent
UNPACKED = (
    ROOT / ".venv" / "openssh"
)  # scripts/system_packages.sh unpacks it there: installed, it would listen to a network


class OpenSsh:
    """A server over a folder. `key` is the one that it lets `user` in with."""

    def __init__(self, folder: Path, user: str, port: int) -> None:
        self.folder, self.user, self.port = folder, user, port
        self.key = asyncssh.generate_private_key("ssh-ed25519")

    def address(self, port: int = 0) -> str:
        """Where its folder is found, perhaps through a wire."""
        return f"sftp://{self.user}@127.0.0.1:{port or self.port}{self.folder / 'in'}"


@contextmanager
def openssh() -> Iterator[OpenSsh]:
    """OpenSSH's own server; skips the test where there is none."""
    program = _program()
    if program is None:
        pytest.skip("no sshd here: install OpenSSH's server (Debian: apt-get install openssh-server) to run its tests")
    folder = Path(tempfile.mkdtemp(prefix="plf-ssh-", dir="/tmp"))
    try:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        # As root it wants a user of its own, and a folder in /run; "nobody" counts as locked in some systems.
        who = "daemon" if os.geteuid() == 0 else None
        server = OpenSsh(folder, who or getpass.getuser(), port)
        if program.is_relative_to(UNPACKED):  # where another user may not look
            program = Path(shutil.copy(program, folder))
            for path in UNPACKED.rglob("lib*.so*"):
                shutil.copy(path, folder)
        _lay_out(server, who)
        with (folder / "said.txt").open("wb") as said, subprocess.Popen(
            [str(program), "-D", "-e", "-f", str(folder / "config")], user=who, group=who,
            extra_groups=() if who else None, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=said, env={"PATH": os.environ["PATH"], "LD_LIBRARY_PATH": str(folder)},
        ) as process:  # fmt: skip
            try:
                _wait_for(port, process, folder)
                yield server
            finally:
                process.kill()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def agent(key: Path) -> Iterator[str]:
    """An SSH agent that holds a key; gives its socket. Skips the test where there is none."""
    if sys.platform == "win32" or not shutil.which("ssh-agent") or not shutil.which("ssh-add"):
        pytest.skip(
            "no ssh-agent here: install OpenSSH's client (Debian: apt-get install openssh-client) to run its tests"
        )
    with tempfile.TemporaryDirectory(prefix="plf-a-", dir="/tmp") as folder:
        sock = f"{folder}/s"
        with subprocess.Popen(["ssh-agent", "-D", "-a", sock], stdout=subprocess.DEVNULL) as process:
            try:
                until = time.monotonic() + 20
                while not Path(sock).exists():
                    assert time.monotonic() < until, "ssh-agent did not start"
                    time.sleep(0.01)
                subprocess.run(
                    ["ssh-add", "-q", str(key)], check=True, env={**os.environ, "SSH_AUTH_SOCK": sock}, timeout=20
                )
                yield sock
            finally:
                process.kill()


def _program() -> Path | None:
    """Where the server is."""
    if sys.platform == "win32":
        return None
    found = shutil.which("sshd", path=os.pathsep.join((os.environ["PATH"], "/usr/sbin", "/usr/local/sbin")))
    unpacked = UNPACKED / "usr" / "sbin" / "sshd"
    return Path(found) if found else unpacked if unpacked.exists() else None


def _lay_out(server: OpenSsh, who: str | None) -> None:
    folder = server.folder
    host = asyncssh.generate_private_key("ssh-ed25519")
    host.write_private_key(folder / "host")
    server.key.write_public_key(folder / "authorized")
    (folder / "in").mkdir()
    lines = (
        f"Port {server.port}", "ListenAddress 127.0.0.1", f"HostKey {folder / 'host'}", "PidFile none", "StrictModes no",
        "PasswordAuthentication no", "KbdInteractiveAuthentication no", f"AuthorizedKeysFile {folder / 'authorized'}",
        "Subsystem sftp internal-sftp", "LogLevel ERROR", "MaxStartups 100",
    )  # fmt: skip
    (folder / "config").write_text("\n".join([*lines, ""]))
    if who is not None:
        for path in (folder, *folder.iterdir()):
            shutil.chown(path, who)
    (folder / "host").chmod(0o600)


def _wait_for(port: int, process: subprocess.Popen[bytes], folder: Path) -> None:
    until = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 5).close()
            return
        except OSError:
            assert process.poll() is None, (folder / "said.txt").read_text()
            assert time.monotonic() < until, "sshd did not start"
            time.sleep(0.02)
