"""Filling in at the desk: begin, an item, the end; one function each for the writer thread.

Owns the words of the toasts. What is taken for an answer is a step's business (`steps.observe`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from plfacilitate.core.entry import Means
from plfacilitate.core.noting.filling import Said, beside
from plfacilitate.core.protocol import Item, Prompt, Protocol
from plfacilitate.core.refusal import Refused
from plfacilitate.core.results.outcomes import outcomes
from plfacilitate.core.results.words import said
from plfacilitate.core.text import cut, plain
from plfacilitate.core.visiting.observation import Observation
from plfacilitate.front.desk.threads.hands import Deed, Done, Work
from plfacilitate.steps import observe
from plfacilitate.steps.capture import Hand


def begin(
    event: str,
    observation: str,
    protocol: Protocol,
    *,
    observer: str,
    stop: str = "",
    respondent: str = "",
    means: Means = "facilitator",
    at: datetime | None = None,
) -> Deed:
    """An observation or interview begins under an id that is known beforehand."""

    def deed(work: Work) -> Done:
        hand = replace(work.hand, means=means)
        draft = observe.begin(
            hand, event, protocol, observer=observer, stop=stop, respondent=respondent, at=at, entry_id=observation
        )
        observe.check_may_write(work.ledger, work.visit(event), [draft])
        return Done(f"{plain(protocol.title)} begun", work.write([draft]), event)

    return deed


def note(event: str, observation: str, item: str, saids: Sequence[Said], *, whole: bool) -> Deed:
    """An item is noted; one undo. `whole` = the text is all there is to say, else a half leaves the other half."""

    def deed(work: Work) -> Done:
        seen, part = _part(work, event, observation, item)
        stands = seen.of(item).answer
        drafts = []
        for one in saids:
            said = one if whole else beside(one, stands)
            at = seen.started_at if seen.means == "paper" else None
            draft = observe.note(_hand(work, seen), seen, item, said.value, words=said.words, total=said.total, at=at)
            drafts.append(draft)
        return Done(f"{_name(part)}: kept", work.write(drafts), event)

    return deed


def clear(event: str, observation: str, item: str, slot: int) -> Deed:
    """The answer to an item is taken away; a count becomes none, a glance is gone."""

    def deed(work: Work) -> Done:
        seen, part = _part(work, event, observation, item)
        hand = _hand(work, seen)
        kind = part.kind if isinstance(part, Item) else ""
        at = seen.started_at if seen.means == "paper" else None
        if kind == "snapshot":
            draft = observe.note(hand, seen, item, {"slot": slot, "codes": {}, "gone": True}, at=at)
        elif kind in ("tally", "state"):
            draft = observe.note(hand, seen, item, 0, total=True, at=at)
        else:
            draft = observe.note(hand, seen, item, "" if kind == "text" else None, at=at)
        return Done(f"{_name(part)}: taken away", work.write([draft]), event)

    return deed


def end(event: str, observation: str, at: datetime | None = None) -> Deed:
    """The observer is done; what nobody stopped ends by rule."""

    def deed(work: Work) -> Done:
        seen = _seen(work, event, observation)
        count = len(seen.open_states)
        entries = work.write([observe.end(_hand(work, seen), seen, at=at)])
        by_rule = f"; {count} that ran on ended by rule" if count else ""
        come = "".join(f" · {plain(said(one))}" for one in outcomes(seen))
        return Done(f"{plain(seen.protocol.title)} ended{by_rule}{come}", entries, event)

    return deed


def _seen(work: Work, event: str, observation: str) -> Observation:
    seen = work.visit(event).observation(observation)
    if seen is None:
        raise Refused("observation-gone")
    return seen


def _part(work: Work, event: str, observation: str, item: str) -> tuple[Observation, Item | Prompt]:
    observe.check_may_change(work.visit(event), observation)
    seen = _seen(work, event, observation)
    part = seen.protocol.item(item) or seen.protocol.prompt(item)
    if part is None:
        raise Refused("item-unknown", item=item, protocol=seen.protocol.id)
    return seen, part


def _hand(work: Work, seen: Observation) -> Hand:
    """Whatever is keyed in from paper says so."""
    return replace(work.hand, means="paper") if seen.means == "paper" else work.hand


def _name(part: Item | Prompt) -> str:
    return cut(part.title or part.ask if isinstance(part, Prompt) else part.text, 40).rstrip()
