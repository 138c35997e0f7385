"""`protocol import`: a form becomes a file of the workspace, and what was left out is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.forms import HEAD, form, save
from tests.laptops import Laptop

HALLS = [("begin_group", "g", "Halls"), ("integer", "n", "Students"), ("select_one yn", "seen", "Art on the walls")]


def halls(laptop: Laptop, *more: tuple[str, str, str]) -> Path:
    """A small form in the laptop's folder."""
    return form(laptop.folder / "halls.xlsx", *HALLS, *more)


def test_a_form_becomes_a_protocol_of_the_workspace(laptop: Laptop) -> None:
    """It is listed, right, shown and printed like any other."""
    said = laptop.do("protocol", "import", halls(laptop))
    place = laptop.workspace.protocols / "halls.toml"
    assert said == f"halls (observation, 2 question(s)): {place}\n"
    assert "halls.toml: right. 2 item(s)" in laptop.do("protocol", "check", place)
    assert "halls" in {one["protocol"] for one in laptop.json("protocol", "list")}
    assert "Art on the walls" in laptop.do("protocol", "show", "halls")
    laptop.do("protocol", "print", "halls", "--out", laptop.folder / "halls.pdf")


def test_what_was_left_out_is_said_by_row_and_strict_makes_it_an_exit_code(laptop: Laptop) -> None:
    """The file is written all the same."""
    path = halls(laptop, ("image", "pic", "A picture"))
    ran = laptop.run("protocol", "import", path, "--strict")
    assert ran.code == 1
    assert "survey row 5, type: “A picture” (image) is left out" in ran.out
    place = laptop.workspace.protocols / "halls.toml"
    assert "survey row 5, type: “A picture” (image) is left out" in place.read_text("utf-8")
    found = laptop.json("protocol", "import", path, "--replace")
    assert [(one["row"], one["column"]) for one in found["left_out"]] == [(5, "type")]
    assert (found["file"], found["protocol"], found["items"]) == (str(place), "halls", 2)


def test_strict_is_content_where_nothing_was_left_out(laptop: Laptop) -> None:
    """An exit code of 0."""
    assert laptop.run("protocol", "import", halls(laptop), "--strict").code == 0


def test_no_file_is_written_over_unless_one_says_so(laptop: Laptop) -> None:
    """Neither an own one nor, by its id, a shipped one; with --replace the old text is gone."""
    path = halls(laptop)
    laptop.do("protocol", "import", path)
    place = laptop.workspace.protocols / "halls.toml"
    place.write_text("# mine\n", "utf-8")
    assert "halls.toml is there already" in laptop.no("protocol", "import", path)
    assert place.read_text("utf-8") == "# mine\n"
    laptop.do("protocol", "import", path, "--replace")
    assert "Art on the walls" in place.read_text("utf-8")
    shipped = save(laptop.folder / "f.xlsx", survey=[HEAD, *HALLS[1:2]], settings=[["form_id"], ["four-attributes"]])
    assert "four-attributes.toml is there already" in laptop.no("protocol", "import", shipped)
    out = laptop.workspace.protocols / "time-on-task.toml"
    assert "time-on-task.toml is there already" in laptop.no("protocol", "import", path, "--out", out)
    laptop.do("protocol", "import", shipped, "--replace")
    assert (laptop.workspace.protocols / "four-attributes.toml").exists()


def test_a_file_in_a_folder_inside_is_replaced_where_it_lies(laptop: Laptop) -> None:
    """Two files of one id would be in each other's way."""
    laptop.do("init")
    inside = laptop.workspace.protocols / "observation"
    inside.mkdir()
    (inside / "halls.toml").write_text("# mine\n", "utf-8")
    assert "halls.toml is there already" in laptop.no("protocol", "import", halls(laptop))
    laptop.do("protocol", "import", halls(laptop), "--replace")
    assert "Students" in (inside / "halls.toml").read_text("utf-8")
    assert not (laptop.workspace.protocols / "halls.toml").exists()


def test_out_names_the_file_and_the_protocol(laptop: Laptop) -> None:
    """Its id is the file's name; a name that is no id, or no TOML file, is refused."""
    out = laptop.folder / "other.toml"
    laptop.do("protocol", "import", halls(laptop), "--out", out)
    assert 'id = "other"' in out.read_text("utf-8")
    assert "is there already" in laptop.no("protocol", "import", halls(laptop), "--out", out)
    assert "letters, digits" in laptop.no("protocol", "import", halls(laptop), "--out", laptop.folder / "a b.toml")
    assert laptop.run("protocol", "import", halls(laptop), "--out", laptop.folder / "a.txt").code == 2
    assert "the folder" in laptop.no("protocol", "import", halls(laptop), "--out", laptop.folder / "none" / "a.toml")


def test_an_interview_may_be_asked_for(laptop: Laptop) -> None:
    """With `--as`; another word is refused."""
    found = laptop.json("protocol", "import", halls(laptop), "--as", "interview")
    assert (found["kind"], found["items"]) == ("interview", 2)
    assert laptop.run("protocol", "import", halls(laptop), "--as", "facilitation").code == 2


@pytest.mark.parametrize("row", [("select_one none", "x", "X"), ("nothing", "x", "X")])
def test_a_form_with_a_fault_writes_nothing(laptop: Laptop, row: tuple[str, str, str]) -> None:
    """One sentence with sheet and row, and no file."""
    assert "halls.xlsx survey:5: type: " in laptop.no("protocol", "import", halls(laptop, row))
    assert not (laptop.workspace.protocols / "halls.toml").exists()
