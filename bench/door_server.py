"""A server for the bench to post to: `python -m bench.door_server door|page|empty PLACE EVENT`.

Owns the three of them: the real door, the same door with a writer that does nothing, and an empty Starlette handler on
the same server. Says its port in one line of JSON, ends when it is told by a signal.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from threading import Thread

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.workspace import now
from plfacilitate.core.entry import Draft
from plfacilitate.front.door import footing, listening, process
from plfacilitate.front.door.server import server_of
from plfacilitate.store.ledger import Outcome
from plfacilitate.store.surroundings import Surroundings
from plfacilitate.store.workspace import Workspace

HERE = "127.0.0.1"


def surroundings_at(place: Path) -> Surroundings:
    """The workspace that was prepared there."""
    return Surroundings(
        Workspace(place / "workspace"), now, os.urandom, "bench", "bench", place / "state", "America/Los_Angeles"
    )


class IdleWriter:
    """Says that everything is saved and saves nothing: what a page costs without its append."""

    telling = False
    trouble = ""

    def __init__(self, *_: object) -> None:
        pass

    def start(self) -> None:
        pass

    def close(self) -> None:
        pass

    async def append(self, drafts: Sequence[Draft]) -> list[Outcome]:
        return [Outcome("new", None) for _ in drafts]

    async def tidy(self) -> None:
        pass


def _serve_empty() -> None:
    async def empty(_: Request) -> Response:
        return Response(b"")

    async def run() -> None:
        listener = listening.listen(HERE, 0)
        server = server_of(
            Starlette(routes=[Route("/in", empty, methods=["POST"])]),
            ready=lambda: print(json.dumps({"port": listener.getsockname()[1]}), flush=True),
        )
        await server.serve(sockets=[listener])

    with asyncio.Runner(loop_factory=footing.loop_factory()) as runner:
        runner.run(run())


def _end_with_the_bench() -> None:
    """A door goes on when its desk dies; this one ends with whoever started it."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    Thread(target=watch, daemon=True).start()


def main(mode: str, place: str, event: str) -> int:
    _end_with_the_bench()
    if mode == "empty":
        _serve_empty()
        return 0
    if mode == "page":
        vars(process)["GroupWriter"] = IdleWriter  # for this process only
        vars(process)["cast_ballots"] = lambda box, ballots: ["in" for _ in ballots]
    return process.serve(surroundings_at(Path(place)), event, host=HERE, port=0, closed_seconds=0)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
