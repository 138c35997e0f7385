"""Sealing: what only the holders of certain keys can read (age, https://age-encryption.org).

Owns how a file is sealed to public keys and opened again. The keys are the ones that sign: age seals to Ed25519 keys, so
an office or a laptop has one key to keep and one fingerprint to compare. Never decides to whom a file is sealed.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from plfacilitate.core.refusal import Refused, disk_words
from plfacilitate.core.text import plain
from plfacilitate.seal.keys import LaptopKey, public_bytes

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

ENDING = ".age"
_BEGINNING = b"age-encryption.org/"


def is_sealed(path: Path) -> bool:
    """Whether the file begins as a sealed one; False also for one that can't be read."""
    try:
        with path.open("rb") as file:
            return file.read(len(_BEGINNING)) == _BEGINNING
    except OSError:
        return False


def seal(source: Path, file: IO[bytes], publics: Sequence[str]) -> None:
    """Write to `file` what `source` holds, readable by the owners of these keys only; piece by piece.

    Raises OSError where `file` takes no more, ValueError for a text that is no public key. Refused: `not-written`.
    """
    import pyrage

    into = _Into(file)
    recipients = [_recipient(public) for public in publics]
    with source.open("rb") as given:
        try:
            pyrage.encrypt_io(given, into, recipients)
        except (pyrage.EncryptError, OSError) as error:
            if into.error is not None:
                raise into.error from error
            raise Refused("not-written", detail=f"{plain(source.name)} could not be sealed.") from error


@contextmanager
def unsealed(path: Path, keys: Sequence[LaptopKey]) -> Iterator[Path]:
    """A sealed file as it was before, for as long as the block lasts; any other file is itself.

    Refused: `sealed-for-others` where none of the keys opens it, `bundle-altered` where it was changed on the way, and
    `not-written` where there is no room to unseal it.
    """
    if not is_sealed(path):
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="plfacilitate-") as folder:  # which is this user's only
        inside = Path(folder) / path.name.removesuffix(ENDING)
        _unseal(path, inside, keys)
        yield inside


def _unseal(path: Path, inside: Path, keys: Sequence[LaptopKey]) -> None:
    import pyrage

    identities = [pyrage.ssh.Identity.from_buffer(key.openssh()) for key in keys]
    with path.open("rb") as given, inside.open("wb") as file:
        into = _Into(file)
        try:
            pyrage.decrypt_io(given, into, identities)
        except (pyrage.DecryptError, OSError) as error:
            if into.error is not None:
                detail = f"{path.name} could not be unsealed: {disk_words(into.error)}"
                raise Refused("not-written", detail=detail) from error
            if "No matching keys" in str(error):
                raise Refused("sealed-for-others", file=plain(path.name)) from error
            detail = "it was changed on the way, or only a part of it came."
            raise Refused("bundle-altered", file=plain(path.name), detail=detail) from error


def _recipient(public: str) -> object:
    import pyrage
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    key = Ed25519PublicKey.from_public_bytes(public_bytes(public))
    line = key.public_bytes(serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH)
    return pyrage.ssh.Recipient.from_str(line.decode("ascii"))


class _Into(io.RawIOBase):
    """A file that remembers why it took no more, which the library turns into words."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.error: OSError | None = None

    def writable(self) -> bool:
        return True

    def write(self, data: Buffer, /) -> int:
        try:
            return self._file.write(data)
        except OSError as error:
            self.error = error
            raise
