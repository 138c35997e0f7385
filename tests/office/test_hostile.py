"""What is no honest bundle does not get into a register: nothing half, nothing in full, and one sentence says why."""

from __future__ import annotations

import json
import os
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from plfacilitate.seal import keys
from plfacilitate.seal.sealing import seal
from plfacilitate.shelf.zipframe import Limits, Member, members
from tests.goldens import FOLDER
from tests.laptops import Laptop
from tests.office.test_receive import Office, chain, made, office
from tests.shelf.test_bundle import forged, honest, with_resource

__all__ = ["chain", "made", "office"]

FLIPS = int(os.environ.get("PLFACILITATE_FLIPS", "200"))  # more of them prove more, and take longer


def held(office: Office) -> str:
    """All that a register on a file holds, as one digest."""
    with closing(sqlite3.connect(office.url.removeprefix("sqlite:///"))) as connection:
        return sha256("\n".join(connection.iterdump()).encode()).hexdigest()


def places(path: Path, chance: random.Random) -> Iterator[int]:
    """Random places of a bundle, from every member's header and bytes, and from the list at the end in turn."""
    with path.open("rb") as file:
        found: tuple[Member, ...] = members(file, Limits())
    regions = [edges for one in found for edges in ((one.offset, one.data_at), (one.data_at, one.ends_at))]
    regions.append((found[-1].ends_at, path.stat().st_size))
    while True:
        for first, behind in regions:
            yield chance.randrange(first, behind)


def test_no_flipped_byte_gets_into_the_register(office: Office, chain: list[Path], tmp_path: Path) -> None:
    """Bits at random places of every region, of both parcels of a real day: all refused, the register as it was."""
    office.take(chain[0])
    before = held(office)
    chance = random.Random(20231206)
    flipped = tmp_path / "flipped"
    flipped.mkdir()
    bundles = sorted((FOLDER / "day").glob("*.zip"))
    for path in bundles:
        data = path.read_bytes()
        for number, at in zip(range(FLIPS // len(bundles)), places(path, chance), strict=False):
            other = bytes([data[at] ^ (1 << chance.randrange(8))])
            (flipped / f"{number}-{at}-{path.name}").write_bytes(data[:at] + other + data[at + 1 :])
    answers = office.take(flipped)
    assert len(answers) == FLIPS // len(bundles) * len(bundles)
    assert {(one.verdict, one.receipt) for one in answers.values()} == {("refused", None)}
    assert all("is not what its sender packed" in one.reason for one in answers.values())
    assert held(office) == before


def test_no_flipped_byte_of_a_sealed_bundle_either(office: Office, chain: list[Path], tmp_path: Path) -> None:
    """Sealed to the office's own key, flipped behind the header and in it."""
    office.take(chain[0])
    before = held(office)
    chance = random.Random(7)
    sealed = tmp_path / "sealed.zip.age"
    key = keys.load_or_make(tmp_path / "office" / "keys", "office", office.chance)
    with sealed.open("wb") as file:
        seal(chain[0], file, [key.public])
    data = sealed.read_bytes()
    flipped = tmp_path / "flipped"
    flipped.mkdir()
    for number in range(FLIPS // 4):
        at = chance.randrange(400) if number % 2 else chance.randrange(400, len(data))
        other = bytes([data[at] ^ (1 << chance.randrange(8))])
        (flipped / f"{number}.zip.age").write_bytes(data[:at] + other + data[at + 1 :])
    answers = office.take(flipped)
    assert {one.verdict for one in answers.values()} == {"refused"}
    assert held(office) == before
    whole = office.take(sealed)[sealed.name]
    assert (whole.new, whole.reason) == (0, "")  # the unharmed one opens, and is no stranger
    assert whole.known


def entries_replaced(found: dict[str, bytes], name: str, data: bytes) -> dict[str, bytes]:
    """An empty bundle's members with other entries, listed as they should be."""
    package = json.loads(found["datapackage.json"])
    resource = next(one for one in package["resources"] if one["path"] == name)
    resource |= {"bytes": len(data), "hash": f"sha256:{sha256(data).hexdigest()}"}
    return found | {name: data, "datapackage.json": json.dumps(package).encode()}


def hostile(case: str, found: dict[str, bytes]) -> dict[str, bytes]:
    """The members of a rightly signed bundle that means harm."""
    envelopes, contents = "entries/envelopes.ndjson", "entries/contents.ndjson"
    match case:
        case "bomb":
            return with_resource(found, "a/b.txt", b" " * 30_000_000)
        case "path":
            return with_resource(found, "../../register.db", b"x")
        case "giant row":
            return entries_replaced(found, envelopes, random.Random(1).randbytes(200_000).replace(b"\n", b" "))
        case "many":
            return found | {f"a/{number}.txt": b"x" for number in range(80)}
        case "latin":
            line = '{"line":1,"id":"x","salt":"00","content":"Nu\xf1ez"}\n'
            return entries_replaced(found, contents, line.encode("latin-1"))
        case _:
            return entries_replaced(found, envelopes, '{"id":"x"}\n'.encode("utf-16"))


@pytest.mark.parametrize(
    "case, why",
    [
        ("bomb", "unpacks to more than 200 times its size"),
        ("path", "its list of tables can't be read"),
        ("giant row", "it holds a line that is too long"),
        ("many", "more than any bundle has"),
        ("latin", "it holds a content that can't be read"),
        ("utf-16", "its last entry is cut short"),
    ],
)
def test_a_signed_bundle_that_means_harm_is_refused_in_one_sentence(
    office: Office, laptop: Laptop, chain: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str, why: str
) -> None:  # fmt: skip
    """By its size and shape, as the office sees it; the register stays as it was, and no file appears anywhere else."""
    monkeypatch.setattr("plfacilitate.shelf.entry_lines.LONGEST", 70_000)
    office.take(chain[0])
    before = held(office)
    bundle = forged(tmp_path / "bad.zip", hostile(case, honest(tmp_path / "honest.zip")))
    lying = sorted(tmp_path.rglob("*"))
    ran = laptop.run("office", "receive", "--register", office.url, bundle)
    assert ran.code == 1
    (line,) = ran.out.strip().splitlines()
    assert line.startswith("bad.zip: refused: bad.zip is not what its sender packed: ")
    assert why in line, line
    assert held(office) == before
    assert [
        path for path in sorted(tmp_path.rglob("*")) if path not in lying and laptop.folder not in path.parents
    ] == []
