"""The wheel: what it carries, and that it works where there is no checkout."""

import json
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

SHIPPED = ("sessions", "protocols", "exports", "demo")


def run(*command: str, cwd: Path, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder, with `path` as the only addition to what Python finds."""
    known = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    env = known | ({"PYTHONPATH": str(path)} if path else {})
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout."""
    out = tmp_path_factory.mktemp("dist")
    done = run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT), cwd=out)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the wheel was installed into, away from the checkout."""
    target = tmp_path_factory.mktemp("installed")
    options = ("--quiet", "--no-deps", "--no-index", "--no-warn-script-location", "--disable-pip-version-check")
    done = run(sys.executable, "-m", "pip", "install", *options, "--target", str(target), str(wheel), cwd=target)
    assert done.returncode == 0, done.stderr
    return target


def tracked(*paths: str) -> set[str]:
    """Files under these paths that git knows or would take."""
    listing = ("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", *paths)
    done = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True)
    return {name for name in done.stdout.decode("utf-8").split("\0") if name and (ROOT / name).is_file()}


def test_wheel_carries_the_package_the_data_and_nothing_else(wheel: Path) -> None:
    """Every file of the package and of the data folders is in the wheel; no test and no tool is."""
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    package = tracked("plfacilitate")
    data = {f"plfacilitate/data/{name}" for name in tracked(*SHIPPED)}
    assert names == package | data


def test_source_package_carries_all_that_a_checkout_holds(tmp_path: Path) -> None:
    """`make demo` and `make test` work out of it too: only what begins with a dot stays behind."""
    done = run(
        sys.executable, "-m", "build", "--sdist", "--no-isolation", "--outdir", str(tmp_path), str(ROOT), cwd=ROOT
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(built) as package:
        names = {name.partition("/")[2].partition("/")[0] for name in package.getnames()}
    assert {name.partition("/")[0] for name in tracked(".") if not name.startswith(".")} <= names


def test_wheel_carries_the_licence(wheel: Path) -> None:
    """Whoever gets the wheel gets the licence with it."""
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in zipfile.ZipFile(wheel).namelist())


def test_shipped_folders_are_found_where_the_wheel_was_installed(installed: Path, tmp_path: Path) -> None:
    """`shelf.shipped` finds the data inside the package when there is no checkout beside it."""
    script = "from plfacilitate.shelf.shipped import FOLDERS, folder; print(*map(folder, FOLDERS), sep='\\n')"
    done = run(sys.executable, "-c", script, cwd=tmp_path, path=installed)
    assert done.returncode == 0, done.stderr
    folders = [Path(line) for line in done.stdout.splitlines()]
    assert folders == [installed / "plfacilitate" / "data" / name for name in SHIPPED]
    assert all(folder.is_dir() for folder in folders)


def test_installed_program_lists_its_plans_from_another_folder(installed: Path, tmp_path: Path) -> None:
    """`plan list --json` of the installed program knows the shipped plans."""
    done = run(sys.executable, "-m", "plfacilitate", "plan", "list", "--json", cwd=tmp_path, path=installed)
    assert done.returncode == 0, done.stderr
    assert "pspl-institute" in done.stdout
    json.loads(done.stdout)


def test_installed_program_says_how_it_is_used(installed: Path, tmp_path: Path) -> None:
    """The installed command itself prints its help."""
    (command,) = (installed / "bin").glob("plfacilitate*")
    done = run(str(command), "--help", cwd=tmp_path, path=installed)
    assert done.returncode == 0, done.stderr
    assert "rehearse" in done.stdout
