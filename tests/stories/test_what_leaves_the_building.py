"""What a clerk gets of a whole day, byte for byte: both parcels, the sheet as PDF, the tables, the office's receipts."""

from __future__ import annotations

import zipfile
from pathlib import Path

from tests.goldens import FOLDER, check_golden
from tests.laptops import Laptop
from tests.played import Clock
from tests.shelf.test_bundle import ZLIB_IS_CLASSIC


def test_every_file_of_a_day_is_its_golden(laptop: Laptop, clock: Clock, tmp_path: Path) -> None:
    """With clock, chance and key handed in. Another zlib packs the same bytes in another way: there members are compared."""
    event = laptop.opened("pspl-institute", session="s3", in_service="77", claim_code="123456")
    clock.set("2023-12-06T09:00:00-08:00")
    laptop.attend(
        event,
        """
        maria.alvarez@renton.example.org, 8:20, 15:50, badge
        dana.brown@renton.example.org,    8:37, 15:31, paper
        wei.chen@renton.example.org,      8:20, 10:00, badge
        wei.chen@renton.example.org,     10:30, 15:45, badge
        lan.nguyen@renton.example.org,    8:25, , badge
        """,
    )
    laptop.do("note", "Pacing guides were asked for", "--event", event)
    clock.set("2023-12-06T16:10:00-08:00")
    mail = tmp_path / "mail"
    laptop.finish(event, mail)
    laptop.receive_at_office(tmp_path / "register.db", mail)
    files = sorted(path for path in mail.iterdir() if path.is_file())
    for path in files:
        _compare(path)
    assert {path.name for path in files} == {path.name for path in (FOLDER / "day").iterdir()}


def _compare(path: Path) -> None:
    """A file of the mail and its golden."""
    packed = path.suffix in (".zip", ".xlsx")
    if ZLIB_IS_CLASSIC or not packed:
        check_golden(f"day/{path.name}", path.read_bytes())
        return
    with zipfile.ZipFile(path) as ours, zipfile.ZipFile(FOLDER / "day" / path.name) as golden:
        assert ours.namelist() == golden.namelist()
        for name in ours.namelist():
            if not name.startswith("manifest.") and not name.endswith((".xlsx", "datapackage.json")):
                assert ours.read(name) == golden.read(name), f"{path.name}: {name}"
