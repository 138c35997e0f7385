"""The office takes bundles in: in any order, any number of times, each with its answer."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from plfacilitate.core import parcels
from plfacilitate.core.refusal import Refused
from plfacilitate.office.inbox import bundles_of
from plfacilitate.office.receive import Answer, receive
from plfacilitate.office.roll import find_series, read_offering
from plfacilitate.seal.keys import verify
from plfacilitate.shelf.receipt import Receipt, read_receipt
from plfacilitate.store.register import open_register
from tests.laptops import Laptop
from tests.played import Chance, Clock
from tests.postgres import Server

MARIA, DANA = "maria.alvarez@renton.example.org", "dana.brown@renton.example.org"


class Office:
    """An office with a register."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.url = f"sqlite:///{folder / 'register.db'}"
        self.clock = clock
        self.chance = Chance(77)
        self.told: list[str] = []

    def take(self, *places: Path) -> dict[str, Answer]:
        """The answers by file name."""
        answers = receive(
            self.url, places, clock=self.clock, chance=self.chance, office="Office", progress=self.told.append
        )
        return {answer.file.name: answer for answer in answers}


@pytest.fixture
def office(tmp_path: Path, clock: Clock) -> Office:
    """An empty register."""
    return Office(tmp_path / "office", clock)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, list[Path]]:
    """Three pairs of bundles of one laptop, each built on the one before, in folders of their own; and its device."""
    folder = tmp_path_factory.mktemp("chain")
    clock = Clock(datetime(2023, 12, 6, 16, 0, tzinfo=UTC))
    laptop = Laptop.new(folder / "laptop", clock, Chance(3))
    event = laptop.opened()
    laptop.attend(event, f"{MARIA}, 8:20, 15:50")
    clock.set("2023-12-06T16:10:00-08:00")
    laptop.do("event", "close", event)
    for number, out in enumerate(("15:00", "15:10", "15:20")):
        mail = folder / f"mail {number}"
        laptop.hand_in(event, mail)
        laptop.receive_at_office(folder / "another register" / "register.db", mail)
        laptop.json("receive", mail)
        laptop.do("attendance", "correct", event, MARIA, "--out", out, "--reason", "seen")
    return laptop.ledger().device, [folder / f"mail {number}" for number in range(3)]


@pytest.fixture
def chain(made: tuple[str, list[Path]], tmp_path: Path) -> list[Path]:
    """The three hours bundles, for this test alone."""
    bundles: list[Path] = []
    for mail in made[1]:
        mine = tmp_path / mail.name
        shutil.copytree(mail, mine, ignore=shutil.ignore_patterns("*.receipt.json"))
        bundles += mine.glob("*-hours-*.zip")
    return bundles


def verdicts(answers: dict[str, Answer], bundles: list[Path]) -> list[str]:
    """The verdicts in the order in which the bundles were packed; "" for one that was not looked at."""
    return [answers[path.name].verdict if path.name in answers else "" for path in bundles]


def test_what_comes_too_early_is_taken_in_the_same_call(office: Office, chain: list[Path]) -> None:
    """However long the chain and however wrong the order."""
    answers = office.take(*reversed(chain))
    assert verdicts(answers, chain) == ["accepted"] * 3
    assert all(not answer.differs for answer in answers.values())


def test_a_register_on_postgresql(postgres: Server, laptop: Laptop, chain: list[Path]) -> None:
    """By command, with the same answers; the office's key lies in the workspace, since there is no file beside it."""
    url = postgres.database()
    said = laptop.json("office", "receive", "--register", url, *reversed(chain))
    assert {one["file"]: one["verdict"] for one in said} == {str(path): "accepted" for path in chain}
    assert not any(one["credit_differs"] for one in said)
    assert len({read_receipt(Path(one["receipt"]), verify=verify).public_key for one in said}) == 1
    assert (laptop.workspace.keys / "office.key").exists()
    again = laptop.json("office", "receive", "--register", url, *chain)
    assert {one["verdict"] for one in again} == {"already-here"}


def test_a_server_that_is_not_there_is_one_sentence(laptop: Laptop, chain: list[Path]) -> None:
    """By command, and the password of the address is not in it."""
    no = laptop.no("office", "receive", "--register", "postgresql://ruth:tops3cret@127.0.0.1:1/register", chain[0])
    assert "postgresql://ruth@127.0.0.1:1/register can't be used: no server answers there" in no
    assert "tops3cret" not in no


def test_what_was_held_is_taken_in_a_later_call(office: Office, chain: list[Path]) -> None:
    """Nobody has to bring it again: it still lies where it lay, and its receipt is written anew."""
    first = office.take(chain[2])
    assert verdicts(first, chain) == ["", "", "held"]
    assert "from number 1 first" in first[chain[2].name].reason
    assert receipt_of(first[chain[2].name]).verdict == "held"
    second = office.take(chain[1])
    assert verdicts(second, chain) == ["", "held", ""]
    third = office.take(chain[0])
    assert verdicts(third, chain) == ["accepted"] * 3
    assert receipt_of(third[chain[2].name]).verdict == "accepted"
    assert verdicts(office.take(*chain), chain) == ["already-here"] * 3


def test_what_was_held_and_is_gone_is_asked_for(office: Office, chain: list[Path], tmp_path: Path) -> None:
    """A stick that was taken away: nothing fails, and it is taken when it comes back."""
    stick = tmp_path / "stick"
    stick.mkdir()
    late = Path(shutil.copy(chain[1], stick))
    office.take(late)
    moved = late.rename(tmp_path / "moved.zip")
    assert verdicts(office.take(chain[0]), chain) == ["accepted", "", ""]
    assert office.take(moved)["moved.zip"].verdict == "accepted"


@pytest.mark.parametrize("year", [1999, 2099])
def test_a_wrong_clock_at_the_office_changes_no_hours(laptop: Laptop, tmp_path: Path, clock: Clock, year: int) -> None:
    """Decades behind or ahead: taken all the same, the same roll, and the laptop believes the receipt."""
    event = laptop.opened(in_service="PS-4711")
    laptop.attend(event, f"{MARIA}, 8:20, 15:50\n{DANA}, 8:37, 15:31")
    clock.set("2023-12-06T16:10:00-08:00")
    laptop.finish(event, tmp_path / "mail")
    wrong = Office(tmp_path / "office", Clock(datetime(year, 1, 1, tzinfo=UTC)))
    answers = wrong.take(tmp_path / "mail").values()
    assert {(one.verdict, one.differs, one.since) for one in answers} == {("accepted", (), ())}
    assert {one["verdict"] for one in laptop.json("receive", tmp_path / "mail")["receipts"]} == {"accepted"}
    with closing(open_register(wrong.url, wrong.chance, make=False)) as register:
        then, now = (read_offering(register, find_series(register, event), at=at()) for at in (wrong.clock, clock))
    assert then is not None
    assert now is not None
    assert (then.figures, then.changes) == (now.figures, now.changes)
    assert sorted(one.hundredths for one in now.figures.values()) == [550, 600]


@pytest.mark.parametrize("seed", range(4))
def test_any_order_any_number_of_times(office: Office, chain: list[Path], seed: int) -> None:
    """The register ends the same."""
    chance = random.Random(seed)
    calls = [*chain, *chain]
    chance.shuffle(calls)
    for path in calls:
        office.take(path)
    assert verdicts(office.take(*chain), chain) == ["already-here"] * 3
    newest = office.take(chain[2])[chain[2].name]
    assert (newest.differs, newest.since) == ((), ())


def receipt_of(answer: Answer) -> Receipt:
    """The receipt that was laid beside a bundle, its signature checked."""
    assert answer.receipt is not None
    return read_receipt(answer.receipt, verify=verify)


def test_a_receipt_says_what_the_register_holds(
    office: Office, chain: list[Path], made: tuple[str, list[Path]]
) -> None:
    """Head and digest of the device, counts, the register's id and epoch; signed by the office's one key."""
    answers = office.take(*chain)
    receipts = [receipt_of(answer) for answer in answers.values()]
    assert len({(one.register, one.epoch, one.public_key) for one in receipts}) == 1
    newest = receipts[-1]
    device = made[0]
    assert newest.heads[device].number == max(one.heads[device].number for one in receipts)
    assert newest.counts["new"] > 0
    assert len({one.receipt for one in receipts}) == 3


def pack_otherwise(
    laptop: Laptop,
    clock: Clock,
    mail: Path,
    monkeypatch: pytest.MonkeyPatch,
    otherwise: Callable[[Iterable[parcels.Row]], Iterator[parcels.Row]],
) -> None:
    """Two people's day, packed by a program that reckons hours otherwise."""
    event = laptop.opened()
    laptop.attend(event, f"{MARIA}, 8:20, 15:50\n{DANA}, 8:20, 15:50")
    clock.set("2023-12-06T16:10:00-08:00")
    credit = parcels.credit
    monkeypatch.setattr(parcels, "credit", lambda lines: otherwise(credit(lines)))
    laptop.finish(event, mail)


def hours_answer(office: Office, mail: Path) -> Answer:
    """What the office answers to the one hours bundle of a folder."""
    (answer,) = [one for name, one in office.take(mail).items() if "-hours-" in name]
    return answer


def test_figures_that_are_not_the_offices_own_are_said(
    office: Office, laptop: Laptop, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A laptop that computes otherwise (an older program, a bug): one sentence a line."""

    def otherwise(rows: Iterable[parcels.Row]) -> Iterator[parcels.Row]:
        for row in rows:
            if row[2] == MARIA:
                yield (*row[:3], 355, 550, *row[5:])
            elif row[2] != DANA:
                yield row
        yield ("nobody", "Nobody, Ann", "", 60, 100, "earned", "")

    pack_otherwise(laptop, clock, tmp_path / "mail", monkeypatch, otherwise)
    assert hours_answer(office, tmp_path / "mail").differs == (
        "Alvarez, Maria: the laptop says 355 min, 5.5 h, earned, the office gets 360 min, 6.0 h, earned.",
        "Brown, Dana: the laptop has no line, the office gets 360 min, 6.0 h, earned.",
        "Nobody, Ann: the laptop has a line (60 min), the office none.",
    )
    ran = laptop.run("office", "receive", "--register", office.url, tmp_path / "mail")
    assert ran.code == 1
    assert "3 differ" in ran.out


def test_a_folder_that_takes_no_receipt(office: Office, chain: list[Path], tmp_path: Path) -> None:
    """The bundle is taken, and the answer says that the laptop will not hear of it."""
    folder = chain[0].with_name(chain[0].name.removesuffix(".zip") + ".receipt.json")
    folder.mkdir()
    answer = office.take(chain[0])[chain[0].name]
    assert (answer.verdict, answer.receipt) == ("accepted", None)
    assert "The receipt could not be laid beside it" in answer.reason


def test_files_that_are_no_bundles_are_refused_one_by_one(office: Office, chain: list[Path], tmp_path: Path) -> None:
    """The sound one among them is taken."""
    folder = tmp_path / "mixed"
    folder.mkdir()
    shutil.copy(chain[0], folder)
    (folder / "empty.zip").write_bytes(b"")
    (folder / "text.zip").write_text("hello")
    (folder / "folder.zip").mkdir()
    answers = office.take(folder, tmp_path / "nowhere.zip")
    assert {name: one.verdict for name, one in answers.items()} == {
        chain[0].name: "accepted",
        "empty.zip": "refused",
        "text.zip": "refused",
        "folder.zip": "refused",
        "nowhere.zip": "refused",
    }
    assert all(one.reason for one in answers.values() if one.verdict == "refused")


def test_a_folder_without_bundles_is_a_sentence(office: Office, tmp_path: Path) -> None:
    """The wrong folder, most likely."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(Refused) as no:
        office.take(tmp_path / "empty")
    assert no.value.refusal.code == "folder-empty"


def test_a_name_in_large_letters_is_a_bundle_too(office: Office, chain: list[Path]) -> None:
    """As an old stick hands it over: among others nobody would notice that it was left out."""
    large = chain[0].rename(chain[0].with_name(chain[0].name.upper()))
    assert office.take(large.parent)[large.name].verdict == "accepted"
    assert bundles_of([large.name, "LETTER.TXT"]) == [large.name]


def test_the_same_file_named_twice_is_one(office: Office, chain: list[Path]) -> None:
    """By its folder and by itself."""
    assert len(office.take(chain[0], chain[0].parent, chain[0])) == 2  # hours and programme
    assert office.told.count(f"taking in {chain[0].name}") == 1


def test_an_address_that_is_no_register(laptop: Laptop, chain: list[Path]) -> None:
    """By command: one sentence with the right form."""
    no = laptop.no("office", "receive", "--register", "register.db", chain[0])
    assert "names no register: write it as sqlite:///" in no


def test_hours_or_a_status_that_differ_are_said_at_equal_minutes(
    office: Office, laptop: Laptop, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not the minutes alone are held against the office's; a line of nothing that the office lacks is no difference."""

    def otherwise(rows: Iterable[parcels.Row]) -> Iterator[parcels.Row]:
        for row in rows:
            figures = {MARIA: (360, 650, "earned"), DANA: (360, 600, "pending")}.get(str(row[2]), row[3:6])
            yield (*row[:3], *figures, *row[6:])
        yield ("gone", "Gone, Ann", "", 0, 0, "none", "")

    pack_otherwise(laptop, clock, tmp_path / "mail", monkeypatch, otherwise)
    assert hours_answer(office, tmp_path / "mail").differs == (
        "Alvarez, Maria: the laptop says 360 min, 6.5 h, earned, the office gets 360 min, 6.0 h, earned.",
        "Brown, Dana: the laptop says 360 min, 6.0 h, pending, the office gets 360 min, 6.0 h, earned.",
    )


def test_somebody_who_has_a_line_only_since_is_said(
    office: Office, laptop: Laptop, clock: Clock, tmp_path: Path
) -> None:
    """The first bundle knows nothing of who was keyed in afterwards; it agrees all the same, and the office is told."""
    event = laptop.opened()
    laptop.attend(event, f"{MARIA}, 8:20, 15:50")
    clock.set("2023-12-06T16:10:00-08:00")
    laptop.finish(event, tmp_path / "mail")
    late = tmp_path / "late.csv"
    late.write_text("last_name,first_name,email\nLate,Ann,ann.late@example.org\n", "utf-8")
    laptop.do("people", "import", late)
    laptop.attend(event, "ann.late@example.org, 8:20, 15:50", reason="was on the other sheet")
    clock.forward(minutes=5)
    laptop.hand_in(event, tmp_path / "mail")
    office.take(tmp_path / "mail")
    first, second = [one for name, one in sorted(office.take(tmp_path / "mail").items()) if "-hours-" in name]
    assert (first.differs, second.differs, second.since) == ((), (), ())
    assert first.since == ("Late, Ann: 360 min, 6.0 h, earned by what came in since; it was 0 min, 0.0 h, none.",)


def test_a_doubt_about_a_person_that_came_since_is_no_difference(
    laptops: Callable[[str], Laptop], office: Office, clock: Clock, tmp_path: Path
) -> None:
    """Two laptops typed two schools after the first sheet: it agrees as it was handed in, and the office hears of it."""
    one, two, mail = laptops("one"), laptops("two"), tmp_path / "mail"
    event = one.opened()
    one.attend(event, f"{MARIA}, 8:20, 15:50")
    clock.set("2023-12-06T16:10:00-08:00")
    one.finish(event, mail)
    two.json("receive", one.workspace.ledger)
    for laptop, school in ((one, "Dimmitt"), (two, "Showalter")):
        said = laptop.folder / "school.csv"
        said.write_text(f"last_name,first_name,email,school\nAlvarez,Maria,{MARIA},{school}\n", "utf-8")
        assert laptop.json("people", "import", said)["changed"] == 1
    one.json("receive", two.workspace.ledger)
    clock.forward(minutes=5)
    one.hand_in(event, mail)
    office.take(mail)
    first, second = [answer for name, answer in sorted(office.take(mail).items()) if "-hours-" in name]
    assert (first.differs, second.differs, second.since) == ((), (), ())
    assert first.since == (
        "Alvarez, Maria: 360 min, 6.0 h, pending by what came in since; it was 360 min, 6.0 h, earned.",
    )


def test_records_that_were_made_one_since_are_no_difference(
    office: Office, laptop: Laptop, clock: Clock, tmp_path: Path
) -> None:
    """The first sheet has a line for each of them; it agrees as it was handed in."""
    event = laptop.opened()
    laptop.attend(event, f"{MARIA}, 8:20, 15:50\n{DANA}, 8:20, 15:50")
    clock.set("2023-12-06T16:10:00-08:00")
    laptop.finish(event, tmp_path / "mail")
    laptop.do("people", "merge", MARIA, DANA, "--reason", "one person on two lists")
    clock.forward(minutes=5)
    laptop.hand_in(event, tmp_path / "mail")
    office.take(tmp_path / "mail")
    answers = [one for name, one in sorted(office.take(tmp_path / "mail").items()) if "-hours-" in name]
    assert [one.differs for one in answers] == [(), ()]


def test_two_laptops_in_one_folder(
    laptops: Callable[[str], Laptop], office: Office, clock: Clock, tmp_path: Path
) -> None:
    """One call takes both; each gets its own receipts."""
    mail = tmp_path / "mail"
    for name in ("one", "two"):
        clock.set("2023-12-06T08:00:00-08:00")
        event = laptops(name).opened()
        laptops(name).attend(event, f"{MARIA if name == 'one' else DANA}, 8:20, 15:50")
        clock.set("2023-12-06T16:10:00-08:00")
        laptops(name).finish(event, mail)
    answers = office.take(mail)
    assert [one.verdict for one in answers.values()] == ["accepted"] * 4
    assert all(not one.differs for one in answers.values())
    for name in ("one", "two"):
        taken = laptops(name).json("receive", mail)
        assert (len(taken["receipts"]), taken["refused"], taken["conflicts"]) == (2, [], [])
    assert laptops("one").lines(event)[DANA]["minutes"] == 360
