"""The road to S3 and to whatever else fsspec knows.

Owns how a finished file gets its name where nothing can be renamed: an object store shows an object whole or not at all, so
what was put under the temporary name and read back is copied by the store itself to its own name, looked at, and the
temporary one taken away. Never lists or touches anything outside its folder.
"""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import plain
from plfacilitate.courier.address import Access, Where, missing
from plfacilitate.courier.place import Told, quietly

_LIBRARIES = {"s3": "s3fs", "s3a": "s3fs"}
_BLOCK = 1 << 20
_OPTIONS: dict[str, dict[str, Any]] = {
    "s3fs": {"config_kwargs": {"connect_timeout": 20, "read_timeout": 60, "retries": {"max_attempts": 0}}}
}


class Remote:
    """A folder in a bucket, or on any other file system of fsspec."""

    def __init__(self, where: Where, access: Access) -> None:
        """Nothing is asked for yet. Refused: `place-extra`, `address-unknown`."""
        import fsspec

        self._where = where
        options = _OPTIONS.get(_LIBRARIES.get(where.scheme, ""), {}) | _credentials(where, access)
        try:
            kind = fsspec.get_filesystem_class(where.scheme)
        except ValueError as error:
            raise Refused("address-unknown", address=plain(where.shown)) from error
        except ImportError as error:
            raise missing(where.scheme, _LIBRARIES.get(where.scheme, "")) from error
        with self._said():
            self._fs = kind(skip_instance_cache=True, use_listings_cache=False, **options)
            self._root = str(kind._strip_protocol(where.shown)).rstrip("/")  # noqa: SLF001 (fsspec has no other name for it)
        if hasattr(self._fs, "retries"):
            self._fs.retries = 1  # patience is the caller's, who can say so

    @property
    def shown(self) -> str:
        """Its address."""
        return self._where.shown

    def close(self) -> None:
        """Nothing is held open between two questions."""

    def digest(self, name: str) -> str | None:
        """The SHA-256 of what lies there, None = nothing does."""
        sha256 = hashlib.sha256()
        try:
            with self._said(), self._fs.open(self._path(name), "rb", block_size=_BLOCK * 8) as file:
                while block := file.read(_BLOCK):
                    sha256.update(block)
        except FileNotFoundError:
            return None
        return sha256.hexdigest()

    def put(self, name: str, source: Path, told: Told = quietly) -> None:
        """Copy a file there."""
        from fsspec.callbacks import Callback

        class So(Callback):  # type: ignore[misc] # fsspec carries no types
            def call(self, hook_name: str | None = None, **kwargs: Any) -> None:
                told(self.value)

        with self._said():
            self._fs.put_file(str(source), self._path(name), callback=So())

    def rename(self, old: str, new: str) -> None:
        """Give it its name, unless something has that."""
        with self._said():
            if self._fs.exists(self._path(new)):
                raise FileExistsError(new)
            size = self._fs.info(self._path(old))["size"]
            self._fs.mv(self._path(old), self._path(new))
            if self._fs.info(self._path(new))["size"] != size:
                raise OSError(0, "the place holds another file than the one that was sent")

    def remove(self, name: str) -> None:
        """Take a temporary file away."""
        with suppress(FileNotFoundError), self._said():
            self._fs.rm_file(self._path(name))

    def names(self) -> list[str]:
        """What lies there."""
        try:
            with self._said():
                return sorted(str(path).rpartition("/")[2] for path in self._fs.ls(self._root, detail=False))
        except FileNotFoundError:
            return []

    def get(self, name: str, target: Path) -> None:
        """Bring a file from there."""
        with self._said():
            self._fs.get_file(self._path(name), str(target))

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}"

    @contextmanager
    def _said(self) -> Iterator[None]:
        """What a library of any kind raises, in the words of a disk."""
        try:
            yield
        except (Refused, FileNotFoundError, FileExistsError):
            raise
        except PermissionError as error:
            raise Refused("place-login", place=plain(self._where.server)) from error
        except Exception as error:
            if type(error).__module__.startswith("plfacilitate"):  # whoever is told how far it is may stop it
                raise
            if type(error).__name__ in {"NoCredentialsError", "PartialCredentialsError", "TokenRetrievalError"}:
                raise Refused("place-login", place=plain(self._where.server)) from error
            full = isinstance(error, OSError) and error.errno == errno.ENOSPC
            raise OSError(errno.ENOSPC if full else 0, _words(error)) from error


def _credentials(where: Where, access: Access) -> dict[str, Any]:
    """What the keyring holds: `KEY:SECRET` of a bucket, else a password; nothing = the library's own ways."""
    secret = access.secret(where.server)
    options: dict[str, Any] = {}
    if where.scheme in _LIBRARIES:
        if secret:
            key, _, rest = secret.partition(":")
            options = {"key": key, "secret": rest}
        return options
    if secret:
        options["password"] = secret
    options |= {"username": where.user} if where.user else {}
    options |= {"port": where.port} if where.port else {}
    return options | ({"host": where.host} if where.scheme in ("ftp", "smb") else {})


def _words(error: Exception) -> str:
    """What can be said of it without repeating what a library says, which may hold a key."""
    text = f"{type(error).__name__} {error}"
    if isinstance(error, NotImplementedError):
        return "nothing can be written there"
    if any(word in text for word in ("QuotaExceeded", "EntityTooLarge", "InsufficientStorage", "StorageFull")):
        return "the place is full"
    if any(word in text for word in ("Timeout", "timed out")):
        return "the place does not answer"
    if any(word in text for word in ("Connect", "connect", "Disconnected", "reset", "closed")):
        return "the place can't be reached, or the connection was cut"
    return "the place refused it"
