"""Bringing a file to a place: under a temporary name, read back, compared, then under its own name.

Owns what "delivered" means. Never opens what it carries, never deletes what waits, and never puts a file over another
one.
"""

from __future__ import annotations

import hashlib
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePath

from plfacilitate.core.refusal import Refused, disk_words
from plfacilitate.core.text import plain
from plfacilitate.courier.address import Access
from plfacilitate.courier.place import Place, Told, quietly
from plfacilitate.courier.places import place_of


@dataclass(frozen=True, slots=True)
class Delivered:
    """A file that lies at its place and was read back. `already` = the same bytes lay there before."""

    place: str
    name: str
    bytes: int
    sha256: str
    already: bool = False


def deliver(source: Path, address: str, access: Access | None = None) -> Delivered:
    """Bring a file to an address, as `bring` does. Refused: as `place_of` and `bring`."""
    with closing(place_of(address, access)) as place:
        return bring(source, place)


def bring(source: Path, place: Place, told: Told = quietly) -> Delivered:
    """Bring a file to a place; `told` hears how many bytes are there, and may raise to stop.

    The same bytes sent again are delivered already. Where another file has the name, this one gets a few letters of
    its digest into its own. Refused: `file-missing`, `file-is-folder`, `file-unreadable`, `name-taken`, `not-sent`.
    """
    size, sha256 = _measured(source)
    temporary = f".{source.name[:100]}.{sha256[:12]}.part"
    try:
        name, already = _free_name(source.name, sha256, place)
        if already:  # a connection that was cut behind the last step left the temporary one
            _forget(place, temporary)
        else:
            place.put(temporary, source, told)
            _read_back(place, temporary, sha256)
            place.rename(temporary, name)
    except FileExistsError as error:
        _forget(place, temporary)
        raise Refused("name-taken", place=plain(place.shown), file=plain(source.name)) from error
    except OSError as error:
        _forget(place, temporary)
        raise _not_sent(place, disk_words(error)) from error
    except Exception:  # somebody stops it
        _forget(place, temporary)
        raise
    return Delivered(place.shown, name, size, sha256, already)


def bring_over(source: Path, place: Place) -> None:
    """Bring a file to a place over an older one of its name, which is taken away only when the new one lies there whole.

    Where somebody else brings one of that name at this very moment, theirs stays. Refused: `file-…`, `not-sent`.
    """
    _, sha256 = _measured(source)
    temporary = f".{source.name[:100]}.{sha256[:12]}.part"
    try:
        if place.digest(source.name) == sha256:
            return
        place.put(temporary, source)
        _read_back(place, temporary, sha256)
        place.remove(source.name)
        place.rename(temporary, source.name)
    except FileExistsError:
        _forget(place, temporary)
    except OSError as error:
        _forget(place, temporary)
        raise _not_sent(place, disk_words(error)) from error


def _read_back(place: Place, name: str, sha256: str) -> None:
    if place.digest(name) != sha256:
        raise OSError(0, "what was read back is not what was sent: try again or take another place")


def _measured(source: Path) -> tuple[int, str]:
    try:
        with source.open("rb") as file:
            return source.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError as error:
        raise Refused("file-missing", file=plain(str(source))) from error
    except OSError as error:
        if source.is_dir():
            raise Refused("file-is-folder", file=plain(str(source))) from error
        raise Refused("file-unreadable", file=plain(str(source)), detail=f"{error.strerror or error}.") from error


def _free_name(name: str, sha256: str, place: Place) -> tuple[str, bool]:
    """The name to take, and whether these bytes have it already."""
    own = PurePath(name)
    for candidate in (name, f"{own.stem}-{sha256[:8]}{own.suffix}"):
        other = place.digest(candidate)
        if other is None or other == sha256:
            return candidate, other == sha256
    raise FileExistsError(name)


def _forget(place: Place, temporary: str) -> None:
    try:
        place.remove(temporary)
    except (OSError, Refused):  # a place that took nothing won't give anything back either
        return


def _not_sent(place: Place, detail: str) -> Refused:
    return Refused("not-sent", place=plain(place.shown), detail=detail)
