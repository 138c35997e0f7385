"""Proof by a phone: only another machine that asked for the right address counts."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Iterator

import pytest

from plfacilitate.front.door.listening import listen
from plfacilitate.front.door.network import addresses
from plfacilitate.front.door.proof import Proof

SECRET = "ABCDEFGH234567ABCDEFGH23"


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A socket on any free port."""
    with listen("127.0.0.1", 0) as found:
        yield found


def asked(listener: socket.socket, path: str) -> int:
    """The status that this laptop is given for a path."""
    connection = http.client.HTTPConnection("127.0.0.1", listener.getsockname()[1], timeout=10)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def test_this_laptop_is_shown_the_page_and_proves_nothing(listener: socket.socket) -> None:
    """A request that never left the machine says nothing about Wi-Fi and firewall."""
    with Proof(listener, SECRET, ["192.168.1.20"]) as proof:
        assert asked(listener, f"/{SECRET}") == 200
        assert asked(listener, f"/{SECRET.lower()}") == 200
        assert proof.wait(0) == ""


def test_another_machine_with_the_right_address_is_the_proof() -> None:
    """The first one is named."""
    with listen("127.0.0.1", 0) as listener, Proof(listener, SECRET, ["192.168.1.20"]) as proof:
        assert proof.shows(f"/{SECRET}", "192.168.1.20")
        assert proof.wait(0) == ""
        assert not proof.shows("/favicon.ico", "192.168.1.33")
        assert not proof.shows("/", "192.168.1.33")
        assert proof.wait(0) == ""
        assert proof.shows(f"/{SECRET}", "192.168.1.33")
        assert proof.shows(f"/{SECRET}", "192.168.1.34")
        assert proof.wait(0) == "192.168.1.33"


def test_whoever_waits_is_told_at_once(listener: socket.socket) -> None:
    """Nobody stands there for two minutes after the phone has come."""
    with Proof(listener, SECRET, []) as proof:
        threading.Timer(0.05, proof.shows, (f"/{SECRET}", "10.0.0.9")).start()
        assert proof.wait(30) == "10.0.0.9"


def test_a_wrong_address_and_a_silent_phone_harm_nothing(listener: socket.socket) -> None:
    """Other pages are none, and a connection that says nothing keeps nobody else waiting."""
    with Proof(listener, SECRET, []), socket.create_connection(listener.getsockname()[:2]) as silent:
        silent.send(b"GET /")
        assert asked(listener, "/") == 404
        assert asked(listener, f"/{SECRET}x") == 404
        assert asked(listener, f"/{SECRET}") == 200


def test_the_addresses_of_this_machine_are_its_own() -> None:
    """Each can be listened on, none is the loop."""
    for one in addresses():
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.bind((one.ip, 0))
        assert not one.ip.startswith("127.")
        assert one.why
