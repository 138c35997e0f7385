"""The road to S3, with a real server: no rename there, and yet nothing half ever has the name."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from plfacilitate.core.refusal import Refused
from plfacilitate.courier.address import Access
from plfacilitate.courier.places import place_of
from plfacilitate.courier.send import deliver
from tests.servers import Wire

ACCESS = Access(lambda place: "clerk:correct-horse")


@pytest.fixture
def wire(s3_port: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    """The wire to the S3 server, where AWS's own setting leads."""
    wire = Wire(s3_port)
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{wire.port}")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    yield wire
    wire.close()


@pytest.fixture
def bucket(wire: Wire, tmp_path: Path) -> str:
    """A folder in a bucket of this test's own."""
    import s3fs

    name = "b" + "".join(char for char in tmp_path.name.lower() if char.isalnum())[-40:]
    s3fs.S3FileSystem(key="clerk", secret="x", skip_instance_cache=True).mkdir(name)
    return f"s3://{name}/hours/in"


def names(address: str) -> list[str]:
    """What lies there."""
    with closing(place_of(address, ACCESS)) as place:
        return place.names()


def no(work: Callable[[], object]) -> str:
    """Why it is refused, in one line; never with the secret."""
    with pytest.raises(Refused) as caught:
        work()
    assert "\n" not in str(caught.value)
    assert "horse" not in str(caught.value)
    return caught.value.refusal.code


def test_a_file_arrives_whole_and_once(source: Path, bucket: str, tmp_path: Path) -> None:
    """Under its name, nothing temporary left; a second time it is there already; another of that name stays."""
    there = deliver(source, bucket, ACCESS)
    assert (there.place, there.name, there.already) == (bucket, "hours.zip", False)
    assert names(bucket) == ["hours.zip"]
    assert deliver(source, bucket, ACCESS).already
    source.write_bytes(b"another day")
    assert deliver(source, bucket, ACCESS).name.startswith("hours-")
    with closing(place_of(bucket, ACCESS)) as place:
        place.get("hours.zip", tmp_path / "back")
    assert (tmp_path / "back").stat().st_size == 256 * 1200


def test_a_bucket_that_is_not_there_is_not_made(source: Path, bucket: str) -> None:
    """A slip in the address."""
    assert no(lambda: deliver(source, "s3://nobodys-bucket/in", ACCESS)) == "not-sent"


def test_a_place_that_is_gone_is_one_sentence(source: Path, bucket: str, wire: Wire) -> None:
    """It waits, and nothing else happens."""
    wire.close()
    assert no(lambda: deliver(source, bucket, ACCESS)) == "not-sent"


class _Full(BaseHTTPRequestHandler):
    """A store that speaks S3 and has no room left, in the words of one that is in use."""

    protocol_version = "HTTP/1.1"  # in which it is asked before a body is sent

    def do_PUT(self) -> None:
        """No."""
        self.rfile.read(int(self.headers["Content-Length"]))
        self._say(507, "XMinioStorageFull")

    def do_HEAD(self) -> None:
        """Nothing lies there."""
        self._say(404, "")

    def do_GET(self) -> None:
        """Nothing lies there."""
        self._say(404, "NoSuchKey")

    def _say(self, status: int, code: str) -> None:
        said = f"<Error><Code>{code}</Code><Message>It said: horse.</Message></Error>".encode() if code else b""
        self.send_response(status)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *arguments: object) -> None:
        """Nobody reads it."""


def test_a_store_that_is_full_says_so(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In our words, whatever the store's are."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Full) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.server_port}")
        monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        try:
            with pytest.raises(Refused, match="the place is full") as caught:
                deliver(source, "s3://full/in", ACCESS)
        finally:
            server.shutdown()
    assert "horse" not in str(caught.value)


def test_a_wire_that_is_cut_anywhere_loses_nothing(source: Path, bucket: str, wire: Wire) -> None:
    """Under the name stands the whole object or none; the next try ends it and clears what was left."""
    wire.whole()
    deliver(source, bucket, ACCESS)
    whole = wire.passed
    for stage in range(1, 4):
        source.write_bytes(bytes([stage]) * 256 * 1200)
        wire.cut_after(whole * stage // 4)
        assert no(lambda: deliver(source, bucket, ACCESS)) == "not-sent", stage
        wire.whole()
        there = deliver(source, bucket, ACCESS)
        assert not [name for name in names(bucket) if name.endswith(".part")], (stage, there)
