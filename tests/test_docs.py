"""What README says, held against the checkout."""

import re

from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def map_of_the_house() -> list[str]:
    """The paths that README's map names."""
    block = next(part for part in README.split("```") if "├── sessions/" in part)
    below = ""
    paths = []
    for line in block.splitlines():
        found = re.match(r"(│   )?[├└]── (\S+)", line)
        if found:
            nested, name = found.groups()
            below = below if nested else name
            paths.append(below + name if nested else name)
    return paths


def test_map_names_what_is_there() -> None:
    """Every folder and file of README's map exists."""
    paths = map_of_the_house()
    assert len(paths) > 10
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_map_leaves_out_no_room() -> None:
    """Every room of the package is on the map."""
    rooms = {f"plfacilitate/{init.parent.name}/" for init in (ROOT / "plfacilitate").glob("*/__init__.py")}
    named = {"/".join(path.split("/")[:2]) + "/" for path in map_of_the_house() if path.count("/") > 1}
    assert rooms == named


def test_links_lead_somewhere() -> None:
    """A link or picture of README that is no web address is a file of the checkout."""
    targets = re.findall(r"\]\(([^)#]+)\)", README)
    assert [target for target in targets if "://" not in target and not (ROOT / target).exists()] == []
