"""The way in: what is started, and what is not imported for it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

PLAYED = """
import sys
import plfacilitate.front.door.process as door
door.serve = lambda around, event, **wishes: print(event, "typer" in sys.modules, *wishes["names"]) or 7
sys.argv = ["plfacilitate", *sys.argv[1:]]
from plfacilitate.__main__ import main
sys.exit(main())
"""


def test_the_door_of_the_desk_starts_without_the_commands(tmp_path: Path) -> None:
    """It lives all day beside the desk: what it never needs is not in its memory. Either way it hears every name."""
    told = ["--workspace", str(tmp_path)]
    plan = [*told, "plan", "schedule", "pscpl-cohort", "--on", "2023-12-06", "--json"]
    made = subprocess.run([sys.executable, "-m", "plfacilitate", *plan], capture_output=True, text=True, check=True)
    event = json.loads(made.stdout)["event"]
    opened = [sys.executable, "-m", "plfacilitate", *told, "event", "open", event]
    subprocess.run(opened, capture_output=True, check=True)
    told += ["door", event, "--name", "door.school.example", "--name=door2"]
    named = ["door.school.example", "door2"]
    for more, commands in ([], "False"), (["--port=+8100"], "True"):
        line = [sys.executable, "-c", PLAYED, *told, *more]
        run = subprocess.run(line, capture_output=True, text=True, check=False)
        assert (run.returncode, run.stdout.split()) == (7, [event, commands, *named]), run.stderr


def test_a_door_for_an_event_that_nobody_knows_is_one_sentence(tmp_path: Path) -> None:
    """No traceback, and the exit code of a no."""
    run = subprocess.run(
        [sys.executable, "-m", "plfacilitate", "--workspace", str(tmp_path / "w"), "door", "unknown"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr.startswith("plfacilitate: There is no event unknown")


def test_a_door_for_an_event_of_another_day_that_nobody_opened(tmp_path: Path) -> None:
    """It says how to open it, and opens nothing by itself."""
    told = [sys.executable, "-m", "plfacilitate", "--workspace", str(tmp_path)]
    plan = [*told, "plan", "schedule", "pscpl-cohort", "--on", "2023-12-06", "--json"]
    event = json.loads(subprocess.run(plan, capture_output=True, text=True, check=True).stdout)["event"]
    run = subprocess.run([*told, "door", event], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (1, "")
    assert f"is on 2023-12-06 and not open yet: `plfacilitate event open {event[:8]}` opens it." in run.stderr
