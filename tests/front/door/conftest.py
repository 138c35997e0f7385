"""A day at the door."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.front.door.day import Day, open_day
from tests.played import Clock


@pytest.fixture
async def day(tmp_path: Path, clock: Clock) -> AsyncIterator[Day]:
    """An open event at 8:00 with its door."""
    async with open_day(tmp_path, clock) as opened:
        yield opened
