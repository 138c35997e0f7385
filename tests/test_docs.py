"""What README says, held against the checkout."""

import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from typer.core import TyperGroup

from plfacilitate.cli import commands
from plfacilitate.front.desk.commands import COMMANDS
from plfacilitate.front.office import commands as office
from plfacilitate.front.widgets.keyline import key_text
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


@pytest.mark.parametrize("page", ["README.md", *(f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md"))])
def test_files_that_a_page_names_are_there(page: str) -> None:
    """Every path in backticks exists; those with a star fit something."""
    text = (ROOT / page).read_text(encoding="utf-8")
    paths = re.findall(r"`((?:plfacilitate|tests|bench|docs|scripts|exports|sessions|protocols)/[^`\s]*)`", text)
    assert paths
    assert [path for path in paths if not list(ROOT.glob(path.rstrip("/")))] == []


def known() -> Iterator[tuple[str, ...]]:
    """The names of all commands, as they are typed."""
    top = commands()
    for name, command in top.commands.items():
        if isinstance(command, TyperGroup):
            yield from ((name, below) for below in command.commands)
            if command.invoke_without_command:
                yield (name,)
        else:
            yield (name,)


def named() -> Iterator[tuple[str, ...]]:
    """The commands of README's list; `a b|c` is two of them."""
    section = README.partition("## Every command")[2].split("```")[1]
    for line in section.strip().splitlines():
        words = re.match(r"plfacilitate(?: ([a-z|]+))?(?: ([a-z|]+))?", line)
        assert words, line
        yield from product(*(part.split("|") for part in words.groups() if part))


def test_readme_lists_every_command_and_no_other() -> None:
    """A command that README leaves out fails, and so does a line without a command."""
    assert sorted(set(named()) - {()}) == sorted(known())


@pytest.mark.parametrize("line", re.findall(r"^plfacilitate .*|`plfacilitate [^`]+`", README, re.MULTILINE))
def test_command_lines_of_the_readme_can_be_typed(line: str) -> None:
    """Every command line in README names a command that exists, and only options that it has."""
    words = line.strip("`").partition("  ")[0].split()[1:]
    command: Any = commands()
    while isinstance(command, TyperGroup) and words and not words[0].startswith("-"):
        found = [command.commands.get(name) for name in words.pop(0).split("|")]
        assert all(found), line
        assert found[0] is not None
        command = found[0]
    taken = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= taken, line


def test_readme_names_every_key_of_the_desk() -> None:
    """A key that no sentence of its section names is one that nobody finds."""
    section = README.partition("## The desk's keys")[2].partition("\n## ")[0]
    named = set(re.findall(r"`([^`\s]+)`", section))
    assert {key_text(command.keys) for command in COMMANDS if command.keys} - named == set()


def test_readme_names_every_key_of_the_office() -> None:
    """The same for the office's screen."""
    section = README.partition("## The office's keys")[2].partition("\n## ")[0]
    named = set(re.findall(r"`([^`\s]+)`", section))
    assert {key_text(command.keys) for command in office.COMMANDS if command.keys} - named == set()


def helps() -> Iterator[tuple[str, str]]:
    """Each group of commands with what its `--help` says on a small terminal."""
    top = commands()
    groups = {name: one for name, one in top.commands.items() if isinstance(one, TyperGroup)}
    for name, group in {"": top, **groups}.items():
        yield name, group.get_help(group.make_context(name, [], resilient_parsing=True, terminal_width=80))


@pytest.mark.parametrize("name, said", [pytest.param(*one, id=one[0] or "all") for one in helps()])
def test_lists_of_commands_are_whole_sentences(name: str, said: str) -> None:
    """What a command does is not cut off in the list of them."""
    listed = said.partition("Commands:")[2]
    assert listed.strip()
    assert "..." not in listed, name


def test_a_group_says_which_commands_it_has() -> None:
    """The line of a group in `plfacilitate --help` names each of its commands."""
    top = commands()
    groups = [one for one in top.commands.values() if isinstance(one, TyperGroup)]
    assert groups
    for group in groups:
        assert re.findall(r"[a-z]+(?=[,.])", str(group.help)) == list(group.commands)


@pytest.mark.parametrize("words", sorted(known()), ids=" ".join)
def test_help_names_what_is_asked_for(words: tuple[str, ...]) -> None:
    """An option stands there by what it is, never by a type of Python."""
    command: Any = commands()
    for name in words:
        assert isinstance(command, TyperGroup)
        command = command.commands[name]
    said = command.get_help(command.make_context(" ".join(words), [], resilient_parsing=True))
    assert re.findall(r"--\S+ <.*", said) == []
