"""A POP-up in entries: two problems, ideas, clusters, a vote, a commitment."""

from __future__ import annotations

from plfacilitate.core.entry import Entry
from plfacilitate.core.popup.fold import PopupFold
from plfacilitate.core.popup.picture import PopupPicture
from tests.core.entries import entry

OPENED = entry(
    "p", "popup-opened", at="18:00", owner="Ana Ruiz", school="Lakeridge", problem="Talk dries up", data="3 of 28 spoke"
)
OTHER = entry("q", "popup-opened", at="18:01", owner="Bo Lind", school="Dimmitt", problem="Homework is late", data="")
IDEAS_BEGIN = entry("r", "popup-round", at="18:10", popup="p", round="ideas", named=False, dots=0)
IDEAS_END = entry(
    "c", "popup-counted", at="18:14", popup="p", round="r", ballots=3, ideas=["ask them", "pairs first", "wait longer"]
)
CLUSTER = entry("k", "popup-cluster", at="18:16", popup="p", name="Before they speak", ideas=["c:1", "c:2"])
OPTIONS = [{"id": "k", "text": "Before they speak"}, {"id": "c:0", "text": "ask them"}]
VOTE_BEGIN = entry(
    "v", "popup-round", at="18:20", popup="p", round="vote", named=False, dots=2, options=OPTIONS, stacking=False
)
VOTE_END = entry("w", "popup-counted", at="18:22", popup="p", round="v", ballots=3, counts={"k": 3, "c:0": 1})
SENTENCE = entry("s", "popup-changed", at="18:05", popup="p", fields={"how_might_we": "How might we hear everybody?"})
PROMISE = entry(
    "m", "commitment", at="18:30", popup="p", who="Ana Ruiz", what="pairs first", first_step="Monday", due="2023-12-20"
)
WHOLE = [OPENED, OTHER, SENTENCE, IDEAS_BEGIN, IDEAS_END, CLUSTER, VOTE_BEGIN, VOTE_END, PROMISE]


def joined(entry_id: str, person: str, popup: str, at: str = "18:03", **parts: object) -> Entry:
    """Somebody works on it."""
    return entry(entry_id, "popup-joined", at=at, person=person, popup=popup, how="choice", reason="", **parts)  # type: ignore[arg-type]  # as entry takes them


def picture(*entries: Entry) -> PopupPicture:
    """What these entries come to."""
    fold = PopupFold("e")
    fold.apply(entries)
    return fold.picture()
