"""Keys by command: the office hands out one file, a laptop takes it, and from then on what it sends is sealed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.laptops import Laptop

MARIA = "maria.alvarez@renton.example.org"


@pytest.fixture
def office(laptops: Callable[[str], Laptop], tmp_path: Path) -> Callable[..., Path]:
    """Writes the key file of an office's register."""

    def key(register: str = "register", office: str = "psesd") -> Path:
        path = tmp_path / f"{register}.officekey"
        url = f"sqlite:///{tmp_path / register / 'register.db'}"
        laptops("office").do("office", "key", office, "--register", url, "--out", path)
        return path

    return key


def packed(laptop: Laptop, *options: str) -> list[Path]:
    """The bundles of a small day, packed."""
    event = laptop.opened()
    laptop.attend(event, f"{MARIA}, 8:20, 15:50")
    laptop.played.set("2023-12-06T16:10:00-08:00")
    laptop.do("event", "close", event)
    laptop.do("approve", event)
    return [Path(one["file"]) for one in laptop.json("pack", event, *options)["bundles"]]


def test_the_office_reads_what_was_sealed_to_it(laptop: Laptop, office: Callable[..., Path], tmp_path: Path) -> None:
    """Key file, one step at the laptop, sealed bundles, receipts: the whole way; the manifest names both keys."""
    said = laptop.do("key", "take", office(), "--yes")
    assert "Puget Sound" in said
    bundles = packed(laptop)
    assert [path.name.endswith(".zip.age") for path in bundles] == [True, True]
    assert sorted(laptop.workspace.outbox.glob(".*")) == []
    listed = laptop.json("key", "list")
    told = laptop.json("verify", bundles[0])
    assert told["sealed_to"] == [listed["offices"][0]["key"], listed["key"]]
    assert told["key"] == listed["key"]
    mail = tmp_path / "mail"
    mail.mkdir()
    laptop.do("send", mail)
    answers = laptop.receive_at_office(tmp_path / "register" / "register.db", mail)
    assert [answer["verdict"] for answer in answers] == ["accepted", "accepted"]
    assert all(Path(answer["receipt"]).name.count(".") == 2 for answer in answers)
    assert [one["verdict"] for one in laptop.json("receive", mail)["receipts"]] == ["accepted", "accepted"]


def test_who_has_no_key_is_told_so_in_one_sentence(
    laptops: Callable[[str], Laptop], laptop: Laptop, office: Callable[..., Path], tmp_path: Path
) -> None:
    """Another laptop, another office: nothing is read, and the office answers for the others."""
    laptop.do("key", "take", office(), "--yes")
    bundle = packed(laptop)[0]
    assert "is sealed, and no key here opens it" in laptops("other").no("verify", bundle)
    (answer,) = laptop.receive_at_office(tmp_path / "another" / "register.db", bundle)
    assert answer["verdict"] == "refused"
    assert "no key here opens it" in answer["reason"]
    assert "no key here opens it" in laptops("other").run("receive", bundle).err


def test_a_key_is_taken_only_after_comparing(
    laptop: Laptop, office: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever says no, or nothing at all, goes on unsealed."""
    path = office()
    monkeypatch.setattr("typer.confirm", lambda *a, **k: False)
    ran = laptop.run("key", "take", path)
    assert ran.code == 1
    assert ran.out.count("-") >= 4
    assert laptop.json("key", "list")["offices"] == []
    assert [path.suffix for path in packed(laptop)] == [".zip", ".zip"]


def test_another_key_of_the_same_office_needs_a_word(laptop: Laptop, office: Callable[..., Path]) -> None:
    """The file of somebody who calls themselves the office."""
    laptop.do("key", "take", office(), "--yes")
    before = laptop.json("key", "list")["offices"]
    assert "another key of psesd" in laptop.run("key", "take", office("another"), "--yes").err
    assert laptop.json("key", "list")["offices"] == before
    laptop.do("key", "take", office("another"), "--yes", "--trust")
    assert laptop.json("key", "list")["offices"] != before


def test_a_dropped_key_seals_no_more(laptop: Laptop, office: Callable[..., Path]) -> None:
    """And `--unsealed` leaves it out once."""
    laptop.do("key", "take", office(), "--yes")
    assert [path.suffix for path in packed(laptop, "--unsealed")] == [".zip", ".zip"]
    laptop.do("key", "drop", "psesd")
    assert laptop.json("key", "list")["offices"] == []
    assert "holds no key of psesd" in laptop.no("key", "drop", "psesd")


@pytest.mark.parametrize("spoil", [lambda text: text[:-9], lambda text: text.replace("Puget", "Other"), lambda _: "{}"])
def test_a_key_file_that_was_changed_is_refused(
    laptop: Laptop, office: Callable[..., Path], spoil: Callable[[str], str]
) -> None:
    """By a mail program, or by somebody who wants another name on it."""
    path = office()
    path.write_text(spoil(path.read_text("utf-8")), "utf-8")
    assert "is not the key file that an office wrote" in laptop.no("key", "take", path, "--yes")


def test_a_receipt_is_believed_by_the_key_that_was_taken(
    laptops: Callable[[str], Laptop], laptop: Laptop, office: Callable[..., Path], tmp_path: Path
) -> None:
    """The first answer already: another register's signature is not the office's."""
    laptop.do("key", "take", office(), "--yes")
    bundles = packed(laptop, "--unsealed")
    mail = tmp_path / "mail"
    mail.mkdir()
    laptop.do("send", mail)
    shutil.copy(bundles[0], tmp_path)
    laptop.receive_at_office(tmp_path / "another" / "register.db", mail)
    assert "signed by another office" in laptop.run("receive", mail).err
    laptop.receive_at_office(tmp_path / "register" / "register.db", mail)
    assert len(laptop.json("receive", mail)["receipts"]) == 2
