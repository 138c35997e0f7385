"""Typed text that waits: opened again where it was left.

Owns which draft belongs to which form. Never reads what was typed.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from plfacilitate.core.text import plain
from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.desk.orders import (
    bank,
    closing,
    day,
    debriefing,
    filling,
    grouping,
    notes,
    observing,
    polls,
    popup,
    running,
    signing,
    visiting,
)
from plfacilitate.front.widgets.dialogs.base import ask
from plfacilitate.front.widgets.dialogs.choose import Choose, Option

NAMES: Mapping[str, str] = {
    "note": "Note", "popup": "POP-up", "walk-in": "Walk-in", "schedule": "Schedule", "hand-over": "Hand over",
    "out": "Everyone out", "agreed": "Agreed", "fill": "Form", "begin": "Form", "visit": "What the visit is for",
    "stop": "Stop of the visit", "summary": "For the report",
    "observe": "Script line", "captured": "Line of a protocol", "led-line": "Line of a protocol", "tables": "Tables to choose from",
    "popup-new": "Problem of practice", "popup-edit": "Problem of practice", "popup-idea": "Idea", "popup-cluster": "Cluster", "popup-commit": "Commitment",
    "bank-follow": "What became of a promise", "bank-file": "Where a problem stands", "bank-helps": "What helps",
    "poll-new": "Question to the phones", "poll-exit": "Exit ticket",
}  # fmt: skip


async def open_draft(desk: DeskBase) -> None:
    """The draft that waits; where there are several, which one."""
    keys = desk.waiting_drafts
    if not keys:
        desk.say("No draft waits.")
    elif len(keys) == 1:
        await _open(desk, keys[0])
    else:
        options = [Option(key, _words(desk, key)) for key in keys]
        await ask(desk, Choose("Which draft?", options), lambda key: desk.call_later(_open, desk, key))


def _words(desk: DeskBase, key: str) -> str:
    kind = _kind(key)
    values = desk.drafts.read(key)
    shown = [values.get("text", "")] if kind in ("observe", "note") else values.values()
    text = " · ".join(filter(None, (value.strip() for value in shown)))
    return f"{NAMES.get(kind, kind)}: {plain(' '.join(text.split()))}"


def _kind(key: str) -> str:
    return key.partition(":")[0].partition("/")[0]


async def _open(desk: DeskBase, key: str) -> None:
    kind, rest = _kind(key), key.partition(":")[2]
    opens: Mapping[str, Callable[[DeskBase], Awaitable[None]]] = {
        "note": notes.note, "popup": notes.popup, "schedule": day.schedule, "hand-over": closing.hand_over,
        **polls.FORMS, **dict.fromkeys(bank.FORMS, partial(bank.open_form, key=key)), "out": signing.everyone_out, "tables": grouping.topics,
    }  # fmt: skip
    if kind in visiting.FORMS:
        await visiting.open_form(desk, kind, rest.partition(":")[2])
    elif kind in popup.FORMS:
        await popup.open_form(desk, kind, rest.partition(":")[2])
    elif kind == "walk-in":
        await signing.walk_in(desk, rest.partition(":")[2])
    elif kind == "agreed":
        await debriefing.go_on_with(desk, rest.partition(":")[2])
    elif kind == "begin":
        _, protocol, stop = rest.split(":", 2)
        await filling.paper(desk, stop, protocol)
    elif kind == "fill":
        await filling.go_on(desk, rest.partition(":")[2])
    elif kind == "observe":
        event, _, observation = rest.partition(":")
        await observing.show(desk, event, observation)
    elif kind in ("captured", "led-line"):
        await running.go_on(desk, rest.split(":")[1])
    elif kind in opens:
        await opens[kind](desk)
