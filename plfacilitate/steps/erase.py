"""A person asks to be forgotten: what is known of them goes for good, here and wherever these entries go next.

Owns which entries speak of a person and which files hold a copy. Never erases what a person only wrote into a note or
what is not theirs alone: it names what mentions them, and somebody looks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from plfacilitate.core.entry import Draft, Entry
from plfacilitate.core.mentions import TEXT_KINDS, mentions
from plfacilitate.core.people import Person
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import tidy
from plfacilitate.steps.capture import Hand, written
from plfacilitate.steps.deliver import waiting
from plfacilitate.steps.events import read_event, read_fold
from plfacilitate.steps.merge import merged_people
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.workspace import Workspace

_LISTS = ("expected", "not-expected")


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
    named = tuple(entry.id for entry in ledger.entries(kinds=TEXT_KINDS) if mentions(entry.body, who))
    packed = {parcel.event for parcel in waiting(ledger, workspace)}
    _keep_the_others(ledger, hand, lists, records)
    ids = list(dict.fromkeys(entry.id for entry in [*theirs, *lists]))
    ledger.erase(ids, reason=tidy(reason), by=hand.by)
    copies = tuple(dropped(workspace.outbox))
    repack = tuple(read_event(ledger, event).title for event in sorted(packed)) if copies else ()
    return Forgotten(len(ids), copies, repack, named)


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


def dropped(outbox: Path) -> Iterable[str]:
    """Take away every bundle, sheet, table and page of text: each bundle holds all that the ledger held when it was packed."""
    for path in sorted(outbox.iterdir()) if outbox.is_dir() else ():
        if path.suffix in (".zip", ".age", ".pdf", ".csv", ".xlsx", ".txt", ".eml"):
            with suppress(FileNotFoundError):
                path.unlink()
                yield path.name
