"""The door as a process: how it starts, whom it tells, how it ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from plfacilitate.core.refusal import Refused
from plfacilitate.front.door.footing import NICER
from plfacilitate.front.door.listening import listen
from plfacilitate.shelf import door_file
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.events import close_event, read_event
from plfacilitate.store.ballots import box_of, cast_ballot
from tests.front.door.day import MARIA
from tests.front.door.running import WAIT_SECONDS, code_of, running, ticket_of, today, until


def test_it_says_where_it_is(tmp_path: Path) -> None:
    """One line of JSON, door.json with the nonce that /alive gives, and the lock held; nothing of it is left behind."""
    around, event = today(tmp_path)
    folder = around.workspace.door
    with running(around, event, command=True) as door:
        about = door_file.read(folder)
        assert about is not None
        assert (about.pid, about.port, about.event, about.address) == (door.process.pid, door.port, event, door.address)
        assert httpx.get(f"{door.url}/alive").json()["nonce"] == about.nonce
        assert door_file.is_locked(folder)
        page = httpx.get(f"{door.url}/{code_of(around, event)}")
        assert page.status_code == 200
        assert door.end() == 0
    assert door_file.read(folder) is None
    assert not door_file.is_locked(folder)


def test_a_sign_in_over_the_wire_is_in_the_ledger(tmp_path: Path) -> None:
    """Acknowledged is durable: another process reads it."""
    around, event = today(tmp_path)
    with running(around, event) as door:
        form = {"t": ticket_of(around, event), "p": MARIA}
        assert "You are in at" in httpx.post(f"{door.url}/in", data=form).text
        ledger = around.open_ledger(readonly=True)
        assert [entry.person for entry in ledger.entries(event=event, kinds=("sign-in",))] == [MARIA]
        ledger.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows counts in classes")
def test_the_desk_goes_first(tmp_path: Path) -> None:
    """A hall of phones does not slow down whoever types: the door gives way, and so does everything it begins."""
    around, event = today(tmp_path)
    with running(around, event) as door:
        mine = os.getpriority(os.PRIO_PROCESS, 0)
        assert os.getpriority(os.PRIO_PROCESS, door.process.pid) == min(19, mine + NICER)


def test_a_pass_outlives_a_door_that_is_killed_a_moment_later(tmp_path: Path) -> None:
    """It is in its file soon after, without anybody waiting for that."""
    around, event = today(tmp_path)
    with running(around, event) as door:
        given = httpx.post(f"{door.url}/in", data={"t": ticket_of(around, event), "p": MARIA}).cookies
        (number,) = given.values()

        def saved() -> bool:
            return any(number in one.read_text("ascii") for one in around.workspace.door.glob("passes-*.txt"))

        until(saved, "the pass in its file")
        door.process.kill()


def test_the_end_of_stdin_is_no_stop(tmp_path: Path) -> None:
    """The desk was killed: the door goes on, and the next desk finds it by door.json and /alive."""
    around, event = today(tmp_path)
    with running(around, event) as door:
        assert door.process.stdin is not None
        door.process.stdin.close()
        about = door_file.read(around.workspace.door)
        assert about is not None
        for _ in range(3):
            assert httpx.get(f"{door.url}/alive").json()["nonce"] == about.nonce
        assert door.process.poll() is None
        if sys.platform != "win32":
            door.process.send_signal(signal.SIGTERM)
            assert door.process.wait(30) == 0
            assert door_file.read(around.workspace.door) is None


@pytest.mark.parametrize("said", ["stop\n", "what?\n\nstop\r\n", "x" * 5000 + "\nstop\n"])
def test_the_word_stops_it(tmp_path: Path, said: str) -> None:
    """`stop` on a line of its own, whatever else was said before."""
    around, event = today(tmp_path)
    with running(around, event) as door:
        door.say(said)
        assert door.process.wait(30) == 0


def test_what_is_in_flight_is_finished(tmp_path: Path) -> None:
    """A form that is half sent when the word comes is taken in, answered and in the ledger."""
    around, event = today(tmp_path)
    with running(around, event) as door:
        body = f"t={ticket_of(around, event)}&p={MARIA}".encode()
        with socket.create_connection(("127.0.0.1", door.port), timeout=30) as phone:
            head = f"POST /in HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n"
            phone.sendall(f"{head}Content-Type: application/x-www-form-urlencoded\r\n\r\n".encode() + body[:20])
            door_sees_it = httpx.get(f"{door.url}/alive")  # one turn of the loop later the half form is there
            assert door_sees_it.status_code == 200
            door.say("stop\n")
            until(lambda: not _takes_phones(door.port), "the door takes nobody any more")
            phone.sendall(body[20:])
            answer = phone.makefile("rb").read()
        assert b"You are in at" in answer
        assert door.process.wait(30) == 0


def _takes_phones(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


def test_slow_phones_block_nobody(tmp_path: Path) -> None:
    """A hundred connections that send half a request do not keep the next phone waiting."""
    around, event = today(tmp_path)
    with running(around, event) as door:
        slow = [socket.create_connection(("127.0.0.1", door.port)) for _ in range(100)]
        for phone in slow:
            phone.sendall(b"POST /in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n\r\nt=")
        form = {"t": ticket_of(around, event), "p": MARIA}
        assert "You are in at" in httpx.post(f"{door.url}/in", data=form, timeout=10).text
        for phone in slow:
            phone.close()


def test_an_endless_request_is_cut_off(tmp_path: Path) -> None:
    """A header that never ends costs its sender the connection."""
    around, event = today(tmp_path)
    with running(around, event) as door, socket.create_connection(("127.0.0.1", door.port), timeout=30) as phone:
        phone.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ")
        with pytest.raises(OSError):
            phone.sendall(b"x" * 50_000_000)
        assert httpx.get(f"{door.url}/alive").status_code == 200


def test_it_ends_when_the_event_closes(tmp_path: Path) -> None:
    """After the close phones still get the page for a moment; then the process ends by itself."""
    around, event = today(tmp_path)
    with running(around, event, closed_seconds=1.5) as door:
        ledger = around.open_ledger()
        ledger.append_one(Hand("desk", "facilitator", around.clock, around.chance).draft("event-closed", event=event))
        ledger.close()
        page = httpx.get(f"{door.url}/{code_of(around, event)}")
        assert "This session was closed" in page.text
        assert door.process.wait(30) == 0
    assert door_file.read(around.workspace.door) is None


def test_a_second_door_is_refused_in_one_sentence(tmp_path: Path) -> None:
    """The first goes on."""
    around, event = today(tmp_path)
    with running(around, event) as door:
        command = [sys.executable, "-m", "plfacilitate", "--workspace", str(around.workspace.root), "door", event]
        second = subprocess.run(
            command, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL, check=False
        )
        assert second.returncode != 0
        assert "A door is open on this workspace already" in second.stderr
        assert "Traceback" not in second.stderr
        assert second.stdout == ""
        assert httpx.get(f"{door.url}/alive").status_code == 200


def test_a_killed_door_leaves_no_lock(tmp_path: Path) -> None:
    """Its file stays and lies; the lock tells the truth, and the next door starts at once."""
    around, event = today(tmp_path)
    with running(around, event) as door:
        door.process.kill()
        door.process.wait(30)
    left = door_file.read(around.workspace.door)
    assert left is not None
    assert left.pid == door.process.pid
    assert not door_file.is_locked(around.workspace.door)
    with running(around, event, port=left.port) as again:
        assert again.port == left.port
        about = door_file.read(around.workspace.door)
        assert about is not None
        assert about.nonce != left.nonce


def test_a_foreign_program_on_the_port_moves_the_door(tmp_path: Path) -> None:
    """The next free one is taken, and door.json names it."""
    around, event = today(tmp_path)
    with socket.socket() as foreign:
        foreign.bind(("0.0.0.0", 0))
        foreign.listen()
        taken = foreign.getsockname()[1]
        with running(around, event, port=taken) as door:
            assert door.port != taken
            about = door_file.read(around.workspace.door)
            assert about is not None
            assert about.port == door.port


@pytest.mark.parametrize(
    "host, port", [("203.0.113.7", 8100), ("no such host!", 8100), ("0.0.0.0", 99999), ("127.0.0.1", -1)]
)
def test_a_place_that_cannot_be_listened_on_is_a_sentence(host: str, port: int) -> None:
    """Somebody else's address, a port that is none."""
    with pytest.raises(Refused) as no:
        listen(host, port)
    assert no.value.refusal.code == "port-unusable"
    assert "Choose another --host or --port." in str(no.value)


def test_an_event_that_is_closed_or_unknown_opens_no_door(tmp_path: Path) -> None:
    """One sentence, no traceback, no lock left."""
    around, event = today(tmp_path)
    ledger = around.open_ledger()
    ledger.append_one(Hand("desk", "facilitator", around.clock, around.chance).draft("event-closed", event=event))
    ledger.close()
    for name, sentence in ((event, "was closed at"), ("0000-no-such", "There is no event")):
        command = [sys.executable, "-m", "plfacilitate", "--workspace", str(around.workspace.root), "door", name]
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL, check=False
        )
        assert done.returncode != 0
        assert sentence in done.stderr
        assert "Traceback" not in done.stderr
    assert not door_file.is_locked(around.workspace.door)


def test_a_full_pipe_does_not_stop_it(tmp_path: Path) -> None:
    """Nobody reads its output; a thousand broken requests later it still answers, and said so in its own log."""
    around, event = today(tmp_path)
    with running(around, event) as door:
        for _ in range(1000):
            with socket.create_connection(("127.0.0.1", door.port), timeout=30) as phone:
                phone.sendall(b"\x16\x03\x01 https here\r\n\r\n")
                phone.recv(100)
        assert httpx.get(f"{door.url}/alive").status_code == 200
    assert "Invalid HTTP request" in (around.workspace.door / "door.log").read_text("utf-8")


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_it_stays_small(tmp_path: Path) -> None:
    """Under 90 MB after some hundred sign-ins, threads and all."""
    people = [{"last_name": f"Person{n}", "email": f"p{n}@x.example"} for n in range(400)]
    around, event = today(tmp_path, people=people)
    from plfacilitate.core.people import person_id

    with running(around, event) as door:
        with httpx.Client(base_url=door.url) as phone:
            for fields in people:
                form = {"t": ticket_of(around, event), "p": person_id(fields)}
                assert phone.post("/in", data=form).status_code == 200
        status = Path(f"/proc/{door.process.pid}/status").read_text("ascii")
        peak = int(status.partition("VmHWM:")[2].split()[0])
        assert peak < 90_000, f"{peak} kB"


def test_stdin_is_read_without_holding_a_lock(tmp_path: Path) -> None:
    """Stopped by a signal while somebody could still speak: a clean exit, nothing on stderr."""
    if sys.platform == "win32":
        pytest.skip("Windows has no SIGTERM to send")
    around, event = today(tmp_path)
    with running(around, event) as door:
        os.kill(door.process.pid, signal.SIGTERM)
        assert door.process.wait(30) == 0
        assert door.process.stderr is not None
        assert door.process.stderr.read() == ""


def test_what_was_answered_while_the_event_was_closed_is_counted_at_the_end(tmp_path: Path) -> None:
    """A ballot that came after the desk had counted is in the ledger when the door has ended, and the box is gone."""
    around, event = today(tmp_path)
    box = box_of(around.workspace.ledger)
    with running(around, event) as door:
        ledger = around.open_ledger()
        close_event(ledger, Hand("desk", "facilitator", around.clock, around.chance), read_event(ledger, event))
        ledger.close()
        cast_ballot(box, event, "aa", {"say": "late"})
        assert door.process.wait(WAIT_SECONDS) == 0
    ledger = around.open_ledger(readonly=True)
    (summary,) = ledger.entries(event=event, kinds=("evaluation-summary",))
    assert summary.body == {"ballots": 1, "questions": []}
    assert summary.means == "system"
    ledger.close()
    assert not box.exists()
