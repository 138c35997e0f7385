"""What the machine gives a run: passwords of places, from the environment or the system's keyring."""

from __future__ import annotations

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from plfacilitate import machine

PLACE = "sftp://clerk@office.example.org"


class Ring(KeyringBackend):
    """A keyring in memory; it can be locked."""

    priority = 1

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        """What is held."""
        if self.locked:
            raise KeyringLocked
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Hold it."""
        if self.locked:
            raise KeyringLocked
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        """Let go of it."""
        del self.held[service, username]


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Ring:
    """The system's keyring, played."""
    ring = Ring()
    monkeypatch.setattr(keyring, "get_password", ring.get_password)
    monkeypatch.setattr(keyring, "set_password", ring.set_password)
    monkeypatch.setattr(keyring, "delete_password", ring.delete_password)
    return ring


def test_a_password_is_kept_by_the_keyring_and_for_its_place_only(ring: Ring) -> None:
    """Kept, found, forgotten; forgetting what was never kept is fine."""
    assert machine.secret(PLACE) is None
    assert machine.keep_secret(PLACE, "word")
    assert machine.secret(PLACE) == "word"
    assert machine.secret("sftp://clerk@elsewhere.example.org") is None
    assert machine.keep_secret(PLACE, None)
    assert machine.keep_secret(PLACE, None)
    assert machine.secret(PLACE) is None


def test_the_environment_comes_first(ring: Ring, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody sits at the keyring."""
    machine.keep_secret(PLACE, "word")
    monkeypatch.setenv("PLFACILITATE_PLACE_SECRET", "another")
    assert machine.secret(PLACE) == "another"


def test_a_keyring_that_says_no_is_none(ring: Ring) -> None:
    """Locked: other ways in are tried, and keeping says that it did not."""
    ring.locked = True
    assert machine.secret(PLACE) is None
    assert not machine.keep_secret(PLACE, "word")
