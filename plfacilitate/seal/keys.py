"""The laptop's keys: the Ed25519 pair that signs bundles and receipts, and the door's secrets.

Owns the key files and who may read them. Never draws key material itself, and never lets a private key leave its
folder.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
import os
import re
import subprocess
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from plfacilitate.core.entry import Chance
from plfacilitate.core.refusal import Refused, disk_words

PREFIX = "ed25519:"
SECRET_BYTES = 32
# Base32 of Crockford: no letter that is mistaken for a figure when it is read out over the telephone.
_READ_OUT = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ")
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LaptopKey:
    """A key pair. `public` is text that travels; `guarded` = only its owner can read the file of the private half."""

    name: str
    public: str
    private: bytes = field(repr=False)
    guarded: bool = True

    @property
    def fingerprint(self) -> str:
        """The public key in five short groups, for two people to compare aloud."""
        return fingerprint(self.public)

    def sign(self, message: bytes) -> bytes:
        """The 64 bytes that prove that this laptop wrote the message."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self.private).sign(message)

    def openssh(self) -> bytes:
        """The private half as OpenSSH and age write it. It must not leave the process."""
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self.private).private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH, serialization.NoEncryption()
        )


def key_from(name: str, private: bytes, *, guarded: bool = True) -> LaptopKey:
    """The pair that belongs to 32 bytes of key material."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    raw = Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
    return LaptopKey(name, PREFIX + base64.urlsafe_b64encode(raw).decode().rstrip("="), private, guarded)


def load_or_make(folder: Path, name: str, chance: Chance) -> LaptopKey:
    """The key of that name, made at first use: NAME.key for its owner only, NAME.pub beside it.

    Of two programs that make it at once both get the one that was first. Raises Refused("key-unreadable") for a file
    that holds no key, and Refused("not-written").
    """
    data, guarded = _kept(folder, f"{name}.key", lambda: _pem(chance(32)))
    key = key_from(name, _raw(folder / f"{name}.key", data), guarded=guarded)
    public = folder / f"{name}.pub"
    if not public.exists():
        _settle(public, f"{key.public} {name}\n".encode())
    return key


def load_or_make_secret(folder: Path, name: str, chance: Chance) -> bytes:
    """The 32 secret bytes of that name (the door signs tickets with them), made at first use, for their owner only."""
    path = folder / f"{name}.secret"
    data, _ = _kept(folder, path.name, lambda: chance(SECRET_BYTES).hex().encode() + b"\n")
    try:
        secret = bytes.fromhex(data.decode("ascii"))
    except ValueError:
        secret = b""
    if len(secret) != SECRET_BYTES:
        raise Refused("key-unreadable", file=path, detail="it does not hold a secret.")
    return secret


def verify(public: str, message: bytes, signature: bytes) -> bool:
    """Whether the owner of the public key signed exactly these bytes; False for anything that is no key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public_bytes(public)).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(public: str) -> str:
    """A public key as people compare it: 100 bits of its SHA-256 in five groups of four."""
    text = base64.b32encode(hashlib.sha256(public_bytes(public)).digest()[:15]).decode().translate(_READ_OUT)
    return "-".join(text[at : at + 4] for at in range(0, 20, 4))


def public_bytes(public: str) -> bytes:
    """The 32 bytes of a public key. Raises ValueError where the text is not exactly one."""
    text = public.removeprefix(PREFIX)
    try:
        raw = base64.b64decode(text + "=", altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("not a public key") from error
    if len(raw) != 32 or PREFIX + base64.urlsafe_b64encode(raw).decode().rstrip("=") != public:
        raise ValueError("not a public key")
    return raw


# -- files -------------------------------------------------------------------------------------------------------------


def _pem(raw: bytes) -> bytes:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(raw).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _raw(path: Path, data: bytes) -> bytes:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(data, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise Refused("key-unreadable", file=path, detail="it does not hold a key.") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise Refused("key-unreadable", file=path, detail="it holds a key of another kind.")
    return key.private_bytes_raw()


def _kept(folder: Path, name: str, make: Callable[[], bytes]) -> tuple[bytes, bool]:
    """What the file holds, made first where there is none, and whether only its owner can read it."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name for a key file")
    path = folder / name
    try:
        if not path.exists():
            _settle(path, make())
        return path.read_bytes(), guard(path)
    except OSError as error:
        raise Refused("key-unreadable", file=path, detail=disk_words(error)) from error


def _settle(path: Path, data: bytes) -> None:
    """Write the file whole, or leave the one that another program has put there meanwhile."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        guard(temporary)
        try:
            os.link(temporary, path)  # unlike a rename it never replaces the key of a program that was faster
        except FileExistsError:
            pass
        except OSError:  # a stick or share without links
            temporary.replace(path)
    except OSError as error:
        raise Refused("not-written", detail=f"the key {path}: {disk_words(error)}") from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def guard(path: Path) -> bool:
    """Let only the owner read the file; False where the place can't promise that (a USB stick without rights)."""
    if os.name == "nt":
        return _guard_windows(path)
    with contextlib.suppress(OSError):
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)
        return not path.stat().st_mode & 0o077
    return False


def _guard_windows(path: Path) -> bool:
    """Take away inherited rights and grant the user's own: the user is named by number, names are translated there."""
    try:
        who = subprocess.run(["whoami", "/user", "/fo", "csv", "/nh"], capture_output=True, check=True, timeout=20)
        found = re.search(rb"S-1-[0-9-]+", who.stdout)
        if found is None:
            return False
        grant = f"*{found[0].decode('ascii')}:F"
        command = ["icacls", str(path), "/inheritance:r", "/grant:r", grant]
        return subprocess.run(command, capture_output=True, check=False, timeout=20).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False
