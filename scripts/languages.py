"""Bring the door's languages up to date with its sentences: `python scripts/languages.py [CODE NAME]`.

Without arguments every `door.po` gets the sentences that are new and loses those that are gone. With a code and the
language's own name (`fr Français`) a new file is made, with nothing in it translated yet.
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

DOOR = Path(__file__).resolve().parent.parent / "plfacilitate" / "front" / "door"
METHODS = [("templates/**.html", "jinja2"), ("**.py", "python")]


def sentences(door: Path = DOOR) -> Catalog:
    """Everything that a phone can be told, from the templates and the code."""
    found = Catalog(project="plfacilitate", version="door", charset="utf-8")
    options = {"templates/**.html": {"trimmed": "true", "encoding": "utf-8", "silent": "false"}}
    for file, _, text, _, _ in extract_from_dir(door, METHODS, options, keywords={"mark": None, "_": None}):
        found.add(text, locations=[(Path(file).as_posix(), 0)])
    return found


def update(path: Path) -> None:
    """Write one file anew."""
    with path.open("rb") as file:
        catalog = read_po(file)
    catalog.update(sentences(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    with path.open("wb") as file:
        write_po(file, catalog, width=120, sort_output=True, include_lineno=False)


def main(given: list[str]) -> None:
    """Update all, or begin one."""
    if given:
        code, name = given
        path = DOOR / "locale" / code / "LC_MESSAGES" / "door.po"
        path.parent.mkdir(parents=True)
        header = f'# Language: {name}\nmsgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        path.write_text(header, "utf-8")
    for path in sorted(DOOR.glob("locale/*/LC_MESSAGES/door.po")):
        update(path)


if __name__ == "__main__":
    main(sys.argv[1:])
