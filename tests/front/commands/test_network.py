"""`doctor --network`: says what phones could reach, and never that it works before a phone came."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from plfacilitate.core.network import Interface, Reach, ranked
from plfacilitate.front.door import network, proof
from tests.laptops import Laptop

WIFI = ranked([Interface("wlan0", "192.168.1.20"), Interface("docker0", "172.17.0.1")])


@pytest.fixture(autouse=True)
def cards(monkeypatch: pytest.MonkeyPatch) -> None:
    """A laptop in the Wi-Fi of a school."""
    _cards(monkeypatch, WIFI)


def _cards(monkeypatch: pytest.MonkeyPatch, found: Sequence[Reach]) -> None:
    monkeypatch.setattr(network, "addresses", lambda: found)


def test_without_a_phone_nothing_is_proven(laptop: Laptop) -> None:
    """The code is shown, the steps follow, and the exit code says no."""
    ran = laptop.run("doctor", "--network", "--wait", "0")
    assert ran.code == 1
    assert "→ 192.168.1.20" in ran.out
    assert re.search(r"type http://192\.168\.1\.20:\d+/[A-Z2-7]{24}\b", ran.out)
    assert "Not proven: no phone came." in ran.out
    assert [line[:4] for line in ran.out.splitlines() if line.startswith("  ") and "." in line[:4]] == [
        "  1.",
        "  2.",
        "  3.",
    ]
    assert ran.out.count("█") > 100


def test_a_phone_that_comes_is_the_proof(laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is named, and there is nothing to try."""
    monkeypatch.setattr(proof.Proof, "wait", lambda self, seconds: "192.168.1.33" if seconds == 7 else "")
    found = laptop.json("doctor", "--network", "--wait", "7")
    assert (found["proven"], found["phone"], found["try"]) == (True, "192.168.1.33", [])
    assert [one["address"] for one in found["addresses"]] == ["192.168.1.20", "172.17.0.1"]
    assert "Proven: the phone 192.168.1.33" in laptop.do("doctor", "--network", "--wait", "7")


def test_a_laptop_in_no_network_is_told_to_join_one(laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for a phone that can't come."""
    _cards(monkeypatch, ())
    ran = laptop.run("doctor", "--network", "--wait", "600")
    assert ran.code == 1
    assert "This laptop is in no network." in ran.out
    assert "join the Wi-Fi" in ran.out


def test_every_run_has_an_address_of_its_own(laptop: Laptop) -> None:
    """An old page that a phone still has open proves nothing."""
    urls = {laptop.run("doctor", "--network", "--wait", "0", "--json").document["url"] for _ in range(2)}
    assert len(urls) == 2
