"""What goes wrong while a place is watched: two who watch it, answers that are lost or say nothing, servers that go away."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from plfacilitate.core.entry import new_id
from plfacilitate.core.refusal import Refused
from plfacilitate.front.commands import office_watch
from plfacilitate.office import laptops
from plfacilitate.office.receive import Answer, answering, receive
from plfacilitate.office.watching import Watch
from plfacilitate.seal.keys import load_or_make, verify
from plfacilitate.shelf.receipt import Receipt, read_receipt, write_receipt
from plfacilitate.store.register import open_register
from plfacilitate.store.register.engine import Raced
from tests.laptops import Laptop
from tests.office.test_receive import Office, chain, made, office
from tests.office.test_watching import Far, watching
from tests.played import Chance, Clock
from tests.postgres import Server
from tests.servers import Wire

__all__ = ["chain", "made", "office"]


@pytest.fixture
def folder(chain: list[Path], tmp_path: Path) -> Path:
    """The place, with the three bundles of a laptop in it."""
    place = tmp_path / "in"
    place.mkdir()
    for path in chain:
        shutil.copy(path, place)
    return place


def receipts(folder: Path) -> list[Receipt]:
    """Every answer there, whole."""
    return [read_receipt(path, verify=verify) for path in sorted(folder.glob("*.receipt*.json"))]


@pytest.mark.parametrize("far", [False, True])
@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_two_who_watch_one_place_at_once(
    request: pytest.FixtureRequest,
    folder: Path,
    clock: Clock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    engine: str,
    far: bool,
) -> None:
    """Each entry is taken once, each bundle has one answer that says it is here, nothing half is left anywhere."""
    url = f"sqlite:///{tmp_path / 'register' / 'register.db'}"
    if engine == "postgresql":
        server: Server = request.getfixturevalue("postgres")
        url = server.database()
    if far:
        monkeypatch.setattr("plfacilitate.office.watching.place_of", lambda address, access: Far(folder))
    keys = tmp_path / "keys"
    ready, answers, errors = threading.Barrier(2), list[Answer](), list[Exception]()

    def work(number: int) -> None:
        def take(files: object) -> list[Answer]:
            assert isinstance(files, list)
            ready.wait(20)  # both saw the same
            return receive(url, files, clock=clock, chance=Chance(number), office="Office", keys=keys)

        who = Watch(str(folder), take, lambda: answering(url, keys, Chance(number)), tmp_path / f"inbox {number}")
        try:
            for _ in range(2):
                answers.extend(who.look())
        except Exception as error:  # noqa: BLE001 (told by the test's own thread)
            errors.append(error)
            ready.abort()

    threads = [threading.Thread(target=work, args=(number,)) for number in (2, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not errors
    accepted = [one for one in answers if one.verdict == "accepted"]
    assert {one.verdict for one in answers} <= {"accepted", "already-here", "held"}
    assert len({one.bundle for one in accepted}) == len(accepted) == 3
    who = answering(url, keys, Chance(4))
    assert [who.gave(one) for one in receipts(folder)] == [True] * 3
    assert not [path for path in folder.iterdir() if path.name.endswith(".part")]


def test_a_receipt_that_is_lost_is_laid_again(office: Office, folder: Path, tmp_path: Path) -> None:
    """Somebody tidied the folder before the laptop looked: the same watch answers anew, and adds nothing."""
    watch = watching(office, str(folder), tmp_path / "inbox")
    assert [len(watch.look()) for _ in range(3)] == [0, 3, 0]
    lost = sorted(folder.glob("*.receipt.json"))[1]
    lost.unlink()
    (answer,) = watch.look()
    assert (answer.verdict, answer.new) == ("already-here", 0)
    assert lost.exists()
    assert watch.look() == []


def spoiled(path: Path) -> None:
    """A part of it."""
    path.write_bytes(path.read_bytes()[:-9])


def of_another_register(path: Path) -> None:
    """A receipt for the same bundle from a register that was tried out once."""
    told = read_receipt(path, verify=verify)
    key = load_or_make(path.parent / "other keys", "office", Chance(9))
    other = Receipt(
        told.receipt, told.office, new_id(Chance(8)), told.epoch, told.bundle, "accepted", told.at, key.public
    )
    write_receipt(path, other, sign=key.sign)


@pytest.mark.parametrize("spoil", [spoiled, of_another_register])
def test_what_only_looks_like_an_answer_is_none(
    office: Office, folder: Path, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    """Cut off, or another register's: the bundle is looked at, and the right answer takes its place."""
    first = watching(office, str(folder), tmp_path / "inbox")
    assert [len(first.look()) for _ in range(2)] == [0, 3]
    spoil(min(folder.glob("*.receipt.json")))
    watch = watching(office, str(folder), tmp_path / "inbox")
    assert [[one.verdict for one in watch.look()] for _ in range(3)] == [[], ["already-here"], []]
    who = answering(office.url, None, office.chance)
    assert all(who.gave(one) for one in receipts(folder))


def test_a_register_put_back_while_it_is_watched(office: Office, folder: Path, tmp_path: Path) -> None:
    """The same watch goes on, and every bundle is answered in the new epoch."""
    watch = watching(office, str(folder), tmp_path / "inbox")
    assert [len(watch.look()) for _ in range(3)] == [0, 3, 0]
    with closing(open_register(office.url, office.chance)) as register:
        register.begin_epoch(new_id(Chance(6)))
        epoch = register.epoch
    assert [one.verdict for one in watch.look()] == ["already-here"] * 3  # the files lay still all the time
    assert {one.epoch for one in receipts(folder)} == {epoch}
    assert watch.look() == []


def test_what_is_accepted_by_another_command_is_answered_at_the_next_look(
    office: Office, folder: Path, chain: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What lacked came by mail: the bundle that was held far away gets its answer there."""
    (folder / chain[0].name).unlink()
    monkeypatch.setattr("plfacilitate.office.watching.place_of", lambda address, access: Far(folder))
    watch = watching(office, "sftp://office.example.org/in", tmp_path / "inbox")
    assert [[one.verdict for one in watch.look()] for _ in range(2)] == [[], ["held", "held"]]
    office.take(chain[0])
    assert [one.verdict for one in receipts(folder)] == ["held", "held"]
    assert watch.look() == []
    assert [one.verdict for one in receipts(folder)] == ["accepted", "accepted"]
    assert not [path for path in (tmp_path / "inbox").rglob("*") if path.is_file()]


def test_what_was_refused_is_looked_at_when_its_laptop_is_accepted_again(
    office: Office, folder: Path, chain: list[Path], tmp_path: Path
) -> None:
    """Retired too early: nobody has to send anything again, and nothing is looked at twice without a reason."""
    office.take(chain[0])
    with closing(open_register(office.url, office.chance)) as register:
        (one,) = register.laptops()
        laptops.retire(register, one, office.clock, "clerk")
        watch = watching(office, str(folder), tmp_path / "inbox")
        assert [sorted(one.verdict for one in watch.look()) for _ in range(3)] == [
            [],
            ["already-here", "refused", "refused"],
            [],
        ]
        laptops.accept(register, one, office.clock, "clerk")
    assert [one.verdict for one in watch.look()] == ["accepted", "accepted"]
    assert watch.look() == []


def test_a_place_that_takes_no_receipt_is_no_end_of_it(
    office: Office, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Full: what is taken is said at once, and the receipts are laid when there is room."""
    full = [True]

    class Full(Far):
        """Takes nothing for a while."""

        def put(self, *arguments: object) -> None:
            if full[0]:
                raise OSError(28, "No space left on device")
            self.folder.put(*arguments)  # type: ignore[arg-type] # whatever it was given

    monkeypatch.setattr("plfacilitate.office.watching.place_of", lambda address, access: Full(folder))
    watch = watching(office, "sftp://office.example.org/in", tmp_path / "inbox")
    assert [[one.verdict for one in watch.look()] for _ in range(2)] == [[], ["accepted"] * 3]
    assert receipts(folder) == []
    with pytest.raises(Refused, match="disk is full"):
        watch.look()
    full[0] = False
    assert watch.look() == []
    assert [one.verdict for one in receipts(folder)] == ["accepted"] * 3


def test_a_registers_server_that_goes_away_is_waited_for(
    postgres: Server, laptop: Laptop, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was there, is restarted in the middle, and is there again: nobody has to start the watch anew. One that never
    answered is a mistake in the address.
    """
    wire = Wire(postgres.port)
    url = postgres.database().replace(f":{postgres.port}", f":{wire.port}")
    looks = [0]

    def pause(seconds: float) -> None:
        looks[0] += 1
        if looks[0] == 1:
            wire.cut_after(0)
        if looks[0] == 3:
            wire.whole()
        if looks[0] == 5:
            raise KeyboardInterrupt

    monkeypatch.setattr(office_watch, "pause", pause)
    try:
        ran = laptop.run("office", "receive", "--watch", folder, "--register", url)
        assert (ran.code, ran.out.count("accepted")) == (130, 3)
        assert ran.err.count("Looked at again in") == 2
        wire.cut_after(0)
        assert "can't be used" in laptop.no("office", "receive", "--watch", folder, "--register", url)
    finally:
        wire.close()


def test_two_who_are_in_each_others_way_for_long_are_told_to_try_again(
    laptop: Laptop, office: Office, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence by command; whoever watches looks again by itself."""

    def raced(*arguments: object, **options: object) -> list[Answer]:
        raise Raced

    monkeypatch.setattr("plfacilitate.office.receive.receive", raced)
    assert "try again" in laptop.no("office", "receive", folder, "--register", office.url)
