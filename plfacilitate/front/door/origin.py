"""Whether a form comes from a page of this door.

Owns what the headers of a request say about that. Never lets a page of somebody else's send a form in a phone's name.
"""

from __future__ import annotations

from starlette.types import Scope

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})  # they change nothing here
_OWN_FETCHES = (b"same-origin", b"none")  # none = typed or scanned


def is_foreign(scope: Scope) -> bool:
    """Whether a request that may change something was sent by another site's page, as far as the browser says.

    A browser that says nothing is believed: its form still needs a ticket that only our pages hold.
    """
    if scope["method"] in _SAFE:
        return False
    host = origin = site = b""
    for name, value in scope["headers"]:
        if name == b"host":
            host = value
        elif name == b"origin":
            origin = value
        elif name == b"sec-fetch-site":
            site = value
    if site and site.lower() not in _OWN_FETCHES:
        return True
    return bool(origin) and _place(origin) != host.strip().lower()


def _place(origin: bytes) -> bytes:
    """`http://192.168.1.20:8100` → `192.168.1.20:8100`; b"" for `null` and everything that is no page's."""
    scheme, _, place = origin.strip().lower().partition(b"://")
    return place if scheme in (b"http", b"https") else b""
