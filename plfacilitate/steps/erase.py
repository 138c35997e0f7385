"""A person asks to be forgotten: what is known of them goes for good, here and wherever these entries go next.

Owns which entries speak of a person and which files hold a copy. Never erases what a person only wrote into a note or
what is not theirs alone: it names what mentions them, whatever its kind, and somebody looks.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from plfacilitate.core.entry import Draft, Entry
from plfacilitate.core.mentions import mentions, says, texts
from plfacilitate.core.people import Person
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import fold as folded
from plfacilitate.core.text import plain, tidy
from plfacilitate.shelf.passes import PassFile
from plfacilitate.steps.capture import Hand, written
from plfacilitate.steps.deliver import waiting
from plfacilitate.steps.events import read_event, read_fold
from plfacilitate.steps.merge import merged_people
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.workspace import Workspace

_LISTS = frozenset({"expected", "not-expected"})
"""Kinds that name many: they are emptied, and said again of everybody else."""
_TIES = frozenset({"people-merged", "flag"})
"""Kinds that tie a person to another by id or, as a doubt does, by name: they go as a whole."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What an erasure did: entries emptied, copies taken out of the workspace, what else should be looked at.

    `repack` are the titles of events whose bundles waited: they have to be packed again. `mentions` = id → kind of what
    names them and stays, `by` = how many entries they wrote down themselves under their name. `cleared` = events of which
    this laptop keeps nobody's hours any more: whatever the office has of them there, it erases itself.
    """

    entries: int
    copies: tuple[str, ...]
    repack: tuple[str, ...]
    mentions: Mapping[str, str]
    by: int
    cleared: int


def forget_person(ledger: Ledger, workspace: Workspace, hand: Hand, who: Person, *, reason: str) -> Forgotten:
    """Erase all entries about a person, and the copies in the workspace. It can't be taken back.

    Copies that were handed over, backups and other laptops' ledgers are not in reach: a laptop that receives the
    erasure follows it. Refused: `reason-missing`, `reason-names` where the reason, which stays, says who it is.
    """
    if not tidy(reason):
        raise Refused("reason-missing")
    if says(reason, who):
        raise Refused("reason-names", person=plain(who.name))
    records = {who.id, *(record for record, stays in merged_people(ledger).items() if stays == who.id)}
    theirs = [entry for record in sorted(records) for entry in ledger.entries(person=record)]
    theirs += _tied(ledger, who, records, {entry.id for entry in theirs})
    lists = [entry for entry in ledger.entries(kinds=_LISTS) if records.intersection(entry.body.get("people", ()))]
    ids = list(dict.fromkeys(entry.id for entry in [*theirs, *lists]))
    named, by = _left(ledger, who, set(ids))
    packed = {parcel.event for parcel in waiting(ledger, workspace)}
    _keep_the_others(ledger, hand, lists, records)
    ledger.erase(ids, reason=tidy(reason), by=hand.by)
    copies = (*dropped(workspace.outbox), *_other_copies(workspace, who, records))
    lost = packed if any(name.endswith((".zip", ".age")) for name in copies) else set()
    repack = tuple(read_event(ledger, event).title for event in sorted(lost))
    cleared = len({entry.event for entry in ledger.entries(kinds=("cleared",)) if entry.event is not None})
    return Forgotten(len(ids), copies, repack, named, by, cleared)


def _tied(ledger: Ledger, who: Person, records: Collection[str], theirs: Collection[str]) -> list[Entry]:
    """Merges with them, doubts about them and somebody else, and the decisions of all doubts that go."""
    ties = [
        entry
        for entry in ledger.entries(kinds=_TIES)
        if set(records).intersection(texts(entry.body)) or (entry.kind == "flag" and mentions(entry.body, who))
    ]
    gone = {*theirs, *(entry.id for entry in ties)}
    return ties + [entry for entry in ledger.entries(kinds=("flag-decided",)) if entry.body.get("flag") in gone]


def _left(ledger: Ledger, who: Person, gone: Collection[str]) -> tuple[dict[str, str], int]:
    """What names them and stays, of whatever kind, this version's or a later one's; and how much they wrote down."""
    words = folded(f"{who.last_name} {who.first_name}").split()
    named: dict[str, str] = {}
    by = 0
    for entry in ledger.entries():
        if entry.id in gone:
            continue
        by += says(entry.by, who)
        text = folded((entry.content or b"").decode("utf-8", "replace"))
        if all(word in text for word in words) and mentions(entry.body, who):
            named[entry.id] = str(entry.kind)
    return named, by


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
        if path.is_file() and path.suffix != ".json":  # which bundle waits, and why: nobody is in that
            with suppress(FileNotFoundError):
                path.unlink()
                yield path.name


def _other_copies(workspace: Workspace, who: Person, records: Collection[str]) -> Iterator[str]:
    """What was printed here, text that waits for its dialog, which phone was theirs, and what a door wrote of its faults."""
    for path in (*sorted((workspace.root / "printed").glob("*.*")), *sorted(workspace.door.glob("door.log*"))):
        with suppress(OSError):  # a door that runs on Windows holds its log
            path.unlink()
            yield path.name
    drafts = workspace.root / "drafts.json"
    kept = _drafts(drafts)
    left = {key: values for key, values in kept.items() if not says(" ".join(map(str, values.values())), who)}
    if left != kept:
        from plfacilitate.shelf.write import write_bytes

        write_bytes(drafts, json.dumps(left, ensure_ascii=False).encode(), private=True)
        yield drafts.name
    for path in sorted(workspace.door.glob("passes-*.txt")):
        PassFile(path).load(lambda person: person not in records)


def _drafts(path: Path) -> dict[str, dict[str, object]]:
    try:
        kept = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {key: values for key, values in kept.items() if isinstance(values, dict)} if isinstance(kept, dict) else {}


def kinds_of(named: Mapping[str, str]) -> list[tuple[str, int]]:
    """How many of each kind mention somebody, by kind."""
    return sorted(Counter(named.values()).items())
