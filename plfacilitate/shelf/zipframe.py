"""The frame of a bundle: a zip in which every byte has one right value.

Owns the headers of the zip. They hold no date, no right and no comment of their own, so the same contents give the
same bytes, and a reader can say of each byte whether it is the one that belongs there. Any program opens such a zip;
this module opens no other. Never knows what the members mean.
"""

from __future__ import annotations

import hashlib
import io
import os
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, cast

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

LEVEL = 1  # packing waits on this: level 6 takes three times as long for a tenth less
BLOCK = 1 << 16
MOST = 0xFFFFFFFF  # a zip without extensions counts in 32 bits
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_FACTS = (0, 0x21)  # midnight of 1 January 1980, the zero of zip
_RIGHTS = 0o100644 << 16  # a plain file that everybody may read


class Damaged(Exception):
    """The frame is not as it was written; the text says what is wrong, as the end of a sentence."""


class TooBig(Exception):
    """More bytes than a zip of this kind can count; the text says where, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a reader is ready to take in: members, bytes unpacked in all, and how many times smaller than unpacked."""

    members: int = 64
    total: int = MOST
    ratio: int = 200


@dataclass(frozen=True, slots=True)
class Member:
    """One file in the zip: bytes `packed` and `unpacked`, and where its header begins."""

    name: str
    stored: bool
    crc: int
    packed: int
    unpacked: int
    offset: int

    @property
    def data_at(self) -> int:
        """Where its bytes begin."""
        return self.offset + _LOCAL.size + len(self.name)

    @property
    def ends_at(self) -> int:
        """Where the next header begins."""
        return self.data_at + self.packed

    def facts(self) -> tuple[int, ...]:
        """What both headers say: flags, method, time, date, checksum, sizes, length of the name."""
        return (0, 0 if self.stored else 8, *_FACTS, self.crc, self.packed, self.unpacked, len(self.name))

    def local(self) -> bytes:
        """The header before the bytes."""
        return _LOCAL.pack(b"PK\x03\x04", 20, *self.facts(), 0) + self.name.encode("ascii")

    def central(self) -> bytes:
        """The line in the list at the end."""
        head = _CENTRAL.pack(b"PK\x01\x02", 0x0314, 20, *self.facts(), 0, 0, 0, 0, _RIGHTS, self.offset)
        return head + self.name.encode("ascii")


@dataclass(frozen=True, slots=True)
class Added:
    """A member just written, and the SHA-256 of its bytes unpacked and packed."""

    member: Member
    sha256: str
    packed_sha256: str


class ZipWriter:
    """Writes members one after the other into a file that can seek, and never holds one in memory."""

    def __init__(self, file: IO[bytes]) -> None:
        """Start an empty zip at the beginning of `file`."""
        self._file = file
        self._members: list[Member] = []
        self._at = 0

    def add(self, name: str, fill: Callable[[IO[bytes]], object], *, stored: bool = False) -> Added:
        """Write one member: `fill` is handed a file to write it to. Raises TooBig beyond 4 GiB."""
        head = Member(name, stored, 0, 0, 0, self._at)
        self._file.write(head.local())
        sink = _Sink(self._file, name, head.data_at, stored=stored)
        fill(cast("IO[bytes]", sink))
        sink.end()
        member = Member(name, stored, sink.crc, sink.packed, sink.unpacked, self._at)
        self._file.seek(self._at)
        self._file.write(member.local())
        self._at = self._file.seek(member.ends_at)
        self._members.append(member)
        return Added(member, sink.sha256.hexdigest(), sink.packed_sha256.hexdigest())

    def finish(self) -> None:
        """Write the list at the end."""
        self._file.write(_tail(self._members, self._at))


class _Sink(io.BufferedIOBase):
    """Where one member is written to: packs, counts and hashes what comes, in blocks."""

    def __init__(self, file: IO[bytes], name: str, at: int, *, stored: bool) -> None:
        self._file, self._name, self._at = file, name, at
        self._deflate = None if stored else zlib.compressobj(LEVEL, zlib.DEFLATED, -15)
        self._waiting: list[bytes] = []
        self._length = 0
        self.sha256, self.packed_sha256 = hashlib.sha256(), hashlib.sha256()
        self.crc = self.packed = self.unpacked = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Buffer, /) -> int:
        piece = bytes(data)
        self._waiting.append(piece)
        self._length += len(piece)
        if self._length >= BLOCK:  # hashing and packing many small pieces is slow
            self._block()
        return len(piece)

    def end(self) -> None:
        self._block()
        if self._deflate:
            self._out(self._deflate.flush())

    def _block(self) -> None:
        block = b"".join(self._waiting)
        self._waiting.clear()
        self._length = 0
        self.sha256.update(block)
        self.crc = zlib.crc32(block, self.crc)
        self.unpacked += len(block)
        self._out(self._deflate.compress(block) if self._deflate else block)

    def _out(self, data: bytes) -> None:
        self.packed_sha256.update(data)
        self.packed += len(data)
        if max(self.unpacked, self._at + self.packed) > MOST:
            raise TooBig(f"{self._name} makes it more than 4 GB.")
        self._file.write(data)


def _tail(members: list[Member], at: int) -> bytes:
    listed = b"".join(member.central() for member in members)
    return listed + _END.pack(b"PK\x05\x06", 0, 0, len(members), len(members), len(listed), at, 0)


def members(file: IO[bytes], limits: Limits) -> tuple[Member, ...]:
    """The members of a whole and unchanged frame, in order. Raises Damaged.

    Every byte that is not a member's own is compared with the one that must stand there.
    """
    size = file.seek(0, os.SEEK_END)
    count, listed, at = _end(file, size)
    if count > limits.members:
        raise Damaged(f"it holds {count} files, more than any bundle has.")
    file.seek(at)
    found = _listed(file.read(listed), count)
    if _tail(found, at) != _read(file, at, listed + _END.size):
        raise Damaged("its list of files was changed.")
    next_at = total = 0
    for member in found:
        if member.offset != next_at or member.ends_at > at:
            raise Damaged("its files don't follow one another.")
        if _read(file, member.offset, member.data_at - member.offset) != member.local():
            raise Damaged(f"the beginning of {member.name} was changed.")
        next_at, total = member.ends_at, total + member.unpacked
        if member.unpacked > BLOCK and member.unpacked > member.packed * limits.ratio:
            raise Damaged(f"{member.name} unpacks to more than {limits.ratio} times its size.")
    if next_at != at:
        raise Damaged("there is something between its files.")
    if total > limits.total:
        raise Damaged(f"it unpacks to more than {limits.total // 1_000_000} MB.")
    return tuple(found)


def _end(file: IO[bytes], size: int) -> tuple[int, int, int]:
    """How many members, the length of their list, and where it begins."""
    if size < _END.size:
        raise Damaged("it ends too early.")
    mark, _, _, _, count, listed, at, _ = _END.unpack(_read(file, size - _END.size, _END.size))
    if mark != b"PK\x05\x06" or at + listed + _END.size != size:
        raise Damaged("it ends too early, or something was added to it.")
    return count, listed, at


def _listed(data: bytes, count: int) -> list[Member]:
    found: list[Member] = []
    names: set[str] = set()
    at = 0
    for _ in range(count):
        if at + _CENTRAL.size > len(data):
            raise Damaged("its list of files is too short.")
        _, _, _, _, method, _, _, crc, packed, unpacked, length, *_, offset = _CENTRAL.unpack_from(data, at)
        at += _CENTRAL.size
        name = data[at : at + length].decode("ascii", "replace")
        if not name.isascii() or name.lower() in names:
            raise Damaged("its list of files names one twice or in strange letters.")
        names.add(name.lower())
        found.append(Member(name, method == 0, crc, packed, unpacked, offset))
        at += length
    return found


def _read(file: IO[bytes], at: int, length: int) -> bytes:
    file.seek(at)
    return file.read(length)


def contents(file: IO[bytes], member: Member, packed_sha256: str | None = None) -> Iterator[bytes]:
    """The bytes of a member, piece by piece. Raises Damaged at the latest after the last piece.

    Never unpacks more than the member's header promises.
    """
    crc = unpacked = 0
    packed = hashlib.sha256()
    inflate = None if member.stored else zlib.decompressobj(-15)
    for block in _blocks_of(file, member):
        packed.update(block)
        try:
            for piece in [block] if inflate is None else _inflated(inflate, block):
                unpacked += len(piece)
                if unpacked > member.unpacked:
                    raise Damaged(f"{member.name} is longer than it says.")
                crc = zlib.crc32(piece, crc)
                yield piece
        except zlib.error as error:
            raise Damaged(f"{member.name} was changed on the way.") from error
    whole = inflate is None or (inflate.eof and not inflate.unused_data)
    same = packed_sha256 is None or packed.hexdigest() == packed_sha256
    if not whole or not same or unpacked != member.unpacked or crc != member.crc:
        raise Damaged(f"{member.name} was changed on the way.")


def _blocks_of(file: IO[bytes], member: Member) -> Iterator[bytes]:
    at, left = member.data_at, member.packed
    while left:
        file.seek(at)  # another reader of the same file may have moved it between two pieces
        block = file.read(min(BLOCK, left))
        if not block:
            raise Damaged(f"{member.name} ends too early.")
        at, left = at + len(block), left - len(block)
        yield block


def _inflated(inflate: zlib._Decompress, block: bytes) -> Iterator[bytes]:
    most = BLOCK * 4
    while True:
        piece = inflate.decompress(block, most)
        if piece:
            yield piece
        block = inflate.unconsumed_tail
        if not block and len(piece) < most:  # a full piece may have more behind it though all of the block went in
            return
