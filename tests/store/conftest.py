"""A laptop and an empty register for the tests of the store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from plfacilitate.store.register import Register, open_register
from tests.played import Chance
from tests.postgres import Server
from tests.store.kit import Laptop


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[Callable[[str], Laptop]]:
    """Makes laptops by name; each has its own chance, and all are closed in the end."""
    made: list[Laptop] = []

    def make(name: str) -> Laptop:
        made.append(Laptop(tmp_path, name, seed=1000 * (len(made) + 1)))
        return made[-1]

    yield make
    for laptop in made:
        laptop.close()


@pytest.fixture
def laptop(laptops: Callable[[str], Laptop]) -> Laptop:
    """One laptop."""
    return laptops("ruths-laptop")


@pytest.fixture(params=["sqlite", "postgresql"])
def register(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Register]:
    """An empty register, of each engine in turn."""
    if request.param == "sqlite":
        with closing(open_register(f"sqlite:///{tmp_path / 'register.db'}", Chance(1))) as opened:
            yield opened
        return
    server: Server = request.getfixturevalue("postgres")
    with server.lent() as address, closing(open_register(address, Chance(1))) as opened:
        yield opened
