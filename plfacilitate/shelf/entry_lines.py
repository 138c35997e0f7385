"""Entries as lines of a bundle: envelopes exactly as stored, contents beside them with the line of their envelope.

Owns the two line formats. Never changes a byte of either, and never asks what they mean.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from json.encoder import encode_basestring
from typing import IO

from plfacilitate.core.entry import Sealed
from plfacilitate.core.refusal import Refused
from plfacilitate.shelf.zipframe import Damaged

LONGEST = 1 << 24  # bytes of one line; the longest real one names some thousands of expected people
_AT_ONCE = 128
# What stands before the content in a line as it is written here; the content itself is one JSON text.
_BEFORE_CONTENT = re.compile(
    r'{"line":([1-9][0-9]{0,14}),"id":"[^"\\\x00-\x1f]*","salt":"([0-9a-f]*)","content":'
).match
_decode = json.JSONDecoder().raw_decode
_ID = re.compile(rb'[{,]"id":"([^"\\]+)"')


def write_envelopes(file: IO[bytes], entries: Iterable[Sealed]) -> int:
    """One envelope a line; gives how many."""
    return _write(file, (_envelope_line(entry.envelope) for entry in entries))


def write_contents(file: IO[bytes], entries: Iterable[Sealed]) -> int:
    """One line for each entry that comes with its content; gives how many."""
    lines = (
        _content_line(line, entry.envelope, entry.salt, entry.content)
        for line, entry in enumerate(entries, start=1)
        if entry.salt is not None and entry.content is not None
    )
    return _write(file, lines)


def read_entries(envelopes: Iterable[bytes], contents: Iterable[bytes]) -> Iterator[Sealed]:
    """The entries that were written, in their order; both arguments are pieces of bytes. Raises Damaged."""
    waiting = map(_content_of, _lines(contents))
    following = next(waiting, None)
    for line, envelope in enumerate(_lines(envelopes), start=1):
        if following is not None and following[0] == line:
            yield Sealed(envelope, following[1], following[2])
            following = next(waiting, None)
        else:
            yield Sealed(envelope, None, None)
    if following is not None:
        raise Damaged("it holds a content without its envelope.")


def _write(file: IO[bytes], lines: Iterator[bytes]) -> int:
    count = 0
    while some := list(islice(lines, _AT_ONCE)):
        file.write(b"".join(some))
        count += len(some)
    return count


def _envelope_line(envelope: bytes) -> bytes:
    if b"\n" in envelope or len(envelope) >= LONGEST:
        raise Refused("content-damaged", detail="An entry of the ledger has an envelope that can't be packed.")
    return envelope + b"\n"


def _content_line(line: int, envelope: bytes, salt: bytes, content: bytes) -> bytes:
    try:
        text = encode_basestring(content.decode())
        packed = f'{{"line":{line},"id":{_id(envelope)},"salt":"{salt.hex()}","content":{text}}}\n'.encode()
    except (ValueError, KeyError, TypeError) as error:
        raise Refused("content-damaged", detail="An entry of the ledger has a content that can't be packed.") from error
    if len(packed) > LONGEST:
        raise Refused("content-damaged", detail="An entry of the ledger is too long to be packed.")
    return packed


def _id(envelope: bytes) -> str:
    """The id as JSON. It is there for people and other programs: what belongs together is said by the line."""
    found = _ID.search(envelope) if envelope.count(b'"id":') == 1 else None
    if found is not None:
        return f'"{found[1].decode()}"'
    return encode_basestring(json.loads(envelope)["id"])


def _content_of(line: bytes) -> tuple[int, bytes, bytes]:
    try:
        text = line.decode()
        found = _BEFORE_CONTENT(text)
        if found:
            content, end = _decode(text, found.end())
            if text[end:] == "}":
                return int(found[1]), bytes.fromhex(found[2]), content.encode()
        value = json.loads(text)
        return value["line"], bytes.fromhex(value["salt"]), value["content"].encode()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Damaged("it holds a content that can't be read.") from error


def _lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of the pieces, without their ends; every line has one."""
    rest = b""
    for chunk in chunks:
        first, *more = chunk.split(b"\n")
        rest += first
        if more:
            yield rest
            yield from more[:-1]
            rest = more[-1]
        if len(rest) > LONGEST:
            raise Damaged("it holds a line that is too long.")
    if rest:
        raise Damaged("its last entry is cut short.")
