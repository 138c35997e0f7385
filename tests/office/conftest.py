"""What the tests of this folder are given: laptops to try commands on, registers of each engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.laptops import Laptop, laptop, laptops
from tests.office.offices import Office
from tests.postgres import Server

__all__ = ["laptop", "laptops"]


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path: Path, laptop: Laptop) -> Iterator[Office]:
    """An office with an empty register, of each engine in turn."""
    if request.param == "sqlite":
        yield Office(laptop, f"sqlite:///{tmp_path / 'register.db'}", tmp_path)
        return
    server: Server = request.getfixturevalue("postgres")
    with server.lent() as address:
        yield Office(laptop, address, tmp_path)
