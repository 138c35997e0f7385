"""A bundle: a Data Package in a zip, with the entries of a ledger and a signed manifest over all of it.

Owns which files a bundle holds, and that a reader yields nothing before every byte was compared with what the sender
signed. Never knows a key: signing and verifying come in as functions. Never decides who may be trusted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from plfacilitate.core.entry import Sealed, utc_text
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import plain
from plfacilitate.shelf.datapackage import (
    CONTENTS,
    ENVELOPES,
    PATH,
    Fill,
    Part,
    Resource,
    descriptor,
    read_descriptor,
)
from plfacilitate.shelf.entry_lines import read_entries, write_contents, write_envelopes
from plfacilitate.shelf.manifest import FORMAT, Label, Manifest, Packed, public_key, read_format, read_manifest
from plfacilitate.shelf.opened import opened
from plfacilitate.shelf.write import writing
from plfacilitate.shelf.zipframe import Added, Damaged, Limits, Member, TooBig, ZipWriter, contents, members

Sign = Callable[[bytes], bytes]
Verify = Callable[[str, bytes, bytes], bool]
"""Whether the owner of this public key signed these bytes with this signature."""

README = "README.txt"
ENVELOPES_PATH, CONTENTS_PATH = "entries/envelopes.ndjson", "entries/contents.ndjson"
DATAPACKAGE, MANIFEST, SIGNATURE = "datapackage.json", "manifest.json", "manifest.sig"
_SMALL = 1 << 22  # bytes that a manifest or a descriptor may have: they are read whole


@dataclass(frozen=True, slots=True)
class Written:
    """A bundle that lies on the disk: its place, length and SHA-256, and what its manifest says."""

    path: Path
    bytes: int
    sha256: str
    manifest: Manifest


def write_bundle(
    path: Path, label: Label, entries: Callable[[], Iterator[Sealed]], parts: Sequence[Part], *, sign: Sign
) -> Written:
    """Pack a bundle under `path` in one step; everything streams.

    `entries` is called twice and gives the same entries both times: first for the envelopes, then for the contents.
    Raises Refused `not-written`, `bundle-too-big` (4 GB), `content-damaged`.
    """
    try:
        with writing(path) as file:
            manifest = _pack(file, label, entries, parts, sign)
    except TooBig as no:
        raise Refused("bundle-too-big", file=plain(path.name), detail=str(no)) from no
    with path.open("rb") as file:
        return Written(path, path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest(), manifest)


class _Packer:
    """Writes one file after the other and keeps what the descriptor and the manifest say of them."""

    def __init__(self, file: IO[bytes]) -> None:
        self.archive = ZipWriter(file)
        self.files: list[Packed] = []
        self.resources: list[Resource] = []

    def add(self, path: str, fill: Fill) -> Added:
        added = self.archive.add(path, fill)
        self.files.append(Packed(path, added.member.packed, added.packed_sha256))
        return added

    def add_part(self, part: Part) -> None:
        if not PATH.fullmatch(part.path) or part.path in {DATAPACKAGE, MANIFEST, *(file.name for file in self.files)}:
            raise ValueError(f"{part.path} can't be the name of a part")
        added = self.add(part.path, part.fill)
        self.resources.append(Resource(part.path, part.title, added.member.unpacked, added.sha256, part.fields))


def _pack(
    file: IO[bytes], label: Label, entries: Callable[[], Iterator[Sealed]], parts: Sequence[Part], sign: Sign
) -> Manifest:
    packer = _Packer(file)
    counted: list[int] = []
    packer.add(README, _bytes(_readme(label, parts)))
    for part in (
        Part(ENVELOPES_PATH, "Envelopes", lambda out: counted.append(write_envelopes(out, entries())), ENVELOPES),
        Part(CONTENTS_PATH, "Contents", lambda out: counted.append(write_contents(out, entries())), CONTENTS),
        *parts,
    ):
        packer.add_part(part)
    package = descriptor(label.bundle, label.title, utc_text(label.packed_at), packer.resources)
    listed = packer.add(DATAPACKAGE, _bytes(package))
    manifest = Manifest(label, counted[0], counted[1], listed.sha256, tuple(packer.files))
    data = manifest.to_bytes()
    packer.archive.add(MANIFEST, _bytes(data), stored=True)
    packer.archive.add(SIGNATURE, _bytes(sign(data).hex().encode() + b"\n"), stored=True)
    packer.archive.finish()
    return manifest


def _bytes(data: bytes) -> Fill:
    return lambda file: file.write(data)


def _readme(label: Label, parts: Sequence[Part]) -> bytes:
    held = "".join(f"  {part.path}  {plain(part.title)}\n" for part in parts)
    return f"""{plain(label.title)}

This file was packed by plfacilitate on {label.packed_at:%Y-%m-%d %H:%M} UTC.

You don't need to open it. The sign-in sheet and the table that came with it are for reading; this one is for the
office's program, which checks that nothing is missing and nothing was changed:

  plfacilitate verify FILE         is it whole?
  plfacilitate office receive FILE  take it into the register

Please pass it on as it is: whatever is changed in it makes it worthless as a proof.

What is in it:

{held}  entries/  every entry of the ledger that it covers, for the proof
  datapackage.json  what the tables mean (https://datapackage.org)
  manifest.json, manifest.sig  what it covers, signed by the laptop
""".encode()


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle of which every byte was compared. `parts` are its files beside the entries."""

    path: Path
    manifest: Manifest
    parts: tuple[Resource, ...]
    _members: Mapping[str, Member] = field(repr=False)

    def entries(self) -> Iterator[Sealed]:
        """Every entry, in the sender's order, read as it is asked for.

        Raises Refused("bundle-altered") in the middle where the file changed since it was checked or where its sender
        signed something that makes no sense: take what it yields in one transaction.
        """
        with _reading(self.path) as file:
            envelopes = contents(file, *self._packed(ENVELOPES_PATH))
            salted = contents(file, *self._packed(CONTENTS_PATH))
            number = with_content = 0
            for entry in read_entries(envelopes, salted):
                number, with_content = number + 1, with_content + (entry.content is not None)
                yield entry
            if (number, with_content) != (self.manifest.envelopes, self.manifest.contents):
                raise Damaged("it does not hold as many entries as it says.")

    def chunks(self, path: str) -> Iterator[bytes]:
        """The bytes of one part, piece by piece. Raises KeyError for a part that is not in it."""
        with _reading(self.path) as file:
            yield from contents(file, *self._packed(path))

    def _packed(self, path: str) -> tuple[Member, str]:
        return self._members[path], next(file.sha256 for file in self.manifest.files if file.name == path)


def read_bundle(path: Path, *, verify: Verify, limits: Limits | None = None) -> Bundle:
    """The bundle under `path`, after every byte of it was compared with what its sender signed.

    That it is whole says nothing about who sent it: ask `manifest.label.public_key`. Raises Refused `bundle-altered`,
    `bundle-newer`, `file-missing`, `file-is-folder`, `file-unreadable`.
    """
    with _reading(path) as file:
        found = {member.name: member for member in members(file, limits or Limits())}
        manifest = _signed(file, path, found, verify)
        if [*found] != [*(packed.name for packed in manifest.files), MANIFEST, SIGNATURE]:
            raise Damaged("its files are not the ones that its manifest names.")
        parts = _checked(file, found, manifest)
    return Bundle(path, manifest, parts, found)


def _signed(file: IO[bytes], path: Path, found: Mapping[str, Member], verify: Verify) -> Manifest:
    data, signature = _whole(file, found, MANIFEST), _whole(file, found, SIGNATURE)
    try:
        good = verify(public_key(data), data, bytes.fromhex(signature.decode("ascii")))
        if not good or bytes.fromhex(signature.decode("ascii")).hex().encode() + b"\n" != signature:
            raise Damaged("its signature does not fit what is in it.")
        if (written := read_format(data)) > FORMAT:
            raise Refused("bundle-newer", file=plain(path.name), found=written, known=FORMAT)
        return read_manifest(data)
    except ValueError as error:
        raise Damaged("its manifest can't be read.") from error


def _checked(file: IO[bytes], found: Mapping[str, Member], manifest: Manifest) -> tuple[Resource, ...]:
    """Unpack every file once, and compare packed and unpacked bytes with what was signed."""
    hashes: dict[str, tuple[int, str]] = {}
    for packed in manifest.files:
        member, sha256 = found[packed.name], hashlib.sha256()
        for piece in contents(file, member, packed.sha256):
            sha256.update(piece)
        hashes[packed.name] = (member.unpacked, sha256.hexdigest())
    if DATAPACKAGE not in hashes or hashes[DATAPACKAGE][1] != manifest.datapackage:
        raise Damaged("its list of tables is another one.")
    try:
        resources = read_descriptor(_whole(file, found, DATAPACKAGE))
    except ValueError as error:
        raise Damaged("its list of tables can't be read.") from error
    if [README, *(resource.path for resource in resources), DATAPACKAGE] != [*hashes]:
        raise Damaged("its files are not the ones that its list of tables names.")
    for resource in resources:
        if hashes[resource.path] != (resource.bytes, resource.sha256):
            raise Damaged(f"{resource.path} is not the one that its list of tables names.")
    if [resource.path for resource in resources[:2]] != [ENVELOPES_PATH, CONTENTS_PATH]:
        raise Damaged("it holds no entries.")
    return resources[2:]


def _whole(file: IO[bytes], found: Mapping[str, Member], name: str) -> bytes:
    member = found.get(name)
    if member is None or member.unpacked > _SMALL:
        raise Damaged(f"it has no {name}, or a strange one.")
    return b"".join(contents(file, member))


@contextmanager
def _reading(path: Path) -> Iterator[IO[bytes]]:
    try:
        with opened(path) as file:
            yield file
    except Damaged as damage:
        raise Refused("bundle-altered", file=plain(path.name), detail=str(damage)) from damage
