"""Why bundles wait: kept beside them, and never in the way."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from plfacilitate.shelf.waits import FILE, Wait, read_waits, write_waits

AT = datetime(2023, 12, 6, 23, 50, tzinfo=UTC)


def test_what_is_kept_is_read_back(tmp_path: Path) -> None:
    """With and without a next try; nothing left takes the file away."""
    waits = [Wait("a", "sftp://office/in", "full", AT, AT.replace(minute=55), 2), Wait("b", "/stick", "gone", AT, None)]
    write_waits(tmp_path, waits)
    assert read_waits(tmp_path) == waits
    write_waits(tmp_path, [])
    assert not (tmp_path / FILE).exists()
    assert read_waits(tmp_path) == []


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"waiting": 3}', '{"waiting": [{}]}', '{"waiting": [null]}', "\x00\xff"]
)
def test_a_spoilt_file_holds_nothing_up(tmp_path: Path, text: str) -> None:
    """Everything waits just the same."""
    (tmp_path / FILE).write_text(text, "utf-8")
    assert read_waits(tmp_path) == []
