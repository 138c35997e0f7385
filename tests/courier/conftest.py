"""The servers that the tests of the roads share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import SftpServer, s3_server


@pytest.fixture(scope="session")
def sftp_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SftpServer]:
    """A real SFTP server; tests take a folder each."""
    server = SftpServer(tmp_path_factory.mktemp("sftp"))
    yield server
    server.close()


@pytest.fixture(scope="session")
def s3_port() -> Iterator[int]:
    """A real S3 server."""
    with s3_server() as port:
        yield port


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A bundle that waits in the outbox."""
    path = tmp_path / "outbox" / "hours.zip"
    path.parent.mkdir()
    path.write_bytes(bytes(range(256)) * 1200)
    return path
