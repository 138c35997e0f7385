"""Which road an address asks for.

Owns the kinds of place. Imports the library of a road only when an address asks for it.
"""

from __future__ import annotations

from plfacilitate.core.refusal import Refused, disk_words
from plfacilitate.core.text import plain
from plfacilitate.courier.address import SFTP, Access, where_of
from plfacilitate.courier.place import Place


def place_of(address: str, access: Access | None = None) -> Place:
    """The place behind an address: a folder (as a path or as `file:`), SFTP, S3, or whatever else fsspec knows.

    Refused: `address-unknown`, `place-password`, `place-extra`, `place-login`, `place-stranger`, `place-changed`, and
    `not-written` for a place that can't be reached.
    """
    from plfacilitate.courier.folder import Folder, folder_of, has_scheme

    path = folder_of(address)
    if path is not None:
        return Folder(path)
    if not has_scheme(address) or address.strip().lower().startswith("file:"):
        raise Refused("address-unknown", address=plain(address))
    where = where_of(address)
    try:
        if where.scheme in SFTP:
            from plfacilitate.courier.sftp import Sftp

            return Sftp(where, access or Access())
        from plfacilitate.courier.remote import Remote

        return Remote(where, access or Access())
    except OSError as error:
        raise Refused("not-written", detail=f"{plain(where.shown)}: {disk_words(error)}") from error
