"""What was written at POP-ups and while protocols were led, said anew without names, under the ids that others know it by.

Owns in which order it is said anew, so that what counted last counts last again. Never decides what is a name, never
erases by itself (`steps.unname`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from plfacilitate.core.entry import Draft, Entry
from plfacilitate.core.popup.fold import PopupFold
from plfacilitate.core.running.fold import RunFold
from plfacilitate.core.sequence import as_it_went
from plfacilitate.core.versions import Family, families, voided
from plfacilitate.steps.capture import Hand
from plfacilitate.store.ledger import Ledger

SAID_OF_PROBLEMS = ("commitment-settled", "problem-filed", "problem-resource")
"""What is written down of a problem or a promise long after its event, and belongs to none."""
WHERE: Mapping[str, str] = {
    "popup": "a problem of practice", "popup-opened": "a problem of practice", "popup-changed": "a problem of practice",
    "popup-idea": "an idea", "popup-counted": "an idea", "popup-cluster": "a cluster", "popup-round": "what was voted on",
    "commitment": "a commitment", "captured": "a line of a protocol", "commitment-settled": "what became of a promise",
    "problem-filed": "where a problem is filed", "problem-resource": "what helps with a problem", "contact": "a contact",
    "goal": "a goal", "poll-opened": "a question to all phones", "poll-answer": "an answer", "poll-closed": "an answer",
}  # fmt: skip
"""The kinds, and what a person calls each."""
_TOGETHER = ({"captured", "commitment"}, *({kind} for kind in WHERE if kind not in ("captured", "commitment")))
"""A line becomes a commitment: versions of one thing."""
_STAYS = {"popup-counted", "poll-closed"}
"""Counted stays counted, also where somebody took the count back: the box is empty."""
_BY_ITSELF = frozenset({"popup", "popup-opened", "captured", "contact", "goal", "poll-opened"})
"""Where it stands says nothing: its time does."""

Body = Callable[[Mapping[str, Any]], Mapping[str, Any]]


def of_problems(ledger: Ledger, event: str) -> list[Entry]:
    """What was said since then of an event's problems and promises."""
    entries = list(ledger.entries(event=event))
    popups, runs = PopupFold(event), RunFold(event)
    popups.apply(entries)
    runs.apply(entries)
    problems = popups.picture().problems
    known = {one.root for one in problems} | {each.root for one in problems for each in one.commitments}
    known |= {one for run in runs.runs for line in run.captured for one in (line.entry, *line.versions)}
    known |= {parent for entry in entries if entry.kind == "commitment" for parent in (entry.id, *entry.replaces)}
    return [
        one for one in ledger.entries(kinds=SAID_OF_PROBLEMS) if one.content is not None and one.body["popup"] in known
    ]


def said_anew(
    hand: Hand, entries: Iterable[Entry], touched: Collection[Entry], change: Body
) -> tuple[set[str], list[Draft]]:
    """What is to be erased, and what is written in its place: the touched ones, and whatever counts after one of them."""
    entries = [entry for entry in entries if entry.content is not None or entry.kind == "undo"]
    void, ids = voided(entries), {entry.id for entry in touched}
    gone: set[str] = set()
    drafts: list[Draft] = []
    for kinds in _TOGETHER:
        some = {entry.id: entry for entry in entries if entry.kind in kinds}
        if ids.isdisjoint(some):
            continue
        found = families(some.values(), set() if kinds <= _STAYS else void)
        for group in _in_order(found):
            at = next((at for at, one in enumerate(group) if not ids.isdisjoint(_members(one, some))), len(group))
            for family in group[at:]:
                versions = _members(family, some)
                gone |= versions
                if family.current is not None:
                    # Goals stand in the order in which they were set, however often they were changed.
                    since = (
                        min(some[one].at for one in versions) if family.current.kind == "goal" else family.current.at
                    )
                    drafts.append(_anew(hand, family.current, family.root, since, change))
    return gone, drafts


def _in_order(found: Iterable[Family]) -> list[list[Family]]:
    """What counts one after the other, as it went: all of a kind of one problem. What nobody else follows is alone."""
    groups: dict[tuple[str, ...], dict[str, Family]] = {}
    alone = []
    for family in found:
        now = family.current
        if now is None or now.kind in _BY_ITSELF or now.body.get("run"):
            alone.append([family])
        else:
            about = str(now.body.get("popup") or now.body.get("poll") or "")
            groups.setdefault((str(now.kind), about), {})[now.id] = family
    ordered = [
        [group[entry.id] for entry in as_it_went(one.current for one in group.values() if one.current is not None)]
        for group in groups.values()
    ]
    return [*alone, *ordered]


def _members(family: Family, some: Mapping[str, Entry]) -> set[str]:
    """All versions of it that are here, undone ones too."""
    found, waiting = set(), [family.root, *(one.id for one in family.heads)]
    below: dict[str, list[str]] = {}
    for key, entry in some.items():
        for parent in entry.replaces:
            below.setdefault(parent, []).append(key)
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += [*below.get(key, ()), *(some[key].replaces if key in some else ())]
    return found & some.keys()


def _anew(hand: Hand, entry: Entry, root: str, at: datetime, change: Body) -> Draft:
    """The same of the same person at the same time, in other words, and known by the same id."""
    hand = replace(hand, means=entry.means)  # type: ignore[arg-type]  # what the ledger holds is a Means
    return hand.draft(
        str(entry.kind),
        event=entry.event,
        person=entry.person,
        at=at,
        body=dict(change(entry.body)),
        replaces=[root],
    )
