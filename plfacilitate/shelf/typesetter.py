"""The typesetter, in a process of its own: `python typesetter.py`, one job on stdin, its pages on stdout.

Owns the call of the library and nothing else: it is run as a file, so it imports nothing of ours. What the library keeps
in memory of every page that it ever set (half a GB after a dozen sheets) goes away with the process.

A job is JSON: `look` (the template, a character for each byte), `inputs`, `kind`, `covered` (the fonts inside the library
are enough), `timestamp` (seconds) and `filed` (the page can be kept for years). The answer begins with a line, `pages` or
`no`: then come the bytes, or why there are none.
"""

import json
import sys
from typing import Any


def pages(job: dict[str, Any]) -> bytes:
    """The pages of a job; the first one of a picture. Raises typst.TypstError."""
    import typst

    def drawn(*, filed: bool) -> bytes:
        found: bytes | list[bytes] = typst.compile(
            job["look"].encode("latin-1"),
            format=job["kind"],
            sys_inputs=job["inputs"],
            ignore_system_fonts=job["covered"],
            timestamp=job["timestamp"],
            pdf_standards=["a-2a", "ua-1"] if filed else [],  # can be kept for seven years, and read aloud
        )
        return found if isinstance(found, bytes) else found[0]

    if not job["filed"]:
        return drawn(filed=False)
    try:
        return drawn(filed=True)
    except typst.TypstError:  # a letter that no font of this machine has
        return drawn(filed=False)


def main() -> None:
    """Set one job."""
    import typst

    job = json.load(sys.stdin.buffer)
    try:
        answer = b"pages\n" + pages(job)
    except typst.TypstError as error:
        answer = b"no\n" + error.message.encode("utf-8", "replace")
    sys.stdout.buffer.write(answer)


if __name__ == "__main__":
    main()
