"""A laptop for the tests of the store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

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
