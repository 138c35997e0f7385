"""The polls of one event as they stand, folded out of its entries.

Owns what counts: any order, any repetition of entries gives the same picture. A poll that was closed stays closed: what
lay in the box can't be put back, so taking the close back changes nothing. Never reads a ledger or a ballot box.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from plfacilitate.core.entry import Entry
from plfacilitate.core.kept import Fold, of_event
from plfacilitate.core.plan import Question
from plfacilitate.core.polls.picture import Poll, PollPicture, Said
from plfacilitate.core.sequence import as_it_went
from plfacilitate.core.versions import currents, rooted

PARTS = frozenset({"poll-opened", "poll-answer", "poll-shown", "poll-closed"})
POLL_KINDS = PARTS | {"undo", "erased"}


class PollFold(Fold):
    """The polls of one event. Feed it with `apply`."""

    def __init__(self, event_id: str) -> None:
        """An event in which nothing was asked yet."""
        super().__init__(of_event(event_id, POLL_KINDS))
        self.event_id = event_id
        self._picture: PollPicture | None = None

    def apply(self, entries: Iterable[Entry]) -> bool:
        """Take entries in; True = something may look different now."""
        # An undo of something else looks like one of ours until it is read: it costs a rebuild, no more.
        changed = bool(self._kept.take(entries))
        if changed:
            self._picture = None
        return changed

    def picture(self) -> PollPicture:
        """All polls as they stand now."""
        if self._picture is None:
            self._picture = PollPicture(self.event_id, self._polls())
        return self._picture

    def _polls(self) -> tuple[Poll, ...]:
        void = self._kept.void
        kinds: dict[str, list[Entry]] = {kind: [] for kind in PARTS}
        for entry in self._kept.entries.values():
            kinds[str(entry.kind)].append(entry)
        of: dict[str, list[Entry]] = {}
        for kind in PARTS - {"poll-opened"}:
            for entry in currents(kinds[kind], set() if kind == "poll-closed" else void):
                of.setdefault(str(entry.body["poll"]), []).append(entry)
        opened = rooted(kinds["poll-opened"], void)
        return tuple(_poll(root, entry, as_it_went(of.get(root, ()))) for entry, root in opened)


def _poll(poll: str, opened: Entry, parts: Sequence[Entry]) -> Poll:
    body = opened.body
    closed = [one for one in parts if one.kind == "poll-closed"]
    shown: Mapping[str, Any] = next((one.body for one in reversed(parts) if one.kind == "poll-shown"), {})
    said = {
        str(one.person): Said(str(one.person), str(one.body.get("who") or ""), one.body["answers"], one.id)
        for one in parts
        if one.kind == "poll-answer"
    }
    return Poll(
        id=poll,
        title=str(body.get("title") or ""),
        questions=tuple(map(Question.from_json, body["questions"])),
        exit=bool(body.get("exit")),
        named=bool(body.get("named")),
        hidden=bool(body.get("hidden", True)),
        ready=str(body.get("ready") or ""),
        segment=str(body.get("segment") or ""),
        opened_at=opened.happened_at,
        open=not closed,
        closed_at=closed[0].happened_at if closed else "",
        shown=bool(shown["figures"]) if "figures" in shown else None,
        texts=bool(shown.get("texts")),
        ballots=sum(int(one.body["ballots"]) for one in closed),
        counted=tuple(one.body["questions"] for one in closed),
        said=tuple(sorted(said.values(), key=lambda one: (one.who.casefold(), one.person))),
    )
