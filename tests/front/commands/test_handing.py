"""Handing over by command: by SFTP, by mail, by hand; what waits says why; receipts come from where parcels went."""

from __future__ import annotations

import email
import email.policy
import tempfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import asyncssh
import pytest

from plfacilitate.front.commands import handing
from tests.laptops import Laptop
from tests.servers import PASSWORD, USER, SftpServer

MARIA = "maria.alvarez@renton.example.org"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SftpServer]:
    """A real SFTP server."""
    server = SftpServer(tmp_path_factory.mktemp("sftp"))
    yield server
    server.close()


@pytest.fixture
def inbox(server: SftpServer) -> Path:
    """The office's folder on that server."""
    return Path(tempfile.mkdtemp(dir=server.folder))


@pytest.fixture
def address(server: SftpServer, inbox: Path) -> str:
    """Where that folder is found."""
    return f"sftp://{USER}@127.0.0.1:{server.port}/{inbox.name}"


@pytest.fixture
def event(laptop: Laptop) -> str:
    """A small day, packed."""
    event = laptop.opened(in_service="CH-12345")
    laptop.attend(event, f"{MARIA}, 8:20, 15:50")
    laptop.played.set("2023-12-06T16:10:00-08:00")
    laptop.do("event", "close", event)
    laptop.do("approve", event)
    laptop.do("pack", event)
    return event


def admit(laptop: Laptop, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Server known, password in the keyring."""
    laptop.do("place", "trust", address, "--yes")
    monkeypatch.setattr("typer.prompt", lambda *a, **k: PASSWORD)
    laptop.do("place", "login", address)


def test_by_sftp_to_the_office_and_back(
    laptop: Laptop, event: str, address: str, inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Known, let in, tried out, sent, taken in, answered; no password lies in the workspace."""
    assert "doesn't know" in laptop.no("place", "check", address)
    admit(laptop, address, monkeypatch)
    assert "works" in laptop.do("place", "check", address)
    assert list(inbox.iterdir()) == []
    assert len(laptop.json("send", address)) == 6
    assert laptop.json("outbox") == []
    assert "No receipt yet." in laptop.do("receipts")
    laptop.receive_at_office(tmp_path / "register" / "register.db", inbox)
    assert [one["verdict"] for one in laptop.json("receipts")["receipts"]] == ["accepted", "accepted"]
    assert "No parcel waits for a receipt." in laptop.do("receipts")
    parcels = laptop.json("event", "show", event)["parcels"]
    assert all(one["where"].startswith(address) for one in parcels)
    for path in laptop.workspace.root.rglob("*"):
        assert path.is_dir() or PASSWORD.encode() not in path.read_bytes(), path


def test_a_server_with_a_new_key_is_made_known_anew(
    laptop: Laptop, server: SftpServer, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After somebody asked why; the old key is known no longer, and nothing was sent in between."""
    admit(laptop, address, monkeypatch)
    known = laptop.workspace.keys / "known_hosts"
    other = asyncssh.generate_private_key("ssh-ed25519").export_public_key("openssh").decode().strip()
    known.write_text(f"[127.0.0.1]:{server.port} {other}\nelsewhere.example.org {other}\n", "utf-8")
    assert "shows another key" in laptop.no("place", "check", address)
    laptop.do("place", "trust", address, "--yes")
    assert "works" in laptop.do("place", "check", address)
    assert known.read_text("utf-8").count(other) == 1
    laptop.do("place", "forget", address)
    assert "doesn't let this laptop in" in laptop.no("place", "check", address)


def test_a_key_that_nobody_compared_is_not_taken(laptop: Laptop, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No is the answer unless somebody says yes; a bucket has no key."""
    monkeypatch.setattr("typer.confirm", lambda *a, **k: False)
    assert laptop.run("place", "trust", address).code == 1
    assert not (laptop.workspace.keys / "known_hosts").exists()
    assert "only SFTP servers" in laptop.no("place", "trust", "s3://bucket/in")


def test_what_waits_says_why(laptop: Laptop, event: str, address: str) -> None:
    """In words, with the place and the time; without a password in an address."""
    assert "sent nowhere yet" in laptop.do("outbox")
    assert " · hours · due by 2023-12-16" in laptop.do("outbox")
    assert {one["due"] for one in laptop.json("outbox")} == {"2023-12-16"}
    laptop.no("send", address)
    told = laptop.json("outbox")
    assert [one["place"] for one in told] == [address, address]
    assert all("doesn't know" in one["why"] for one in told)
    laptop.no("send", f"sftp://{USER}:secret@127.0.0.1/in")
    assert "secret" not in (laptop.workspace.outbox / "waiting.json").read_text("utf-8")
    assert "Leave the password out" not in laptop.do("outbox")


def test_patience_tries_until_the_place_is_back(
    laptop: Laptop, event: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stick that is plugged in at the third try; the pauses grow and are never equal."""
    stick = tmp_path / "stick"
    waited: list[float] = []

    def pause(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 3:
            stick.mkdir()

    monkeypatch.setattr(handing, "pause", pause)
    ran = laptop.run("send", stick, "--patient")
    assert ran.code == 0, ran.err
    assert ran.err.count("nothing is lost") == 3
    assert len(waited) == 3
    assert len(set(waited)) == 3
    assert all(2.5 * 2**n <= seconds <= 7.5 * 2**n for n, seconds in enumerate(waited))
    assert laptop.json("outbox") == []


def test_patience_is_for_what_passes(laptop: Laptop, event: str, address: str) -> None:
    """A server that nobody knows is a question for a person, at once."""
    assert "doesn't know" in laptop.no("send", address, "--patient")


def test_uploaded_by_hand_is_marked(laptop: Laptop, event: str) -> None:
    """By whom and when stands in the entry."""
    laptop.do("send", "--by-hand", "pdEnroller", "--event", event)
    parcels = laptop.json("event", "show", event)["parcels"]
    assert {one["where"] for one in parcels} == {"pdEnroller"}
    (first, *_) = laptop.ledger().entries(kinds=("handed-over",))
    assert (first.by, first.body["how"]) == ("facilitator of laptop", "by hand")
    assert laptop.json("outbox") == []


def test_the_mail_holds_what_a_clerk_uses(laptop: Laptop, event: str) -> None:
    """To the office's contact, with sheet, tables, the hours parcel and a plain note; never the programme's."""
    path = Path(laptop.json("mail", event, "--uploaded", "pdEnroller, 6 December")["file"])
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert message["To"] == "clockhourtranscripts@psesd.org"
    assert message["X-Unsent"] == "1"
    assert "CH-12345" in message["Subject"]
    names = [str(part.get_filename()) for part in message.iter_attachments()]
    assert [name.rpartition(".")[2] for name in names] == ["pdf", "csv", "xlsx", "txt", "zip"]
    assert not any("programme" in name for name in names)
    body = message.get_body(("plain",))
    assert body is not None
    note = body.get_content()
    assert "The sheet was uploaded: pdEnroller, 6 December." in note
    assert "version 1 of the sheet" in note
    for part in message.iter_attachments():
        assert part.get_content_disposition() == "attachment"
        data = part.get_payload(decode=True)
        assert data == (laptop.workspace.outbox / str(part.get_filename())).read_bytes()


@pytest.mark.parametrize("to", ["nobody", "a@", "a b@c", "x@y\r\nBcc: z@example.org"])
def test_a_mail_goes_to_an_address(laptop: Laptop, event: str, to: str) -> None:
    """Neither a word nor a smuggled line is one."""
    assert "no mail address" in laptop.no("mail", event, "--to", to)


def test_nothing_is_mailed_before_it_is_packed(laptop: Laptop) -> None:
    """One sentence."""
    assert "not packed here yet" in laptop.no("mail", laptop.opened())


def test_a_folder_that_is_not_there_is_not_ready(laptop: Laptop, tmp_path: Path) -> None:
    """It was only a test: nobody is told that something waits to be sent."""
    said = laptop.no("place", "check", str(tmp_path / "gone"))
    assert "is not ready: the folder is not there." in said
    assert "waits" not in said
