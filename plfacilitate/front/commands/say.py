"""How a command answers: one JSON document or lines of text on stdout, everything else on stderr.

Owns the escaping of what goes to a terminal. Never prints half a document.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence

from plfacilitate.core.text import cells, plain


def document(value: object) -> None:
    """One complete JSON document, ASCII only, so that no terminal or pipe can spoil it."""
    sys.stdout.write(json.dumps(value, indent=2, ensure_ascii=True) + "\n")


def line(text: str = "") -> None:
    """A line for a person; what people typed is made visible first."""
    _write(sys.stdout, plain(text))


def aside(text: str) -> None:
    """A remark or warning: on stderr, so that stdout stays what was asked for."""
    for part in text.split("\n"):
        _write(sys.stderr, plain(part))


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Columns side by side, as wide as they need to be."""
    lines = [list(map(plain, header)), *([plain(str(cell)) for cell in row] for row in rows)]
    widths = [max(cells(row[column]) for row in lines) for column in range(len(header))]
    for row in lines:
        padded = (cell + " " * (width - cells(cell)) for cell, width in zip(row, widths, strict=True))
        _write(sys.stdout, "  ".join(padded).rstrip())


def _write(stream: object, text: str) -> None:
    """Write a line; a terminal that can't show a letter gets a question mark, never a crash."""
    assert hasattr(stream, "write")
    encoding = getattr(stream, "encoding", None) or "utf-8"
    stream.write(text.encode(encoding, "replace").decode(encoding) + "\n")
