"""Protocols on paper: one page each, on both papers, with every item on it."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pytest

from plfacilitate.core.protocol import Item, Protocol, Section, Step
from plfacilitate.core.refusal import Refused
from plfacilitate.core.results.words import rule
from plfacilitate.shelf.protocol_form import Paper, form
from plfacilitate.shelf.protocols import check_protocol_file
from plfacilitate.shelf.shipped import folder

AT = datetime(2023, 12, 6, 16, tzinfo=UTC)
SIDES: dict[Paper, set[int]] = {"us-letter": {612, 792}, "a4": {595, 842}}
OWN = Protocol(
    "own", "Own", "observation", "To see", "me", 20,
    sections=(Section("s", "S", items=(Item("i", "look-for", "*bold* #let x = 1 \x1b[31m", "$x$"),)),),
)  # fmt: skip


def words(text: str) -> str:
    """A text without what a line break adds or takes."""
    return re.sub(r"\s+", "", text)


def page(protocol: Protocol, paper: Paper = "us-letter") -> pypdf.PageObject:
    """The only page of a form."""
    (only,) = pypdf.PdfReader(io.BytesIO(form(protocol, AT, paper=paper))).pages
    return only


@pytest.mark.parametrize("paper", ["us-letter", "a4"])
@pytest.mark.parametrize("path", sorted(folder("protocols").glob("*/*.toml")), ids=lambda path: path.stem)
def test_every_shipped_protocol_is_one_page(path: Path, paper: Paper) -> None:
    """On letter and on A4, with all that is asked, every level, every code, the source and the version."""
    protocol, _, _ = check_protocol_file(path)
    assert protocol is not None
    printed = page(protocol, paper)
    assert {round(printed.mediabox.width), round(printed.mediabox.height)} == SIDES[paper]
    text = words(printed.extract_text())
    wanted = [protocol.title, protocol.version, protocol.source, *(section.title for section in protocol.sections)]
    wanted += [prompt.ask for prompt in protocol.prompts]
    for item in protocol.items:
        wanted += [item.text, *item.levels, *(option.text for option in item.options)]
    for result in protocol.results:
        wanted += [result.title, rule(result, protocol), *(group.title for group in result.groups)]
    assert [one for one in wanted if words(one) not in text] == []


def test_text_is_never_markup() -> None:
    """What a file says is printed as it stands, control characters made visible."""
    text = page(OWN).extract_text()
    assert "*bold* #let x = 1 ⟨001B⟩[31m" in text
    assert "$x$" in text
    assert "not applicable" in text


def test_a_facilitation_prints_its_steps() -> None:
    """With minutes, who speaks and who is silent."""
    step = Step("a", "The dilemma", 5, "the presenter", "the group", "What keeps you up?", "the question", "group")
    text = page(replace(OWN, kind="facilitation", sections=(), steps=(step,))).extract_text()
    for said in ("The dilemma", "5 min for each group", "speaks: the presenter", "silent: the group", "the question"):
        assert said in text


def test_more_than_a_page_holds_goes_on_another() -> None:
    """Small print ends where nobody can read it any more; nothing is left out."""
    items = tuple(Item(f"i{n}", "text", f"Item {n} asks") for n in range(200))
    pages = pypdf.PdfReader(io.BytesIO(form(replace(OWN, sections=(Section("s", "S", items=items),)), AT))).pages
    text = "".join(one.extract_text() for one in pages)
    assert len(pages) > 1
    assert all(f"Item {n} asks" in text for n in range(200))


def test_the_same_protocol_prints_the_same_bytes() -> None:
    """No clock and no chance but those that are handed in."""
    assert form(OWN, AT) == form(OWN, AT)


def test_a_template_that_is_missing_has_its_sentence(tmp_path: Path) -> None:
    """An office's own copy may be gone."""
    with pytest.raises(Refused, match="can't be printed"):
        form(OWN, AT, template=tmp_path / "none.typ")
