"""`rehearse`: a day through the real door, and a report that notices when something is wrong."""

from __future__ import annotations

import contextlib
import json
import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from plfacilitate.cli import run
from plfacilitate.office.receive import Answer
from plfacilitate.office.receive import receive as receive_at_office
from plfacilitate.rehearse import day
from plfacilitate.rehearse.day import play
from plfacilitate.rehearse.phones import Crowd, Phone, crowd
from plfacilitate.steps import capture
from plfacilitate.steps.events import read_fold
from plfacilitate.store.ballots import box_of

KEYS = [
    "phones", "acknowledged", "in_ledger", "in_register", "lost", "doubled", "p50_ms", "p99_ms", "sign_ins_per_s",
    "credit_lines", "credit_agrees", "seconds",
]  # fmt: skip


def rehearsed(capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, Any]:
    """A small day; gives the exit code and the document."""
    capsys.readouterr()
    code = run(["rehearse", "--phones", "12", "--json", *options])
    out, err = capsys.readouterr()
    assert out, err
    assert out.isascii()
    return code, json.loads(out)


def test_the_report_is_a_contract(capsys: pytest.CaptureFixture[str]) -> None:
    """Its keys and their types; all is well, and so the exit code is 0."""
    code, report = rehearsed(capsys)
    assert code == 0
    assert list(report) == KEYS
    whole = {key: report[key] for key in ("phones", "lost", "doubled", "credit_lines", "credit_agrees")}
    assert whole == {"phones": 12, "lost": 0, "doubled": 0, "credit_lines": 12, "credit_agrees": True}
    assert 12 <= report["acknowledged"] == report["in_ledger"] == report["in_register"] <= 24
    assert 0 < report["p50_ms"] <= report["p99_ms"]
    assert report["sign_ins_per_s"] > 0
    assert type(report["seconds"]) is float


def test_a_real_process_and_a_folder_that_is_kept(tmp_path: Path) -> None:
    """As a facilitator runs it the evening before: for people, with its words, and the workspace to look at."""
    keep = tmp_path / "kept"
    done = subprocess.run(
        [sys.executable, "-m", "plfacilitate", "rehearse", "--phones", "8", "--seed", "3", "--keep", str(keep)],
        capture_output=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "A day like this works on this laptop." in done.stdout
    assert "lost             0" in done.stdout
    assert (keep / "laptop" / "ledger.db").exists()
    assert len(list((keep / "office").glob("*.receipt.json"))) == 2


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever lies there may be somebody's."""
    (tmp_path / "file").write_text("mine")
    assert run(["rehearse", "--keep", str(tmp_path)]) == 1
    assert "is not empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir() if path.name != "machine"] == ["file"]


def test_the_users_own_workspace_is_not_touched(capsys: pytest.CaptureFixture[str], isolated: Path) -> None:
    """Neither workspace nor state."""
    assert rehearsed(capsys)[0] == 0
    assert list(isolated.rglob("*")) == []


def test_the_crowd_is_the_same_for_the_same_seed() -> None:
    """And has everybody in it that a day has."""
    phones = crowd(200, random.Random(1), 435)
    assert phones == crowd(200, random.Random(1), 435)
    assert phones != crowd(200, random.Random(2), 435)
    assert any(phone.walk_in for phone in phones)
    assert any(phone.comes > 0 for phone in phones)
    assert any(phone.leaves is None for phone in phones)
    assert any(phone.leaves is not None and phone.leaves < 400 for phone in phones)
    assert any(phone.taps_twice for phone in phones)
    habits = [phone.habits for phone in phones]
    assert all(any(getattr(one, name) for one in habits) for name in ("signs", "attests", "fewer", "answers", "kiosk"))
    assert not any(one.kiosk and one.answers for one in habits)


def test_what_goes_with_the_marks_is_counted_too(tmp_path: Path) -> None:
    """Signatures, hours attested, fewer hours and answers: as many as the phones were told of, and each of them some."""
    beside = play(tmp_path / "day", 40, 1, progress=lambda line: None).beside
    assert beside.agrees
    assert beside.at_kiosk > 0
    assert min(beside.told.values()) > 0
    given = beside.told["answers"]
    assert f"answers          {given} given, {given} counted" in beside.words()


# -- broken on purpose -------------------------------------------------------------------------------------------------


def break_the_ledger(monkeypatch: pytest.MonkeyPatch, harm: Callable[[Any, str], None]) -> None:
    """Do harm between the last phone and the end of the day."""
    visit = day._Day.at_the_door

    def then_harm(self: Any, event: Any, phones: Sequence[Phone]) -> Crowd:
        visited = visit(self, event, phones)
        harm(self, event.id)
        return visited

    monkeypatch.setattr(day._Day, "at_the_door", then_harm)


def first_mark(played: Any, event: str, kind: str = "sign-in") -> Any:
    """Some mark of a phone."""
    return next(one for one in played.ledger.entries(event=event, kinds=(kind,)) if one.means == "own-phone")


def test_a_mark_that_was_dropped_is_found(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The phone was told that it is in, and the ledger does not know."""

    def harm(played: Any, event: str) -> None:
        played.ledger.erase([first_mark(played, event).id], reason="harm", by="harm")

    break_the_ledger(monkeypatch, harm)
    code, report = rehearsed(capsys)
    assert (code, report["lost"]) == (1, 1)
    assert report["in_ledger"] == report["acknowledged"] - 1


def test_a_mark_that_was_doubled_is_found(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """In the ledger and, as it travels, in the register too."""

    def harm(played: Any, event: str) -> None:
        mark = first_mark(played, event)
        hand = replace(played.hand, means="own-phone")
        played.ledger.append_one(capture.sign_in(hand, event, mark.person, at=mark.at + timedelta(seconds=1)))

    break_the_ledger(monkeypatch, harm)
    code, report = rehearsed(capsys)
    assert (code, report["lost"], report["doubled"]) == (1, 0, 2)


def test_a_minute_that_was_changed_is_found(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The hours are not the ones that the script of the day owes."""

    def harm(played: Any, event: str) -> None:
        fold = read_fold(played.ledger, event)
        assert fold.event is not None
        person, late = next(
            (person, mark)
            for person in fold.persons()
            for mark in fold.marks(person)
            if mark.is_in and mark.at > fold.event.starts_at
        )
        draft = capture.correct_mark(played.hand, event, person, late, at=late.at - timedelta(minutes=1), reason="harm")
        played.ledger.append_one(draft)

    break_the_ledger(monkeypatch, harm)
    code, report = rehearsed(capsys, "--seed", "2")
    assert (code, report["lost"], report["doubled"], report["credit_agrees"]) == (1, 0, 0, False)


@pytest.mark.parametrize("kind", ["signature", "attested", "request"])
def test_what_was_dropped_beside_the_marks_is_found(
    kind: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The phone was told that it is saved: then it is no good day without it."""

    def harm(played: Any, event: str) -> None:
        one = next(played.ledger.entries(event=event, kinds=(kind,)))
        played.ledger.erase([one.id], reason="harm", by="harm")

    break_the_ledger(monkeypatch, harm)
    code, report = rehearsed(capsys, "--phones", "40")
    assert (code, report["lost"], report["doubled"]) == (1, 0, 0)


def test_a_ballot_that_was_lost_is_found(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The box has one answer less than the phones gave."""

    def harm(played: Any, event: str) -> None:
        with contextlib.closing(sqlite3.connect(box_of(played.ledger.path))) as box:
            box.execute("DELETE FROM ballot WHERE key = (SELECT min(key) FROM ballot)")
            box.commit()

    break_the_ledger(monkeypatch, harm)
    code, report = rehearsed(capsys, "--phones", "40")
    assert (code, report["lost"], report["credit_agrees"]) == (1, 0, True)


def break_the_register(monkeypatch: pytest.MonkeyPatch, statement: str) -> None:
    """Do harm in the office's register, before anybody looks into it."""
    receive = receive_at_office

    def then_harm(url: str, *arguments: Any, **options: Any) -> list[Answer]:
        answers = receive(url, *arguments, **options)
        with contextlib.closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as db:
            db.execute(statement)
            db.commit()
        return answers

    monkeypatch.setattr(day, "office_receive", then_harm)


def test_what_the_register_lost_is_found(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """It left the laptop and is not at the office."""
    break_the_register(
        monkeypatch,
        "DELETE FROM content WHERE id IN (SELECT id FROM content WHERE kind = 'sign-out' AND means = 'own-phone' LIMIT 1)",
    )
    code, report = rehearsed(capsys)
    assert (code, report["lost"]) == (1, 1)
    assert report["in_register"] == report["in_ledger"] - 1


def test_an_office_that_computes_otherwise_is_found(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is lost, and still the figures are two."""
    receive = receive_at_office

    def otherwise(*arguments: Any, **options: Any) -> list[Answer]:
        return [replace(answer, differs=("Somebody: 5 min.",)) for answer in receive(*arguments, **options)]

    monkeypatch.setattr(day, "office_receive", otherwise)
    code, report = rehearsed(capsys)
    assert (code, report["lost"], report["credit_agrees"]) == (1, 0, False)


def test_an_office_that_takes_nothing_is_found(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A day that nobody took in is no day that works."""
    monkeypatch.setattr(day, "office_receive", lambda *arguments, **options: [])
    code, report = rehearsed(capsys)
    assert code == 1
    assert (report["in_register"], report["lost"]) == (0, report["acknowledged"])


def test_a_phone_that_gets_no_answer_is_no_loss_and_no_good_day(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It was never told that it is in; its hours are missing all the same. It tries three times, as people do."""
    say = Crowd._say

    def deaf(self: Crowd, phone: Phone, *arguments: Any) -> str:
        if phone.number == 3:
            raise ConnectionError("no Wi-Fi")
        return say(self, phone, *arguments)

    monkeypatch.setattr(Crowd, "_say", deaf)
    told: list[str] = []
    report = play(tmp_path / "day", 8, 1, progress=told.append)
    assert (report.lost, report.credit_agrees, report.well) == (0, False, False)
    assert sum("phone 3 got no answer" in line for line in told) >= 3


def test_a_door_that_does_not_open_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not a traceback, and nothing hangs."""
    monkeypatch.setattr(sys, "executable", str(Path(sys.executable).with_name("no-python")))
    assert run(["rehearse", "--phones", "2", "--json"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "The door did not open." in said.err
