"""The whole road, with real servers: laptop → place → office → receipt → laptop, and a register that is put back."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from plfacilitate.core.refusal import Refused
from plfacilitate.courier.address import Access
from plfacilitate.courier.place import Place
from plfacilitate.courier.places import place_of
from plfacilitate.front.commands import office_watch
from plfacilitate.office.receive import answering
from plfacilitate.office.watching import Watch
from plfacilitate.store.register import open_register
from tests.laptops import Laptop, laptop, laptops
from tests.played import Chance
from tests.servers import PASSWORD, USER, SftpServer, Wire

__all__ = ["laptop", "laptops"]
MARIA = "maria.alvarez@renton.example.org"


class Circle:
    """A laptop with a day that ended, an office with a register, and the place between them."""

    def __init__(self, laptop: Laptop, office: Laptop, address: str, patch: pytest.MonkeyPatch) -> None:
        self.laptop, self.office, self.address, self.patch = laptop, office, address, patch
        self.file = office.folder / "register" / "register.db"
        self.url = f"sqlite:///{self.file}"
        self.event = laptop.opened()
        laptop.attend(self.event, f"{MARIA}, 8:20, 15:50")
        laptop.played.set("2023-12-06T16:10:00-08:00")
        laptop.do("event", "close", self.event)

    def hand_in(self) -> None:
        """Approve, pack, send."""
        self.laptop.played.forward(minutes=5)
        self.laptop.do("approve", self.event)
        self.laptop.do("pack", self.event)
        self.laptop.do("send", self.address)

    def correct(self, out: str) -> None:
        """Somebody left at another time."""
        self.laptop.do("attendance", "correct", self.event, MARIA, "--out", out, "--reason", "seen")

    def watch(self, looks: int = 2) -> list[str]:
        """The office watches for so many looks; each bundle's verdict, in the order of its words."""
        left = [looks]

        def pause(seconds: float) -> None:
            left[0] -= 1
            if not left[0]:
                raise KeyboardInterrupt

        self.patch.setattr(office_watch, "pause", pause)
        ran = self.office.run("office", "receive", "--watch", self.address, "--register", self.url)
        assert ran.code == 130, ran.err
        return [line.split(": ")[1] for line in ran.out.splitlines() if not line.startswith(" ")]

    def receipts(self) -> list[str]:
        """What the laptop is answered with."""
        return [one["verdict"] for one in self.laptop.json("receipts")["receipts"]]

    def place(self) -> Place:
        """The place, as the laptop sees it."""
        around = self.laptop.surroundings()
        return place_of(self.address, Access(around.secret, (around.workspace.keys / "known_hosts",)))

    def register_has_everything(self) -> bool:
        """Whether the register holds all that the laptop wrote of the day."""
        with closing(open_register(self.url, Chance())) as register:
            there = {entry.id for entry in register.entries(self.event)}
        return {
            one.id for one in self.laptop.ledger().entries(event=self.event, kinds={"sign-in", "sign-out"})
        } <= there


def over(*roads: str) -> pytest.MarkDecorator:
    """The test once for each of these roads."""
    return pytest.mark.parametrize("circle", roads, indirect=True)


@pytest.fixture
def circle(
    request: pytest.FixtureRequest, laptops: Callable[[str], Laptop], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Circle:
    """Over a road; both ends know the server and its password."""
    ends = (laptops("laptop"), laptops("office"))
    if request.param == "folder":
        address = str(tmp_path / "in")
        Path(address).mkdir()
    elif request.param == "sftp":
        server: SftpServer = request.getfixturevalue("sftp_server")
        address = f"sftp://{USER}@127.0.0.1:{server.port}/{Path(tempfile.mkdtemp(dir=server.folder)).name}"
        for one in ends:
            one.do("place", "trust", address, "--yes")
            one.secrets[address.rpartition("/")[0]] = PASSWORD
    else:
        import s3fs

        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{request.getfixturevalue('s3_port')}")
        monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        s3fs.S3FileSystem(key="clerk", secret="x", skip_instance_cache=True).mkdir("circle")
        address = "s3://circle/hours"
        for one in ends:
            one.secrets["s3://circle"] = "clerk:correct-horse"
    return Circle(*ends, address, monkeypatch)


@over("s3")
def test_sent_watched_answered_and_fetched(circle: Circle) -> None:
    """And nothing but bundles, what lies beside them and receipts is left at the place."""
    circle.hand_in()
    assert circle.watch() == ["accepted", "accepted"]
    assert circle.receipts() == ["accepted", "accepted"]
    assert circle.register_has_everything()
    with closing(circle.place()) as place:
        assert sorted(name.rpartition(".")[2] for name in place.names()) == sorted(
            ["zip", "zip", "json", "json", "pdf", "csv", "xlsx", "txt"]
        )


@over("folder", "sftp")
def test_a_register_put_back_takes_again_what_still_lies_at_the_place(circle: Circle, tmp_path: Path) -> None:
    """Sent, watched, answered, fetched, twice; then the register of the first day is put back, and the next look has
    everything there again: a receipt of the lost epoch is no answer. The laptop goes on as if nothing had been.
    """
    circle.hand_in()
    assert circle.watch() == ["accepted", "accepted"]
    assert circle.receipts() == ["accepted", "accepted"]
    circle.office.do("office", "register", "backup", tmp_path / "copy.db", "--register", circle.url)
    circle.correct("15:00")
    circle.hand_in()
    assert circle.watch() == ["accepted", "accepted"]
    assert circle.receipts() == ["accepted", "accepted"]
    assert circle.watch() == []
    circle.office.do("office", "register", "restore", tmp_path / "copy.db", "--register", circle.url)
    assert not circle.register_has_everything()
    assert sorted(circle.watch(3)) == ["accepted"] * 2 + ["already-here"] * 2
    assert circle.register_has_everything()
    assert circle.watch() == []
    circle.correct("15:10")
    circle.hand_in()
    assert circle.watch() == ["accepted", "accepted"]
    assert circle.receipts() == ["accepted", "accepted"]
    with closing(circle.place()) as place:
        assert not [name for name in place.names() if name.endswith(".part") or name.count("receipt") > 1]


@over("sftp")
def test_a_register_put_back_gets_from_the_laptop_what_lies_nowhere_else(circle: Circle, tmp_path: Path) -> None:
    """The place was cleared meanwhile: what comes next is held, its receipt names the new epoch, and the laptop packs
    from there. One pass by hand is enough for the office.
    """
    url, address = circle.url, circle.address
    circle.hand_in()
    circle.watch()
    circle.receipts()
    circle.office.do("office", "register", "backup", tmp_path / "copy.db", "--register", url)
    circle.correct("15:00")
    circle.hand_in()
    circle.watch()
    assert circle.receipts() == ["accepted", "accepted"]
    circle.office.do("office", "register", "restore", tmp_path / "copy.db", "--register", url)
    with closing(circle.place()) as place:
        for name in place.names():
            place.remove(name)
    assert "holds no bundle" in circle.office.no("office", "receive", address, "--register", url)
    circle.correct("15:10")
    circle.hand_in()
    told = circle.office.json("office", "receive", address, "--register", url)
    assert {one["verdict"] for one in told} == {"held"}
    assert all(one["file"].startswith(address) and one["receipt"].startswith(address) for one in told)
    assert circle.receipts() == ["held", "held"]
    circle.hand_in()
    told = circle.office.json("office", "receive", address, "--register", url)
    assert {one["verdict"] for one in told} == {"accepted"}
    assert circle.receipts() == ["accepted", "accepted"]
    assert circle.register_has_everything()


@over("sftp")
def test_a_wire_that_is_cut_while_the_office_looks_loses_nothing(
    circle: Circle, sftp_server: SftpServer, tmp_path: Path
) -> None:
    """At any stage, a bundle being fetched or a receipt being laid; the server is full for a while, too. In the end each
    bundle was accepted once and is answered, and nothing half lies at the place or here.
    """
    circle.hand_in()
    wire, around = Wire(sftp_server.port), circle.office.surroundings()
    known = tmp_path / "known_hosts"
    known.write_text(sftp_server.known_line(wire.port), "utf-8")
    watch = Watch(
        circle.address.replace(f":{sftp_server.port}", f":{wire.port}"),
        lambda files: office_watch.take_in(around, circle.url, files),
        lambda: answering(circle.url, None, around.chance),
        tmp_path / "inbox",
        Access(lambda place: PASSWORD, (known,)),
    )
    said: list[str] = []

    def look() -> bool:
        try:
            said.extend(one.verdict for one in watch.look())
        except Refused as no:
            if no.refusal.code not in ("not-sent", "place-not-seen"):
                raise
            return False
        return True

    try:
        assert look()
        whole = wire.passed
        for stage in range(1, 8):
            wire.cut_after(whole * stage // 4)
            look()
        wire.whole()
        sftp_server.full = True
        look()
        sftp_server.full = False
        assert look()
        assert look()
    finally:
        sftp_server.full = False
        wire.close()
    assert said.count("accepted") == 2
    assert set(circle.receipts()) <= {"accepted", "already-here"}
    assert "No parcel waits for a receipt" in circle.laptop.do("receipts")
    with closing(circle.place()) as place:
        assert not [name for name in place.names() if name.endswith(".part")]
    assert not [path for path in (tmp_path / "inbox").rglob("*") if path.is_file()]
