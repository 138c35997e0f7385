"""The way in: `plfacilitate` and `python -m plfacilitate`.

Owns one decision: the desk and the door are started before anything heavy is imported; all else is a command.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from plfacilitate.store.surroundings import Surroundings

OPTIONS = {"": ("--workspace", "--by"), "desk": ("--workspace", "--by"),
           "door": ("--workspace", "--by", "--host", "--port", "--name")}  # fmt: skip


class Light(NamedTuple):
    """A line that needs no command: `what` is "" or "desk" for the desk, "door" for the door; `event` "" = none.

    `names` are the door's further names.
    """

    what: str
    event: str
    options: dict[str, str]
    names: tuple[str, ...] = ()


def main() -> int:
    """Run what the command line asks for; gives the exit code."""
    arguments = sys.argv[1:]
    asked = light(arguments)
    if asked is None:
        from plfacilitate.cli import run

        return run(arguments)
    try:
        return _start(asked)
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 (the commands word whatever it is)
        from plfacilitate.cli import ended

        return ended(error, arguments)


def light(arguments: Sequence[str]) -> Light | None:
    """What the arguments ask for; None where it takes the commands to do it, or to say what is wrong."""
    options: dict[str, str] = {}
    words: list[str] = []
    names: list[str] = []
    waiting = iter(arguments)
    for argument in waiting:
        name, equals, value = argument.partition("=")
        if name.startswith("-"):
            options[name] = value if equals else next(waiting, "")
            names += [options[name]] if name == "--name" else []
        else:
            words.append(argument)
    if "" in words:
        return None
    what, event, *more = *words, *[""] * max(0, 2 - len(words))
    if (
        what not in OPTIONS
        or more
        or not options.keys() <= set(OPTIONS[what])
        or not all(map(str.strip, (*options.values(), *names)))
    ):
        return None
    if (what == "door" and not event) or not options.get("--port", "0").isdecimal():
        return None
    return Light(what, event, options, tuple(names))


def _start(asked: Light) -> int:
    from plfacilitate.machine import have_streams, surroundings

    have_streams()
    workspace = asked.options.get("--workspace")
    around = surroundings(Path(workspace) if workspace else None, asked.options.get("--by"))
    event = _event(around, asked) if asked.event else None
    if asked.what == "door":
        from plfacilitate.front.door.listening import PORT
        from plfacilitate.front.door.process import serve

        assert event is not None
        port = int(asked.options.get("--port", PORT))
        return serve(around, event, host=asked.options.get("--host"), port=port, names=asked.names)
    from plfacilitate.front.desk.app import run

    return run(around, event=event)


def _event(around: Surroundings, asked: Light) -> str:
    around.workspace.create()
    with closing(around.open_ledger()) as ledger:
        if asked.what != "door":
            from plfacilitate.steps.events import find_event

            return find_event(ledger, asked.event).id
        from plfacilitate.steps.capture import Hand
        from plfacilitate.steps.opening import event_for_door

        hand = Hand(around.by, "facilitator", around.clock, around.chance)
        event, now = event_for_door(ledger, hand, around.workspace, asked.event)
    if now:
        from plfacilitate.front.commands import say

        say.aside(f"{event.title} was not open yet: it is now.")
    return event.id


if __name__ == "__main__":
    sys.exit(main())
