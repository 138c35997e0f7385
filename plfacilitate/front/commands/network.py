"""`plfacilitate doctor --network`: whether phones reach this laptop, proved by a phone.

Owns what is printed. Never says that it works because this laptop reaches itself.
"""

from __future__ import annotations

import base64
import sys
from collections.abc import Sequence

from plfacilitate.core.entry import Chance
from plfacilitate.core.network import Reach, what_to_try
from plfacilitate.front.commands import say

WAIT_SECONDS = 120


def examine_network(chance: Chance, *, port: int, wait: int, as_json: bool) -> bool:
    """Show the addresses and a code, wait for a phone, say what to try if none comes; gives whether one came."""
    from plfacilitate.front.door.listening import EVERYWHERE, listen
    from plfacilitate.front.door.network import addresses
    from plfacilitate.front.door.proof import Proof

    found = addresses()
    secret = base64.b32encode(chance(15)).decode()
    listener = listen(EVERYWHERE[0], port)  # whoever doubts the choice may type another of the addresses
    port = listener.getsockname()[1]
    url = f"http://{found[0].ip}:{port}/{secret}" if found else ""
    if not as_json:
        _show(found, url)
    with Proof(listener, secret, [one.ip for one in found]) as proof:
        phone = proof.wait(wait if found else 0)
    steps = () if phone else what_to_try(sys.platform, found, port)
    if as_json:
        addresses_told = [{"address": one.ip, "card": one.name, "kind": one.kind, "why": one.why} for one in found]
        say.document({"proven": bool(phone), "phone": phone, "addresses": addresses_told, "url": url, "try": steps})
        return bool(phone)
    if phone:
        say.line(f"Proven: the phone {phone} reached this laptop.")
    else:
        say.line("Not proven: no phone came.")
        for number, step in enumerate(steps, start=1):
            say.line(f"  {number}. {step}")
    return bool(phone)


def _show(found: Sequence[Reach], url: str) -> None:
    for number, one in enumerate(found):
        say.line(f"{'→' if number == 0 else ' '} {one.ip:<15} {one.name}: {one.why}")
    if not found:
        say.line("This laptop is in no network.")
        return
    say.line("")
    for line in _code(url):
        say.line(line)
    say.line("")
    say.line(f"Scan this with one phone, or type {url}")
    say.line("Not proven yet: waiting for a phone … (ctrl+c stops)")


def _code(url: str) -> list[str]:
    """The code as half blocks, light on dark, with its quiet zone."""
    from plfacilitate.shelf.qr import QUIET, modules

    code = modules(url.upper())  # capitals make a smaller picture; a host is the same either way
    edge, blank = (False,) * QUIET, (False,) * (len(code) + 2 * QUIET)
    rows = [blank] * QUIET + [edge + row + edge for row in code] + [blank] * (QUIET + len(code) % 2)
    blocks = {(False, False): "█", (False, True): "▀", (True, False): "▄", (True, True): " "}
    return [
        "".join(blocks[pair] for pair in zip(upper, lower, strict=True))
        for upper, lower in zip(rows[::2], rows[1::2], strict=True)
    ]
