"""The page of plain text that goes with a packed day."""

from __future__ import annotations

from plfacilitate.core.office import Column
from plfacilitate.core.sheet import FIELDS
from plfacilitate.core.sheet_words import MEANINGS
from plfacilitate.steps.read_me import meaning


def test_every_field_of_a_table_has_a_meaning() -> None:
    """And no meaning is left of a field that is gone; a field of a later version says so."""
    assert list(MEANINGS) == list(FIELDS)
    assert "doesn't know" in meaning(Column("New", "new"))
