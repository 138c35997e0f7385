"""What a register remembers of claims, on each engine: columns and decisions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from plfacilitate.core.claims.values import Decision
from plfacilitate.store.register import Register, open_register
from plfacilitate.store.register.stored import StoredRegister
from tests.played import Chance
from tests.postgres import Server


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty register, of each engine in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'register.db'}"
    server: Server = request.getfixturevalue("postgres")
    return server.database()


@pytest.fixture
def register(url: str) -> Iterator[Register]:
    """An empty register."""
    with closing(open_register(url, Chance(1))) as opened:
        yield opened


def test_columns_are_remembered_and_forgotten(register: Register) -> None:
    """The latest word about a title stands."""
    register.keep_claim_titles({"hrs cl": "hours", "who": "name"})
    register.keep_claim_titles({"hrs cl": "in_service", "who": ""})
    assert register.claim_titles() == {"hrs cl": "in_service"}


def test_the_latest_word_about_two_stands(register: Register) -> None:
    """With who said it and when; another person of the same claimant is another decision."""
    first = Decision("claim", "p", "same", "2023-12-07T00:00:00Z", "Ruth")
    other = Decision("claim", "q", "other", "2023-12-07T00:00:00Z", "Ruth")
    later = Decision("claim", "p", "open", "2023-12-08T00:00:00Z", "Sam")
    register.decide_claims([first, other])
    register.decide_claims([later])
    assert register.claim_decisions() == [later, other]
    assert register.open_claims(9) == [later]
    assert register.open_claims(0) == []


def test_nothing_is_kept_of_whose_records_are_gone(register: Register) -> None:
    """A decision about somebody without a record in the register is dropped with the next erasure."""
    assert isinstance(register, StoredRegister)
    register.decide_claims([Decision("claim", "nobody", "same", "2023-12-07T00:00:00Z", "Ruth")])
    register.forget_claims_of_gone()
    assert register.claim_decisions() == []
