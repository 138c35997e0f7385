"""What a desk remembers from day to day."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from plfacilitate.shelf.settings import Settings, read_settings, write_settings


def test_what_was_chosen_is_there_again(tmp_path: Path) -> None:
    """Written and read; what a newer version keeps in the file stays."""
    path = tmp_path / "settings.json"
    path.write_text('{"window": "wide"}', "utf-8")
    write_settings(path, Settings(sound=True))
    assert read_settings(path) == Settings(sound=True)
    assert json.loads(path.read_text("utf-8")) == {"window": "wide", "sound": True}


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"sound": "yes"}', '{"sound": 1}', "\ufeff{}"])
def test_a_file_that_says_nothing_sensible_is_none(tmp_path: Path, text: str) -> None:
    """Half a file, another kind of file, an answer that is none: the defaults."""
    path = tmp_path / "settings.json"
    path.write_text(text, "utf-8")
    assert read_settings(path) == Settings()


def test_no_file_and_no_utf8(tmp_path: Path) -> None:
    """Nothing there, and bytes of another encoding."""
    path = tmp_path / "settings.json"
    assert read_settings(path) == Settings()
    path.write_bytes(b"\xff\xfe{")
    assert read_settings(path) == Settings()
