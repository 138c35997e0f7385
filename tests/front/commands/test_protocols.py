"""`protocol list|check|show|print`."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest

from plfacilitate.shelf.shipped import folder
from tests.laptops import Laptop

PROTOCOL = """id = "mine"
title = "Mine"
kind = "observation"
purpose = "To see"
source = "me"
minutes = 10

[[section]]
id = "s"
title = "S"

[[section.item]]
id = "asks"
kind = "tally"
text = "A student asks"
judgement = "hands are none"
"""
SHIPPED = sorted(path.stem for path in folder("protocols").glob("*/*.toml"))


def test_the_shipped_protocols_are_listed(laptop: Laptop) -> None:
    """With their kind, size and version."""
    found = {one["protocol"]: one for one in laptop.json("protocol", "list")}
    assert sorted(found) == SHIPPED
    assert (found["four-attributes"]["kind"], found["four-attributes"]["items"]) == ("observation", 14)
    assert found["four-attributes"]["version"] in laptop.do("protocol", "list")


def test_a_broken_protocol_of_ones_own_hides_no_other(laptop: Laptop) -> None:
    """It is named on stderr, and the rest is listed."""
    laptop.do("init")
    (laptop.workspace.protocols / "broken.toml").write_text("id = [", "utf-8")
    ran = laptop.run("protocol", "list", "--json")
    assert sorted(one["protocol"] for one in ran.document) == SHIPPED
    assert "broken.toml" in ran.err


def test_every_shipped_protocol_is_said_to_be_right(laptop: Laptop) -> None:
    """Without naming files, all of them are checked, yours too."""
    laptop.do("init")
    (laptop.workspace.protocols / "mine.toml").write_text(PROTOCOL, "utf-8")
    said = laptop.do("protocol", "check")
    assert all(f"{name}.toml: right." in said for name in [*SHIPPED, "mine"])
    assert "mine.toml: right. 1 item(s), version " in said


def test_what_is_wrong_is_said_by_line_and_key(laptop: Laptop) -> None:
    """And neither shown nor printed."""
    path = laptop.folder / "mine.toml"
    path.write_text(PROTOCOL.replace('"tally"', '"tallies"'), "utf-8")
    ran = laptop.run("protocol", "check", path)
    assert ran.code == 1
    assert "mine.toml:14: section[0].item[0].kind: " in ran.out
    out = laptop.folder / "out.pdf"
    assert "mine.toml:14: " in laptop.no("protocol", "show", path)
    assert "mine.toml:14: " in laptop.no("protocol", "print", path, "--out", out)
    assert not out.exists()


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_protocol_is_shown_whole(laptop: Laptop, name: str) -> None:
    """Every text of the document stands in what a person reads."""
    shown = laptop.json("protocol", "show", name)
    said = laptop.do("protocol", "show", name)
    assert shown["version"] in said
    for section in shown["sections"]:
        for one in [*section["items"], *section["prompts"]]:
            assert one.get("text", one.get("ask")) in said
            assert one["judgement"] in said
            assert all(level in said for level in one.get("levels", ()))
            assert all(option["text"] in said for option in one.get("options", ()))


def test_a_facilitation_is_shown_step_by_step(laptop: Laptop) -> None:
    """Who speaks, who is silent, what is written down, for whom it repeats."""
    path = laptop.folder / "mine.toml"
    head = PROTOCOL.partition("\n[[")[0].replace("observation", "facilitation")
    path.write_text(
        f'{head}\n[[step]]\nid = "a"\ntitle = "Go round"\nminutes = 2\nspeaks = "each"\nsilent = "the others"\n'
        'prompt = "What now?"\ncaptured = "one word"\nrepeat = "person"\n',
        "utf-8",
    )
    said = laptop.do("protocol", "show", path)
    for part in ("Go round [a] 2 min for each person", "speaks: each; silent: the others", "What now?", "one word"):
        assert part in said


def test_a_form_is_printed_on_the_paper_that_is_named(laptop: Laptop) -> None:
    """Letter unless something else is said, and named after the protocol in what is answered."""
    out = laptop.folder / "form.pdf"
    answer = laptop.json("protocol", "print", "time-on-task", "--out", out, "--paper", "a4")
    assert (answer["file"], answer["protocol"], answer["paper"]) == (str(out), "time-on-task", "a4")
    assert round(pypdf.PdfReader(out).pages[0].mediabox.width) == 595
    assert answer["version"] in laptop.do("protocol", "print", "time-on-task", "--out", out)
    assert round(pypdf.PdfReader(out).pages[0].mediabox.width) == 612


def test_a_form_is_named_after_its_protocol(laptop: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no file is named, it lies in the folder one stands in."""
    monkeypatch.chdir(tmp_path)
    laptop.do("protocol", "print", "time-on-task")
    assert (tmp_path / "time-on-task.pdf").read_bytes().startswith(b"%PDF")


def test_a_copy_of_the_look_in_the_workspace_is_used(laptop: Laptop) -> None:
    """As with badges and the sign-in sheet."""
    laptop.do("init")
    own = laptop.workspace.exports / "documents"
    own.mkdir()
    (own / "protocol.typ").write_text('#set document(title: "x")\nOur own look', "utf-8")
    out = laptop.folder / "form.pdf"
    laptop.do("protocol", "print", "time-on-task", "--out", out)
    assert "Our own look" in pypdf.PdfReader(out).pages[0].extract_text()


def test_an_unknown_protocol_is_refused(laptop: Laptop) -> None:
    """With the way to see which there are."""
    for command in ("show", "print"):
        assert "There is no protocol nothing: `plfacilitate protocol list`" in laptop.no("protocol", command, "nothing")


def test_show_tells_what_the_answers_come_to_and_by_which_rule(laptop: Laptop) -> None:
    """Levels by their number, what counts for each, what follows; a protocol without a rule says nothing of it."""
    said = laptop.do("protocol", "show", "new-orleans-exposure")
    assert "Level of exposure: On which of the three levels does the support begin? [exposure: level]" in said
    assert "A level holds when more than half of its answers count" in said
    assert "2  Knows and refines: Seen; In plain words;" in said
    assert laptop.json("protocol", "show", "new-orleans-exposure")["results"][0]["rule"] == "level"
    assert "results" not in laptop.json("protocol", "show", "four-attributes")
