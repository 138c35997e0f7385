"""The file of passes."""

from __future__ import annotations

from pathlib import Path

from plfacilitate.shelf.passes import PassFile


def _everybody(person: str) -> bool:
    return True


def test_passes_are_there_after_a_restart(tmp_path: Path) -> None:
    """One line a pass, appended when it is saved; closing saves."""
    file = PassFile(tmp_path / "passes.txt")
    assert file.load(_everybody) == {}
    file.add("n1", "maria")
    file.save()
    assert PassFile(tmp_path / "passes.txt").load(_everybody) == {"n1": "maria"}
    file.add("n2", "sean")
    file.close()
    assert PassFile(tmp_path / "passes.txt").load(_everybody) == {"n1": "maria", "n2": "sean"}


def test_passes_of_people_who_are_gone_are_dropped_from_the_file(tmp_path: Path) -> None:
    """So are lines that a crash cut short."""
    path = tmp_path / "passes.txt"
    path.write_text("n1 maria\nn2 sean\nn3\n\xff\xfe rubbish here\n", "latin-1")
    assert PassFile(path).load(lambda person: person == "sean") == {"n2": "sean"}
    assert path.read_text("ascii") == "n2 sean\n"


def test_a_place_that_takes_no_file_costs_one_tap_only(tmp_path: Path) -> None:
    """Nothing is raised: a pass is never needed."""
    (tmp_path / "file").write_text("", "utf-8")
    file = PassFile(tmp_path / "file" / "passes.txt")
    assert file.load(_everybody) == {}
    file.add("n1", "maria")
    file.close()
