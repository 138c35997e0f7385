"""A mail that is ready to be sent: an `.eml` that any mail program opens.

Owns its shape. Never sends it, and never decides what is in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from mimetypes import guess_type
from pathlib import Path

from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import plain, tidy
from plfacilitate.shelf.opened import opened
from plfacilitate.shelf.write import write_bytes

_ADDRESS = re.compile(r"[^\s@<>(),;:\\\"]+@[^\s@<>(),;:\\\"]+\.[^\s@<>(),;:\\\".]+")
BIGGEST = 20_000_000  # bytes of attachments that mail servers usually let through


def is_address(text: str) -> bool:
    """Whether it is one mail address and nothing else."""
    return _ADDRESS.fullmatch(text) is not None


def write_mail(path: Path, to: str, subject: str, text: str, files: Sequence[Path], at: datetime, seed: str) -> None:
    """Put the mail under `path`; `seed` makes its inner borders, so the same contents give the same bytes.

    Programs that know `X-Unsent` open it as a draft. Refused: `not-written`, `file-missing`, `file-unreadable`, and
    `mail-address` for what is no address.
    """
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    message["Date"] = format_datetime(at)
    message["Subject"] = tidy(subject)
    if to:
        if not is_address(to):
            raise Refused("mail-address", address=plain(to))
        message["To"] = to
    message.set_content(text)
    for file in files:
        kind = (guess_type(file.name)[0] or "application/octet-stream").split("/")
        with opened(file) as given:
            message.add_attachment(given.read(), maintype=kind[0], subtype=kind[1], filename=file.name)
    message.set_boundary(f"plfacilitate-{seed}")
    write_bytes(path, message.as_bytes())
