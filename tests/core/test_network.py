"""Which address phones most likely reach, with the reason, and what to try when they don't."""

from __future__ import annotations

import pytest

from plfacilitate.core.network import Interface, ranked, what_to_try


def best(*interfaces: tuple[str, str] | tuple[str, str, bool]) -> str:
    """The address that goes on the screen."""
    return ranked(Interface(*one) for one in interfaces)[0].ip


# Cards as Windows, macOS and Linux name them, with the address that belongs on the screen first.
@pytest.mark.parametrize(
    "cards",
    [
        pytest.param((("wlp3s0", "192.168.1.20"), ("docker0", "172.17.0.1")), id="containers"),
        pytest.param((("Intel(R) Wi-Fi 6 AX201", "10.4.2.17"), ("vEthernet (WSL)", "172.28.0.1", True)), id="windows-wsl"),
        pytest.param((("en0", "10.0.0.7"), ("utun4", "10.8.0.2", True)), id="vpn-takes-the-route"),
        pytest.param((("wlan0", "192.168.1.20"), ("eth0", "10.1.1.5", True)), id="wifi-before-cable"),
        pytest.param((("Ethernet", "10.1.1.5"), ("Wi-Fi", "169.254.7.7")), id="wifi-without-an-address"),
        pytest.param((("Local Area Connection* 2", "192.168.137.1"), ("VirtualBox Host-Only", "192.168.56.1")), id="own-hotspot"),
        pytest.param((("en1", "172.20.10.2"), ("tailscale0", "100.101.2.3", True)), id="a-phones-hotspot"),
        pytest.param((("eth1", "10.1.1.5", True), ("eth0", "10.9.9.9")), id="where-the-route-leads"),
        pytest.param((("wlan0", "10.0.0.4"), ("lo", "127.0.0.1")), id="loop"),
    ],
)  # fmt: skip
def test_the_address_of_the_room_comes_first(cards: tuple[tuple[str, str], ...]) -> None:
    """Whatever order the system tells them in."""
    assert best(*cards) == best(*reversed(cards)) == cards[0][1]


def test_the_loop_and_the_newer_protocol_are_no_addresses_for_a_code() -> None:
    """A phone that is shown one of them reaches nothing."""
    assert ranked([Interface("lo", "127.0.0.1"), Interface("wlan0", "fe80::1"), Interface("x", "0.0.0.0")]) == ()


@pytest.mark.parametrize(
    "card, ip, words",
    [
        ("wlan0", "192.168.1.20", "keeps its guests apart"),
        ("eth0", "192.168.1.20", "only where cable and Wi-Fi are one network"),
        ("wlan0", "172.20.10.3", "fewer than eight"),
        ("wg0", "10.8.0.2", "VPN"),
        ("wlan0", "169.254.3.4", "no address was given"),
        ("wlan0", "100.70.1.1", "VPN"),
        ("docker0", "172.17.0.1", "inside this laptop"),
        ("wlan0", "8.8.4.4", "public address"),
    ],
)
def test_each_address_says_what_it_is_good_for(card: str, ip: str, words: str) -> None:
    """So that whoever chooses another one knows why."""
    assert words in ranked([Interface(card, ip)])[0].why


@pytest.mark.parametrize("system", ["win32", "darwin", "linux", "freebsd14"])
def test_what_to_try_is_three_steps_at_most(system: str) -> None:
    """With a room full of people nobody reads a fourth."""
    steps = what_to_try(system, ranked([Interface("wlan0", "192.168.1.20")]), 8101)
    assert len(steps) == 3
    assert sum("firewall" in step.casefold() for step in steps) == 1
    assert "8101" in " ".join(steps) or system in ("win32", "darwin")
    assert "badges" in steps[-1]


@pytest.mark.parametrize("cards", [(), (Interface("wlan0", "169.254.1.2"),), (Interface("tun0", "10.8.0.2"),)])
def test_without_a_network_the_first_step_is_to_join_one(cards: tuple[Interface, ...]) -> None:
    """A firewall is not what keeps phones from a laptop that is nowhere."""
    steps = what_to_try("win32", ranked(cards), 8100)
    assert "join the Wi-Fi" in steps[0]
    assert not any("firewall" in step for step in steps)
