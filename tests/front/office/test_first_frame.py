"""What the office's screen has loaded when the bundles can be seen."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.front.office.conftest import Office

PROBE = """
import json, os, sys
from datetime import UTC, datetime
from pathlib import Path
from plfacilitate.front.office.app import OfficeApp
from plfacilitate.front.office.lists.bundles import CameList
from plfacilitate.store.surroundings import Surroundings
from plfacilitate.store.workspace import Workspace
root = Path(sys.argv[1])
around = Surroundings(
    workspace=Workspace(root / "office"), clock=lambda: datetime(2023, 12, 14, 17, 2, tzinfo=UTC), chance=os.urandom,
    by="Ruth", machine="office", state=root / "state", tz="America/Los_Angeles",
)
def hook(app):
    if app.screen_stack and app.screen.query(CameList) and app.screen.query_one(CameList).items:
        print(json.dumps(sorted(sys.modules)))
        sys.stdout.flush()
        os._exit(0)
OfficeApp.post_display_hook = hook
OfficeApp(around, sys.argv[2]).run(headless=True, size=(120, 40))
"""
HEAVY = (
    "fsspec", "jinja2", "openpyxl", "plotext", "psycopg", "pydantic", "pyrage", "qrcode", "rapidfuzz", "sqlite_utils",
    "starlette", "typer", "typst", "uvicorn", "xlsxwriter", "plfacilitate.front.desk", "plfacilitate.front.door",
)  # fmt: skip


def test_the_first_bundles_need_textual_and_sqlite_only(office: Office) -> None:
    """No library of files, seals, sheets or forms, and nothing of the desk, is loaded before the bundles are seen."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, str(office.folder), office.url], capture_output=True, text=True, timeout=60,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    loaded = set(json.loads(done.stdout))
    assert {"textual", "sqlite3"} <= loaded
    assert [name for name in HEAVY if name in loaded] == []
