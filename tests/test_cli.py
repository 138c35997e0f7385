"""The command line as a whole: options, exit codes, streams, and what nobody foresaw."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any

import pytest
import typer
from typer.main import get_group

from plfacilitate import __main__, __version__, cli
from plfacilitate.machine import surroundings
from plfacilitate.store.surroundings import Surroundings
from tests.laptops import PEOPLE, Laptop, laptop, laptops
from tests.played import Clock

__all__ = ["laptop", "laptops"]

Process = subprocess.CompletedProcess[bytes]


def process(
    *arguments: str, env: Mapping[str, str] | None = None, stdout: IO[bytes] | int = subprocess.PIPE
) -> Process:
    """The program in a process of its own, with bytes for output."""
    return subprocess.run(
        [sys.executable, "-m", "plfacilitate", *arguments],
        env={**os.environ, **(env or {})}, stdout=stdout, stderr=subprocess.PIPE, timeout=60, check=False,
    )  # fmt: skip


# -- what is asked for -------------------------------------------------------------------------------------------------


def test_version_and_help(laptop: Laptop) -> None:
    """Both are no errors, and help names every command."""
    assert laptop.do("--version") == f"plfacilitate {__version__}\n"
    said = laptop.do("--help")
    for name in ("people", "plan", "event", "credit", "rehearse", "office", "--workspace"):
        assert name in said
    assert "import" in laptop.do("people", "--help")


@pytest.mark.parametrize(
    "line",
    [
        ("nonsense",), ("people",), ("people", "nonsense"), ("credit",), ("credit", "a", "b"), ("event", "list", "--no"),
        ("rehearse", "--phones", "none"), ("rehearse", "--phones", "0"), ("plan", "schedule", "x"), ("send",),
        ("people", "import"), ("note", "text", "--tag", "song"), ("office", "receive", "x"),
    ],
)  # fmt: skip
def test_a_line_that_makes_no_sense_has_exit_code_2(laptop: Laptop, line: tuple[str, ...]) -> None:
    """What is wrong and where help is, on stderr; nothing on stdout."""
    ran = laptop.run(*line)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.strip()


def test_the_workspace_may_stand_anywhere_on_the_line(laptop: Laptop, tmp_path: Path) -> None:
    """Before the command, between its words, at the end, with a blank or an equals sign."""
    place = tmp_path / "elsewhere"
    lines = [
        ("--workspace", place, "people", "list", "--json"),
        ("people", "--workspace", place, "list", "--json"),
        ("people", "list", "--json", "--workspace", place),
        ("people", "list", f"--workspace={place}", "--json"),
    ]
    laptop.do("people", "import", PEOPLE, "--workspace", place)
    for line in lines:
        assert len(laptop.run(*line).document) == 52
    assert laptop.json("people", "list") == []
    assert "--workspace needs a value" in laptop.no("people", "list", "--workspace")
    for nobody in ("", " "):
        assert "--by needs a value" in laptop.no("people", "list", f"--by={nobody}")
        assert __main__.light([f"--by={nobody}"]) is None


def test_what_follows_two_dashes_is_no_option(laptop: Laptop) -> None:
    """A note may begin with anything."""
    laptop.do("note", "--", "--workspace")
    assert laptop.json("search", "workspace")["texts"][0]["text"] == "--workspace"


def test_an_empty_word_is_never_taken_for_none(laptop: Laptop) -> None:
    """A script whose variable is empty hears of it, instead of having all people, the first session or no event."""
    event = laptop.opened()
    assert "There is no event" in laptop.no("note", "One note.", "--event", "")
    assert "nothing to do: the note is empty" in laptop.no("note", " ")
    assert laptop.no("credit", event, "--person", "")
    day = ("plan", "schedule", "pscpl-cohort", "--on", "2023-12-06")
    assert "session" in laptop.no(*day, "--session", "")
    assert "zone" in laptop.no(*day, "--tz", "")
    assert laptop.json("search", "note")["texts"] == []
    assert len(laptop.json("event", "list")) == 1


def test_a_search_without_a_find_says_what_was_looked_for(laptop: Laptop) -> None:
    """Made visible, and no longer than a line."""
    ran = laptop.run("search", "\x1b[31mred " + "x" * 5000)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith("Nothing here fits “␛[31mred xxx")
    assert ran.err.endswith("x…”.\n")
    assert len(ran.err) < 100


def test_by_says_who_writes(laptop: Laptop) -> None:
    """It stands in every entry."""
    laptop.do("note", "One note.", "--by", "Ada Lovelace")
    (entry,) = laptop.ledger().entries(kinds=("note",))
    assert entry.by == "Ada Lovelace"


def test_the_environment_names_workspace_and_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Options win over it; a relative folder and a tilde are understood."""
    monkeypatch.setenv("PLFACILITATE_WORKSPACE", str(tmp_path / "named"))
    monkeypatch.setenv("PLFACILITATE_BY", "Grace Hopper")
    around = surroundings()
    assert (around.workspace.root, around.by) == (tmp_path / "named", "Grace Hopper")
    assert surroundings(Path("here"), "Ada").workspace.root == Path.cwd() / "here"
    assert surroundings(Path("~/there")).workspace.root == Path.home() / "there"
    monkeypatch.delenv("PLFACILITATE_WORKSPACE")
    assert Path.home() in surroundings().workspace.root.parents


def test_without_a_command_it_is_the_desk(laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    """With or without the shared options; `desk EVENT` opens that event's room."""
    import plfacilitate.front.desk.app as desk

    shown: list[tuple[str, str | None]] = []

    def run(around: Surroundings, *, event: str | None = None) -> int:
        shown.append((around.by, event))
        return 0

    monkeypatch.setattr(desk, "run", run)
    assert laptop.run("--by", "Ada").code == 0
    event = laptop.schedule()
    assert laptop.run("desk", event[:8]).code == 0
    assert shown == [("Ada", None), ("facilitator of laptop", event)]
    assert "There is no event" in laptop.no("desk", "12345678")


@pytest.mark.parametrize(
    "line, asked",
    [
        ([], ("", "", {})),
        (["--workspace", "x"], ("", "", {"--workspace": "x"})),
        (["--workspace=x", "--by", "Ada"], ("", "", {"--workspace": "x", "--by": "Ada"})),
        (["desk", "1234"], ("desk", "1234", {})),
        (["--workspace", "x", "door", "1234"], ("door", "1234", {"--workspace": "x"})),
        (["door", "1234", "--port", "0", "--host=::1"], ("door", "1234", {"--port": "0", "--host": "::1"})),
        (["door", "1", "--name", "a", "--name=b"], ("door", "1", {"--name": "b"}, ("a", "b"))),
        (["event", "list"], None), (["--workspace", "x", "event", "list"], None), (["--workspace"], None),
        (["--help"], None), (["desk", "--help"], None), (["door"], None), (["door", "1", "2"], None),
        (["door", "1", "--name=", "--name=b"], None), (["desk", "--name", "a"], None),
        (["door", "1234", "--port", "none"], None), (["desk", "--port", "1"], None), (["--version"], None), ([""], None),
    ],
)  # fmt: skip
def test_desk_and_door_start_without_the_commands(line: list[str], asked: tuple[Any, ...] | None) -> None:
    """These lines need none of them; what is wrong with a line is theirs to say."""
    assert __main__.light(line) == (asked and __main__.Light(*asked))


def test_an_event_that_is_none_is_one_sentence_however_the_program_started() -> None:
    """The desk and the door say no as a command does."""
    for what in ("desk", "door"):
        said = process(what, "12345678")
        assert (said.returncode, said.stdout) == (1, b"")
        assert said.stderr.count(b"\n") == 1
        assert said.stderr.startswith(b"plfacilitate: There is no event")


# -- answers -----------------------------------------------------------------------------------------------------------


def test_every_json_is_one_ascii_document(laptop: Laptop, clock: Clock, tmp_path: Path) -> None:
    """Of all commands of a day; names with accents come through whole."""
    laptop.json("people", "import", PEOPLE)
    event = laptop.json("plan", "schedule", "pscpl-cohort", "--on", "2023-12-06")["event"]
    mail = tmp_path / "mail"
    mail.mkdir()
    clock.set("2023-12-06T16:10:00-08:00")
    for line in (
        ("people", "list"), ("people", "show", "Nguyen"), ("plan", "list"), ("event", "list"), ("event", "show", event),
        ("event", "expect", event, PEOPLE), ("event", "open", event), ("event", "close", event), ("search", "nguyen"),
        ("credit", event), ("approve", event), ("pack", event), ("send", "--to", mail), ("doctor",),
    ):  # fmt: skip
        laptop.json(*line)
    assert "Nguyễn, Lan" in [one["name"] for one in laptop.json("people", "list")]
    for bundle in mail.glob("*.zip"):
        laptop.json("verify", bundle)
    laptop.receive_at_office(tmp_path / "register.db", mail)
    laptop.json("receive", mail)


def test_a_no_under_json_leaves_stdout_empty(laptop: Laptop) -> None:
    """Whole document or nothing."""
    laptop.no("credit", "12345678", "--json")
    laptop.no("people", "import", "nowhere.csv", "--json")
    laptop.no("event", "show", "12345678", "--json")


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "cp437", "ascii"])
def test_a_terminal_that_cannot_show_a_letter_gets_a_question_mark(encoding: str) -> None:
    """As on Windows; JSON is ASCII anyway."""
    env = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    assert process("people", "import", str(PEOPLE), env=env).returncode == 0
    done = process("people", "list", env=env)
    assert (done.returncode, done.stderr) == (0, b"")
    shown = done.stdout.decode(encoding)
    assert ("Nguyễn, Lan" if encoding == "utf-8" else "Nguy?n, Lan") in shown
    document = json.loads(process("people", "list", "--json", env=env).stdout.decode("ascii"))
    assert "Nguyễn, Lan" in [one["name"] for one in document]


@pytest.mark.skipif(sys.platform == "win32", reason="shells of Windows can't close a stream")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&-"])
def test_closed_streams_are_no_reason_to_fail(closed: str) -> None:
    """Started by something that has no use for the output."""
    line = f'"{sys.executable}" -m plfacilitate people list --json {closed}'
    done = subprocess.run(line, shell=True, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0
    assert b"Traceback" not in done.stdout + done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pipe of a shell")
def test_a_reader_that_goes_away_is_no_error() -> None:
    """`… | head -1`."""
    assert process("people", "import", str(PEOPLE)).returncode == 0
    line = f'set -o pipefail; "{sys.executable}" -m plfacilitate people list | true'
    done = subprocess.run(["bash", "-c", line], capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_at_the_other_end_of_stdout_is_one_sentence() -> None:
    """`… > file` where nothing fits any more."""
    with Path("/dev/full").open("wb") as full:
        done = process("plan", "list", "--json", stdout=full)
    assert done.returncode == 1
    assert done.stderr.decode().strip() == (
        "plfacilitate: Not saved: the disk is full. Nothing that was saved before is lost."
    )


# -- what goes wrong ---------------------------------------------------------------------------------------------------


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], None]:
    """Makes `doctor` raise something."""

    def breaks(error: BaseException) -> None:
        def doctor(ctx: typer.Context) -> None:
            raise error

        app = typer.Typer()
        app.callback()(lambda: None)
        app.command("doctor")(doctor)
        monkeypatch.setattr(cli, "commands", lambda: get_group(app))

    return breaks


def test_what_nobody_foresaw_is_one_sentence_and_a_file(
    broken: Callable[[BaseException], None], capsys: pytest.CaptureFixture[str], isolated: Path
) -> None:
    """The traceback is for whoever repairs it, not for whoever meets it."""
    broken(RuntimeError("the \x1b[31mred\x1b[0m one"))
    assert cli.run(["doctor"]) == 70
    said = capsys.readouterr()
    assert said.out == ""
    assert "this was not foreseen (RuntimeError: the ␛[31mred␛[0m one)" in said.err
    assert "Traceback" not in said.err
    (report,) = isolated.rglob("last-error.txt")
    assert "Traceback" in report.read_text("utf-8")
    assert str(report) in said.err


@pytest.mark.parametrize(
    "error, code, sentence",
    [
        (KeyboardInterrupt(), 130, "stopped"),
        (typer.Abort(), 130, "stopped"),
        (typer.Exit(3), 3, ""),
        (OSError(28, "No space left on device"), 1, "the disk is full"),
        (PermissionError(13, "Permission denied", "file.csv"), 1, "file.csv: writing is not allowed there"),
        (MemoryError(), 70, "not foreseen"),
        (RecursionError("deep"), 70, "not foreseen"),
    ],
)
def test_exit_codes(
    broken: Callable[[BaseException], None],
    capsys: pytest.CaptureFixture[str],
    error: BaseException,
    code: int,
    sentence: str,
) -> None:
    """Each ending has its own, and its words."""
    broken(error)
    assert cli.run(["doctor"]) == code
    said = capsys.readouterr()
    assert sentence in said.err
    assert "Traceback" not in said.err


def test_no_traceback_even_where_no_report_can_be_written(
    broken: Callable[[BaseException], None], capsys: pytest.CaptureFixture[str], isolated: Path
) -> None:
    """The state folder is a file."""
    (isolated / ".local").write_text("")
    broken(ValueError("odd"))
    assert cli.run(["doctor"]) == 70
    assert "ValueError: odd" in capsys.readouterr().err
