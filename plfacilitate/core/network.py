"""Which of a laptop's addresses phones can most likely reach, and what to try when they can't.

Owns the order of the addresses with its reasons, and the words of the steps. Never asks a system for anything: what it
judges is handed in.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["wifi", "wired", "network", "hotspot", "public", "unassigned", "virtual", "vpn"]


@dataclass(frozen=True, slots=True)
class Interface:
    """An IPv4 address of this laptop, under the name that its system gives the card. `routed` = it leads elsewhere."""

    name: str
    ip: str
    routed: bool = False


@dataclass(frozen=True, slots=True)
class Reach:
    """An address with what it is, how likely phones reach it (0 is best), and why, in a sentence."""

    name: str
    ip: str
    kind: Kind
    rank: int
    why: str


# The beginning of a card's name (a word of it, on Windows) says what it is; the first that fits counts.
_NAMES: Sequence[tuple[Kind, tuple[str, ...]]] = (
    ("vpn", ("tun", "tap", "utun", "wg", "ppp", "ipsec", "tailscale", "zerotier", "zt", "vpn", "anyconnect", "nordlynx")),
    ("virtual", ("docker", "br-", "veth", "vmnet", "vmware", "vbox", "virtualbox", "vethernet", "hyper-v", "virbr", "lxc",
                 "podman", "cni", "bridge", "npcap", "awdl", "llw")),
    ("wifi", ("wi-fi", "wifi", "wlan", "wlp", "wlx", "wl", "wireless", "airport", "drahtlos")),
    ("wired", ("eth", "ethernet", "enp", "eno", "ens", "enx", "lan", "local area")),
)  # fmt: skip
# What the systems of telephones and of Windows give to those whom they let into their own network.
_HOTSPOTS = tuple(
    map(ipaddress.ip_network, ("172.20.10.0/28", "192.168.43.0/24", "192.168.49.0/24", "192.168.137.0/24"))
)
_CARRIER = ipaddress.ip_network("100.64.0.0/10")
_WORDS: Mapping[Kind, tuple[int, str]] = {
    "wifi": (0, "Wi-Fi: phones in the same Wi-Fi reach it, unless the network keeps its guests apart"),
    "network": (1, "a local network"),
    "wired": (2, "a cable: phones in the Wi-Fi reach it only where cable and Wi-Fi are one network"),
    "hotspot": (3, "a phone's hotspot: good for fewer than eight phones"),
    "public": (4, "a public address: phones reach it if the network lets them"),
    "unassigned": (5, "no address was given by the network: only a direct cable would reach it"),
    "virtual": (6, "a network inside this laptop: no phone reaches it"),
    "vpn": (7, "a VPN: phones in the room are not in it"),
}


def ranked(interfaces: Iterable[Interface]) -> tuple[Reach, ...]:
    """The addresses that are not the laptop's own loop, the most likely one first."""
    found = []
    for one in interfaces:
        ip = ipaddress.ip_address(one.ip)
        if ip.version == 4 and not ip.is_loopback and not ip.is_unspecified:
            kind = _kind(one.name, ipaddress.IPv4Address(one.ip))
            rank, why = _WORDS[kind]
            # Where two are of one kind, the one that the system itself goes out by.
            found.append(((rank, not one.routed, one.name, int(ip)), Reach(one.name, one.ip, kind, rank, why)))
    return tuple(reach for _, reach in sorted(found, key=lambda pair: pair[0]))


def _kind(name: str, ip: ipaddress.IPv4Address) -> Kind:
    words = [name.casefold(), *name.casefold().replace("(", " ").split()]
    named = next((kind for kind, starts in _NAMES if any(word.startswith(starts) for word in words)), None)
    if named in ("vpn", "virtual") and not any(ip in network for network in _HOTSPOTS):
        return named
    if ip.is_link_local:
        return "unassigned"
    if ip in _CARRIER:
        return "vpn"
    if any(ip in network for network in _HOTSPOTS):
        return "hotspot"
    if ip.is_global:
        return "public"
    return named if named in ("wifi", "wired") else "network"


_FIREWALL: Mapping[str, str] = {
    "win32": "Windows asked whether this program may use the network: say yes to private and public networks."
    " If nobody did, set the Wi-Fi to “Private network” in Settings, Network, and allow Python in the firewall's list.",
    "darwin": "System Settings, Network, Firewall: switch it off for the session, or allow Python in its options.",
    "linux": "Open the port in the firewall: `sudo ufw allow {port}/tcp`, or `sudo firewall-cmd --add-port={port}/tcp`.",
}
_PHONE = (
    "On the phone: the same Wi-Fi as this laptop, mobile data off, the address typed with http:// in front"
    " (a browser that insists on https finds nothing)."
)
_ISOLATED = (
    "A guest network often keeps its devices apart: take another network, a small travel router, or for fewer than"
    " eight a phone's hotspot. Else names at the desk (i), badges, or the sheet of paper do the same."
)


def what_to_try(system: str, found: Sequence[Reach], port: int) -> tuple[str, ...]:
    """At most three steps for a system (`sys.platform`) whose phones don't come through, the likeliest first."""
    if not found or found[0].kind in ("unassigned", "virtual", "vpn"):
        return ("This laptop is in no network that phones are in: join the Wi-Fi of the room first.", _PHONE, _ISOLATED)
    firewall = _FIREWALL.get(system, _FIREWALL["linux"]).format(port=port)
    return (_PHONE, firewall, _ISOLATED)
