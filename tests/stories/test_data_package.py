"""Any program can read what the office gets: the reference reader of Data Packages, frictionless, judges whole parcels."""

from __future__ import annotations

import json
import re
import warnings
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from plfacilitate.demo import day
from plfacilitate.steps.events import events
from tests.laptops import Laptop


@pytest.fixture(scope="module")
def frictionless() -> ModuleType:
    """The reference reader; half a second to load."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # some of what it stands on speaks of its own past while it is loaded
        import frictionless
    return frictionless


def judged(frictionless: ModuleType, folder: Path) -> list[str]:
    """What is wrong with an unpacked parcel: descriptor, lengths, hashes, columns, and every cell by its type."""
    found: Any = frictionless.validate(str(folder / "datapackage.json"))
    return [error.message for error in found.errors] + [
        f"{task.name}: {error.message}" for task in found.tasks for error in task.errors
    ]


def unpacked(bundle: Path, folder: Path) -> Path:
    """A bundle as any zip program lays it out."""
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(folder)
    return folder


def test_every_parcel_of_the_demo_is_a_valid_data_package(
    frictionless: ModuleType, laptop: Laptop, tmp_path: Path
) -> None:
    """Two days of an institute and a site visit with its cohort, both parcels of each: whole and as described."""
    day.build(laptop.surroundings())
    ledger = laptop.ledger()
    visit = next(one for one in events(ledger) if one.plan.kind == "site-visit")
    ledger.close()
    laptop.do("approve", visit.id)
    laptop.do("pack", visit.id)
    bundles = laptop.outbox
    assert len({re.sub("-[0-9a-f]{8}.zip", "", path.name) for path in bundles}) >= 6
    tables = set[str]()
    for bundle in bundles:
        folder = unpacked(bundle, tmp_path / bundle.stem)
        assert judged(frictionless, folder) == [], bundle.name
        tables |= {path.name for path in folder.rglob("*.csv")}
    assert len(tables) > 12


def test_the_reference_reader_sees_what_is_wrong(frictionless: ModuleType, tmp_path: Path) -> None:
    """A table with a cell more, and a column that is called otherwise: it does look."""
    golden = next((Path(__file__).parents[1] / "golden" / "day").glob("*-hours-*.zip"))
    folder = unpacked(golden, tmp_path / "hours")
    assert judged(frictionless, folder) == []
    table = folder / "credit.csv"
    table.write_bytes(table.read_bytes().replace(b"\r\n", b",more\r\n"))
    package = json.loads((folder / "datapackage.json").read_bytes())
    package["resources"][2]["schema"]["fields"][0]["name"] = "another"
    (folder / "datapackage.json").write_text(json.dumps(package), "utf-8")
    told = "\n".join(judged(frictionless, folder))
    assert "credit-csv" in told
    assert "event-csv" in told
