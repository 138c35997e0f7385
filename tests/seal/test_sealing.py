"""Sealed files: only the holders of the keys read them, and whatever was changed on the way is refused."""

from __future__ import annotations

import errno
import io
import random
from pathlib import Path

import pytest

from plfacilitate.core.refusal import Refused
from plfacilitate.seal.keys import LaptopKey, key_from
from plfacilitate.seal.sealing import is_sealed, seal, unsealed

OFFICE, LAPTOP, OTHER = (key_from(name, name[0].encode() * 32) for name in ("office", "laptop", "someone"))
DATA = random.Random(5).randbytes(200_000)


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that office and laptop can read."""
    folder = tmp_path_factory.mktemp("sealed")
    (folder / "plain.zip").write_bytes(DATA)
    with (folder / "day.zip.age").open("wb") as file:
        seal(folder / "plain.zip", file, (OFFICE.public, LAPTOP.public))
    return folder / "day.zip.age"


def code(path: Path, *keys: LaptopKey) -> str:
    """Why it can't be opened with these keys."""
    with pytest.raises(Refused) as caught, unsealed(path, keys):
        pass
    return caught.value.refusal.code


@pytest.mark.parametrize("key", [OFFICE, LAPTOP], ids=lambda key: key.name)
def test_each_recipient_reads_it(sealed: Path, key: LaptopKey) -> None:
    """Byte for byte, under its own name, and nothing unsealed is left behind."""
    with unsealed(sealed, [OTHER, key]) as inside:
        assert inside.name == "day.zip"
        assert inside.read_bytes() == DATA
    assert not inside.exists()


def test_nobody_else_reads_it(sealed: Path) -> None:
    """Neither with another key nor with none, and nothing of it stands in the open."""
    assert is_sealed(sealed)
    assert code(sealed, OTHER) == code(sealed) == "sealed-for-others"
    assert DATA[1000:1032] not in sealed.read_bytes()


def test_a_file_that_is_not_sealed_is_itself(tmp_path: Path) -> None:
    """Offices without a key go on as before."""
    path = tmp_path / "open.zip"
    path.write_bytes(DATA)
    with unsealed(path, []) as inside:
        assert inside == path
    assert not is_sealed(tmp_path / "none")


def test_whatever_was_changed_is_refused(sealed: Path, tmp_path: Path) -> None:
    """A flipped bit anywhere behind the first line, or an end that is missing."""
    data = sealed.read_bytes()
    chance = random.Random(6)
    copy = tmp_path / "day.zip.age"
    places = [*(chance.randrange(22, 600) for _ in range(60)), *(chance.randrange(600, len(data)) for _ in range(60))]
    for at in places:
        copy.write_bytes(data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :])
        assert code(copy, OFFICE) in ("bundle-altered", "sealed-for-others"), at
    for length in (22, 100, 500, len(data) // 2, len(data) - 1):
        copy.write_bytes(data[:length])
        assert code(copy, OFFICE) == "bundle-altered"


def test_a_full_disk_says_so(sealed: Path) -> None:
    """The library's words are not the disk's: what the disk said comes through."""

    class Full(io.BytesIO):
        """Takes nothing."""

        def write(self, data: object, /) -> int:
            """No room."""
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space") as caught:
        seal(sealed, Full(), (OFFICE.public,))
    assert caught.value.errno == errno.ENOSPC


def test_only_a_public_key_is_sealed_to(sealed: Path) -> None:
    """Half a key, or a word."""
    for text in ("", "office", OFFICE.public[:-2]):
        with pytest.raises(ValueError, match="public key"):
            seal(sealed, io.BytesIO(), (text,))
