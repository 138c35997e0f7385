"""Names out of what was written at an event: listed, and replaced for good in one step, all or nothing.

Owns which entries are said anew and which are only erased. Never decides what is a name (`core.noting.unnamed`), and never
touches who took part: sign-ins, observers, the list of people.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from plfacilitate.core.debrief.meetings import still_blind
from plfacilitate.core.entry import Draft, Entry
from plfacilitate.core.lineage import components
from plfacilitate.core.noting.bodies import KEPT, MEANT, Change, changed, meant, texts
from plfacilitate.core.noting.unnamed import Unnamed, mentions, replaced, unnamed
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import fold as folded
from plfacilitate.core.text import plain, tidy
from plfacilitate.core.versions import families
from plfacilitate.core.visiting.fold import VisitFold
from plfacilitate.steps import unname_popup
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.erase import dropped
from plfacilitate.steps.observe import read_visit
from plfacilitate.steps.run import read_runs
from plfacilitate.steps.unname_popup import SAID_OF_PROBLEMS, of_problems
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.search import people
from plfacilitate.store.workspace import Workspace

WHERE = {
    "line": "a line of a script", "observed": "an answer", "agreed": "what was agreed", "visit-summary": "the report's words",
    "note": "a note", **unname_popup.WHERE,
}  # fmt: skip
WRITTEN = tuple(kind for kind in WHERE if kind not in (*SAID_OF_PROBLEMS, "contact", "goal"))
"""What people wrote at an event, where a name may have slipped in, and what a person calls it."""
_VERSIONS = frozenset({"line", "note", "visit-planned"})
DRAFTS = "drafts.json"


@dataclass(frozen=True, slots=True)
class Taken:
    """What was done: entries said anew, entries erased, files deleted: all in the outbox, and reports of visits.

    `left` says where one of the names stands still in this event, by kind of entry: who answered, who signed in.
    """

    anew: int
    erased: int
    copies: tuple[str, ...]
    left: Mapping[str, int]


def names_noted(ledger: Ledger, fold: VisitFold, *, by: str = "") -> tuple[Unnamed, ...]:
    """The names that stand in what was written at an event and are nobody's in the list of people, with a proposal each.

    What is blind still gives no example, as that would show it; to `by` their own notes are not.
    """
    blind = _blind(fold, by)
    entries = sorted(_written(ledger, fold.event_id), key=lambda entry: entry.body.get("observation") in blind)
    visit, observations = fold.visit, fold.observations
    known = [person.name for person in people(ledger.connection)]
    known += [one.observer for one in observations]
    adults: list[str] = []
    ordinary: list[str] = []
    if visit is not None:
        known += [name for stop in visit.stops for name in stop.team]
        hosts = [*visit.hosts, *(stop.host for stop in visit.stops)]
        (adults if visit.rooms == "anonymous" else known).extend(hosts)
        known.append(visit.school)
        ordinary += [visit.purpose, *visit.look_fors]
    protocols = [one.protocol for one in observations] + [one.protocol for one in read_runs(ledger, fold.event_id).runs]
    for protocol in {one.version: one for one in protocols}.values():
        ordinary += list(texts(protocol.to_json()))
    known += [words for entry in entries for words in meant(entry.body)]
    said = [(text, entry) for entry in entries for text in texts(entry.body)]
    found = unnamed([text for text, _ in said], known=known, adults=adults, ordinary=ordinary)
    return tuple(_placed(one, said[one.text][1], blind) for one in found)


def _placed(one: Unnamed, entry: Entry, blind: Collection[str]) -> Unnamed:
    hidden = entry.body.get("observation") in blind
    return one._replace(example="" if hidden else one.example, where=WHERE[str(entry.kind)])


def _blind(fold: VisitFold, by: str) -> set[str]:
    """The observations whose notes nobody else may read yet."""
    closed = still_blind(fold.picture())
    there = [one for one in fold.observations if (one.stop, one.protocol.id) in closed]
    return {one.id for one in there if not (by and folded(one.observer) == folded(by))}


def take_names_out(
    ledger: Ledger, workspace: Workspace, hand: Hand, event: str, changes: Mapping[str, str], *, owners: bool = False
) -> Taken:
    """Put other words in place of names, everywhere in what was written at an event; the originals are erased for good.

    Whose problem, idea or promise it is stays, unless `owners`. Times, codes, levels, clusters and dots stay. It can't be
    taken back. Copies that were handed over, backups, reports elsewhere and other laptops' ledgers are not in reach: a
    laptop that receives the erasure follows it. Refused: `name-not-noted`, `nothing-to-do`, `replacement-names`.
    """
    changes = {tidy(name): tidy(words) for name, words in changes.items()}
    check(changes)
    fold = read_visit(ledger, event)
    entries = list(ledger.entries(event=event))
    undone = set(fold.void)
    kept = KEPT - MEANT if owners else KEPT
    touched = [entry for entry in _written(ledger, event) if names(entry, changes, kept)]
    for name in changes:
        if not any(names(entry, {name: ""}, kept) for entry in touched):
            raise Refused("name-not-noted", name=plain(name))
    if fold.visit is not None and fold.visit.rooms == "anonymous":
        touched += [entry for entry in entries if entry.kind == "visit-planned" and names(entry, changes, KEPT)]

    def change(text: str) -> str:
        return replaced(text, changes)

    gone, drafts = _versions(hand, fold, entries, touched, undone, change)
    gone |= {entry.id for entry in touched}
    drafts += _answers(hand, fold, touched, change)
    more, anew = unname_popup.said_anew(
        hand, [*entries, *ledger.entries(kinds=SAID_OF_PROBLEMS)], touched, lambda body: changed(body, change, kept)
    )
    gone, drafts = gone | more, [*drafts, *anew]
    copies = said_anew(ledger, workspace, hand, gone, drafts, change)
    return Taken(len(drafts), len(gone), copies, _left(ledger, event, changes))


def said_anew(
    ledger: Ledger, workspace: Workspace, hand: Hand, gone: Collection[str], drafts: Sequence[Draft], change: Change
) -> tuple[str, ...]:
    """Erase these for good and write those in their place, in one step; the files that held a copy and were deleted."""
    ledger.erase(sorted(gone), reason="names taken out of what was noted", by=hand.by, instead=drafts)
    copies = (*dropped(workspace.outbox), *_old_reports(workspace))
    _reword_drafts(workspace, change)
    return copies


def check(changes: Mapping[str, str]) -> None:
    """Refuse what takes out nothing, or puts one of the names there again: `nothing-to-do`, `replacement-names`."""
    if not changes:
        raise Refused("nothing-to-do", what="no name was chosen")
    for words in changes.values():
        if not words or mentions(words, changes):
            raise Refused("replacement-names", words=plain(words) or "nothing")


def _written(ledger: Ledger, event: str) -> list[Entry]:
    there = [entry for entry in ledger.entries(event=event, kinds=WRITTEN) if entry.content is not None]
    return [*there, *of_problems(ledger, event)]


def names(entry: Entry, changes: Mapping[str, str], kept: Collection[str] = KEPT) -> bool:
    """Whether one of the names stands in an entry, where it would be changed."""
    return any(mentions(text, changes) for text in texts(entry.body, kept))


# -- what is said anew -----------------------------------------------------------------------------------------------


def _versions(
    hand: Hand, fold: VisitFold, entries: Iterable[Entry], touched: Iterable[Entry], undone: set[str], change: Change
) -> tuple[set[str], list[Draft]]:
    """Lines, notes, plans: where one version names somebody all versions go, and the one that counts is said anew.

    A version that follows one which is gone would wait for a decision that nobody can make.
    """
    gone: set[str] = set()
    drafts = []
    lines = {line.entry: line for one in fold.observations for line in one.lines}
    for kind in {str(entry.kind) for entry in touched} & _VERSIONS:
        ids = {entry.id for entry in touched if entry.kind == kind}
        versions = [entry for entry in entries if entry.kind == kind and entry.content is not None]
        links: dict[str, tuple[str, ...]] = {parent: () for entry in versions for parent in entry.replaces}
        links |= {entry.id: entry.replaces for entry in versions}
        meant = {one for group in components(links, links) if not ids.isdisjoint(group) for one in group}
        mine = [entry for entry in versions if entry.id in meant]
        gone |= {entry.id for entry in mine}
        for family in families(mine, undone):
            if family.current is None:
                continue
            body = dict(changed(family.current.body, change))
            if family.current.id in lines:
                body["items"] = list(lines[family.current.id].items)
            drafts.append(_anew(hand, family.current, body))
    return gone, drafts


def _answers(hand: Hand, fold: VisitFold, touched: Iterable[Entry], change: Change) -> list[Draft]:
    """Answers, what was agreed, what the team writes: what counts now is said anew, what does not is only erased."""
    counts = {notes.answer.entry for one in fold.observations for notes in one.notes.values() if notes.answer}
    counts |= {agreed.entry for agreed in fold.agreed.values()}
    drafts = [
        _anew(hand, entry, changed(entry.body, change))
        for entry in touched
        if entry.kind in ("observed", "agreed") and entry.id in counts
    ]
    summed = [entry for entry in touched if entry.kind == "visit-summary"]
    parts = {name for entry in summed for name in entry.body["parts"]} & set(fold.summary)
    if parts:
        body = {"parts": {name: change(fold.summary[name]) for name in sorted(parts)}}
        drafts.append(hand.draft("visit-summary", event=fold.event_id, body=body))
    return drafts


def _anew(hand: Hand, entry: Entry, body: Mapping[str, Any]) -> Draft:
    """The same at the same time, in other words."""
    hand = replace(hand, means=entry.means)  # type: ignore[arg-type]  # what the ledger holds is a Means
    return hand.draft(str(entry.kind), event=entry.event, at=entry.at, body=body)


# -- elsewhere -------------------------------------------------------------------------------------------------------


def _old_reports(workspace: Workspace) -> Iterator[str]:
    """Reports that the desk wrote quote what was noted."""
    for path in sorted((workspace.root / "printed").glob("*-visit-report.*")):
        path.unlink(missing_ok=True)
        yield path.name


def _reword_drafts(workspace: Workspace, change: Change) -> None:
    """Typed text that waits for its dialog loses the names too."""
    from plfacilitate.shelf.write import write_bytes

    path = workspace.root / DRAFTS
    try:
        kept = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return
    if not isinstance(kept, dict):
        return
    after = {key: {name: change(str(text)) for name, text in values.items()} for key, values in kept.items()}
    if after != kept:
        write_bytes(path, json.dumps(after, ensure_ascii=False).encode(), private=True)


def _left(ledger: Ledger, event: str, changes: Mapping[str, str]) -> dict[str, int]:
    """Where a name stands still, by kind of entry."""
    kinds = [
        str(entry.kind)
        for entry in ledger.entries(event=event)
        if entry.content is not None and any(mentions(text, changes) for text in texts(entry.body, ()))
    ]
    return dict(Counter(kinds))
