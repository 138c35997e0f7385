"""Where phones find this door now, and whether one has.

Owns what is known of that: the address, why it is this one, and when the first other machine came by it. Never looks
at the network itself, and never takes this laptop's own requests for proof.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from typing import Any

from plfacilitate.core.entry import utc_text


@dataclass(slots=True)
class Whereabouts:
    """Belongs to the loop's thread.

    `address` = what the QR begins with; `reachable` = other machines may get there; `own` = this laptop's addresses;
    `reached` = when the first other machine came, None = not proven in this network.
    """

    address: str = ""
    why: str = ""
    reachable: bool = False
    own: Collection[str] = ()
    reached: datetime | None = None

    def moved(self, address: str, why: str, *, reachable: bool, own: Collection[str]) -> bool:
        """Phones find the door there now; True where that is another address, which has to be proven anew."""
        other = address != self.address
        self.address, self.why, self.reachable, self.own = address, why, reachable, own
        if other:
            self.reached = None
        return other

    def came(self, client: str, server: str, now: datetime) -> None:
        """A request came from `client` to this laptop's address `server`."""
        if self.reached is None and client and not self.is_own(client, server):
            self.reached = now

    def is_own(self, client: str, server: str) -> bool:
        """Whether a request comes from this very machine."""
        if client == server or client in self.own:
            return True
        try:
            return ip_address(client).is_loopback
        except ValueError:
            return False

    def facts(self) -> dict[str, Any]:
        """What this machine's own programs are told."""
        reached = utc_text(self.reached) if self.reached else None
        return {"address": self.address, "why": self.why, "reachable": self.reachable, "reached": reached}
