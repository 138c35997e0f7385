"""Many phones at once: posts in a closed loop over open connections, from a process of their own.

Owns how load is made and measured: wrk where it is installed, else a small generator of our own. Every answer is read,
and a wrong one fails the bench: a figure of refusals would be worth nothing.
"""

from __future__ import annotations

import json
import selectors
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.figures import ROOT, percentile

SCRIPT = Path(__file__).with_name("load.lua")


@dataclass(frozen=True, slots=True)
class Forms:
    """A file with one form a line, how many lines were used up, and what stands in every right answer ("" = anything).

    Where anything is right the forms may come again and again.
    """

    path: Path
    used: int
    wanted: str


@dataclass(frozen=True, slots=True)
class Load:
    """What came of it. `rate` = right answers a second; `p50`, `p99`, `most` = seconds from send to last byte."""

    count: int
    rate: float
    p50: float
    p99: float
    most: float


def load(port: int, connections: int, seconds: float, forms: Forms) -> Load:
    """Post one form after the other over each of so many connections; there must be forms enough."""
    made = _wrk if shutil.which("wrk") else _own
    return made(port, connections, seconds, forms)


def burst(port: int, connections: int, forms: Forms) -> Load:
    """Post all the forms."""
    return _own(port, connections, 600, forms)


def _wrk(port: int, connections: int, seconds: float, forms: Forms) -> Load:
    command = [
        "wrk", "-t1", f"-c{connections}", f"-d{round(seconds)}s", "-s", str(SCRIPT),
        f"http://127.0.0.1:{port}", "--", str(forms.path), str(forms.used), forms.wanted,
    ]  # fmt: skip
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    numbers, _, say = run.stdout.partition("RESULT ")[2].strip().partition("\n")[0].partition(" <")
    count, took, p50, p99, most, wrong = numbers.split()[:6]
    if int(wrong) < 0:
        raise RuntimeError("the forms were used up: a faster machine needs more of them")
    if int(wrong):
        raise RuntimeError(f"{wrong} wrong answers of {count}; the first: {numbers.split()[6:]} <{say}")
    return Load(int(count), int(count) / float(took), float(p50), float(p99), float(most))


def _own(port: int, connections: int, seconds: float, forms: Forms) -> Load:
    arguments = [str(port), str(connections), str(seconds), str(forms.path), str(forms.used), forms.wanted]
    run = subprocess.run(
        [sys.executable, "-m", "bench.load", *arguments], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return Load(**json.loads(run.stdout))


# -- the small generator -----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Phone:
    """One connection: when it sent, and what has come back so far."""

    line: socket.socket
    sent: float = 0.0
    got: bytes = b""


def _requests(forms: Forms) -> list[bytes]:
    head = b"POST /in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    lines = forms.path.read_bytes().splitlines()[forms.used :]
    return [b"%bContent-Length: %d\r\n\r\n%b" % (head, len(line), line) for line in lines]


def _whole(got: bytes) -> bool:
    head, end, body = got.partition(b"\r\n\r\n")
    return bool(end) and len(body) >= int(head.lower().partition(b"content-length:")[2].split()[0])


def _generate(port: int, connections: int, seconds: float, forms: Forms) -> Load:
    waiting, wanted = _requests(forms), forms.wanted.encode()
    waiting.reverse()
    chosen, times = selectors.DefaultSelector(), list[float]()
    for _ in range(connections):
        line = socket.create_connection(("127.0.0.1", port))
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        chosen.register(line, selectors.EVENT_READ, _Phone(line))
    started = time.perf_counter()
    for key in list(chosen.get_map().values()):
        key.data.sent = time.perf_counter()
        key.data.line.sendall(waiting.pop())
    now = started
    while waiting and now - started < seconds:
        for key, _ in chosen.select(1):
            phone: _Phone = key.data
            phone.got += phone.line.recv(65536)
            if not _whole(phone.got):
                continue
            now = time.perf_counter()
            times.append(now - phone.sent)
            if not phone.got.startswith(b"HTTP/1.1 200") or wanted not in phone.got:
                raise RuntimeError(f"a wrong answer: {phone.got[:300]!r}")
            if waiting:
                phone.got, phone.sent = b"", time.perf_counter()
                phone.line.sendall(waiting.pop())
    return Load(
        len(times), len(times) / (now - started), percentile(times, 50), percentile(times, 99), max(times)
    )  # fmt: skip


if __name__ == "__main__":
    port, connections, seconds, path, used, wanted = sys.argv[1:]
    print(
        json.dumps(asdict(_generate(int(port), int(connections), float(seconds), Forms(Path(path), int(used), wanted))))
    )
