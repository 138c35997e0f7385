"""Results in protocol files: taken as written, and everything that keeps a rule from being worked out by line and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from plfacilitate.core.protocol import Protocol
from plfacilitate.core.results.outcomes import known
from plfacilitate.shelf.protocols import check_protocol_file, find_protocol
from plfacilitate.shelf.shipped import folder
from tests.shelf.test_protocols import HEAD, ROOM, TALK

NOWHERE = Path("/nowhere")
ITEMS = (
    ROOM
    + """
[[section.item]]
id = "wall"
kind = "look-for"
text = "A plan hangs there"

[[section.item]]
id = "free"
kind = "text"
text = "What else"

[[section.item]]
id = "corner"
kind = "rating"
text = "Who sits where"
levels = ["Told.", "Picked.", "Swapped.", "Built."]
"""
)
RESULT = """
[[result]]
id = "come-to"
title = "What it comes to"
rule = "{rule}"
{cuts}

[[result.group]]
id = "one"
title = "The one"
{first}

[[result.group]]
id = "two"
title = "The other"
{second}
"""


def written(
    tmp_path: Path,
    rule: str = "archetype",
    *,
    cuts: str = "",
    first: str = 'items = ["wall"]',
    second: str = 'items = ["wall"]',
) -> Path:
    """A file with a result."""
    path = tmp_path / "mine.toml"
    path.write_text(ITEMS + RESULT.format(rule=rule, cuts=cuts, first=first, second=second), encoding="utf-8")
    return path


def test_a_result_is_taken_as_written(tmp_path: Path) -> None:
    """A cut point of the result holds for each group that has none of its own; look-fors need none."""
    path = written(tmp_path, "counts", cuts="counts_from = 3", first='items = ["corner"]\nabout = "go on"',
                   second='items = ["level"]\ncounts_from = 2')  # fmt: skip
    protocol, faults, notes = check_protocol_file(path)
    assert (faults, notes) == ([], [])
    assert protocol is not None
    (result,) = protocol.results
    assert [one.counts_from for one in result.groups] == [3, 2]
    assert (result.rule, result.groups[0].about, result.group("two").items) == ("counts", "go on", ("level",))
    assert Protocol.from_json(protocol.to_json()) == protocol


@pytest.mark.parametrize(
    "wrong, key, sentence",
    [
        ({"rule": "avarage"}, "result[0].rule", "is not one of archetype, readiness, level, counts"),
        ({"first": 'items = ["walls"]'}, "result[0].group[0].items[0]", '"walls" is no item of this protocol.'),
        ({"first": "items = [3]"}, "result[0].group[0].items[0]", "must be a text"),
        ({"first": "items = []"}, "result[0].group[0].items", "a group without items can never be told"),
        ({"first": ""}, "result[0].group[0].items", "a group without items can never be told"),
        ({"first": 'items = ["wall", "wall"]'}, "result[0].group[0].items[1]", "stands here already"),
        ({"first": 'items = ["free"]'}, "result[0].group[0].items[0]", '"free" is a text: a rule reads'),
        ({"first": 'items = ["asks"]'}, "result[0].group[0].items[0]", '"asks" is a tally: a rule reads'),
        ({"first": 'items = ["level"]'}, "result[0].group[0].counts_from", "is missing: from which level on"),
        ({"first": 'items = ["wall"]\ncounts_from = 2'}, "result[0].group[0].counts_from", "parts nothing"),
        ({"first": 'items = ["level"]\ncounts_from = 1'}, "result[0].group[0].counts_from", "every answer stands there"),
        ({"first": 'items = ["level"]\ncounts_from = 3'}, "result[0].group[0].counts_from", "it could never be reached"),
        ({"cuts": "counts_from = 3", "first": 'items = ["level"]'}, "result[0].counts_from", "it could never be reached"),
        ({"cuts": "needs = 2", "second": 'items = ["wall", "corner"]\ncounts_from = 2'}, "result[0].group[0].items", "are 1, but needs = 2: it could never be told"),
        ({"cuts": "partly_from = 2"}, "result[0].partly_from", 'does not go with rule = "archetype"'),
        ({"cuts": 'holds = "all"'}, "result[0].holds", 'does not go with rule = "archetype"'),
        ({"first": 'elsewhere = "records"'}, "result[0].group[0].elsewhere", 'goes only with rule = "counts"'),
        (
            {"rule": "readiness", "cuts": "counts_from = 3\npartly_from = 3", "first": 'items = ["corner"]'},
            "result[0].partly_from", "it must lie between 2 and 2, below counts_from",
        ),
        ({"rule": "level"}, "result[0].group[0].items", "do not belong here: all begin on the first level"),
        (
            {"rule": "level", "first": "", "cuts": 'holds = "half"\nbetween = "most"'},
            "result[0].between", '"most" overlaps with holds = "half"',
        ),
        ({"rule": "level", "first": "", "cuts": 'between = "all"'}, "result[0].between", "it must ask for less"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_by_key(tmp_path: Path, wrong: dict[str, str], key: str, sentence: str) -> None:
    """One fault for one mistake, in the line where it stands."""
    path = written(tmp_path, wrong.get("rule", "archetype"), **{k: v for k, v in wrong.items() if k != "rule"})
    _, faults, notes = check_protocol_file(path)
    assert [(fault.key, sentence in fault.sentence) for fault in faults] == [(key, True)], faults
    lines = path.read_text(encoding="utf-8").splitlines()
    assert 0 < faults[0].line <= len(lines)
    assert notes == []


def test_a_level_that_asks_no_more_than_one_before_can_never_be_the_result(tmp_path: Path) -> None:
    """The same answers at the same cut: whoever has reached the lower level has reached it."""
    third = '\n[[result.group]]\nid = "three"\ntitle = "T"\nitems = ["corner"]\ncounts_from = {}\n'
    for cut, wrong in ((3, 1), (2, 1), (4, 0)):
        path = written(tmp_path, "level", first="", second='items = ["corner"]\ncounts_from = 3')
        path.write_text(path.read_text(encoding="utf-8") + third.format(cut), encoding="utf-8")
        _, faults, _ = check_protocol_file(path)
        assert [fault.key for fault in faults] == ["result[0].group[2].counts_from"] * wrong


def test_one_group_alone_tells_nothing_apart(tmp_path: Path) -> None:
    """An archetype among one, and a result without a group."""
    path = written(tmp_path)
    whole = path.read_text(encoding="utf-8")
    one, two = whole.rindex("[[result.group]]"), whole.index("[[result.group]]")
    for end, many in ((one, 1), (two, 0)):
        path.write_text(whole[:end], encoding="utf-8")
        _, faults, _ = check_protocol_file(path)
        assert [fault.sentence for fault in faults] == [f"has {many} [[result.group]]: the rule needs 2 or more."]


def test_two_results_and_two_groups_have_an_id_each(tmp_path: Path) -> None:
    """The second one is named, with the line of the first."""
    path = written(tmp_path)
    whole = path.read_text(encoding="utf-8").replace('id = "two"', 'id = "one"')
    path.write_text(whole + whole[whole.index("[[result]]") :].replace('"one"', '"a"', 1), encoding="utf-8")
    _, faults, _ = check_protocol_file(path)
    assert [fault.key for fault in faults] == ["result[0].group[1].id", "result[1].id"]


@pytest.mark.parametrize(
    "text, sentence",
    [
        (TALK.replace('levels = ["Told.", "Shown."]', ""), '"vision" is a question without a ladder'),
        (HEAD.replace("observation", "facilitation") + '[[step]]\nid = "a"\ntitle = "A"\nminutes = 20\nspeaks = "all"\n',
         "a facilitation has no answers"),
    ],
)  # fmt: skip
def test_where_nothing_is_placed_nothing_can_be_worked_out(tmp_path: Path, text: str, sentence: str) -> None:
    """An interview without levels has words only, a facilitation no answers at all."""
    path = tmp_path / "mine.toml"
    result = '\n[[result]]\nid = "r"\ntitle = "R"\nrule = "readiness"\n[[result.group]]\nid = "g"\ntitle = "G"\nitems = ["vision"]\n'
    path.write_text(text + result, encoding="utf-8")
    _, faults, _ = check_protocol_file(path)
    assert any(sentence in fault.sentence for fault in faults), faults


def test_a_protocol_without_results_is_told_as_it_always_was() -> None:
    """Version and plain values are those that old visits keep; a result makes another version."""
    protocol = find_protocol("four-attributes", NOWHERE)
    assert (protocol.version, "results" in protocol.to_json()) == ("f2c5548d55f0", False)
    denver = find_protocol("denver-readiness", NOWHERE)
    told = {key: value for key, value in denver.to_json().items() if key != "results"}
    assert Protocol.from_json(told).version != denver.version


@pytest.mark.parametrize(
    "protocol, rule",
    [
        ("new-england-levers", "archetype"), ("denver-readiness", "readiness"), ("colorado-readiness", "readiness"),
        ("new-orleans-exposure", "level"), ("chicago-phases", "level"), ("lake-county-visit", "counts"), ("stakeholder-appetite", "counts"),
    ],
)  # fmt: skip
def test_what_the_systems_decide_by_is_in_their_files(protocol: str, rule: str) -> None:
    """NESSC's archetypes, Denver's and Colorado's criteria, New Orleans' levels, Chicago's phases, Lake County's dimensions."""
    assert [one.rule for one in known(find_protocol(protocol, NOWHERE))] == [rule]


def test_no_other_instrument_comes_to_anything() -> None:
    """An instrument of the house gives no verdict."""
    found = [path.stem for path in folder("protocols").glob("*/*.toml") if find_protocol(path.stem, NOWHERE).results]
    assert len(found) == 7


def test_the_page_on_protocols_shows_a_result_that_is_right(tmp_path: Path) -> None:
    """What stands in docs/protocols.md can be copied as it is, below the items that it names."""
    page = (Path(__file__).parents[2] / "docs" / "protocols.md").read_text(encoding="utf-8")
    example = next(part for part in page.split("```toml\n")[1:] if part.startswith("[[result]]")).split("```")[0]
    items = "".join(
        f'[[section.item]]\nid = "{one}"\nkind = "rating"\ntext = "Who"\nlevels = ["A.", "B.", "C."]\n'
        for one in ("what", "how")
    )
    path = tmp_path / "mine.toml"
    path.write_text(f'{HEAD}[[section]]\nid = "choice"\ntitle = "C"\n{items}{example}', encoding="utf-8")
    protocol, faults, notes = check_protocol_file(path)
    assert (faults, notes) == ([], [])
    assert protocol is not None
    assert protocol.results[0].groups[0].items == ("what", "how")
