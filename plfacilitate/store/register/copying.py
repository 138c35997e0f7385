"""Rows as PostgreSQL's binary COPY wants them.

Owns these bytes. Put together column by column, since a step of Python a value would cost more than all the rest.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Sequence
from itertools import chain, repeat
from typing import Any

from plfacilitate.store.register.tables import BYTES, NUMBERS

BEGIN, END = b"PGCOPY\n\xff\r\n\x00" + bytes(8), b"\xff\xff"
_NOTHING = b"\xff\xff\xff\xff"
_number = struct.Struct("!iq").pack
_length = struct.Struct("!i").pack
_lengths = [_length(number) for number in range(1 << 12)]  # most values are short


def copied(names: Sequence[str], columns: Sequence[Sequence[object]]) -> bytes:
    """The rows that these columns make; BEGIN stands before the first of a file and END behind the last."""
    fields = chain.from_iterable(map(_field, names, columns))
    begin = repeat(struct.pack("!h", len(names)), len(columns[0]))
    return b"".join(chain.from_iterable(zip(begin, *fields, strict=True)))


def _field(name: str, column: Sequence[object]) -> tuple[Iterable[bytes], ...]:
    """A column as what stands before its values, and them."""
    if name in NUMBERS:
        return (map(_number, repeat(8, len(column)), column),)
    encoded: Callable[[Any], bytes] = bytes if name in BYTES else str.encode
    if None in column:
        return ([_NOTHING if one is None else _length(len(encoded(one))) + encoded(one) for one in column],)
    values = list(map(encoded, column))
    sizes = list(map(len, values))
    return (map(_lengths.__getitem__ if max(sizes) < len(_lengths) else _length, sizes), values)
