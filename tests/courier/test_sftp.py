"""The road to an SFTP server, with a real one: who is let in, to whom nothing is sent, and a wire that is cut anywhere."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import asyncssh
import pytest

from plfacilitate.core.refusal import Refused
from plfacilitate.courier.address import Access, where_of
from plfacilitate.courier.hosts import show_key
from plfacilitate.courier.places import place_of
from plfacilitate.courier.send import deliver
from tests.servers import PASSWORD, USER, SftpServer, Wire


@pytest.fixture
def folder(sftp_server: SftpServer, tmp_path: Path) -> Path:
    """A folder of this test's own on the server."""
    return Path(tempfile.mkdtemp(dir=sftp_server.folder))


@pytest.fixture
def access(sftp_server: SftpServer, tmp_path: Path) -> Access:
    """The password, and the server known by its key."""
    known = tmp_path / "known_hosts"
    known.write_text(sftp_server.known_line(), "utf-8")
    return Access(lambda place: PASSWORD, (known,))


def address(folder: Path, port: int) -> str:
    """Where that folder is found."""
    return f"sftp://{USER}@127.0.0.1:{port}/{folder.name}"


def no(work: Callable[[], object]) -> str:
    """Why it is refused, in one line; never with the password."""
    with pytest.raises(Refused) as caught:
        work()
    assert "\n" not in str(caught.value)
    assert PASSWORD not in str(caught.value)
    return caught.value.refusal.code


def test_a_file_arrives_whole_and_once(source: Path, folder: Path, sftp_server: SftpServer, access: Access) -> None:
    """Under its name, nothing temporary left; a second time it is there already; another of that name stays."""
    where = address(folder, sftp_server.port)
    there = deliver(source, where, access)
    assert (there.place, there.name, there.already) == (where, "hours.zip", False)
    assert [path.name for path in folder.iterdir()] == ["hours.zip"]
    assert (folder / "hours.zip").read_bytes() == source.read_bytes()
    assert deliver(source, where, access).already
    source.write_bytes(b"another day")
    assert deliver(source, where, access).name.startswith("hours-")
    assert len(list(folder.iterdir())) == 2


def test_what_lies_there_is_listed_and_fetched(
    folder: Path, sftp_server: SftpServer, access: Access, tmp_path: Path
) -> None:
    """As receipts are."""
    (folder / "a.receipt.json").write_bytes(b"{}")
    with closing(place_of(address(folder, sftp_server.port), access)) as place:
        assert "a.receipt.json" in place.names()
        place.get("a.receipt.json", tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == b"{}"


def test_a_server_that_nobody_knows_gets_nothing(source: Path, folder: Path, sftp_server: SftpServer) -> None:
    """Not even the password; its key is shown, and the line that makes it known works."""
    where = address(folder, sftp_server.port)
    asked: list[str] = []

    def secret(place: str) -> str:
        asked.append(place)
        return PASSWORD

    assert no(lambda: deliver(source, where, Access(secret))) == "place-stranger"
    assert list(folder.iterdir()) == []
    shown, line = show_key(where_of(where))
    assert shown == sftp_server.key.get_fingerprint()
    known = source.with_name("known_hosts")
    known.write_text(line, "utf-8")
    assert not deliver(source, where, Access(secret, (known,))).already
    assert set(asked) == {f"sftp://{USER}@127.0.0.1:{sftp_server.port}"}


def test_a_server_with_another_key_gets_nothing(source: Path, folder: Path, sftp_server: SftpServer) -> None:
    """Somebody in between."""
    other = asyncssh.generate_private_key("ssh-ed25519").export_public_key("openssh").decode()
    known = source.with_name("known_hosts")
    known.write_text(f"[127.0.0.1]:{sftp_server.port} {other}", "utf-8")
    access = Access(lambda place: PASSWORD, (known,))
    assert no(lambda: deliver(source, address(folder, sftp_server.port), access)) == "place-changed"
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("secret", ["wrong", None])
def test_a_wrong_password_is_one_sentence(
    source: Path, folder: Path, sftp_server: SftpServer, access: Access, secret: str | None
) -> None:
    """And so is none."""
    wrong = Access(lambda place: secret, access.known_hosts)
    assert no(lambda: deliver(source, address(folder, sftp_server.port), wrong)) == "place-login"


def test_a_password_in_the_address_is_refused(source: Path) -> None:
    """It would stand in the ledger, which travels."""
    assert no(lambda: deliver(source, f"sftp://clerk:{PASSWORD.replace(' ', '')}@127.0.0.1/in")) == "place-password"
    with pytest.raises(Refused) as caught:
        deliver(source, "sftp://clerk:secret@127.0.0.1:notaport/in")
    assert "secret" not in str(caught.value)


def test_a_folder_that_is_not_there_is_not_made(source: Path, sftp_server: SftpServer, access: Access) -> None:
    """A slip in the address must not become a folder where nobody looks."""
    assert no(lambda: deliver(source, address(Path("none"), sftp_server.port), access)) == "not-sent"
    assert not (sftp_server.folder / "none").exists()


def test_a_full_place_keeps_nothing_half(source: Path, folder: Path, sftp_server: SftpServer, access: Access) -> None:
    """It says so, and takes the same file once there is room."""
    sftp_server.full = True
    try:
        with pytest.raises(Refused, match="perhaps because it is full"):
            deliver(source, address(folder, sftp_server.port), access)
    finally:
        sftp_server.full = False
    assert list(folder.iterdir()) == []
    assert not deliver(source, address(folder, sftp_server.port), access).already


def test_a_server_that_is_gone_is_one_sentence(source: Path, access: Access) -> None:
    """The place is away for a day."""
    with pytest.raises(Refused, match="can't be reached"):
        deliver(source, "sftp://clerk@127.0.0.1:9/in", access)


def test_a_wire_that_is_cut_anywhere_loses_nothing(
    source: Path, folder: Path, sftp_server: SftpServer, access: Access
) -> None:
    """Whatever was sent before, either the whole file lies there under its name or no file does; the next try ends it."""
    wire = Wire(sftp_server.port)
    known = access.known_hosts[0]
    known.write_text(sftp_server.known_line(wire.port), "utf-8")
    where = address(folder, wire.port)
    try:
        deliver(source, where, access)
        whole = wire.passed
        (folder / "hours.zip").unlink()
        for stage in range(1, 13):
            wire.cut_after(whole * stage // 13)
            with pytest.raises(Refused) as caught:
                deliver(source, where, access)
            assert caught.value.refusal.code == "not-sent", stage
            there = folder / "hours.zip"
            assert not there.exists() or there.read_bytes() == source.read_bytes()
            wire.whole()
            deliver(source, where, access)
            assert [path.name for path in folder.iterdir()] == ["hours.zip"], stage
            there.unlink()
    finally:
        wire.close()


def test_a_library_that_is_missing_is_named(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the line to type."""
    monkeypatch.setitem(sys.modules, "asyncssh", None)
    with pytest.raises(Refused, match="pip install asyncssh"):
        deliver(source, "sftp://clerk@office.example.org/in")
