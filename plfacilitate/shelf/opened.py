"""How a file that somebody names is opened to be read, and the sentence when it can't be.

Owns the three refusals of opening. Never reads a byte itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import plain


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """The file, open to read bytes. Refused: `file-missing`, `file-is-folder`, `file-unreadable`."""
    try:
        with path.open("rb") as file:
            yield file
    except FileNotFoundError as error:
        raise Refused("file-missing", file=plain(str(path))) from error
    except OSError as error:
        if path.is_dir():  # Windows calls that "permission denied"
            raise Refused("file-is-folder", file=plain(str(path))) from error
        detail = f"{error.strerror or type(error).__name__}."
        raise Refused("file-unreadable", file=plain(str(path)), detail=detail) from error
