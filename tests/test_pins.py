"""The pins: complete, hashed, one story in both files, and silent about where packages come from."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT

ALL, RUN = ROOT / "constraints.txt", ROOT / "requirements.txt"


def pins(file: Path) -> dict[str, tuple[Requirement, tuple[str, ...]]]:
    """Name of a package → its pinned requirement and its hashes."""
    lines = file.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    found: dict[str, tuple[Requirement, tuple[str, ...]]] = {}
    for line in lines:
        if line and not line.startswith("#"):
            words, *hashes = line.split("--hash=")
            requirement = Requirement(words.strip())
            found[canonicalize_name(requirement.name)] = (requirement, tuple(part.strip() for part in hashes))
    return found


def declared(*extras: str) -> set[str]:
    """Names that pyproject.toml asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = project["dependencies"] + [name for extra in extras for name in project["optional-dependencies"][extra]]
    return {canonicalize_name(Requirement(name).name) for name in wanted}


def test_every_dependency_is_pinned() -> None:
    """What pyproject.toml names is pinned: all of it in constraints.txt, what runs in requirements.txt."""
    assert declared("test") <= set(pins(ALL))
    assert declared() | {"hatchling"} <= set(pins(RUN))


@pytest.mark.parametrize("file", [ALL, RUN], ids=lambda file: file.name)
def test_every_pin_is_exact_and_hashed(file: Path) -> None:
    """Each line names one version and at least one SHA-256."""
    for requirement, hashes in pins(file).values():
        assert re.fullmatch(r"==[^,*]+", str(requirement.specifier)), requirement
        assert hashes, requirement
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", found) for found in hashes), requirement


def test_both_files_pin_the_same_versions() -> None:
    """Whoever only runs the program runs what was tested, byte for byte."""
    tested, run = ({name: (pin.specifier, hashes) for name, (pin, hashes) in pins(file).items()} for file in (ALL, RUN))
    assert {name: tested[name] for name in run} == run


@pytest.mark.parametrize("file", [ALL, RUN], ids=lambda file: file.name)
def test_no_pin_names_an_index(file: Path) -> None:
    """Where packages come from is a setting of the machine."""
    text = file.read_text(encoding="utf-8")
    assert "://" not in text
    assert "index-url" not in text
