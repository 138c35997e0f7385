"""The register: what an office keeps of what laptops hand over."""

from __future__ import annotations

import dataclasses
import json
import random
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import count
from pathlib import Path

import psycopg
import pytest

from plfacilitate.core.entry import Draft, Sealed, stable_id
from plfacilitate.core.refusal import Refused
from plfacilitate.store.extract import extents, lacking
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.register import Arrival, Register, Taken, open_register, register_folder, taking
from plfacilitate.store.register.engine import NOWHERE
from tests.played import Chance, Clock
from tests.postgres import Server
from tests.store.registers import Paper

ALL = frozenset({"device-started", "sign-in", "sign-out", "note", "person", "people-merged", "undo", "erased", "later"})
MARKS = ALL - {"note"}
EVENT = stable_id("event")
numbers = count(1)

Opened = Callable[[str], Ledger]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty register, of each engine in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'office' / 'register.db'}"
        return
    server: Server = request.getfixturevalue("postgres")
    with server.lent() as address:
        yield address


@pytest.fixture
def register(url: str) -> Iterator[Register]:
    """An empty register."""
    opened = open_register(url, Chance(99))
    yield opened
    opened.close()


@pytest.fixture
def ledgers(tmp_path: Path, clock: Clock) -> Iterator[Opened]:
    """Ledgers by name, each of a laptop of its own."""
    made: dict[str, Ledger] = {}

    def ledger(name: str) -> Ledger:
        if name not in made:
            made[name] = Ledger.open(tmp_path / f"{name}.db", clock=clock, chance=Chance(len(made)))
        return made[name]

    yield ledger
    for one in made.values():
        one.close()


def mark(
    ledger: Ledger, clock: Clock, person: str | None, kind: str = "sign-in", event: str | None = EVENT, **body: object
) -> str:
    """One more entry; gives its id."""
    number = next(numbers)
    entry = Draft(
        id=f"{kind}-{number}", kind=kind, happened_at=clock(), by="door", means="own-phone",
        salt=number.to_bytes(16, "big"), person=person, event=event, body=body,
    )  # fmt: skip
    return ledger.append_one(entry).id


def bundle(
    ledger: Ledger, have: Mapping[str, int] | None = None, *, kinds: frozenset[str] = ALL, name: str = ""
) -> tuple[Arrival, list[Sealed]]:
    """What a laptop would pack for an office that has these numbers already."""
    have = have or {}
    covers = {device: (one.first, one.last, one.digest) for device, one in extents(ledger.connection, have).items()}
    name = name or f"bundle-{next(numbers)}"
    arrival = Arrival(name, "sha-" + name, Path(name), ledger.device, "hours", "2023", "2023", covers)
    return arrival, list(lacking(ledger.connection, have, kinds))


def take(register: Register, arrival: Arrival, entries: Iterable[Sealed]) -> Taken:
    """Bring a bundle to a register."""
    return register.take(arrival, lambda: entries)


def kept_bytes(url: str, tmp_path: Path) -> bytes:
    """All that a register holds: SQLite's files, byte by byte, or every content of PostgreSQL's tables."""
    if url.startswith("sqlite"):
        return b"".join(path.read_bytes() for path in (tmp_path / "office").iterdir())
    with psycopg.connect(url) as db:
        tables = "SELECT content FROM plfacilitate.content UNION ALL SELECT content FROM plfacilitate.aside"
        return b"".join(row[0] or b"" for row in db.execute(tables))


def ids(register: Register) -> list[str]:
    """The ids of the event's entries that the register can read."""
    return sorted(entry.id for entry in register.entries(EVENT))


def test_a_bundle_is_taken_and_its_head_is_known(register: Register, ledgers: Opened, clock: Clock) -> None:
    """Its entries can be read, and the device is known up to the last one."""
    ledger = ledgers("one")
    first = mark(ledger, clock, "ana")
    taken = take(register, *bundle(ledger))
    assert (taken.verdict, taken.new, taken.filled) == ("accepted", 2, 2)
    assert ids(register) == [first]
    assert register.heads([ledger.device]) == ledger.heads()


def test_the_same_bundle_again_changes_nothing(register: Register, ledgers: Opened, clock: Clock) -> None:
    """It is answered as being here."""
    ledger = ledgers("one")
    mark(ledger, clock, "ana")
    packed = bundle(ledger)
    take(register, *packed)
    again = take(register, *packed)
    assert (again.verdict, again.new, again.known) == ("already-here", 0, 2)


@pytest.mark.parametrize("batch", [2, 3, 100])
def test_an_entry_that_stands_in_a_bundle_twice_is_one(
    register: Register, ledgers: Opened, clock: Clock, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    """Whether both are read at once or one after the other, with or without their contents."""
    monkeypatch.setattr(taking, "BATCH", batch)
    monkeypatch.setattr(taking, "TOGETHER", batch + 1)
    ledger = ledgers("one")
    for person in ("ana", "ben"):
        mark(ledger, clock, person)
    arrival, entries = bundle(ledger)
    bare = [Sealed(one.envelope, None, None) for one in entries]
    taken = take(register, arrival, [*entries, *entries, *bare])
    assert (taken.verdict, taken.new, taken.known, taken.filled, taken.conflicts) == ("accepted", 3, 6, 3, ())
    assert len(ids(register)) == 2
    assert register.heads([ledger.device]) == ledger.heads()
    assert register.forked(EVENT) == frozenset()


@pytest.mark.parametrize("in_turns", [True, False])
@pytest.mark.parametrize("batch", [1, 2, 100])
def test_the_size_of_a_batch_changes_nothing(
    register: Register,
    ledgers: Opened,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    batch: int,
    in_turns: bool,
) -> None:
    """A fork whose two ends arrive in turns or one after the other, an erasure among them."""
    monkeypatch.setattr(taking, "BATCH", batch)
    ledger = ledgers("one")
    gone = mark(ledger, clock, "ana")
    ledger.connection.execute("VACUUM INTO ?", (str(tmp_path / "copy.db"),))
    copy = Ledger.open(tmp_path / "copy.db", clock=clock, chance=Chance(7))
    for person in ("ben", "cai"):
        mark(ledger, clock, person)
        mark(copy, clock, person)
    copy.erase([gone], reason="asked", by="office")
    arrival, entries = bundle(copy)
    mine = list(ledger.sealed())
    turns = [one for pair in zip(entries[2:], [*mine[2:], mine[0]], strict=True) for one in pair]
    taken = take(register, arrival, [*reversed(entries[:2]), *turns] if in_turns else [*entries, *mine[2:]])
    assert (taken.verdict, taken.new) == ("accepted", 7)
    assert len(register.forked(EVENT)) == 4
    assert gone not in ids(register)
    assert register.heads([copy.device]) == copy.heads()
    copy.close()


def test_what_was_accepted_stays_so(register: Register, ledgers: Opened, clock: Clock) -> None:
    """Another file that bears the same name, and is turned away, does not make the right one unknown."""
    ledger = ledgers("one")
    mark(ledger, clock, "ana")
    arrival, entries = bundle(ledger)
    assert take(register, arrival, entries).verdict == "accepted"
    other = dataclasses.replace(arrival, sha256="other", covers={"stranger": (5, 6, "0" * 64)})
    assert take(register, other, []).verdict == "held"
    assert take(register, arrival, entries).verdict == "already-here"
    assert register.held() == []


def test_an_older_bundle_that_comes_late_takes_nothing_back(register: Register, ledgers: Opened, clock: Clock) -> None:
    """The device stays known up to the newest entry that is here."""
    ledger = ledgers("one")
    mark(ledger, clock, "ana")
    older = bundle(ledger)
    mark(ledger, clock, "ben")
    take(register, *bundle(ledger))
    assert take(register, *older).verdict == "accepted"
    assert register.heads([ledger.device]) == ledger.heads()


def test_a_second_full_bundle_brings_only_what_is_new(register: Register, ledgers: Opened, clock: Clock) -> None:
    """What is here already is counted as known."""
    ledger = ledgers("one")
    mark(ledger, clock, "ana")
    take(register, *bundle(ledger))
    mark(ledger, clock, "ben")
    taken = take(register, *bundle(ledger))
    assert (taken.verdict, taken.new, taken.known) == ("accepted", 1, 2)


def test_what_comes_before_its_turn_is_held(register: Register, ledgers: Opened, clock: Clock) -> None:
    """It says from where on it needs the device, takes nothing, and is taken once that came."""
    ledger = ledgers("one")
    early = bundle(ledger)
    mark(ledger, clock, "ana")
    late = bundle(ledger, {ledger.device: 1})
    held = take(register, *late)
    assert (held.verdict, held.needs) == ("held", {ledger.device: 1})
    assert ids(register) == []
    assert register.held() == [late[0].file]
    assert take(register, *early).verdict == "accepted"
    assert take(register, *late).verdict == "accepted"
    assert register.held() == []
    assert register.heads([ledger.device]) == ledger.heads()


def test_a_gap_in_the_middle_is_held_too(register: Register, ledgers: Opened, clock: Clock) -> None:
    """A laptop that got another one's first and third bundle can't prove the second: it is asked for."""
    ledger, other = ledgers("one"), ledgers("other")
    pieces = []
    for person in ("ana", "ben", "cai"):
        mark(other, clock, person)
        pieces.append(list(other.sealed())[-1])
    ledger.receive(list(other.sealed())[:1])
    ledger.receive([pieces[0], pieces[2]])
    held = take(register, *bundle(ledger))
    assert (held.verdict, held.needs) == ("held", {other.device: 3})
    assert take(register, *bundle(other)).verdict == "accepted"
    assert take(register, *bundle(ledger)).verdict == "accepted"


@pytest.mark.parametrize("seed", range(6))
def test_any_order_and_any_repetition_ends_the_same(
    tmp_path: Path, register: Register, ledgers: Opened, clock: Clock, seed: int
) -> None:
    """Bundles of two laptops, each built on the one before, shuffled and doubled, until nothing is held any more."""
    chance = random.Random(seed)
    packed = []
    for name in ("one", "two"):
        ledger, have = ledgers(name), dict[str, int]()
        for person in ("ana", "ben", "cai"):
            mark(ledger, clock, person)
            packed.append(bundle(ledger, have))
            have = {device: number for device, (number, _) in ledger.heads().items()}
    for _ in range(len(packed)):
        chance.shuffle(packed)
        for one in [*packed, *packed[:2]]:
            take(register, *one)
    assert register.held() == []
    assert len(ids(register)) == 6
    for name in ("one", "two"):
        assert register.heads([ledgers(name).device]) == ledgers(name).heads()


def test_contents_that_a_parcel_may_not_see_come_with_the_other(
    register: Register, ledgers: Opened, clock: Clock
) -> None:
    """The envelope is proof enough for the chain; the content is laid beside it later."""
    ledger = ledgers("one")
    note = mark(ledger, clock, None, "note", text="hello")
    take(register, *bundle(ledger, kinds=MARKS))
    assert ids(register) == []
    taken = take(register, *bundle(ledger))
    assert (taken.new, taken.filled) == (0, 1)
    assert ids(register) == [note]


def test_an_altered_entry_breaks_the_chain(register: Register, ledgers: Opened, clock: Clock) -> None:
    """Nothing of the bundle is taken, and the reason names the place."""
    ledger = ledgers("one")
    mark(ledger, clock, "ana")
    mark(ledger, clock, "ben")
    arrival, entries = bundle(ledger)
    words = json.loads(entries[1].envelope)
    forged = json.dumps(words | {"recorded_at": "2020-01-01T00:00:00.000000Z"}, sort_keys=True).encode()
    taken = take(register, arrival, [entries[0], Sealed(forged, None, None), entries[2]])
    assert taken.verdict == "conflict"
    assert "breaks at number 3" in taken.reason
    assert ids(register) == []
    assert register.heads([ledger.device]) == {}


def test_an_entry_left_out_is_missed(register: Register, ledgers: Opened, clock: Clock) -> None:
    """What a bundle says that it covers must be there: it is asked for."""
    ledger = ledgers("one")
    for person in ("ana", "ben", "cai"):
        mark(ledger, clock, person)
    arrival, entries = bundle(ledger)
    taken = take(register, arrival, [*entries[:2], *entries[3:]])
    assert (taken.verdict, taken.needs) == ("held", {ledger.device: 3})
    taken = take(register, arrival, entries[:-1])
    assert taken.verdict == "conflict"
    assert "does not end where the bundle says" in taken.reason


def test_a_bundle_that_holds_more_than_it_names_is_not_taken(register: Register, ledgers: Opened, clock: Clock) -> None:
    """What is signed is what is covered."""
    ledger = ledgers("one")
    named, _ = bundle(ledger)
    mark(ledger, clock, "ana")
    _, entries = bundle(ledger)
    taken = take(register, named, entries)
    assert (taken.verdict, taken.new) == ("conflict", 0)
    assert "which it does not name" in taken.reason


def test_a_fork_is_kept_whole(tmp_path: Path, register: Register, ledgers: Opened, clock: Clock) -> None:
    """Two copies of a workspace that both wrote on: both ends are here, whichever came first."""
    ledger = ledgers("one")
    mark(ledger, clock, "ana")
    ledger.connection.execute("VACUUM INTO ?", (str(tmp_path / "copy.db"),))
    copy = Ledger.open(tmp_path / "copy.db", clock=clock, chance=Chance(7))
    mark(ledger, clock, "ben")
    for person in ("cai", "dee", "eli"):
        mark(copy, clock, person)
    assert copy.device == ledger.device
    assert take(register, *bundle(ledger)).verdict == "accepted"
    taken = take(register, *bundle(copy))
    assert (taken.verdict, taken.new) == ("accepted", 3)
    assert len(ids(register)) == 5
    assert register.heads([copy.device]) == copy.heads()
    ledger.receive(copy.sealed())
    assert register.forked(EVENT) == ledger.forked(EVENT)
    assert len(register.forked(EVENT)) == 2
    assert register.forked(EVENT, {copy.device: 2}) == frozenset()
    copy.close()


def test_one_id_with_other_bytes_is_kept_aside_and_the_rest_taken(
    register: Register, ledgers: Opened, clock: Clock
) -> None:
    """It waits for a decision, and is a link of its chain all the same."""
    one, two = ledgers("one"), ledgers("two")
    draft = Draft("the-id", "sign-in", clock(), "door", "own-phone", bytes(16), person="ana", event=EVENT)
    for ledger in (one, two):
        ledger.append_one(draft)
        mark(ledger, clock, "ben")
    take(register, *bundle(one))
    taken = take(register, *bundle(two))
    assert (taken.verdict, taken.new) == ("accepted", 2)
    assert taken.conflicts == ("the-id: the same id is here with other bytes",)
    assert len(ids(register)) == 3
    assert register.heads([two.device]) == two.heads()


def test_what_cannot_be_read_is_a_conflict(register: Register, ledgers: Opened, clock: Clock) -> None:
    """An envelope of a newer program stops the bundle, not the office."""
    ledger = ledgers("one")
    mark(ledger, clock, "ana")
    arrival, entries = bundle(ledger)
    newer = json.dumps(json.loads(entries[1].envelope) | {"format": 9}).encode()
    taken = take(register, arrival, [entries[0], Sealed(newer, None, None)])
    assert taken.verdict == "conflict"
    assert "newer plfacilitate" in taken.reason


def test_a_content_that_is_not_the_one_promised_is_kept_aside(
    register: Register, ledgers: Opened, clock: Clock
) -> None:
    """The envelope proves that it is another one."""
    ledger = ledgers("one")
    mark(ledger, clock, "ana")
    arrival, entries = bundle(ledger)
    forged = dataclasses.replace(entries[1], content=b"{}")
    taken = take(register, arrival, [entries[0], forged])
    assert taken.verdict == "accepted"
    assert len(taken.conflicts) == 1
    assert ids(register) == []


def test_what_was_erased_never_comes_back(register: Register, ledgers: Opened, clock: Clock) -> None:
    """Neither from the laptop that erased it nor from one that does not know."""
    one, two = ledgers("one"), ledgers("two")
    gone = mark(one, clock, "ana")
    two.receive(one.sealed())
    mark(two, clock, "ben")
    take(register, *bundle(one))
    assert gone in ids(register)
    one.erase([gone], reason="asked", by="office")
    take(register, *bundle(one))
    assert gone not in ids(register)
    take(register, *bundle(two))
    assert gone not in ids(register)


def test_what_was_erased_is_gone(tmp_path: Path, url: str, register: Register, ledgers: Opened, clock: Clock) -> None:
    """From the file, and from what stands aside; that it was erased is known even where that word was to be erased itself."""
    one, two = ledgers("one"), ledgers("two")
    gone = mark(one, clock, "ana", "note", text="zeppelin")
    two.append_one(Draft(gone, "note", clock(), "x", "paper", bytes(16), "ana", EVENT, (), {"text": "airship"}))
    take(register, *bundle(one))
    take(register, *bundle(two))
    (word,) = one.erase([gone], reason="asked", by="office")
    mark(two, clock, None, "erased", ids=[word.id])
    take(register, *bundle(two))
    take(register, *bundle(one))
    take(register, *bundle(two, name="again"))
    remains = kept_bytes(url, tmp_path)
    assert b"zeppelin" not in remains
    assert b"airship" not in remains
    assert gone not in ids(register)
    assert word.id in ids(register)


def test_what_comes_together_with_its_erasure_does_not_stay(register: Register, clock: Clock) -> None:
    """The sender still had it: it is gone all the same, whatever was laid down when the erasure was read."""
    paper = Paper("one")
    gone = paper.write(clock, EVENT, text="zeppelin")
    kept = paper.write(clock, EVENT, text="airship")
    word = paper.write(clock, None, kind="erased", ids=[gone], reason="asked")
    assert paper.packed().brought_to(register).verdict == "accepted"
    assert ids(register) == [kept]
    assert [entry.id for entry in register.entries(NOWHERE)] == [word]


def test_other_bytes_of_what_was_erased_do_not_stay_aside(
    tmp_path: Path, url: str, register: Register, ledgers: Opened, clock: Clock
) -> None:
    """They come when it is gone already: the envelope stays a link of its chain, the words don't."""
    one, two = ledgers("one"), ledgers("two")
    gone = mark(one, clock, "ana", "note", text="zeppelin")
    one.erase([gone], reason="asked", by="office")
    take(register, *bundle(one))
    two.append_one(Draft(gone, "note", clock(), "x", "paper", bytes(16), "ana", EVENT, (), {"text": "airship"}))
    assert len(take(register, *bundle(two)).conflicts) == 1
    assert b"airship" not in kept_bytes(url, tmp_path)


def test_a_kind_that_nobody_knows_is_kept(register: Register, ledgers: Opened, clock: Clock) -> None:
    """A newer laptop may write what this office does not understand yet."""
    ledger = ledgers("one")
    unknown = mark(ledger, clock, "ana", "later")
    take(register, *bundle(ledger))
    assert ids(register) == [unknown]


def test_readers_go_back_to_a_point_of_the_ledgers(register: Register, ledgers: Opened, clock: Clock) -> None:
    """Entries, people and merges as they stood when a laptop packed."""
    ledger = ledgers("one")
    mark(ledger, clock, "ana")
    mark(ledger, clock, "ana", "person", None, fields={"last_name": "Diaz"})
    mark(ledger, clock, "ann", "person", None, fields={"last_name": "Diaz"})
    then = {ledger.device: ledger.heads()[ledger.device][0]}
    mark(ledger, clock, "ben")
    mark(ledger, clock, "ana", "person", None, fields={"last_name": "Rivera"})
    mark(ledger, clock, "ana", "people-merged", None, other="ann")
    take(register, *bundle(ledger))
    assert len(register.entries(EVENT, then)) == 1
    assert len(register.entries(EVENT)) == 2
    assert register.people(["ana"], then)["ana"].doubtful == ()
    assert register.people(["ana"])["ana"].doubtful == ("last_name",)
    assert register.merged(then) == {}
    assert register.merged() == {"ann": "ana"}
    assert register.entries(EVENT, {}) == []


def test_a_register_keeps_its_name_and_epoch(tmp_path: Path) -> None:
    """Both are there when it is opened again; another register has others."""
    url = f"sqlite:///{tmp_path / 'a.db'}"
    first = open_register(url, Chance(1))
    again = open_register(url, Chance(2))
    other = open_register(f"sqlite:///{tmp_path / 'b.db'}", Chance(3))
    assert (again.id, again.epoch) == (first.id, first.epoch)
    assert other.id != first.id
    for one in (first, again, other):
        one.close()


@pytest.mark.parametrize("url", ["", "register.db", "sqlite://", "sqlite:///", "mysql://here/register", "http:///x"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    """With the form that it should have."""
    with pytest.raises(Refused) as no:
        open_register(url, Chance())
    assert no.value.refusal.code == "register-unknown"


def test_a_file_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    """A text, another program's database and a laptop's ledger are no registers, and nothing in them changes."""
    text = tmp_path / "text.db"
    text.write_text("This is no database. " * 100)
    foreign = tmp_path / "foreign.db"
    with sqlite3.connect(foreign) as db:
        db.execute("CREATE TABLE t (x)")
    db.close()
    before = {path: path.read_bytes() for path in (text, foreign)}
    for path in (text, foreign):
        with pytest.raises(Refused) as no:
            open_register(f"sqlite:///{path}", Chance())
        assert no.value.refusal.code == "register-foreign"
    assert {path: path.read_bytes() for path in (text, foreign)} == before


def test_a_laptops_ledger_is_no_register(tmp_path: Path, ledgers: Opened) -> None:
    """Even though it is ours."""
    path = ledgers("one").path
    with pytest.raises(Refused) as no:
        open_register(f"sqlite:///{path}", Chance())
    assert no.value.refusal.code == "register-foreign"


def test_a_newer_register_is_refused(tmp_path: Path) -> None:
    """Rather than written to by a program that does not know its shape."""
    path = tmp_path / "register.db"
    open_register(f"sqlite:///{path}", Chance()).close()
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(Refused) as no:
        open_register(f"sqlite:///{path}", Chance())
    assert no.value.refusal.code == "register-newer"


def test_a_place_that_takes_no_file_is_refused(tmp_path: Path) -> None:
    """A file where the folder should be."""
    (tmp_path / "office").write_text("a file")
    with pytest.raises(Refused) as no:
        open_register(f"sqlite:///{tmp_path / 'office' / 'register.db'}", Chance())
    assert no.value.refusal.code == "not-written"


def test_the_registers_own_files_lie_beside_it(tmp_path: Path) -> None:
    """The office's key does not wander."""
    assert register_folder(f"sqlite:///{tmp_path / 'a' / 'register.db'}") == tmp_path / "a"


def test_a_bundle_that_breaks_off_leaves_nothing_behind(register: Register, ledgers: Opened, clock: Clock) -> None:
    """What is read from a file that is damaged in the middle is taken back."""
    ledger = ledgers("one")
    for number in range(1200):
        mark(ledger, clock, f"p{number}")
    arrival, entries = bundle(ledger)

    def broken() -> Iterator[Sealed]:
        yield from entries[:1100]
        raise Refused("bundle-altered", file="x", detail="it ends too early.")

    with pytest.raises(Refused):
        take(register, arrival, broken())
    assert ids(register) == []
    assert take(register, arrival, entries).new == 1201
