"""The office's receipt: one signed page that a laptop can trust, or one sentence."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest

from plfacilitate.core.refusal import Refused
from plfacilitate.core.verdicts import Verdict
from plfacilitate.seal import keys
from plfacilitate.shelf.receipt import Head, Receipt, read_receipt, receipt_bytes, write_receipt
from tests.goldens import FOLDER, check_golden

OFFICE = keys.key_from("office", bytes(range(32)))
RECEIPT = Receipt(
    receipt="r-1",
    office="PSESD",
    register="g-1",
    epoch="n-1",
    bundle="b-1",
    verdict="accepted",
    at=datetime(2023, 12, 7, 17, 0, tzinfo=UTC),
    public_key=OFFICE.public,
    heads={"d-1": Head(120, "ab" * 32)},
    needs={"d-2": 14},
    counts={"new": 118, "known": 2},
    reason="Núñez, Ana: 5.0 h here, 5.5 h on the laptop",
)


def read(path: Path) -> Receipt:
    """The receipt on the disk, checked."""
    return read_receipt(path, verify=keys.verify)


def code(path: Path) -> str:
    """Why it is refused."""
    with pytest.raises(Refused) as caught:
        read(path)
    assert str(caught.value).endswith(".")
    return caught.value.refusal.code


def test_a_receipt_comes_back_as_it_was_written(tmp_path: Path) -> None:
    """Every verdict, every field."""
    for verdict in get_args(Verdict):
        receipt = replace(RECEIPT, verdict=verdict)
        write_receipt(tmp_path / "a.json", receipt, sign=OFFICE.sign)
        assert read(tmp_path / "a.json") == receipt == Receipt.from_json(receipt.to_json())


def test_a_receipt_is_its_golden() -> None:
    """Every byte that the office sends back."""
    check_golden("receipt.json", receipt_bytes(RECEIPT, sign=OFFICE.sign))


def test_the_golden_receipt_can_still_be_read() -> None:
    """Receipts of earlier versions go on proving what they proved."""
    assert read(FOLDER / "receipt.json") == RECEIPT


def test_one_altered_byte_anywhere_is_noticed(tmp_path: Path) -> None:
    """Letters, figures, blanks between them, the signature, the last line end."""
    data, path = receipt_bytes(RECEIPT, sign=OFFICE.sign), tmp_path / "a.json"
    for at in range(len(data)):
        path.write_bytes(data[:at] + bytes([data[at] ^ 0x01]) + data[at + 1 :])
        assert code(path) == "receipt-altered", at


def test_a_receipt_cut_short_or_added_to_is_noticed(tmp_path: Path) -> None:
    """At every length."""
    data, path = receipt_bytes(RECEIPT, sign=OFFICE.sign), tmp_path / "a.json"
    for changed in [*(data[:length] for length in range(len(data))), data + b"\n", b" " + data]:
        path.write_bytes(changed)
        assert code(path) == "receipt-altered"


def test_a_receipt_signed_by_another_key_is_refused(tmp_path: Path) -> None:
    """It names the office's key and was signed with some other one."""
    write_receipt(tmp_path / "a.json", RECEIPT, sign=keys.key_from("x", bytes(32)).sign)
    assert code(tmp_path / "a.json") == "receipt-altered"


@pytest.mark.parametrize(
    "key, value",
    [
        ("verdict", "maybe"),
        ("what", "bundle"),
        ("needs", {"d": True}),
        ("heads", {"d": 1}),
        ("at", "noon"),
        ("office", 1),
    ],
)
def test_signed_nonsense_is_refused(tmp_path: Path, key: str, value: object) -> None:
    """A receipt that says something that no receipt says."""
    document = json.loads(receipt_bytes(RECEIPT, sign=OFFICE.sign))
    document["receipt"][key] = value
    (tmp_path / "a.json").write_text(json.dumps(document), "utf-8")
    assert code(tmp_path / "a.json") == "receipt-altered"


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"[" * 100_000, b"\xff", b'{"receipt":{"what":"\\ud800"}}'])
def test_what_is_no_receipt_is_one_sentence(tmp_path: Path, data: bytes) -> None:
    """Whatever file lies there."""
    (tmp_path / "a.json").write_bytes(data)
    assert code(tmp_path / "a.json") == "receipt-altered"


def test_a_receipt_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    """No file, or a folder."""
    assert code(tmp_path / "none.json") == "file-missing"
    assert code(tmp_path) == "file-is-folder"
