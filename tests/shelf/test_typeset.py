"""Pages are set in a process of its own: what that means where it can't do its work."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from plfacilitate.core.refusal import Refused
from plfacilitate.shelf import typeset as typesetting
from plfacilitate.shelf.typeset import typeset
from tests.conftest import ROOT

NOW = datetime(2023, 12, 6, 16, tzinfo=UTC)


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """One that prints a word."""
    path = tmp_path / "look.typ"
    path.write_text('#set document(title: "x")\n#json(bytes(sys.inputs.data)).word\n', encoding="utf-8")
    return path


def refused(template: Path) -> str:
    """Why the page is not set."""
    with pytest.raises(Refused) as no:
        typeset(template, "data", {"word": "hello"}, NOW)
    assert no.value.refusal.code == "sheet-not-drawn"
    return str(no.value)


def test_the_library_is_never_loaded_beside_the_program(template: Path) -> None:
    """It keeps what it set: a desk that packs a dozen sheets would hold half a gigabyte."""
    script = (
        "import sys; from datetime import UTC, datetime; from pathlib import Path\n"
        "from plfacilitate.shelf.typeset import typeset\n"
        f"pages = typeset(Path({str(template)!r}), 'data', {{'word': 'hello'}}, datetime.now(UTC))\n"
        "print(pages[:5], 'typst' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert run.stdout.split() == ["b'%PDF-'", "False"]


def test_what_is_wrong_with_a_template_is_said(template: Path) -> None:
    """In the typesetter's words, with the file; a file that is no text too."""
    template.write_text("#nothing-of-that-name", encoding="utf-8")
    assert "look.typ: unknown variable: nothing-of-that-name" in refused(template)
    template.write_bytes(b"\xff\xfe\x00")
    assert "look.typ: " in refused(template)
    template.unlink()
    assert "look.typ: " in refused(template)


def test_a_typesetter_that_breaks_down_or_does_not_start_is_said(
    template: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """One sentence, and the day's other files are not lost by it."""
    monkeypatch.setattr(typesetting, "TYPESETTER", tmp_path / "gone.py")
    assert "ended without a page" in refused(template)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no-python"))
    assert "does not start" in refused(template)


def test_whoever_waits_is_told_and_may_stop(template: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Every few seconds; whoever stops leaves no typesetter behind."""
    mark = tmp_path / "pid"
    slow = tmp_path / "slow.py"
    slow.write_text(
        "import os, sys, time\n"
        f"open({str(mark)!r}, 'w').write(str(os.getpid()))\n"
        "sys.stdin.buffer.read()\n"
        "time.sleep(60)\n"
    )
    monkeypatch.setattr(typesetting, "TYPESETTER", slow)
    monkeypatch.setattr(typesetting, "WAIT", 1)
    told: list[int] = []

    def stops(seconds: int) -> None:
        told.append(seconds)
        if mark.exists():
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        typeset(template, "data", {}, NOW, meanwhile=stops)
    assert told == list(range(1, len(told) + 1))
    with pytest.raises(ProcessLookupError):
        os.kill(int(mark.read_text()), 0)
