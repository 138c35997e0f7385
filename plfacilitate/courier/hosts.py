"""The servers that this laptop knows, in the words of OpenSSH.

Owns who counts as known. Never makes one known by itself: a person compares its key first.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import plain
from plfacilitate.courier.address import Access, Where

if TYPE_CHECKING:
    import asyncssh

PATIENCE = 20  # seconds until a server that doesn't answer counts as gone


def known_lines(access: Access) -> str:
    """Every line about known servers, the program's own first."""
    files = (*access.known_hosts, Path("~/.ssh/known_hosts").expanduser())
    texts = []
    for path in files:
        with suppress(OSError):
            texts.append(path.read_text("utf-8", "replace"))
    return "\n".join(texts)


def is_known(where: Where, access: Access) -> bool:
    """Whether some key of that server is known, right or wrong."""
    import asyncssh

    found = asyncssh.import_known_hosts(known_lines(access)).match(where.host, "", where.port or None)
    return any(found)


async def server_key(where: Where) -> asyncssh.SSHKey | None:
    """The key that a server shows now. Raises OSError and asyncssh.Error."""
    import asyncssh

    async with asyncio.timeout(PATIENCE):
        return await asyncssh.get_server_host_key(where.host, where.port or 22)


def show_key(where: Where) -> tuple[str, str]:
    """The key that a server shows now: its fingerprint, and the line that makes it a known one. Refused: `not-sent`."""
    import asyncssh

    try:
        key = asyncio.run(server_key(where))
    except (OSError, TimeoutError, asyncssh.Error) as error:
        raise Refused("not-sent", place=plain(where.shown), detail="the server can't be reached.") from error
    if key is None:
        raise Refused("not-sent", place=plain(where.shown), detail="the server shows no key.")
    host = f"[{where.host}]:{where.port}" if where.port not in (0, 22) else where.host
    return key.get_fingerprint(), f"{host} {key.export_public_key('openssh').decode('ascii').strip()}\n"
