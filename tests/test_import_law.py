"""What a fresh process has loaded once it has imported a room, or come to its first frame."""

import json
import pkgutil
import subprocess
import sys
from dataclasses import dataclass

import pytest

from tests.conftest import ROOT

PROBE = """
import json, sys
before = set(sys.modules)
{script}
print(json.dumps(sorted({{name.partition(".")[0] for name in set(sys.modules) - before}})))
"""


@dataclass(frozen=True)
class Law:
    """A script run in a fresh process, and what may be loaded after it.

    `outside` are the libraries it may load, with all they bring; `without` are standard modules it may not.
    """

    name: str
    script: str
    outside: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()


def modules(package: str) -> list[str]:
    """The names of all modules of a package, found by their files."""
    folder = ROOT.joinpath(*package.split("."))
    return sorted(found.name for found in pkgutil.walk_packages([str(folder)], prefix=f"{package}."))


LAWS = (
    Law(
        "core",
        "\n".join(f"import {name}" for name in modules("plfacilitate.core")),
        without=frozenset({"asyncio", "http", "random", "secrets", "socket", "sqlite3", "subprocess", "urllib"}),
    ),
    Law(
        "the way in",
        "import plfacilitate.__main__",
        without=frozenset({"asyncio", "http", "json", "socket", "sqlite3", "subprocess"}),
    ),
)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.name)
def test_fresh_process_loads_no_more_than_its_room_may(law: Law) -> None:
    """No screen, web or database library is pulled in by a room that has no use for it."""
    probe = PROBE.format(script=law.script)
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    loaded = set(json.loads(done.stdout))
    strange = {name for name in loaded - sys.stdlib_module_names if not name.startswith("_sysconfigdata")}
    assert strange - law.outside == {"plfacilitate"}
    assert loaded & law.without == set()


def test_law_of_core_covers_every_module() -> None:
    """The list of core's modules is found, not written down: it can't be empty by mistake."""
    assert {"plfacilitate.core.entry", "plfacilitate.core.refusal"} <= set(modules("plfacilitate.core"))
