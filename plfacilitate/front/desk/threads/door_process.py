"""The door's process as the desk sees it: how it is started, asked whether it lives, and told to stop.

Owns the command line, the pipe and the one question over HTTP. Never decides whether a door should run.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

STOP_SECONDS = 15.0


class Running(NamedTuple):
    """A door that answered with its nonce. `process` is None for one that another desk began.

    `why` = why its address is this one; `proven` = another machine has come by it; `reachable` False = none can.
    `trouble` = why phones were told last that they are not in; "" = none was.
    """

    event: str
    address: str
    port: int
    pid: int
    nonce: str
    process: subprocess.Popen[bytes] | None
    why: str = ""
    proven: bool = False
    reachable: bool = True
    trouble: str = ""


def spawn(command: Sequence[str], folder: Path, env: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
    """Start a door; what it has to complain of lies in the folder. `env` None = this process's own."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "door.err").open("wb") as errors:
        return subprocess.Popen(
            list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            env=dict(env) if env is not None else None,
            **_apart(),
        )


def last_words(folder: Path) -> str:
    """The one sentence that a door says when it can't open; "" = it said nothing."""
    try:
        lines = (folder / "door.err").read_text("utf-8", "replace").strip().splitlines()
    except OSError:
        return ""
    return lines[-1].strip() if lines else ""


def standing(folder: Path, child: subprocess.Popen[bytes] | None = None) -> Running | None:
    """The door that the folder's file speaks of, if it answers with the file's nonce. `child` = the one begun here."""
    from plfacilitate.shelf import door_file

    found = door_file.read(folder)
    said = facts(found.port) if found is not None else {}
    if found is None or said.get("nonce") != found.nonce:
        return None
    mine = child if child is not None and child.pid == found.pid else None
    why, proven, reachable = str(said.get("why", "")), bool(said.get("reached")), said.get("reachable") is not False
    trouble = str(said.get("trouble", ""))
    return Running(
        found.event, found.address, found.port, found.pid, found.nonce, mine, why, proven, reachable, trouble
    )


def ended_well(folder: Path, door: Running) -> bool:
    """It took its file away: it ended by itself, because the event is closed or long over."""
    from plfacilitate.shelf import door_file

    if door.process is not None:
        return door.process.poll() == 0
    return door_file.read(folder) is None


def stop(child: subprocess.Popen[bytes]) -> None:
    """The word that ends a door begun here, and patience until it has."""
    assert child.stdin is not None
    try:
        child.stdin.write(b"stop\n")
        child.stdin.flush()
        child.wait(timeout=STOP_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        child.terminate()


def let_go(child: subprocess.Popen[bytes] | None) -> None:
    """Close our end of its stdin: a door that lives takes the plain end for a desk that has gone, and goes on."""
    if child is not None and child.stdin is not None:
        with suppress(OSError):
            child.stdin.close()


def door_command(workspace: Path) -> list[str]:
    """How the program starts its own door."""
    return [sys.executable, "-m", "plfacilitate", "--workspace", str(workspace), "door"]


def _apart() -> dict[str, Any]:
    """A process that a killed desk or a closed window does not take along."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
    else:  # noqa: RET505 (mypy reads either branch by its platform only in this form)
        return {"start_new_session": True}


def end(pid: int) -> None:
    """Tell a door that another desk began to stop; its nonce was heard a moment ago, so the number is still its own."""
    import os
    import signal

    try:
        if sys.platform == "win32":
            os.kill(pid, signal.CTRL_BREAK_EVENT)
        else:
            os.kill(pid, signal.SIGTERM)
    except OSError:
        return


def alive(port: int, seconds: float = 1.0) -> str:
    """The nonce of the door on this port of this laptop, "" where none answers."""
    return str(facts(port, seconds).get("nonce", ""))


def facts(port: int, seconds: float = 1.0) -> dict[str, Any]:
    """What the door on this port of this laptop says of itself; nothing where none answers."""
    import http.client
    import json

    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    try:
        connection.request("GET", "/alive")
        answer = connection.getresponse()
        said = json.loads(answer.read(4096)) if answer.status == 200 else {}
        return said if isinstance(said, dict) else {}
    except (OSError, ValueError, http.client.HTTPException):
        return {}
    finally:
        connection.close()
