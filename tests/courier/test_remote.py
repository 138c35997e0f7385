"""Whatever else fsspec knows: one road for all, and a library's words, which may hold a key, are never repeated."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest
from fsspec.implementations.local import LocalFileSystem

from plfacilitate.core.refusal import Refused
from plfacilitate.courier.address import Access
from plfacilitate.courier.send import deliver

ADDRESS = "vault://office/in"


class Vault(LocalFileSystem):  # type: ignore[misc] # fsspec carries no types
    """A file system that nobody has heard of, over a folder; it can say no in its own way."""

    protocol = "vault"
    root = Path()
    no: Exception | None = None
    given: dict[str, Any] = {}  # noqa: RUF012 (what the last one was made with)

    def __init__(self, *args: Any, **options: Any) -> None:
        Vault.given = options
        super().__init__(*args)

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        if "://" in path:
            return str(cls.root / path.partition("://")[2].rpartition("@")[2])
        return str(path)

    def put_file(self, *args: Any, **options: Any) -> Any:
        """Perhaps."""
        if Vault.no is not None:
            raise Vault.no
        return super().put_file(*args, **options)


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Path]:
    """The folder that the address means."""
    (tmp_path / "office" / "in").mkdir(parents=True)
    Vault.root, Vault.no = tmp_path, None
    fsspec.register_implementation("vault", Vault, clobber=True)
    yield tmp_path / "office" / "in"
    Vault.no = None


def no(work: Callable[[], object]) -> str:
    """The sentence of a refusal."""
    with pytest.raises(Refused) as caught:
        work()
    return str(caught.value)


def test_any_file_system_of_fsspec_is_a_road(source: Path, vault: Path) -> None:
    """Read back, named, once; user and password go where such libraries take them."""
    there = deliver(source, "vault://clerk@office/in", Access(lambda place: f"word of {place}"))
    assert (there.name, there.already) == ("hours.zip", False)
    assert Vault.given["password"] == "word of vault://clerk@office"
    assert Vault.given["username"] == "clerk"


@pytest.mark.parametrize(
    "error, words",
    [
        (OSError(errno.ENOSPC, "No space left"), "the disk is full"),
        (NotImplementedError(), "nothing can be written there"),
        (TimeoutError("key=geheim timed out"), "does not answer"),
        (ConnectionResetError("geheim"), "can't be reached"),
        (RuntimeError("geheim"), "the place refused it"),
        (TypeError("geheim"), "the place refused it"),
        (PermissionError("geheim"), "doesn't let this laptop in"),
    ],
)
def test_what_a_library_raises_is_one_sentence(source: Path, vault: Path, error: Exception, words: str) -> None:
    """Of ours, not of the library's; nothing half is left, and the next try goes through."""
    Vault.no = error
    said = no(lambda: deliver(source, ADDRESS))
    assert words in said
    assert "geheim" not in said
    assert list(vault.iterdir()) == []
    Vault.no = None
    assert not deliver(source, ADDRESS).already


def test_a_library_that_is_missing_is_named(source: Path) -> None:
    """With what to do."""
    fsspec.register_implementation("attic", "no_such_module_at_all.Attic", clobber=True)
    said = no(lambda: deliver(source, "attic://office/in"))
    assert "not installed" in said
    assert "fsspec" in said


def test_a_word_that_is_no_kind_of_address_is_one_sentence(source: Path) -> None:
    """A slip of the finger."""
    assert "No road leads to" in no(lambda: deliver(source, "stfp://office/in"))
