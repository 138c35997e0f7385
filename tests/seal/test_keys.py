"""The laptop's keys and secrets: made once, kept by their owner, and telling a changed word from an unchanged one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from plfacilitate.core.refusal import Refused
from plfacilitate.seal import keys


def chance(size: int) -> bytes:
    """The same bytes at every call."""
    return bytes(range(size))


def never(size: int) -> bytes:
    """Chance where none may be drawn."""
    raise AssertionError(size)


def test_a_key_is_made_once_and_found_again(tmp_path: Path) -> None:
    """The second start reads what the first one wrote and draws no chance."""
    made = keys.load_or_make(tmp_path / "keys", "laptop", chance)
    assert keys.load_or_make(tmp_path / "keys", "laptop", never) == made


def test_the_same_chance_makes_the_same_key(tmp_path: Path) -> None:
    """Key material is the caller's, so that bytes which leave the building can be compared in a test."""
    first = keys.load_or_make(tmp_path / "a", "laptop", chance)
    assert first == keys.load_or_make(tmp_path / "b", "laptop", chance) == keys.key_from("laptop", chance(32))
    assert first.public == "ed25519:A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg"


def test_the_public_half_lies_beside_it_as_text(tmp_path: Path) -> None:
    """Somebody at the office can be sent the .pub file; it holds nothing secret."""
    key = keys.load_or_make(tmp_path / "keys", "laptop", chance)
    assert (tmp_path / "keys" / "laptop.pub").read_text("utf-8") == f"{key.public} laptop\n"
    assert sorted(path.name for path in (tmp_path / "keys").iterdir()) == ["laptop.key", "laptop.pub"]


@pytest.mark.skipif(sys.platform == "win32", reason="rights are given by icacls there")
def test_only_the_owner_reads_a_private_key(tmp_path: Path) -> None:
    """Also when somebody has opened it to all meanwhile."""
    keys.load_or_make(tmp_path, "laptop", chance)
    path = tmp_path / "laptop.key"
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)
    assert keys.load_or_make(tmp_path, "laptop", never).guarded
    assert path.stat().st_mode & 0o777 == 0o600


def test_windows_takes_inherited_rights_away_and_names_the_user_by_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What icacls is told, without a Windows to tell it to."""
    asked: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        asked.append(command)
        return subprocess.CompletedProcess(command, 0, stdout=b'"desk\\dana","S-1-5-21-1-2-3-1001"\r\n')

    monkeypatch.setattr(subprocess, "run", run)
    assert keys._guard_windows(tmp_path / "laptop.key")
    assert asked[1] == [
        "icacls", str(tmp_path / "laptop.key"), "/inheritance:r", "/grant:r", "*S-1-5-21-1-2-3-1001:F"
    ]  # fmt: skip


def test_windows_without_icacls_says_that_the_key_is_not_guarded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A promise that can't be kept is not made; the key works all the same."""

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        raise FileNotFoundError(command[0])

    monkeypatch.setattr(subprocess, "run", run)
    assert not keys._guard_windows(tmp_path / "laptop.key")


def test_a_signature_holds_for_its_message_alone(tmp_path: Path) -> None:
    """One changed byte, another key or a shortened signature: none of them passes."""
    key, other = keys.key_from("a", bytes(32)), keys.key_from("b", bytes([1]) * 32)
    signature = key.sign(b"6 hours")
    assert keys.verify(key.public, b"6 hours", signature)
    assert not keys.verify(key.public, b"7 hours", signature)
    assert not keys.verify(other.public, b"6 hours", signature)
    assert not keys.verify(key.public, b"6 hours", signature[:-1])


@pytest.mark.parametrize("public", ["", "ed25519:", "ed25519:AAAA", "A6EHv", "ed25519:é", "ed25519:" + "A" * 44])
def test_what_is_no_key_verifies_nothing(public: str) -> None:
    """Nonsense in a manifest is a "no", never a traceback."""
    assert not keys.verify(public, b"x", bytes(64))


def test_a_public_key_has_one_spelling() -> None:
    """Two texts for one key would make two laptops of one."""
    public = keys.key_from("a", bytes(32)).public
    assert keys.verify(public, b"x", keys.key_from("a", bytes(32)).sign(b"x"))
    assert not keys.verify(public[:-1] + chr(ord(public[-1]) + 1), b"x", keys.key_from("a", bytes(32)).sign(b"x"))


def test_a_fingerprint_can_be_read_out() -> None:
    """Five groups of four, without I, L, O and U, and never the key itself."""
    key = keys.key_from("laptop", chance(32))
    assert key.fingerprint == "AS3N-N9TM-CD3M-R0M5-VXEV"
    assert not set("ILOU") & set(key.fingerprint)


def test_the_private_half_is_not_shown() -> None:
    """A key that ends up in a log or on a screen gives nothing away."""
    assert "private" not in repr(keys.key_from("laptop", chance(32)))


@pytest.mark.parametrize("content", [b"", b"hello", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
def test_a_file_that_holds_no_key_is_refused_and_kept(tmp_path: Path, content: bytes) -> None:
    """A damaged key is never written over: what it signed could not be told apart any more."""
    (tmp_path / "laptop.key").write_bytes(content)
    with pytest.raises(Refused) as caught:
        keys.load_or_make(tmp_path, "laptop", never)
    assert caught.value.refusal.code == "key-unreadable"
    assert (tmp_path / "laptop.key").read_bytes() == content


def test_two_programs_that_make_a_key_at_once_get_the_same(tmp_path: Path) -> None:
    """The one that comes second finds the file of the first and takes it."""

    def slow(size: int) -> bytes:
        keys.load_or_make(tmp_path, "laptop", chance)  # the other program, between the look and the writing
        return bytes(size)

    assert keys.load_or_make(tmp_path, "laptop", slow).private == chance(32)


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    """A file stands where the folder of keys should be."""
    (tmp_path / "keys").write_text("", "utf-8")
    with pytest.raises(Refused) as caught:
        keys.load_or_make(tmp_path / "keys", "laptop", chance)
    assert "something else has that name already" in str(caught.value)


@pytest.mark.parametrize("name", ["", "../laptop", "a/b", ".hidden", "a" * 120])
def test_a_name_is_no_path(tmp_path: Path, name: str) -> None:
    """Names of keys come from device ids; anything else is our own mistake."""
    with pytest.raises(ValueError):
        keys.load_or_make(tmp_path, name, chance)


def test_a_secret_is_kept_like_a_key(tmp_path: Path) -> None:
    """Tickets that were handed out stay good when the door is started again."""
    secret = keys.load_or_make_secret(tmp_path, "door", chance)
    assert secret == chance(32)
    assert keys.load_or_make_secret(tmp_path, "door", never) == secret
    (tmp_path / "door.secret").write_text("ab", "ascii")
    with pytest.raises(Refused):
        keys.load_or_make_secret(tmp_path, "door", never)
