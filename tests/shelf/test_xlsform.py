"""XLSForm in: what each type becomes, what is left out, and one sentence for what can't be taken."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from plfacilitate.core.protocol import Item, Protocol
from plfacilitate.core.refusal import Refused
from plfacilitate.shelf.protocols import checked_text
from plfacilitate.shelf.xlsform.form import Imported, read_xlsform
from tests.conftest import ROOT
from tests.forms import HEAD, LIST, YES_NO, Rows, form, of_guide, save

LEVELS = [("lv", 1, "Teacher names it"), ("lv", 2, "Student picks"), ("lv", 3, "Student proposes")]
SEATS = [("sit", "pairs", "Pairs"), ("sit", "rows", "Rows")]


def taken(path: Path, **options: str) -> tuple[Protocol, Imported]:
    """The form's protocol as its file is read back, and all that was said."""
    found = read_xlsform(path, kind=options.get("kind"))  # type: ignore[arg-type]  # tests name a kind by its word
    again = checked_text(found.text, path.with_name(f"{found.protocol.id}.toml"))
    assert again == found.protocol
    return again, found


def items(path: Path) -> list[Item]:
    """The items that a form becomes as an observation."""
    return list(taken(path, kind="observation")[0].items)


def one(path: Path, *row: str, choices: Rows = YES_NO, head: Sequence[str] = HEAD) -> Item:
    """What a form with a single question becomes."""
    (item,) = items(form(path / "f.xlsx", row, choices=choices, head=head))
    return item


def left(path: Path) -> list[tuple[str, int, str]]:
    """What was left out of a form: sheet, row and column."""
    return [(fault.file.split()[-1], fault.line, fault.key) for fault in taken(path, kind="observation")[1].left]


def no(path: Path) -> str:
    """The sentence with which a form is refused."""
    with pytest.raises(Refused) as refused:
        read_xlsform(path)
    return str(refused.value)


def test_the_guides_form_becomes_what_the_guide_says(tmp_path: Path) -> None:
    """Every question is there under its name, in its section, with its attribute and facet; nothing is left out."""
    page = (ROOT / "docs" / "protocols.md").read_text("utf-8")
    protocol, found = taken(of_guide(page, tmp_path / "walkthrough.xlsx"))
    assert (protocol.id, protocol.title, protocol.kind) == ("walkthrough", "Walkthrough", "observation")
    assert protocol.purpose == "Ten minutes at the back of the room."
    assert [(section.id, section.title) for section in protocol.sections] == [
        ("work", "At work"),
        ("general", "General"),
    ]
    assert [(item.id, item.kind) for item in protocol.items] == [
        ("students", "count"), ("goal", "look-for"), ("picks", "rating"), ("seats", "choice"), ("seats-other", "text"),
        ("heard", "text"),
    ]  # fmt: skip
    goal, picks, seats = (protocol.item(name) for name in ("goal", "picks", "seats"))
    assert goal is not None
    assert picks is not None
    assert seats is not None
    assert (goal.attribute, goal.facet) == ("learner-profiles", "who-is-heard")
    assert picks.levels == ("Teacher hands it out", "Student takes one of several", "Student proposes one")
    assert ([option.id for option in seats.options], seats.several) == (["pairs", "rows", "other"], True)
    assert found.left == ()


@pytest.mark.parametrize(
    "choices",
    [
        [("yn", "yes", "Yes"), ("yn", "no", "No"), ("yn", "na", "N/A")],
        [("yn", "1", "Yes"), ("yn", "0", "No")],
        [("yn", "no", "No"), ("yn", "yes", "Yes")],
        [("yn", "obs", "Observed"), ("yn", "not", "Not observed")],
        [("yn", "y", "Yes"), ("yn", "n", "No"), ("yn", "x", "Not observed")],
        [("yn", "yes", "Sí, claro"), ("yn", "no", "Nunca")],
        [("yn", "a", "1. Yes"), ("yn", "b", "2. No")],
    ],
)
def test_yes_and_no_are_a_look_for(tmp_path: Path, choices: Sequence[Sequence[str]]) -> None:
    """In either order, by label or by name, with a third that says it does not apply."""
    assert one(tmp_path, "select_one yn", "goal", "Goal", choices=choices).kind == "look-for"


@pytest.mark.parametrize(
    "choices, levels",
    [
        (LEVELS, ("Teacher names it", "Student picks", "Student proposes")),
        ([*LEVELS[::-1]], ("Teacher names it", "Student picks", "Student proposes")),
        ([("lv", 0, "0 - None"), ("lv", 1, "1 - Some"), ("lv", 2, "2 - All")], ("None", "Some", "All")),
        ([("lv", f"level_{at}", f"L{at}") for at in (1, 2, 3)], ("L1", "L2", "L3")),
        ([("lv", "a", "1. One"), ("lv", "b", "2. Two"), ("lv", "c", "3. Three")], ("One", "Two", "Three")),
        ([("lv", at, str(at)) for at in (1, 2, 3, 4)], ("1", "2", "3", "4")),
        ([("lv", 0, "0 - Not observed"), *LEVELS], ("Teacher names it", "Student picks", "Student proposes")),
    ],
)
def test_numbered_choices_are_levels(
    tmp_path: Path, choices: Sequence[Sequence[str | int]], levels: tuple[str, ...]
) -> None:
    """By name or label, from 0 or 1, the lowest first whatever the order; the number itself is not said twice."""
    item = one(tmp_path, "select_one lv", "picks", "Who picks", choices=choices)
    assert (item.kind, item.levels) == ("rating", levels)


@pytest.mark.parametrize(
    "choices",
    [
        SEATS,
        [("sit", "1", "Pairs"), ("sit", "2", "Rows")],
        [("sit", "1", "Pairs"), ("sit", "2", "Rows"), ("sit", "4", "Ring")],
        [("sit", str(at), f"Kind {at}") for at in range(1, 9)],
        [("sit", "a", "Often"), ("sit", "b", "Never"), ("sit", "c", "Now and then")],
    ],
)
def test_other_choices_stay_choices(tmp_path: Path, choices: Sequence[Sequence[str]]) -> None:
    """Two, with a gap, more than seven, or without numbers: nobody said that they are levels."""
    item = one(tmp_path, "select_one sit", "seats", "Seats", choices=choices)
    assert (item.kind, item.several, len(item.options)) == ("choice", False, len(choices))


def test_a_likert_list_is_a_rating_in_its_order(tmp_path: Path) -> None:
    """The form says itself that it is a scale."""
    choices = [("sit", "a", "Never"), ("sit", "b", "Now and then"), ("sit", "c", "Often")]
    item = one(tmp_path, "select_one sit", "x", "How often", "likert", choices=choices, head=[*HEAD, "appearance"])
    assert item.levels == ("Never", "Now and then", "Often")


def test_a_choice_outside_of_the_levels_is_said(tmp_path: Path) -> None:
    """`Not applicable` is no level; the line can be left open."""
    path = form(tmp_path / "f.xlsx", ("select_one lv", "x", "X"), choices=[*LEVELS, ("lv", 9, "Not applicable")])
    assert [len(item.levels) for item in items(path)] == [3]
    assert left(path) == [("survey", 2, "type")]


def test_an_option_that_is_a_number_is_not_taken_for_another_ones_place(tmp_path: Path) -> None:
    """Options can be typed by their place, so an id that is another place would mean two things."""
    choices = [("sit", "2", "Pairs"), ("sit", "1", "Rows")]
    item = one(tmp_path, "select_one sit", "seats", "Seats", choices=choices)
    assert [option.id for option in item.options] == ["n2", "n1"]


@pytest.mark.parametrize(
    "kind, wanted",
    [
        ("integer", "count"), ("int", "count"), ("text", "text"), ("string", "text"), ("date", "text"),
        ("dateTime", "text"), ("decimal", "text"), ("acknowledge", "look-for"), ("select_multiple yn", "choice"),
        ("select all that apply from yn", "choice"), ("Select_One YN", "look-for"), ("select one from yn", "look-for"),
        ("range", "count"), ("rank yn", "text"),
    ],
)  # fmt: skip
def test_every_type_becomes_something_that_can_be_noted(tmp_path: Path, kind: str, wanted: str) -> None:
    """In any of the ways in which people write it."""
    assert one(tmp_path, kind, "x", "X").kind == wanted


@pytest.mark.parametrize(
    "parameters, kind, levels",
    [("start=1 end=4 step=1", "rating", 4), ("start=0 end=2", "rating", 3), ("start=1 end=30", "count", 0),
     ("start=1 end=4 step=0.5", "count", 0), ("start=nonsense", "count", 0)],
)  # fmt: skip
def test_a_short_range_is_a_rating(tmp_path: Path, parameters: str, kind: str, levels: int) -> None:
    """A long one, or one with halves, is a number."""
    item = one(tmp_path, "range", "x", "X", parameters, head=[*HEAD, "parameters"])
    assert (item.kind, len(item.levels)) == (kind, levels)


def test_a_counter_is_a_tally(tmp_path: Path) -> None:
    """The appearance says that it counts as things happen."""
    assert one(tmp_path, "integer", "x", "X", "counter", head=[*HEAD, "appearance"]).kind == "tally"


def test_groups_become_sections_and_notes_go_where_they_help(tmp_path: Path) -> None:
    """Purpose, what a section is about, help of the next question; a group inside another follows it."""
    path = form(
        tmp_path / "f.xlsx",
        ("note", "n0", "For the whole visit."),
        ("begin group", "a", "Outer"),
        ("note", "n1", "About outer."),
        ("text", "q1", "One"),
        ("note", "n2", "Look twice."),
        ("text", "q2", "Two"),
        ("begin_group", "b", "Inner"),
        ("text", "q3", "Three"),
        ("note", "n3", "And so it ends."),
        ("end_group", "", ""),
        ("text", "q4", "Four"),
        ("end_group", "", ""),
        ("text", "q5", "Five"),
    )
    protocol, _ = taken(path, kind="observation")
    assert protocol.purpose == "For the whole visit."
    assert [(one.title, one.about, [item.id for item in one.items]) for one in protocol.sections] == [
        ("Outer", "About outer.", ["q1", "q2"]),
        ("Outer: Inner", "And so it ends.", ["q3"]),
        ("Outer (continued)", "", ["q4"]),
        ("General", "", ["q5"]),
    ]
    assert [item.help for item in protocol.items if item.id == "q2"] == ["Look twice."]


def test_a_form_that_asks_for_words_is_an_interview(tmp_path: Path) -> None:
    """Its questions are prompts, a hint stands behind the question; `--as` says otherwise."""
    path = form(tmp_path / "f.xlsx", ("text", "why", "Why?", "Wait"), ("text", "how", "How?", ""), head=[*HEAD, "hint"])
    protocol, _ = taken(path)
    assert (protocol.kind, [prompt.ask for prompt in protocol.prompts]) == ("interview", ["Why? (Wait)", "How?"])
    assert [item.kind for item in taken(path, kind="observation")[0].items] == ["text", "text"]


def test_an_interview_says_which_answers_it_does_not_offer(tmp_path: Path) -> None:
    """A list of choices has no place among prompts."""
    path = form(tmp_path / "f.xlsx", ("select_one yn", "why", "Why?"))
    protocol, found = taken(path, kind="interview")
    assert [prompt.id for prompt in protocol.prompts] == ["why"]
    assert "“Yes”, “No”" in found.left[0].sentence


def test_an_interview_on_one_scale_has_it_as_its_ladder(tmp_path: Path) -> None:
    """Every answer is placed on it, and nothing is left out; one question of another kind, and there is no ladder."""
    rows = [("select_one lv", "a", "A?"), ("select_one lv", "b", "B?")]
    protocol, found = taken(form(tmp_path / "f.xlsx", *rows, choices=LEVELS), kind="interview")
    assert protocol.levels == ("Teacher names it", "Student picks", "Student proposes")
    assert found.left == ()
    protocol, found = taken(form(tmp_path / "g.xlsx", *rows, ("text", "c", "C?"), choices=LEVELS), kind="interview")
    assert protocol.levels == ()
    assert len(found.left) == 2


WIDE = [*HEAD, "required", "relevant", "constraint", "calculation", "default", "appearance", "choice_filter",
        "media::image", "readonly", "trigger"]  # fmt: skip


@pytest.mark.parametrize("column", WIDE[3:])
def test_what_a_question_does_there_and_not_here_is_said_with_its_row(tmp_path: Path, column: str) -> None:
    """One sentence a column, and the same at the head of the file."""
    row = ["text", "x", "X", *("yes" if each == column else "" for each in WIDE[3:])]
    path = form(tmp_path / "f.xlsx", ("text", "w", "W"), row, head=WIDE)
    _, found = taken(path)
    assert left(path) == [("survey", 3, column)]
    head = found.text.partition("\nid = ")[0]
    assert f"# - survey row 3, {column}: " in head
    assert all(line.startswith("#") for line in head.strip().splitlines())


@pytest.mark.parametrize(
    "kind",
    ["calculate", "hidden", "image", "audio", "video", "file", "geopoint", "geotrace", "geoshape", "barcode", "deviceid",
     "select_one_from_file a.csv", "select_multiple_from_file a.csv", "select_one_external a", "xml-external",
     "select_one ${earlier}", "start-geopoint", "audit", "uri:deviceid", "osm places", "include", "add image prompt"],
)  # fmt: skip
def test_what_has_no_counterpart_is_left_out_and_said(tmp_path: Path, kind: str) -> None:
    """The rest of the form is taken."""
    path = form(tmp_path / "f.xlsx", (kind, "x", "X"), ("integer", "n", "N"))
    assert [item.id for item in items(path)] == ["n"]
    assert left(path) == [("survey", 2, "type")]


def test_columns_that_nobody_understands_are_said_where_they_hold_something(tmp_path: Path) -> None:
    """Once for the sheet; an empty column says nothing."""
    path = save(
        tmp_path / "f.xlsx",
        survey=[[*HEAD, "autoplay", "rows"], ("select_one yn", "x", "X", "audio", "")],
        choices=[[*LIST, "image", "zone"], ("yn", "a", "A", "", "north"), ("yn", "b", "B", "", "")],
    )
    assert left(path) == [("survey", 0, "autoplay"), ("choices", 0, "zone")]


def test_a_repeat_is_asked_once_and_said(tmp_path: Path) -> None:
    """Its questions are a section like others."""
    rows = [("begin_repeat", "each", "Each student"), ("integer", "n", "N"), ("end_repeat", "", "")]
    path = form(tmp_path / "f.xlsx", *rows)
    assert [section.title for section in taken(path)[0].sections] == ["Each student"]
    assert left(path) == [("survey", 2, "type")]


def test_what_is_said_of_many_rows_stands_in_one_line(tmp_path: Path) -> None:
    """Rows in a run are from-to."""
    rows = [("integer", f"n{at}", f"N{at}", "yes" if at != 3 else "") for at in range(6)]
    _, found = taken(form(tmp_path / "f.xlsx", *rows, head=[*HEAD, "required"]))
    assert [line.partition(":")[0] for line in found.said] == ["survey rows 2-4, 6-7, required"]


def test_the_default_language_is_read_and_the_others_are_said(tmp_path: Path) -> None:
    """By its name or its code; a question that lacks it is taken in the one it has."""
    head = ["type", "name", "label::Español (es)", "label::English (en)", "hint::English (en)"]
    rows = [["integer", "n", "Cuántos", "How many", "Look"], ["integer", "m", "Solo", "", ""]]
    for wanted in ("English (en)", "english", "en"):
        path = save(tmp_path / "f.xlsx", survey=[head, *rows], settings=[["default_language"], [wanted]])
        protocol, found = taken(path)
        assert [(item.text, item.help) for item in protocol.items] == [("How many", "Look"), ("Solo", "")]
        assert [fault.key for fault in found.left] == ["label"]
        assert "Español (es)" in found.left[0].sentence
        assert any("is taken in Español (es)" in note.sentence for note in found.notes)
    assert [item.text for item in items(save(tmp_path / "g.xlsx", survey=[head, *rows]))] == ["Cuántos", "Solo"]


@pytest.mark.parametrize(
    "label, text",
    [
        ("**Bold** and *slanted* and _so_", "Bold and slanted and so"),
        ("# Title\nGo on", "Title. Go on"),
        ('<span style="color:red">Red</span> &amp; blue<br/>line', "Red & blue line"),
        ("See [the page](https://example.org)", "See the page (https://example.org)"),
        ("a_b_c and 2 * 3 * 4 ____", "a_b_c and 2 * 3 * 4 ____"),
        ("x < 5 and y > 3", "x < 5 and y > 3"),
        ("  two\t blanks  ", "two blanks"),
        ('say "so" \\ there', 'say "so" \\ there'),
        ("=1+1", "=1+1"),
        ("bell\x07 and \ue000", "bell and"),
    ],
)
def test_labels_are_plain_words(tmp_path: Path, label: str, text: str) -> None:
    """Markup of every kind is taken off; what only looks like it stays."""
    assert one(tmp_path, "integer", "n", label).text == text


def test_a_label_that_shows_an_answer_says_whose(tmp_path: Path) -> None:
    """The name stands in its place."""
    path = form(tmp_path / "f.xlsx", ("integer", "n", "N"), ("integer", "m", "Of ${n} how many"))
    assert [item.text for item in items(path)] == ["N", "Of [n] how many"]
    assert left(path) == [("survey", 3, "label")]


def test_names_become_ids_and_a_second_one_of_a_name_gets_a_number(tmp_path: Path) -> None:
    """Names that can't be ids are made fit, and that is said."""
    rows = [("integer", name, "N") for name in ("n", "N", "_hidden", "Wer kommt?", "日本", "", "x" * 90)]
    protocol, found = taken(form(tmp_path / "f.xlsx", *rows))
    assert [item.id for item in protocol.items] == ["n", "N-2", "hidden", "Wer-kommt", "q6", "N-3", "x" * 56]
    assert [note.line for note in found.notes if note.key == "name"] == [3, 4, 5, 6, 7, 8]


@pytest.mark.parametrize(
    "rows, said",
    [
        ([("select_one nowhere", "x", "X")], "survey:2: type: there is no list “nowhere” on the sheet choices."),
        ([("select_one yno", "x", "X")], "there is no list “yno” on the sheet choices. Did you mean yn?"),
        ([("selct_one yn", "x", "X")], "survey:2: type: “selct_one yn” is no type of question."),
        ([("intger", "x", "X")], "“intger” is no type of question. Did you mean integer?"),
        ([("", "x", "X")], "survey:2: type: is empty: what kind of question is this?"),
        ([("text", "", "")], "survey:2: label: is empty, and so is the name: what is asked?"),
        ([("note", "n", "Only words")], "survey: holds no question that could be noted here."),
        ([("integer", f"n{at}", "N") for at in range(2000)], "survey: asks 2000 questions, at most 200"),
        ([("integer", f"n{at}", "N") for at in range(6000)], "its sheet survey has more than 5000 rows."),
    ],
)
def test_what_is_wrong_is_one_sentence_with_sheet_and_row(
    tmp_path: Path, rows: Sequence[Sequence[str]], said: str
) -> None:
    """And nothing of the form is taken."""
    assert said in no(form(tmp_path / "f.xlsx", *rows))


@pytest.mark.parametrize("column, known", [("attribute", "learner-profiles"), ("facet", "who-is-heard")])
def test_an_attribute_that_is_none_is_a_fault(tmp_path: Path, column: str, known: str) -> None:
    """Its title counts as well as its id, in any case."""
    head = [*HEAD, column]
    item = one(tmp_path, "integer", "x", "X", known.replace("-", " ").title(), head=head)
    assert getattr(item, column) == known
    said = no(form(tmp_path / "g.xlsx", ("integer", "x", "X", known[:-2]), head=head))
    assert f"survey:2: {column}: “{known[:-2]}” is not one of" in said
    assert f"Did you mean {known}?" in said


def test_choices_that_lack_something_are_said(tmp_path: Path) -> None:
    """Without a label the name stands there; without a list it belongs to the one above; without both there is a fault."""
    path = form(tmp_path / "f.xlsx", ("select_one a", "x", "X"), choices=[("a", "one", ""), ("", "two", "Two")])
    (item,) = items(path)
    assert [(option.id, option.text) for option in item.options] == [("one", "one"), ("two", "Two")]
    path = form(tmp_path / "g.xlsx", ("select_one a", "x", "X"), choices=[("", "two", "Two"), ("a", "b", "B")])
    assert "choices:2: list_name: is empty" in no(path)


def test_groups_that_are_not_closed_or_never_opened_do_no_harm(tmp_path: Path) -> None:
    """It is said, and the questions are taken."""
    rows = [("end_group", "", ""), ("begin_group", "a", ""), ("integer", "n", "N"), ("begin_group", "b", "Empty")]
    protocol, found = taken(form(tmp_path / "f.xlsx", *rows))
    assert [section.title for section in protocol.sections] == ["a"]
    assert {note.line for note in found.notes if note.key == "type"} >= {2, 3, 5}


def test_merged_cells_are_said_and_count_once(tmp_path: Path) -> None:
    """What they say stands in the first of them."""
    path = form(tmp_path / "f.xlsx", ("integer", "n", "N"), ("integer", "m", "M"))
    book = openpyxl.load_workbook(path)
    book["survey"].merge_cells("C2:C3")
    book.save(path)
    protocol, found = taken(path)
    assert [item.text for item in protocol.items] == ["N", "m"]
    assert [note.line for note in found.notes if "C2:C3 are merged" in note.sentence] == [2]


@pytest.mark.parametrize(
    "data, said",
    [
        (b"", "is empty"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old Excel file (.xls)"),
        (b"type,name,label\ntext,a,A\n", "it is no Excel workbook"),
        (b"PK\x03\x04 cut short", "it is damaged or was cut short"),
        (b"%PDF-1.7", "it is no Excel workbook"),
    ],
)
def test_what_is_no_workbook_is_said(tmp_path: Path, data: bytes, said: str) -> None:
    """Old files, CSV, half a file: one sentence each."""
    path = tmp_path / "f.xlsx"
    path.write_bytes(data)
    assert said in no(path)


def test_a_folder_and_a_workbook_without_a_survey_are_said(tmp_path: Path) -> None:
    """And a file that is not there."""
    assert "is a folder" in no(tmp_path)
    assert "is not there" in no(tmp_path / "none.xlsx")
    assert "no sheet called survey" in no(save(tmp_path / "f.xlsx", Sheet1=[["a"]]))
    assert "survey: type: is missing" in no(save(tmp_path / "g.xlsx", survey=[["a", "b"], ["c", "d"]]))


def test_sheets_are_found_in_any_case_and_hidden_ones_too(tmp_path: Path) -> None:
    """Survey tools hide the choices from people now and then."""
    path = save(tmp_path / "f.xlsx", Survey=[HEAD, ("select_one yn", "x", "X")], Choices=[LIST, *YES_NO])
    book = openpyxl.load_workbook(path)
    book["Choices"].sheet_state = "hidden"
    book.save(path)
    assert [item.kind for item in items(path)] == ["look-for"]
