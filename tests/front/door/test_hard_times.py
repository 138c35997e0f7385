"""A real door in hard times: five hundred phones that dawdle, and a disk that is full."""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median

import httpx
import pytest

from plfacilitate.core.people import person_id
from plfacilitate.store.surroundings import Surroundings
from tests.front.door.running import running, ticket_of, today

SLOW = 500
REQUEST = b"POST /in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 900\r\n\r\n"


@contextmanager
def _dawdling(port: int, count: int) -> Iterator[list[socket.socket]]:
    """So many connections that send one byte a second, each from where the last one was; closed at the end."""
    phones = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(count)]
    done = threading.Event()

    def send() -> None:
        at = 0
        while not done.is_set():
            begun = time.monotonic()
            byte = REQUEST[at : at + 1] or b"x"
            for phone in phones:
                with suppress(OSError):  # it was let go
                    phone.send(byte)
            at += 1
            done.wait(max(0.0, 1 - (time.monotonic() - begun)))

    sender = threading.Thread(target=send, daemon=True)
    sender.start()
    try:
        yield phones
    finally:
        done.set()
        sender.join()
        for phone in phones:
            phone.close()


def _let_go(phone: socket.socket) -> bool:
    phone.settimeout(0.001)
    try:
        return phone.recv(1) == b""
    except TimeoutError:
        return False
    except OSError:
        return True


@pytest.mark.skipif(sys.platform == "win32", reason="the limit of open files is raised by this test, as POSIX does it")
def test_five_hundred_slow_phones_stop_nobody(tmp_path: Path) -> None:
    """While they send a byte a second each, others sign in as fast as ever."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, hard), hard))
    people = [{"last_name": f"Person{n}", "email": f"p{n}@x.example"} for n in range(60)]
    around, event = today(tmp_path, people=people)
    try:
        with running(around, event) as door, httpx.Client(base_url=door.url, timeout=20) as phone:
            with _dawdling(door.port, SLOW) as slow:
                took = []
                for fields in people:
                    form = {"t": ticket_of(around, event), "p": person_id(fields)}
                    begun = time.monotonic()
                    page = phone.post("/in", data=form)
                    took.append(time.monotonic() - begun)
                    assert "You are in at" in page.text
                assert median(took) < 0.1, f"p50 {median(took):.3f} s"
                assert max(took) < 2
                assert not any(map(_let_go, slow)), "they were there all the time"
            assert phone.get("/alive").status_code == 200
            assert door.end() == 0
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def _sign_in(phone: httpx.Client, around: Surroundings, event: str, person: str) -> httpx.Response:
    return phone.post("/in", data={"t": ticket_of(around, event), "p": person})


@pytest.mark.skipif(not hasattr(os, "posix_fallocate"), reason="a limit on files is set from outside, as Linux does it")
def test_a_full_disk_is_said_and_goes_by(tmp_path: Path) -> None:
    """A plain page that says so, twice and in Spanish; whoever was told "in" is in; with space it goes on by itself."""
    import resource

    if not hasattr(resource, "prlimit"):
        pytest.skip("only Linux sets the limits of another process")
    people = [{"last_name": f"Person{n}", "email": f"p{n}@x.example"} for n in range(80)]
    ids = [person_id(fields) for fields in people]
    around, event = today(tmp_path, people=people)
    acknowledged: set[str] = set()
    with running(around, event) as door, httpx.Client(base_url=door.url, timeout=20) as phone:
        for person in ids[:5]:
            assert "You are in at" in _sign_in(phone, around, event, person).text
            acknowledged.add(person)
        ledger = around.workspace.ledger
        wal = ledger.with_name(ledger.name + "-wal")
        largest = max(ledger.stat().st_size, wal.stat().st_size if wal.exists() else 0)
        everything = resource.prlimit(door.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(door.process.pid, resource.RLIMIT_FSIZE, (largest + 1, everything[1]))
        refused = []
        for person in ids[5:60]:
            page = _sign_in(phone, around, event, person)
            if page.status_code == 200:
                assert "You are in at" in page.text
                acknowledged.add(person)
            else:
                refused.append(person)
                assert page.status_code == 503
                assert "Not saved" in page.text
                assert "tell the facilitator" in page.text
                assert "You are in" not in page.text
        assert refused, "the disk was full"
        form = {"t": ticket_of(around, event), "p": refused[0]}
        page = phone.post("/in", data=form, headers={"accept-language": "es"})
        assert page.status_code == 503
        assert "No se guardó" in page.text
        assert phone.get("/").status_code == 200
        resource.prlimit(door.process.pid, resource.RLIMIT_FSIZE, everything)
        for person in [*refused, *ids[60:]]:
            assert "You are in at" in _sign_in(phone, around, event, person).text
            acknowledged.add(person)
        assert door.end() == 0
    reader = around.open_ledger(readonly=True)
    written = [entry.person for entry in reader.entries(event=event, kinds=("sign-in",))]
    reader.close()
    assert len(written) == len(set(written))
    assert set(written) == acknowledged == set(ids)
