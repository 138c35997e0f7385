"""https at the door, where the house has a certificate for this laptop.

Owns reading the two files and which name the address then bears. Never makes a certificate: one that no phone trusts
would frighten people more than http does.
"""

from __future__ import annotations

import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from plfacilitate.core.refusal import Refused, disk_words

if TYPE_CHECKING:
    from cryptography.x509 import Certificate


@dataclass(frozen=True, slots=True)
class Tls:
    """What phones speak https with. `names` and `addresses` are what the certificate is made out to."""

    context: ssl.SSLContext
    names: tuple[str, ...]
    addresses: tuple[str, ...]

    def host(self, ip: str, wanted: Sequence[str]) -> str:
        """What stands in the address: the IP where the certificate holds it, else a name that it holds.

        A name of `--name` comes first; where nothing fits it is the IP, and the phones warn.
        """
        if ip in self.addresses:
            return ip
        fitting = [name for name in wanted if self._holds(name)]
        plain = [name for name in self.names if "*" not in name]
        return next(iter([*fitting, *plain]), ip)

    def _holds(self, name: str) -> bool:
        below = f"*.{name.partition('.')[2]}"
        return name.casefold() in self.names or below.casefold() in self.names


def load(certificate: Path | None, key: Path | None, now: datetime) -> Tls | None:
    """What the two files (PEM) hold; None where none is named. Refused: `certificate-unusable`."""
    if certificate is None and key is None:
        return None
    if certificate is None or key is None:
        named = certificate or key
        raise Refused("certificate-unusable", file=named, detail="--certificate and --key belong together.")
    leaf = _leaf(certificate, _bytes(certificate), now)
    _fits(key, _bytes(key), leaf)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(certificate, key, password=lambda: "")
    except (OSError, ssl.SSLError) as error:
        detail = f"{getattr(error, 'reason', None) or error}."
        raise Refused("certificate-unusable", file=certificate, detail=detail) from error
    return Tls(context, *_made_out_to(leaf))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        detail = "it is not there." if isinstance(error, FileNotFoundError) else disk_words(error)
        raise Refused("certificate-unusable", file=path, detail=detail) from error


def _leaf(path: Path, data: bytes, now: datetime) -> Certificate:
    from cryptography.x509 import load_pem_x509_certificates

    try:
        leaf = load_pem_x509_certificates(data)[0]
    except ValueError as error:
        raise Refused("certificate-unusable", file=path, detail="it holds no certificate as text (PEM).") from error
    if now > leaf.not_valid_after_utc:
        ended = leaf.not_valid_after_utc.date().isoformat()
        raise Refused("certificate-unusable", file=path, detail=f"it ended on {ended}: phones would refuse it.")
    if now < leaf.not_valid_before_utc:
        begins = leaf.not_valid_before_utc.date().isoformat()
        raise Refused("certificate-unusable", file=path, detail=f"it begins on {begins}: check this laptop's clock.")
    return leaf


def _fits(path: Path, data: bytes, leaf: Certificate) -> None:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

    try:
        key = load_pem_private_key(data, password=None)
    except TypeError as error:
        detail = "it is locked with a password: give the key without one."
        raise Refused("certificate-unusable", file=path, detail=detail) from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise Refused("certificate-unusable", file=path, detail="it holds no key as text (PEM).") from error
    form = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    if key.public_key().public_bytes(*form) != leaf.public_key().public_bytes(*form):
        raise Refused("certificate-unusable", file=path, detail="it belongs to another certificate.")


def _made_out_to(leaf: Certificate) -> tuple[tuple[str, ...], tuple[str, ...]]:
    from cryptography.x509 import DNSName, ExtensionNotFound, IPAddress, SubjectAlternativeName

    try:
        said = leaf.extensions.get_extension_for_class(SubjectAlternativeName).value
    except (ExtensionNotFound, ValueError):
        return (), ()
    names = tuple(name.casefold() for name in said.get_values_for_type(DNSName))
    return names, tuple(str(ip) for ip in said.get_values_for_type(IPAddress))
