"""How a command answers: one JSON document or lines of text on stdout, everything else on stderr.

Owns the escaping of what goes to a terminal. Never prints half a document.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import TextIO

from plfacilitate.core.text import cells, cut, plain

WIDEST = 60  # cells of a column


class Unheard(Exception):
    """The answer can't be written: its reader has gone, or what it was sent to is full. `why` is the system's word."""

    def __init__(self, why: OSError) -> None:
        super().__init__(str(why))
        self.why = why


def document(value: object) -> None:
    """One complete JSON document, ASCII only, so that no terminal or pipe can spoil it."""
    _write(sys.stdout, json.dumps(value, indent=2, ensure_ascii=True))


def line(text: str = "") -> None:
    """A line for a person; what people typed is made visible first."""
    _write(sys.stdout, plain(text))


def aside(text: str) -> None:
    """A remark or warning: on stderr, so that stdout stays what was asked for."""
    for part in text.split("\n"):
        _write(sys.stderr, plain(part))


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Columns side by side, as wide as they need to be; only the last is never cut, as it pushes no other off the screen."""
    lines = [list(map(plain, header)), *([plain(str(cell)) for cell in row] for row in rows)]
    widths = [max(cells(row[column]) for row in lines) for column in range(len(header))]
    widths[:-1] = [min(WIDEST, width) for width in widths[:-1]]
    for row in lines:
        padded = (cut(cell, width) for cell, width in zip(row, widths, strict=True))
        _write(sys.stdout, "  ".join(padded).rstrip())


def finish() -> None:
    """Hand over what is still on its way. Raises Unheard."""
    try:
        sys.stdout.flush()
    except OSError as why:
        raise Unheard(why) from why


def _write(stream: TextIO, text: str) -> None:
    """Write a line; a terminal that can't show a letter gets a question mark, never a crash."""
    encoding = stream.encoding or "utf-8"
    try:
        stream.write(text.encode(encoding, "replace").decode(encoding) + "\n")
    except OSError as why:
        if stream is sys.stdout:
            raise Unheard(why) from why
