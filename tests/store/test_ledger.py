"""Appending: one transaction, one chain, an answer for every draft."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from plfacilitate.core.entry import Draft, content_digest, digest
from plfacilitate.core.refusal import Refused
from plfacilitate.core.wire import read_envelope
from plfacilitate.store.ledger import Ledger
from tests.played import Chance, Clock
from tests.store.kit import Laptop, all_of


def test_entries_are_numbered_and_chained(laptop: Laptop) -> None:
    """Number by number without gaps, each naming the digest of the one before; the first begins the device."""
    ledger = laptop.open()
    ledger.append([laptop.sign_in("ada"), laptop.sign_in("ben")])
    ledger.append([laptop.sign_out("ada")])
    sealed = all_of(ledger)
    words = [read_envelope(one.envelope) for one in sealed]
    assert [one.number for one in words] == [1, 2, 3, 4]
    assert [one.previous for one in words] == [None, *(digest(one.envelope) for one in sealed[:-1])]
    assert {one.device for one in words} == {ledger.device}
    assert ledger.heads() == {ledger.device: (4, words[-1].digest)}
    for one, read in zip(sealed, words, strict=True):
        assert one.salt is not None
        assert one.content is not None
        assert read.content_digest == content_digest(one.salt, one.content)


def test_a_draft_comes_back_as_it_was_said(laptop: Laptop) -> None:
    """Every word of it, in whatever script."""
    ledger = laptop.open()
    draft = laptop.draft("note", by="Núñez 阮", body={"text": 'tab\t "quoted" 👩‍🏫', "segment": "Break"}, means="paper")
    (outcome,) = ledger.append([draft])
    assert outcome.status == "new"
    (stored,) = ledger.entries(event="e")
    assert stored == outcome.entry == ledger.entry(draft.id)
    assert (stored.kind, stored.by, stored.means, stored.body, stored.at) == (
        "note", "Núñez 阮", "paper", draft.body, draft.happened_at,
    )  # fmt: skip


def test_an_append_of_nothing_writes_nothing(laptop: Laptop) -> None:
    """Not even a commit."""
    ledger, other = laptop.open(), laptop.open()
    before = other.data_version()
    assert ledger.append([]) == []
    assert other.data_version() == before


def test_a_resend_is_welcome_and_written_once(laptop: Laptop) -> None:
    """The phone that asks again is told what is in the ledger, with the time of the first."""
    ledger = laptop.open()
    first = ledger.append_one(laptop.sign_in("ada", entry_id="ticket-1"))
    laptop.clock.forward(minutes=3)
    again, twice = ledger.append([laptop.sign_in("ada", entry_id="ticket-1")] * 2)
    assert (again.status, twice.status) == ("known", "known")
    assert again.entry == first
    assert ledger.count() == 2
    assert ledger.aside() == []


def test_one_id_for_two_facts_is_refused_and_kept_aside(laptop: Laptop) -> None:
    """It fails alone, and its bytes wait for a decision."""
    ledger = laptop.open()
    ledger.append_one(laptop.sign_in("ada", entry_id="t"))
    other, fine = ledger.append([laptop.sign_in("ben", entry_id="t"), laptop.sign_in("cy")])
    assert (other.status, fine.status) == ("refused", "new")
    assert other.refusal is not None
    assert other.refusal.code == "already-another"
    assert "kept aside" in other.refusal.sentence
    assert [entry_id for entry_id, _ in ledger.aside()] == ["t"]
    kept = ledger.connection.execute("SELECT content FROM aside").fetchone()[0]
    assert b'"person":"ben"' in kept


def test_a_correction_in_a_circle_is_refused(laptop: Laptop) -> None:
    """Within one batch or across two, and of three as of two."""
    ledger = laptop.open()
    early = laptop.sign_in("ada", entry_id="a", replaces=["c"])
    assert ledger.append([early])[0].status == "new"
    b, c = laptop.sign_in("ada", entry_id="b", replaces=["a"]), laptop.sign_in("ada", entry_id="c", replaces=["b"])
    outcomes = ledger.append([b, c])
    assert [one.status for one in outcomes] == ["new", "refused"]
    assert outcomes[1].refusal is not None
    assert outcomes[1].refusal.code == "cycle"
    itself = laptop.sign_in("ada", entry_id="s", replaces=["s"])
    with pytest.raises(Refused, match="circle"):
        ledger.append_one(itself)


@pytest.mark.parametrize(
    "bad",
    [
        {"body": {"text": object()}},
        {"body": {"text": float("nan")}},
        {"body": {}},
        {"entry_id": "a b"},
        {"entry_id": "\ud800"},
        {"event": "\ud800"},
        {"person": "x" * 300},
        {"replaces": ["a\nb"]},
    ],
)
def test_a_draft_that_cannot_be_written_fails_alone(laptop: Laptop, bad: dict[str, object]) -> None:
    """The others of its batch are in, and the chain has no gap."""
    ledger = laptop.open()
    parts: dict[str, object] = {"body": {"text": "x"}, **bad}
    broken = laptop.draft("note", **parts)  # type: ignore[arg-type]  # parts are wrong on purpose
    outcomes = ledger.append([laptop.note("one"), broken, laptop.note("two")])
    assert [one.status for one in outcomes] == ["new", "refused", "new"]
    assert outcomes[1].refusal is not None
    assert outcomes[1].refusal.code == "entry-misshapen"
    assert [entry.number for entry in ledger.entries(event="e")] == [2, 3]


def test_half_a_character_in_a_name_becomes_a_question_mark(laptop: Laptop) -> None:
    """In the content and in the column beside it, so that they agree."""
    ledger = laptop.open()
    entry = ledger.append_one(laptop.draft("note", by="Ann\ud800", body={"text": "half \udfff"}))
    assert (entry.by, entry.body["text"]) == ("Ann?", "half ?")


def test_everything_of_one_append_is_in_or_nothing(laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error in the middle of the transaction leaves no trace."""
    ledger = laptop.open()
    monkeypatch.setattr("plfacilitate.store.ledger.insert_contents", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        ledger.append([laptop.sign_in("ada")])
    monkeypatch.undo()
    assert ledger.count() == 1
    assert [entry.number for entry in (ledger.append_one(laptop.sign_in("ada")),)] == [2]


def test_entries_are_chosen_by_event_kind_person_and_arrival(laptop: Laptop) -> None:
    """Each alone and together; always in the order in which they came."""
    ledger = laptop.open()
    ledger.append(
        [laptop.person("ada", last_name="Ada"), laptop.sign_in("ada"), laptop.note("x"), laptop.sign_out("ada")]
    )
    ledger.append([laptop.sign_in("ada", event="f"), laptop.sign_in("ben"), laptop.note("y", event=None)])

    def chosen(**by: object) -> list[str]:
        return [str(entry.kind) for entry in ledger.entries(**by)]  # type: ignore[arg-type]  # keywords by name

    everything = ["device-started", "person", "sign-in", "note", "sign-out", "sign-in", "sign-in", "note"]
    assert chosen() == everything
    assert chosen(event="e") == ["sign-in", "note", "sign-out", "sign-in"]
    assert chosen(event="e", kinds={"note"}) == ["note"]
    assert chosen(event="e", kinds={"note", "sign-in"}) == ["sign-in", "note", "sign-in"]
    assert chosen(kinds={"note", "person"}) == ["person", "note", "note"]
    assert chosen(kinds={"sign-out", "note"}) == ["note", "sign-out", "note"]
    assert chosen(kinds=()) == []
    assert chosen(person="ada") == ["person", "sign-in", "sign-out", "sign-in"]
    assert chosen(person="ada", outside=True, kinds={"person", "undo"}) == ["person"]
    assert chosen(outside=True, kinds={"note"}) == ["note"]
    assert chosen(since=ledger.head_seq() - 2) == everything[-2:]
    assert chosen(since=2, limit=3) == everything[2:5]
    assert ledger.head_seq() == ledger.head_entry_seq() == ledger.count() == 8


def test_another_connection_is_noticed(laptop: Laptop) -> None:
    """The number moves when somebody else commits, not by one's own writing."""
    ledger, other = laptop.open(), laptop.open()
    before = ledger.data_version()
    ledger.append([laptop.sign_in("ada")])
    assert ledger.data_version() == before
    other.append([laptop.sign_in("ben")])
    assert ledger.data_version() != before


def test_a_ledger_is_opened_to_read_only(laptop: Laptop) -> None:
    """It shows everything, knows the device, and refuses to write in one sentence."""
    laptop.open().append([laptop.sign_in("ada")])
    reader = laptop.open(readonly=True)
    assert reader.device == laptop.open().device
    assert [entry.person for entry in reader.entries(event="e")] == ["ada"]
    with pytest.raises(Refused, match="read only") as no:
        reader.append([laptop.sign_in("ben")])
    assert no.value.refusal.code == "not-written"


def test_a_ledger_that_is_not_there_cannot_be_read(laptop: Laptop) -> None:
    """And none is made by looking."""
    with pytest.raises(Refused) as no:
        laptop.open(readonly=True)
    assert no.value.refusal.code == "file-missing"
    assert not laptop.path.exists()


def test_threads_with_a_connection_each_write_one_chain(laptop: Laptop) -> None:
    """Numbers are given inside the transaction, never from memory."""
    laptop.open()
    failed: list[BaseException] = []

    def write(seed: int) -> None:
        try:
            ledger = Ledger.open(
                laptop.path, clock=Clock(laptop.clock()), chance=Chance(seed), marker=laptop.marker
            )  # fmt: skip
            for n in range(40):
                draft = Draft(f"t{seed}-{n}", "sign-in", laptop.clock(), "door", "kiosk", bytes(16), f"p{n}", "e")
                assert ledger.append([draft])[0].status == "new"
            ledger.close()
        except BaseException as error:  # noqa: BLE001 (told to the test's own thread)
            failed.append(error)

    threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    ledger = laptop.open()
    assert [entry.number for entry in ledger.entries()] == list(range(1, 162))
    assert ledger.forks() == {}


def test_a_folder_that_is_not_there_is_said_in_one_sentence(tmp_path: Path, laptop: Laptop) -> None:
    """And so is a folder in the place of the file."""
    for path in (tmp_path / "nowhere" / "ledger.db", tmp_path):
        with pytest.raises(Refused) as no:
            laptop.open(path)
        assert no.value.refusal.code == "not-written"
        assert "\n" not in str(no.value)
