"""Whom a register on a server asks for a password, and the address with it.

Owns where in an address a password stands. Never keeps one, and never shows one (`readable` leaves it out).
"""

from __future__ import annotations

from urllib.parse import parse_qs, quote, urlsplit

_POSTGRES = ("postgresql", "postgres")
_SAYS_ITSELF = frozenset({"password", "passfile", "service"})  # the address says where libpq finds it


def server_of(url: str) -> str:
    """What a password belongs to, `postgresql://user@host:port`; "" = this address needs none, or says it itself."""
    try:
        parts = urlsplit(url)
        options = parse_qs(parts.query)
    except ValueError:
        return ""
    login, _, host = parts.netloc.rpartition("@")
    user, colon, _ = login.partition(":")
    if parts.scheme not in _POSTGRES or colon or _SAYS_ITSELF & options.keys():
        return ""
    user = user or quote(options.get("user", [""])[-1], safe="")
    named = options.get("host", options.get("hostaddr", [""]))[-1]
    port = options.get("port", [""])[-1]
    host = host or named + (f":{port}" if port else "")
    return f"postgresql://{user + '@' if user else ''}{host.lower()}"


def has_password(url: str) -> bool:
    """Whether an address of a server says its password itself."""
    try:
        parts = urlsplit(url)
        return parts.scheme in _POSTGRES and (bool(parts.password) or "password" in parse_qs(parts.query))
    except ValueError:
        return False


def let_in(url: str, secret: str | None) -> str:
    """The address with the password in it, for this process only; as it was where there is none to be said."""
    if not secret or not server_of(url):
        return url
    scheme, _, rest = url.partition("://")
    user, at, host = rest.partition("@") if "@" in urlsplit(url).netloc else ("", "", rest)
    return f"{scheme}://{user}:{quote(secret, safe='')}@{host if at else rest}"
