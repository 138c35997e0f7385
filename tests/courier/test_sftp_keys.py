"""Let in by a key rather than a password: one in OpenSSH's folder, one that its settings name, one that an agent holds."""

from __future__ import annotations

import tempfile
from pathlib import Path

import asyncssh
import pytest

from plfacilitate.core.refusal import Refused
from plfacilitate.courier.address import Access
from plfacilitate.courier.send import deliver
from tests.openssh import agent
from tests.servers import PASSWORD, USER, SftpServer


@pytest.fixture
def address(sftp_server: SftpServer) -> str:
    """A folder of this test's own on the server."""
    folder = Path(tempfile.mkdtemp(dir=sftp_server.folder))
    return f"sftp://{USER}@127.0.0.1:{sftp_server.port}/{folder.name}"


@pytest.fixture
def access(sftp_server: SftpServer, tmp_path: Path) -> Access:
    """The server known; no password anywhere."""
    known = tmp_path / "known_hosts"
    known.write_text(sftp_server.known_line(), "utf-8")
    return Access(known_hosts=(known,))


@pytest.fixture
def key(sftp_server: SftpServer, tmp_path: Path) -> asyncssh.SSHKey:
    """A key that the server lets in."""
    made = asyncssh.generate_private_key("ssh-ed25519")
    sftp_server.lets_in.add(made.get_fingerprint())
    return made


def folder_of_openssh(home: Path) -> Path:
    """Where OpenSSH keeps a user's own."""
    (home / ".ssh").mkdir(mode=0o700)
    return home / ".ssh"


def test_a_key_where_openssh_has_it(
    source: Path, address: str, access: Access, key: asyncssh.SSHKey, isolated: Path
) -> None:
    """Nothing has to be set. Another key is one sentence."""
    other = asyncssh.generate_private_key("ssh-ed25519")
    path = folder_of_openssh(isolated) / "id_ed25519"
    other.write_private_key(path)
    with pytest.raises(Refused) as no:
        deliver(source, address, access)
    assert no.value.refusal.code == "place-login"
    key.write_private_key(path)
    assert not deliver(source, address, access).already


def test_a_key_that_the_settings_of_openssh_name(
    source: Path, address: str, access: Access, key: asyncssh.SSHKey, isolated: Path
) -> None:
    """For this server only, wherever it lies."""
    key.write_private_key(isolated / "office key")
    settings = f'Host 127.0.0.1\n  IdentityFile "{(isolated / "office key").as_posix()}"\n'
    (folder_of_openssh(isolated) / "config").write_text(settings)
    assert not deliver(source, address, access).already


def test_a_key_that_an_agent_holds(
    source: Path,
    address: str,
    access: Access,
    key: asyncssh.SSHKey,
    isolated: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its file may be gone, or locked with words that only the agent was told. An agent that went away is one sentence."""
    path = isolated / "key"
    key.write_private_key(path)
    path.chmod(0o600)
    with agent(path) as sock:
        path.unlink()
        monkeypatch.setenv("SSH_AUTH_SOCK", sock)
        assert not deliver(source, address, access).already
    with pytest.raises(Refused) as no:
        deliver(source, address, access)
    assert no.value.refusal.code == "place-login"


def test_a_key_that_is_locked_with_words(
    source: Path, address: str, access: Access, key: asyncssh.SSHKey, isolated: Path
) -> None:
    """Without an agent it opens nothing, and stands in nobody's way: the password gets in."""
    locked = key.export_private_key("pkcs8-pem", passphrase="words of the key")
    (folder_of_openssh(isolated) / "id_ed25519").write_bytes(locked)
    with pytest.raises(Refused) as no:
        deliver(source, address, access)
    assert no.value.refusal.code == "place-login"
    assert not deliver(source, address, Access(lambda place: PASSWORD, access.known_hosts)).already


@pytest.mark.parametrize(
    "name, text",
    [
        ("id_ed25519", "PuTTY-User-Key-File-3: ssh-ed25519\n"),
        ("config", 'Host "127.0.0.1\n'),
        ("known_hosts", "nonsense\n"),
    ],
)
def test_a_file_of_openssh_that_makes_no_sense_is_named(
    source: Path, address: str, access: Access, isolated: Path, name: str, text: str
) -> None:
    """A key of another program, a quote that is not closed: one sentence, and nothing that waiting would mend."""
    (folder_of_openssh(isolated) / name).write_text(text)
    with pytest.raises(Refused, match=r"\.ssh") as no:
        deliver(source, address, access)
    assert no.value.refusal.code == "place-ssh"
