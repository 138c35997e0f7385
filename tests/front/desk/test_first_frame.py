"""What the desk has loaded when the room can be seen."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.front.desk.day import Day, busy_day, crowd

PROBE = """
import json, os, sys
from datetime import UTC, datetime
from pathlib import Path
from textual.app import App
from plfacilitate.front.desk.app import desk
from plfacilitate.front.desk.lists.board import Board
from plfacilitate.store.surroundings import Surroundings
from plfacilitate.store.workspace import Workspace
root = Path(sys.argv[1])
around = Surroundings(
    workspace=Workspace(root / "workspace"), clock=lambda: datetime(2023, 12, 6, 18, 42, tzinfo=UTC),
    chance=os.urandom, by="tester", machine="laptop", state=root / "state", tz="America/Los_Angeles",
)
def hook(app):
    if app.screen_stack and app.screen.query(Board) and app.screen.query_one(Board).items:
        print(json.dumps(sorted(sys.modules)))
        sys.stdout.flush()
        os._exit(0)
App.post_display_hook = hook
desk(around, event=sys.argv[2]).run(headless=True, size=(120, 40))
"""
HEAVY = (
    "cryptography", "fsspec", "jinja2", "openpyxl", "pydantic", "qrcode", "rapidfuzz", "sqlite_utils", "starlette",
    "typer", "typst", "uvicorn", "xlsxwriter", "http.client", "textual.widgets._text_area",
    "plfacilitate.front.desk.threads.doorkeeper", "plfacilitate.steps.pack", "plotext", "textual_plotext", "plfacilitate.core.credit",
)  # fmt: skip


@pytest.mark.parametrize("many", [False, True], ids=["a room", "a crowd"])
def test_the_first_board_needs_textual_and_sqlite_only(tmp_path: Path, many: bool) -> None:
    """No library of the door, the forms, the tables or the seals is loaded before the board is seen."""
    day: Day = crowd(tmp_path, 500, seen=100) if many else busy_day(tmp_path)
    day.ledger.close()
    done = subprocess.run(
        [sys.executable, "-c", PROBE, str(tmp_path), day.event], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    loaded = set(json.loads(done.stdout))
    assert {"textual", "sqlite3"} <= loaded
    assert [name for name in HEAVY if name in loaded] == []
