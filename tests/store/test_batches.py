"""One transaction for many drafts: what is in the file must not depend on how they were grouped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfacilitate.core.entry import Draft
from plfacilitate.store.ledger import Ledger
from tests.played import Chance, Clock

ids = st.sampled_from([f"id-{n}" for n in range(12)])
drafts: st.SearchStrategy[dict[str, object]] = st.builds(
    dict,
    id=ids,
    kind=st.sampled_from(["sign-in", "note"]),
    person=st.sampled_from(["ada", "ben"]),
    replaces=st.lists(ids, max_size=2).map(tuple),
)


@pytest.fixture
def fresh(tmp_path: Path, clock: Clock) -> Callable[[], Ledger]:
    """A new ledger at each call, all of them of one device."""
    made: list[Ledger] = []

    def make() -> Ledger:
        ledger = Ledger.open(tmp_path / f"{len(made)}.db", clock=clock, chance=Chance())
        made.append(ledger)
        return ledger

    return make


def _drafts(clock: Clock, parts: Sequence[dict[str, object]]) -> list[Draft]:
    return [
        Draft(
            happened_at=clock(),
            by="door",
            means="own-phone",
            salt=bytes(16),
            event="e",
            body={"text": "x"},
            **part,  # type: ignore[arg-type]  # parts are drawn
        )
        for part in parts
    ]


@given(parts=st.lists(drafts, max_size=30))
def test_a_batch_writes_what_single_appends_write(
    parts: list[dict[str, object]], fresh: Callable[[], Ledger], clock: Clock
) -> None:
    """Same bytes, same numbers, same answers: resends, other facts under a known id, and circles included."""
    batched, single = fresh(), fresh()
    together = batched.append(_drafts(clock, parts))
    alone = [single.append([draft])[0] for draft in _drafts(clock, parts)]
    assert [one.status for one in together] == [one.status for one in alone]
    assert [one.entry for one in together] == [one.entry for one in alone]
    assert list(batched.sealed()) == list(single.sealed())
    assert list(batched.entries()) == list(single.entries())
    batched.close()
    single.close()


@pytest.mark.parametrize("count", [1, 7, 8, 9, 128, 129, 300])
def test_every_size_of_batch_is_written_whole(count: int, fresh: Callable[[], Ledger], clock: Clock) -> None:
    """The statements that insert many rows at once leave none out, and the chain has no gap."""
    ledger = fresh()
    parts: list[dict[str, object]] = [{"id": f"{n}", "kind": "note"} for n in range(count)]
    outcomes = ledger.append(_drafts(clock, parts))
    stored = list(ledger.entries(event="e"))
    assert [one.entry for one in outcomes] == stored
    assert [entry.number for entry in stored] == list(range(2, count + 2))
    ledger.close()
