"""What the door listens on: this laptop and the one address that phones reach, wherever the laptop goes."""

from __future__ import annotations

import asyncio
import json
import shutil
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.types import Receive, Scope, Send

from plfacilitate.core.refusal import Refused
from plfacilitate.front.door.listening import Listening, listen
from plfacilitate.front.door.server import DoorServer, server_of
from plfacilitate.front.door.where import Whereabouts
from tests.front.door.day import Day
from tests.front.door.running import today

ONE, OTHER = "127.0.0.2", "127.0.0.3"  # the whole of 127/8 is this machine's, on Linux
linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has more than one loopback address by itself")
REQUEST = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"


def _answers(ip: str, port: int) -> bool:
    try:
        with socket.create_connection((ip, port), timeout=2):
            return True
    except OSError:
        return False


@pytest.fixture
def sockets() -> Iterator[Listening]:
    """A door's sockets; closed at the end."""
    made = Listening(None)
    with closing(made):
        yield made


@linux
def test_only_the_chosen_address_and_this_laptop_are_listened_on(sockets: Listening) -> None:
    """Both on one port; an address of another card gets no answer."""
    sockets.open(ONE, 0)
    assert sockets.port == sockets.outer_port
    assert [_answers(ip, sockets.port) for ip in ("127.0.0.1", ONE, OTHER)] == [True, True, False]


@linux
def test_it_follows_into_another_network(sockets: Listening) -> None:
    """Another address, none, the first again; on the same port, and nothing where nothing has changed."""
    sockets.open(ONE, 0)
    port, first = sockets.port, sockets.outer
    assert first is not None
    assert not sockets.follow(ONE)
    assert sockets.follow(OTHER)
    assert sockets.outer is not first
    first.close()
    assert [_answers(ip, port) for ip in ("127.0.0.1", ONE, OTHER)] == [True, False, True]
    second = sockets.outer
    assert second is not None
    assert sockets.follow("127.0.0.1")
    second.close()
    assert sockets.outer is None
    assert not sockets.follow("127.0.0.1")
    assert sockets.follow(ONE)
    assert (_answers(ONE, port), sockets.outer_port) == (True, port)


@linux
def test_a_socket_that_the_system_has_closed_is_opened_anew(sockets: Listening) -> None:
    """The address is the same as before, and yet nobody listens."""
    sockets.open(ONE, 0)
    assert sockets.outer is not None
    sockets.outer.close()
    assert not _answers(ONE, sockets.port)
    assert sockets.follow(ONE)
    assert _answers(ONE, sockets.port)
    assert not sockets.follow(ONE)


@linux
def test_a_port_that_is_taken_on_the_new_address_is_left_to_its_owner(sockets: Listening) -> None:
    """Then phones are sent to another one; the desk's own stays."""
    sockets.open("127.0.0.1", 0)
    with closing(listen(OTHER, sockets.port)) as foreign:
        if foreign.getsockname()[1] != sockets.port:
            pytest.skip("somebody else has this port everywhere")
        assert sockets.follow(OTHER)
        assert sockets.outer_port != sockets.port
        assert _answers(OTHER, sockets.outer_port)


def test_an_address_that_is_not_ours_yet_is_tried_again(sockets: Listening) -> None:
    """The system names it before it can be listened on: nothing is lost, and at the start the loopback is enough."""
    sockets.open("203.0.113.7", 0)
    assert sockets.outer is None
    assert _answers("127.0.0.1", sockets.port)
    assert not sockets.follow("203.0.113.7")
    assert sockets.outer is None


@pytest.mark.parametrize("host", ["0.0.0.0", "127.0.0.1", "localhost"])
def test_a_host_that_is_named_overrides(host: str) -> None:
    """One socket, and it follows nobody."""
    sockets = Listening(host)
    sockets.open("192.0.2.1", 0)
    assert sockets.inner is None
    assert _answers("127.0.0.1", sockets.port)
    assert not sockets.follow("192.0.2.1")
    sockets.close()


@linux
def test_a_named_host_leaves_the_desk_its_way() -> None:
    """The loopback is listened on as well: the desk asks there whether the door lives."""
    sockets = Listening(ONE)
    sockets.open("192.0.2.1", 0)
    assert [_answers(ip, sockets.port) for ip in ("127.0.0.1", ONE, OTHER)] == [True, True, False]
    sockets.close()
    with pytest.raises(Refused):
        Listening("203.0.113.7").open(ONE, 0)


# -- the server ----------------------------------------------------------------------------------------------------------


@pytest.fixture(params=["asyncio", "uvloop"])
def runner(request: pytest.FixtureRequest) -> Iterator[asyncio.Runner]:
    """Both loops that a door may run on."""
    factory = None
    if request.param == "uvloop":
        factory = pytest.importorskip("uvloop", reason="Windows has none").new_event_loop
    with asyncio.Runner(loop_factory=factory) as opened:
        yield opened


@asynccontextmanager
async def _serving(sockets: Listening, held: asyncio.Event) -> AsyncIterator[DoorServer]:
    async def hello(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == "/slow":
            await held.wait()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"5")]})
        await send({"type": "http.response.body", "body": b"hello"})

    ready = asyncio.Event()
    server = server_of(hello, ready.set)
    running = asyncio.create_task(server.serve(sockets=[one for one in (sockets.inner, sockets.outer) if one]))
    await ready.wait()
    try:
        yield server
    finally:
        server.should_exit = True
        await running


@linux
def test_a_running_connection_outlives_the_move(runner: asyncio.Runner, sockets: Listening) -> None:
    """A phone whose form is in the works, and one that waits for its next page, are not cut off."""

    async def play() -> None:
        sockets.open(ONE, 0)
        held = asyncio.Event()
        async with _serving(sockets, held) as server:
            idle, to_idle = await asyncio.open_connection(ONE, sockets.port)
            to_idle.write(REQUEST)
            await idle.readuntil(b"hello")
            busy, to_busy = await asyncio.open_connection(ONE, sockets.port)
            to_busy.write(REQUEST.replace(b"/ ", b"/slow ", 1))
            await asyncio.sleep(0.05)
            before = sockets.outer
            assert before is not None
            assert sockets.follow(OTHER)
            assert sockets.outer is not None
            await server.take_in(sockets.outer)
            server.turn_away(before)
            assert [await asyncio.to_thread(_answers, ip, sockets.port) for ip in (ONE, OTHER)] == [False, True]
            held.set()
            assert await busy.readuntil(b"hello")
            to_idle.write(REQUEST)
            assert await idle.readuntil(b"hello")
            new, to_new = await asyncio.open_connection(OTHER, sockets.port)
            to_new.write(REQUEST)
            assert await new.readuntil(b"hello")
            for writer in (to_idle, to_busy, to_new):
                writer.close()

    runner.run(play())


# -- who came ------------------------------------------------------------------------------------------------------------


def test_only_another_machine_is_proof() -> None:
    """Not the loopback, not this laptop by its own address; another network has to be proven anew."""
    where, now = Whereabouts(), datetime(2026, 12, 6, tzinfo=UTC)
    assert where.moved("http://192.168.1.20:8100", "Wi-Fi", reachable=True, own=("192.168.1.20", "10.0.0.5"))
    for client, server in (("127.0.0.1", "127.0.0.1"), ("192.168.1.20", "192.168.1.20"), ("10.0.0.5", "192.168.1.20"),
                           ("", "")):  # fmt: skip
        where.came(client, server, now)
        assert where.reached is None
    where.came("192.168.1.50", "192.168.1.20", now)
    assert where.facts()["reached"] == "2026-12-06T00:00:00.000000Z"
    assert not where.moved("http://192.168.1.20:8100", "Wi-Fi", reachable=True, own=())
    assert where.reached == now
    assert where.moved("http://192.168.7.3:8100", "Wi-Fi", reachable=True, own=())
    assert where.reached is None


async def test_alive_tells_this_machine_alone(day: Day) -> None:
    """A phone gets nothing from it, and by asking it has proved the way."""
    here, phone = day.phone(address="127.0.0.1"), day.phone()
    assert (await here.get("/alive")).json()["reached"] is None
    assert (await phone.get("/alive")).status_code == 404
    said = (await here.get("/alive")).json()
    assert said["nonce"] == "n0"
    assert said["reached"] == "2023-12-06T16:00:00.000000Z"


# -- a network that really comes and goes --------------------------------------------------------------------------------

_INSIDE = r"""
import atexit, http.client, json, os, subprocess, sys, time
from pathlib import Path
root, event = sys.argv[1:3]
def ip(*words): subprocess.run(["ip", *words], check=True)
ip("link", "set", "lo", "up")
ip("link", "add", "wlan0", "type", "veth", "peer", "name", "air0")
ip("link", "set", "wlan0", "up")
ip("addr", "add", "192.168.7.3/24", "dev", "wlan0")
door = subprocess.Popen([sys.executable, "-m", "plfacilitate", "--workspace", root, "door", event, "--port", "8101"],
                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
atexit.register(door.kill)
said = [json.loads(door.stdout.readline())]
file = Path(root, "door", "door.json")
def told(): return json.loads(file.read_text("utf-8"))["address"]
def until(true, what):
    end = time.monotonic() + 15
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.05)
def answers(host):
    try:
        http.client.HTTPConnection(host, 8101, timeout=1).request("GET", "/alive")
        return True
    except OSError:
        return False
PHONE = '''
import http.client, subprocess, sys
sys.stdin.readline()
for words in (["addr", "add", "192.168.7.9/24", "dev", "air0"], ["link", "set", "air0", "up"]):
    subprocess.run(["ip", *words], check=True)
print("up", flush=True)
for _ in sys.stdin:
    phone = http.client.HTTPConnection("192.168.7.3", 8101, timeout=10)
    phone.request("GET", "/")
    print(phone.getresponse().status, flush=True)
'''
phone = subprocess.Popen(["unshare", "-n", sys.executable, "-c", PHONE], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                         text=True)
def ask():
    phone.stdin.write("\n"); phone.stdin.flush()
    return phone.stdout.readline().strip()
until(lambda: os.readlink(f"/proc/{phone.pid}/ns/net") != os.readlink("/proc/self/ns/net"), "a network of its own")
ip("link", "set", "air0", "netns", str(phone.pid))
ask()
kept = http.client.HTTPConnection("127.0.0.1", 8101, timeout=5)
kept.request("GET", "/alive"); first = json.loads(kept.getresponse().read()); own = kept.sock
began = told(), answers("192.168.7.3"), ask()
kept.request("GET", "/alive"); proven = json.loads(kept.getresponse().read())
ip("addr", "del", "192.168.7.3/24", "dev", "wlan0")
until(lambda: told() == "http://127.0.0.1:8101", "no network")
kept.request("GET", "/alive"); alone = json.loads(kept.getresponse().read())
ip("addr", "add", "10.9.8.7/24", "dev", "wlan0")
until(lambda: told() == "http://10.9.8.7:8101" and answers("10.9.8.7"), "another network")
ip("addr", "add", "192.168.7.3/24", "dev", "wlan0")
elsewhere = answers("192.168.7.3")
ip("addr", "del", "10.9.8.7/24", "dev", "wlan0")
until(lambda: told() == "http://192.168.7.3:8101" and answers("192.168.7.3"), "back again")
kept.request("GET", "/alive"); last = json.loads(kept.getresponse().read())
same = kept.sock is own
phone.kill(); phone.wait()
door.stdin.write("stop\n"); door.stdin.flush()
print(json.dumps({"said": said[0], "began": began, "first": first, "alone": alone, "elsewhere": elsewhere, "last": last,
                  "proven": proven, "same": same, "code": door.wait(20)}))
"""


def _own_network() -> bool:
    """Whether this machine lets a test have a network of its own."""
    if not (shutil.which("unshare") and shutil.which("ip")):
        return False
    tried = ["unshare", "-Urn", "ip", "link", "add", "wlan0", "type", "veth", "peer", "name", "air0"]
    return subprocess.run(tried, capture_output=True, check=False).returncode == 0


@linux
def test_the_network_goes_away_and_comes_back(tmp_path: Path) -> None:
    """A real card in a network of its own: the QR's address follows within seconds, the desk's connection stays."""
    if not _own_network():
        pytest.skip("this machine gives no network namespaces")
    around, event = today(tmp_path)
    done = subprocess.run(
        ["unshare", "-Urn", sys.executable, "-c", _INSIDE, str(around.workspace.root), event],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    saw = json.loads(done.stdout.splitlines()[-1])
    assert saw["said"]["address"] == "http://192.168.7.3:8101"
    assert saw["began"] == ["http://192.168.7.3:8101", True, "200"]
    assert saw["first"]["reached"] is None, "this laptop's own requests prove nothing"
    assert saw["proven"]["reached"], "a machine on the other end of the air does"
    assert saw["first"]["reachable"]
    assert "Wi-Fi" in saw["first"]["why"]
    assert (saw["alone"]["address"], saw["alone"]["reachable"]) == ("http://127.0.0.1:8101", False)
    assert "no network" in saw["alone"]["why"]
    assert not saw["elsewhere"], "only the chosen address is listened on"
    assert saw["last"]["address"] == "http://192.168.7.3:8101"
    assert saw["last"]["reached"] is None
    assert saw["same"]
    assert saw["code"] == 0
