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

# Runs the program without a screen as far as its first frame that shows something, then tells and ends.
FIRST_FRAME = """
import os
from textual.app import App
run, tell = App.run, lambda: print(json.dumps(sorted({name.partition(".")[0] for name in set(sys.modules) - before})))
def hook(app):
    if app.screen_stack and app.screen.children:
        tell()
        sys.stdout.flush()
        sys.__stdout__.flush()  # what Textual put in its place may have no buffer to empty
        os._exit(0)
App.post_display_hook = hook
App.run = lambda app, **options: run(app, **options | {"headless": True, "size": (120, 40)})
for stream in (sys.__stdin__, sys.__stdout__, sys.__stderr__):
    stream.isatty = lambda: True  # the desk refuses to start without a terminal
sys.argv = ["plfacilitate"]
from plfacilitate.__main__ import main
main()
"""
TEXTUAL = frozenset({"textual", "rich", "platformdirs", "typing_extensions", "markdown_it", "mdurl", "pygments"})
ZONES = frozenset({"tzdata", "tzlocal"})  # which zone the laptop is in, where the system alone can't say


@dataclass(frozen=True)
class Law:
    """A script run in a fresh process, and what may be loaded after it.

    `outside` are the libraries it may load, with all they bring; `without` are standard modules it may not;
    `before` is a command of ours that makes the workspace which the script finds.
    """

    name: str
    script: str
    outside: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    before: tuple[str, ...] = ()


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
    Law(
        "the desk's first frame",
        FIRST_FRAME,
        outside=TEXTUAL | ZONES,
        before=("plan", "schedule", "pspl-institute", "--session", "s3", "--on", "2023-12-06"),
    ),
)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.name)
def test_fresh_process_loads_no_more_than_its_room_may(law: Law) -> None:
    """No screen, web or database library is pulled in by a room that has no use for it."""
    if law.before:
        subprocess.run([sys.executable, "-m", "plfacilitate", *law.before], capture_output=True, check=True)
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
