"""A person asks to be forgotten: what is known of them goes for good, here and wherever these entries go next.

Owns which entries speak of a person and which files hold a copy. Never erases what a person only wrote into a note or
what is not theirs alone: it names what mentions them, and somebody looks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from plfacilitate.core.entry import Draft, Entry
from plfacilitate.core.people import Person
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import fold as folded
from plfacilitate.core.text import tidy
from plfacilitate.steps.capture import Hand, written
from plfacilitate.steps.deliver import waiting
from plfacilitate.steps.events import read_event, read_fold
from plfacilitate.steps.merge import merged_people
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.workspace import Workspace

_LISTS = ("expected", "not-expected")
_TEXTS = (
    "note", "popup", "popup-opened", "popup-changed", "popup-idea", "popup-counted", "popup-cluster", "commitment",
    "visit-planned", "observation-started", "line", "observed", "agreed", "visit-summary", "captured", "school-left",
    "contact", "goal", "commitment-settled", "problem-filed", "problem-resource", "poll-opened", "poll-answer",
    "poll-closed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What an erasure did: entries emptied, copies taken out of the outbox, what else should be looked at.

    `repack` are the titles of events whose bundles waited: they have to be packed again. `mentions` are the ids of notes,
    problems of practice and parts of a visit in which the name stands.
    """

    entries: int
    copies: tuple[str, ...]
    repack: tuple[str, ...]
    mentions: tuple[str, ...]


def forget_person(ledger: Ledger, workspace: Workspace, hand: Hand, who: Person, *, reason: str) -> Forgotten:
    """Erase all entries about a person, and the copies in the outbox. It can't be taken back.

    Copies that were handed over, backups and other laptops' ledgers are not in reach: a laptop that receives the
    erasure follows it. Refused: `reason-missing`.
    """
    if not tidy(reason):
        raise Refused("reason-missing")
    records = {who.id, *(record for record, stays in merged_people(ledger).items() if stays == who.id)}
    theirs = [entry for record in records for entry in ledger.entries(person=record)]
    theirs += [entry for entry in ledger.entries(kinds=("people-merged",)) if entry.body.get("other") in records]
    lists = [entry for entry in ledger.entries(kinds=_LISTS) if records.intersection(entry.body.get("people", ()))]
    mentions = tuple(entry.id for entry in ledger.entries(kinds=_TEXTS) if _names(entry, who))
    packed = {parcel.event for parcel in waiting(ledger, workspace)}
    _keep_the_others(ledger, hand, lists, records)
    ids = list(dict.fromkeys(entry.id for entry in [*theirs, *lists]))
    ledger.erase(ids, reason=tidy(reason), by=hand.by)
    copies = tuple(dropped(workspace.outbox))
    repack = tuple(read_event(ledger, event).title for event in sorted(packed)) if copies else ()
    return Forgotten(len(ids), copies, repack, mentions)


def _keep_the_others(ledger: Ledger, hand: Hand, lists: Iterable[Entry], records: Collection[str]) -> None:
    """Say again of everybody else on these lists what holds of them now, before the lists are emptied."""
    others: dict[str, set[str]] = {}
    for entry in lists:
        if entry.event is not None:
            others.setdefault(entry.event, set()).update(set(entry.body["people"]) - set(records))
    drafts: list[Draft] = []
    for event, people in others.items():
        expected = read_fold(ledger, event).expected
        for kind, some in (("expected", people & expected), ("not-expected", people - expected)):
            if some:
                drafts.append(hand.draft(kind, event=event, body={"people": sorted(some)}))
    if drafts:
        written(ledger.append(drafts))


def _names(entry: Entry, who: Person) -> bool:
    """Whether a text mentions the person by their last name and, where they have one, their first."""
    text = folded(" ".join(_texts(entry.body)))
    return all(word in text.split() for word in folded(f"{who.last_name} {who.first_name}").split())


def _texts(body: Mapping[str, object]) -> Iterable[str]:
    for value in body.values():
        parts: Sequence[object] = value if isinstance(value, list) else [value]
        for part in parts:
            if isinstance(part, Mapping):
                yield from _texts(part)
            elif isinstance(part, str):
                yield part


def dropped(outbox: Path) -> Iterable[str]:
    """Take away every bundle, sheet, table and page of text: each bundle holds all that the ledger held when it was packed."""
    for path in sorted(outbox.iterdir()) if outbox.is_dir() else ():
        if path.suffix in (".zip", ".age", ".pdf", ".csv", ".xlsx", ".txt", ".eml"):
            with suppress(FileNotFoundError):
                path.unlink()
                yield path.name
