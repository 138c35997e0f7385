"""An address taken apart, and what lets this laptop in there.

Owns what an address may say. Never keeps a password: one in an address is refused, and secrets come in as a function.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import plain

SFTP = frozenset({"sftp", "ssh"})
# Addresses that fsspec knows and where nothing can be handed over: they are read only, or end with this process.
_NOWHERE = frozenset(
    {"data", "memory", "http", "https", "generic", "reference", "cached", "zip", "tar", "dir", "mailto"}
)


@dataclass(frozen=True, slots=True)
class Access:
    """What lets this laptop in. `secret` gives the password of a place (`sftp://user@host`), None = there is none.

    `known_hosts` are files that say which servers are known, in the words of OpenSSH; the first is the program's own.
    """

    secret: Callable[[str], str | None] = lambda place: None
    known_hosts: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Where:
    """An address taken apart. `port` 0 = the usual one; `path` begins with a slash or is empty."""

    scheme: str
    user: str
    host: str
    port: int
    path: str

    @property
    def server(self) -> str:
        """The address without its folder: what a password belongs to."""
        user = f"{self.user}@" if self.user else ""
        return f"{self.scheme}://{user}{self.host}{f':{self.port}' if self.port else ''}"

    @property
    def shown(self) -> str:
        """The whole address, as people know it; it never holds a password."""
        return self.server + self.path


def missing(scheme: str, library: str) -> Refused:
    """That a road's library is not installed, and what to do; `library` = "" is one that only fsspec knows."""
    how = f"pip install {library}" if library else "fsspec's documentation says which library it needs"
    return Refused("place-extra", scheme=scheme, how=how)


def lasting(address: str) -> str:
    """An address that can be kept and tried again: a folder from wherever the program is started then.

    Refused: `address-unknown`, `place-password`.
    """
    from plfacilitate.courier.folder import folder_of

    check_address(address)
    path = folder_of(address)
    return address.strip() if path is None else str(path.absolute())


def check_address(address: str) -> None:
    """Whether it is an address at all. Refused: `address-unknown`, `place-password`."""
    from plfacilitate.courier.folder import folder_of, has_scheme

    if folder_of(address) is None:
        if not has_scheme(address) or address.strip().lower().startswith("file:"):
            raise Refused("address-unknown", address=plain(address))
        where_of(address)


def where_of(address: str) -> Where:
    """An address that is no folder's, taken apart. Refused: `address-unknown`, `place-password`."""
    try:
        parts = urlsplit(address.strip())
        port = parts.port or 0
    except ValueError:
        raise Refused("address-unknown", address=plain(re.sub(r"(//[^/@]*:)[^/@]*@", r"\1…@", address))) from None
    path = parts.path.rstrip("/")
    where = Where(parts.scheme.lower(), unquote(parts.username or ""), parts.hostname or "", port, unquote(path))
    if where.scheme not in SFTP and where.host:  # a bucket's name keeps its capitals
        where = Where(where.scheme, where.user, parts.netloc.rpartition("@")[2].partition(":")[0], port, where.path)
    if parts.password is not None:
        raise Refused("place-password", place=plain(where.shown))
    if not where.host or parts.query or parts.fragment or "::" in address or where.scheme in _NOWHERE:
        raise Refused("address-unknown", address=plain(where.shown))
    return where
