"""A protocol as a file: what is written is what is read again, for every protocol that ships and for any text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfacilitate.core.protocol import Item, Option, Prompt, Protocol, Section
from plfacilitate.shelf.protocol_text import protocol_text
from plfacilitate.shelf.protocols import checked_text, find_protocol
from plfacilitate.shelf.shipped import folder

FILES = [path for kind in ("observation", "interview") for path in sorted((folder("protocols") / kind).glob("*.toml"))]
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
SAYS = TEXT.filter(lambda text: bool(text.strip()))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_shipped_protocol_is_written_as_it_is_read(path: Path) -> None:
    """Levels, options, snapshots, judgement calls, whom to ask: everything but its results."""
    protocol = replace(find_protocol(str(path), Path("/nowhere")), results=())
    assert checked_text(protocol_text(protocol), path) == protocol


@given(title=SAYS, help_=TEXT, options=st.lists(SAYS, min_size=2, max_size=4), remarks=st.lists(TEXT, max_size=4))
def test_any_text_is_read_again_as_it_was_written(
    title: str, help_: str, options: list[str], remarks: list[str]
) -> None:
    """Quotation marks, line ends, controls, other scripts; and no remark becomes a part of what is said."""
    item = Item(
        "a",
        "choice",
        title,
        help_,
        options=tuple(Option(f"o{at}", text) for at, text in enumerate(options)),
        several=True,
    )
    protocol = Protocol("mine", title, "observation", title, title, 20, sections=(Section("s", title, help_, (item,)),))
    assert checked_text(protocol_text(protocol, remarks), Path("mine.toml")) == protocol


@given(ask=SAYS, who=st.lists(SAYS, max_size=3), levels=st.lists(SAYS, min_size=2, max_size=4))
def test_prompts_are_read_again_as_they_were_written(ask: str, who: list[str], levels: list[str]) -> None:
    """With whom they ask and the ladder on which answers are placed."""
    prompt = Prompt("a", ask, who=tuple(who), show=ask, facet="who-is-heard")
    section = Section("s", "S", prompts=(prompt,))
    protocol = Protocol("mine", "M", "interview", "P", "S", 20, levels=tuple(levels), sections=(section,))
    assert checked_text(protocol_text(protocol), Path("mine.toml")) == protocol
