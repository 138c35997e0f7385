"""Rows by the million in order, without holding them: sorted runs in a folder, read back as one.

Owns the files. Never knows what a row means: it has a key, which decides the order, and values of JSON.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from plfacilitate.shelf.write import writing

AT_ONCE = 64  # runs that are read side by side; more are first made fewer
_BETWEEN = "\x00"
_PARTING = dict.fromkeys(range(0x20), " ")  # what would end a key or a line


def write_run(path: Path, rows: Iterable[tuple[Sequence[str], Sequence[Any]]]) -> None:
    """Put rows, (key, values) each, into a new run. Refused: `not-written`."""
    lines = sorted(
        f"{_BETWEEN.join(part.translate(_PARTING) for part in key)}\t{json.dumps(values)}\n" for key, values in rows
    )
    _write(path, lines)


def _write(path: Path, lines: Iterable[str]) -> None:
    with writing(path) as file:
        file.writelines(line.encode("utf-8", "replace") for line in lines)


def fewer(runs: Sequence[Path]) -> list[Path]:
    """The same rows in no more runs than can be read side by side."""
    left = list(runs)
    while len(left) > AT_ONCE:
        together, left = left[:AT_ONCE], left[AT_ONCE:]
        path = together[0].with_name(f"{together[0].stem}-m{len(left)}.run")
        _write(path, _merged(together))
        for one in together:
            one.unlink()
        left.append(path)
    return left


def rows_of(runs: Sequence[Path]) -> Iterator[list[Any]]:
    """The values of all rows in the order of their keys."""
    for line in _merged(runs):
        yield json.loads(line.partition("\t")[2])


def _merged(runs: Sequence[Path]) -> Iterator[str]:
    with ExitStack() as stack:
        files = [stack.enter_context(path.open(encoding="utf-8", newline="\n")) for path in runs]
        yield from heapq.merge(*files)
