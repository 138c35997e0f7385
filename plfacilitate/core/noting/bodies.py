"""The texts in the body of an entry: which of them may name somebody, and the same body in other words.

Owns which parts name no person, or one who is meant to be named. Never decides what is a name.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

Change = Callable[[str], str]
MEANT = frozenset({"owner", "who", "with"})
"""Who is meant to be named: whose problem, idea or promise it is, with whom somebody worked."""
KEPT = MEANT | {
    "id", "observation", "item", "items", "line", "stop", "protocol", "protocols", "segment", "tag", "rooms", "school",
    "team", "popup", "run", "round", "step", "cohort", "poll", "ready", "kind",
}  # fmt: skip
"""Parts of a body that name no person, or one who is meant to be named."""


def changed(value: Any, change: Change, kept: Collection[str] = KEPT) -> Any:
    """A body with every text in it changed, but for those that name no person."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [changed(one, change, kept) for one in value]
    if isinstance(value, Mapping):
        return {name: one if _is_kept(name, one, kept) else changed(one, change, kept) for name, one in value.items()}
    return value


def _is_kept(name: str, value: object, kept: Collection[str]) -> bool:
    """Ids and who is meant to be named; the value of a choice or a glance is made of ids too."""
    return name in kept or (name == "value" and not isinstance(value, str))


def texts(value: object, kept: Collection[str] = KEPT) -> Iterator[str]:
    """Every text in a body but those under a name that is kept as it is; nothing kept = all of them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from texts(one, kept)
    elif isinstance(value, Mapping):
        for name, one in value.items():
            if not kept or not _is_kept(name, one, kept):
                yield from texts(one, kept)


def meant(value: object) -> Iterator[str]:
    """Who is named in a body because they are meant to be, and their schools."""
    if isinstance(value, Mapping):
        for name, one in value.items():
            if name in (*MEANT, "school") and isinstance(one, str):
                yield one
            else:
                yield from meant(one)
