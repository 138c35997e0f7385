"""The power goes in the middle of a burst: the disk holds what was synced, and whatever else it got round to.

Every sign-in that a phone was told of is there; nothing is there twice; the ledger is sound.
"""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from plfacilitate.store.doctor import examine
from plfacilitate.store.surroundings import Surroundings
from tests.front.door.running import running, ticket_of, today
from tests.stories.test_door_killed import IDS, PEOPLE, PHONES, burst, marks

SOURCE = Path(__file__).with_name("powercut.c")
CUTS = int(os.environ.get("PLFACILITATE_MOMENTS", "4"))  # more of them prove more, and take longer
PAGE = 4096


@pytest.fixture(scope="module")
def layer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that keeps what was synced."""
    compiler = next(filter(None, map(shutil.which, ("cc", "gcc", "clang"))), None)
    if sys.platform != "linux" or compiler is None:
        pytest.skip("needs Linux and a C compiler: install gcc")
    library = tmp_path_factory.mktemp("layer") / "powercut.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, SOURCE, "-ldl"], check=True)
    return library


def torn(synced: Path, live: Path, chance: random.Random) -> bytes:
    """A file after the cut: each page that differs is what was synced or what was written, as the disk pleased."""
    old = synced.read_bytes() if synced.exists() else b""
    new = live.read_bytes() if live.exists() else b""
    size = max(len(old), len(new))
    pages = [(old[at : at + PAGE], new[at : at + PAGE]) for at in range(0, size, PAGE)]
    lost = chance.choice((0.0, 0.5, 1.0))
    after = [chance.choice((a or bytes(len(b)), b)) if chance.random() >= lost else a for a, b in pages]
    return b"".join(after)


def after_the_cut(around: Surroundings, disk: Path, seed: int) -> None:
    """Make the workspace's ledger what a disk would hold."""
    chance = random.Random(seed)
    ledger = around.workspace.ledger
    for name in ("ledger.db", "ledger.db-wal"):
        live = ledger.with_name(name)
        if (disk / name).exists() or live.exists():
            live.write_bytes(torn(disk / name, live, chance))
    ledger.with_name("ledger.db-shm").unlink(missing_ok=True)


@pytest.mark.parametrize("seed", range(CUTS))
def test_nothing_acknowledged_is_missing_after_the_power_went(
    tmp_path: Path, layer: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At a random moment of the burst; afterwards a new door takes the resends, one entry each."""
    around, event = today(tmp_path / "laptop", people=PEOPLE)
    disk = tmp_path / "disk"
    disk.mkdir()
    for name in ("ledger.db", "ledger.db-wal"):  # what was there before the door came is on the disk
        if around.workspace.ledger.with_name(name).exists():
            shutil.copy2(around.workspace.ledger.with_name(name), disk)
    forms = {person: ticket_of(around, event) for person in IDS}
    with monkeypatch.context() as patch:
        patch.setenv("LD_PRELOAD", str(layer))
        patch.setenv("SYNCED_FOLDER", str(disk))
        with running(around, event) as door:
            told = asyncio.run(burst(door, forms, kill_after=random.Random(seed).randrange(1, PHONES - 20)))
            door.process.wait(30)
    assert told
    after_the_cut(around, disk, seed)
    with closing(around.open_ledger()) as ledger:
        assert examine(ledger.connection).findings == ()
    assert set(told) <= set(marks(around, event))
    with running(around, event) as again:
        told_again = asyncio.run(burst(again, forms))
        assert again.end() == 0
    assert set(told_again) == set(IDS)
    assert marks(around, event) == dict.fromkeys(IDS, 1)
