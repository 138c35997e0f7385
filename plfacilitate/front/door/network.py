"""Where phones can reach this laptop.

Owns the choice of the address on the screen, and which Host names the door answers to. Never sends a packet: the
system's cards and its routing table are read, nothing else. Which address is best is `core.network`'s to say.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plfacilitate.core.network import Interface, Reach, ranked

# Addresses nobody has (RFC 5737), then one of each private range: "which of my addresses would you use to get there?"
_TARGETS = ("192.0.2.1", "192.168.255.254", "10.255.255.254", "172.31.255.254")
LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Address:
    """An IPv4 address of this laptop and why it was chosen. `reachable` = other machines may get to it."""

    ip: str
    why: str
    reachable: bool


def best_address() -> Address:
    """The address for the screen; the loopback, which no phone reaches, where there is no network."""
    return best_of(addresses())


def best_of(found: Sequence[Reach]) -> Address:
    """The same of addresses that are known already."""
    if found:
        return Address(found[0].ip, found[0].why, True)
    return Address(LOOPBACK, "no network: only this laptop reaches it", False)


def addresses() -> tuple[Reach, ...]:
    """All addresses of this laptop that are not its own loop, the one that phones most likely reach first."""
    routed = {found for target in _TARGETS if (found := _source(target)) is not None}
    cards = {ip: name for name, ip in _cards()}
    cards |= {ip: "" for ip in routed if ip not in cards}
    return ranked(Interface(name, ip, ip in routed) for ip, name in cards.items())


def _cards() -> list[tuple[str, str]]:
    """(name, IPv4 address) of every network card; none where the system does not tell."""
    import ifaddr

    try:
        return [(card.nice_name, ip.ip) for card in ifaddr.get_adapters() for ip in card.ips if isinstance(ip.ip, str)]
    except OSError:
        return []


def _source(target: str) -> str | None:
    """The own address that the system would use towards `target`; connecting a UDP socket sends nothing."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect((target, 9))
            return str(probe.getsockname()[0])
    except OSError:
        return None


class Hosts:
    """The Host headers that are answered. Any address is: a page of somebody else's can only come by a name."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset({"localhost", *(name.casefold() for name in names if name)})
        self._known: dict[bytes, bool] = {}

    def allows(self, header: bytes) -> bool:
        """Whether a request with this Host header means this door."""
        known = self._known.get(header)
        if known is None:
            known = self._judge(header)
            if len(self._known) < 1000:
                self._known[header] = known
        return known

    def _judge(self, header: bytes) -> bool:
        host = header.decode("latin-1").strip().casefold()
        if host.startswith("["):
            host, bracket, port = host[1:].partition("]")
            port = port.removeprefix(":")
            named = False
        else:
            host, _, port = host.partition(":")
            bracket, named = "]", True
        if not bracket or (port and not port.isdigit()):
            return False
        try:
            ipaddress.ip_address(host)
        except ValueError:
            return named and host.rstrip(".") in self._names
        return True
