"""Whether a phone has come by the address: the desk believes the door, and says so to the facilitator."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from plfacilitate.front.desk.threads.door_process import alive, facts, standing
from plfacilitate.shelf import door_file


@contextmanager
def _door(said: object) -> Iterator[int]:
    """Something on this laptop that answers `/alive` with these words; gives its port."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(said).encode())

        def log_message(self, *_: Any) -> None:
            """Nothing."""

    server = HTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("reached", [None, "2026-12-06T16:00:00.000000Z"])
def test_a_door_is_proven_once_another_machine_came(tmp_path: Path, reached: str | None) -> None:
    """Not before; and why the address is this one is told along."""
    with _door({"nonce": "n1", "why": "Wi-Fi", "reached": reached}) as port:
        door_file.write(tmp_path, door_file.DoorFile(1, port, "e", "n1", "http://192.168.1.20:8100", "then"))
        found = standing(tmp_path)
    assert found is not None
    assert (found.why, found.proven) == ("Wi-Fi", reached is not None)


@pytest.mark.parametrize("said", [[], "n1", 7, None, {"nonce": "another"}, {}])
def test_whoever_else_has_the_port_is_no_door(tmp_path: Path, said: object) -> None:
    """A program that answers with something else."""
    with _door(said) as port:
        door_file.write(tmp_path, door_file.DoorFile(1, port, "e", "n1", "http://192.168.1.20:8100", "then"))
        assert standing(tmp_path) is None
        assert alive(port) != "n1"
    assert facts(port) == {}
