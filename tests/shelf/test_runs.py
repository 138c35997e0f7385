"""Many rows in order, on disk."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from plfacilitate.shelf import runs
from plfacilitate.shelf.runs import fewer, rows_of, write_run

KEYS = st.lists(st.lists(st.text(max_size=4), min_size=2, max_size=2), max_size=12)


@given(st.lists(KEYS, max_size=5))
def test_rows_come_back_in_the_order_of_their_keys(parts: list[list[list[str]]]) -> None:
    """Whatever runs they lay in, and whatever stands in a key: tabs, ends of lines, halves of letters."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, keys in enumerate(parts):
            paths.append(Path(folder) / f"{number}.run")
            write_run(paths[-1], [(key, [key]) for key in keys])
        found = [values[0] for values in rows_of(paths)]
    everything = [key for keys in parts for key in keys]
    assert sorted(map(repr, found)) == sorted(map(repr, everything))


def test_more_runs_than_can_be_open_are_made_fewer(tmp_path: Path) -> None:
    """No row is lost, and they come back in order."""
    paths = []
    for number in range(2 * runs.AT_ONCE + 3):
        paths.append(tmp_path / f"{number:04}.run")
        write_run(paths[-1], [((f"{number * 7 % 131:04}",), [number])])
    left = fewer(paths)
    assert len(left) <= runs.AT_ONCE
    assert [one[0] * 7 % 131 for one in rows_of(left)] == sorted(number * 7 % 131 for number in range(len(paths)))
