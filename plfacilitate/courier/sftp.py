"""The road to a folder on an SFTP server.

Owns one connection, and that it goes only to a server whose key this laptop knows. Never keeps a password, and never makes
a folder there.
"""

from __future__ import annotations

import asyncio
import errno
import hashlib
from collections.abc import Callable, Coroutine
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import plain
from plfacilitate.courier.address import Access, Where, missing
from plfacilitate.courier.hosts import PATIENCE, is_known, known_lines, server_key
from plfacilitate.courier.place import Told, quietly

if TYPE_CHECKING:
    import asyncssh

T = TypeVar("T")
CUT = "the connection was cut"
_BLOCK = 1 << 20


class Sftp:
    """A folder on a server; connected at once."""

    def __init__(self, where: Where, access: Access) -> None:
        """Raises OSError. Refused: `place-extra`, `place-login`, `place-stranger`, `place-changed`, `place-ssh`."""
        try:
            import asyncssh  # noqa: F401 (asked for here, so that a missing one is a sentence)
        except ImportError as error:
            raise missing("sftp", "asyncssh") from error
        self._where, self._access = where, access
        self._root = where.path.removeprefix("/~/")
        self._runner = asyncio.Runner()
        try:
            self._connection, self._sftp = self._run(self._connect())
        except BaseException:
            self._runner.close()
            raise

    @property
    def shown(self) -> str:
        """Its address."""
        return self._where.shown

    def close(self) -> None:
        """End the connection, whatever state it is in."""

        async def end() -> None:
            self._connection.abort()
            await self._connection.wait_closed()

        with suppress(OSError, Refused):
            self._run(end())
        self._runner.close()

    def digest(self, name: str) -> str | None:
        """The SHA-256 of a file there, None = no such file."""
        sha256 = hashlib.sha256()
        try:
            self._run(self._read(name, sha256.update))
        except FileNotFoundError:
            self._run(self._sftp.stat(self._root or "."))  # the folder itself may be what is missing
            return None
        return sha256.hexdigest()

    def put(self, name: str, source: Path, told: Told = quietly) -> None:
        """Copy a file there."""

        def so_far(_from: bytes, _to: bytes, done: int, _all: int) -> None:
            told(done)

        self._run(self._sftp.put(str(source), self._path(name), progress_handler=so_far))

    def rename(self, old: str, new: str) -> None:
        """Give it its name, unless a file has that."""
        if self._run(self._sftp.exists(self._path(new))):
            raise FileExistsError(new)
        self._run(self._sftp.rename(self._path(old), self._path(new)))

    def remove(self, name: str) -> None:
        """Take a temporary file away."""
        with suppress(FileNotFoundError):
            self._run(self._sftp.remove(self._path(name)))

    def names(self) -> list[str]:
        """What lies there."""
        found = map(str, self._run(self._sftp.listdir(self._root or ".")))
        return sorted(name for name in found if name not in (".", ".."))

    def get(self, name: str, target: Path) -> None:
        """Bring a file from there."""
        with target.open("wb") as into:  # closed also where the connection is cut, which the library's own way forgets
            self._run(self._read(name, into.write))

    # -- the connection ----------------------------------------------------------------------------------------------

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}" if self._root else name

    async def _read(self, name: str, told: Callable[[bytes], object]) -> None:
        """Give all bytes of a file there, piece by piece."""
        async with self._sftp.open(self._path(name), "rb") as file:
            while block := cast("bytes", await file.read(_BLOCK)):  # opened for bytes, whatever its type says
                told(block)

    async def _connect(self) -> tuple[asyncssh.SSHClientConnection, asyncssh.SFTPClient]:
        import asyncssh

        where, secret = self._where, self._access.secret(self._where.server)
        options: dict[str, Any] = {
            "connect_timeout": PATIENCE,
            "login_timeout": PATIENCE,
            "keepalive_interval": PATIENCE,
        }
        options |= {"username": where.user} if where.user else {}
        options |= {"password": secret} if secret else {}
        options |= {"port": where.port} if where.port else {}
        try:
            known = asyncssh.import_known_hosts(known_lines(self._access))
            connection = await asyncssh.connect(where.host, known_hosts=known, **options)
        except asyncssh.HostKeyNotVerifiable:
            key = await server_key(where)
            raise Refused(
                "place-changed" if is_known(where, self._access) else "place-stranger",
                place=plain(where.shown),
                key=key.get_fingerprint() if key else "?",
            ) from None
        except ValueError as error:  # its words may hold a line of a key
            raise Refused("place-ssh", place=plain(where.shown)) from error
        return connection, await connection.start_sftp_client()

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        """Do it, and say what went wrong in the words of a disk."""
        import asyncssh

        try:
            return self._runner.run(work)
        except (asyncssh.Error, OSError, asyncio.CancelledError) as error:
            raise _in_words(error, self._where.server) from error


def _in_words(error: BaseException, server: str) -> Exception:
    """What the library raised, as a disk would say it."""
    import asyncssh

    if isinstance(error, asyncssh.PermissionDenied):
        return Refused("place-login", place=plain(server))
    words: tuple[tuple[tuple[type[BaseException], ...], OSError], ...] = (
        (
            (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath, FileNotFoundError),
            FileNotFoundError(errno.ENOENT, "gone"),
        ),
        ((asyncssh.SFTPFileAlreadyExists, FileExistsError), FileExistsError(errno.EEXIST, "there already")),
        ((asyncssh.SFTPPermissionDenied, asyncssh.SFTPWriteProtect), PermissionError(errno.EACCES, "not allowed")),
        ((asyncssh.SFTPNoSpaceOnFilesystem, asyncssh.SFTPQuotaExceeded), OSError(errno.ENOSPC, "full")),
        ((asyncssh.SFTPConnectionLost, asyncssh.SFTPNoConnection), OSError(0, CUT)),
        (
            (asyncssh.SFTPError,),
            OSError(0, "the server refused it, perhaps because it is full"),
        ),  # all that OpenSSH says
        ((asyncssh.Error,), OSError(0, CUT)),
        ((TimeoutError, asyncio.CancelledError), OSError(0, "the server does not answer")),
    )
    found = (said for kinds, said in words if isinstance(error, kinds))
    return next(found, OSError(0, "the server can't be reached"))
