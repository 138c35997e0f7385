"""Claims as files bring them: exports, workbooks, pages, and what somebody pasted."""

from __future__ import annotations

from pathlib import Path

import pytest

from plfacilitate.core.claims.values import Claim
from plfacilitate.core.refusal import Refused
from plfacilitate.shelf.claims_decided import read_decided
from plfacilitate.shelf.claims_files import read_claims
from plfacilitate.shelf.tables import write_csv, write_xlsx
from tests.conftest import ROOT

HEADER = ("Last Name", "First Name", "E-mail", "Hours Claimed")
ROW = ("Alvarez", "Maria", "m@example.org", "5 1/2")
TSV = "\t".join(HEADER) + "\n" + "\t".join(ROW) + "\n"


def claims(text: str, **mapped: str) -> list[Claim]:
    """The claims of a pasted text."""
    return list(read_claims(Path("pasted"), mapped, text.encode()).claims)


MARKUP = """<table>
<tr><th>Last Name<th>First Name<th>E-mail<th>Hours Claimed</tr>
<tr><td>Alvarez</td><td><b>Maria</b></td><td>m@example.org</td><td>5&#189;</td></tr></table>"""
PAGE = """<html><script>document.write('<td>x')</script><table><tr><td>menu</td></tr></table>
<table><tr><th>Name</th><th>Email</th><th>Clock hours</th></tr>
<tr><td>Alvarez, Maria</td><td>m@example.org</td><td>5:30</td></tr></table></html>"""


@pytest.mark.parametrize(
    "text, line",
    [
        (TSV, 2),
        (TSV.replace("\t", ";"), 2),
        ("Claims for PS-4711\n\nShowing 1 to 1, of 1\n" + TSV, 5),
        (MARKUP, 3),
        (PAGE, 3),
    ],
)
def test_a_pasted_table_is_read(text: str, line: int) -> None:
    """With tabs, under the page's heading, or as its markup; each claim with its line."""
    (one,) = claims(text)
    assert one == Claim(line, "Alvarez", "Maria", "m@example.org", hundredths=550)


def test_workbook_and_csv_say_the_same(tmp_path: Path) -> None:
    """A number in a cell is the number that was typed."""
    write_xlsx(tmp_path / "c.xlsx", HEADER, [(*ROW[:3], 5.5)])
    write_csv(tmp_path / "c.csv", HEADER, [ROW])
    found = [list(read_claims(tmp_path / name, {}).claims) for name in ("c.xlsx", "c.csv")]
    assert found[0] == found[1] == [Claim(2, "Alvarez", "Maria", "m@example.org", hundredths=550)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig"])
def test_a_table_under_a_heading_is_found_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    """As Windows' own shell saves what was copied, in a file or piped in."""
    text = "Claims for PS-4711\r\n\r\n" + TSV.replace("\n", "\r\n")
    (tmp_path / "c.txt").write_bytes(text.encode(encoding))
    expected = [Claim(4, "Alvarez", "Maria", "m@example.org", hundredths=550)]
    assert list(read_claims(tmp_path / "c.txt", {}).claims) == expected
    assert list(read_claims(Path("pasted"), {}, text.encode(encoding)).claims) == expected


def test_a_heading_above_a_workbooks_titles_is_passed_over(tmp_path: Path) -> None:
    """The platform's export begins with what it is and when it was made."""
    write_xlsx(
        tmp_path / "c.xlsx", ("Claims for PS-4711", "", "", ""), [("7 Dec", "", "", ""), HEADER, (*ROW[:3], 5.5)]
    )
    assert list(read_claims(tmp_path / "c.xlsx", {}).claims) == [
        Claim(4, "Alvarez", "Maria", "m@example.org", hundredths=550)
    ]


def test_titles_once_more_and_sums_are_nobodys_claims() -> None:
    """A page after the other was pasted, with the page's sum; each is named with its line, and a person is a person."""
    rows = "\t".join(HEADER) + "\nTotal\t\t\t5.5\nTotal\tMaria\t\t5.5\n" + "\t".join(ROW) + "\n"
    file = read_claims(Path("pasted"), {}, (TSV + rows).encode())
    assert [(one.line, one.last_name, one.first_name) for one in file.claims] == [
        (2, "Alvarez", "Maria"), (5, "Total", "Maria"), (6, "Alvarez", "Maria"),
    ]  # fmt: skip
    assert [(note.line, note.sentence) for note in file.notes] == [
        (3, "the titles once more, passed over."), (4, "a sum, passed over."),
    ]  # fmt: skip


def test_a_column_said_by_hand_goes_before_what_titles_are_known_by() -> None:
    """`Hours` is the length of the offering there, `Qty` what is claimed."""
    (one,) = claims("Name\tHours\tQty\nMaria Alvarez\t6\t5.5\n", qty="hours", hours="")
    assert (one.last_name, one.hundredths) == ("Alvarez", 550)


def test_a_row_that_is_not_read_says_where_and_what() -> None:
    """By file, line and column; the others are read all the same."""
    told = claims("Name\tHours\nMaria Alvarez\tfive\n\t5\nDana Brown\t5.5\nLan\t\n")
    assert [one.hundredths for one in told] == [None, None, 550, None]
    assert told[0].unread == "pasted:2: Hours: “five” is no number of hours: write it as 5.5 or 5:30."
    assert "nobody is named" in told[1].unread
    assert "nothing is no number" in told[3].unread


@pytest.mark.parametrize(
    "text, code, words",
    [
        ("Name\tHrs spent\nMaria\t5\n", "claims-columns", '--map "Hrs spent=hours"'),
        ("Teacher of\tHours\nMaria\t5\n", "claims-columns", '--map "Teacher of=last_name"'),
        ("a\tb\n1\t2\n", "claims-columns", "the hours and the people"),
        ("", "file-empty", "empty"),
        ("PK\3\4", "file-unreadable", "can't be pasted"),
        ("<html><body>Log in</body></html>", "file-unreadable", "without a table"),
        ("x" * 200_000, "file-unreadable", "longer than any row"),
    ],
)
def test_what_is_no_claims_table_is_refused(text: str, code: str, words: str) -> None:
    """In one sentence that says what to do."""
    with pytest.raises(Refused) as no:
        claims(text)
    assert (no.value.refusal.code, words in str(no.value)) == (code, True), str(no.value)


def test_a_line_of_another_width_is_a_fault_of_that_line() -> None:
    """A separator too many in a name would move the hours."""
    file = read_claims(Path("pasted"), {}, b"Name,Hours\nAlvarez, Maria,5.5\nDana Brown,5.5\n")
    assert [one.last_name for one in file.claims] == ["Brown"]
    (fault,) = file.faults
    assert fault.line == 2


def test_decisions_are_read_back_or_refused_by_line(tmp_path: Path) -> None:
    """An empty cell decides nothing; another word, or one where nobody is proposed, is said."""
    header = ("last_name", "same_person", "claim", "person")
    write_xlsx(tmp_path / "d.xlsx", header, [("a", "YES", "c1", "p1"), ("b", "", "c2", "p2"), ("c", "no", "c3", "p3")])
    assert read_decided(tmp_path / "d.xlsx") == [("c1", "p1", "same"), ("c3", "p3", "other")]
    write_xlsx(tmp_path / "bad.xlsx", header, [("a", "perhaps", "c1", "p1"), ("b", "yes", "c2", "")])
    with pytest.raises(Refused) as no:
        read_decided(tmp_path / "bad.xlsx")
    assert "bad.xlsx:2: same_person: “perhaps”" in str(no.value)
    assert "bad.xlsx:3: same_person: nobody is proposed" in str(no.value)
    write_csv(tmp_path / "other.csv", ("Name",), [("x",)])
    with pytest.raises(Refused, match="no result of reconcile"):
        read_decided(tmp_path / "other.csv")


def test_the_example_of_the_documentation_is_read() -> None:
    """As it stands there."""
    text = (ROOT / "docs" / "office.md").read_text("utf-8")
    example = "Last Name," + text.partition("```\nLast Name,")[2].partition("```")[0]
    assert [(one.last_name, one.hundredths, one.in_service) for one in claims(example)] == [
        ("Alvarez", 600, "PS-4711"), ("Brown", 550, "PS-4711"),
    ]  # fmt: skip
