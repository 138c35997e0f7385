"""The workspace: one folder, and where things lie in it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from plfacilitate.core.refusal import Refused
from plfacilitate.store.surroundings import Surroundings
from plfacilitate.store.workspace import Workspace
from tests.played import Chance, Clock


def test_a_workspace_is_made_with_all_its_folders(tmp_path: Path) -> None:
    """Again does no harm; keys are for their owner's eyes only."""
    place = Workspace(tmp_path / "new" / "place")
    for _ in range(2):
        assert place.create() is place
    for folder in (place.outbox, place.keys, place.door, place.sessions, place.protocols, place.exports):
        assert folder.is_dir()
        assert folder.parent == place.root
    assert not place.ledger.exists()
    if sys.platform != "win32":
        assert place.keys.stat().st_mode & 0o077 == 0


def test_a_place_that_cannot_hold_one_is_said_in_one_sentence(tmp_path: Path) -> None:
    """A file stands in the way, above it or in its place."""
    (tmp_path / "file").write_text("x")
    for place in (tmp_path / "file" / "place", tmp_path / "file"):
        with pytest.raises(Refused) as no:
            Workspace(place).create()
        assert no.value.refusal.code == "not-written"
        assert str(tmp_path / "file") in str(no.value)
    assert "something else has that name already." in str(no.value)


def test_a_ledger_is_opened_with_what_a_run_is_given(tmp_path: Path, clock: Clock) -> None:
    """Machine, key and marker come from the surroundings; its marker lies in the state folder, outside the workspace."""
    around = Surroundings(
        workspace=Workspace(tmp_path / "place").create(), clock=clock, chance=Chance(), by="Ruth", machine="laptop",
        state=tmp_path / "state", tz="America/Los_Angeles", public_key=lambda device: "key of " + device,
    )  # fmt: skip
    ledger = around.open_ledger()
    (begun,) = ledger.entries()
    assert (begun.body["name"], begun.body["public_key"]) == ("laptop", "key of " + ledger.device)
    assert [path.stem for path in (tmp_path / "state" / "markers").iterdir()] == [ledger.device]
    ledger.close()
    again = around.open_ledger(readonly=True)
    assert again.device == ledger.device
    again.close()
